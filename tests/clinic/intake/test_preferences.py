"""How a client likes a session: asked once, changed at any time, read before every visit."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.test import Client as Browser

from tests.support import visits
from tests.support.cast import NOW, House
from unknot.clinic.access import Refused
from unknot.clinic.intake import actions, preferences
from unknot.clinic.intake.preferences import Liked, liked, set_preferences
from unknot.clinic.models import AuditRow, Client, Intake, PlanVersion, Preferences, Staff
from unknot.clinic.treat import gather
from unknot.clinic.treat.actions import visit as visit_actions
from unknot.clinic.treat.room.page import page as room_page
from unknot.reasoning.treat import brief

pytestmark = pytest.mark.django_db

QUIET = Liked(pressure=2, room=("quiet", "no_scent"), avoid="My feet")


def browser(who: Client | Staff) -> Browser:
    made = Browser()
    assert who.user is not None
    made.force_login(who.user)
    return made


def address(house: House) -> str:
    return f"/clients/{house.cora.pk}/preferences/"


def said(house: House, likes: Liked = QUIET, now: datetime = NOW) -> Preferences:
    return set_preferences(client=house.cora, likes=likes, by=house.actor(house.cora), now=now)


def test_a_client_says_on_their_page_how_they_like_a_visit(linden: House) -> None:
    cora = browser(linden.cora)
    assert "You can say what makes a visit comfortable" in cora.get("/me/").content.decode()
    sent = {"pressure_wish": "2", "room_wishes": ["quiet", "cool"], "avoid": "My feet"}
    answer = cora.post(address(linden), sent)
    assert answer["Location"] == "/me/"
    assert liked(linden.cora) == Liked(2, ("quiet", "cool"), "My feet")
    mine = cora.get("/me/").content.decode()
    assert "You like: quiet, little talk; a cooler room. Not touched: My feet." in mine
    assert AuditRow.everything.filter(action="preferences.set").count() == 1


def test_the_page_begins_with_what_was_said_and_keeps_an_unreadable_answer(linden: House) -> None:
    said(linden)
    cora = browser(linden.cora)
    shown = cora.get(address(linden)).content.decode()
    assert "My feet" in shown
    assert shown.count(" checked") == 3
    wrong = cora.post(address(linden), {"room_wishes": ["none", "quiet"]})
    assert wrong.status_code == 422
    assert "stands alone" in wrong.content.decode()
    assert liked(linden.cora) == QUIET


def test_a_therapist_writes_it_down_for_the_client(linden: House) -> None:
    ann = browser(linden.ann)
    assert "How they like a visit" in ann.get(f"/clients/{linden.cora.pk}/").content.decode()
    answer = ann.post(address(linden), {"room_wishes": ["music"]})
    assert answer["Location"] == f"/clients/{linden.cora.pk}/"
    assert liked(linden.cora).room_words == ("Soft music",)


def test_the_desk_neither_sees_nor_changes_it(linden: House) -> None:
    desk = browser(linden.desk)
    assert "How they like a visit" not in desk.get(f"/clients/{linden.cora.pk}/").content.decode()
    assert desk.get(address(linden)).status_code in (403, 404)
    with pytest.raises(Refused):
        set_preferences(client=linden.cora, likes=QUIET, by=linden.actor(linden.desk), now=NOW)
    assert not Preferences.everything.exists()


def test_the_intake_says_it_until_something_newer_is_said(linden: House) -> None:
    assert liked(linden.cora) == Liked()
    visits.screen(linden)
    assert liked(linden.cora) == Liked(pressure=4)
    said(linden)
    visits.screen(linden)  # asked before a visit whether anything is new: the same answers again
    assert liked(linden.cora) == QUIET


def test_a_new_intake_begins_with_it_and_what_is_answered_there_is_newer(linden: House) -> None:
    visits.screen(linden)
    said(linden)
    by, later = linden.actor(linden.cora), NOW + timedelta(days=9)
    begun = actions.begin(episode=linden.episode, by=by, now=later)
    assert begun.answers["room_wishes"] == ["quiet", "no_scent"]
    assert begun.answers["pressure_wish"] == 2
    answers = {"pressure_wish": 3, "room_wishes": ("warm",), "avoid": None, "goals": None}
    actions.save_section(
        intake=begun, section="wishes", answers=answers, marks=None, by=by, now=later
    )
    assert liked(linden.cora) == Liked(3, ("warm",), "")
    preferences.follow(Intake.everything.get(pk=begun.pk), {"fever"}, later + timedelta(days=1))
    assert Preferences.everything.get().said_at == later


def test_the_brief_and_the_room_show_it(room: visits.Room) -> None:
    said(room.house)
    safety, _, wants = brief.write(gather.brief_facts(room.visit))
    assert "Does not want to be touched: My feet." in safety.lines
    assert "In the room: quiet, little talk; no scent." in wants.lines
    assert any("light to moderate pressure" in line for line in wants.lines)
    assert "Not touched: My feet" in room_page(room.visit, NOW).safety
    seen = browser(room.house.ann).get(f"/visits/{room.visit.pk}/brief/").content.decode()
    assert "In the room: quiet, little talk; no scent." in seen
    assert address(room.house) in seen


def test_a_lighter_wish_told_since_the_plan_is_what_the_work_begins_with(
    room: visits.Room,
) -> None:
    plan = PlanVersion.everything.get()
    PlanVersion.everything.update(content={**plan.content, "pressure_start": 3})
    said(room.house, now=NOW + timedelta(hours=1))
    _, _, wants = brief.write(gather.brief_facts(room.visit))
    assert any("begin with 2, not 3 as planned" in line for line in wants.lines)
    visit_actions.take_up(visit=room.visit, area="low_back", by=room.ann, now=NOW)
    room.visit.refresh_from_db()
    assert room.visit.pressure_in_work == 2
    assert "wishes 2" in room_page(room.visit, NOW).dial.own


def test_a_wish_older_than_the_plan_changes_nothing(room: visits.Room) -> None:
    plan = PlanVersion.everything.get()
    PlanVersion.everything.update(content={**plan.content, "pressure_start": 3})
    said(room.house, now=NOW - timedelta(hours=1))
    _, _, wants = brief.write(gather.brief_facts(room.visit))
    assert not any("as planned" in line for line in wants.lines)
    visit_actions.take_up(visit=room.visit, area="low_back", by=room.ann, now=NOW)
    room.visit.refresh_from_db()
    assert room.visit.pressure_in_work == 3


@pytest.fixture
def room(linden: House) -> visits.Room:
    return visits.begun(linden)


def test_no_special_wishes_and_unknown_ones_are_no_words() -> None:
    assert Liked(room=("none",)).room_words == ()
    assert Liked(room=("a_choice_of_long_ago",)).room_words == ()
    assert preferences.from_answers({"pressure_wish": True, "room_wishes": "quiet"}) == Liked()
