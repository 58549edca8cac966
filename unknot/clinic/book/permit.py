"""Why a visit cannot be booked, in words, before anybody looks for a time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from unknot.clinic.access import Actor, scope
from unknot.clinic.book.course import Course
from unknot.clinic.intake.consent import barred
from unknot.clinic.models import Client, Consent, Episode, Staff
from unknot.clinic.people.actions import age_on, may_bring_in
from unknot.clinic.screen.gate import may_book
from unknot.reasoning.book import Need, Practitioner, wall_time, why_not, zone_named

GROWN_UP_YEARS = 18


@dataclass(frozen=True)
class Obstacle:
    """One reason. `kind` is screen, closed, plan, consent or therapist; `words` are for people."""

    kind: str
    words: str


class BookingRefused(Exception):
    """Booking is not allowed here; `obstacles` say why. Carries no personal data."""

    def __init__(self, obstacles: Sequence[Obstacle]) -> None:
        super().__init__(", ".join(obstacle.kind for obstacle in obstacles))
        self.obstacles = tuple(obstacles)


def for_episode(episode: Episode, *, on: date) -> tuple[Obstacle, ...]:
    """What stands in the way whoever the therapist is: safety, a closed episode, a guardian's
    word.
    """
    found = []
    if episode.state != Episode.State.OPEN:
        found.append(Obstacle("closed", "This episode of care is closed. Open a new one to book."))
    if why := barred(episode.client):
        found.append(Obstacle("consent", why))
    gate = may_book(episode)
    if not gate.ok:
        found.append(Obstacle("screen", gate.reason))
    age = age_on(episode.client.born_on, on)
    if age is not None and age < GROWN_UP_YEARS and not _guardian_agreed(episode, on):
        found.append(
            Obstacle(
                "consent", "The client is under 18. A parent or guardian has to consent first."
            )
        )
    return tuple(found)


def for_therapist(
    staff: Staff, course: Course | None, days: Iterable[date]
) -> tuple[Obstacle, ...]:
    """What stands between this therapist and these days: licence, training, no longer working."""
    if not (staff.active and staff.treats):
        return (Obstacle("therapist", f"{staff.name} does not take clients at present."),)
    who = Practitioner(licence_until=staff.licence_valid_until, skills=frozenset(staff.skills))
    need = Need(skills=course.skills if course else frozenset())
    reasons = dict.fromkeys(reason for day in days for reason in why_not(who, need, on=day))
    return tuple(Obstacle("therapist", f"{staff.name}: {reason}.") for reason in reasons)


def told(by: Actor, episode: Episode, obstacle: Obstacle) -> str:
    """The words for this person: who may not read the safety check hears only that it stands in
    the way.
    """
    if obstacle.kind == "screen" and not may_read_screen(by, episode):
        return "The safety check does not allow a booking now. Ask the therapist."
    return obstacle.words


def may_read_screen(by: Actor, episode: Episode) -> bool:
    """Whether this person may know what the safety check found."""
    return scope(Episode, by, "screen.read").filter(pk=episode.pk).exists()


def for_team(by: Actor, client: Client, therapists: Iterable[Staff]) -> tuple[Obstacle, ...]:
    """Whoever is booked may read the record from then on: a therapist cannot give that to
    themselves.
    """
    wanted = {staff.pk for staff in therapists}
    team = client.care_team.filter(staff__in=wanted)
    if team.count() == len(wanted) or may_bring_in(by, client):
        return ()
    return (Obstacle("therapist", "Ask the front desk: you do not care for this client yet."),)


def refuse(obstacles: Sequence[Obstacle]) -> None:
    """Raise BookingRefused when there is anything in the way."""
    if obstacles:
        raise BookingRefused(obstacles)


def _guardian_agreed(episode: Episode, on: date) -> bool:
    consents = episode.client.consents.filter(kind=Consent.Kind.MINOR, revoked_at__isnull=True)
    return any(consent.expires_on is None or consent.expires_on >= on for consent in consents)


def local_day(at: datetime, episode: Episode) -> date:
    """The day it is at the practice at that moment."""

    return wall_time(at, zone_named(episode.client.practice.zone)).date()
