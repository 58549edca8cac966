"""What holds of every rule and red flag together, over every vignette, not only over samples."""

from __future__ import annotations

import random
from dataclasses import replace
from functools import lru_cache
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.cases import case_of, screened, written
from unknot.knowledge import load
from unknot.knowledge.questions import NONE
from unknot.reasoning import assess
from unknot.reasoning.case import Answer, Case
from unknot.reasoning.marks import CLIENT_KINDS, Mark
from unknot.reasoning.scale import severity
from unknot.reasoning.screen import Finding, Screening, decide

FLAG_CASES = [
    case for case in written("red_flags") if case["kind"] == "fires" and "drawn" not in case
]
VIGNETTES = [screened(entry) for entry in written("vignettes")]
NAMES = [entry["name"] for entry in written("vignettes")]
NUMBERS = {one.id for one in load().questions.values() if one.kind == "number"}
QUICK = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)


# --- A red flag more ---------------------------------------------------------------------------


def _signs(entry: dict[str, Any]) -> dict[str, Answer]:
    """What a case says beyond its person."""
    person = case_of(entry["person"], {}).answers
    case = screened(entry).answers
    return {key: value for key, value in case.items() if value != person.get(key)}


def _with(case: Case, signs: dict[str, Answer], still_open: tuple[str, ...]) -> Case | None:
    """The case with these signs beside its own, or None where they contradict what it says, or
    answer what the person left open: that is no sign more.
    """
    more: dict[str, Answer] = {}
    for key, sign in signs.items():
        own = case.answer(key)
        if own is None and key in still_open:
            return None
        if own is None or own in (False, NONE, (NONE,)) or own == sign:
            more[key] = sign
        elif isinstance(own, tuple) and isinstance(sign, tuple):
            more[key] = tuple(dict.fromkeys((*own, *sign)))
        else:
            return None
    return case.with_answers(**more)


def _milder(after: Screening, before: Screening) -> list[str]:
    """In what the result after is milder than before; waiting for an answer bars nobody for good,
    and ends when a sign makes the answer idle.
    """
    barred = before.blocks_booking and not before.undecided
    found = {
        "disposition": severity(after.so_far) < severity(before.so_far),
        "urgency": severity(after.urgency) < severity(before.urgency),
        "could be": severity(after.could_be) < severity(before.could_be),
        "ceiling": after.pressure_ceiling > before.pressure_ceiling,
        "pain cap": after.pain_cap > before.pain_cap,
        "excluded": not set(after.excluded_groups) >= set(before.excluded_groups),
        "banned": not set(after.banned_techniques) >= set(before.banned_techniques),
        "positions": not set(after.positions) >= set(before.positions),
        "booking": barred and not after.blocks_booking,
    }
    return [what for what, worse in found.items() if worse]


@lru_cache(maxsize=4096)
def _before(place: int, same: tuple[tuple[str, Answer], ...]) -> Screening:
    """The case without the signs; an age or a number of weeks that the flag needs is no sign."""
    return decide(VIGNETTES[place].with_answers(**dict(same)))


@pytest.mark.parametrize("flag", FLAG_CASES, ids=lambda flag: f"{flag['rule']}: {flag['name']}")
def test_a_red_flag_more_is_never_milder_for_anybody(flag: dict[str, Any]) -> None:
    signs, tried = _signs(flag), 0
    same = {key: sign for key, sign in signs.items() if key in NUMBERS}
    for place, case in enumerate(VIGNETTES):
        before = _before(place, tuple(same.items()))
        worse = _with(case.with_answers(**same), signs, before.missing)
        if worse is None:
            continue
        after = decide(worse)
        finding = after.finding(flag["rule"])
        if finding is None or finding.state != "fired":
            continue
        tried += 1
        assert not _milder(after, before), NAMES[place]
    assert tried, "the signs of this red flag fit nobody"


# --- An answer less ----------------------------------------------------------------------------


@pytest.mark.parametrize("case", VIGNETTES, ids=NAMES)
def test_an_answer_less_is_never_laxer_for_anybody(case: Case) -> None:
    before = decide(case)
    for key in case.answers:
        after = decide(case.with_answers(**{key: None}))
        assert severity(after.could_be) >= severity(before.could_be), key
        if before.blocks_booking:
            assert after.blocks_booking, key
        if not after.blocks_booking:
            assert not _milder(after, before), key


@pytest.mark.parametrize("case", VIGNETTES, ids=NAMES)
def test_who_may_be_treated_has_nothing_open_that_matters(case: Case) -> None:
    found = decide(case)
    assert found.blocks_booking or not found.missing
    assert found.undecided == bool(found.missing)
    assert found.blocks_booking or not any(one.state == "unknown" for one in found.findings)


# --- Left and right ----------------------------------------------------------------------------


def _other_side(region: str) -> str:
    stem, side = region.rsplit("_", 1)
    return f"{stem}_{ {'left': 'right', 'right': 'left'}.get(side, side) }"


def _mirrored(case: Case) -> Case:
    return Case(
        case.answers,
        case.as_of,
        tuple(replace(mark, region=_other_side(mark.region)) for mark in case.marks),
    )


def test_every_region_has_its_mirror_in_the_same_group() -> None:
    regions = load().regions
    for region in regions.values():
        assert regions[_other_side(region.id)].group == region.group


def _drawings() -> st.SearchStrategy[tuple[Mark, ...]]:
    one = st.builds(
        Mark,
        region=st.sampled_from(sorted(load().regions)),
        kind=st.sampled_from(CLIENT_KINDS),
        intensity=st.none() | st.integers(0, 10),
    )
    return st.lists(one, max_size=6).map(tuple)


@QUICK
@given(case=st.sampled_from(VIGNETTES), marks=_drawings())
def test_a_mirrored_person_is_screened_as_a_mirror_of_the_first(
    case: Case, marks: tuple[Mark, ...]
) -> None:
    drawn = Case(case.answers, case.as_of, marks)
    found, other = decide(drawn), decide(_mirrored(drawn))
    assert set(map(_other_side, found.excluded_regions)) == set(other.excluded_regions)
    assert replace(other, excluded_regions=found.excluded_regions) == found


@QUICK
@given(marks=_drawings())
def test_a_mirrored_drawing_leads_to_the_mirrored_muscles(marks: tuple[Mark, ...]) -> None:
    def seen(drawn: tuple[Mark, ...]) -> set[tuple[str, str, float, frozenset[str]]]:
        return {
            (one.muscle_id, one.side, one.score, frozenset(one.explains))
            for one in assess.rank_sources(drawn, most=200)
        }

    side = {"left": "right", "right": "left"}
    mirrored = {
        (name, side[here], score, frozenset(map(_other_side, explains)))
        for name, here, score, explains in seen(marks)
    }
    assert (
        seen(tuple(replace(mark, region=_other_side(mark.region)) for mark in marks)) == mirrored
    )


# --- Order -------------------------------------------------------------------------------------


def _unordered(found: Screening) -> Screening:
    """The screening without the order in which answers were given."""
    return replace(found, findings=tuple(map(_without_facts, found.findings)))


def _without_facts(finding: Finding) -> Finding:
    return replace(finding, facts_read=(), facts=())


@QUICK
@given(case=st.sampled_from(VIGNETTES), marks=_drawings(), seed=st.integers(0, 10**6))
def test_no_order_matters(case: Case, marks: tuple[Mark, ...], seed: int) -> None:
    dice = random.Random(seed)
    answers = list(case.answers.items())
    dice.shuffle(answers)
    other = {
        key: tuple(dice.sample(value, len(value))) if isinstance(value, tuple) else value
        for key, value in answers
    }
    shuffled = Case(other, case.as_of, tuple(dice.sample(marks, len(marks))))
    given_order = Case(case.answers, case.as_of, marks)
    assert _unordered(decide(shuffled)) == _unordered(decide(given_order))
