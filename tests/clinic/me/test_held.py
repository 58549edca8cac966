"""What holds visits back is told on every page where a client would look for the next one."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.test import Client as Browser

from tests.support import care, visits
from tests.support.cast import House
from tests.support.plans import agreed_plan
from unknot.clinic.models import Alert
from unknot.clinic.screen import held

pytestmark = pytest.mark.django_db
TOLD = "See a doctor today.\nWe stop the treatment until then."


def said(who: object, path: str) -> str:
    browser = Browser()
    browser.force_login(who.user)  # type: ignore[attr-defined]
    answer = browser.get(path)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def held_back(house: House, *, told: str = TOLD) -> Alert:
    return Alert.everything.create(
        episode=house.episode,
        rule_id="AE-01",
        urgency="same_day",
        words="Told something",
        told=told,
        stops=True,
        raised_at=datetime.now(UTC),
    )


def test_the_front_page_says_what_was_told_and_offers_no_booking(linden: House) -> None:
    care.screened(linden)
    assert "Book a visit" in said(linden.cora, "/me/")
    alert = held_back(linden)
    held_back(linden)  # the same words are shown once
    page = said(linden.cora, "/me/")
    assert "No visit can take place now" in page
    assert page.count("See a doctor today.") == 1
    assert held.WORDS in page
    assert "Book a visit" not in page
    Alert.everything.update(
        handled_at=alert.raised_at, handled_by=linden.ann, cleared_at=alert.raised_at
    )
    page = said(linden.cora, "/me/")
    assert "No visit can take place now" not in page
    assert "Book a visit" in page


def test_a_visit_that_is_booked_can_still_be_moved(linden: House) -> None:
    visits.appointment(linden, days=900)
    held_back(linden)
    assert "Book or move a visit" in said(linden.cora, "/me/")


def test_a_safety_check_that_stops_visits_is_told_with_the_way_to_it(linden: House) -> None:
    row = care.screened(linden)
    row.blocks_booking = True
    row.save(update_fields=["blocks_booking"])
    page = said(linden.cora, "/me/")
    assert "No visit can take place now" in page
    assert f'href="/episodes/{linden.episode.pk}/screen/"' in page


@pytest.mark.parametrize("who", ["cora", "ann"])
def test_the_safety_check_and_the_answer_say_that_visits_wait(linden: House, who: str) -> None:
    care.screened(linden)
    at = f"/episodes/{linden.episode.pk}"
    reader = getattr(linden, who)
    assert "No visit for now" not in said(reader, f"{at}/screen/")
    held_back(linden)
    leads_to = "/me/" if who == "cora" else f"{at}/follow-up/"
    for path in (f"{at}/screen/", f"{at}/outcomes/"):
        page = said(reader, path)
        assert "No visit for now" in page
        assert f'href="{leads_to}"' in page
        assert "Proposed next step" not in page
    page = said(reader, f"{at}/screen/")
    before, after = page.split("What the safety check said before")
    assert "speaks against massage" not in before
    assert "Nothing you told us speaks against massage." in after


def test_a_safety_check_that_stops_visits_still_leads_while_an_answer_holds_them(
    linden: House,
) -> None:
    care.screened(linden, weakness=("leg_one",))
    held_back(linden)
    page = said(linden.cora, f"/episodes/{linden.episode.pk}/screen/")
    assert "What the safety check said before" not in page
    assert page.index("Please see a doctor first") < page.index("No visit for now")


def test_what_is_done_at_home_says_when_to_stop_while_an_answer_waits(linden: House) -> None:
    agreed_plan(linden, datetime.now(UTC), "HC-06")
    assert "looked at first" not in said(linden.cora, "/me/")
    held_back(linden)
    at_home = said(linden.cora, "/me/").split("At home", 1)[1]
    assert "read at each one when to stop" in at_home
