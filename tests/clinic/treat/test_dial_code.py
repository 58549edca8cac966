"""The short code: six letters that lead to one visit's dial, and are not worth guessing."""

from __future__ import annotations

import re
import threading
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test import Client as Browser

from tests.support import visits
from tests.support.cast import NOW
from unknot.clinic.models import DialGuess, DialLink
from unknot.clinic.treat.actions import dial_link
from unknot.clinic.treat.actions import visit as visit_actions

pytestmark = pytest.mark.django_db


def opened(room: visits.Room, now: datetime = NOW) -> tuple[DialLink, str]:
    link = dial_link.open_dial(visit=room.visit, by=room.ann, now=now)
    return link, dial_link.code_of(link)


def test_a_code_has_six_letters_and_none_that_look_alike(room: visits.Room) -> None:
    for _ in range(50):
        _, code = opened(room)
        assert re.fullmatch("[2-9ACDEFHJKMNPQRTVWXY]{6}", code)


def test_only_a_keyed_hash_of_the_code_is_kept(room: visits.Room) -> None:
    link, code = opened(room)
    assert code not in str(link.__dict__)


@pytest.mark.parametrize(
    "change", [str, str.lower, lambda c: f" {c[:3]} {c[3:]} ", lambda c: f"{c[:3]}-{c[3:]}"]
)
def test_a_code_may_be_typed_as_people_type(room: visits.Room, change) -> None:  # type: ignore[no-untyped-def]
    link, code = opened(room)
    found = dial_link.link_for_code(change(code), "here", NOW)
    assert found is not None
    assert found.pk == link.pk


def test_letters_that_are_misread_count_as_what_they_were_read_for() -> None:
    assert dial_link.plain_code("b s z-g u") == "8526V"


def test_a_code_ends_with_its_link_its_time_and_its_visit(room: visits.Room) -> None:
    link, first = opened(room)
    assert dial_link.link_for_code(first, "here", link.expires_at) is None
    _, second = opened(room)
    assert dial_link.link_for_code(first, "here", NOW) is None
    visit_actions.finish_visit(visit=room.visit, by=room.ann, now=NOW)
    assert dial_link.link_for_code(second, "here", NOW) is None


def test_too_many_wrong_codes_from_one_place_close_it_even_to_the_right_one(
    room: visits.Room,
) -> None:
    _, code = opened(room)
    for _ in range(dial_link.GUESSES):
        assert dial_link.link_for_code("AAAAAA", "here", NOW) is None
    with pytest.raises(dial_link.TooManyGuesses):
        dial_link.link_for_code(code, "here", NOW)
    assert dial_link.link_for_code(code, "elsewhere", NOW) is not None
    assert dial_link.link_for_code(code, "here", NOW + dial_link.GUESS_WINDOW) is not None


def test_too_many_wrong_codes_from_everywhere_close_it_for_all(room: visits.Room) -> None:
    _, code = opened(room)
    for number in range(dial_link.GUESSES_EVERYWHERE):
        dial_link.link_for_code("AAAAAA", f"place {number}", NOW)
    with pytest.raises(dial_link.TooManyGuesses):
        dial_link.link_for_code(code, "a new place", NOW)


def test_wrong_codes_are_forgotten_and_never_say_where_they_came_from(room: visits.Room) -> None:
    dial_link.link_for_code("AAAAAA", "192.0.2.7", NOW)
    assert "192.0.2.7" not in str(DialGuess.everything.get().__dict__)
    later = NOW + dial_link.GUESS_KEPT * 2
    dial_link.link_for_code("AAAAAA", "192.0.2.7", later)
    assert DialGuess.everything.get().at == later


def test_the_page_leads_from_the_code_to_the_dial(room: visits.Room) -> None:
    link, code = opened(room, datetime.now(UTC))
    phone = Browser()
    assert phone.get("/dial/").status_code == 200
    answer = phone.post("/dial/", {"code": code})
    assert answer.headers["Location"] == f"/dial/{dial_link.token_of(link)}/"


@pytest.mark.parametrize("typed", ["AAAAAA", "", "x" * 200])
def test_the_page_says_what_to_do_about_a_wrong_code(room: visits.Room, typed: str) -> None:
    answer = Browser().post("/dial/", {"code": typed})
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()


def test_the_page_refuses_to_look_at_more_wrong_codes(room: visits.Room) -> None:
    phone = Browser()
    for _ in range(dial_link.GUESSES):
        assert phone.post("/dial/", {"code": "AAAAAA"}).status_code == 422
    answer = phone.post("/dial/", {"code": "AAAAAA"})
    assert answer.status_code == 429
    assert "Wait ten minutes" in answer.content.decode()


if connection.vendor == "postgresql":

    @pytest.mark.django_db(transaction=True)
    def test_wrong_codes_sent_all_at_once_do_not_outrun_the_limit() -> None:
        start = threading.Barrier(40)
        looked_at: list[bool] = []

        def guess() -> None:
            start.wait()
            try:
                dial_link.link_for_code("AAAAAA", "here", NOW)
                looked_at.append(True)
            except dial_link.TooManyGuesses:
                looked_at.append(False)
            finally:
                connection.close()

        threads = [threading.Thread(target=guess) for _ in range(start.parties)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(looked_at) == start.parties
        assert sum(looked_at) <= dial_link.GUESSES
