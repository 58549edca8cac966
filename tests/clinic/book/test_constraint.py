"""The constraint itself, with raw SQL around the application, in two transactions at once."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.checks import run_checks
from django.db import connection
from django.db.utils import IntegrityError

from tests.clinic.book.calendar import at, screened, slot
from tests.support.cast import NOW, house
from unknot.clinic.book import actions
from unknot.clinic.book.checks import missing_guards, overlap_is_refused
from unknot.clinic.models import Occupancy

INSERT = (
    "INSERT INTO clinic_occupancy"
    " (id, kind, resource_id, starts_at, ends_at, active, appointment_id)"
    " VALUES (%s, 'staff', %s, %s, %s, %s, %s)"
)


def _key(key: uuid.UUID) -> Any:
    return key.hex if connection.vendor == "sqlite" else key


@pytest.fixture
def row(db: None) -> Occupancy:
    home = house()
    screened(home)
    actions.book(
        episode=home.episode,
        slot=slot(home.ann, at(10)),
        minutes=60,
        by=home.actor(home.desk),
        now=NOW,
    )
    return Occupancy.everything.get(kind="staff")


def put(row: Occupancy, starts: str, ends: str, *, active: bool = True) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            INSERT,
            [
                _key(uuid.uuid4()),
                _key(row.resource_id),
                f"2026-03-09 {starts}",
                f"2026-03-09 {ends}",
                active,
                _key(row.appointment_id),
            ],
        )


@pytest.mark.parametrize(
    ("starts", "ends"),
    [
        ("14:00:00", "15:10:00"),  # the same; ten in the morning is two in the afternoon in UTC
        ("13:00:00", "14:00:01"),  # one second into it
        ("15:09:59", "16:00:00"),
        ("14:30:00", "14:31:00"),  # inside
        ("13:00:00", "16:00:00"),  # around
    ],
)
def test_any_shared_moment_is_refused(row: Occupancy, starts: str, ends: str) -> None:
    with pytest.raises(IntegrityError, match="occupancy_no_overlap"):
        put(row, starts, ends)


@pytest.mark.parametrize(("starts", "ends"), [("13:00:00", "14:00:00"), ("15:10:00", "16:00:00")])
def test_intervals_that_touch_are_not(row: Occupancy, starts: str, ends: str) -> None:
    put(row, starts, ends)


def test_what_is_given_back_does_not_count_until_it_is_taken_again(row: Occupancy) -> None:
    put(row, "14:00:00", "15:00:00", active=False)
    with pytest.raises(IntegrityError, match="occupancy_no_overlap"):
        Occupancy.everything.filter(active=False).update(active=True)


def test_a_moved_row_is_held_to_the_same(row: Occupancy) -> None:
    put(row, "16:00:00", "17:00:00")
    moved = Occupancy.everything.exclude(pk=row.pk).filter(kind="staff")
    with pytest.raises(IntegrityError, match="occupancy_no_overlap"):
        moved.update(starts_at=row.starts_at)


if connection.vendor == "sqlite":

    def test_sqlite_refuses_times_that_would_not_sort(row: Occupancy) -> None:
        with pytest.raises(IntegrityError, match="UTC text"):
            put(row, "14:00", "15:00:00")


def test_a_start_without_the_guard_is_refused(db: None) -> None:
    assert missing_guards(connection) == ()
    assert [
        error for error in run_checks(databases=["default"]) if error.id == "unknot.E010"
    ] == []
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER occupancy_no_overlap_update")
        else:
            cursor.execute("ALTER TABLE clinic_occupancy DROP CONSTRAINT occupancy_no_overlap")
    (error,) = overlap_is_refused(None)
    assert error.id == "unknot.E010"
    assert "occupancy_no_overlap" in error.msg


@pytest.fixture
def two_connections(db: None, tmp_path: Path) -> Iterator[list[Any]]:
    """Two raw connections to a file with the table and its triggers, without the foreign key."""
    import sqlite3

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sql FROM sqlite_master WHERE tbl_name = 'clinic_occupancy' AND sql > ''"
        )
        statements = [text for (text,) in cursor.fetchall()]
    path = tmp_path / "two.sqlite3"
    made = [
        sqlite3.connect(path, timeout=20, isolation_level=None, check_same_thread=False)
        for _ in range(2)
    ]
    for statement in statements:
        made[0].execute(statement)
    yield made
    for each in made:
        each.close()


if connection.vendor == "sqlite":

    def test_of_two_transactions_at_once_one_waits_and_is_refused(
        two_connections: list[Any],
    ) -> None:
        """The first has written and not committed when the second writes: the second has to
        wait, and is refused once the first commits.
        """
        first, second = two_connections
        values = [uuid.uuid4().hex, "r", "2026-03-09 14:00:00", "2026-03-09 15:00:00", True, "a"]
        first.execute("BEGIN IMMEDIATE")
        first.execute(INSERT.replace("%s", "?"), values)
        came: list[BaseException | None] = []

        def overlap() -> None:
            try:
                second.execute("BEGIN IMMEDIATE")
                second.execute(INSERT.replace("%s", "?"), [uuid.uuid4().hex, *values[1:]])
                came.append(None)
            except Exception as error:
                came.append(error)

        thread = threading.Thread(target=overlap)
        thread.start()
        thread.join(0.2)
        assert came == []
        first.execute("COMMIT")
        thread.join(20)
        assert "occupancy_no_overlap" in str(came[0])


if connection.vendor == "postgresql":

    @pytest.mark.django_db(transaction=True)
    def test_two_bookings_at_once_on_postgresql_give_one_appointment() -> None:
        """Both threads wait at a barrier and book the same time; one is told that it was taken."""
        home = house()
        screened(home)
        screened(home, home.other_episode)
        start = threading.Barrier(2)
        came: list[str] = []

        def book(episode: Any) -> None:
            start.wait()
            try:
                actions.book(
                    episode=episode,
                    slot=slot(home.ann, at(10)),
                    minutes=60,
                    by=home.actor(home.desk),
                    now=NOW,
                )
                came.append("booked")
            except Exception as error:
                came.append(type(error).__name__)
            finally:
                connection.close()

        threads = [
            threading.Thread(target=book, args=(episode,))
            for episode in (home.episode, home.other_episode)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(came) == ["TimeTaken", "booked"]
