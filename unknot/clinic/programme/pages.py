"""What the programme page shows, in honest words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from unknot.knowledge import load
from unknot.reasoning.outcomes import average_words
from unknot.reasoning.outcomes.average_words import AverageLine
from unknot.reasoning.outcomes.programme import SMALLEST, Figures, Report, Row, Table
from unknot.reasoning.outcomes.programme.published import Published

from ..ui.words import count, day
from .chart import LETTERS, Bar, FunnelChart, Span, bar, draw, span

HIDDEN: Final = "hidden"
TITLES: Final[dict[tuple[str, ...], tuple[str, str]]] = {
    ("condition",): ("What people came with", "Condition"),
    ("dose",): ("How often and how long", "Dose"),
    ("location",): ("Where", "Place"),
    ("start",): ("How bad it was at the start", "Usual pain at the start, 0 to 10"),
    ("condition", "location"): ("What people came with, by place", "Condition and place"),
    ("condition", "dose"): ("What people came with, by dose", "Condition and dose"),
}
ORDER: Final = tuple(TITLES)
READS: Final = {
    "higher": "More than expected of these people",
    "lower": "Fewer than expected of these people",
    "": "As expected, or too few to say",
}
MORE: Final[dict[tuple[str, ...], str]] = {
    ("start",): "Those who start with the most pain change most, wherever they go and whatever is "
    "done: people come when it is worst, and a bad spell passes. That is why every other table "
    "compares people with others who began as they did.",
    ("condition",): "Different conditions run differently, so these are not compared with each "
    "other for merit.",
    ("dose",): "Nobody drew lots for the dose. Those who come twice a week may be worse off, or "
    "simply live nearby.",
}


@dataclass(frozen=True)
class Line:
    """One group. Without ``people`` its numbers are left out."""

    letter: str
    group: str
    people: str
    seen: str
    seen_range: str
    expected: str
    adjusted: str
    adjusted_range: str
    reads: str
    flagged: bool
    bar: Bar | None


@dataclass(frozen=True)
class Section:
    """One table with its bars."""

    key: str
    title: str
    head: str
    more: str
    compares: bool
    lines: tuple[Line, ...]
    hidden: int


@dataclass(frozen=True)
class Effect:
    """One average effect. Without ``value`` its numbers are left out."""

    name: str
    value: str
    sure: str
    people: str
    best: str
    span: Span | None


@dataclass(frozen=True)
class EffectTable:
    """Average effects of one kind. ``compares`` tables have a chance to be best."""

    key: str
    title: str
    head: str
    more: str
    compares: bool
    lines: tuple[Effect, ...]
    hidden: int


@dataclass(frozen=True)
class ProgrammePage:
    """The whole page. ``missing`` says what is not installed; ``headline`` is empty then.

    ``published`` says of which day the figures are, empty while there are none.
    """

    headline: str
    rest: str
    published: str
    facts: tuple[tuple[str, str], ...]
    effects: tuple[EffectTable, ...]
    sections: tuple[Section, ...]
    charts: tuple[FunnelChart, ...]
    drawn: str
    funnel_lines: tuple[Line, ...]
    missing: str


TOO_FEW: Final = (
    "Too few people to say anything yet.",
    "Numbers appear from ten people on whose start is known. Nothing is shown of fewer,"
    " so that nobody can be recognised.",
)
NOT_YET: Final = (
    "The figures are being worked out.",
    "That takes a minute when a practice is new. Load this page again then.",
)


def missing_page(say: str) -> ProgrammePage:
    """The page while the engine is not installed."""
    return ProgrammePage("", "", "", (), (), (), (), "", (), say)


def empty_page(*, tried: bool) -> ProgrammePage:
    """The page before anything was published; ``tried`` whether there was anything to look at."""
    return ProgrammePage(*(TOO_FEW if tried else NOT_YET), "", (), (), (), (), "", (), "")


def programme_page(found: Published) -> ProgrammePage:
    """The page from the published figures."""
    report = found.report
    groups = _funnel_groups(report)
    headline, rest = _headline(report)
    return ProgrammePage(
        headline=headline,
        rest=rest,
        published=f"Published on {day(found.on)}.",
        facts=_facts(found),
        effects=_effects(found),
        sections=tuple(
            _section(table)
            for names in ORDER
            for table in report.tables
            if table.dimensions == names and any(row.figures for row in table.rows)
        ),
        charts=tuple(draw(report.funnel, groups, wide=wide) for wide in (True, False))
        if report.funnel
        else (),
        drawn=_drawn(groups),
        funnel_lines=tuple(
            _line(name, figures, LETTERS[at % 26])
            for at, (name, figures) in enumerate(groups if report.funnel else ())
        ),
        missing="",
    )


def _headline(report: Report) -> tuple[str, str]:
    total = report.total
    if total is None:
        return TOO_FEW
    return (
        f"About {total.responders:.0f} of {total.people:,} people have less pain,"
        " by an amount that matters to most.",
        f"That is {total.share:.0%}, and with what is not known for sure between"
        f" {total.low:.0%} and {total.high:.0%}. It is not how many massage helped: some of them"
        " would have got better anyway, and this page cannot tell how many.",
    )


def _facts(found: Published) -> tuple[tuple[str, str], ...]:
    """What was counted and what was not; never so finely that somebody few could be told."""
    parts: tuple[tuple[str, int], ...] = (
        ("Left out: too little written at the start", found.without_start),
        ("Left out: too little written since", found.without_fit),
    )
    if any(0 < people < SMALLEST for _, people in parts):
        together = found.without_start + found.without_fit
        parts = (("Left out: too little written", together),)
    shown = (("Courses counted", found.counted), *parts)
    return tuple((words, _safe(people)) for words, people in shown)


def _safe(people: int) -> str:
    """A count that may stand: none, or ten and more."""
    return f"{people:,}" if people == 0 or people >= SMALLEST else f"fewer than {SMALLEST}"


EFFECT_WORDS: Final[dict[str, tuple[str, str]]] = {
    "visit": (
        "When",
        "Points of pain, 0 to 10, for a visit of an hour, against no visit. What comes of rating"
        " on the spot, with the therapist there, is taken out. Time and the bad spell people begin"
        " in are taken out too.",
    ),
    "trigger": (
        "What came before",
        "Points of pain the next day, for one usual swing of that person. A pattern, not a cause:"
        " pain spoils sleep as well.",
    ),
    "technique": (
        "Technique",
        "Points of pain over the days after a visit of an hour, against the mean of those shown."
        " Only people who had at least two of them count, each against themselves. Therapists"
        " chose what they gave, so one for hard cases can look worse than it is.",
    ),
    "dose": (
        "Length",
        "Points of pain over the days after a visit, for each hour, against the mean of those"
        " shown. Only people who had visits of at least two lengths count.",
    ),
}


def _effects(found: Published) -> tuple[EffectTable, ...]:
    names = {one.id: one.name for one in load().techniques.values()}
    shown = average_words.tables(found.averages, names)
    return tuple(_effect_table(kind, lines) for kind, lines in shown)


def _effect_table(kind: str, lines: Sequence[AverageLine]) -> EffectTable:
    told = [one.estimate for one in lines if one.estimate]
    reach = max(max(abs(one.low90), abs(one.high90)) for one in told)
    head, more = EFFECT_WORDS[kind]
    return EffectTable(
        key=kind,
        title=average_words.TITLES[kind],
        head=head,
        more=more,
        compares=kind in ("technique", "dose"),
        lines=tuple(
            Effect(
                one.name,
                one.value,
                one.sure,
                one.people,
                one.best,
                span(one.estimate, reach) if one.estimate else None,
            )
            for one in lines
        ),
        hidden=sum(one.estimate is None for one in lines),
    )


def _funnel_groups(report: Report) -> list[tuple[str, Figures]]:
    rows = next((one.rows for one in report.tables if one.dimensions == ORDER[4]), ())
    return [(_name(row), row.figures) for row in rows if row.figures is not None]


def _drawn(groups: list[tuple[str, Figures]]) -> str:
    outside = [name for name, figures in groups if figures.flag]
    words = (
        f"{count(len(groups), 'group')} by size and share, corrected for who their people are. "
    )
    words += f"Outside what chance explains: {', '.join(outside) or 'none'}."
    return f"{words} The same numbers are in the table below."


def _section(table: Table) -> Section:
    title, head = TITLES[table.dimensions]
    return Section(
        key="-".join(table.dimensions),
        title=title,
        head=head,
        more=MORE.get(table.dimensions, ""),
        compares=table.dimensions != ("start",),
        lines=tuple(_row(row) for row in table.rows),
        hidden=sum(row.figures is None for row in table.rows),
    )


def _name(row: Row) -> str:
    return ", ".join(part[:1].upper() + part[1:] for part in row.group)


def _row(row: Row) -> Line:
    if row.figures is None:
        return Line("", _name(row), "", "", "", "", "", "", "", False, None)
    return _line(_name(row), row.figures)


def _line(name: str, figures: Figures, letter: str = "") -> Line:
    return Line(
        letter=letter,
        group=name,
        people=f"{figures.people:,}",
        seen=f"{figures.share:.0%}",
        seen_range=f"{figures.low:.0%} to {figures.high:.0%}",
        expected=f"{figures.expected:.0%}",
        adjusted=f"{figures.adjusted:.0%}",
        adjusted_range=f"{figures.adjusted_low:.0%} to {figures.adjusted_high:.0%}",
        reads=READS[figures.flag],
        flagged=bool(figures.flag),
        bar=bar(figures),
    )
