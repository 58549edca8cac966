"""The data of every page of this stage. Templates use these fields and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from unknot.reasoning.treat.brief import Point


@dataclass(frozen=True)
class Choice:
    """One thing to tap: what it sends, what it says, whether it is chosen, why it is closed, or
    what to know before."""

    value: str
    label: str
    pressed: bool = False
    why_not: str = ""
    caution: str = ""


@dataclass(frozen=True)
class EntryRow:
    """One finished piece of work."""

    id: UUID
    area: str
    detail: str
    minutes: int
    response: str


@dataclass(frozen=True)
class Work:
    """The area in work. `since` is an instant; `clock` is the time until now as m:ss."""

    area: str
    detail: str
    since: datetime
    clock: str
    planned_minutes: int | None


@dataclass(frozen=True)
class PlannedRow:
    """Work meant for today that has not begun: `place` is the id of its area, `why_not` says what
    closes it by now, `caution` what to know before."""

    id: UUID
    place: str
    area: str
    detail: str
    minutes: int
    why_not: str
    caution: str


@dataclass(frozen=True)
class AheadRow:
    """One piece of work that can be copied forward, by its number from 1; `note` says what is
    lowered today, `taken` that it is on today's list."""

    number: int
    area: str
    detail: str
    minutes: int
    note: str
    taken: bool


@dataclass(frozen=True)
class Ahead:
    """What can be copied forward, where it is from, and what is left out with its reason."""

    heading: str
    rows: tuple[AheadRow, ...]
    left_out: tuple[str, ...]
    may_copy: bool


@dataclass(frozen=True)
class TenderRow:
    """One region: tenderness and trigger point today, and how that compares."""

    region: str
    name: str
    grades: tuple[Choice, ...]
    triggers: tuple[Choice, ...]
    says: str


@dataclass(frozen=True)
class TenderGroup:
    """The regions of one part of the body; open while something in it is in work or found."""

    group: str
    name: str
    rows: tuple[TenderRow, ...]
    is_open: bool


@dataclass(frozen=True)
class MotionRow:
    """One motion and side: today's reading beside the start, the change and what is normal."""

    key: str
    name: str
    unit: str
    now: str
    start: str
    tone: str
    says: str
    normal: str


@dataclass(frozen=True)
class FindingsPanel:
    """What can be found in the room."""

    groups: tuple[TenderGroup, ...]
    motions: tuple[MotionRow, ...]
    caution: str


@dataclass(frozen=True)
class DialRow:
    """What the dial last said about one area, and the highest pain there against the cap."""

    area: str
    word: str
    pain: int | None
    cap: int
    is_above: bool


@dataclass(frozen=True)
class AlertBox:
    """The alert that stands: the number of its touch, "stop" or "above_cap", and its words."""

    seq: int
    kind: str
    words: str


@dataclass(frozen=True)
class DialPanel:
    """The dial on the therapist's screen. `last_seq` is where the stream goes on.

    `own` says what is known of this client's own ceiling on the area in work.
    """

    is_open: bool
    last_seq: int
    word: str
    say: str
    alert: AlertBox | None
    own: str
    cap: int
    rows: tuple[DialRow, ...]


@dataclass(frozen=True)
class RoomPage:
    """The session room."""

    visit_id: UUID
    episode_id: UUID
    who: str
    what: str
    planned_minutes: int
    done_minutes: int
    is_finished: bool
    safety: tuple[str, ...]
    changed: tuple[str, ...]
    """What changed since the visit began, with what to do."""
    chart: Any
    areas: tuple[Choice, ...]
    places: tuple[Any, ...]
    unsigned: Mapping[str, str]
    agreed: tuple[str, ...]
    """Ids of the areas the client has agreed to aloud at this visit."""
    consent_url: str
    techniques: tuple[Choice, ...]
    more_techniques: tuple[Choice, ...]
    pressures: tuple[Choice, ...]
    ceiling: int
    responses: tuple[Choice, ...]
    before: tuple[Choice, ...]
    after: tuple[Choice, ...]
    work: Work | None
    in_work: str
    """The id of the area in work, "" for none."""
    answers_for: str
    """The id of the area a response is for, "" for none."""
    entries: tuple[EntryRow, ...]
    planned: tuple[PlannedRow, ...]
    ahead: Ahead
    last: tuple[str, ...]
    undo: Mapping[str, str] | None
    words: str
    findings: FindingsPanel
    dial: DialPanel
    is_dim: bool
    conflicts: tuple[Any, ...]
    versions: str
    now: datetime
    problem: str = ""


@dataclass(frozen=True)
class BriefPage:
    """Two minutes before: three points, and what stands between here and the session room."""

    visit_id: UUID
    episode: Any
    who: str
    what: str
    points: tuple[Point, ...]
    wish: str
    wishes: tuple[str, ...]
    asked: bool
    told: str
    news: tuple[str, ...]
    gaps: tuple[Any, ...]
    since: str
    ask_url: str
    ask_address: str
    can_mail: bool
    blocked: str
    screen_url: str
    likes_url: str
    started: bool
    finished: bool
    problem: str = ""


@dataclass(frozen=True)
class RescreenPage:
    """Is anything new? Only what can have changed is asked, with the last answers shown."""

    visit_id: UUID
    episode: Any
    who: str
    since: str
    form: Any
    asked: Any


@dataclass(frozen=True)
class AskPage:
    """Anything new? On the client's phone, with the questions a therapist would ask."""

    token: str
    called: str
    practice: str
    emergency_number: str
    when: str
    since: str
    form: Any
    asked: Any


@dataclass(frozen=True)
class AskedPage:
    """What the answer means for the visit, and what to do when it cannot go on as planned."""

    practice: str
    emergency_number: str
    when: str
    is_open: bool
    say: str
    do: tuple[str, ...]


@dataclass(frozen=True)
class AskEmergencyPage:
    """One sentence, one action, one number."""

    emergency: Any
    practice: str


@dataclass(frozen=True)
class VisitRow:
    """One visit of the episode."""

    id: UUID | None
    appointment_id: UUID
    day: str
    detail: str
    note_state: str
    tone: str
    can_open: bool


@dataclass(frozen=True)
class TreatPage:
    """The visits of an episode, newest first."""

    episode: Any
    who: str
    visits: tuple[VisitRow, ...]
    to_come: tuple[VisitRow, ...]


@dataclass(frozen=True)
class PainRow:
    """Pain 0-10 at one pressure, as words and numbers to show."""

    pressure: str
    middle: str
    span: str
    answers: int


@dataclass(frozen=True)
class PressureRow:
    """One area: what is known of the client's own ceiling, and the pain at each pressure."""

    area: str
    words: str
    pains: tuple[PainRow, ...]


@dataclass(frozen=True)
class PressurePage:
    """What the dial has taught about a client; `episode` is None on the client's own page."""

    episode: Any
    who: str
    rows: tuple[PressureRow, ...]
