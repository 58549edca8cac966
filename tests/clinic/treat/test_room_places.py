"""Any area by its name, inside the limits; and a plain word before work without a consent."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client as Browser

from tests.support import visits
from tests.support.cast import NOW, House
from unknot.clinic.intake.actions import revoke_consent, sign_consent
from unknot.clinic.models import Consent
from unknot.clinic.treat import consents
from unknot.clinic.treat import limits as limits_of
from unknot.clinic.treat.pages import Choice
from unknot.clinic.treat.room import places
from unknot.clinic.treat.room.page import page, state
from unknot.knowledge import load

pytestmark = pytest.mark.django_db


def sign(house: House, area: str) -> Consent:
    return sign_consent(
        episode=house.episode,
        kind=Consent.Kind.SENSITIVE_AREA,
        area=area,
        signed_name=house.cora.name,
        by=house.actor(house.cora),
        now=NOW,
    )


def by_id(room: visits.Room) -> dict[str, Choice]:
    shown = page(room.visit, NOW).places
    return {one.value: one for group in shown for one in group.places}


def test_every_region_and_every_part_of_the_body_can_be_picked_by_name(room: visits.Room) -> None:
    found = by_id(room)
    assert set(load().regions) < set(found)
    assert found["calf_left"].label == load().regions["calf_left"].name
    assert found["low_back"].label == "All of it"
    assert len(found) == len(load().regions) + len(page(room.visit, NOW).places)


def test_what_is_excluded_is_closed_and_a_lower_ceiling_is_said(room: visits.Room) -> None:
    found = by_id(room)
    assert found["abdomen"].why_not == "Belly is excluded by the screening."
    assert found["abdomen"].caution == ""
    assert found["neck"].caution == "pressure at most 2"
    assert found["low_back"].caution == ""


def test_a_sensitive_area_without_a_consent_is_marked_until_it_is_signed(
    room: visits.Room,
) -> None:
    assert by_id(room)["buttock_left"].caution == "no consent signed"
    assert "buttock" in page(room.visit, NOW).unsigned
    given = sign(room.house, "buttock_left")
    shown = page(room.visit, NOW)
    assert "buttock_left" not in shown.unsigned
    assert "buttock" not in shown.unsigned, "any region of it covers the group"
    assert "buttock_right" in shown.unsigned
    assert state(room.visit, NOW)["unsigned"] == shown.unsigned
    given.expires_on = (NOW - timedelta(days=1)).date()
    given.save(update_fields=["expires_on"])
    assert "buttock_left" in page(room.visit, NOW).unsigned


def test_a_withdrawn_area_is_closed_and_not_asked_for(room: visits.Room) -> None:
    given = sign(room.house, "buttock_left")
    revoke_consent(consent=given, by=room.house.actor(room.house.cora), now=NOW)
    found = by_id(room)["buttock_left"]
    assert found.why_not
    assert found.caution == ""
    assert "buttock_left" not in page(room.visit, NOW).unsigned


def test_the_brief_names_the_consents_missing_for_what_is_meant(room: visits.Room) -> None:
    gaps = consents.before_work(room.visit, ("low_back_left", "buttock_left"), NOW)
    assert [one.name for one in gaps] == ["Treatment of a sensitive area, buttock, left"]
    assert gaps[0].url.endswith("/consent/sensitive_area/")
    sign(room.house, "buttock_left")
    assert consents.before_work(room.visit, ("low_back_left", "buttock_left"), NOW) == ()


def test_the_pages_say_it_in_words_without_any_script(room: visits.Room) -> None:
    browser = Browser()
    browser.force_login(room.house.ann.user)
    shown = browser.get(f"/visits/{room.visit.pk}/").content.decode()
    assert "no consent signed" in shown
    assert "Belly is excluded by the screening." in shown
    brief = browser.get(f"/visits/{room.visit.pk}/brief/").content.decode()
    assert "Have this signed before you begin" in brief


def test_nothing_is_said_twice_where_an_area_is_closed(room: visits.Room) -> None:
    limits = limits_of.read(room.visit.appointment.episode)
    assert places.caution("abdomen", limits, {"abdomen": "Belly"}) == ""
    assert places.caution("hip", limits, {"hip": "Hips"}) == "no consent signed"
