"""What each page about people shows."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django import forms


@dataclass(frozen=True)
class HomePage:
    """The public front page."""

    practice_name: str


@dataclass(frozen=True)
class StartPage:
    """First run: make a practice, or load the demo clinic."""

    form: forms.Form
    demo_minutes: str


@dataclass(frozen=True)
class DemoLogin:
    """One way into the demo clinic."""

    who: str
    email: str


@dataclass(frozen=True)
class DemoReadyPage:
    """The demo clinic is loaded: who can sign in, and with what."""

    logins: tuple[DemoLogin, ...]
    password: str


@dataclass(frozen=True)
class LinkAskPage:
    """Ask for a one-time sign-in link; ``sent`` after asking, whoever asked."""

    form: forms.Form
    sent: bool


@dataclass(frozen=True)
class LinkUsePage:
    """Confirm signing in with the link; ``spent`` when it no longer works."""

    token: str
    spent: bool


@dataclass(frozen=True)
class AddressPage:
    """A new address asked about at the old one. ``state`` is asks, done or ended."""

    practice: str
    new: str
    state: str


@dataclass(frozen=True)
class ClientRow:
    """One line of the client list."""

    id: UUID
    name: str
    complaint: str
    state: str
    therapist: str
    next_visit: str


@dataclass(frozen=True)
class ClientListPage:
    """The clients this actor may see, by name."""

    rows: tuple[ClientRow, ...]
    search: str
    count: int
    page_number: int
    has_next: bool
    may_add: bool


@dataclass(frozen=True)
class EpisodeLine:
    """One episode of a client; ``id`` is None when the actor may not open it."""

    key: UUID
    may_be_given_to: tuple[tuple[UUID, str], ...]
    id: UUID | None
    title: str
    opened: str
    state: str
    therapist: str


@dataclass(frozen=True)
class ClientPage:
    """One client: how to reach them, and their episodes."""

    id: UUID
    name: str
    called: str
    email: str
    new_email: str
    """An address that waits for a yes, "" for none."""
    new_email_by: str
    may_agree: bool
    phone: str
    born: str
    signs_in: bool
    may_invite: bool
    may_say_likes: bool
    episodes: tuple[EpisodeLine, ...]
    visits: tuple[str, ...]


@dataclass(frozen=True)
class FormPage:
    """A page that is one form: a title, where it goes back to, and what the button says."""

    title: str
    lede: str
    form: forms.Form
    button: str
    back: str


@dataclass(frozen=True)
class StaffRow:
    """One member of staff."""

    id: UUID
    name: str
    role: str
    licence: str
    licence_ok: bool
    active: bool
    treats: bool


@dataclass(frozen=True)
class HoursDay:
    """One weekday of the form of working hours."""

    name: str
    starts: forms.BoundField
    ends: forms.BoundField


@dataclass(frozen=True)
class HoursPage:
    """The weekly hours of one member of staff."""

    name: str
    location: str
    form: forms.Form
    days: tuple[HoursDay, ...]


@dataclass(frozen=True)
class LocationLine:
    """One location and the names of its rooms."""

    name: str
    rooms: tuple[str, ...]


@dataclass(frozen=True)
class RoomsPage:
    """Where the practice treats, and a form for one more room."""

    locations: tuple[LocationLine, ...]
    form: forms.Form


@dataclass(frozen=True)
class StaffListPage:
    """Everybody who works here."""

    rows: tuple[StaffRow, ...]


@dataclass(frozen=True)
class MorePage:
    """What does not fit in the bar."""

    name: str
    role: str
    practice: str
    is_staff: bool
    is_owner: bool
