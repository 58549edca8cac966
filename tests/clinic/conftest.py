"""Fixtures of the clinic's tests."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.db.backends.postgresql.operations import DatabaseOperations

from tests.support.cast import House, house


@pytest.fixture
def linden(db: None) -> House:
    """The practice the tests are about."""
    return house("Linden")


@pytest.fixture
def maple(db: None) -> House:
    """Another practice, which must never be seen."""
    return house("Maple", zone="Europe/Berlin")


@pytest.fixture(scope="module")
def kept_for_the_module(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """What a fixture of the module writes is there in each of its tests, and gone after them.

    A test's own rows are taken back at its end as ever: it runs in a savepoint of this one.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True, scope="session")
def tables_are_emptied_past_their_guards() -> Iterator[None]:
    """A test with transactions of its own ends in TRUNCATE, which the guards of the trail and of
    signed notes refuse to everybody else.
    """
    made = DatabaseOperations.sql_flush

    def sql_flush(*args: Any, **kwargs: Any) -> list[str]:
        return ["SET LOCAL session_replication_role = replica", *made(*args, **kwargs)]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DatabaseOperations, "sql_flush", sql_flush)
        yield
