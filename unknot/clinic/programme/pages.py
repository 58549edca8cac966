"""What the programme page shows, in honest words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from unknot.programme.figures import Programme
from unknot.reasoning.outcomes.programme import SMALLEST, Figures, Report, Row, Table

from ..ui.words import count
from .chart import LETTERS, Bar, FunnelChart, bar, draw

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
class ProgrammePage:
    """The whole page. ``missing`` says what is not installed; ``headline`` is empty then."""

    headline: str
    rest: str
    facts: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    charts: tuple[FunnelChart, ...]
    drawn: str
    funnel_lines: tuple[Line, ...]
    waiting: str
    missing: str


def missing_page(say: str) -> ProgrammePage:
    """The page while the engine is not installed."""
    return ProgrammePage("", "", (), (), (), "", (), "", say)


def programme_page(found: Programme, *, waiting: int) -> ProgrammePage:
    """The page from the figures; ``waiting`` courses have entries their fit has not seen yet."""
    report = found.report
    groups = _funnel_groups(report)
    headline, rest = _headline(found)
    return ProgrammePage(
        headline=headline,
        rest=rest,
        facts=_facts(found, waiting),
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
        waiting=f"{count(waiting, 'course is', 'courses are')} being read again just now."
        if waiting
        else "",
        missing="",
    )


def _headline(found: Programme) -> tuple[str, str]:
    total = found.report.total
    if total is None:
        return (
            "Too few people to say anything yet.",
            "Numbers appear from ten people on whose start is known. Nothing is shown of fewer,"
            " so that nobody can be recognised.",
        )
    return (
        f"About {total.responders:.0f} of {total.people:,} people have less pain,"
        " by an amount that matters to most.",
        f"That is {total.share:.0%}, and with what is not known for sure between"
        f" {total.low:.0%} and {total.high:.0%}. It is not how many massage helped: some of them"
        " would have got better anyway, and this page cannot tell how many.",
    )


def _facts(found: Programme, waiting: int) -> tuple[tuple[str, str], ...]:
    """What was counted and what was not; never so finely that somebody few could be told."""
    parts: tuple[tuple[str, int], ...] = (
        ("Left out: too little written at the start", found.without_start),
        ("Left out: too little written since", found.without_fit),
    )
    together = found.without_start + found.without_fit
    if waiting:  # a course nobody has read yet looks like one with too little written
        parts = (("Left out: not read yet, or too little written", together),)
    elif any(0 < people < SMALLEST for _, people in parts):
        parts = (("Left out: too little written", together),)
    shown = (("Courses counted", found.counted), *parts)
    return tuple((words, _safe(people)) for words, people in shown)


def _safe(people: int) -> str:
    """A count that may stand: none, or ten and more."""
    return f"{people:,}" if people == 0 or people >= SMALLEST else f"fewer than {SMALLEST}"


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
