"""Puts the pages of findings together from rows."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from django.urls import reverse

from ...knowledge import load
from ...reasoning.assess import Check, Ranked, checks, rank_sources, rom, sources, tenderness
from ...reasoning.case import Case
from ...reasoning.marks import Mark
from ..access.find import scope
from ..access.request import Request
from ..models import Assessment, Client, Episode
from ..ui import words
from ..ui.body_chart import body_chart
from ..ui.body_figure import Figure
from ..ui.episode_states import rail_of
from . import stored
from .forms import FindingsForm, MeasuresForm
from .pages import (
    AlikeLine,
    CheckLine,
    DayLine,
    FindingsPage,
    MeasurePage,
    MotionLine,
    PartLine,
    RecordPage,
    ScoreLine,
    SourceLine,
    TenderLine,
)

TONES = {"better": "good", "worse": "stop", "more": "good", "less": "caution"}
STATES = {
    "fired": ("it fired: act on it first", "stop"),
    "unknown": ("still to be asked", "caution"),
    "set_aside": ("set aside by a therapist", "caution"),
    "cleared": ("cleared by a clinician", "good"),
    "clear": ("asked, no sign of it", "good"),
}
"""What the safety check says of a red flag, and its tone."""
PARTS = {
    "zone": "Zone",
    "findings": "Findings",
    "side": "Side",
    "motion": "Motion",
}
FIGURES: dict[str, Figure] = {"female": "female", "male": "male"}


def findings_page(
    request: Request, episode: Episode, shown: Assessment | None = None
) -> FindingsPage:
    """Marks of both layers, what could explain them, motion, scores, and the days they rest on.

    `shown` is the day whose marks to see; by default the latest.
    """
    case = stored.case_for(episode)
    days = list(episode.assessments.select_related("staff").prefetch_related("motions"))
    looked_at = shown or (days[-1] if days else None)
    is_client = request.actor.kind == "client"
    marks = (*stored.client_marks(case), *stored.marks_of(looked_at))
    client = episode.client
    moved = stored.comparisons(days, _age(case), client.sex)
    ranked = rank_sources(
        marks, most=6, limited=frozenset(one.motion for _, one in moved if one.verdict == "less")
    )
    return FindingsPage(
        episode=rail_of(episode, "assess"),
        episode_id=episode.pk,
        chart=body_chart(marks, figure=figure_of(client)),
        chart_says=_chart_says(looked_at, client.practice.zone, is_mine=is_client),
        caution=sources.overrides(marks),
        sources=tuple(_source(one) for one in ranked),
        checks=tuple(_check(one) for one in checks(ranked, stored.decision_of(episode))),
        tender=_tender(days, looked_at),
        tender_says=tenderness.CAUTION,
        motions=tuple(_motion(side, one) for side, one in moved),
        scores=tuple(_score(one) for one in stored.courses(episode, case)),
        days=tuple(_day_line(episode, one, looked_at) for one in reversed(days)),
        words=looked_at.words if looked_at else "",
        may_record=_may(request, episode, "assess.record"),
        may_measure=_may(request, episode, "measure.record"),
        is_client=is_client,
    )


def record_page(
    episode: Episode, form: FindingsForm, drawn: tuple[Mark, ...], problem: str = ""
) -> RecordPage:
    """The client's marks to look at, the therapist's to draw."""
    marks = (*stored.client_marks(stored.case_for(episode)), *drawn)
    return RecordPage(
        episode=rail_of(episode, "assess"),
        episode_id=episode.pk,
        chart=body_chart(marks, figure=figure_of(episode.client), edit="therapist"),
        form=form,
        problem=problem,
    )


def measure_page(
    request: Request, episode: Episode, form: MeasuresForm, problem: str = ""
) -> MeasurePage:
    """The questionnaires."""
    return MeasurePage(
        episode=rail_of(episode, "assess"),
        episode_id=episode.pk,
        form=form,
        is_client=request.actor.kind == "client",
        problem=problem,
    )


def figure_of(client: Client) -> Figure:
    """The body the client chose."""
    return FIGURES.get(client.figure, "neutral")


def _may(request: Request, episode: Episode, action: str) -> bool:
    return scope(Episode, request.actor, action).filter(pk=episode.pk).exists()


def _age(case: Case | None) -> int | None:
    age = case.answer("age_years") if case else None
    return int(age) if isinstance(age, int | float) else None


def _chart_says(shown: Assessment | None, zone: str, *, is_mine: bool) -> str:
    whose = "Your own marks" if is_mine else "The client's own marks"
    if shown is None:
        return f"{whose}. Nothing has been examined yet."
    on = words.day(shown.assessed_at.astimezone(ZoneInfo(zone)).date())
    return f"{whose}, and what {shown.staff.name} found on {on}."


def _source(one: Ranked) -> SourceLine:
    regions = load().regions
    return SourceLine(
        name=f"{one.name[0].upper()}{one.name[1:]}, {one.side}",
        share=round(one.score * 100),
        explains=words.listed([regions[name].plain for name in one.explains]),
        leaves=words.listed([regions[name].plain for name in one.leaves]),
        found=one.found_here,
        parts=tuple(
            PartLine(PARTS[part.name], round(part.points * 100), round(part.most * 100), part.says)
            for part in one.parts
        ),
        alike=tuple(AlikeLine(other.kind, other.name) for other in one.look_alikes),
        careful=one.lookalikes,
    )


def _check(one: Check) -> CheckLine:
    says, tone = STATES[one.state]
    asks_for = f"{words.listed(one.asks_for)} ({'; '.join(one.muscles)})"
    return CheckLine(one.rule_id, one.title, asks_for, says, tone)


def _tender(days: list[Assessment], shown: Assessment | None) -> tuple[TenderLine, ...]:
    """Tenderness of the first day of examination against the day shown."""
    if shown is None or shown == days[0]:
        return ()
    regions = load().regions
    found = tenderness.compare(stored.marks_of(days[0]), stored.marks_of(shown))
    return tuple(
        TenderLine(regions[one.region].name, _grade(one.before), _grade(one.now), one.says)
        for one in found
    )


def _grade(grade: int | None) -> str:
    return "" if grade is None else f"{grade} of 4"


def _motion(side: str, one: rom.Comparison) -> MotionLine:
    sign = "°" if one.unit == "degrees" else " mm"
    return MotionLine(
        name=f"{one.name}, {side}" if side else one.name,
        start=_amount(one.baseline, sign),
        now=_amount(one.now, sign),
        verdict="one reading" if one.verdict == "not known" else one.verdict,
        tone=TONES.get(one.verdict, "plain"),
        says=one.says,
        normal=one.normal_says,
    )


def _score(one: stored.Course) -> ScoreLine:
    return ScoreLine(
        name=one.name,
        start=_dated(one.first, one.first_on),
        now=_dated(one.last, one.last_on),
        verdict="" if one.change.verdict == "not known" else one.change.verdict,
        tone=TONES.get(one.change.verdict, "plain"),
        says=one.change.says,
    )


def _amount(value: float | None, sign: str) -> str:
    return "" if value is None else f"{value:g}{sign}"


def _dated(value: float | None, on: date | None) -> str:
    return "" if value is None or on is None else f"{value:.1f} ({words.short_day(on)})"


def _day_line(episode: Episode, one: Assessment, shown: Assessment | None) -> DayLine:
    zone = ZoneInfo(episode.client.practice.zone)
    return DayLine(
        url=f"{reverse('assess_show', args=[episode.pk])}?day={one.pk}",
        on=words.day(one.assessed_at.astimezone(zone).date()),
        who=one.staff.name,
        words=one.words,
        is_shown=one == shown,
    )
