"""“They agree”: said aloud before a sensitive area, kept for this visit, never a signature."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError
from django.test import Client as Browser

from tests.support import visits
from tests.support.devices import Device
from unknot.clinic.intake.actions import revoke_consent
from unknot.clinic.models import AuditRow, Consent
from unknot.clinic.treat import consents

pytestmark = pytest.mark.django_db
AREA = "hip_right"


def spoken() -> Consent:
    return Consent.everything.get(kind=Consent.Kind.SPOKEN)


def browser(user: object) -> Browser:
    made = Browser()
    made.force_login(user)  # type: ignore[arg-type]
    return made


def test_a_spoken_consent_says_who_asked_when_for_which_area_and_stands_in_the_trail(
    session: visits.Room, tablet: Device
) -> None:
    told = tablet.tap(agreed=AREA)
    assert told["agreed"] == [AREA]
    row = spoken()
    assert (row.area, row.signed_name, row.visit_id) == (AREA, "Ann Linden", session.visit.pk)
    assert (datetime.now(UTC) - row.signed_at).total_seconds() < 3600
    trail = AuditRow.everything.filter(object_id=row.pk).get()
    assert (trail.action, trail.actor_id) == ("visit.record", session.house.ann.pk)


def test_it_is_kept_as_of_when_it_was_said_and_once_for_an_area(
    session: visits.Room, tablet: Device
) -> None:
    tablet.tap(agreed=AREA, ago=600)
    tablet.tap(agreed=AREA)
    waited = (datetime.now(UTC) - spoken().signed_at).total_seconds()
    assert 590 < waited < 4000


def test_it_does_not_stand_for_the_signature(session: visits.Room, tablet: Device) -> None:
    tablet.tap(agreed=AREA)
    tablet.tap(area=AREA)
    tablet.post("finish", {})
    gaps = consents.missing(tablet.fresh(), datetime.now(UTC))
    assert [gap.name for gap in gaps] == ["Treatment of a sensitive area, hip, right"]


def test_the_note_tells_of_it_beside_the_signed_ones(session: visits.Room, tablet: Device) -> None:
    tablet.tap(agreed=AREA)
    tablet.tap(area=AREA)
    tablet.post("finish", {})
    page = browser(session.house.ann.user).get(f"/visits/{session.visit.pk}/note/")
    said = page.content.decode()
    assert "Agreed aloud for this visit, hip, right: asked by Ann Linden at" in said


def test_the_client_reads_and_withdraws_it_and_the_room_closes_the_area(
    session: visits.Room, tablet: Device
) -> None:
    tablet.tap(agreed=AREA)
    tablet.tap(area=AREA)
    cora = browser(session.house.cora.user)
    page = cora.get("/me/agreements/").content.decode()
    assert "Said aloud, for one visit: Hip, right" in page
    assert "Asked by Ann Linden on" in page
    answer = cora.post(f"/me/agreements/{spoken().pk}/", follow=True)
    assert "Withdrawn. It counts from now on." in answer.content.decode()
    told = tablet.tap(pain_before="3")
    assert "Stop here. The client withdrew consent for hip, right." in told["changed"][0]
    assert "withdrew consent" in tablet.tap(agreed=AREA)["problem"]
    tablet.post("finish", {})
    [row] = [one for one in consents.snapshot(tablet.fresh(), datetime.now(UTC)) if one["spoken"]]
    assert row["withdrawn"].startswith("withdrawn during the visit, at ")


def test_a_signature_given_afterwards_opens_the_area_again(
    session: visits.Room, tablet: Device
) -> None:
    tablet.tap(agreed=AREA)
    house = session.house
    now = datetime.now(UTC)
    revoke_consent(consent=spoken(), by=house.actor(house.cora), now=now)
    assert "problem" in tablet.tap(area=AREA)
    visits.consent(house, "sensitive_area", area=AREA, signed_at=now, expires_on=None)
    assert "problem" not in tablet.tap(area=AREA)


@pytest.mark.parametrize("area", ["low_back", "nowhere"])
def test_only_a_sensitive_area_is_agreed_to_aloud(
    session: visits.Room, tablet: Device, area: str
) -> None:
    assert "problem" in tablet.tap(agreed=area)
    assert not Consent.everything.filter(kind=Consent.Kind.SPOKEN).exists()


def test_nobody_signs_a_spoken_consent_on_a_page(session: visits.Room) -> None:
    cora = browser(session.house.cora.user)
    path = f"/episodes/{session.house.episode.pk}/intake/consent/spoken/"
    assert cora.get(path).status_code == 404
    assert cora.post(path, {"signed_name": "Cora"}).status_code == 404


def test_the_intake_lists_it_also_for_a_whole_part_of_the_body(
    session: visits.Room, tablet: Device
) -> None:
    tablet.tap(agreed="hip")
    path = f"/episodes/{session.house.episode.pk}/intake/"
    page = browser(session.house.ann.user).get(path).content.decode()
    assert "Said aloud, for one visit" in page
    assert "Hip" in browser(session.house.cora.user).get("/me/agreements/").content.decode()


def test_a_spoken_consent_belongs_to_a_visit_and_no_other_consent_does(
    session: visits.Room, tablet: Device
) -> None:
    tablet.tap(agreed=AREA)
    with pytest.raises(IntegrityError):
        Consent.everything.filter(pk=spoken().pk).update(visit=None)
