"""What changes while a visit runs: the room says so at the next tap, and nothing is lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db.models import ProtectedError
from django.test import Client as Browser

from tests.support import visits
from tests.support.cast import House
from tests.support.devices import Device
from unknot.clinic.access import for_link
from unknot.clinic.intake.actions import revoke_consent
from unknot.clinic.models import Alert, CareTeam, Consent, Note, Screening, Staff
from unknot.clinic.people.actions import close_episode
from unknot.clinic.treat import consents
from unknot.clinic.treat.actions import dial, notes
from unknot.clinic.treat.actions import visit as actions

pytestmark = pytest.mark.django_db


def now() -> datetime:
    return datetime.now(UTC)


def withdraw(house: House, consent: Consent) -> None:
    revoke_consent(consent=consent, by=house.actor(house.cora), now=now())


def signed_area(house: House, area: str = "hip_right") -> Consent:
    return visits.consent(
        house, "sensitive_area", area=area, expires_on=now().date() + timedelta(days=30)
    )


def hold(house: House) -> Alert:
    """What a warning sign told about another visit leaves behind."""
    return Alert.everything.create(
        episode=house.episode,
        rule_id="AE-1",
        urgency="same_day",
        words="Worse since the last visit.",
        raised_at=now(),
        stops=True,
    )


def screened(session: visits.Room, **changes: Any) -> Screening:
    """A screening decided at this moment."""
    made = visits.screen(session.house, **changes)
    made.decided_at = now()
    made.save(update_fields=["decided_at"])
    return made


def page_of(session: visits.Room) -> str:
    browser = Browser()
    browser.force_login(session.house.ann.user)
    return browser.get(f"/visits/{session.visit.pk}/").content.decode()


def changed(told: dict[str, Any]) -> str:
    return " ".join(told.get("state", told)["changed"])


def test_an_area_withdrawn_while_it_is_worked_on_is_named_at_the_next_tap(
    session: visits.Room, tablet: Device
) -> None:
    given = signed_area(session.house)
    assert tablet.tap(area="hip_right")["changed"] == []
    withdraw(session.house, given)
    told = tablet.tap(pain_before="4")
    assert "Stop here" in changed(told)
    assert "withdrew consent for hip" in changed(told)
    assert "Tap Done here" in changed(told)
    assert tablet.fresh().pain_before == 4
    assert any("Keep off" in line and "hip" in line for line in told["safety"])
    assert "Stop here" in page_of(session)


@pytest.mark.parametrize("tap", [{"pressure": "2"}, {"technique": "TEC-NMT"}])
def test_work_on_an_area_that_was_closed_meanwhile_is_not_changed_but_ended(
    session: visits.Room, tablet: Device, tap: dict[str, str]
) -> None:
    given = signed_area(session.house)
    tablet.tap(area="hip_right")
    withdraw(session.house, given)
    before = tablet.fresh()
    told = tablet.tap(**tap)
    assert "withdrew consent" in told["problem"]
    after = tablet.fresh()
    assert (after.pressure_in_work, after.technique_in_work) == (
        before.pressure_in_work,
        before.technique_in_work,
    )
    told = tablet.tap(pause="1")
    assert [row["area"] for row in told["entries"]] == ["Hip, right"]
    assert told["changed"] == []


def test_a_visit_whose_consent_is_withdrawn_altogether_ends_and_keeps_what_was_done(
    session: visits.Room, tablet: Device
) -> None:
    tablet.tap(area="low_back")
    withdraw(session.house, Consent.everything.get(kind="general"))
    told = tablet.tap(words="Eased on the left.", keep_words="1")
    assert "Consent to treatment was withdrawn" in changed(told)
    assert "Stop hands-on work" in changed(told)
    assert "problem" in tablet.tap(area="neck")
    assert tablet.tap(response="eased")["pressed"]["response"] == "eased"
    assert tablet.tap(pain_after="3")["pressed"]["pain_after"] == "3"
    tablet.post("finish", {})
    visit = tablet.fresh()
    assert visit.finished_at is not None
    assert visit.room_words == "Eased on the left."
    assert [entry.area for entry in visit.entries.all()] == ["low_back"]


def stop_area(session: visits.Room) -> None:
    withdraw(session.house, Consent.everything.get(kind="sensitive_area"))


def stop_all(session: visits.Room) -> None:
    withdraw(session.house, Consent.everything.get(kind="general"))


def stop_by_hold(session: visits.Room) -> None:
    hold(session.house)


def stop_by_screening(session: visits.Room) -> None:
    screened(session, excluded_groups=["hip"])


@pytest.mark.parametrize("stop", [stop_area, stop_all, stop_by_hold, stop_by_screening])
def test_work_done_before_it_was_stopped_is_kept_when_it_arrives_after(
    session: visits.Room, tablet: Device, stop: Callable[[visits.Room], None]
) -> None:
    signed_area(session.house)
    session.house.episode.screenings.update(decided_at=now() - timedelta(hours=2))
    stop(session)
    assert "problem" not in tablet.tap(area="hip_right", ago=1200)
    assert "problem" not in tablet.tap(pressure="2", ago=900)
    assert "problem" in tablet.tap(technique="TEC-NMT")
    told = tablet.tap(pause="1", ago=300)
    assert [row["area"] for row in told["entries"]] == ["Hip, right", "Hip, right"]
    assert "problem" in tablet.tap(area="hip_right")


def test_a_device_whose_clock_went_wrong_does_not_go_behind_the_screening_of_the_visit(
    session: visits.Room, tablet: Device
) -> None:
    visit = tablet.fresh()
    visit.screening = screened(session, excluded_groups=["hip"])
    visit.save(update_fields=["screening"])
    told = tablet.tap(area="hip_right", ago=9_000_000)
    assert told["problem"] == "Hip, right is excluded by the screening."


def test_a_hold_that_was_cleared_still_stops_what_was_tapped_while_it_held(
    session: visits.Room, tablet: Device
) -> None:
    alert = hold(session.house)
    session.house.episode.screenings.update(decided_at=now() - timedelta(hours=2))
    cleared = now() - timedelta(minutes=10)
    Alert.everything.filter(pk=alert.pk).update(
        raised_at=now() - timedelta(minutes=30),
        cleared_at=cleared,
        handled_at=cleared,
        handled_by=session.house.ann,
    )
    assert "problem" in tablet.tap(area="low_back", ago=1200)
    assert "problem" not in tablet.tap(area="low_back", ago=300)


def test_the_note_says_that_a_consent_was_withdrawn_during_the_visit(
    session: visits.Room, tablet: Device
) -> None:
    given = signed_area(session.house)
    tablet.tap(area="hip_right")
    withdraw(session.house, given)
    tablet.tap(pause="1")
    tablet.post("finish", {})
    held = consents.snapshot(tablet.fresh(), now())
    says = next(one for one in held if one["consent"] == str(given.pk))
    assert says["withdrawn"].startswith("withdrawn during the visit, at ")
    browser = Browser()
    browser.force_login(session.house.ann.user)
    page = browser.get(f"/visits/{session.visit.pk}/note/").content.decode()
    assert "withdrawn during the visit, at" in page


def test_a_consent_withdrawn_after_the_visit_is_not_said_to_be_withdrawn_during_it(
    session: visits.Room, tablet: Device
) -> None:
    tablet.post("finish", {})
    withdraw(session.house, Consent.everything.get(kind="general"))
    assert [one["withdrawn"] for one in consents.snapshot(tablet.fresh(), now())] == [""]


def test_an_alert_that_holds_visits_stops_the_one_that_runs(
    session: visits.Room, tablet: Device
) -> None:
    tablet.tap(area="low_back")
    hold(session.house)
    assert "Stop hands-on work" in changed(tablet.tap(pain_before="5"))
    told = tablet.tap(area="neck")
    assert "has to be looked at first" in told["problem"]
    assert "problem" in tablet.tap(pressure="2")
    assert tablet.fresh().area_in_work == "low_back"
    assert "problem" not in tablet.tap(pause="1")


def test_a_screening_made_meanwhile_that_blocks_is_told_at_the_next_tap(
    session: visits.Room, tablet: Device
) -> None:
    tablet.tap(area="low_back")
    screened(session, blocks=True)
    told = tablet.tap(pain_before="5")
    assert "The safety check was made again" in changed(told)
    assert "Stop hands-on work" in changed(told)


def test_a_screening_made_meanwhile_that_lowers_the_ceiling_says_how_far(
    session: visits.Room, tablet: Device
) -> None:
    tablet.tap(area="low_back")
    tablet.tap(pressure="3")
    screened(session, pressure_ceiling=2)
    told = tablet.tap(pain_before="5")
    assert "The pressure in work is 3 and at most 2 is allowed by now" in changed(told)
    assert told["ceiling"] == 2
    assert changed(tablet.tap(pressure="2")) == ""


def test_a_technique_closed_meanwhile_is_named(session: visits.Room, tablet: Device) -> None:
    tablet.tap(area="low_back")
    screened(session, banned_techniques=["TEC-SWE"])
    assert "Choose another technique" in changed(tablet.tap(pain_before="5"))


def test_a_complaint_closed_meanwhile_leaves_the_visit_to_be_finished(
    session: visits.Room, tablet: Device
) -> None:
    owner = session.house.actor(session.house.owner)
    close_episode(episode=session.house.episode, state="discharged", by=owner, now=now())
    told = tablet.tap(area="low_back")
    assert "was closed" in changed(told)
    tablet.post("finish", {})
    assert tablet.fresh().entries.count() == 1


def test_a_client_with_a_visit_cannot_be_deleted_from_under_it(session: visits.Room) -> None:
    with pytest.raises(ProtectedError):
        session.house.cora.delete()


def test_who_leaves_the_care_team_keeps_what_they_entered_and_hears_nothing_more(
    session: visits.Room, tablet: Device
) -> None:
    tablet.tap(area="low_back")
    tablet.tap(words="Left side first.", keep_words="1")
    CareTeam.everything.filter(client=session.house.cora).delete()
    answer = tablet.browser.post(
        f"/visits/{tablet.visit.pk}/tap/",
        {"pain_before": "9"},
        headers={
            "Accept": "application/json",
            "Unknot-Account": tablet.account,
            "Idempotency-Key": "after",
        },
    )
    assert answer.status_code == 404
    assert "Unknot-Kept" not in answer.headers  # so the device keeps the entry
    assert b"Cora" not in answer.content
    visit = tablet.fresh()
    assert (visit.area_in_work, visit.room_words) == ("low_back", "Left side first.")
    owner = Browser()
    owner.force_login(session.house.owner.user)
    assert "Left side first." in owner.get(f"/visits/{visit.pk}/").content.decode()
    assert owner.post(f"/visits/{visit.pk}/finish/").status_code == 302


def test_who_no_longer_works_here_is_told_so_and_not_to_sign_in_again(
    session: visits.Room, tablet: Device
) -> None:
    Staff.everything.filter(pk=session.house.ann.pk).update(active=False)
    told = tablet.tap(pain_before="9")
    assert "no longer" in told["problem"]
    assert "kept on this device" in told["problem"]
    assert tablet.fresh().pain_before is None


def test_the_dial_of_a_held_visit_still_takes_a_stop(session: visits.Room, tablet: Device) -> None:
    tablet.tap(area="low_back")
    hold(session.house)
    link = for_link(session.house.episode)
    event = dial.turn(visit=tablet.fresh(), kind="stop", pain=None, by=link, now=now())
    assert (event.kind, event.area) == ("stop", "low_back")


def test_a_note_of_a_visit_that_was_held_is_written_and_not_changed_by_the_hold(
    session: visits.Room, tablet: Device
) -> None:
    tablet.tap(area="low_back")
    tablet.tap(pause="1")
    before = notes.fresh_parts(tablet.fresh())
    hold(session.house)
    tablet.post("finish", {})
    after = notes.fresh_parts(tablet.fresh())
    assert after["objective"] == before["objective"]
    assert not Note.everything.filter(state=Note.State.SIGNED).exists()
    assert actions.is_asked_today(tablet.fresh(), now())
