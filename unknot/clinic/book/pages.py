"""What each page of the calendar shows, every word of it decided here or in `say`."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from unknot.clinic.ui.rail import EpisodeRail


@dataclass(frozen=True)
class Link:
    """Words that lead somewhere; `current` when one is there already."""

    words: str
    url: str
    current: bool = False


@dataclass(frozen=True)
class DayRow:
    """One visit of a day. `note` is empty when nothing is to be written."""

    id: UUID
    time: str
    until: str
    client: str
    client_url: str
    visit: str
    therapist: str
    room: str
    state: str
    tone: str
    is_review: bool
    open_url: str
    begin_url: str
    note: str
    note_url: str
    can_close: bool
    can_move: bool


@dataclass(frozen=True)
class Day:
    """One day of one therapist or of the practice.

    `first_steps` lead on while the practice has no client yet.
    """

    heading: str
    lede: str
    is_today: bool
    previous: Link
    next: Link
    today: Link | None
    who: tuple[Link, ...]
    rows: tuple[DayRow, ...]
    cancelled: tuple[DayRow, ...]
    empty: str
    first_steps: tuple[Link, ...]
    shows_therapist: bool


@dataclass(frozen=True)
class Block:
    """One booked time in a day's column; `place` names its row and length for the style sheet."""

    time: str
    words: str
    detail: str
    url: str
    state: str
    tone: str
    place: str


@dataclass(frozen=True)
class DayColumn:
    """One day of a week; `open_places` are the hours worked."""

    words: str
    is_today: bool
    url: str
    blocks: tuple[Block, ...]
    open_places: tuple[str, ...]
    summary: str


@dataclass(frozen=True)
class HourMark:
    """One hour at the side of the week."""

    words: str
    place: str


@dataclass(frozen=True)
class OverviewCell:
    """How one day of one therapist or room is filled; `tone` is none, or load-1 to load-8."""

    day: str
    words: str
    detail: str
    url: str
    tone: str


@dataclass(frozen=True)
class OverviewRow:
    """One therapist or room across a week."""

    words: str
    url: str
    cells: tuple[OverviewCell, ...]


@dataclass(frozen=True)
class CalendarPage:
    """One week: the overview of everybody, or the days of one therapist or room."""

    heading: str
    lede: str
    previous: Link
    next: Link
    this_week: Link | None
    by: tuple[Link, ...]
    who: tuple[Link, ...]
    days: tuple[DayColumn, ...]
    hours: tuple[HourMark, ...]
    overview: tuple[OverviewRow, ...]
    overview_days: tuple[str, ...]
    may_make_feed: bool
    feed_url: str


@dataclass(frozen=True)
class BookedRow:
    """One appointment of the episode."""

    id: UUID
    when: str
    detail: str
    state: str
    tone: str
    may_change: bool
    in_series: bool


@dataclass(frozen=True)
class TimesOfDay:
    """The open times of one day."""

    words: str
    times: tuple[Link, ...]


@dataclass(frozen=True)
class ObstacleLine:
    """Why nothing can be booked, and where to go about it."""

    words: str
    url: str
    link: str


@dataclass(frozen=True)
class ChoosePage:
    """Open times to choose from, for a course, one visit, or a move."""

    base: str
    episode: EpisodeRail | None
    title: str
    heading: str
    lede: str
    error: str
    obstacles: tuple[ObstacleLine, ...]
    booked: tuple[BookedRow, ...]
    past: str
    modes: tuple[Link, ...]
    lengths: tuple[Link, ...]
    therapists: tuple[Link, ...]
    week: str
    previous: Link | None
    next: Link
    days: tuple[TimesOfDay, ...]
    empty: str
    next_open: Link | None


@dataclass(frozen=True)
class PreviewRow:
    """One visit of the course as it would be booked; `change` says what had to give."""

    number: int
    day: str
    time: str
    therapist: str
    change: str
    is_review: bool
    value: str


@dataclass(frozen=True)
class PreviewPage:
    """The visits as they would be booked, before the one tap."""

    base: str
    episode: EpisodeRail | None
    title: str
    heading: str
    lede: str
    error: str
    rows: tuple[PreviewRow, ...]
    changes: str
    unplaced: tuple[str, ...]
    button: str
    post_url: str
    back: str
    fields: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class CancelPage:
    """The question before a cancellation."""

    base: str
    episode: EpisodeRail | None
    when: str
    therapist: str
    rest: str
    error: str
    reasons: tuple[str, ...]
    back: str


@dataclass(frozen=True)
class FeedPage:
    """A therapist's calendar address, shown once."""

    url: str
