"""The pages of a visit, as a browser without scripts sees them."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client as Browser

from tests.support import queries, visits
from tests.support.cast import NOW, PASSWORD, House
from unknot.clinic.models import Note, Visit
from unknot.clinic.treat import visits as visit_lists
from unknot.clinic.treat.actions import dial, dial_link, notes
from unknot.clinic.treat.note import seals

pytestmark = pytest.mark.django_db


@pytest.fixture
def ann(linden: House) -> Browser:
    browser = Browser()
    browser.force_login(linden.ann.user)
    return browser


def test_the_brief_has_three_points_and_tells_what_failed_before(
    ann: Browser, linden: House
) -> None:
    visits.plan(linden, visits.screen(linden))
    answer = ann.post(f"/appointments/{visits.appointment(linden).pk}/visit/", follow=True)
    page = answer.content.decode()
    assert page.count('class="brief__point ') == 3
    assert "Takes a blood thinner" in page
    assert "2 years of massage elsewhere changed little." in page
    assert "Likes firm pressure; the safe limit is 3 (moderate). Say why." in page


def test_something_new_keeps_the_wish_that_was_typed_and_asks_first(
    ann: Browser, linden: House
) -> None:
    visits.plan(linden, visits.screen(linden))
    ann.post(f"/appointments/{visits.appointment(linden).pk}/visit/")
    visit = Visit.everything.get()
    sent = {"wish": "The left side", "wish_was": "", "something_new": "1"}
    answer = ann.post(f"/visits/{visit.pk}/start/", sent)
    assert answer.headers["Location"] == f"/visits/{visit.pk}/rescreen/#news"
    visit.refresh_from_db()
    assert (visit.wish_today, visit.started_at) == ("The left side", None)


def test_a_blocked_client_has_no_way_into_the_room(ann: Browser, linden: House) -> None:
    visits.screen(linden, blocks=True)
    answer = ann.post(f"/appointments/{visits.appointment(linden).pk}/visit/", follow=True)
    visit = Visit.everything.get()
    assert "No hands-on work today" in answer.content.decode()
    assert "Start the visit" not in answer.content.decode()
    assert ann.post(f"/visits/{visit.pk}/start/").status_code == 409
    assert ann.get(f"/visits/{visit.pk}/").status_code == 302


def test_a_visit_is_done_with_plain_forms(ann: Browser, room: visits.Room) -> None:
    address = f"/visits/{room.visit.pk}/"
    for tap in ({"pain_before": "6"}, {"area": "low_back"}, {"pressure": "2"}, {"pause": "1"}):
        assert ann.post(f"{address}tap/", tap).status_code == 302
    page = ann.get(address).content.decode()
    assert "Relaxation massage, pressure 2" in page
    assert ann.post(f"{address}finish/", follow=True).redirect_chain[-1][0].endswith("/note/")


def test_each_figure_of_the_room_says_whether_it_is_the_back_or_the_front(
    ann: Browser, room: visits.Room
) -> None:
    page = ann.get(f"/visits/{room.visit.pk}/").content.decode()
    seen = re.findall(r'class="session__view"[^>]*>(\w+)<', page)
    assert seen == ["Back", "Front"]


def test_a_tap_sent_twice_is_answered_with_data_both_times(
    ann: Browser, room: visits.Room
) -> None:
    tap, wanted = {"area": "low_back", "once": "k" * 32}, {"accept": "application/json"}
    address = f"/visits/{room.visit.pk}/tap/"
    first, second = (ann.post(address, tap, headers=wanted) for _ in range(2))
    assert first.headers["Content-Type"] == second.headers["Content-Type"] == "application/json"
    assert first.json() == second.json()


def test_a_refused_tap_says_why_and_keeps_the_state(ann: Browser, room: visits.Room) -> None:
    address = f"/visits/{room.visit.pk}/tap/"
    answer = ann.post(address, {"area": "abdomen"}, headers={"accept": "application/json"})
    assert answer.status_code == 409
    assert answer.json()["problem"] == "Belly is excluded by the screening."
    assert answer.json()["state"]["work"] is None
    assert ann.post(address, {"area": "abdomen"}).status_code == 409
    assert ann.post(address, {"pressure": "9"}).status_code == 422


def test_two_things_at_once_are_not_one_tap(ann: Browser, room: visits.Room) -> None:
    answer = ann.post(f"/visits/{room.visit.pk}/tap/", {"area": "neck", "pain_before": "3"})
    assert answer.status_code == 409


def test_an_entry_of_another_visit_cannot_be_changed_from_here(
    ann: Browser, done: visits.Room, linden: House
) -> None:
    entry = done.visit.entries.get()
    other = Visit.everything.create(appointment=visits.appointment(linden, days=7), opened_at=NOW)
    answer = ann.post(f"/visits/{other.pk}/tap/", {"entry": str(entry.pk), "remove": "1"})
    assert answer.status_code == 409
    assert done.visit.entries.count() == 1


def test_the_excluded_area_and_pressure_are_closed_on_the_page(
    ann: Browser, room: visits.Room
) -> None:
    page = ann.get(f"/visits/{room.visit.pk}/").content.decode()
    assert "Belly is excluded by the screening." in page
    assert "Above the ceiling of 3" in page
    assert "Keep off belly" in page


def test_the_note_is_signed_with_the_password_and_not_without(
    ann: Browser, done: visits.Room
) -> None:
    address = f"/visits/{done.visit.pk}/note/"
    assert "Written from the taps" in ann.get(address).content.decode()
    assert ann.post(f"{address}sign/", {"proof": "not it"}).status_code == 422
    assert Note.everything.get().state == "draft"
    assert ann.post(f"{address}sign/", {"proof": PASSWORD}).status_code == 302
    page = ann.get(address).content.decode()
    assert "Sealed and unchanged" in page
    assert "<textarea" in page
    assert 'name="plan"' not in page


LONG = "mine " * 2_001


@pytest.mark.parametrize("where", ["edit", "sign", "write"])
def test_a_part_that_is_too_long_is_kept_as_typed_and_nothing_is_saved_or_signed(
    ann: Browser, done: visits.Room, where: str
) -> None:
    address = f"/visits/{done.visit.pk}/note/"
    words = dict.fromkeys(notes.WRITTEN, "Nothing to report.")
    ann.post(f"{address}edit/", words)
    sent = {**words, "assessment": "Also typed.", "plan": LONG, "proof": PASSWORD}
    answer = ann.post(f"{address}{where}/", sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Plan: shorten it by 4 letters. A part holds 10,000." in page
    assert LONG.strip() in page
    assert "Also typed." in page
    note = Note.everything.get()
    assert note.state == "draft"
    assert note.content["parts"] == words


def test_a_part_that_is_too_long_says_so_to_the_script_as_well(
    ann: Browser, done: visits.Room
) -> None:
    address, wants = f"/visits/{done.visit.pk}/note/edit/", {"accept": "application/json"}
    answer = ann.post(address, {"plan": LONG}, headers=wants)
    assert answer.status_code == 422
    assert answer.json()["problem"].startswith("Plan: shorten it by 4 letters.")


def test_a_line_end_counts_as_the_one_letter_that_the_page_counts(
    ann: Browser, done: visits.Room
) -> None:
    address = f"/visits/{done.visit.pk}/note/edit/"
    assert ann.post(address, {"plan": "ab\r\n" * 3_333 + "c"}).status_code == 302
    assert Note.everything.get().content["parts"]["plan"].startswith("ab\nab\n")


def test_the_page_shows_a_broken_seal_in_red(ann: Browser, done: visits.Room) -> None:
    from django.db import connection

    from unknot.clinic.treat.note import guard

    note = notes.write_note(visit=done.visit, by=done.ann, now=NOW)
    notes.sign_note(note=note, by=done.ann, now=NOW)
    guard.remove(connection)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE clinic_treatmententry SET minutes = 90")
    guard.install(connection)
    page = ann.get(f"/visits/{done.visit.pk}/note/").content.decode()
    assert "seal--broken" in page
    assert "Changed after signing: entries." in page
    assert "Sealed and unchanged" not in page


def test_posting_to_a_signed_note_changes_nothing(ann: Browser, done: visits.Room) -> None:
    note = notes.write_note(visit=done.visit, by=done.ann, now=NOW)
    notes.sign_note(note=note, by=done.ann, now=NOW)
    address = f"/visits/{done.visit.pk}/note/"
    assert ann.post(f"{address}edit/", {"plan": "Other"}).status_code == 409
    assert ann.post(f"{address}sign/", {"proof": PASSWORD}).status_code == 409
    ann.post(f"{address}write/")
    assert seals.check_seal(Note.everything.get()).broken == ""


def test_an_addendum_is_added_with_a_reason(ann: Browser, done: visits.Room) -> None:
    note = notes.write_note(visit=done.visit, by=done.ann, now=NOW)
    notes.sign_note(note=note, by=done.ann, now=NOW)
    address = f"/visits/{done.visit.pk}/note/add/"
    sent = {"text": "Also asked about sleep.", "reason": "Asked later", "proof": PASSWORD}
    assert ann.post(address, {**sent, "proof": "wrong"}).status_code == 422
    assert ann.post(address, sent).status_code == 302
    assert "Also asked about sleep." in ann.get(f"/visits/{done.visit.pk}/note/").content.decode()


def test_the_code_is_our_own_picture(ann: Browser, room: visits.Room) -> None:
    address = f"/visits/{room.visit.pk}/dial/"
    assert ann.get(f"{address}qr.svg").status_code == 404
    assert ann.post(f"{address}open/").status_code == 302
    picture = ann.get(f"{address}qr.svg")
    assert picture.headers["Content-Type"] == "image/svg+xml"
    assert b"<svg" in picture.content
    link = dial_link.open_link(room.visit, datetime.now(UTC))
    assert link is not None
    page = ann.get(address).content.decode()
    code = dial_link.code_of(link)
    assert dial_link.token_of(link) in page
    assert f"{code[:3]} {code[3:]}" in page
    ann.post(f"{address}open/", {"close": "1"})
    assert ann.get(f"{address}qr.svg").status_code == 404


def test_the_polling_answer_gives_what_came_after(ann: Browser, room: visits.Room) -> None:
    from unknot.clinic.access import for_link

    by = for_link(room.house.episode)
    first = dial.turn(visit=room.visit, kind="less", pain=None, by=by, now=NOW)
    dial.turn(visit=room.visit, kind="pain", pain=9, by=by, now=NOW)
    answer = ann.get(f"/visits/{room.visit.pk}/dial/events/?after={first.seq}").json()
    assert [event["alert"]["kind"] for event in answer["events"]] == ["above_cap"]
    assert ann.get(f"/visits/{room.visit.pk}/dial/events/?after=x").status_code == 200


def test_a_finished_visit_without_a_signed_note_is_on_the_list(
    done: visits.Room, maple: House
) -> None:
    (row,) = visit_lists.needs_note(done.ann, NOW)
    assert row.who == done.house.cora.name
    assert visit_lists.needs_note(done.house.actor(done.house.ben), NOW) == ()
    assert visit_lists.needs_note(maple.actor(maple.owner), NOW) == ()
    note = notes.write_note(visit=done.visit, by=done.ann, now=NOW)
    notes.sign_note(note=note, by=done.ann, now=NOW)
    assert visit_lists.needs_note(done.ann, NOW) == ()


def test_the_visits_of_an_episode_are_listed(ann: Browser, done: visits.Room) -> None:
    visits.appointment(done.house, days=7)
    page = ann.get(f"/episodes/{done.house.episode.pk}/treat/").content.decode()
    assert "Needs a note" in page
    assert "pain 6 before, 4 after" in page


def test_the_room_asks_the_database_no_more_when_more_was_done(
    ann: Browser, room: visits.Room
) -> None:
    from unknot.clinic.treat.actions import visit as actions

    asked = []
    for minute in range(12):
        now = NOW + timedelta(minutes=5 * minute)
        area = ("low_back", "buttock")[minute % 2]
        actions.take_up(visit=room.visit, area=area, by=room.ann, now=now)
        if minute in (3, 11):
            asked.append(len(queries.asked(ann, f"/visits/{room.visit.pk}/")))
    assert asked[0] == asked[1] < 40


def _a_week_later(linden: House) -> Visit:
    """A visit whose screening is a week old, with a real intake behind it."""
    from unknot.clinic.intake.actions import save_case
    from unknot.clinic.screen import actions as screening
    from unknot.reasoning.case import Case

    now = datetime.now(UTC) - timedelta(days=7)
    by = linden.actor(linden.ann)
    answers = {"age_years": 51, "sex": "male", "main_area": "low_back", "pain_weeks": 104}
    case = Case(answers, now.date(), ())
    intake = save_case(episode=linden.episode, case=case, by=by, now=now)
    screening.decide(intake=intake, by=by, now=now)
    return Visit.everything.create(appointment=visits.appointment(linden), opened_at=now)


def test_nothing_new_is_one_tap_and_decides_anew(ann: Browser, linden: House) -> None:
    visit = _a_week_later(linden)
    before = linden.episode.screenings.count()
    assert ann.get(f"/visits/{visit.pk}/rescreen/").status_code == 200
    answer = ann.post(f"/visits/{visit.pk}/rescreen/", {"nothing_changed": "yes"})
    assert answer.headers["Location"] == f"/visits/{visit.pk}/brief/"
    assert linden.episode.screenings.count() == before + 1
    visit.refresh_from_db()
    assert visit.new_since == []
    assert visit.screening == linden.episode.screenings.order_by("-decided_at").first()


def test_an_emergency_told_before_the_visit_leads_to_its_page(ann: Browser, linden: House) -> None:
    visit = _a_week_later(linden)
    answer = ann.post(f"/visits/{visit.pk}/rescreen/", {"check_below": ["saddle"]})
    assert answer.status_code == 302
    assert answer.headers["Location"].endswith("/screen/emergency/")
    assert ann.post(f"/visits/{visit.pk}/start/").status_code == 409


def test_an_emergency_told_after_the_note_was_signed_is_kept(ann: Browser, linden: House) -> None:
    visit = _a_week_later(linden)
    Note.everything.create(
        visit=visit, state="signed", edited_at=NOW, signed_at=NOW, signed_name="Ann", seal="x"
    )
    answer = ann.post(f"/visits/{visit.pk}/rescreen/", {"check_below": ["saddle"]})
    assert answer.headers["Location"].endswith("/screen/emergency/")
    last = linden.episode.screenings.order_by("-decided_at").first()
    assert last is not None
    assert last.urgency == "emergency_now"


def test_an_answer_that_is_none_and_a_cancelled_visit_are_refused_in_words(
    ann: Browser, room: visits.Room, linden: House
) -> None:
    answer = ann.post(f"/visits/{room.visit.pk}/tap/", {"response": "shouted"})
    assert answer.status_code == 422
    gone = visits.appointment(linden, days=7)
    gone.state = "cancelled"
    gone.save()
    answer = ann.post(f"/appointments/{gone.pk}/visit/")
    assert answer.status_code == 409
    assert "This appointment was cancelled." in answer.content.decode()
