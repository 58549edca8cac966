"""The dial once the visit is finished, and that the client hears of it when a stop was seen."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client as Browser

from tests.clinic.treat.test_dial import opened_now
from tests.support import visits
from unknot.clinic.access import for_link
from unknot.clinic.models import DialEvent, Note
from unknot.clinic.treat import limits
from unknot.clinic.treat.actions import dial, notes
from unknot.clinic.treat.actions import visit as visit_actions
from unknot.clinic.treat.dial import log as dial_log
from unknot.clinic.treat.dial import panel as dial_panel
from unknot.clinic.treat.errors import NoteNotReady, TooLate
from unknot.clinic.treat.note import seals

pytestmark = pytest.mark.django_db


def brought(
    room: visits.Room, kind: str, *, before: int = 5, pain: int | None = None
) -> DialEvent:
    """A tap made so many minutes before the end that comes a minute after it."""
    end = room.visit.finished_at
    assert end is not None
    return dial.turn(
        visit=room.visit,
        kind=kind,
        pain=pain,
        by=for_link(room.house.episode),
        now=end + timedelta(minutes=1),
        made_at=end - timedelta(minutes=before),
    )


def sign(room: visits.Room) -> Note:
    at = room.visit.finished_at
    assert at is not None
    note = notes.write_note(visit=room.visit, by=room.ann, now=at + timedelta(minutes=2))
    return notes.sign_note(note=note, by=room.ann, now=at + timedelta(minutes=3))


# --- What comes after the end ---------------------------------------------------------------


def test_a_tap_made_in_the_visit_is_kept_though_it_comes_after_the_end(done: visits.Room) -> None:
    event = brought(done, "pain", pain=9)
    assert event.received_at is not None
    assert (event.area, event.pain) == ("low_back", 9)
    panel = dial_panel.panel(done.visit, limits.read(done.house.episode), event.received_at)
    assert panel.alert is None
    assert panel.say.startswith("Received only after the end of the visit: pain 9 of 10")
    assert dial_log.ending(done.visit)["say"] == panel.say
    (log,) = dial_log.area_logs(done.visit)
    assert log.pain_highest_0_10 == 9


def test_a_tap_of_the_last_seconds_is_marked_as_come_after_the_end(done: visits.Room) -> None:
    assert brought(done, "less", before=0).received_at is not None


def test_a_stop_that_comes_after_the_end_asks_how_the_client_is(done: visits.Room) -> None:
    event = brought(done, "stop")
    alert = dial_log.ending(done.visit)["alert"]
    assert alert["kind"] == "over"
    assert "Lift your hands" not in alert["words"]
    assert "received only after its end. Ask how they are now." in alert["words"]
    dial.see(visit=done.visit, seq=event.seq, by=done.ann, now=event.at)
    assert dial_log.ending(done.visit)["alert"] is None


def test_a_tap_made_after_the_end_is_refused_in_the_client_s_words(done: visits.Room) -> None:
    with pytest.raises(TooLate, match="Say it aloud, or in your check-in"):
        brought(done, "less", before=-1)
    assert not DialEvent.everything.exists()


def test_after_signing_nothing_is_kept_and_the_seal_holds(done: visits.Room) -> None:
    note = sign(done)
    with pytest.raises(TooLate, match="too late"):
        brought(done, "stop")
    assert not DialEvent.everything.exists()
    note.refresh_from_db()
    assert seals.check_seal(note).broken == ""


def test_a_note_is_not_signed_before_what_came_after_the_end_was_seen(done: visits.Room) -> None:
    event = brought(done, "less")
    with pytest.raises(NoteNotReady, match="mark it as seen"):
        sign(done)
    desk = Browser()
    desk.force_login(done.house.ann.user)
    page = f"/visits/{done.visit.pk}/note/"
    assert "Received only after the end of the visit: less." in desk.get(page).content.decode()
    answer = desk.post(
        f"/visits/{done.visit.pk}/dial/seen/", {"seq": str(event.seq), "back": "note"}
    )
    assert answer.headers["Location"] == page
    assert "Received only after" not in desk.get(page).content.decode()
    note = sign(done)
    assert seals.check_seal(note).broken == ""


def test_a_slip_taken_back_in_the_visit_is_taken_back_after_it(done: visits.Room) -> None:
    event, end = brought(done, "stop", before=1), done.visit.finished_at
    assert end is not None
    by = for_link(done.house.episode)
    how: dict[str, Any] = {"visit": done.visit, "seq": event.seq, "by": by}
    made = event.at + timedelta(seconds=5)
    back = dial.take_back(**how, now=end + timedelta(minutes=1), made_at=made)
    assert back.about_id == event.seq


def test_a_stop_of_the_visit_nobody_saw_lifts_no_hands_afterwards(room: visits.Room) -> None:
    by, at = for_link(room.house.episode), room.visit.started_at
    assert at is not None
    dial.turn(visit=room.visit, kind="stop", pain=None, by=by, now=at)
    visit_actions.finish_visit(visit=room.visit, by=room.ann, now=at + timedelta(minutes=9))
    desk = Browser()
    desk.force_login(room.house.ann.user)
    page = desk.get(f"/visits/{room.visit.pk}/").content.decode()
    assert "Lift your hands" not in page
    assert "not marked as seen before the visit was finished" in page
    assert dial_log.LAST_TAP in page
    sign(room)
    assert "not marked as seen" not in desk.get(f"/visits/{room.visit.pk}/").content.decode()


def test_an_open_screen_is_told_what_is_true_when_the_visit_is_finished(
    room: visits.Room,
) -> None:
    by, at = for_link(room.house.episode), room.visit.started_at
    assert at is not None
    dial.turn(visit=room.visit, kind="stop", pain=None, by=by, now=at)
    desk = Browser()
    desk.force_login(room.house.ann.user)
    address = f"/visits/{room.visit.pk}/dial/events/"
    assert "over" not in desk.get(address).json()
    visit_actions.finish_visit(visit=room.visit, by=room.ann, now=at + timedelta(minutes=9))
    told = desk.get(address).json()["over"]
    assert told["say"] == dial_log.LAST_TAP
    assert "Lift your hands" not in told["alert"]["words"]


# --- The phone --------------------------------------------------------------------------------


def _post(token: str, *, waited_ms: int = 0, key: str = "one", **data: str) -> Any:
    headers = {
        "accept": "application/json",
        "unknot-age": str(waited_ms),
        "idempotency-key": key,
    }
    return Browser().post(f"/dial/{token}/", data, headers=headers)


def _ended(room: visits.Room) -> str:
    """A visit that ended a minute ago with its dial open for half an hour; the dial's token."""
    link, token = opened_now(room)
    link.opened_at -= timedelta(minutes=30)
    link.save()
    end = datetime.now(UTC) - timedelta(minutes=1)
    visit_actions.finish_visit(visit=room.visit, by=room.ann, now=end)
    return token


def test_the_phone_shows_a_calm_page_once_the_visit_is_over(room: visits.Room) -> None:
    token = _ended(room)
    answer = Browser().get(f"/dial/{token}/")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Your visit is over" in page
    assert "data-dial-form" not in page
    assert room.house.cora.name not in page
    assert Browser().get(f"/dial/{token}/now/").json() == {"over": True}


def test_what_the_phone_had_kept_is_taken_once_and_what_it_taps_now_is_not(
    room: visits.Room,
) -> None:
    token = _ended(room)
    for _ in range(2):
        answer = _post(token, waited_ms=240_000, pain="7")
        assert answer.status_code == 200
        assert "after the end of your visit" in answer.json()["said"]
    assert DialEvent.everything.count() == 1
    refused = _post(token, key="two", kind="less")
    assert refused.status_code == 409
    assert refused.json()["problem"] == dial.AFTER_THE_END
    without_script = Browser().post(f"/dial/{token}/", {"kind": "less"})
    assert without_script.status_code == 409
    assert dial.AFTER_THE_END in without_script.content.decode()
    assert DialEvent.everything.count() == 1


def test_a_dial_closed_before_the_end_brings_nothing_after_it(room: visits.Room) -> None:
    _, first = opened_now(room)
    _, second = opened_now(room)
    end = datetime.now(UTC) + timedelta(seconds=1)
    visit_actions.finish_visit(visit=room.visit, by=room.ann, now=end)
    assert _post(first, kind="less").status_code == 404
    assert Browser().get(f"/dial/{first}/now/").status_code == 404
    assert Browser().get(f"/dial/{second}/").status_code == 200


def test_the_phone_hears_that_its_stop_was_seen(room: visits.Room) -> None:
    _, token = opened_now(room)
    ask = f"/dial/{token}/now/"
    nothing = Browser().get(ask).json()
    assert (nothing["line"], nothing["asks"], nothing["seen"]) == (0, False, False)
    _post(token, kind="stop")
    event = DialEvent.everything.get()
    waiting = Browser().get(ask).json()
    assert (waiting["line"], waiting["asks"], waiting["seen"]) == (event.seq, True, False)
    dial.see(visit=room.visit, seq=event.seq, by=room.ann, now=datetime.now(UTC))
    heard = Browser().get(ask).json()
    assert heard["line"] > event.seq
    assert (heard["asks"], heard["seen"], heard["pressed"]) == (False, True, "stop")
    assert heard["said"] == "Your therapist has seen it: stop."
    assert heard["said"] in Browser().get(f"/dial/{token}/").content.decode()


def test_what_was_tapped_since_stays_pressed_when_an_earlier_stop_is_seen(
    room: visits.Room,
) -> None:
    _, token = opened_now(room)
    _post(token, kind="stop")
    event = DialEvent.everything.get()
    _post(token, key="two", pain="3")
    dial.see(visit=room.visit, seq=event.seq, by=room.ann, now=datetime.now(UTC))
    heard = Browser().get(f"/dial/{token}/now/").json()
    assert (heard["pressed"], heard["pain"]) == ("", 3)


def test_an_unknown_dial_tells_nothing_of_what_was_seen() -> None:
    assert Browser().get(f"/dial/{'x' * 24}/now/").status_code == 404
