"""Who is asking: one frozen value, made once per request and passed down as ``by=``."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Final, Literal

from django.contrib.auth import get_user
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest

from ..models import CareTeam, Client, Episode, Practice, Staff, User

Kind = Literal["anonymous", "client", "front_desk", "therapist", "owner", "link", "system"]
KINDS: Final[tuple[Kind, ...]] = (
    "anonymous",
    "client",
    "front_desk",
    "therapist",
    "owner",
    "link",
    "system",
)


@dataclass(frozen=True)
class Actor:
    """Somebody, in one role, in at most one practice.

    ``link`` is the holder of a secret link (a check-in, a dial): they may touch the one
    episode the link was made for and nothing else. ``system`` is background work.
    """

    kind: Kind = "anonymous"
    user: User | None = None
    practice: Practice | None = None
    staff: Staff | None = None
    client: Client | None = None
    episode: Episode | None = None
    request_id: str = ""

    @property
    def id(self) -> uuid.UUID | None:
        """The key that stands in the audit trail: staff, else client, else user, else episode."""
        for row in (self.staff, self.client, self.user, self.episode):
            if row is not None:
                return row.pk
        return None

    @property
    def name(self) -> str:
        """The name to show; never written to a log."""
        for row in (self.staff, self.client):
            if row is not None:
                return row.name
        return self.user.email if self.user else ""

    @property
    def is_staff(self) -> bool:
        return self.kind in ("front_desk", "therapist", "owner")


ANONYMOUS: Final = Actor()


def for_user(user: User, *, request_id: str = "") -> Actor:
    """The actor of somebody signed in: staff first, then client, else nobody in particular."""
    staff = (
        Staff.everything.select_related("practice", "location")
        .filter(user=user, active=True)
        .order_by("id")
        .first()
    )
    if staff is not None:
        return Actor(
            kind=staff.role,  # type: ignore[arg-type]  # the choices are a subset of Kind
            user=user,
            practice=staff.practice,
            staff=staff,
            request_id=request_id,
        )
    client = Client.everything.select_related("practice").filter(user=user).order_by("id").first()
    if client is not None:
        return Actor(
            kind="client",
            user=user,
            practice=client.practice,
            client=client,
            request_id=request_id,
        )
    return Actor(user=user, request_id=request_id)


def actor_again(session: SessionBase) -> Actor:
    """Whoever this session belongs to by now: nobody once it was signed out, its password
    changed or its account closed. Reads everything anew, for answers that take minutes."""
    request = HttpRequest()
    request.session = type(session)(session.session_key)
    user = get_user(request)
    return for_user(user) if isinstance(user, User) else ANONYMOUS


def for_link(episode: Episode, *, request_id: str = "") -> Actor:
    """The actor who holds a link made for this episode."""
    return Actor(
        kind="link",
        practice=episode.client.practice,
        episode=episode,
        request_id=request_id,
    )


def for_client(client: Client, *, request_id: str = "") -> Actor:
    """The client who holds a link signed for them: they act for themselves and nobody else."""
    return Actor(kind="client", practice=client.practice, client=client, request_id=request_id)


def for_staff(staff: Staff, *, request_id: str = "") -> Actor:
    """The actor a staff member is, for actions done outside a request (demo, jobs, tests)."""
    return Actor(
        kind=staff.role,  # type: ignore[arg-type]
        user=staff.user,
        practice=staff.practice,
        staff=staff,
        request_id=request_id,
    )


def system(practice: Practice | None = None) -> Actor:
    """Background work and first-run set-up."""
    return Actor(kind="system", practice=practice)


def cares_for(actor: Actor, client: Client) -> bool:
    """Whether the staff member is on the client's care team."""
    return (
        actor.staff is not None
        and CareTeam.everything.filter(client=client, staff=actor.staff).exists()
    )
