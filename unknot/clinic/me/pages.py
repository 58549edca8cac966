"""What a client's front page shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from django.urls import reverse

from ...knowledge import load
from ...reasoning.plan import Plan
from ...reasoning.words import AREA_NAMES
from ..access import Request, scope
from ..follow_up.actions.answers import entries_of_day
from ..intake import preferences
from ..intake.consent import barred
from ..models import Client, Episode, Note, PlanVersion
from ..outcomes.stored import standing_of
from ..plan import home
from ..plan.stored import agreed, decision_of, latest, plan_of
from ..screen import gate, held
from ..treat.plain import written_out
from ..ui import words
from .consents import summary as consents_of
from .data import summary_of
from .sheets import Around, around, last_visit, next_visit

FRESH: Final = timedelta(hours=72)
"""How long after a visit the advice for afterwards stands first."""


@dataclass(frozen=True)
class NextVisit:
    """The next visit: when, with whom, where."""

    when: str
    who: str
    where: str


@dataclass(frozen=True)
class PlanLine:
    """The plan in a few plain words."""

    title: str
    dose: str
    how: str
    review: str


@dataclass(frozen=True)
class Stop:
    """Why no visit can take place: what you were told, what it waits for, and where the safety
    check says more ("" when it is an answer given since that holds visits)."""

    told: tuple[str, ...]
    words: str
    url: str


@dataclass(frozen=True)
class MeEpisode:
    """One of my complaints. `stop` is what safety holds visits for, None when nothing does.
    `said` is what the last signed note says to me, on `said_on`.
    """

    id: UUID
    title: str
    is_open: bool
    barred: str
    stop: Stop | None
    next_visit: NextVisit | None
    answered_today: bool
    plan: PlanLine | None
    has_plan: bool
    asks_agreement: bool
    verdict: str
    home_care: tuple[home.HomeItemToday, ...]
    around: Around | None
    visited: str
    """The day of the last visit, while it is fresh; else empty."""
    said: tuple[str, ...]
    said_on: str


@dataclass(frozen=True)
class MePage:
    """A client's own front page."""

    called: str
    practice: str
    emergency_number: str
    stop_signs: str
    consents: str
    id: UUID
    likes: str
    episodes: tuple[MeEpisode, ...]


def page_of(request: Request, now: datetime) -> MePage:
    """The page of the client who asks, open complaints first."""
    client = request.actor.client
    assert client is not None
    episodes = sorted(
        client.episodes.select_related("client__practice").order_by("-opened_at"),
        key=lambda one: one.state != Episode.State.OPEN,
    )
    return MePage(
        called=client.called or next(iter(client.name.split()), client.name),
        practice=client.practice.name,
        emergency_number=client.practice.emergency_number,
        stop_signs=load().visit_advice["AFT-10"].tell,
        consents=consents_of(client, now),
        id=client.pk,
        likes=_likes(client),
        episodes=tuple(_episode(request, episode, now) for episode in episodes),
    )


def _likes(client: Client) -> str:
    """What the client said about the room, in one or two sentences."""
    liked = preferences.liked(client)
    room = [one[:1].lower() + one[1:] for one in liked.room_words]
    said = [words.sentence(f"You like: {'; '.join(room)}")] if room else []
    if liked.avoid:
        said.append(words.sentence(f"Not touched: {liked.avoid}"))
    return " ".join(said) or "You can say what makes a visit comfortable for you."


def _episode(request: Request, episode: Episode, now: datetime) -> MeEpisode:
    zone = ZoneInfo(episode.client.practice.zone)
    plan = plan_of(agreed(episode))
    newest = latest(episode)
    note = (
        scope(Note, request.actor, "summary.read")
        .filter(visit__appointment__episode=episode, state=Note.State.SIGNED)
        .order_by("-visit__opened_at")
        .first()
    )
    is_open = episode.state == Episode.State.OPEN
    visited = last_visit(episode, now)
    fresh = visited is not None and now - visited < FRESH
    return MeEpisode(
        id=episode.pk,
        title=AREA_NAMES.get(episode.main_area, episode.main_area),
        is_open=is_open,
        barred=barred(episode.client) if is_open else "",
        stop=_stop(episode) if is_open else None,
        next_visit=_next(episode, now) if is_open else None,
        answered_today=bool(entries_of_day(episode, now)),
        plan=_plan(plan, words.local_day(now, zone)) if plan and is_open else None,
        has_plan=newest is not None,
        asks_agreement=is_open
        and newest is not None
        and newest.state == PlanVersion.State.PROPOSED,
        verdict=_verdict(episode),
        home_care=home.items(episode, now) if is_open else (),
        around=around(episode) if is_open else None,
        visited=f"{words.local_day(visited, zone):%A}" if visited and fresh else "",
        said=_summary(note),
        said_on=words.long_day(words.local_day(note.signed_at, zone))
        if note and note.signed_at
        else "",
    )


def _stop(episode: Episode) -> Stop | None:
    """What holds visits: an answer between visits first, else the latest safety check."""
    if held.is_held(episode):
        return Stop(held.told(episode), held.WORDS, "")
    last = gate.latest(episode)
    if last is None or not last.blocks_booking:
        return None
    decision = decision_of(last)
    said = words.sentence(decision.headline) if decision else "The safety check comes first."
    return Stop((), said, reverse("screen_show", args=[episode.pk]))


def _next(episode: Episode, now: datetime) -> NextVisit | None:
    coming = next_visit(episode, now)
    if coming is None:
        return None
    place = coming.room.location
    return NextVisit(
        when=words.when(coming.starts_at, coming.zone, now=now),
        who=coming.staff.name,
        where=", ".join(filter(None, (place.name, place.address))),
    )


def _plan(plan: Plan, today: date) -> PlanLine:
    names = [one.name.lower() for one in plan.techniques]
    coming = next((on for on in plan.review_on if on >= today), None)
    review = words.day(coming, today=today) if coming else ""
    return PlanLine(
        title=plan.title,
        dose=words.sentence(plan.dose.says),
        how=words.sentence(f"With {words.listed(names)}"),
        review=f"On {review} we look together at whether it helps." if review else "",
    )


def _verdict(episode: Episode) -> str:
    """The answer so far in one sentence, or why there is none yet."""
    if not episode.check_ins.exists():
        return "Too early to tell. It needs visits and answers from the days between."
    reading = standing_of(episode).reading
    return reading.verdict.sentence if reading else "Your answers are being worked out."


def _summary(note: Note | None) -> tuple[str, ...]:
    text = written_out(summary_of(note), note.visit) if note else ""
    return tuple(line for line in text.splitlines() if line.strip())
