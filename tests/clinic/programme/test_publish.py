"""Figures are published: read by pages, worked out in the background, and safe to compare."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client as Browser
from django.urls import reverse

from tests.support.cast import NOW, House
from unknot.cli import main
from unknot.clinic import models as m
from unknot.clinic.outcomes import borrow, refit
from unknot.clinic.programme import publish
from unknot.clinic.programme.kept import latest
from unknot.reasoning.outcomes import Diary, Entry, Session, fit

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def summary(visits: int, *, relief: float = 1.5, seed: int = 0) -> dict[str, Any]:
    """The summary of a diary whose visits take ``relief`` off, fading over four days."""
    sessions = [NOW + DAY * (7 + 7 * n) for n in range(visits)]
    entries = []
    for day in range(30):
        at = NOW + DAY * day + timedelta(hours=11)
        gone = sum(relief * 0.8 ** ((at - one) / DAY) for one in sessions if one < at)
        entries.append(Entry(at, float(round(max(0.0, 6.4 - gone + (day + seed) % 3 - 1)))))
    diary = Diary(tuple(entries), tuple(Session(at) for at in sessions))
    return asdict(fit(diary, covariates={"low_back": "1", "acute": "0"}).summary)


@pytest.fixture(scope="module")
def summaries() -> list[dict[str, Any]]:
    return [summary(4, seed=seed) for seed in range(3)]


def add(house: House, told: dict[str, Any], *, chance: float = 0.5) -> m.Episode:
    """A course with a visit and a fit, as if it had been treated and fitted."""
    number = m.Client.everything.count()
    client = m.Client.everything.create(
        practice=house.practice, name=f"Somebody {number}", created_at=NOW
    )
    episode = m.Episode.everything.create(
        client=client, main_area="low_back", opened_at=NOW, complaint="Low back"
    )
    at = NOW + timedelta(days=number)
    booked = m.Appointment.everything.create(
        episode=episode,
        client=client,
        staff=house.ann,
        room=house.room,
        starts_at=at,
        ends_at=at + timedelta(hours=1),
        wall_start=at,
        zone="UTC",
    )
    m.Visit.everything.create(
        appointment=booked, opened_at=at, started_at=at, finished_at=at + timedelta(hours=1)
    )
    m.OutcomeFit.everything.create(
        episode=episode, done=1, baseline=6.4, p_worthwhile=chance, summary=told
    )
    return episode


@pytest.fixture
def twelve(linden: House, summaries: list[dict[str, Any]]) -> House:
    refit.run(now=NOW)
    for n in range(12):
        add(linden, summaries[n % 3], chance=0.3 + 0.04 * n)
    assert publish.run(now=NOW) == 1
    return linden


def page(house: House) -> str:
    browser = Browser()
    browser.force_login(house.owner.user)
    whole = browser.get(reverse("programme_show")).content.decode()
    return whole.partition("<main")[2].partition("</main>")[0]


def counted(house: House) -> int:
    found = latest(house.practice)
    assert found is not None
    return found.counted


def test_yesterdays_page_and_todays_do_not_differ_by_one_person(
    twelve: House, summaries: list[dict[str, Any]]
) -> None:
    yesterday = page(twelve)
    assert "12 people" in yesterday
    add(twelve, summaries[0], chance=0.99)
    assert publish.run(now=NOW + DAY) == 0
    assert page(twelve) == yesterday
    for _ in range(9):
        add(twelve, summaries[0], chance=0.99)
    assert publish.run(now=NOW + 2 * DAY) == 1
    assert counted(twelve) == 22
    assert page(twelve) != yesterday


def test_a_change_waits_in_the_figures_as_it_was(twelve: House) -> None:
    before = latest(twelve.practice)
    m.OutcomeFit.everything.filter(p_worthwhile__gt=0.7).update(p_worthwhile=0.01)
    assert not publish.publish(twelve.practice, now=NOW + DAY)
    assert latest(twelve.practice) == before
    m.OutcomeFit.everything.filter(p_worthwhile__isnull=False).update(p_worthwhile=0.01)
    assert publish.publish(twelve.practice, now=NOW + 2 * DAY)
    after = latest(twelve.practice)
    assert after is not None
    assert after.report.total is not None
    assert after.report.total.responders == pytest.approx(0.12)


def test_somebody_erased_does_not_show_by_their_absence(twelve: House) -> None:
    erased = m.Episode.everything.filter(fit__p_worthwhile=0.3)
    m.Visit.everything.filter(appointment__episode__in=erased).delete()
    m.Appointment.everything.filter(episode__in=erased).delete()
    erased.delete()
    assert publish.run(now=NOW + DAY) == 0
    assert counted(twelve) == 12
    m.OutcomeFit.everything.filter(p_worthwhile__isnull=False).update(p_worthwhile=0.6)
    assert publish.run(now=NOW + 2 * DAY) == 1
    assert counted(twelve) == 11


def test_a_practice_is_looked_at_once_a_day_and_never_while_fits_are_behind(
    twelve: House, summaries: list[dict[str, Any]], django_assert_max_num_queries: Any
) -> None:
    for _ in range(10):
        add(twelve, summaries[0])
    with django_assert_max_num_queries(3):
        assert publish.run(now=NOW + timedelta(hours=2)) == 0
    m.OutcomeFit.everything.filter(p_worthwhile=0.3).update(wanted=2)
    assert publish.run(now=NOW + DAY) == 0
    m.OutcomeFit.everything.filter(p_worthwhile=0.3).update(done=2)
    assert publish.run(now=NOW + DAY) == 1


def test_a_fault_in_one_practice_leaves_the_others_alone(
    twelve: House, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*args: object, **options: object) -> bool:
        raise RuntimeError("somebody's answers")

    monkeypatch.setattr(publish, "publish", broken)
    with caplog.at_level("WARNING", logger="unknot.programme"):
        assert publish.run(now=NOW + DAY) == 0
    assert "RuntimeError" in caplog.text
    assert "somebody" not in caplog.text


def test_averages_are_published_and_lent_to_somebody_with_few_visits(
    twelve: House, summaries: list[dict[str, Any]]
) -> None:
    found = latest(twelve.practice)
    assert found is not None
    visit = {one.name: one for one in found.averages}["next_day"]
    assert (visit.people, visit.estimate is not None) == (12, True)
    newcomer = add(twelve, summary(1, seed=7))
    borrow.refresh(twelve.practice)
    lent = borrow.lent(m.OutcomeFit.everything.get(episode=newcomer))
    assert lent is not None
    assert (lent.people, lent.alike) == (12, ("acute", "low_back"))
    experienced = add(twelve, summary(6))
    borrow.refresh(twelve.practice)
    assert borrow.lent(m.OutcomeFit.everything.get(episode=experienced)) is None


def test_somebody_unlike_the_others_is_lent_what_all_of_them_saw(twelve: House) -> None:
    lender = borrow.Lender(twelve.practice)
    neck = summary(2) | {"covariates": [["low_back", "0"], ["acute", "1"]]}
    kept = lender.lend(neck)
    assert (kept["people"], kept["alike"]) == (12, [])
    assert lender.lend(summary(2) | {"covariates": [["low_back", "1"]]})["alike"] == ["low_back"]
    assert lender.lend({}) == {}
    assert lender.lend(neck | {"prior_id": "older/acute"}) == {}
    lender.alike = []
    assert lender.lend(neck) == {}
    assert borrow.lent(m.OutcomeFit(borrowed={"schema": "unknot-borrowed-0"})) is None


def test_the_command_line_tells_the_same_figures(
    twelve: House, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["programme"]) == 0
    said = capsys.readouterr().out
    for words in ("of 12 people", "What a visit does, on average", "Once the hours are over"):
        assert words in said
    assert main(["programme", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["schema"] == "unknot-programme-1"
    for kind in ("csv", "parquet"):
        assert main(["programme", "--out", str(tmp_path / f"p.{kind}")]) == 0
        assert (tmp_path / f"p.{kind}").stat().st_size > 500
    for wrong, cure in (
        (["--out", str(tmp_path / "p.xlsx")], ".csv or .parquet"),
        (["--out", str(tmp_path / "none" / "p.csv")], "cannot be written"),
        (["--practice", "Elsewhere"], "There are: Linden"),
    ):
        assert main(["programme", *wrong]) == 2
        assert cure in capsys.readouterr().err
    assert main(["programme", "--publish"]) == 0
    m.ProgrammeReport.everything.all().delete()
    assert main(["programme"]) == 1


def test_the_worker_publishes_after_its_fits(
    linden: House, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[datetime] = []
    monkeypatch.setattr(publish, "run", lambda *, now: seen.append(now) or 1)
    assert main(["refit"]) == 0
    assert "The programme's figures are new." in capsys.readouterr().out
    assert len(seen) == 1
