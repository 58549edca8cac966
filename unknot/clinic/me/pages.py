"""What a client's front page shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from ...reasoning.plan import Plan
from ...reasoning.treat.advice import advice
from ...reasoning.words import AREA_NAMES
from ..access import Request, scope
from ..models import Episode, Note
from ..plan.stored import agreed, plan_of
from ..ui import words
from ..ui.body_chart import GROUP_NAMES
from .data import summary_of


@dataclass(frozen=True)
class HomeLine:
    """One thing to do at home: what, how, how much, and when to stop."""

    name: str
    tell: str
    dose: str
    stop: str


@dataclass(frozen=True)
class AdviceLine:
    """One piece of advice around a visit."""

    title: str
    tell: str


@dataclass(frozen=True)
class MeEpisode:
    """One of my complaints. `said` is what the last signed note says to me, on `said_on`."""

    id: UUID
    title: str
    is_open: bool
    next_visit: str
    has_plan: bool
    home_care: tuple[HomeLine, ...]
    before: tuple[AdviceLine, ...]
    after: tuple[AdviceLine, ...]
    said: tuple[str, ...]
    said_on: str


@dataclass(frozen=True)
class MePage:
    """A client's own front page."""

    called: str
    practice: str
    episodes: tuple[MeEpisode, ...]


def page_of(request: Request, now: datetime) -> MePage:
    """The page of the client who asks, open complaints first."""
    client = request.actor.client
    assert client is not None
    zone = ZoneInfo(client.practice.zone)
    episodes = sorted(
        client.episodes.order_by("-opened_at"), key=lambda one: one.state != Episode.State.OPEN
    )
    return MePage(
        called=client.called or next(iter(client.name.split()), client.name),
        practice=client.practice.name,
        episodes=tuple(_episode(request, episode, now, zone) for episode in episodes),
    )


def _episode(request: Request, episode: Episode, now: datetime, zone: ZoneInfo) -> MeEpisode:
    coming = episode.appointments.filter(state="booked", starts_at__gte=now).first()
    version = agreed(episode)
    plan = plan_of(version)
    note = (
        scope(Note, request.actor, "summary.read")
        .filter(visit__appointment__episode=episode, state=Note.State.SIGNED)
        .order_by("-visit__opened_at")
        .first()
    )
    is_open = episode.state == Episode.State.OPEN
    return MeEpisode(
        id=episode.pk,
        title=AREA_NAMES.get(episode.main_area, episode.main_area),
        is_open=is_open,
        next_visit=words.short_when(coming.starts_at, zone, now=now) if coming else "",
        has_plan=version is not None,
        home_care=tuple(HomeLine(one.name, one.tell, one.dose, one.stop) for one in plan.home_care)
        if plan and is_open
        else (),
        before=_advice(plan, "before", "during") if is_open else (),
        after=_advice(plan, "after") if is_open else (),
        said=_summary(note),
        said_on=words.long_day(words.local_day(note.signed_at, zone))
        if note and note.signed_at
        else "",
    )


def _advice(plan: Plan | None, *moments: str) -> tuple[AdviceLine, ...]:
    """What to know at these moments; without a plan any part may be treated, so all of it."""
    groups = plan.groups if plan else GROUP_NAMES
    found = (one for one in advice(groups) if one.when in moments)
    return tuple(AdviceLine(one.title, one.tell) for one in found)


def _summary(note: Note | None) -> tuple[str, ...]:
    text = summary_of(note) if note else ""
    return tuple(line for line in text.splitlines() if line.strip())
