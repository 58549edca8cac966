"""Consents: read and withdrawn by the client, in force at once, seen by the therapist, kept."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client as Browser

from tests.support import care, visits
from tests.support.cast import NOW, House
from unknot.clinic.access import system
from unknot.clinic.book import permit
from unknot.clinic.follow_up import due
from unknot.clinic.follow_up.actions import mail
from unknot.clinic.follow_up.errors import LinkNotSent
from unknot.clinic.intake import consent
from unknot.clinic.intake.actions import revoke_consent, sign_consent
from unknot.clinic.models import Alert, AuditRow, Client, Consent, Outbox, Staff
from unknot.clinic.treat import limits as limits_of
from unknot.clinic.treat.actions import visit as actions
from unknot.clinic.treat.errors import OutsideLimits, VisitBlocked

pytestmark = pytest.mark.django_db

Kind = Consent.Kind


def browser(who: Client | Staff) -> Browser:
    made = Browser()
    assert who.user is not None
    made.force_login(who.user)
    return made


def signed(house: House, kind: Kind, *, area: str = "", now: datetime = NOW) -> Consent:
    return sign_consent(
        episode=house.episode,
        kind=kind,
        area=area,
        signed_name=house.cora.name,
        by=house.actor(house.cora),
        now=now,
    )


def withdrawn(house: House, kind: Kind, *, area: str = "") -> Consent:
    given = signed(house, kind, area=area)
    by = house.actor(house.cora)
    return revoke_consent(consent=given, by=by, now=NOW + timedelta(minutes=1))


def test_each_consent_is_shown_in_the_words_that_were_signed(linden: House) -> None:
    signed(linden, Kind.GENERAL, now=datetime.now(UTC))
    said = browser(linden.cora).get("/me/agreements/").content.decode()
    assert consent.TEXTS[Kind.GENERAL].text in said
    assert "Version of these words: general-1." in said
    assert "Signed by Cora Linden on" in said
    assert "1 agreement in force." in browser(linden.cora).get("/me/").content.decode()


def test_without_any_the_page_says_what_it_is_for(linden: House) -> None:
    cora = browser(linden.cora)
    assert "Nothing signed yet" in cora.get("/me/agreements/").content.decode()
    assert "not signed anything yet" in cora.get("/me/").content.decode()


def test_every_text_says_what_withdrawing_it_means() -> None:
    assert all(text.withdrawn.endswith(".") for text in consent.TEXTS.values())


def test_one_question_then_it_is_withdrawn_kept_and_in_the_trail(linden: House) -> None:
    given = signed(linden, Kind.GENERAL, now=datetime.now(UTC))
    cora, at = browser(linden.cora), f"/me/agreements/{given.pk}/"
    asked = cora.get(at).content.decode()
    assert "Withdraw this?" in asked
    assert "none can be booked" in asked
    assert Consent.everything.get().revoked_at is None
    assert cora.post(at).status_code == 302
    kept = Consent.everything.get()
    assert kept.revoked_at is not None
    assert kept.text == consent.TEXTS[Kind.GENERAL].text
    assert AuditRow.everything.filter(action="consent.revoke", object_type="Consent").count() == 1
    assert "Withdrawn on" in cora.get("/me/agreements/").content.decode()
    assert "No visit can take place now" in cora.get("/me/").content.decode()


def test_withdrawing_twice_keeps_the_first_day(linden: House) -> None:
    given = withdrawn(linden, Kind.PHOTO)
    again = revoke_consent(
        consent=given, by=linden.actor(linden.cora), now=NOW + timedelta(days=3)
    )
    assert again.revoked_at == NOW + timedelta(minutes=1)
    assert Alert.everything.count() == 1


def test_nobody_withdraws_somebody_else_s(linden: House) -> None:
    given = signed(linden, Kind.GENERAL)
    assert browser(linden.dan).post(f"/me/agreements/{given.pk}/").status_code == 404
    assert browser(linden.desk).post(f"/me/agreements/{given.pk}/").status_code == 403
    assert Consent.everything.get().revoked_at is None


def test_treatment_withdrawn_bars_booking_and_the_visit_until_it_is_signed_again(
    linden: House,
) -> None:
    room = visits.begun(linden)
    assert permit.for_episode(linden.episode, on=NOW.date()) == ()
    withdrawn(linden, Kind.GENERAL)
    (obstacle,) = permit.for_episode(linden.episode, on=NOW.date())
    assert obstacle.kind == "consent"
    assert "Consent to treatment was withdrawn" in obstacle.words
    after = NOW + timedelta(minutes=2)
    with pytest.raises(VisitBlocked, match="treatment was withdrawn"):
        actions.take_up(visit=room.visit, area="low_back", by=room.ann, now=after)
    assert "treatment was withdrawn" in limits_of.read(linden.episode).headline
    signed(linden, Kind.GENERAL, now=after)
    assert permit.for_episode(linden.episode, on=NOW.date()) == ()
    actions.take_up(visit=room.visit, area="low_back", by=room.ann, now=after)


def test_a_client_s_own_page_never_speaks_of_the_client(linden: House) -> None:
    visits.begun(linden)
    withdrawn(linden, Kind.GENERAL)
    page = browser(linden.cora).get("/me/").content.decode()
    assert "Consent to treatment was withdrawn" in page
    assert "The client" not in page


def test_a_guardian_s_word_withdrawn_bars_the_same(linden: House) -> None:
    withdrawn(linden, Kind.MINOR)
    assert "guardian" in consent.barred(linden.cora)


def test_consent_never_given_or_run_out_bars_nothing_by_itself(linden: House) -> None:
    assert consent.barred(linden.cora) == ""
    signed(linden, Kind.GENERAL, now=NOW - timedelta(days=800))
    assert consent.barred(linden.cora) == ""


def test_an_area_withdrawn_is_left_out_of_the_room_at_once(linden: House) -> None:
    room = visits.begun(linden)
    area = next(name for name, _ in consent.sensitive_areas() if name.startswith("buttock"))
    actions.take_up(visit=room.visit, area=area, by=room.ann, now=NOW)
    withdrawn(linden, Kind.SENSITIVE_AREA, area=area)
    after = NOW + timedelta(minutes=2)
    for wanted in (area, "buttock"):
        with pytest.raises(OutsideLimits, match="withdrew consent for"):
            actions.take_up(visit=room.visit, area=wanted, by=room.ann, now=after)
    assert any("uttock" in name for name in limits_of.read(linden.episode).kept_off)


def test_the_therapist_is_told_once_in_each_open_episode(linden: House) -> None:
    withdrawn(linden, Kind.RELEASE)
    (alert,) = Alert.everything.all()
    assert (alert.rule_id, alert.episode) == ("consent", linden.episode)
    assert "sharing with another clinician" in alert.words
    assert not consent.may_release(linden.cora)


def test_a_therapist_who_withdraws_it_for_the_client_needs_no_alert(linden: House) -> None:
    given = signed(linden, Kind.PHOTO, now=datetime.now(UTC))
    answer = browser(linden.ann).post(f"/me/agreements/{given.pk}/")
    assert answer["Location"] == f"/clients/{linden.cora.pk}/"
    assert not Alert.everything.exists()


def test_keeping_withdrawn_stops_all_mail(linden: House) -> None:
    done = visits.finished(linden)
    consent_row = signed(linden, Kind.KEEPING)
    Consent.everything.filter(pk=consent_row.pk).update(episode=None)
    consent_row.refresh_from_db()
    revoke_consent(consent=consent_row, by=linden.actor(linden.cora), now=NOW)
    assert not consent.may_write_to(linden.cora)
    with pytest.raises(LinkNotSent, match="not to be written to"):
        mail.send_link(
            episode=linden.episode,
            kind="diary",
            origin="https://clinic.invalid",
            by=system(linden.practice),
            now=NOW,
        )
    done.visit.refresh_from_db()
    finished = done.visit.finished_at
    assert finished is not None
    due.run(origin="https://clinic.invalid", now=finished + timedelta(hours=30))
    assert not Outbox.everything.exists()
    assert Alert.everything.filter(rule_id="consent").count() == 1


def test_signing_again_is_offered_where_it_was_withdrawn(linden: House) -> None:
    care.screened(linden)
    withdrawn(linden, Kind.GENERAL)
    said = browser(linden.cora).get("/me/agreements/").content.decode()
    assert "Read and sign again" in said
    assert f"/episodes/{linden.episode.pk}/intake/consent/general/" in said
