"""What lifts a finding: the table of it, and the check of one record against it."""

from __future__ import annotations

import tomllib
from datetime import timedelta
from functools import lru_cache
from typing import Any

from tests.support.cases import FOLDER, TODAY, screened, written
from unknot.knowledge import Knowledge, load
from unknot.knowledge.vocabulary import Disposition, Urgency
from unknot.reasoning.case import Case
from unknot.reasoning.screen import Screening, decide


@lru_cache(maxsize=1)
def days() -> dict[str, int]:
    """By rule or red flag: for how many days a clinician's word counts; 0: it does not lift it."""
    table = tomllib.loads((FOLDER / "lifting.toml").read_text("utf-8"))
    every = {**load().red_flags, **load().rules}
    flags = dict.fromkeys(load().red_flags, table["red_flags"])
    return {**dict.fromkeys(every, 0), **flags, **table["days"]}


@lru_cache(maxsize=1)
def emergencies() -> frozenset[str]:
    """Records whose clearance settles even an emergency."""
    table = tomllib.loads((FOLDER / "lifting.toml").read_text("utf-8"))
    return frozenset(table["settles_an_emergency"])


def check_lifting(rule: str, knowledge: Knowledge) -> None:
    """Raises AssertionError where a clearance counts longer or shorter than the table says, or
    somebody may set aside what they may not.
    """
    for urgent, case in _firing(rule):
        _check_set_aside(rule, decide(case, knowledge=knowledge))
        last = days()[rule]
        counts = last > 0 and (not urgent or rule in emergencies())
        assert _cleared(rule, case, last, knowledge) is counts, rule
        assert not _cleared(rule, case, last + 1, knowledge), rule


def _check_set_aside(rule: str, found: Screening) -> None:
    finding = found.finding(rule)
    assert finding is not None, rule
    total = finding.disposition is Disposition.TOTAL_CONTRAINDICATION
    barred = finding.is_red_flag or total or finding.urgency is Urgency.EMERGENCY_NOW
    assert finding.overridable is not (barred or rule in _never_set_aside()), rule


@lru_cache(maxsize=1)
def _never_set_aside() -> frozenset[str]:
    table = tomllib.loads((FOLDER / "lifting.toml").read_text("utf-8"))
    return frozenset(table["not_to_be_set_aside"])


def _cleared(rule: str, case: Case, ago: int, knowledge: Knowledge) -> bool:
    on = TODAY - timedelta(days=ago)
    found: Screening = decide(
        case.with_answers(cleared_by_clinician=(rule,), cleared_on=on), knowledge=knowledge
    )
    finding = found.finding(rule)
    return finding is not None and finding.state == "cleared"


@lru_cache(maxsize=1)
def _entries() -> tuple[dict[str, Any], ...]:
    return tuple(written("red_flags", "rules"))


@lru_cache(maxsize=200)
def _firing(rule: str) -> tuple[tuple[bool, Case], ...]:
    """One case of the rule that is an emergency, and one that is not, as far as there are."""
    found: dict[bool, Case] = {}
    for entry in _entries():
        urgency = entry.get("expect", {}).get("urgency")
        if entry["rule"] == rule and urgency is not None:
            found.setdefault(urgency == "emergency_now", screened(entry))
    return tuple(found.items())
