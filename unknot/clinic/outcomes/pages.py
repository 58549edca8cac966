"""What the outcomes page shows, worded and placed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from django import forms

from unknot.knowledge import load
from unknot.reasoning import stored
from unknot.reasoning.outcomes import Diary, EntryKind, Fit, Kind, Seen, Verdict

from ..models import Decision, Episode
from ..ui.rail import EpisodeRail
from ..ui.words import count, day, listed, short_day
from . import chart
from .chart import Chart, Track
from .gather import Function

TONES: Final = {
    Kind.CLEARLY_BETTER: "good",
    Kind.PROBABLY_BETTER: "good",
    Kind.CANNOT_TELL: "plain",
    Kind.NOT_WORKING: "caution",
    Kind.WORSE: "stop",
}
FUNCTION_TITLES: Final = {
    "OM-PEG": ("Pain in daily life", "PEG, 0 to 10, lower is better"),
    "OM-PSFS": ("What you can do again", "PSFS, 0 to 10, higher is better"),
}


@dataclass(frozen=True)
class Row:
    """One day of the table; an empty text where nothing was scored."""

    on: str
    home: str
    before: str
    after: str


@dataclass(frozen=True)
class FunctionCard:
    """One score of daily life with its line."""

    title: str
    scale: str
    says: str
    track: Track


@dataclass(frozen=True)
class Step:
    """The proposed next step. ``because`` and ``rule`` are for the therapist."""

    title: str
    tell: str
    because: str
    rule: str
    sources: str


@dataclass(frozen=True)
class Decided:
    """A decision people took."""

    on: str
    what: str
    reason: str
    who: str


@dataclass(frozen=True)
class OutcomesPage:
    """The answer, the drawing, the numbers, and what people decide."""

    episode: EpisodeRail
    for_client: bool
    heading: str
    headline: str
    rest: str
    tone: str
    charts: tuple[Chart, ...]
    drawn: str
    reasons: tuple[str, ...]
    caveats: tuple[str, ...]
    needs: str
    functions: tuple[FunctionCard, ...]
    counted: tuple[tuple[str, str], ...]
    rows: tuple[Row, ...]
    step: Step
    stopped: bool
    decisions: tuple[Decided, ...]
    form: forms.Form | None
    closed: str


def outcomes_page(
    *,
    episode: Episode,
    rail: EpisodeRail,
    diary: Diary,
    fit: Fit,
    verdict: Verdict,
    functions: Sequence[Function],
    form: forms.Form | None,
    stopped: bool,
    for_client: bool,
) -> OutcomesPage:
    """The page from what was gathered; nothing is read here but the episode's decisions."""
    visits = sorted(diary.day(session.at) for session in diary.sessions)
    drawn = (chart.draw(fit.seen, visits, size) for size in (chart.WIDE, chart.NARROW))
    headline, _, rest = verdict.sentence.partition(". ")
    called = episode.client.called or episode.client.name
    return OutcomesPage(
        episode=rail,
        for_client=for_client,
        heading="Is it working for you?" if for_client else f"Is it working for {called}?",
        headline=headline.removesuffix(".") + ".",
        rest=rest,
        tone=TONES[verdict.kind],
        charts=tuple(one for one in drawn if one is not None),
        drawn=_drawn(fit.seen, visits),
        reasons=verdict.reasons,
        caveats=verdict.caveats,
        needs=verdict.needs.says if verdict.needs else "",
        functions=tuple(_card(one) for one in functions),
        counted=verdict.numbers,
        rows=_rows(diary),
        step=_step(verdict),
        stopped=stopped,
        decisions=_decisions(episode),
        form=form,
        closed="" if episode.state == Episode.State.OPEN else episode.get_state_display(),
    )


def _drawn(fit: Seen, visits: Sequence[date]) -> str:
    """The drawing in words, for those who do not see it."""
    if not fit.days:
        return ""
    parts = [
        f"{count(len(fit.days), 'day')} with a score from {short_day(fit.days[0].day)} to"
        f" {short_day(fit.days[-1].day)}",
        count(len(visits), "visit"),
    ]
    for level, when in ((fit.start, "at the start"), (fit.now, "in the last two weeks")):
        if level is not None:
            parts.append(f"usual score {level.value:.1f} {when}")
    return f"{'; '.join(parts)}. The same numbers are in the table below."


def _card(found: Function) -> FunctionCard:
    title, scale = FUNCTION_TITLES[found.instrument]
    change = found.change
    first = f"First score on {short_day(found.first_on)}"
    last = f"latest on {short_day(found.last_on)}"
    says = f"{first}, {last}. {change.says}" if found.count > 1 else f"{first}; one score so far."
    return FunctionCard(
        title, scale, says, chart.track(0.0, 10.0, change.before, change.after or 0.0)
    )


def _step(verdict: Verdict) -> Step:
    step = verdict.next_step
    known = load().sources
    names = [known[source].short if source in known else source for source in step.sources]
    return Step(
        title=Decision.Kind(step.step).label,
        tell=step.tell,
        because=step.because,
        rule=step.rule_id,
        sources=listed(names),
    )


def _decisions(episode: Episode) -> tuple[Decided, ...]:
    zone = ZoneInfo(episode.client.practice.zone)
    return tuple(
        Decided(
            on=day(row.decided_at.astimezone(zone).date()),
            what=row.get_kind_display(),
            reason=row.reason,
            who=row.staff.name,
        )
        for row in episode.decisions.select_related("staff").order_by("-decided_at")
    )


def _rows(diary: Diary) -> tuple[Row, ...]:
    """One line a day, the latest first; several answers of one day and kind stand side by side."""
    found: dict[date, dict[str, list[str]]] = {}
    for entry in sorted(diary.entries):
        if entry.kind in (EntryKind.DIARY, EntryKind.BEFORE, EntryKind.AFTER):
            cells = found.setdefault(diary.day(entry.at), {})
            cells.setdefault(entry.kind, []).append(f"{entry.value:g}")
    return tuple(
        Row(
            on=short_day(on),
            home=", ".join(cells.get(EntryKind.DIARY, ())),
            before=", ".join(cells.get(EntryKind.BEFORE, ())),
            after=", ".join(cells.get(EntryKind.AFTER, ())),
        )
        for on, cells in sorted(found.items(), reverse=True)
    )


def snapshot(verdict: Verdict, at: datetime) -> dict[str, object]:
    """The verdict as it was read when somebody decided, for the record."""
    kept = stored.to_dict(verdict)
    return {**kept, "rule": verdict.next_step.rule_id, "read_at": at.isoformat()}
