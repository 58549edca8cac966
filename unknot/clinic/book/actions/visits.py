"""Writes of the calendar: book one visit or a whole course, move, cancel, and close a visit's
time.

Each takes its time in the database by a constraint, not by looking first: a time taken
meanwhile raises TimeTaken and changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol
from uuid import UUID

from unknot.clinic.access import Actor, system
from unknot.clinic.audit import action, record
from unknot.clinic.book import diary, occupy, permit
from unknot.clinic.book.course import Course, course_behind, rest_of_course
from unknot.clinic.book.occupy import TimeTaken
from unknot.clinic.models import (
    Appointment,
    CareTeam,
    Episode,
    PlanVersion,
    Practice,
    Room,
    Series,
    Staff,
    Visit,
)
from unknot.clinic.people.actions import assign, join_care_team
from unknot.reasoning.book import Interval, wall_time, zone_named

State = Appointment.State


class NotBooked(Exception):
    """The appointment is no longer (or not yet) in a state in which this can be done."""


@dataclass(frozen=True)
class Slot:
    """One visit's place: whom, when (UTC), its number in the series and whether it is a review."""

    therapist: UUID
    starts_at: datetime
    number: int = 1
    is_review: bool = False


@action("book.appointment")
def book(*, episode: Episode, slot: Slot, minutes: int, by: Actor, now: datetime) -> Appointment:
    """One booked visit. Raises BookingRefused with reasons, or TimeTaken."""
    appointments = _place(episode, [slot], minutes, None, None, by, now)
    record(appointments[0], changed=["starts_at", "staff", "room"])
    return appointments[0]


@action("book.series")
def book_series(
    *, episode: Episode, plan: PlanVersion, slots: Sequence[Slot], by: Actor, now: datetime
) -> Series:
    """The plan's visits, all of them or none. Raises BookingRefused with reasons, or TimeTaken."""
    if plan.episode_id != episode.pk or plan.state != PlanVersion.State.AGREED or not slots:
        permit.refuse([permit.Obstacle("plan", "The client has to agree to the plan first.")])
    course = rest_of_course(plan)
    left = course.before + course.visits if course else 0
    if course is None or not all(course.before < slot.number <= left for slot in slots):
        permit.refuse([permit.Obstacle("plan", "The plan has no such visit left to book.")])
    assert course is not None  # refused above
    series = Series.everything.create(
        episode=episode, plan=plan, every_days=course.gaps[0], made_at=now
    )
    appointments = _place(episode, slots, course.minutes, series, course, by, now)
    record(series, changed=["plan", "appointments"])
    for appointment in appointments:
        record(appointment, changed=["starts_at", "staff", "room"])
    return series


@action("book.move")
def move(*, appointment: Appointment, slot: Slot, by: Actor, now: datetime) -> Appointment:
    """The appointment at another time, or with another therapist, and nothing else changed."""
    return _move({appointment: slot}, by, now)[0]


@action("book.move")
def move_rest(
    *, appointment: Appointment, slots: Mapping[int, Slot], by: Actor, now: datetime
) -> list[Appointment]:
    """This appointment and those after it in its series at new times, by number; all or none.

    A later visit whose number has no slot stays where it is.
    """
    rest = [visit for visit in rest_of(appointment) if visit.number in slots]
    if not rest:
        raise NotBooked
    return _move({visit: slots[visit.number] for visit in rest}, by, now)


@action("book.cancel")
def cancel(*, appointment: Appointment, reason: str, by: Actor, now: datetime) -> Appointment:
    """The appointment cancelled and its time free again. The others of its series stay."""
    return _cancel([appointment], reason, by, now)[0]


@action("book.cancel")
def cancel_rest(
    *, appointment: Appointment, reason: str, by: Actor, now: datetime
) -> list[Appointment]:
    """This appointment and those after it in its series, cancelled."""
    return _cancel(rest_of(appointment), reason, by, now)


@action("book.no_show")
def mark_no_show(*, appointment: Appointment, by: Actor, now: datetime) -> Appointment:
    """The client did not come. Only once the visit should have begun; its time stays taken."""
    return _close(appointment, State.NO_SHOW, by, now)


@action("book.complete")
def complete(*, appointment: Appointment, by: Actor, now: datetime) -> Appointment:
    """The visit took place. Only once it should have begun."""
    return _close(appointment, State.DONE, by, now)


def rest_of(appointment: Appointment) -> list[Appointment]:
    """This appointment and the booked ones after it in its series, in order."""
    if appointment.series_id is None:
        return [appointment] if appointment.state == State.BOOKED else []
    return list(
        Appointment.everything.filter(
            series=appointment.series_id, number__gte=appointment.number, state=State.BOOKED
        ).order_by("number")
    )


def _place(
    episode: Episode,
    slots: Sequence[Slot],
    minutes: int,
    series: Series | None,
    course: Course | None,
    by: Actor,
    now: datetime,
) -> list[Appointment]:
    practice = episode.client.practice
    therapists = _therapists(practice, (slot.therapist for slot in slots))
    permit.refuse(permit.for_episode(episode, on=permit.local_day(now, episode)))
    permit.refuse(permit.for_team(by, episode.client, therapists.values()))
    _check_people_and_notice(practice, therapists, slots, course, by, now)
    visits = [
        Interval(slot.starts_at, slot.starts_at + timedelta(minutes=minutes)) for slot in slots
    ]
    open_diary = _locked_diary(practice, therapists, episode.client_id, visits)
    made = []
    for slot, visit in zip(slots, visits, strict=True):
        appointment = Appointment(client=episode.client, episode=episode, series=series)
        _put(appointment, slot, visit, _room(open_diary, slot, visit), practice)
        made.append(appointment)
    Appointment.everything.bulk_create(made)
    occupy.claim(made, turnover=timedelta(minutes=practice.turnover_minutes))
    _join(episode, therapists, slots[0].therapist, practice, now)
    return made


def _move(wanted: Mapping[Appointment, Slot], by: Actor, now: datetime) -> list[Appointment]:
    chosen = _locked_rows(wanted)
    _refuse_begun(chosen, by, now)
    episode = next(iter(wanted)).episode
    practice = episode.client.practice
    slots = {appointment.pk: slot for appointment, slot in wanted.items()}
    therapists = _therapists(practice, (slot.therapist for slot in slots.values()))
    permit.refuse(permit.for_team(by, episode.client, therapists.values()))
    course = course_behind(chosen[0])
    _check_people_and_notice(practice, therapists, list(slots.values()), course, by, now)
    visits = {
        row.pk: Interval(
            slots[row.pk].starts_at, slots[row.pk].starts_at + (row.ends_at - row.starts_at)
        )
        for row in chosen
    }
    open_diary = _locked_diary(
        practice, therapists, episode.client_id, list(visits.values()), moving=chosen
    )
    for row in chosen:
        slot, visit = slots[row.pk], visits[row.pk]
        _put(row, slot, visit, _room(open_diary, slot, visit), practice, keep_number=True)
        row.revision += 1
        row.save(
            update_fields=[
                "staff",
                "room",
                "starts_at",
                "ends_at",
                "wall_start",
                "zone",
                "revision",
            ]
        )
    occupy.claim(chosen, turnover=timedelta(minutes=practice.turnover_minutes))
    for row in chosen:
        record(row, changed=["starts_at", "staff", "room"])
    _join(episode, therapists, next(iter(slots.values())).therapist, practice, now)
    return chosen


def _cancel(
    appointments: Iterable[Appointment], reason: str, by: Actor, now: datetime
) -> list[Appointment]:
    rows = _locked_rows(appointments)
    _refuse_begun(rows, by, now)
    occupy.release(rows)
    for row in rows:
        row.state, row.cancelled_at, row.cancel_reason = State.CANCELLED, now, reason[:200]
        row.revision += 1
        row.save(update_fields=["state", "cancelled_at", "cancel_reason", "revision"])
        record(row, changed=["state", "cancel_reason"])
    return rows


def _close(appointment: Appointment, state: State, by: Actor, now: datetime) -> Appointment:
    row = _locked_rows([appointment])[0]
    if row.starts_at > now:
        raise NotBooked
    if state == State.NO_SHOW:
        _refuse_begun([row], by, now)
    row.state = state
    row.save(update_fields=["state"])
    record(row, changed=["state"])
    return row


def _refuse_begun(rows: Sequence[Appointment], by: Actor, now: datetime) -> None:
    """Once its time has come, what became of a visit is for staff to say; once hands-on work has
    begun, for its therapist, who ends it in the session room.
    """
    if by.kind == "client" and any(row.starts_at <= now for row in rows):
        raise NotBooked
    if Visit.everything.filter(appointment__in=rows, started_at__isnull=False).exists():
        raise NotBooked


def _locked_rows(appointments: Iterable[Appointment]) -> list[Appointment]:
    """The rows as they are now, held until the end. Raises NotBooked when one is no longer
    booked.
    """
    keys = [appointment.pk for appointment in appointments]
    rows = list(
        Appointment.everything.select_for_update(of=("self",))
        .select_related("client__practice", "episode")
        .filter(pk__in=keys, state=State.BOOKED)
        .order_by("pk")
    )
    if not keys or len(rows) != len(keys):
        raise NotBooked
    return rows


def _therapists(practice: Practice, keys: Iterable[UUID]) -> dict[UUID, Staff]:
    wanted = set(keys)
    found = {row.pk: row for row in Staff.everything.filter(practice=practice, pk__in=wanted)}
    if set(found) != wanted:
        permit.refuse([permit.Obstacle("therapist", "Choose a therapist of this practice.")])
    return found


def _check_people_and_notice(
    practice: Practice,
    therapists: Mapping[UUID, Staff],
    slots: Sequence[Slot],
    course: Course | None,
    by: Actor,
    now: datetime,
) -> None:
    zone = zone_named(practice.zone)
    for key, therapist in therapists.items():
        days = [wall_time(slot.starts_at, zone).date() for slot in slots if slot.therapist == key]
        permit.refuse(permit.for_therapist(therapist, course, days))
    notice = timedelta(hours=practice.notice_hours) if by.kind == "client" else timedelta(0)
    if min(slot.starts_at for slot in slots) < now + notice:
        permit.refuse([permit.Obstacle("notice", "That time is too close. Choose a later one.")])


def _locked_diary(
    practice: Practice,
    therapists: Mapping[UUID, Staff],
    client: UUID,
    visits: Sequence[Interval],
    *,
    moving: Sequence[Appointment] = (),
) -> diary.Diary:
    rooms = Room.everything.filter(location__practice=practice).values_list("pk", flat=True)
    occupy.lock([*therapists, client, *rooms])
    turnover = timedelta(minutes=practice.turnover_minutes)
    hull = Interval(min(v.start for v in visits), max(v.end for v in visits) + turnover)
    return diary.read(practice, therapists.values(), client, hull, moving=moving)


def _room(open_diary: diary.Diary, slot: Slot, visit: Interval) -> UUID:
    if not diary.works_at(open_diary, slot.therapist, visit):
        permit.refuse([permit.Obstacle("hours", "Nobody works at that time. Choose another one.")])
    room = diary.room_at(open_diary, slot.therapist, visit)
    if room is None:
        raise TimeTaken
    return room


def _put(
    appointment: Appointment,
    slot: Slot,
    visit: Interval,
    room: UUID,
    practice: Practice,
    *,
    keep_number: bool = False,
) -> None:
    """Write the place into the row, without saving it. What was meant stays as wall time and
    zone.
    """
    appointment.staff_id, appointment.room_id = slot.therapist, room
    appointment.starts_at, appointment.ends_at = visit.start, visit.end
    appointment.zone = practice.zone
    appointment.wall_start = wall_time(visit.start, zone_named(practice.zone)).replace(tzinfo=UTC)
    if not keep_number:
        appointment.number, appointment.is_review = slot.number, slot.is_review


def _join(
    episode: Episode,
    therapists: Mapping[UUID, Staff],
    first: UUID,
    practice: Practice,
    now: datetime,
) -> None:
    """Who treats a client sees their record: the therapists booked join the care team."""
    if episode.therapist_id is None:
        assign(episode=episode, therapist=therapists[first], by=system(practice), now=now)
    known = set(
        CareTeam.everything.filter(
            client=episode.client_id, staff__in=list(therapists)
        ).values_list("staff_id", flat=True)
    )
    for key, therapist in therapists.items():
        if key not in known:
            join_care_team(client=episode.client, staff=therapist, by=system(practice), now=now)


class Close(Protocol):
    """An action that closes a visit's time."""

    def __call__(self, *, appointment: Appointment, by: Actor, now: datetime) -> Appointment: ...
