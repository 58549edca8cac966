"""First run, clients, staff: done by the right person, refused to the wrong one."""

from __future__ import annotations

import pytest
from django.test import Client as Browser

from tests.support.cast import NOW, PASSWORD, House
from unknot.clinic.access import Refused, system
from unknot.clinic.models import CareTeam, Client, Episode, Practice, Room, Staff
from unknot.clinic.people import actions

pytestmark = pytest.mark.django_db

START = {
    "practice_name": "Quiet Hands",
    "country": "GB",
    "zone": "Europe/London",
    "owner_name": "Olive Quiet",
    "owner_email": "olive@quiet.invalid",
    "password": PASSWORD,
    "owner_treats": "on",
    "licence_number": "LMT-1",
    "licence_valid_until": "2030-01-31",
}


def _as(house: House, who: Staff) -> Browser:
    browser = Browser()
    browser.force_login(who.user)
    return browser


def test_the_first_visit_leads_to_first_run_and_a_practice_can_be_made() -> None:
    browser = Browser()
    assert browser.get("/").headers["Location"] == "/start/"
    assert browser.post("/start/", START).status_code == 302
    practice = Practice.everything.get()
    assert (practice.name, practice.emergency_number) == ("Quiet Hands", "999")
    assert browser.get("/").headers["Location"] == "/today/"


def test_a_new_practice_has_hours_a_room_and_a_licence_so_that_it_can_be_booked() -> None:
    Browser().post("/start/", START)
    owner = Staff.everything.get()
    assert owner.working_hours.count() == 5
    assert owner.licence_valid_until is not None
    assert Room.everything.count() == 1


def test_first_run_asks_a_treating_owner_for_the_licence() -> None:
    answer = Browser().post("/start/", {**START, "licence_valid_until": ""})
    assert answer.status_code == 422
    assert "Enter the last day your licence is valid" in answer.content.decode()
    assert (
        Browser()
        .post("/start/", {**START, "owner_treats": "", "licence_valid_until": ""})
        .status_code
        == 302
    )


def test_new_hours_hold_from_today_and_the_old_ones_stay_in_the_record(linden: House) -> None:
    browser = _as(linden, linden.owner)
    week = {"starts_0": "10:00", "ends_0": "14:00"}
    assert browser.post(f"/staff/{linden.ann.pk}/hours/", week).status_code == 302
    rows = linden.ann.working_hours.order_by("valid_from")
    assert rows.filter(valid_until=None).count() == 1
    assert rows.exclude(valid_until=None).count() == 5
    assert browser.get(f"/staff/{linden.ann.pk}/hours/").content.decode().count("10:00") == 1


@pytest.mark.parametrize(
    ("week", "words"),
    [
        ({"starts_2": "10:00"}, "Enter both times on Wednesday"),
        ({"starts_2": "10:00", "ends_2": "09:00"}, "Wednesday must end after it starts"),
        ({"starts_2": "late", "ends_2": "09:00"}, "Enter the time on Wednesday like 09:00"),
    ],
)
def test_hours_that_make_no_sense_are_answered_with_the_day_and_the_cure(
    linden: House, week: dict[str, str], words: str
) -> None:
    answer = _as(linden, linden.owner).post(f"/staff/{linden.ann.pk}/hours/", week)
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_a_room_is_added_at_a_new_location(linden: House) -> None:
    browser = _as(linden, linden.owner)
    form = {"name": "Garden room", "location": "new", "new_location": "Linden Yard"}
    assert browser.post("/practice/rooms/", form).status_code == 302
    assert Room.everything.get(name="Garden room").location.name == "Linden Yard"
    assert browser.post("/practice/rooms/", {**form, "new_location": ""}).status_code == 422


def test_first_run_keeps_what_was_typed_when_something_is_missing() -> None:
    answer = Browser().post("/start/", {**START, "owner_email": "not an address"})
    assert answer.status_code == 422
    assert "Quiet Hands" in answer.content.decode()
    assert not Practice.everything.exists()


def test_first_run_is_closed_once_there_is_a_practice(linden: House) -> None:
    assert Browser().post("/start/", START).headers["Location"] == "/"
    assert Browser().post("/start/demo/").headers["Location"] == "/"
    with pytest.raises(actions.AlreadyStarted):
        actions.make_practice(
            name="Second",
            zone="UTC",
            country="US",
            emergency_number="911",
            owner_name="x",
            owner_email="x@second.invalid",
            password=PASSWORD,
            owner_treats=False,
            by=system(),
            now=NOW,
        )
    assert Practice.everything.count() == 1


def test_the_front_desk_adds_a_client_and_a_double_tap_adds_one_only(linden: House) -> None:
    browser = _as(linden, linden.desk)
    form = {"name": "Nora New", "figure": "neutral", "once": "abc123"}
    first = browser.post("/clients/new/", form)
    second = browser.post("/clients/new/", form)
    assert first.status_code == second.status_code == 302
    assert first.headers["Location"] == second.headers["Location"]
    assert Client.everything.filter(name="Nora New").count() == 1
    other = browser.post("/clients/new/", {**form, "name": "Somebody Else"})
    assert other.status_code == 422


def test_a_form_that_failed_can_be_sent_again_with_the_same_token(linden: House) -> None:
    browser = _as(linden, linden.desk)
    assert browser.post("/clients/new/", {"name": "", "once": "t1"}).status_code == 422
    again = browser.post("/clients/new/", {"name": "Nora", "figure": "male", "once": "t1"})
    assert again.status_code == 302


def test_clients_are_listed_for_their_own_practice_only(linden: House, maple: House) -> None:
    page = _as(linden, linden.desk).get("/clients/").content.decode()
    assert "Cora Linden" in page
    assert "Cora Maple" not in page


def test_the_client_list_asks_the_database_a_fixed_number_of_questions(
    linden: House, django_assert_max_num_queries: object
) -> None:
    for number in range(25):
        Client.everything.create(practice=linden.practice, name=f"N {number}", created_at=NOW)
    browser = _as(linden, linden.desk)
    with django_assert_max_num_queries(9):  # type: ignore[operator]
        assert browser.get("/clients/").status_code == 200


def test_the_front_desk_sees_a_client_but_cannot_open_the_record(linden: House) -> None:
    page = _as(linden, linden.desk).get(f"/clients/{linden.cora.pk}/").content.decode()
    assert "Low back" in page
    assert f"/episodes/{linden.episode.pk}/" not in page


def test_opening_an_episode_brings_the_therapist_onto_the_care_team(linden: House) -> None:
    episode = actions.open_episode(
        client=linden.dan,
        main_area="low_back",
        complaint="",
        therapist=linden.ben,
        by=linden.actor(linden.desk),
        now=NOW,
    )
    assert isinstance(episode, Episode)
    assert CareTeam.everything.filter(client=linden.dan, staff=linden.ben).exists()


def test_a_therapist_takes_on_only_what_nobody_has(linden: House) -> None:
    ben = _as(linden, linden.ben)
    page = ben.get(f"/clients/{linden.dan.pk}/").content.decode()
    assert "Give to Ben Linden" in page
    ben.post(f"/episodes/{linden.other_episode.pk}/assign/", {"therapist": linden.ben.pk})
    linden.other_episode.refresh_from_db()
    assert linden.other_episode.therapist == linden.ben
    with pytest.raises(Refused):
        actions.assign(
            episode=linden.episode, therapist=linden.ben, by=linden.actor(linden.ben), now=NOW
        )
    assert (
        _as(linden, linden.ben)
        .post(f"/episodes/{linden.episode.pk}/assign/", {"therapist": linden.ben.pk})
        .status_code
        == 403
    )


@pytest.mark.parametrize("nonsense", ["", "x", "00000000-0000-0000-0000-000000000000"])
def test_a_therapist_who_is_not_there_cannot_be_chosen(linden: House, nonsense: str) -> None:
    desk = _as(linden, linden.desk)
    desk.post(f"/episodes/{linden.other_episode.pk}/assign/", {"therapist": nonsense})
    linden.other_episode.refresh_from_db()
    assert linden.other_episode.therapist is None


def test_a_client_is_invited_to_sign_in_by_link(
    linden: House, mailoutbox: list[object], django_capture_on_commit_callbacks: object
) -> None:
    new = actions.add_client(
        practice=linden.practice,
        name="Nora New",
        email="nora@linden.invalid",
        by=linden.actor(linden.desk),
        now=NOW,
    )
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        _as(linden, linden.owner).post(f"/clients/{new.pk}/invite/")
    new.refresh_from_db()
    assert new.user is not None
    assert not new.user.has_usable_password()
    assert len(mailoutbox) == 1


def test_an_invitation_never_hands_over_somebody_else_s_sign_in(linden: House) -> None:
    client = linden.dan
    client.user, client.email = None, linden.ann.user.email.upper()
    client.save()
    with pytest.raises(actions.CannotInvite, match="already signs in somebody else"):
        actions.invite(client=client, address="x", by=linden.actor(linden.owner), now=NOW)
    answer = _as(linden, linden.owner).post(f"/clients/{client.pk}/invite/", follow=True)
    assert "already signs in somebody else" in answer.content.decode()
    client.email = ""
    with pytest.raises(actions.CannotInvite, match="e-mail"):
        actions.invite(client=client, address="x", by=linden.actor(linden.owner), now=NOW)


def test_neither_a_client_nor_the_desk_invites(linden: House) -> None:
    for who in (linden.cora, linden.desk):
        with pytest.raises(Refused):
            actions.invite(client=linden.cora, address="x", by=linden.actor(who), now=NOW)


def test_a_price_is_typed_in_money_and_kept_in_cents(linden: House) -> None:
    browser = _as(linden, linden.owner)
    assert 'value="90.00"' in browser.get("/practice/").content.decode()
    form = {
        "name": "Linden Practice",
        "country": "US",
        "zone": "America/New_York",
        "emergency_number": "911",
        "price": "95.50",
        "turnover_minutes": "10",
        "notice_hours": "2",
    }
    assert browser.post("/practice/", form).status_code == 302
    linden.practice.refresh_from_db()
    assert linden.practice.price_60_minutes_cents == 9550
    assert browser.post("/practice/", {**form, "price": "-1"}).status_code == 422


def test_a_name_that_is_searched_for_never_stands_in_the_address(linden: House) -> None:
    browser = _as(linden, linden.desk)
    page = browser.post("/clients/", {"q": "cora"}).content.decode()
    assert "Cora Linden" in page
    assert "Dan Linden" not in page
    assert "Dan Linden" in browser.get("/clients/?q=cora").content.decode()


def test_only_the_owner_adds_staff(linden: House) -> None:
    fields = {"name": "Zoe", "role": "therapist", "treats": True}
    with pytest.raises(Refused):
        actions.add_staff(
            practice=linden.practice,
            email="zoe@linden.invalid",
            password=None,
            by=linden.actor(linden.ann),
            **fields,
        )
    made = actions.add_staff(
        practice=linden.practice,
        email="zoe@linden.invalid",
        password=None,
        by=linden.actor(linden.owner),
        **fields,
    )
    assert made.user.has_usable_password() is False


def test_a_role_is_never_given_to_a_sign_in_that_is_there_already(linden: House) -> None:
    owner = _as(linden, linden.owner)
    form = {"name": "Zoe", "role": "owner"}
    for taken in (linden.cora.user.email.upper(), linden.ann.user.email):  # type: ignore[union-attr]
        answer = owner.post("/staff/new/", {**form, "email": taken})
        assert answer.status_code == 422
        assert "signs in with this e-mail already" in answer.content.decode()
    assert not Staff.everything.filter(user=linden.cora.user).exists()


def test_a_therapist_does_not_open_somebody_else_s_record_to_themselves(linden: House) -> None:
    ben, record = _as(linden, linden.ben), f"/episodes/{linden.episode.pk}/"
    form = {"main_area": "low_back", "complaint": "Also the neck"}
    address = f"/clients/{linden.cora.pk}/new-episode/"
    assert ben.post(address, {**form, "therapist": linden.ben.pk}).status_code == 422
    with pytest.raises(Refused):
        actions.open_episode(
            client=linden.cora,
            therapist=linden.ben,
            by=linden.actor(linden.ben),
            now=NOW,
            **form,
        )
    assert ben.post(address, form).status_code == 302
    opened = Episode.everything.get(complaint="Also the neck")
    assert "Give to Ben" not in ben.get(f"/clients/{linden.cora.pk}/").content.decode()
    taken = ben.post(f"/episodes/{opened.pk}/assign/", {"therapist": linden.ben.pk})
    assert taken.status_code == 403
    assert ben.get(record).status_code == 404


def test_a_field_that_is_not_listed_cannot_be_changed(linden: House, maple: House) -> None:
    with pytest.raises(TypeError, match="cannot be changed"):
        actions.change_client(
            now=NOW,
            client=linden.cora,
            changes={"practice": maple.practice},
            by=linden.actor(linden.desk),
        )


def test_the_theme_is_kept_and_never_leads_to_another_host(linden: House) -> None:
    answer = Browser().post("/theme/", {"theme": "night", "back": "https://evil.invalid/"})
    assert answer.headers["Location"] == "/"
    assert answer.cookies["theme"].value == "night"


@pytest.mark.parametrize("back", ["1", "me", "home", "//evil.invalid", "", "/\\evil.invalid"])
def test_the_theme_leads_back_to_an_address_only(back: str) -> None:
    answer = Browser().post("/theme/", {"theme": "night", "back": back})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")


def test_a_nul_is_no_fault_in_a_search_nor_in_a_form_s_token(linden: House) -> None:
    desk = _as(linden, linden.desk)
    assert "Cora Linden" in desk.get("/clients/?q=Co%00ra").content.decode()
    form = {"name": "Nora New", "figure": "neutral", "once": "a\0b"}
    assert desk.post("/clients/new/", form).status_code == 422


def test_a_client_does_not_make_themselves_of_age(linden: House) -> None:
    cora, by = linden.cora, linden.actor(linden.cora)
    browser = Browser()
    browser.force_login(cora.user)  # type: ignore[arg-type]
    form = {"name": cora.name, "phone": "555", "figure": "neutral", "born_on": "1950-01-01"}
    assert browser.post(f"/clients/{cora.pk}/change/", form).status_code == 302
    before = cora.born_on
    cora.refresh_from_db()
    assert (cora.born_on, cora.phone) == (before, "555")
    with pytest.raises(Refused):
        actions.change_client(client=cora, changes={"born_on": None}, by=by, now=NOW)
    assert _as(linden, linden.desk).post(f"/clients/{cora.pk}/change/", form).status_code == 302
    cora.refresh_from_db()
    assert str(cora.born_on) == "1950-01-01"


def test_a_complaint_somewhere_else_has_a_name_for_everybody(linden: House) -> None:
    Episode.everything.filter(client=linden.cora).update(main_area="other")
    assert "Somewhere else" in _as(linden, linden.ann).get("/clients/").content.decode()
    own = Browser()
    own.force_login(linden.cora.user)
    assert "Somewhere else" in own.get("/me/").content.decode()
