"""The programme page: for owners, in groups, from kept fits, and honest when there is little."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.support.cast import NOW, House
from unknot.clinic import models as m
from unknot.clinic.access import system
from unknot.clinic.demo import load
from unknot.clinic.outcomes import refit
from unknot.clinic.programme import chart, gather, kept, publish
from unknot.reasoning.outcomes.programme import Report

pytestmark = pytest.mark.django_db


def browser(staff: m.Staff) -> Browser:
    found = Browser()
    found.force_login(staff.user)
    return found


@pytest.fixture
def demo(db: None) -> m.Staff:
    now = datetime.now(UTC)
    load.load(today=load.day_there(now))
    while refit.run(now=now):
        pass
    assert publish.run(now=now) == 1
    return m.Staff.everything.get(role="owner")


def test_the_demo_clinic_has_a_page_worth_looking_at(demo: m.Staff) -> None:
    """One walk through it, as the demo clinic takes a while to make."""
    owner = browser(demo)
    page = owner.get(reverse("programme_show")).content.decode()
    _says_what_it_should(page)
    for name, kind in (("programme_csv", "text/csv"), ("programme_parquet", "parquet")):
        taken = owner.get(reverse(name))
        assert kind in taken["Content-Type"]
        assert "attachment" in taken["Content-Disposition"]
    _names_nobody(page + owner.get(reverse("programme_csv")).content.decode())
    with CaptureQueriesContext(connection) as queries:
        gather.tables(system(demo.practice))
    assert len(queries) <= 6, "however many people there are"
    published = kept.latest(demo.practice)
    assert published is not None
    found = published.report
    for table in found.tables:
        assert all(row.figures is None or row.figures.people >= 10 for row in table.rows)
    _is_inside_the_drawing(found)


def _says_what_it_should(page: str) -> None:
    assert re.search(r"About \d+ of \d+ people have less pain", page)
    for words in ("Harbour Street", "Mill Lane", "neck and upper-back pain", "about weekly"):
        assert words.lower() in page.lower()
    for words in ("What a visit does, on average", "Techniques against each other", "very likely"):
        assert words in page
    assert page.count("funnel__spot") >= 4, "a funnel, once for a phone and once for a desk"
    for word in ("proved", "significant", "best", "rank"):
        assert not re.search(rf"\b{word}\b", re.sub(r"<[^>]+>", " ", page)), word


def _names_nobody(text: str) -> None:
    main = text.split("<main")[1].replace("Signed in as", "")
    people = [
        *m.Client.everything.values_list("name", flat=True),
        *m.Staff.everything.filter(treats=True).values_list("name", flat=True),
    ]
    assert [name for name in people if name in main] == []


def _is_inside_the_drawing(report: Report) -> None:
    assert report.funnel is not None
    rows = next(one.rows for one in report.tables if one.dimensions == ("condition", "location"))
    groups = [(", ".join(row.group), row.figures) for row in rows if row.figures]
    for wide in (True, False):
        drawn = chart.draw(report.funnel, groups, wide=wide)
        for spot in drawn.spots:
            assert drawn.left <= spot.x <= drawn.right
            assert drawn.top <= spot.y <= drawn.bottom
        places = [(spot.letter_x, spot.letter_y) for spot in drawn.spots]
        assert len(set(places)) == len(places)


def test_the_files_can_be_taken_by_owners_alone(linden: House) -> None:
    for name in ("programme_csv", "programme_parquet"):
        nothing = browser(linden.owner).get(reverse(name))
        assert nothing.status_code == 409
        assert "No figures have been published yet." in nothing.content.decode()
        for staff in (linden.ann, linden.desk):
            assert browser(staff).get(reverse(name)).status_code == 403
    assert browser(linden.ann).get(reverse("programme_show")).status_code == 403


def test_an_empty_practice_is_told_why_there_is_nothing(linden: House) -> None:
    page = browser(linden.owner).get(reverse("programme_show")).content.decode()
    assert "The figures are being worked out." in page
    refit.run(now=NOW)
    publish.run(now=NOW)
    page = browser(linden.owner).get(reverse("programme_show")).content.decode()
    assert "Too few people to say anything yet." in page


def test_another_practice_is_not_in_the_figures(linden: House, maple: House) -> None:
    _, courses = gather.tables(system(linden.practice))
    assert {one.course for one in courses} == {
        str(linden.episode.pk),
        str(linden.other_episode.pk),
    }


def test_without_the_engine_the_page_says_what_to_install(
    linden: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("unknot.programme.missing.NEEDED", ("no_such_engine",))
    page = browser(linden.owner).get(reverse("programme_show"))
    assert page.status_code == 200
    assert "unknot[programme]" in page.content.decode()
    assert browser(linden.owner).get(reverse("programme_csv")).status_code == 503
