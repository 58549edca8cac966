"""The client's dial: whose it is, how long it lasts, and what it tells."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client as Browser

from tests.support import visits
from tests.support.cast import NOW, House
from unknot.clinic.access import Refused, for_link
from unknot.clinic.models import DialEvent, DialLink
from unknot.clinic.treat.actions import dial, dial_link
from unknot.clinic.treat.actions import visit as visit_actions
from unknot.clinic.treat.dial import log as dial_log
from unknot.clinic.treat.errors import OutsideLimits, TooLate
from unknot.clinic.treat.pages import AlertBox

pytestmark = pytest.mark.django_db


def opened(room: visits.Room) -> tuple[DialLink, str]:
    link = dial_link.open_dial(visit=room.visit, by=room.ann, now=NOW)
    return link, dial_link.token_of(link)


def turn(room: visits.Room, kind: str, pain: int | None = None) -> DialEvent:
    by = for_link(room.house.episode)
    return dial.turn(visit=room.visit, kind=kind, pain=pain, by=by, now=NOW)


def test_only_the_hash_of_the_token_is_kept(room: visits.Room) -> None:
    link, token = opened(room)
    assert token not in str(link.__dict__)
    assert len(token) == 24
    assert token.isalnum()
    assert token == token.lower()


def test_the_token_finds_its_visit_until_it_is_past(room: visits.Room) -> None:
    link, token = opened(room)
    found = dial_link.link_for_token(token, NOW)
    assert found is not None
    assert found.pk == link.pk
    assert dial_link.link_for_token(token, link.expires_at) is None


@pytest.mark.parametrize("change", [lambda t: t[:-1], lambda t: t + "a", str.upper, lambda t: ""])
def test_a_token_cut_or_changed_finds_nothing(room: visits.Room, change) -> None:  # type: ignore[no-untyped-def]
    _, token = opened(room)
    assert dial_link.link_for_token(change(token), NOW) is None


def test_a_new_dial_closes_the_one_before(room: visits.Room) -> None:
    _, first = opened(room)
    _, second = opened(room)
    assert dial_link.link_for_token(first, NOW) is None
    assert dial_link.link_for_token(second, NOW) is not None


def test_finishing_the_visit_closes_the_dial(room: visits.Room) -> None:
    _, token = opened(room)
    before = NOW - timedelta(minutes=1)
    visit_actions.finish_visit(visit=room.visit, by=room.ann, now=before)
    assert dial_link.link_for_token(token, NOW) is None
    with pytest.raises(TooLate):
        turn(room, "less")


def test_a_link_for_one_episode_turns_no_other_dial(room: visits.Room) -> None:
    by = for_link(room.house.other_episode)
    with pytest.raises(Refused):
        dial.turn(visit=room.visit, kind="less", pain=None, by=by, now=NOW)
    assert not DialEvent.everything.exists()


def test_a_tap_keeps_the_area_the_pressure_and_the_cap_in_force(room: visits.Room) -> None:
    visit_actions.take_up(visit=room.visit, area="neck", by=room.ann, now=NOW)
    event = turn(room, "pain", 4)
    assert (event.area, event.pressure, event.pain_cap) == ("neck", 1, 3)
    (shown,) = dial_log.shown([event])
    assert shown.say == "Pain 4, above the limit of 3. Ease off now."
    assert shown.stands == AlertBox(event.seq, "above_cap", f"{shown.say} Neck.")
    assert [(row.area, row.pain, row.is_above) for row in shown.rows] == [("Neck", 4, True)]


def test_stop_is_an_alert_with_and_without_an_area(room: visits.Room) -> None:
    event = turn(room, "stop")
    (shown,) = dial_log.shown([event])
    assert shown.stands == AlertBox(event.seq, "stop", "Stop. Lift your hands, then ask.")


@pytest.mark.parametrize(
    ("kind", "pain"), [("harder", None), ("pain", None), ("less", 3), ("pain", 11)]
)
def test_a_tap_that_is_not_one_thing_is_refused(
    room: visits.Room, kind: str, pain: int | None
) -> None:
    with pytest.raises(OutsideLimits):
        turn(room, kind, pain)


def test_a_flood_is_refused_but_stop_always_gets_through(room: visits.Room) -> None:
    for _ in range(dial.FASTEST_TAPS):
        turn(room, "less")
    with pytest.raises(dial.TooFast):
        turn(room, "less")
    assert turn(room, "stop").kind == "stop"


def test_taps_before_the_clock_was_set_back_are_no_flood(room: visits.Room) -> None:
    for _ in range(dial.FASTEST_TAPS):
        turn(room, "less")
    by, before = for_link(room.house.episode), NOW - timedelta(minutes=5)
    said = dial.turn(visit=room.visit, kind="less", pain=None, by=by, now=before)
    assert said.kind == "less"


def test_a_flood_of_stops_is_one_stop_until_it_was_seen(room: visits.Room) -> None:
    for _ in range(dial.FASTEST_TAPS):
        last = turn(room, "stop")
    with pytest.raises(dial.TooFast):
        turn(room, "stop")
    dial.see(visit=room.visit, seq=last.seq, by=room.ann, now=NOW)
    assert turn(room, "stop").kind == "stop"


def test_a_stop_now_comes_through_a_flood_of_stops_that_came_late(room: visits.Room) -> None:
    by, before = for_link(room.house.episode), NOW - timedelta(minutes=5)
    late = {"visit": room.visit, "kind": "stop", "pain": None, "by": by, "now": NOW}
    for _ in range(dial.FASTEST_TAPS):
        dial.turn(**late, made_at=before)
    with pytest.raises(dial.TooFast):
        dial.turn(**late, made_at=before)
    assert turn(room, "stop").received_at is None


def test_the_page_takes_a_tap_from_a_plain_form(room: visits.Room) -> None:
    _, token = opened_now(room)
    phone = Browser()
    assert phone.get(f"/dial/{token}/").status_code == 200
    answer = phone.post(f"/dial/{token}/", {"kind": "stop"})
    assert answer.status_code == 302
    assert b"told to stop" in phone.get(f"/dial/{token}/").content
    assert DialEvent.everything.get().kind == "stop"


def test_the_page_answers_a_script_with_data(room: visits.Room) -> None:
    _, token = opened_now(room)
    answer = Browser().post(
        f"/dial/{token}/", {"pain": "7"}, headers={"accept": "application/json"}
    )
    assert answer.json()["pain"] == 7
    assert "expect less pressure" in answer.json()["said"]


def test_a_double_tap_of_the_same_touch_is_kept_once(room: visits.Room) -> None:
    _, token = opened_now(room)
    headers = {"accept": "application/json", "idempotency-key": "same"}
    for _ in range(2):
        answer = Browser().post(f"/dial/{token}/", {"kind": "less"}, headers=headers)
        assert answer.status_code == 200
    assert DialEvent.everything.count() == 1


@pytest.mark.parametrize("token", ["x" * 24, "a", "0" * 200])
def test_an_unknown_token_is_not_found(linden: House, token: str) -> None:
    assert Browser().get(f"/dial/{token}/").status_code == 404
    assert Browser().post(f"/dial/{token}/", {"kind": "stop"}).status_code == 404


def test_the_dial_names_nobody(room: visits.Room) -> None:
    _, token = opened_now(room)
    page = Browser().get(f"/dial/{token}/").content.decode()
    assert room.house.cora.name not in page
    assert room.house.practice.name not in page


def opened_now(room: visits.Room) -> tuple[DialLink, str]:
    link = dial_link.open_dial(visit=room.visit, by=room.ann, now=datetime.now(UTC))
    assert link.expires_at - link.opened_at == timedelta(hours=4)
    return link, dial_link.token_of(link)
