"""What the outcomes page shows, worded and placed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from django import forms
from django.urls import reverse

from unknot.knowledge import load
from unknot.reasoning import stored
from unknot.reasoning.outcomes import (
    Diary,
    EntryKind,
    Kind,
    Reading,
    Seen,
    Verdict,
    average_words,
    look,
    reading_words,
)
from unknot.reasoning.outcomes.average_words import Others
from unknot.reasoning.outcomes.engine.priors import ACUTE_WEEKS
from unknot.reasoning.outcomes.line import LinePoint
from unknot.reasoning.outcomes.reading_words import Ahead, Part, TriggerLine

from ..intake.consent import agreed_pause
from ..models import Consent, Decision, Episode
from ..screen import held
from ..ui.episode_states import rail_of
from ..ui.rail import EpisodeRail
from ..ui.words import count, day, listed, short_day
from . import ahead_chart, borrow, chart
from .ahead_chart import Bar, Panel
from .chart import Chart, Track
from .gather import Function, diary_of, functions_of, is_stopped
from .stored import Standing

TONES: Final = {
    Kind.CLEARLY_BETTER: "good",
    Kind.PROBABLY_BETTER: "good",
    Kind.CANNOT_TELL: "plain",
    Kind.NOT_WORKING: "caution",
    Kind.WORSE: "stop",
}
CLIENT_STEPS: Final = {
    "continue": "Go on",
    "change": "Change something",
    "taper": "Space the visits out",
    "reevaluate": "Look at it together",
    "refer": "Ask a doctor",
    "discharge": "End the course",
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
class Said:
    """The verdict in words."""

    headline: str
    rest: str
    tone: str
    reasons: tuple[str, ...]
    caveats: tuple[str, ...]
    needs: str
    counted: tuple[tuple[str, str], ...]


WAITING: Final = Said(
    headline="The answer is being worked out.",
    rest="Your scores are below. Load this page again in a few seconds.",
    tone="plain",
    reasons=(),
    caveats=(),
    needs="",
    counted=(),
)
LATE: Final = "Your latest entries are not in this answer yet. They will be in a few seconds."


@dataclass(frozen=True)
class Model:
    """What the model adds: the split of the change, what a visit does, the weeks to come."""

    parts: tuple[Part, ...]
    bars: tuple[Bar, ...]
    lasts: tuple[str, ...]
    ahead: tuple[Ahead, ...]
    weeks: tuple[int, ...]
    panels: tuple[Panel, ...]
    weekly_or_stop: str
    little_left: str
    triggers: tuple[TriggerLine, ...]
    find_out: str
    model_id: str
    prior_id: str


@dataclass(frozen=True)
class OutcomesPage:
    """The answer, the drawing, the numbers, and what people decide.

    `held` says that an answer between visits holds them back, empty when none does. `pause` says
    when a pause was agreed to, `pause_url` where to agree. `late` says that newer entries are not
    in it yet. `model` and `step` are None until the first reading is there, `others` when the
    person's own visits say enough or too few others have told of theirs.
    """

    episode: EpisodeRail
    practice: str
    client: str
    on: str
    for_client: bool
    heading: str
    said: Said
    late: str
    charts: tuple[Chart, ...]
    drawn: str
    functions: tuple[FunctionCard, ...]
    model: Model | None
    others: Others | None
    rows: tuple[Row, ...]
    step: Step | None
    pause: str
    pause_url: str
    stopped: bool
    held: str
    decisions: tuple[Decided, ...]
    form: forms.Form | None
    closed: str


def page_of(
    *,
    episode: Episode,
    standing: Standing,
    now: datetime,
    form: forms.Form | None,
    for_client: bool,
) -> OutcomesPage:
    """The page from the rows of the episode and its kept reading; nothing is fitted here."""
    diary = diary_of(episode, now=now)
    seen, reading = look(diary), standing.reading
    agreed = agreed_pause(episode, today=diary.as_of or now.date())
    visits = sorted(diary.day(session.at) for session in diary.sessions)
    called = episode.client.called or episode.client.name
    said = _said(reading.verdict) if reading else WAITING
    return OutcomesPage(
        episode=rail_of(episode, "outcomes"),
        practice=episode.client.practice.name,
        client=episode.client.name,
        on=day(now.astimezone(ZoneInfo(diary.zone)).date()),
        for_client=for_client,
        heading="Is it working for you?" if for_client else f"Is it working for {called}?",
        said=said,
        late="" if standing.is_whole or reading is None else LATE,
        charts=_charts(seen, visits, reading),
        drawn=_drawn(seen, visits),
        functions=tuple(_card(one) for one in functions_of(episode)),
        model=_model(reading) if reading else None,
        others=_others(episode, diary),
        rows=_rows(diary),
        step=_step(reading.verdict, for_client=for_client) if reading else None,
        pause=_pause(agreed, diary.zone),
        pause_url="" if agreed else reverse("intake_consent", args=[episode.pk, "pause"]),
        stopped=is_stopped(episode),
        held=held.WORDS if held.is_held(episode) else "",
        decisions=_decisions(episode),
        form=form if reading else None,
        closed="" if episode.state == Episode.State.OPEN else episode.get_state_display(),
    )


def _others(episode: Episode, diary: Diary) -> Others | None:
    found = borrow.lent(getattr(episode, "fit", None))
    if found is None:
        return None
    weeks = diary.pain_weeks
    return average_words.others(
        found,
        area=episode.main_area,
        acute=None if weeks is None else weeks < ACUTE_WEEKS,
        visited=bool(diary.sessions) and bool(diary.entries),
    )


def _pause(agreed: Consent | None, zone: str) -> str:
    if agreed is None:
        return ""
    on = day(agreed.signed_at.astimezone(ZoneInfo(zone)).date())
    return f"Agreed on {on}. Keep answering once a day; the next visit ends the pause."


def _said(verdict: Verdict) -> Said:
    headline, _, rest = verdict.sentence.partition(". ")
    return Said(
        headline=headline.removesuffix(".") + ".",
        rest=rest,
        tone=TONES[verdict.kind],
        reasons=verdict.reasons,
        caveats=verdict.caveats,
        needs=verdict.needs.says if verdict.needs else "",
        counted=verdict.numbers,
    )


def _charts(seen: Seen, visits: Sequence[date], reading: Reading | None) -> tuple[Chart, ...]:
    path = tuple(
        LinePoint(point.on, point.level, *point.i90) for point in (reading.path if reading else ())
    )
    drawn = (chart.draw(seen, visits, size, path) for size in (chart.WIDE, chart.NARROW))
    return tuple(one for one in drawn if one is not None)


def _model(reading: Reading) -> Model:
    """What the model adds to the scores; each part is empty where it may not speak."""
    ahead = reading_words.ahead(reading)
    parts = reading_words.split(reading)
    return Model(
        parts=parts,
        bars=ahead_chart.bars(parts),
        lasts=reading_words.after_a_visit(reading),
        ahead=ahead,
        weeks=reading_words.SHOWN_WEEKS,
        panels=ahead_chart.panels(reading.forecasts, ahead, reading.level_now.mean),
        weekly_or_stop=reading_words.weekly_or_stop(reading),
        little_left=reading_words.little_left(reading),
        triggers=reading_words.triggers(reading),
        find_out=reading.verdict.find_out,
        model_id=reading.basis.model_id,
        prior_id=reading.basis.prior_id,
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


def _step(verdict: Verdict, *, for_client: bool) -> Step:
    step = verdict.next_step
    known = load().sources
    names = [known[source].short if source in known else source for source in step.sources]
    return Step(
        title=CLIENT_STEPS[step.step] if for_client else Decision.Kind(step.step).label,
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
