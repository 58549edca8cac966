"""Plans and what they rest on, read from rows."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from ...knowledge import load
from ...reasoning.case import Case
from ...reasoning.plan import Found, Limits, Plan, PlanHistory, Response, from_dict
from ...reasoning.plan.checks import safety_faults
from ...reasoning.plan.conditions import drawn_groups
from ...reasoning.plan.history import read_history
from ...reasoning.screen import Screening as Decision
from ..assess.stored import comparisons, marks_of
from ..intake.answers import case_of
from ..models import Appointment, Episode, PlanVersion, Screening


def latest(episode: Episode) -> PlanVersion | None:
    """The newest version, whatever its state."""
    return episode.plans.select_related("made_by", "screening").order_by("-number").first()


def agreed(episode: Episode) -> PlanVersion | None:
    """The version in force: the one the client agreed to and nobody replaced."""
    return episode.plans.filter(state=PlanVersion.State.AGREED).first()


def plan_of(version: PlanVersion | None) -> Plan | None:
    """The plan a version holds, checked against the screening it rests on; None when there is
    none or it cannot be read any more.
    """
    decision = None if version is None else decision_of(version.screening)
    if version is None or decision is None:
        return None
    try:
        return from_dict(version.content, decision)
    except (ValueError, KeyError, TypeError):
        return None


def screening_of(episode: Episode) -> Screening | None:
    """The latest screening of the episode."""
    return episode.screenings.select_related("intake").order_by("-decided_at", "-id").first()


def decision_of(screening: Screening | None) -> Decision | None:
    """What a stored screening decided; None when there is none or it cannot be read."""
    if screening is None:
        return None
    try:
        return Decision.from_dict(screening.result)
    except (ValueError, KeyError):
        return None


def case_for(episode: Episode) -> Case | None:
    """The answers the latest screening was decided on, else those of the last intake."""
    screening = screening_of(episode)
    intake = screening.intake if screening else episode.intakes.order_by("-version").first()
    return None if intake is None else case_of(intake)


def history_for(episode: Episode, case: Case) -> PlanHistory:
    """What the client told of earlier massage, the visits given here, and what each technique
    did in them.
    """
    done = episode.appointments.filter(state=Appointment.State.DONE).count()
    return replace(read_history(case), visits_here=done, responses=_responses(episode))


def _responses(episode: Episode) -> tuple[Response, ...]:
    """Responses by technique, over every entry that has one."""
    answered = episode.appointments.filter(visit__entries__response__gt="")
    counts: dict[str, Counter[str]] = {}
    for technique, response in answered.order_by("visit__entries__technique").values_list(
        "visit__entries__technique", "visit__entries__response"
    ):
        counts.setdefault(technique, Counter())[response] += 1
    return tuple(
        Response(
            technique,
            eased=count["eased"],
            unchanged=count["unchanged"],
            worse=count["guarded"] + count["tender"],
        )
        for technique, count in counts.items()
    )


def found_for(episode: Episode, case: Case) -> Found:
    """What home care can answer: motion that is clearly less, what was marked, what was drawn."""
    known = load()
    days = list(episode.assessments.prefetch_related("motions"))
    less = [one for _, one in comparisons(days, None, "") if one.verdict == "less"]
    marked = marks_of(days[-1]) if days else ()
    return Found(
        short_of_motion=frozenset(
            group for one in less for group in known.motions[one.motion].groups
        ),
        tender=frozenset(known.regions[mark.region].group for mark in marked),
        drawn=drawn_groups(case, known),
    )


def booked_of(version: PlanVersion) -> int:
    """How many visits of this plan are booked or over."""
    kept = version.episode.appointments.filter(series__plan=version)
    return kept.exclude(state=Appointment.State.CANCELLED).count()


def objections(plan: Plan, decision: Decision | None) -> tuple[str, ...]:
    """What in a plan the latest screening forbids; empty while it still fits."""
    if decision is None:
        return ("There is no safety check to rest on.",)
    return tuple(fault.says for fault in safety_faults(plan, Limits.of(decision)))
