"""Booking, moving and cancelling in any order agrees with a plain model of a calendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)

from tests.clinic.book.calendar import at, ghosts, overlaps, screened, slot
from tests.support.cast import NOW, house
from unknot.clinic.book import actions
from unknot.clinic.book.occupy import TimeTaken
from unknot.clinic.models import Appointment

TURNOVER = 10
QUARTERS = st.integers(0, 8 * 4 - 5)  # starts from nine, so that an hour and its turnover fit
PEOPLE = st.integers(0, 1)


@dataclass
class Booked:
    """One visit of the model: minutes since nine, and whom it holds."""

    start: int
    held: tuple[UUID, UUID]  # therapist and client
    room: UUID

    def meets(self, start: int) -> bool:
        return self.start < start + 60 + TURNOVER and start < self.start + 60 + TURNOVER


class Calendar(RuleBasedStateMachine):
    """Two therapists, two clients, two rooms, one day."""

    visits = Bundle("visits")

    @initialize()
    def open_the_house(self) -> None:
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.home = house()
        self.episodes = [self.home.episode, self.home.other_episode]
        for episode in self.episodes:
            screened(self.home, episode)
        self.therapists = [self.home.ann, self.home.ben]
        self.model: dict[UUID, Booked] = {}
        self.by = self.home.actor(self.home.desk)

    def teardown(self) -> None:
        if hasattr(self, "undo"):
            transaction.set_rollback(True)
            self.undo.__exit__(None, None, None)

    def fits(self, start: int, held: tuple[UUID, UUID], *, but: UUID | None = None) -> bool:
        """Whether the plain model has room: therapist, client and one of two rooms are free."""
        met = [visit for key, visit in self.model.items() if key != but and visit.meets(start)]
        return (
            not any(set(visit.held) & set(held) for visit in met)
            and len({visit.room for visit in met}) < 2
        )

    def write(self, fits: bool, act: Any) -> Appointment | None:
        """What the action gives; it must agree with the model about whether it can be done."""
        try:
            made = act()
        except TimeTaken:
            assert not fits
            return None
        assert fits
        return made  # type: ignore[no-any-return]

    @rule(target=visits, quarter=QUARTERS, who=PEOPLE, whom=PEOPLE)
    def book(self, quarter: int, who: int, whom: int) -> Any:
        start, episode, staff = quarter * 15, self.episodes[whom], self.therapists[who]
        held = (staff.pk, episode.client_id)
        made = self.write(
            self.fits(start, held),
            lambda: actions.book(
                episode=episode,
                slot=slot(staff, at(9) + timedelta(minutes=start)),
                minutes=60,
                by=self.by,
                now=NOW,
            ),
        )
        if made is None:
            return multiple()
        self.model[made.pk] = Booked(start, held, made.room_id)
        return made.pk

    @rule(key=visits, quarter=QUARTERS, who=PEOPLE)
    def move(self, key: UUID, quarter: int, who: int) -> None:
        start, staff = quarter * 15, self.therapists[who]
        held = (staff.pk, self.model[key].held[1])
        made = self.write(
            self.fits(start, held, but=key),
            lambda: actions.move(
                appointment=Appointment.everything.get(pk=key),
                slot=slot(staff, at(9) + timedelta(minutes=start)),
                by=self.by,
                now=NOW,
            ),
        )
        if made is not None:
            self.model[key] = Booked(start, held, made.room_id)

    @rule(key=consumes(visits))
    def cancel(self, key: UUID) -> None:
        actions.cancel(
            appointment=Appointment.everything.get(pk=key), reason="ill", by=self.by, now=NOW
        )
        del self.model[key]

    @invariant()
    def nobody_is_booked_twice(self) -> None:
        if hasattr(self, "model"):
            assert overlaps() == ghosts() == []
            booked = Appointment.everything.filter(state="booked").values_list("pk", flat=True)
            assert set(booked) == set(self.model)


# A failing order is reported as it was found: shrinking one over the database takes minutes.
SHORT = settings(
    max_examples=8,
    stateful_step_count=10,
    deadline=None,
    database=None,
    phases=[Phase.generate],
    report_multiple_bugs=False,
    suppress_health_check=list(HealthCheck),
)


@pytest.mark.django_db
def test_any_order_of_writes_agrees_with_a_plain_calendar() -> None:
    run_state_machine_as_test(Calendar, settings=SHORT)


@pytest.mark.django_db
def test_the_machine_notices_when_the_look_and_the_constraint_are_gone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The negative control."""
    from django.db import connection

    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER occupancy_no_overlap_insert")
            cursor.execute("DROP TRIGGER occupancy_no_overlap_update")
        else:
            cursor.execute("ALTER TABLE clinic_occupancy DROP CONSTRAINT occupancy_no_overlap")
    monkeypatch.setattr(
        actions.visits,
        "_room",
        lambda diary, slot, visit: next(room for here in diary.rooms.values() for room in here),
    )
    with pytest.raises(AssertionError):
        run_state_machine_as_test(Calendar, settings=SHORT)
