"""A page asks the database as much for many rows as for few."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client as Browser

from tests.support import queries, visits
from tests.support.between import diary_link
from tests.support.cast import House, client
from unknot.clinic import models as m

pytestmark = pytest.mark.django_db
FEW = 3


def alert(house: House, *, answered: bool, cleared: bool = False) -> None:
    """One more that holds visits back until the safety questions came again."""
    at = datetime.now(UTC) - timedelta(hours=1)
    done = {"handled_at": at, "handled_by": house.ann, "handled_words": "Called"}
    m.Alert.everything.create(
        episode=m.Episode.everything.create(
            client=house.cora, therapist=house.ann, main_area="low_back", opened_at=at
        )
        if not cleared
        else house.episode,
        rule_id="AE-01",
        rules=["AE-01"],
        urgency="same_day",
        words="Told something",
        stops=True,
        asks_screening=True,
        raised_at=at,
        cleared_at=at if cleared else None,
        **(done if answered else {}),
    )


def visit(house: House, at: datetime) -> m.Visit:
    """A finished visit at that time, of an entry, a tap of the dial and a check-in; no note."""
    booked = visits.appointment(house)
    booked.starts_at, booked.ends_at = at, at + timedelta(minutes=30)
    booked.save(update_fields=["starts_at", "ends_at"])
    made = m.Visit.everything.create(
        appointment=booked, opened_at=at, started_at=at, finished_at=booked.ends_at, pain_before=6
    )
    m.TreatmentEntry.everything.create(
        visit=made, area="low_back", technique="TEC-SWE", pressure=2, minutes=9, recorded_at=at
    )
    m.DialEvent.everything.create(
        visit=made, kind="pain", pain=6, area="low_back", pressure=2, pain_cap=5, at=at,
        pressure_ceiling=3,
    )  # fmt: skip
    m.CheckIn.everything.create(
        episode=house.episode, link=house.episode.check_in_links.first(), kind="diary",
        answers={"pain": 4, "areas": {"low_back": 4}}, pain=4, at=at, zone="America/New_York",
    )  # fmt: skip
    return made


def more(house: House) -> None:
    """One more of everything a practice collects."""
    now, number = datetime.now(UTC), m.Visit.everything.count()
    alert(house, answered=False)
    alert(house, answered=True)
    alert(house, answered=True, cleared=True)
    m.Alert.everything.update(episode=house.episode)
    visit(house, now - timedelta(days=2 + number))
    visit(house, now - timedelta(hours=3))
    client(house.practice, f"Client {number}", f"client{number}@linden.invalid")


PAGES: dict[str, Callable[[House], str]] = {
    "today": lambda house: "/today/?who=all",
    "between visits": lambda house: f"/episodes/{house.episode.pk}/follow-up/",
    "visits": lambda house: f"/episodes/{house.episode.pk}/treat/",
    "episode": lambda house: f"/episodes/{house.episode.pk}/",
    "pressure": lambda house: f"/episodes/{house.episode.pk}/pressure/",
    "clients": lambda house: "/clients/",
    "client": lambda house: f"/clients/{house.cora.pk}/",
    "calendar": lambda house: "/calendar/",
    "brief": lambda house: f"/visits/{_last(house).pk}/brief/",
    "room": lambda house: f"/visits/{_last(house).pk}/",
    "note": lambda house: f"/visits/{_last(house).pk}/note/",
    "note at a glance": lambda house: f"/visits/{_last(house).pk}/note/quick/",
}


def _last(house: House) -> m.Visit:
    """The visit done last, with all others before it."""
    return m.Visit.everything.order_by("-opened_at").first() or visit(house, datetime.now(UTC))


@pytest.mark.parametrize("page", PAGES)
def test_a_page_asks_no_more_for_three_times_as_many_rows(linden: House, page: str) -> None:
    visits.plan(linden, visits.screen(linden))
    visits.consent(linden)
    diary_link(linden, datetime.now(UTC))
    for _ in range(FEW):
        more(linden)
    browser = Browser()
    browser.force_login(linden.ann.user)
    queries.asked(browser, PAGES[page](linden))  # what a process asks once is asked now
    few = queries.asked(browser, PAGES[page](linden))
    for _ in range(2 * FEW):
        more(linden)
    many = queries.asked(browser, PAGES[page](linden))
    grown = Counter(_table(one) for one in many) - Counter(_table(one) for one in few)
    assert len(many) <= len(few), grown


def _table(sql: str) -> str:
    """What a question is about, without what is asked for."""
    _, _, rest = sql.partition(" FROM ")
    return " ".join(rest.split()[:8])
