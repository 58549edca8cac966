"""The message that brings a check-in link: the practice's name, the link, and nothing else."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from ...access import Actor
from ...audit import action
from ...intake.consent import may_write_to
from ...models import Channel, CheckInLink, Episode, Visit
from ..errors import LinkNotSent
from .links import make_link, token_of
from .outbox import write

SUBJECT: Final = "A message from {practice}"
BODY: Final = "{practice} has a short question for you:\n\n{address}\n"
STOP: Final = "\nStop or change these messages:\n{address}\n"


@action("check_in.send")
def send_link(
    *,
    episode: Episode,
    kind: str,
    origin: str,
    by: Actor,
    now: datetime,
    visit: Visit | None = None,
    way: str = Channel.EMAIL,
    to: str = "",
    due_at: datetime | None = None,
    stop_address: str = "",
) -> CheckInLink:
    """A new link, and the message that brings it, to be sent after commit.

    `origin` is the address of this site, such as https://clinic.example. Without `to` it goes to
    the client's e-mail address; raises LinkNotSent when there is none.
    """
    client, practice = episode.client, episode.client.practice
    to = to or client.email
    if not to:
        raise LinkNotSent("This client has no e-mail address. Show them the code instead.")
    if not may_write_to(client):
        raise LinkNotSent("The client asked not to be written to: that consent was withdrawn.")
    link = make_link(episode=episode, kind=kind, visit=visit, by=by, now=now)
    write(
        practice=practice,
        way=way,
        to=to,
        subject=SUBJECT.format(practice=practice.name),
        body=body_of(practice.name, f"{origin.rstrip('/')}/c/{token_of(link)}/", stop_address),
        stop_address=stop_address,
        due_at=due_at,
        now=now,
    )
    return link


def body_of(practice: str, address: str, stop_address: str = "") -> str:
    """The words of a message: whose it is, where it leads, and how to end it."""
    stop = STOP.format(address=stop_address) if stop_address else ""
    return BODY.format(practice=practice, address=address) + stop
