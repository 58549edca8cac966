"""Writes of the plan: propose, change, agree. What was agreed is never edited.

PlanRefused    the plan cannot be made, changed or agreed to; says why
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from ...reasoning.plan import Plan, adjust, to_dict
from ...reasoning.plan import propose as propose_plan
from ...reasoning.plan.limits import Limits
from ...reasoning.plan.positions import positions_for
from ..access import Actor
from ..audit import action, record
from ..models import Episode, PlanVersion, Screening
from . import stored

State = PlanVersion.State


class PlanRefused(Exception):
    """What stands in the way, in words for whoever asked."""


@action("plan.propose")
def propose(
    *, episode: Episode, by: Actor, now: datetime, starts_on: date, condition_id: str = ""
) -> PlanVersion:
    """A first proposal from the answers, the findings and the latest screening.

    `condition_id` is what the therapist chose to plan for. Raises PlanRefused without a
    screening, PlanError when the screening forbids any plan.
    """
    screening = stored.screening_of(episode)
    decision = stored.decision_of(screening)
    case = stored.case_for(episode)
    if screening is None or decision is None or case is None:
        raise PlanRefused("Do the safety check first. A plan rests on it.")
    plan = propose_plan(
        case,
        decision,
        today=starts_on,
        price_cents_per_visit=0,
        history=stored.history_for(episode, case),
        condition_id=condition_id,
        skills=frozenset(episode.therapist.skills) if episode.therapist else None,
        found=stored.found_for(episode, case),
    )
    return _keep(episode, screening, _priced(plan, episode), by, now)


@action("plan.propose")
def change(
    *, version: PlanVersion, changes: Mapping[str, Any], by: Actor, now: datetime
) -> PlanVersion:
    """A new version with these changes, checked against the screening of today.

    Raises PlanRefused when the old version cannot be read, PlanError with every fault.
    """
    changed = changed_plan(version, changes)
    screening = stored.screening_of(version.episode)
    if screening is None:
        raise PlanRefused("Do the safety check first. A plan rests on it.")
    return _keep(version.episode, screening, changed, by, now)


@action("plan.agree")
def agree(*, version: PlanVersion, signed_name: str, by: Actor, now: datetime) -> PlanVersion:
    """The client's agreement, signed by the typed name; the version in force before is replaced.

    Raises PlanRefused for another name, a version that is not open, or one the latest screening
    no longer allows.
    """
    row = PlanVersion.everything.select_for_update().get(pk=version.pk)
    if row.state != State.PROPOSED:
        raise PlanRefused("This version is no longer open. Look at the newest one.")
    client = version.episode.client
    if not _is_name(signed_name, client.name, client.called):
        raise PlanRefused("Type the client's full name, as it stands in the letter.")
    plan = stored.plan_of(row)
    decision = stored.decision_of(stored.screening_of(version.episode))
    against = ("This plan cannot be read.",) if plan is None else stored.objections(plan, decision)
    if against:
        raise PlanRefused(" ".join(against))
    _replace(version.episode, State.AGREED)
    row.state, row.agreed_name, row.agreed_at = State.AGREED, " ".join(signed_name.split()), now
    row.save(update_fields=["state", "agreed_name", "agreed_at"])
    record(row, changed=["state", "agreed_name", "agreed_at"])
    return row


def changed_plan(version: PlanVersion, changes: Mapping[str, Any]) -> Plan:
    """The plan these changes would make, within the latest screening. Raises as `change` does."""
    plan = stored.plan_of(version)
    decision = stored.decision_of(stored.screening_of(version.episode))
    if plan is None or decision is None:
        raise PlanRefused("This plan cannot be changed any more. Propose a new one.")
    rebased = adjust(plan, **changes)
    limits = Limits.of(decision)
    ceiling = min(rebased.pressure_ceiling, limits.ceiling_over(rebased.groups))
    start = min(rebased.pressure_start, ceiling)
    changed = replace(
        rebased,
        screening=decision,
        pressure_ceiling=ceiling,
        pressure_start=start,
        pain_cap=min(rebased.pain_cap, limits.pain_cap),
        positions=positions_for(rebased.groups, limits),
    )
    return _priced(changed, version.episode)


def _priced(plan: Plan, episode: Episode) -> Plan:
    """The plan at the practice's price for its length of visit."""
    hour = episode.client.practice.price_60_minutes_cents
    return replace(plan, price_cents_per_visit=round(hour * plan.dose.minutes / 60))


def _keep(
    episode: Episode, screening: Screening, plan: Plan, by: Actor, now: datetime
) -> PlanVersion:
    if by.staff is None:
        raise PlanRefused("A plan is made by a therapist.")
    _replace(episode, State.PROPOSED)
    last = PlanVersion.everything.filter(episode=episode).order_by("-number").first()
    version = PlanVersion.everything.create(
        episode=episode,
        screening=screening,
        number=last.number + 1 if last else 1,
        content=to_dict(plan),
        made_by=by.staff,
        made_at=now,
    )
    record(version, changed=["content"])
    return version


def _replace(episode: Episode, state: str) -> None:
    """Takes the place of the version in this state, if there is one."""
    for row in PlanVersion.everything.select_for_update().filter(episode=episode, state=state):
        row.state = State.REPLACED
        row.save(update_fields=["state"])
        record(row, changed=["state"])


def _is_name(typed: str, *names: str) -> bool:
    said = " ".join(typed.split()).casefold()
    return any(said == " ".join(name.split()).casefold() for name in names if name)
