"""Puts the pages of the plan together from rows."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from ...reasoning.plan import Choice, Limits, Plan, candidates
from ...reasoning.plan.limits import FRESH_DAYS
from ...reasoning.screen import Screening as Decision
from ..access.find import scope
from ..access.request import Request
from ..models import Episode, PlanVersion
from ..ui import words
from ..ui.episode_states import rail_of
from ..ui.nav import address
from . import stored
from .forms import AgreeForm, ChangeForm, ProposeForm
from .home.board import board
from .letter import differences, letter_of
from .pages import ChangePage, LetterPage, PlanPage, RankedLine, VersionLine

TONES = {"agreed": "good", "proposed": "caution", "replaced": "plain"}
STATES = {
    "agreed": "Agreed",
    "proposed": "Waiting for the client's agreement",
    "replaced": "Replaced",
}


def plan_page(
    request: Request,
    episode: Episode,
    first_day: date,
    *,
    form: AgreeForm | None = None,
    refused: str = "",
) -> PlanPage:
    """The newest version as a letter, or why there is none. `first_day` is when a plan proposed
    now would begin.
    """
    practice = episode.client.practice
    version = stored.latest(episode)
    plan = stored.plan_of(version)
    versions = _versions(episode)
    decision = stored.decision_of(stored.screening_of(episode))
    against = () if plan is None else stored.objections(plan, decision)
    is_open = version is not None and version.state == PlanVersion.State.PROPOSED
    can_agree = (
        is_open and not against and plan is not None and may(request, episode, "plan.agree")
    )
    may_propose = may(request, episode, "plan.propose")
    booked = stored.booked_of(version) if version and plan else 0
    left = plan.dose.visits - booked if plan else 0
    offered = _offered(episode, decision, first_day) if may_propose else None
    return PlanPage(
        episode=rail_of(episode, "plan"),
        episode_id=episode.pk,
        plan_id=version.pk if version else None,
        letter=letter_of(plan, practice.currency) if plan else None,
        client_name=episode.client.name,
        practice=practice.name,
        made=_made(version, practice.zone) if version else "",
        state=version.state if version else "",
        agreed=_agreed(version, practice.zone) if version else "",
        changed=versions[0].changed if versions and versions[0].number > 1 else (),
        objections=against,
        refused=refused,
        history_note=plan.history_note if plan and request.actor.is_staff else "",
        form=(form or AgreeForm()) if can_agree else None,
        may_propose=may_propose,
        propose=offered,
        blocked=_blocked(decision, first_day) if may_propose and offered is None else "",
        may_change=may_propose and plan is not None and _is_open(decision),
        screen_url=address("screen_show", episode.pk),
        ranked=_ranked(plan) if plan and may_propose else (),
        ruled_out=_ruled_out(plan) if plan and may_propose else (),
        is_client=request.actor.kind == "client",
        book_url=address("book_series", episode.pk) if left > 0 else "",
        book_word="Book the rest of the course" if booked else "Book the course",
        versions=versions[1:],
        board=board(episode, plan, datetime.now(UTC)) if plan and may_propose else None,
    )


def change_page(episode: Episode, version: PlanVersion, form: ChangeForm) -> ChangePage:
    """The form of a change beside what it amounts to now."""
    plan = stored.plan_of(version)
    assert plan is not None  # the view asked before
    letter = letter_of(plan, episode.client.practice.currency)
    banned = plan.limits.banned_techniques
    return ChangePage(
        episode=rail_of(episode, "plan"),
        episode_id=episode.pk,
        form=form,
        says=letter.dose,
        cost=letter.cost,
        reviews=letter.reviews,
        tested=letter.found,
        ruled_out=tuple(
            (one.name, one.why) for one in plan.ruled_out if one.technique_id in banned
        ),
    )


def letter_page(episode: Episode, version: PlanVersion) -> LetterPage | None:
    """The plan on paper, or None when it cannot be read."""
    plan = stored.plan_of(version)
    if plan is None:
        return None
    practice = episode.client.practice
    return LetterPage(
        letter=letter_of(plan, practice.currency),
        client_name=episode.client.name,
        practice=practice.name,
        made=_made(version, practice.zone),
        agreed=_agreed(version, practice.zone),
    )


def _offered(episode: Episode, decision: Decision | None, first_day: date) -> ProposeForm | None:
    """The form of a proposal, or None while the screening allows no plan or is too old."""
    case = stored.case_for(episode)
    is_fresh = decision is not None and not _is_stale(decision, first_day)
    offered = candidates(case, decision) if case and decision and is_fresh else ()
    return ProposeForm(offered=offered) if offered else None


def _is_open(decision: Decision | None) -> bool:
    """Whether the screening allows treatment at all."""
    return decision is not None and not Limits.of(decision).blocked


def _is_stale(decision: Decision, first_day: date) -> bool:
    return (first_day - decision.as_of).days > FRESH_DAYS


def _blocked(decision: Decision | None, first_day: date) -> str:
    """Why nothing can be proposed now."""
    if decision is None:
        return "Do the safety check first. A plan rests on it."
    if _is_stale(decision, first_day):
        on = words.day(decision.as_of)
        return f"The safety check of {on} is too old for a new plan. Ask what has changed first."
    says = "The safety check leaves out every part of the body a plan would treat."
    return Limits.of(decision).blocked or says


def _ranked(plan: Plan) -> tuple[RankedLine, ...]:
    """Chosen techniques in order."""
    return tuple(
        _line(one, f"{place} of {len(plan.techniques)}", "good")
        for place, one in enumerate(plan.techniques, start=1)
    )


def _ruled_out(plan: Plan) -> tuple[RankedLine, ...]:
    """The others; what the screening bans stands first."""
    banned = plan.limits.banned_techniques
    return tuple(
        _line(one, "ruled out" if one.technique_id in banned else "not used", "plain")
        for one in plan.ruled_out
    )


def _line(one: Choice, place: str, tone: str) -> RankedLine:
    return RankedLine(
        name=one.name,
        place=place,
        tone=tone,
        says=one.why,
        evidence=one.evidence,
        reasons=one.reasons,
        rules=words.listed(one.rule_ids),
    )


def may(request: Request, episode: Episode, action: str) -> bool:
    """Whether this actor may do the action to this episode."""
    return scope(Episode, request.actor, action).filter(pk=episode.pk).exists()


def _versions(episode: Episode) -> tuple[VersionLine, ...]:
    """Every version, newest first, with what changed since the one before."""
    rows = list(episode.plans.select_related("made_by", "screening").order_by("number"))
    zone = episode.client.practice.zone
    plans = [stored.plan_of(row) for row in rows]
    lines = []
    for place, row in enumerate(rows):
        before, after = plans[place - 1] if place else None, plans[place]
        lines.append(
            VersionLine(
                number=row.number,
                state=STATES[row.state],
                tone=TONES[row.state],
                says=f"{_made(row, zone)}. {_agreed(row, zone)}".strip(),
                changed=differences(before, after) if before and after else (),
            )
        )
    return tuple(reversed(lines))


def _made(version: PlanVersion, zone: str) -> str:
    return f"{version.made_by.name}, {_day(version.made_at, zone)}"


def _agreed(version: PlanVersion, zone: str) -> str:
    if version.agreed_at is None:
        return ""
    return f"Agreed by {version.agreed_name} on {_day(version.agreed_at, zone)}."


def _day(at: datetime, zone: str) -> str:
    return words.day(at.astimezone(ZoneInfo(zone)).date())
