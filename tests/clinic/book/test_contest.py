"""A write whose transaction lost is repeated a few times, and then the page says when to come
back.
"""

from __future__ import annotations

from typing import Any

import pytest
from django.db import OperationalError
from django.http import HttpResponse
from django.test import RequestFactory

from tests.support.cast import house
from unknot.clinic.access import for_staff
from unknot.clinic.book import contest

pytestmark = pytest.mark.django_db(transaction=True)


class Lost(Exception):
    """Stands for the driver's error under Django's."""

    def __init__(self, sqlstate: str) -> None:
        self.sqlstate = sqlstate


def fault(sqlstate: str = "", words: str = "") -> OperationalError:
    made = OperationalError(words)
    made.__cause__ = Lost(sqlstate)
    return made


@pytest.fixture
def request_(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr(contest.time, "sleep", lambda seconds: None)
    made = RequestFactory().post("/")
    made.actor = for_staff(house().desk)  # type: ignore[attr-defined]
    return made


@pytest.mark.parametrize(
    "error",
    [fault("40001"), fault("40P01"), fault("55P03"), fault(words="database is locked")],
    ids=["serialization", "deadlock", "lock", "locked"],
)
def test_a_passing_fault_is_repeated(request_: Any, error: OperationalError) -> None:
    faults = [error, error]

    def view(request: Any) -> HttpResponse:
        if faults:
            raise faults.pop()
        return HttpResponse("booked")

    assert contest.contested(view)(request_).content == b"booked"


def test_after_three_tries_the_answer_is_503_with_a_time_to_come_back(request_: Any) -> None:
    tries: list[int] = []

    def view(request: Any) -> HttpResponse:
        tries.append(1)
        raise fault("40P01")

    answer = contest.contested(view)(request_)
    assert (answer.status_code, answer["Retry-After"]) == (503, "2")
    assert b"Nothing was changed" in answer.content
    assert len(tries) == 3


def test_a_broken_database_is_not_repeated(request_: Any) -> None:
    tries: list[int] = []

    def view(request: Any) -> HttpResponse:
        tries.append(1)
        raise fault(words="disk I/O error")

    with pytest.raises(OperationalError):
        contest.contested(view)(request_)
    assert len(tries) == 1
