"""A tap on the work says for which area it was: it never reaches another one."""

from __future__ import annotations

import pytest
from django.test import Client as Browser

from tests.support import visits
from tests.support.devices import Device
from unknot.clinic.models import FieldChange

pytestmark = pytest.mark.django_db


@pytest.fixture
def closed(session: visits.Room) -> visits.Room:
    """A session whose screening excludes the neck."""
    screening = session.house.episode.screenings.order_by("-decided_at").first()
    assert screening is not None
    screening.result = {**screening.result, "excluded_groups": ["neck"]}
    screening.save(update_fields=["result"])
    return session


@pytest.mark.parametrize(
    "tap",
    [{"technique": "TEC-NMT"}, {"pressure": 1}, {"response": "tender"}, {"pause": "1"}],
    ids=lambda one: next(iter(one)),
)
def test_what_follows_a_refused_area_never_reaches_the_area_before(
    closed: visits.Room, tablet: Device, tap: dict[str, object]
) -> None:
    tablet.tap(area="low_back", ago=600, follow=False)
    before = tablet.fresh()
    assert "excluded" in tablet.tap(area="neck", ago=300, follow=False)["problem"]
    told = tablet.tap(**tap, on="neck", ago=240, follow=False)
    assert told["problem"] == "This was for neck, which is not in work here. It was not entered."
    after = tablet.fresh()
    for name in ("area_in_work", "technique_in_work", "pressure_in_work", "response_in_work"):
        assert getattr(after, name) == getattr(before, name)
    assert not after.entries.exists()
    assert told["state"]["pressed"]["area"] == "low_back"


def test_a_response_to_a_refused_area_never_reaches_the_last_entry(
    closed: visits.Room, tablet: Device
) -> None:
    tablet.tap(area="low_back", ago=600, follow=False)
    tablet.tap(pause="1", on="low_back", ago=400, follow=False)
    tablet.tap(area="neck", ago=300, follow=False)
    assert "problem" not in tablet.tap(pause="1", on="neck", ago=250, follow=False)
    assert "neck" in tablet.tap(response="tender", on="neck", ago=240, follow=False)["problem"]
    assert tablet.fresh().entries.get().response == ""


def test_areas_taken_up_without_a_line_land_with_all_their_taps(tablet: Device) -> None:
    for ago, tap in (
        (900, {"area": "low_back"}),
        (890, {"technique": "TEC-NMT", "on": "low_back"}),
        (600, {"area": "neck"}),
        (590, {"pressure": 1, "on": "neck"}),
        (300, {"pause": "1", "on": "neck"}),
        (290, {"response": "eased", "on": "neck"}),
    ):
        assert "problem" not in tablet.tap(ago=ago, follow=False, **tap)
    kept = tablet.fresh().entries.order_by("recorded_at")
    assert [(one.area, one.minutes, one.response) for one in kept] == [
        ("low_back", 5, ""),
        ("neck", 5, "eased"),
    ]
    assert (kept[0].technique, kept[1].pressure) == ("TEC-NMT", 1)


def test_the_same_holds_for_work_beside_that_of_another_device(
    closed: visits.Room, tablet: Device, phone: Device
) -> None:
    tablet.tap(area="low_back")
    phone.tap(area="buttock", ago=600, follow=False)
    phone.tap(area="neck", ago=500, follow=False)
    assert "neck" in phone.tap(pressure=1, on="neck", ago=450, follow=False)["problem"]
    assert "problem" not in phone.tap(response="eased", on="buttock", ago=400, follow=False)
    assert "problem" not in phone.tap(pause="1", on="buttock", ago=300, follow=False)
    assert "problem" not in phone.tap(pause="1", on="buttock", ago=200, follow=False)
    (entry,) = phone.fresh().entries.all()
    assert (entry.area, entry.response) == ("buttock", "eased")
    assert not FieldChange.everything.filter(state="open").exists()


def test_the_page_says_which_area_its_taps_are_for(tablet: Device) -> None:
    told = tablet.tap(area="low_back")
    assert (told["pressed"]["area"], told["answers_for"]) == ("low_back", "low_back")
    told = tablet.tap(pause="1")
    assert (told["pressed"]["area"], told["answers_for"]) == ("", "low_back")
    browser: Browser = tablet.browser
    page = browser.get(f"/visits/{tablet.visit.pk}/").content.decode()
    assert 'data-in-work="" data-answers-for="low_back"' in page
