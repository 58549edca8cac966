"""The data of the dial's own pages and of the tablets that show it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class DialCodePage:
    """The way to the dial for the client's phone: a picture to scan, and a short code to type.

    `code` is in two groups, to be read aloud; `enter` is the address at which it is typed.
    """

    visit_id: UUID
    who: str
    is_open: bool
    code: str
    enter: str
    url: str
    until: str


@dataclass(frozen=True)
class DialEnterPage:
    """Where the short code is typed."""

    typed: str
    problem: str


@dataclass(frozen=True)
class BedsideEnterPage:
    """Where a tablet is paired with its room."""

    typed: str
    problem: str


@dataclass(frozen=True)
class BedsidePage:
    """A tablet in its room between visits."""

    room: str
    key: str


@dataclass(frozen=True)
class BedsideLine:
    """A tablet last seen then, or a code to type until then."""

    bedside_id: UUID
    code: str
    until: str
    seen: str


@dataclass(frozen=True)
class BedsideRoom:
    """A room with its tablets."""

    room_id: UUID
    name: str
    place: str
    tablets: tuple[BedsideLine, ...]


@dataclass(frozen=True)
class BedsidesPage:
    """All rooms with their tablets; `enter` is where a code is typed."""

    rooms: tuple[BedsideRoom, ...]
    enter: str


@dataclass(frozen=True)
class DialOverPage:
    """The dial once the visit is finished: nothing of the visit, and what came too late, if so."""

    token: str
    problem: str = ""


@dataclass(frozen=True)
class DialPage:
    """The dial on the client's phone. `said` is what the therapist was told last.

    `back` is the number of the touch that can still be taken back, or 0. `key` tells a tablet that
    stays in the room which session it shows; "" on a phone. `line` numbers the newest line told.
    """

    token: str
    said: str
    pressed: str
    pain: int | None
    back: int = 0
    key: str = ""
    line: int = 0
    pains: tuple[int, ...] = tuple(range(11))
