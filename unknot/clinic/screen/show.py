"""The screening as a page: from a stored decision to words and forms."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse

from ...knowledge import load
from ...knowledge.safety import POSITIONS
from ...reasoning import medicine_words
from ...reasoning.case import Case
from ...reasoning.interview import as_asked, said_last
from ...reasoning.screen import Finding
from ...reasoning.screen import Screening as Decision
from ..access.policy import relation
from ..access.request import Request
from ..intake.answers import case_of, day_at
from ..intake.forms import AnswersForm
from ..intake.pages import asked
from ..intake.words import (
    answer_words,
    can_do,
    cannot_do,
    consequences,
    finding_words,
    verdict,
)
from ..models import Episode, Override, Screening
from ..ui.episode_states import rail_of
from ..ui.nav import address
from ..ui.words import listed, local_day, long_day
from . import held
from .forms import ClearanceForm, OverrideForm
from .gate import decision_of
from .pages import AgainLine, Fact, FindingCard, ScreenPage


@dataclass(frozen=True)
class Tried:
    """A form that was sent and could not be carried out, to be shown again as it was."""

    override: OverrideForm | None = None
    clearance: ClearanceForm | None = None
    answers: AnswersForm | None = None

    def rule(self) -> str:
        """The finding the form was about; empty for none."""
        form = self.override or self.clearance
        return str(form.data.get("rule", "")) if form else ""


def screen_page(
    request: Request, episode: Episode, row: Screening, *, now: datetime, tried: Tried
) -> ScreenPage:
    """The page of one stored screening for the one who asks."""
    decision = decision_of(row)
    for_client = not request.actor.is_staff
    missing = _missing(row, decision, tried)
    case = case_of(row.intake)
    blocked, waits = decision.blocks_booking, held.is_held(episode)
    return ScreenPage(
        episode=rail_of(episode, "screen"),
        base="base.html" if for_client else "base_episode.html",
        for_client=for_client,
        verdict=verdict(decision),
        headline=decision.headline,
        say=decision.say,
        held=held.WORDS if waits else "",
        hold_leads=waits and not blocked,
        decided=_when(row, episode),
        cards=tuple(
            _cards(request, episode, decision, day_at(now, episode.client.practice), tried)
        ),
        facts=() if blocked and for_client else tuple(_facts(decision)),
        medicines=medicine_words.as_read(case),
        missing=missing,
        asked=asked(missing) if missing else (),
        answer_url=reverse("screen_answer", args=[episode.pk]),
        again_url=reverse("screen_again", args=[episode.pk]),
        letter_url=reverse("screen_letter", args=[episode.pk]) if blocked else "",
        next_url=_next_url(episode, blocked=blocked, for_client=for_client),
        next_word="To the findings",
        can=can_do(case) if for_client else (),
        cannot=cannot_do() if for_client else (),
        knowledge_version=decision.knowledge_version,
        why_url=reverse("screen_why", args=[episode.pk]),
        earlier=tuple(_earlier(episode, row)),
        problems=tuple(form for form in (tried.override, tried.clearance) if form),
    )


def _next_url(episode: Episode, *, blocked: bool, for_client: bool) -> str:
    return "" if blocked or for_client else address("assess_show", episode.pk)


def _missing(row: Screening, decision: Decision, tried: Tried) -> AnswersForm | None:
    if tried.answers is not None:
        return tried.answers
    if not decision.missing:
        return None
    return missing_form(row, decision)


def missing_form(row: Screening, decision: Decision, data: object = None) -> AnswersForm:
    """The questions that could still change the result, as one form."""
    case, known = case_of(row.intake), load().questions
    still = tuple(name for name in decision.missing if name in known)
    return AnswersForm(as_asked(still, case), data, case=case)


def again_lines(form: AnswersForm, case: Case) -> tuple[AgainLine, ...]:
    """The questions of a re-screening, each with what was said last; unanswered ones are open."""
    return tuple(
        AgainLine(
            item,
            said=answer_words(item.question.id, last),
            is_open=bool(item.bound.errors) or last is None,
        )
        for item in asked(form)
        for last in (said_last(item.question, case),)
    )


def _cards(
    request: Request, episode: Episode, decision: Decision, today: date, tried: Tried
) -> Iterable[FindingCard]:
    reasons = _reasons(episode)
    for finding in decision.findings:
        if finding.state == "unknown" and request.actor.kind == "client":
            continue
        here = tried.rule() == finding.rule_id
        yield FindingCard(
            words=finding_words(finding),
            override=_override(request, finding, tried, here=here),
            clearance=_clearance(request, finding, today, tried, here=here),
            set_aside=reasons.get(finding.rule_id, "") if finding.state == "set_aside" else "",
            is_open=here,
            override_url=reverse("screen_override", args=[episode.pk]),
            clear_url=reverse("screen_clear", args=[episode.pk]),
        )


def _override(
    request: Request, finding: Finding, tried: Tried, *, here: bool
) -> OverrideForm | None:
    may = relation(request.actor, "screen.override") is not None
    if not (may and finding.overridable and finding.state == "fired"):
        return None
    if here and tried.override is not None:
        return tried.override
    return OverrideForm(initial={"rule": finding.rule_id}, auto_id=f"{finding.rule_id}-o-%s")


def _clearance(
    request: Request, finding: Finding, today: date, tried: Tried, *, here: bool
) -> ClearanceForm | None:
    """Where a clinician's word can count: the record says for how many days."""
    may = relation(request.actor, "screen.clear") is not None
    if not (may and finding.state == "fired" and _clearable(finding)):
        return None
    if here and tried.clearance is not None:
        return tried.clearance
    return ClearanceForm(
        initial={"rule": finding.rule_id}, auto_id=f"{finding.rule_id}-c-%s", today=today
    )


def _clearable(finding: Finding) -> bool:
    known = load()
    record = known.red_flags.get(finding.rule_id) or known.rules.get(finding.rule_id)
    return record is not None and record.clearance_days > 0


def _reasons(episode: Episode) -> Mapping[str, str]:
    """By rule, who set it aside and why."""
    zone = episode.client.practice.zone
    screenings = episode.screenings.order_by("decided_at").prefetch_related("overrides")
    return {
        row.rule_id: _signed(row, zone)
        for screening in screenings
        for row in screening.overrides.all()
    }


def _signed(row: Override, zone: str) -> str:
    return f"{row.signed_name} on {long_day(local_day(row.signed_at, zone))}: {row.reason}"


def _facts(decision: Decision) -> Iterable[Fact]:
    known = load()
    words = consequences(decision.pressure_ceiling, decision.excluded_groups)
    if decision.blocks_booking:
        yield Fact("Hands-on treatment", "None for now.")
    elif not words:
        yield Fact("Pressure and areas", "No limit from the rules.")
    for line in words:
        name = "Areas left out" if line.startswith("nothing") else "Pressure"
        yield Fact(name, f"{line[0].upper()}{line[1:]}.")
    if not decision.blocks_booking:
        yield Fact("Pain during a technique", f"At most {decision.pain_cap} of 10.")
    if decision.gentle_groups:
        areas = listed([group.replace("_", " ") for group in decision.gentle_groups])
        yield Fact("Gently", f"No more than 2 of 5 on the {areas}.")
    if decision.most_minutes is not None:
        yield Fact("Time", f"No longer than {decision.most_minutes} minutes.")
    if decision.positions:
        avoid = listed([POSITIONS.get(p, p) for p in decision.positions])
        yield Fact("Positions to avoid", f"{avoid[0].upper()}{avoid[1:]}.")
    if decision.banned_techniques:
        names = [
            known.techniques[name].name if name in known.techniques else name
            for name in decision.banned_techniques
        ]
        yield Fact("Techniques ruled out", f"{listed(names)}.")


def _when(row: Screening, episode: Episode) -> str:
    return long_day(local_day(row.decided_at, episode.client.practice.zone))


def _earlier(episode: Episode, row: Screening) -> Iterable[str]:
    rows = episode.screenings.filter(decided_at__lt=row.decided_at).order_by("-decided_at")[:5]
    for before in rows:
        yield f"{_when(before, episode)}: {decision_of(before).headline}"
