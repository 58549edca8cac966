"""The intake of a client: section by section, version by version, by the right person only."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client as Browser

from tests.reasoning.plan.people import otherwise_well
from tests.support.cast import NOW, TODAY, House
from tests.support.persons import SADDLE, TYPIST, WELL, fill, text_of, walk_intake
from unknot.clinic.access import Actor, Refused
from unknot.clinic.audit import ActionNotAudited
from unknot.clinic.intake import actions, overview
from unknot.clinic.intake.answers import case_of
from unknot.clinic.intake.consent import TEXTS, is_valid
from unknot.clinic.models import AuditRow, Client, Consent, Intake, Screening
from unknot.reasoning.case import Case, read_case
from unknot.reasoning.interview import sections


@pytest.fixture
def ann(linden: House) -> Browser:
    browser = Browser()
    browser.force_login(linden.ann.user)
    return browser


@pytest.fixture
def cora(linden: House) -> Browser:
    browser = Browser()
    assert linden.cora.user is not None
    browser.force_login(linden.cora.user)
    return browser


def address(house: House, rest: str = "") -> str:
    return f"/episodes/{house.episode.pk}/intake/{rest}"


# --- Through the pages


def test_a_therapist_takes_the_whole_intake_and_lands_on_the_safety_check(
    linden: House, ann: Browser
) -> None:
    page = walk_intake(ann, linden.episode.pk, WELL)
    assert page.request["PATH_INFO"].endswith("/screen/")
    intake = Intake.everything.get(episode=linden.episode)
    assert intake.completed_at is not None
    assert intake.answers["pain_weeks"] == 104
    assert intake.answers["lifting_hours_per_day"] == 1.5
    assert intake.answers["activities"] == ["sit through a film"]
    assert intake.answers["pressure_wish"] == 3
    assert not Screening.everything.get(episode=linden.episode).blocks_booking


def test_a_client_takes_their_own_intake(linden: House, cora: Browser) -> None:
    page = walk_intake(cora, linden.episode.pk, TYPIST)
    assert "Please see a doctor first" in text_of(page)
    assert Screening.everything.get(episode=linden.episode).blocks_booking


def test_an_emergency_stops_the_intake_at_once(linden: House, ann: Browser) -> None:
    page = walk_intake(ann, linden.episode.pk, SADDLE)
    assert page.request["PATH_INFO"].endswith("/screen/emergency/")
    assert "Call 911" in text_of(page)
    assert Intake.everything.get(episode=linden.episode).completed_at is None
    assert Screening.everything.get(episode=linden.episode).blocks_booking


def test_a_section_with_mistakes_keeps_what_was_typed(linden: House, ann: Browser) -> None:
    ann.post(address(linden, "begin/"))
    page = ann.post(address(linden, "about_you/"), {"age_years": "old"})
    assert page.status_code == 422
    assert 'value="old"' in page.content.decode()
    assert Intake.everything.get(episode=linden.episode).answers == {}


def test_a_follow_up_question_is_asked_before_the_section_is_done(
    linden: House, ann: Browser
) -> None:
    ann.post(address(linden, "begin/"))
    page = ann.get(address(linden, "medicines/"))
    page = ann.post(
        address(linden, "medicines/"),
        {**fill(page, {}), "check_medicines": ["thinner"]},
        follow=True,
    )
    assert "has its dose changed" in text_of(page)
    intake = Intake.everything.get(episode=linden.episode)
    assert "medicines" not in intake.sections_done


def test_a_returning_client_sees_the_last_answers_and_confirms_them(
    linden: House, ann: Browser
) -> None:
    walk_intake(ann, linden.episode.pk, WELL)
    first = Intake.everything.get(version=1)
    Intake.everything.filter(pk=first.pk).update(as_of=TODAY)
    page = ann.post(address(linden, "begin/"), follow=True)
    assert "as of 2 March 2026" in text_of(page)
    assert "Nothing has changed here" in text_of(page)
    ann.post(page.request["PATH_INFO"], {"nothing_changed": "yes"})
    second = Intake.everything.get(version=2)
    assert second.sections_done == ["about_you"]
    assert second.answers == first.answers
    assert Intake.everything.get(pk=first.pk).completed_at is not None


def test_the_overview_shows_what_is_done_and_what_is_next(linden: House, ann: Browser) -> None:
    assert "Begin the questions" in text_of(ann.get(address(linden)))
    ann.post(address(linden, "begin/"))
    ann.post(address(linden, "about_you/"), {"age_years": "51", "sex": "male"})
    words = text_of(ann.get(address(linden)))
    assert "Next: Where it hurts" in words
    assert "How old are you? 51 years" in words


def test_a_list_whose_parts_were_answered_is_read_back_as_answered() -> None:
    case = otherwise_well(anticoagulant=True, standing_hours_per_day=1)
    said = {
        question: answer
        for section in sections(case)
        for question, answer in overview.told(case, section)
    }
    assert said["Since this pain began, is any of this new?"] == "None of these"
    assert "blood" in said["Do you take any of these?"]
    assert said["Standing or walking"] == "1 hour a day"


def test_a_guardian_is_not_asked_of_a_grown_up_who_decides_alone(linden: House) -> None:
    def titles(case: Case) -> set[str]:
        page = overview.intake_page(linden.episode, kept(case), today=TODAY, base="base.html")
        return {line.title for line in page.consents}

    def kept(case: Case) -> Intake:
        return actions.save_case(
            episode=linden.episode, case=case, by=linden.actor(linden.ann), now=NOW
        )

    guardian = TEXTS[Consent.Kind.MINOR].title
    assert guardian not in titles(otherwise_well(decides_for_self=True))
    assert guardian in titles(otherwise_well(decides_for_self=False))
    linden.cora.born_on = TODAY.replace(year=TODAY.year - 15)
    linden.cora.save()
    linden.episode.client.refresh_from_db()
    assert guardian in titles(otherwise_well(decides_for_self=True))


def test_a_completed_intake_cannot_be_edited_by_its_address(linden: House, ann: Browser) -> None:
    walk_intake(ann, linden.episode.pk, WELL)
    page = ann.post(address(linden, "about_you/"), {"age_years": "20", "sex": "male"})
    assert page.status_code == 302
    assert Intake.everything.get().answers["age_years"] == 51


def test_a_section_that_does_not_exist_is_not_found(linden: House, ann: Browser) -> None:
    ann.post(address(linden, "begin/"))
    assert ann.get(address(linden, "nonsense/")).status_code == 404
    assert ann.get(address(linden, "pregnancy/")).status_code in (200, 302)


def test_the_case_can_be_taken_as_a_file_without_a_name(linden: House, ann: Browser) -> None:
    assert ann.get(address(linden, "case/")).status_code == 404
    walk_intake(ann, linden.episode.pk, WELL)
    answer = ann.get(address(linden, "case/"))
    assert read_case(answer.content.decode()).answer("age_years") == 51
    assert "Cora" not in answer.content.decode()


# --- Consent


def test_consent_is_signed_by_name_with_its_text_and_end(linden: House, cora: Browser) -> None:
    page = cora.get(address(linden, "consent/general/"))
    assert TEXTS[Consent.Kind.GENERAL].text in text_of(page)
    assert cora.post(address(linden, "consent/general/"), {}).status_code == 422
    cora.post(address(linden, "consent/general/"), {"signed_name": "Cora Linden"})
    consent = Consent.everything.get(client=linden.cora)
    assert (consent.kind, consent.text_version) == ("general", "general-1")
    assert consent.expires_on is not None
    assert is_valid(consent, consent.signed_at.date())
    assert not is_valid(consent, consent.expires_on + timedelta(days=1))
    assert "Given" in text_of(cora.get(address(linden)))


def test_a_sensitive_area_is_named(linden: House, cora: Browser) -> None:
    page = cora.post(
        address(linden, "consent/sensitive_area/"),
        {"signed_name": "Cora Linden", "area": "buttock_left"},
    )
    assert page.status_code == 302
    assert Consent.everything.get().area == "buttock_left"


def test_a_consent_can_be_withdrawn_and_stays_on_record(linden: House, cora: Browser) -> None:
    cora.post(address(linden, "consent/photo/"), {"signed_name": "Cora Linden"})
    consent = Consent.everything.get()
    cora.post(address(linden, f"consent/{consent.pk}/revoke/"))
    consent.refresh_from_db()
    assert consent.revoked_at is not None
    assert not is_valid(consent, TODAY)
    assert "Withdrawn" in text_of(cora.get(address(linden)))


def test_a_consent_signed_late_in_the_evening_bears_the_day_of_the_practice(
    linden: House, cora: Browser
) -> None:
    cora.post(address(linden, "consent/photo/"), {"signed_name": "Cora Linden"})
    late = datetime(2026, 3, 4, 3, 30, tzinfo=UTC)  # the third of March in New York
    Consent.everything.update(signed_at=late)
    assert "Signed by Cora Linden on 3 March 2026." in text_of(cora.get(address(linden)))


def test_an_unknown_consent_is_not_found(linden: House, cora: Browser) -> None:
    assert cora.get(address(linden, "consent/everything/")).status_code == 404


def test_a_new_signature_replaces_the_earlier_one(linden: House) -> None:
    me = linden.actor(linden.cora)
    for _ in range(2):
        actions.sign_consent(
            episode=linden.episode,
            kind=Consent.Kind.GENERAL,
            signed_name="Cora Linden",
            by=me,
            now=NOW,
        )
    assert Consent.everything.filter(revoked_at=None).count() == 1


# --- Actions: the right person, the wrong person, and no trail


def _begin(house: House, by: Actor) -> Any:
    return actions.begin(episode=house.episode, by=by, now=NOW)


def _save_case(house: House, by: Actor) -> Any:
    return actions.save_case(
        episode=house.episode, case=Case({"age_years": 51}, TODAY), by=by, now=NOW
    )


def _sign(house: House, by: Actor) -> Any:
    return actions.sign_consent(
        episode=house.episode, kind=Consent.Kind.PHOTO, signed_name="Cora", by=by, now=NOW
    )


@pytest.mark.parametrize("act", [_begin, _save_case, _sign])
def test_the_right_person_may(linden: House, act: Any) -> None:
    for who in (linden.ann, linden.owner, linden.cora):
        assert act(linden, linden.actor(who)).pk


@pytest.mark.parametrize("act", [_begin, _save_case, _sign])
def test_the_wrong_person_may_not(linden: House, maple: House, act: Any) -> None:
    wrong = [linden.ben, linden.desk, linden.dan, maple.ann, maple.owner, maple.cora]
    for actor in (*map(linden.actor, wrong), Actor()):
        with pytest.raises(Refused):
            act(linden, actor)
    assert not Intake.everything.exists()
    assert not Consent.everything.exists()


@pytest.mark.parametrize("act", [_begin, _save_case, _sign])
def test_nothing_is_saved_when_the_trail_fails(
    linden: House, act: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "record", lambda *args, **kwargs: None)
    with pytest.raises(ActionNotAudited):
        act(linden, linden.actor(linden.ann))
    assert not Intake.everything.exists()
    assert not Consent.everything.exists()


def test_keeping_a_self_check_leaves_no_half_client(
    linden: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "record", lambda *args, **kwargs: None)
    before = Client.everything.count()
    with pytest.raises(ActionNotAudited):
        actions.keep_self_check(
            case=Case({"main_area": "low_back"}, TODAY),
            name="A",
            email="a@b.org",
            by=Actor(),
            now=NOW,
        )
    assert Client.everything.count() == before


def test_a_completed_version_refuses_more(linden: House) -> None:
    intake = _save_case(linden, linden.actor(linden.ann))
    with pytest.raises(actions.IntakeClosed):
        actions.save_section(
            intake=intake,
            section="about_you",
            answers={"age_years": 20},
            marks=None,
            by=linden.actor(linden.ann),
            now=NOW,
        )
    assert case_of(Intake.everything.get()).answer("age_years") == 51


def test_the_trail_names_fields_and_never_an_answer(linden: House) -> None:
    _save_case(linden, linden.actor(linden.ann))
    row = AuditRow.everything.order_by("-seq").first()
    assert row is not None
    assert row.action == "intake.save"
    assert row.changed == ["answers", "completed_at", "marks"]
