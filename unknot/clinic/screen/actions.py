"""Writes of the screening: decide, ask again, set a finding aside, record a clearance.

Every decision is a new row. An earlier one is never changed, so that it can be explained years
later.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from ...reasoning.ageing import aged, answered_anew
from ...reasoning.case import Answer, Case
from ...reasoning.marks import Mark
from ...reasoning.screen import NotToBeSetAside, refuse_unless_it_may_be, set_aside
from ...reasoning.screen import Screening as Decision
from ...reasoning.screen import decide as decide_case
from ..access import Actor, system
from ..audit import action, record
from ..intake.actions import save_case
from ..intake.answers import case_of, day_at, with_changes
from ..models import Clearance, Episode, Intake, Override, Screening
from .gate import decision_of

__all__ = ["NotThatPerson", "NotToBeSetAside", "clear", "decide", "override", "rescreen"]


class NotThatPerson(Exception):
    """The name typed as a signature is not the name of the one who is signed in."""


@action("screen.decide")
def decide(*, intake: Intake, by: Actor, now: datetime) -> Screening:
    """The decision on this intake as of today, with clearances and still valid overrides."""
    return _decide(intake, now)


@action("screen.rescreen")
def rescreen(
    *,
    episode: Episode,
    answers: Mapping[str, Answer | None],
    by: Actor,
    now: datetime,
    marks: tuple[Mark, ...] | None = None,
) -> Screening:
    """A new version of the intake with these answers changed, and the decision on it.

    No answers means that nothing is new: the last ones are confirmed as of today. Raises
    LookupError when there is no intake to start from.
    """
    last = Intake.everything.filter(episode=episode).order_by("-version").first()
    if last is None:
        raise LookupError("there is no intake to ask again about")
    before = aged(case_of(last), day_at(now, episode.client.practice))
    today = with_changes(answered_anew(before, answers), answers, marks)
    intake = save_case(episode=episode, case=today, by=system(episode.client.practice), now=now)
    return _decide(intake, now)


@action("screen.override")
def override(
    *,
    screening: Screening,
    rule_id: str,
    reason: str,
    signed_name: str,
    by: Actor,
    now: datetime,
) -> Screening:
    """The screening without one finding, signed with a reason. Never silent, never an emergency.

    Raises NotThatPerson and NotToBeSetAside.
    """
    if by.staff is None or not _same_name(signed_name, by.staff.name):
        raise NotThatPerson
    refuse_unless_it_may_be(decision_of(screening), {rule_id})
    signed = Override.everything.create(
        screening=screening,
        rule_id=rule_id,
        reason=reason,
        staff=by.staff,
        signed_name=signed_name,
        signed_at=now,
    )
    record(signed, changed=["rule_id", "reason", "signed_name"])
    return _decide(screening.intake, now)


@action("screen.clear")
def clear(
    *,
    episode: Episode,
    rule_id: str,
    clinician: str,
    words: str,
    cleared_on: date,
    by: Actor,
    now: datetime,
) -> Screening:
    """Who cleared a finding, when, in which words; then the decision is made again."""
    assert by.staff is not None  # the policy names staff only
    given = Clearance.everything.create(
        episode=episode,
        rule_id=rule_id,
        clinician=clinician,
        words=words,
        cleared_on=cleared_on,
        recorded_by=by.staff,
        recorded_at=now,
    )
    record(given, changed=["rule_id", "clinician", "words", "cleared_on"])
    intake = Intake.everything.filter(episode=episode).order_by("-version").first()
    if intake is None:
        raise LookupError("there is no intake to decide on")
    return _decide(intake, now)


def _decide(intake: Intake, now: datetime) -> Screening:
    case = cleared_case(intake, day_at(now, intake.episode.client.practice))
    decision = decide_case(case)
    still = _still_set_aside(intake.episode, decision)
    if still:
        decision = set_aside(case, still)
    snapshot = decision.to_dict()
    row = Screening.everything.create(
        episode=intake.episode,
        intake=intake,
        schema=snapshot["schema"],
        result=snapshot,
        disposition=decision.disposition,
        urgency=decision.urgency,
        pressure_ceiling=decision.pressure_ceiling,
        blocks_booking=decision.blocks_booking,
        knowledge_version=decision.knowledge_version,
        decided_at=now,
    )
    record(row, changed=["result"])
    return row


def cleared_case(intake: Intake, today: date) -> Case:
    """The intake's case as of today, with the findings a clinician has cleared.

    Findings cleared on different days count from the earliest day among their latest clearances:
    the cautious one.
    """
    newest: dict[str, date] = {}
    for given in intake.episode.clearances.order_by("cleared_on"):
        newest[given.rule_id] = given.cleared_on
    case = aged(case_of(intake), today)
    if not newest:
        return case
    return case.with_answers(cleared_by_clinician=tuple(newest), cleared_on=min(newest.values()))


def _still_set_aside(episode: Episode, decision: Decision) -> set[str]:
    """Overrides that still count: same rule, same version, and the same answers behind it."""
    still = set()
    rows = Override.everything.filter(screening__episode=episode).select_related("screening")
    for row in rows.order_by("signed_at"):
        before = decision_of(row.screening).finding(row.rule_id)
        now = decision.finding(row.rule_id)
        if before is None or now is None or not now.overridable or now.state != "fired":
            continue
        if (now.version, now.facts_read) == (before.version, before.facts_read):
            still.add(now.rule_id)
    return still


def _same_name(typed: str, name: str) -> bool:
    return " ".join(typed.split()).casefold() == " ".join(name.split()).casefold()
