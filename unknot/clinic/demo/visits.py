"""A course's appointments: those that took place, the ones missed, the ones still to come."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from .. import models as m
from ..access import for_staff
from ..intake.consent import SENSITIVE_GROUPS
from ..treat.areas import group_of
from . import paths, room
from .findings import examine
from .notes import Done
from .stories import AREAS
from .times import GRID, Times

if TYPE_CHECKING:
    from .arrival import Arrival, Person

MINUTES = 60
SETTLED_AFTER = timedelta(minutes=40)
WITH_DIAL, UNSIGNED = 0.5, 0.4
TOLD_AHEAD_EVERY = 4  # one visit in so many was answered by phone before
SAID_EVERY = 4  # in one visit of so many a sensitive area is asked about aloud too
ADDENDA = {
    "flare": (
        "Client called in the evening: sore on the left, settled by the next morning.",
        "Told by telephone after the visit",
    ),
    "typist": (
        "Neurologist's letter received. It asks for a look again if numbness spreads.",
        "A letter came after signing",
    ),
    "referred": (
        "Pain woke the client twice this night. Advised to see the family doctor this week.",
        "Told by telephone after the visit",
    ),
}
RESPONSES = ("eased", "eased", "unchanged", "tender")


class Visits:
    """Places a person's course in the therapist's days and writes what happened."""

    def __init__(
        self,
        arrival: Arrival,
        times: Times,
        now: datetime | None,
        counts: Counter[str],
    ) -> None:
        self.ledger, self.house, self.times = arrival.ledger, arrival.house, times
        self.arrival, self.today, self.now = arrival, arrival.today, now
        house, today = self.house, self.today
        self.done_by = (now or house.at(today, time(0))) - SETTLED_AFTER
        self.counts = counts
        self.last: dict[Any, datetime] = {}
        self.done: list[Done] = []
        self.remarks: list[room.Remark] = []

    def last_of(self, person: Person) -> datetime:
        """The end of the person's last visit, else the opening of the episode."""
        return self.last.get(person.client.pk, person.episode.opened_at)

    def of(self, person: Person) -> tuple[m.Visit, ...]:
        """The person's visits that took place, in order."""
        return tuple(
            one.visit for one in self.done if one.visit.appointment.client is person.client
        )

    def course(self, person: Person) -> None:
        """One series at a steady time of the week; nothing for somebody who has to wait."""
        story = person.story
        if person.planned is None or story.visits == 0:
            return
        first = person.planned.starts_on
        dose = person.planned.dose
        clock = person.dice.choice(GRID)
        series = self._series(person, first)
        before = len(self.done)
        for number in range(1, dose.visits + 1):
            week, turn = divmod(number - 1, dose.per_week)
            wish = first + timedelta(days=7 * week + turn * 7 // dose.per_week)
            if story.ends == "referred" and wish >= self.today:
                break
            self._appointment(person, series, number, wish, clock)
        self._finish_notes(person, before)

    def _finish_notes(self, person: Person, first: int) -> None:
        """Says in each note when the next visit is, and adds to one what came to light later."""
        done = self.done[first:]
        for number, one in enumerate(done):
            later = done[number + 1].visit if number + 1 < len(done) else None
            on = later.opened_at.astimezone(self.house.zone).date() if later else None
            added = ADDENDA.get(person.story.kind) if number == len(done) - 2 else None
            self.done[first + number] = replace(one, number=number + 1, next_on=on, addendum=added)

    def _series(self, person: Person, first: date) -> m.Series:
        made = self.house.at(first - timedelta(days=5), time(11, 20))
        made = min(made, self.house.at(self.today - timedelta(days=1), time(18, 20)))
        return self.ledger.add(
            m.Series,
            made,
            for_staff(self.house.desk),
            "book.series",
            episode=person.episode,
            plan=person.plan,
            every_days=7 // person.planned.dose.per_week if person.planned else 7,
            made_at=made,
        )

    def _appointment(
        self, person: Person, series: m.Series, number: int, wish: date, clock: time
    ) -> None:
        therapist = self.house.index(person.therapist)
        if 0 <= (wish - self.today).days <= 2 and person.dice.random() < 0.5:
            wish = self.today  # a full day to look at, whatever the weekday
        until = self.today - timedelta(days=1) if wish < self.today else date.max
        try:
            day, start = self.times.take(therapist, wish, clock, until=until)
        except LookupError:
            return
        starts = self.house.at(day, start).astimezone(UTC)
        appointment = self.ledger.add(
            m.Appointment,
            series.made_at,
            for_staff(self.house.desk),
            "book.appointment",
            client=person.client,
            episode=person.episode,
            staff=person.therapist,
            room=self.house.rooms[therapist],
            series=series,
            number=number,
            starts_at=starts,
            ends_at=starts + timedelta(minutes=MINUTES),
            wall_start=datetime.combine(day, start, UTC),
            zone=self.house.practice.zone,
            is_review=self._is_review(person, number),
        )
        self._settle(person, appointment, day)

    def _is_review(self, person: Person, number: int) -> bool:
        """Whether the plan puts a review in this visit's week, at its last visit."""
        if person.planned is None:
            return False
        week, turn = divmod(number - 1, person.planned.dose.per_week)
        last = turn == person.planned.dose.per_week - 1
        return last and week + 1 in person.planned.review_weeks

    def _settle(self, person: Person, appointment: m.Appointment, day: date) -> None:
        """What became of it: done, missed, cancelled, or still to come."""
        story = person.story
        if story.ends == "cancelled" and appointment.number > 2:
            self._cancel(appointment, person)
        elif appointment.ends_at > self.done_by:
            self._occupy(appointment)
            if day == self.today and not story.name:
                room.arrive_soon(self.arrival, person, appointment, self.today, self.now)
        elif appointment.number == story.no_show:
            appointment.state = "no_show"
            at = appointment.starts_at + timedelta(minutes=20)
            self.ledger.note(
                appointment, at, for_staff(self.house.desk), "book.no_show", ["state"]
            )
            self._occupy(appointment)
        else:
            appointment.state = "done"
            self._occupy(appointment)
            self._visit(person, appointment, day)

    def _cancel(self, appointment: m.Appointment, person: Person) -> None:
        yesterday = self.house.at(self.today - timedelta(days=1), time(12))
        at = min(yesterday, self.last_of(person) + timedelta(days=3))
        appointment.state = "cancelled"
        appointment.cancelled_at = at
        appointment.cancel_reason = "Moving to another city"
        self.ledger.note(appointment, at, person.actor, "book.cancel", ["state"])
        self._occupy(appointment, active=False)

    def _occupy(self, appointment: m.Appointment, *, active: bool = True) -> None:
        turnover = timedelta(minutes=self.house.practice.turnover_minutes)
        held = (
            ("staff", appointment.staff_id),
            ("room", appointment.room_id),
            ("client", appointment.client_id),
        )
        for kind, resource in held:
            self.ledger.add(
                m.Occupancy,
                appointment.starts_at,
                kind=kind,
                resource_id=resource,
                starts_at=appointment.starts_at,
                ends_at=appointment.ends_at + turnover,
                active=active,
                appointment=appointment,
            )

    def _visit(self, person: Person, appointment: m.Appointment, day: date) -> None:
        dice, by = person.dice, for_staff(person.therapist)
        pain = person.pain(day)
        before = paths.score(pain)
        after = paths.score(max(0.0, pain - person.story.relief + dice.gauss(0, 0.6)))
        started = appointment.starts_at + timedelta(minutes=6)
        finished = appointment.ends_at - timedelta(minutes=4)
        visit = self.ledger.add(
            m.Visit,
            appointment.starts_at,
            by,
            "visit.open",
            appointment=appointment,
            screening=person.screening,
            opened_at=appointment.starts_at,
            started_at=started,
            finished_at=finished,
            pain_before=before,
            pain_after=after,
            new_since=[],
            **self._told(person, appointment),
            wish_today=dice.choice(
                ("", "", "Gentle on the right side today", "Same as last time")
            ),
        )
        entries = self._entries(person, visit, started)
        examined = appointment.number == 1 or appointment.is_review
        if examined:
            examine(self.ledger, person, visit)
        touched: tuple[m.DialEvent, ...] = ()
        if (self.today - day).days <= 21 and dice.random() < WITH_DIAL:
            number = self.counts["dials"]
            touched, remarks = room.turn(self.ledger, person, entries[0], started, number)
            self.remarks += remarks
            taken_back = [one.about for one in remarks if one.kind == "back"]
            touched = tuple(one for one in touched if one not in taken_back)
            self.counts["dials"] += 1
        self.ledger.note(visit, finished, by, "visit.finish", ["finished_at"])
        self.last[person.client.pk] = finished
        person.treated(day)
        recent = (self.today - day).days <= 2 and dice.random() < UNSIGNED
        self.done.append(
            Done(person, visit, entries, touched, signed=not recent, examined=examined)
        )
        self.counts["visits"] += 1

    def _told(self, person: Person, appointment: m.Appointment) -> dict[str, Any]:
        """Who said before the visit that nothing is new: some on their phone, most in the room."""
        if self.counts["visits"] % TOLD_AHEAD_EVERY:
            at = appointment.starts_at + timedelta(minutes=2)
            return {"news_at": at, "news_from": "staff", "news_name": person.therapist.name}
        link = room.answer_ahead(self.ledger, person, appointment)
        name = person.client.called
        return {"news_at": link.answered_at, "news_from": "client", "news_name": name}

    def _entries(
        self, person: Person, visit: m.Visit, started: datetime
    ) -> tuple[m.TreatmentEntry, ...]:
        dice, at, found = person.dice, started, []
        plan = person.planned
        techniques = [choice.technique_id for choice in plan.techniques] if plan else ["TEC-SWE"]
        for area in dice.sample(AREAS[person.story.area], 3):
            ceiling = person.screened.ceiling_for(group_of(area))
            minutes = dice.choice((12, 14, 16))
            at += timedelta(minutes=minutes)
            if not ceiling:
                continue
            if group_of(area) in SENSITIVE_GROUPS and self.counts["visits"] % SAID_EVERY == 0:
                room.say_yes(self.ledger, person, visit, area, at - timedelta(minutes=minutes))
            entry = self.ledger.add(
                m.TreatmentEntry,
                at,
                for_staff(person.therapist),
                "visit.record",
                visit=visit,
                area=area,
                technique=dice.choice(techniques[:3]),
                pressure=min(ceiling, dice.choice((2, 3, 3))),
                minutes=minutes,
                response=dice.choice(RESPONSES),
                recorded_at=at,
            )
            found.append(entry)
        return tuple(found)
