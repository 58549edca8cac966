"""Sixteen people book the same crowded days at once against a started server: nobody is booked
twice.
"""

from __future__ import annotations

import json
import os
import random
import threading

import pytest

from bench.booking_race import Runner, race, started

pytestmark = pytest.mark.race

ATTEMPTS = int(os.environ.get("UNKNOT_RACE_ATTEMPTS", "400"))


def test_sixteen_clients_on_overlapping_times_book_nobody_twice() -> None:
    result = race(ATTEMPTS)
    assert result.wrong == []
    assert result.accepted > 20
    assert result.refused > 20


def test_the_constraint_alone_keeps_them_apart() -> None:
    """The server does not look at the calendar before it writes."""
    result = race(ATTEMPTS // 2, without=["look"], seed=2)
    assert result.overlaps == 0
    assert result.wrong == []


def test_without_the_constraint_the_race_finds_overlaps() -> None:
    """The negative control: this race can fail."""
    result = race(ATTEMPTS // 4, without=["look", "constraint"], seed=3)
    assert result.overlaps > 0


def test_one_form_sent_twelve_times_at_once_books_once() -> None:
    """Twelve connections of one person send twenty forms, all of them at the same moment."""
    with started("", look=True) as site:
        stage = json.loads(site.run("from bench.race_stage import make; make()"))
        runners = [Runner(site.port, stage, random.Random(n)) for n in range(12)]
        for number in range(20):
            episode, fields = stage["episodes"][number % 10], [("slot", runners[0].slot())]
            start = threading.Barrier(len(runners))

            def send(runner: Runner, path: str, sent: list[tuple[str, str]], key: str) -> None:
                runner.session = stage["sessions"][0]
                start.wait()  # noqa: B023  (joined before the next round)
                runner.post(path, sent, key)

            threads = [
                threading.Thread(
                    target=send,
                    args=(runner, f"/episodes/{episode}/book/one/", fields, f"key-{number}"),
                )
                for runner in runners
            ]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
        found = json.loads(site.run("from bench.race_stage import look; look()"))
        answers = sum((runner.answers for runner in runners), start=runners[0].answers.__class__())
    kept = found["rows"] - len(stage["pool"])
    assert set(answers) <= {302, 409}
    assert 0 < kept <= 20
    assert answers[302] == 12 * kept
    assert found["overlaps"] == found["ghosts"] == 0
