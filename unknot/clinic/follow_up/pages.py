"""The data of every page of this stage."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from .alerts import AlertRow


@dataclass(frozen=True)
class CheckInPage:
    """One screen for the client. `form` is the diary's or the check's."""

    token: str
    called: str
    practice: str
    is_diary: bool
    visited: str
    form: Any
    emergency_number: str


@dataclass(frozen=True)
class AnsweredPage:
    """What the client reads after answering: what it means, what to do, whom to call."""

    tell: str
    do: str
    also: tuple[str, ...]
    is_emergency: bool
    is_urgent: bool
    emergency_number: str
    practice: str
    next_words: str


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
    """Between visits: what needs an answer, the diary, the links."""

    episode: Any
    episode_id: UUID
    who: str
    is_staff: bool
    may_send: bool
    has_email: bool
    alerts: tuple[AlertRow, ...]
    handled: tuple[AlertRow, ...]
    entries: tuple[EntryRow, ...]
    older: tuple[EntryRow, ...]
    links: tuple[LinkRow, ...]
    checks: tuple[DueCheck, ...]
    handle_form: Any
    problem: str = ""
