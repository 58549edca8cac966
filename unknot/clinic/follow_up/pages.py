"""The data of every page of this stage."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from ..plan.home import HomeItemToday
from .alerts import AlertRow


@dataclass(frozen=True)
class Asked:
    """One question of a form, and the answer of last time as a mark ("" without one)."""

    field: Any
    last: str


@dataclass(frozen=True)
class SignRow:
    """One warning sign to tick: its box, what to do now when it cannot wait, else its grade.

    A sign that is not `always` shown appears with a flare or with clearly more pain.
    """

    box: Any
    cannot_wait: bool
    tell: str
    do: str
    is_emergency: bool
    grade: Any
    always: bool


@dataclass(frozen=True)
class CheckInPage:
    """One screen for the client. `form` is the diary's or the check's.

    `signs_shown` is "all", "watch" for those that are watched these days, or "": the rest appears
    with a flare or with pain that is up by two from `usual` ("" when that is not known), or in one
    area from its own: `usuals`, by field, as JSON.
    """

    token: str
    called: str
    practice: str
    is_diary: bool
    is_correction: bool
    visited: str
    form: Any
    pains: tuple[Asked, ...]
    rest: tuple[Asked, ...]
    home_care: tuple[Any, ...]
    several: bool
    last_day: str
    signs: tuple[SignRow, ...]
    signs_shown: str
    usual: str
    usuals: str
    emergency_number: str


@dataclass(frozen=True)
class AnsweredPage:
    """What the client reads after answering: what it means, what to do, whom to call, and what
    happens next. `recall` is the form for the days between, None when there is no gap."""

    token: str
    tell: str
    do: str
    also: tuple[str, ...]
    is_emergency: bool
    is_urgent: bool
    emergency_number: str
    practice: str
    next_words: str
    is_diary: bool
    recall: Any
    recall_words: str
    reminders_url: str
    home_care: tuple[HomeItemToday, ...]
    """What to do at home, to tap after today's entry; none beside an urgent answer."""


@dataclass(frozen=True)
class EntryRow:
    """One answer of the client, the latest first."""

    when: str
    kind: str
    pain: int | None
    detail: str
    note: str


@dataclass(frozen=True)
class LinkRow:
    """A link that was sent."""

    made: str
    kind: str
    state: str
    address: str


@dataclass(frozen=True)
class DueCheck:
    """A finished visit whose check can be sent."""

    visit_id: UUID
    day: str
    sent: bool


@dataclass(frozen=True)
class FollowUpPage:
    """Between visits: what needs an answer, the diary, the links. `refused` is the form about the
    alert `refused_about` that was not taken; `not_kept` its words when that alert takes none any
    more."""

    episode: Any
    episode_id: UUID
    who: str
    is_staff: bool
    may_send: bool
    has_email: bool
    alerts: tuple[AlertRow, ...]
    held: tuple[AlertRow, ...]
    handled: tuple[AlertRow, ...]
    screen_url: str
    entries: tuple[EntryRow, ...]
    older: tuple[EntryRow, ...]
    links: tuple[LinkRow, ...]
    checks: tuple[DueCheck, ...]
    refused: Any
    refused_about: UUID | None
    not_kept: str


@dataclass(frozen=True)
class ReminderRow:
    """One kind of reminder: how, at which hour, how often (None where there is no choice)."""

    channel: Any
    at: Any
    days: Any
    says: str


@dataclass(frozen=True)
class RemindersPage:
    """A client's next visits and reminders. `back` leads to their own page when signed in."""

    practice: str
    called: str
    token: str
    visits: tuple[str, ...]
    form: Any
    rows: tuple[ReminderRow, ...]
    can_reach: bool
    is_stopped: bool
    paused_until: str
    stop_url: str
    back: str


@dataclass(frozen=True)
class StopPage:
    """One tap, and no message is sent any more."""

    practice: str
    token: str
    stopped: bool


@dataclass(frozen=True)
class EndedPage:
    """A link that has ended. `stop_url` still ends every message; "" where there is none."""

    practice: str
    stop_url: str


@dataclass(frozen=True)
class MessageRow:
    """One message without its words. `problem` is why the last try failed, `next` what comes."""

    id: UUID
    to: str
    way: str
    when: str
    problem: str
    next: str


@dataclass(frozen=True)
class LateRow:
    """Something that nobody answered in time; what it is stands on the episode's page."""

    episode_id: UUID
    who: str
    therapist: str
    when: str


@dataclass(frozen=True)
class MessagesPage:
    """Messages of the practice, for its owner."""

    failed: tuple[MessageRow, ...]
    waiting: tuple[MessageRow, ...]
    sent: tuple[MessageRow, ...]
    sent_words: str
    late: tuple[LateRow, ...]
