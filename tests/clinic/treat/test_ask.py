"""Anything new? On the client's own phone before a visit."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client as Browser

from tests.support import visits
from tests.support.cases import case_of
from tests.support.cast import House
from unknot.clinic.access import Refused, for_link
from unknot.clinic.intake.actions import save_case
from unknot.clinic.models import Alert, Appointment, AskLink, Outbox, Screening, Visit
from unknot.clinic.screen import actions as screening
from unknot.clinic.treat import limits
from unknot.clinic.treat.actions import ask
from unknot.clinic.treat.actions import visit as actions
from unknot.clinic.treat.actions.told import with_wish
from unknot.clinic.treat.errors import NotInSession, VisitRefused
from unknot.clinic.treat.room import ask_due
from unknot.reasoning.case import Case

pytestmark = pytest.mark.django_db
WELL = {"age_years": 51, "sex": "male", "main_area": "low_back", "pain_weeks": 104}


@pytest.fixture
def soon(linden: House) -> Appointment:
    """An appointment in two hours, of somebody screened a week ago."""
    now = datetime.now(UTC)
    before, by = now - timedelta(days=7), linden.actor(linden.ann)
    intake = save_case(
        episode=linden.episode, case=Case(WELL, before.date(), ()), by=by, now=before
    )
    screening.decide(intake=intake, by=by, now=before)
    made = visits.appointment(linden)
    made.starts_at, made.ends_at = now + timedelta(hours=2), now + timedelta(hours=3)
    made.save()
    return made


def _link(appointment: Appointment, house: House) -> tuple[AskLink, str]:
    link = ask.make_ask_link(
        appointment=appointment, by=house.actor(house.ann), now=datetime.now(UTC)
    )
    return link, f"/before/{ask.token_of(link)}/"


def test_nothing_new_is_one_tap_and_the_therapist_sees_who_said_so(
    soon: Appointment, linden: House
) -> None:
    link, address = _link(soon, linden)
    page = Browser().get(address).content.decode()
    assert "Is anything new" in page
    before = Screening.everything.count()
    sent = {"nothing_changed": "yes", "wish": "The left side"}
    answer = Browser().post(address, sent)
    assert answer.headers["Location"] == address
    assert Screening.everything.count() == before + 1
    link.refresh_from_db()
    assert (link.news, link.wish) == ([], "The left side")
    ann = Browser()
    ann.force_login(linden.ann.user)
    brief = ann.post(f"/appointments/{soon.pk}/visit/", follow=True).content.decode()
    visit = Visit.everything.get(appointment=soon)
    assert (visit.news_from, visit.new_since, visit.wish_today) == ("client", [], "The left side")
    assert "answered on their phone" in brief
    assert visit.screening == link.screening


def test_what_to_work_on_is_sent_with_the_answers_too(soon: Appointment, linden: House) -> None:
    link, address = _link(soon, linden)
    page = Browser().get(address).content.decode()
    assert page.count("novalidate") == 1, (
        "one form: whichever button is pressed, the wish goes along"
    )
    sent = {"wish": "The left side", "fever": "no"}
    assert Browser().post(address, sent).headers["Location"] == address
    link.refresh_from_db()
    assert link.wish == "The left side"


def test_an_open_answer_does_not_pass(soon: Appointment, linden: House) -> None:
    _, address = _link(soon, linden)
    Browser().post(address, {"nothing_changed": "yes"})
    row = linden.episode.screenings.order_by("-decided_at")[0]
    assert row.blocks_booking, "the intake left questions open"
    by = linden.actor(linden.ann)
    visit = actions.open_visit(appointment=soon, by=by, now=datetime.now(UTC))
    with pytest.raises(VisitRefused):
        actions.start_visit(visit=visit, by=by, now=datetime.now(UTC))


def test_a_warning_sign_leads_to_help_and_to_an_alert(soon: Appointment, linden: House) -> None:
    _, address = _link(soon, linden)
    page = Browser().post(address, {"check_below": ["saddle"]}, follow=True).content.decode()
    assert 'class="call"' in page
    alert = Alert.everything.get(episode=linden.episode)
    assert alert.urgency == "emergency_now"
    assert "Answered before the visit" in alert.words
    assert alert.look_by == alert.raised_at + timedelta(minutes=30)
    assert Outbox.everything.get().to == linden.ann.user.email


def test_a_warning_sign_goes_to_the_owner_where_the_therapist_has_left(
    soon: Appointment, linden: House
) -> None:
    linden.ann.active = False
    linden.ann.save()
    _, address = _link(soon, linden)
    Browser().post(address, {"check_below": ["saddle"]})
    assert Outbox.everything.get().to == linden.owner.user.email


def test_a_visit_opened_before_the_answer_takes_it_over_until_it_begins(
    soon: Appointment, linden: House
) -> None:
    by, now = linden.actor(linden.ann), datetime.now(UTC)
    visit = actions.open_visit(appointment=soon, by=by, now=now)
    _, address = _link(soon, linden)
    Browser().post(address, {"nothing_changed": "yes"})
    visit.refresh_from_db()
    assert visit.news_from == "client"


def test_an_answer_writes_over_nothing_that_was_entered_into_the_visit_before_it(
    soon: Appointment, linden: House
) -> None:
    by, now = linden.actor(linden.ann), datetime.now(UTC)
    visit = actions.open_visit(appointment=soon, by=by, now=now)
    actions.note_wish(visit=visit, wish="The neck", by=by, now=now)
    actions.note_news(visit=visit, news=("A fall: yes",), by=by, now=now)
    _, address = _link(soon, linden)
    phone = Browser()
    phone.post(address, {"nothing_changed": "yes"})
    visit.refresh_from_db()
    assert (visit.wish_today, visit.new_since) == ("The neck", ["A fall: yes"])
    phone.post(address, {"check_below": ["saddle"], "wish": "The left side"})
    visit.refresh_from_db()
    assert visit.wish_today == "The neck; The left side"
    assert visit.new_since[0] == "A fall: yes"
    assert len(visit.new_since) == 2


def test_what_the_client_told_stays_when_the_therapist_asks_once_more(
    soon: Appointment, linden: House
) -> None:
    by, now = linden.actor(linden.ann), datetime.now(UTC)
    _, address = _link(soon, linden)
    Browser().post(address, {"check_below": ["saddle"]})
    visit = actions.open_visit(appointment=soon, by=by, now=now)
    told = visit.new_since
    assert told
    actions.note_news(visit=visit, news=(), by=by, now=now)
    assert visit.new_since == told
    question = told[0].partition(": ")[0]
    actions.note_news(visit=visit, news=(f"{question}: not sure",), by=by, now=now)
    assert f"{question}: not sure" in visit.new_since
    assert len(visit.new_since) == len(told)


@pytest.mark.parametrize(
    ("typed", "holds", "waits"),
    [
        ("The neck", "The neck; The left side", []),
        ("The hip", "The neck; The left side", ["The hip"]),
    ],
)
def test_a_brief_opened_before_the_answer_writes_nothing_over_it(
    soon: Appointment, linden: House, typed: str, holds: str, waits: list[str]
) -> None:
    by, now = linden.actor(linden.ann), datetime.now(UTC)
    visit = actions.open_visit(appointment=soon, by=by, now=now)
    ann = Browser()
    ann.force_login(linden.ann.user)
    ann.post(f"/visits/{visit.pk}/start/", {"wish": "The neck", "wish_was": ""})
    _, address = _link(soon, linden)
    Browser().post(address, {"nothing_changed": "yes", "wish": "The left side"})
    ann.post(f"/visits/{visit.pk}/start/", {"wish": typed, "wish_was": "The neck"})
    visit.refresh_from_db()
    assert visit.wish_today == holds
    assert [one.value for one in visit.changes.filter(state="open")] == waits


def test_a_wish_can_be_emptied_in_the_brief(soon: Appointment, linden: House) -> None:
    by, now = linden.actor(linden.ann), datetime.now(UTC)
    visit = actions.open_visit(appointment=soon, by=by, now=now)
    ann = Browser()
    ann.force_login(linden.ann.user)
    ann.post(f"/visits/{visit.pk}/start/", {"wish": "The neck", "wish_was": ""})
    ann.post(f"/visits/{visit.pk}/start/", {"wish": "", "wish_was": "The neck"})
    visit.refresh_from_db()
    assert visit.wish_today == ""


def test_a_wish_said_again_on_the_phone_takes_the_place_of_the_first() -> None:
    assert with_wish("", "", "The neck") == "The neck"
    assert with_wish("The neck", "The neck", "The hip") == "The hip"
    assert with_wish("The neck", "The neck", "") == "The neck"
    assert with_wish("The neck", "", "The neck") == "The neck"


def test_a_link_takes_one_answer(soon: Appointment, linden: House) -> None:
    link, address = _link(soon, linden)
    Browser().post(address, {"nothing_changed": "yes"})
    count = Screening.everything.count()
    page = Browser().post(address, {"nothing_changed": "yes"}, follow=True)
    assert page.status_code == 200
    assert Screening.everything.count() == count
    with pytest.raises(ask.AlreadyAnswered):
        ask.answer_ask(
            link=link,
            answers={},
            news=(),
            wish="",
            by=for_link(linden.episode),
            now=datetime.now(UTC),
        )


def test_a_warning_sign_that_somebody_goes_back_to_tell_is_not_lost(
    soon: Appointment, linden: House
) -> None:
    _, address = _link(soon, linden)
    phone = Browser()
    phone.post(address, {"nothing_changed": "yes"})
    page = phone.post(address, {"check_below": ["saddle"]}, follow=True).content.decode()
    assert 'class="call"' in page
    assert Alert.everything.filter(urgency="emergency_now").count() == 1
    count = Screening.everything.count()
    phone.post(address, {"check_below": ["saddle"]})
    phone.post(address, {"nothing_changed": "yes"})
    assert Screening.everything.count() == count


def test_a_medicine_that_somebody_goes_back_to_tell_lowers_the_ceiling(linden: House) -> None:
    now, by = datetime.now(UTC), linden.actor(linden.ann)
    answers = case_of("man_with_low_back_pain", {}).answers
    case = Case(answers, now.date(), ())
    intake = save_case(episode=linden.episode, case=case, by=by, now=now)
    assert not screening.decide(intake=intake, by=by, now=now).blocks_booking
    soon = visits.appointment(linden)
    soon.starts_at, soon.ends_at = now + timedelta(hours=2), now + timedelta(hours=3)
    soon.save()
    link, _ = _link(soon, linden)

    def said(answers: dict[str, Any], *news: str) -> Screening:
        by = for_link(linden.episode)
        return ask.answer_ask(
            link=link, answers=answers, news=news, wish="", by=by, now=datetime.now(UTC)
        )

    assert limits.ceiling(linden.episode).pressure_ceiling > 2
    said({})
    thinner = {"anticoagulant": True, "anticoagulant_unstable": False}
    said(thinner, "A blood thinner: yes")
    assert limits.ceiling(linden.episode).pressure_ceiling == 2
    for taken_back in ({}, {"anticoagulant": False}):
        with pytest.raises(ask.AlreadyAnswered):
            said(taken_back, "A blood thinner: no")
    assert limits.ceiling(linden.episode).pressure_ceiling == 2
    link.refresh_from_db()
    assert link.news == ["A blood thinner: yes"]


def test_links_that_are_replaced_past_or_of_a_cancelled_visit_lead_nowhere(
    soon: Appointment, linden: House
) -> None:
    first, old = _link(soon, linden)
    _, new = _link(soon, linden)
    assert Browser().get(old).status_code == 404
    assert Browser().get(new).status_code == 200
    Appointment.everything.update(state="cancelled")
    assert Browser().get(new).status_code == 404
    soon.refresh_from_db()
    with pytest.raises(NotInSession):
        _link(soon, linden)
    assert Browser().get("/before/nonsense/").status_code == 404
    first.refresh_from_db()
    assert first.revoked_at is not None


def test_the_mail_brings_the_link_and_names_no_complaint(soon: Appointment, linden: House) -> None:
    linden.cora.email = "cora@example.org"
    linden.cora.save()
    ann = Browser()
    ann.force_login(linden.ann.user)
    answer = ann.post(f"/appointments/{soon.pk}/ask/")
    assert answer.status_code == 302
    mail = Outbox.everything.get()
    link = AskLink.everything.get(answered_at=None)
    assert f"/before/{ask.token_of(link)}/" in mail.body
    assert "back" not in mail.body.lower()
    assert mail.subject == ask.SUBJECT


def test_without_an_address_the_link_is_shown_on_the_brief(
    soon: Appointment, linden: House
) -> None:
    ann = Browser()
    ann.force_login(linden.ann.user)
    ann.post(f"/appointments/{soon.pk}/visit/")
    visit = Visit.everything.get(appointment=soon)
    linden.cora.email = ""
    linden.cora.save()
    with pytest.raises(VisitRefused, match="no e-mail"):
        ask.send_ask_link(
            appointment=Appointment.everything.get(pk=soon.pk),
            origin="http://x",
            by=linden.actor(linden.ann),
            now=datetime.now(UTC),
        )
    page = ann.post(f"/appointments/{soon.pk}/ask/", {"by": "code"}, follow=True)
    assert "/before/" in page.content.decode()
    assert page.redirect_chain[-1][0] == f"/visits/{visit.pk}/brief/"


@pytest.mark.parametrize("who", ["cora", "ben"])
def test_only_the_care_team_and_the_desk_send_the_question(
    soon: Appointment, linden: House, who: str
) -> None:
    by: Any = linden.actor(getattr(linden, who))
    with pytest.raises(Refused):
        ask.make_ask_link(appointment=soon, by=by, now=datetime.now(UTC))


def test_asked_and_nothing_new_starts_the_visit_in_one_tap(linden: House) -> None:
    visits.plan(linden, visits.screen(linden))
    made = visits.appointment(linden)
    by = linden.actor(linden.ann)
    visit = actions.open_visit(appointment=made, by=by, now=datetime.now(UTC))
    ann = Browser()
    ann.force_login(linden.ann.user)
    page = ann.get(f"/visits/{visit.pk}/brief/").content.decode()
    assert "Nothing is new: start" in page
    before = linden.episode.screenings.count()
    sent = {"nothing_new": "1", "wish_quick": "The same as last time"}
    ann.post(f"/visits/{visit.pk}/start/", sent)
    visit.refresh_from_db()
    assert linden.episode.screenings.count() == before + 1
    assert (visit.news_from, visit.news_name) == ("staff", linden.ann.name)
    assert visit.wish_today == "The same as last time"


def test_the_question_goes_out_by_itself_once_when_the_visit_is_near(
    soon: Appointment, linden: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = datetime.now(UTC)
    monkeypatch.setattr(ask_due, "may_write_to", lambda client: client == linden.cora)
    send = ask_due.send_ahead
    linden.cora.email = "cora@example.org"
    linden.cora.save()
    assert send(origin="http://x", now=now - timedelta(days=3)) == 0
    assert send(origin="http://x", now=now) == 1
    assert send(origin="http://x", now=now) == 0
    assert "/before/" in Outbox.everything.get().body


def test_nobody_is_written_to_who_did_not_agree(
    soon: Appointment, linden: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ask_due, "may_write_to", lambda client: False)
    linden.cora.email = "cora@example.org"
    linden.cora.save()
    assert ask_due.send_ahead(origin="http://x", now=datetime.now(UTC)) == 0
