"""The dial's log: taps taken back, alerts seen, and the stream that carries both."""

from __future__ import annotations

import asyncio
import json
import re
import threading
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, InterfaceError
from django.test import Client as Browser

from tests.clinic.treat.test_dial import opened_now, turn
from tests.support import visits
from tests.support.cast import NOW, House
from unknot.clinic.access import Refused, for_link
from unknot.clinic.models import AuditRow, DialEvent, Visit
from unknot.clinic.models.base import new_id
from unknot.clinic.treat import gather, limits
from unknot.clinic.treat.actions import dial
from unknot.clinic.treat.actions import visit as visit_actions
from unknot.clinic.treat.dial import log as dial_log
from unknot.clinic.treat.dial import panel as dial_panel
from unknot.clinic.treat.dial import personal, wake
from unknot.clinic.treat.dial import stream as dial_stream
from unknot.clinic.treat.errors import OutsideLimits, TooLate
from unknot.reasoning.treat import note

pytestmark = pytest.mark.django_db


def take_back(room: visits.Room, seq: int, now: datetime = NOW) -> DialEvent:
    by = for_link(room.house.episode)
    return dial.take_back(visit=room.visit, seq=seq, by=by, now=now)


def lines(room: visits.Room, after: int = 0) -> list[dict[str, Any]]:
    return dial_log.read_since(room.visit, after)[0]


# --- Taken back -----------------------------------------------------------------------------


def test_a_tap_taken_back_stays_in_the_log_and_counts_for_nothing(room: visits.Room) -> None:
    kept, slip = turn(room, "right"), turn(room, "less")
    back = take_back(room, slip.seq)
    assert [event.kind for event in room.visit.dial_events.order_by("seq")] == [
        "right",
        "less",
        "back",
    ]
    assert back.about_id == slip.seq
    assert [event.seq for event in dial_log.touches(room.visit.dial_events.all())] == [kept.seq]
    (log,) = gather.visit_record(room.visit).dial
    assert (log.right, log.less) == (1, 0)
    told = lines(room, slip.seq)
    assert [(one["word"], one["say"]) for one in told] == [
        ("Taken back", "The last tap was a slip: Less.")
    ]
    assert told[0]["rows"][0]["word"] == "Just right"


def test_only_the_last_tap_can_be_taken_back_and_only_once(room: visits.Room) -> None:
    first, last = turn(room, "right"), turn(room, "less")
    with pytest.raises(OutsideLimits):
        take_back(room, first.seq)
    take_back(room, last.seq)
    with pytest.raises(OutsideLimits):
        take_back(room, last.seq)
    take_back(room, first.seq)
    with pytest.raises(OutsideLimits):
        take_back(room, first.seq)


def test_a_stop_that_was_taken_back_stands_in_the_note(room: visits.Room) -> None:
    take_back(room, turn(room, "stop").seq)
    parts = note.write(gather.visit_record(room.visit))
    said = "On the pressure dial, no area in work: stop (taken back) once."
    assert said in parts.objective
    assert "asked to stop" not in parts.assessment
    turn(room, "right")
    parts = note.write(gather.visit_record(room.visit))
    assert "no area in work: just right once, stop (taken back) once." in parts.objective


def test_after_a_few_seconds_a_tap_stands(room: visits.Room) -> None:
    slip = turn(room, "less")
    late = NOW + dial.TAKE_BACK_WITHIN + timedelta(seconds=1)
    with pytest.raises(OutsideLimits, match="Say it aloud"):
        take_back(room, slip.seq, late)


def test_the_phone_takes_its_last_tap_back(room: visits.Room) -> None:
    _, token = opened_now(room)
    phone, headers = Browser(), {"accept": "application/json"}
    told = phone.post(f"/dial/{token}/", {"kind": "more"}, headers=headers).json()
    seq = DialEvent.everything.get().seq
    assert told["back"] == seq
    assert f'name="back" value="{seq}"' in phone.get(f"/dial/{token}/").content.decode()
    told = phone.post(f"/dial/{token}/", {"back": seq}, headers=headers).json()
    assert (told["said"], told["pressed"]) == ("Taken back. Your therapist sees that too.", "")
    assert phone.post(f"/dial/{token}/", {"back": seq}, headers=headers).status_code == 409


# --- Seen -----------------------------------------------------------------------------------


def test_a_stop_stands_until_it_is_seen_and_who_saw_it_is_kept(room: visits.Room) -> None:
    stop = turn(room, "stop")
    turn(room, "right")
    panel = dial_panel.panel(room.visit, limits.read(room.house.episode), NOW)
    assert panel.alert is not None
    assert (panel.alert.seq, panel.alert.kind) == (stop.seq, "stop")
    seen = dial.see(visit=room.visit, seq=stop.seq, by=room.ann, now=NOW)
    assert (seen.about_id, seen.seen_by) == (stop.seq, room.house.ann)
    panel = dial_panel.panel(room.visit, limits.read(room.house.episode), NOW)
    assert panel.alert is None
    assert panel.word == "Just right"
    assert AuditRow.everything.filter(action="dial.see").count() == 1
    assert lines(room, stop.seq + 1)[-1]["alert"] is None


def test_seen_twice_is_kept_once(room: visits.Room) -> None:
    stop = turn(room, "stop")
    first = dial.see(visit=room.visit, seq=stop.seq, by=room.ann, now=NOW)
    owner = room.house.actor(room.house.owner)
    assert dial.see(visit=room.visit, seq=stop.seq, by=owner, now=NOW).pk == first.pk


def test_only_a_tap_of_this_visit_can_be_seen_and_only_by_staff(room: visits.Room) -> None:
    stop = turn(room, "stop")
    with pytest.raises(OutsideLimits):
        dial.see(visit=room.visit, seq=stop.seq + 100, by=room.ann, now=NOW)
    seen = dial.see(visit=room.visit, seq=stop.seq, by=room.ann, now=NOW)
    with pytest.raises(OutsideLimits):
        dial.see(visit=room.visit, seq=seen.seq, by=room.ann, now=NOW)
    with pytest.raises(Refused):
        dial.see(visit=room.visit, seq=stop.seq, by=for_link(room.house.episode), now=NOW)


def test_a_stop_can_still_be_seen_when_the_session_is_over(room: visits.Room) -> None:
    stop = turn(room, "stop")
    visit_actions.finish_visit(visit=room.visit, by=room.ann, now=NOW - timedelta(minutes=1))
    assert dial.see(visit=room.visit, seq=stop.seq, by=room.ann, now=NOW).kind == "seen"
    with pytest.raises(TooLate):
        take_back(room, stop.seq)


def test_the_room_s_form_keeps_that_an_alert_was_seen(room: visits.Room) -> None:
    stop = turn(room, "stop")
    tablet = Browser()
    tablet.force_login(room.house.ann.user)
    address = f"/visits/{room.visit.pk}/dial/seen/"
    words = '<p role="alert" data-alert-words>Stop. Lift your hands, then ask.</p>'
    assert words in tablet.get(f"/visits/{room.visit.pk}/").content.decode()
    assert tablet.post(address, {"seq": stop.seq}).status_code == 302
    assert words not in tablet.get(f"/visits/{room.visit.pk}/").content.decode()
    as_data = tablet.post(address, {"seq": stop.seq}, headers={"accept": "application/json"})
    assert as_data.json() == {"seen": stop.seq}
    assert tablet.post(address, {"seq": "x"}).status_code == 422
    assert tablet.post(address, {"seq": stop.seq + 100}).status_code == 409


def test_the_database_keeps_no_remark_without_its_tap(room: visits.Room) -> None:
    with pytest.raises(DatabaseError):
        DialEvent.everything.create(visit=room.visit, kind="back", pain_cap=5, at=NOW)


# --- The stream -----------------------------------------------------------------------------


@dataclass
class Log:
    """A log without a database: what a stream reads, and what the slow look finds."""

    visit: Visit
    seqs: list[int] = field(default_factory=list)
    finished: bool = False

    def read(self, visit: Visit, after: int) -> tuple[list[dict[str, Any]], bool]:
        assert visit is self.visit
        return [{"seq": seq} for seq in self.seqs if seq > after], self.finished

    def newest(self, visits: frozenset[UUID]) -> dict[UUID, Any]:
        return {visit: (max(self.seqs, default=0), self.finished) for visit in visits}


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> Log:
    made = Log(Visit(pk=new_id()))
    monkeypatch.setattr(dial_log, "read_since", made.read)
    monkeypatch.setattr(dial_log, "ending", lambda visit: {"visit": str(visit.pk)})
    monkeypatch.setattr(dial, "newest_of", made.newest)
    return made


async def told(stream: Any, kind: str) -> Any:
    """The data of the next event of this kind."""
    while True:
        text = await asyncio.wait_for(anext(stream), 30)
        fields = dict(line.split(": ", 1) for line in text.split("\n") if ": " in line)
        if fields.get("event") == kind:
            return json.loads(fields["data"])


def test_a_stream_sleeps_until_its_own_visit_s_bell_rings(
    log: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dial_stream, "LOOK_SECONDS", 1000)

    async def run() -> None:
        log.seqs = [4]
        stream = dial_stream._events(log.visit, 3, lambda: True)
        assert (await told(stream, "tap"))["seq"] == 4
        waiting = asyncio.ensure_future(told(stream, "tap"))
        await asyncio.sleep(0.05)
        log.seqs.append(5)
        wake.ring(new_id())
        await asyncio.sleep(0.05)
        assert not waiting.done()
        wake.ring(log.visit.pk)
        assert (await waiting)["seq"] == 5
        await stream.aclose()
        assert not wake.watched()

    asyncio.run(run())


def test_a_line_nobody_rang_for_is_found_by_the_slow_look(
    log: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dial_stream, "LOOK_SECONDS", 0.01)

    async def run() -> None:
        stream = dial_stream._events(log.visit, 0, lambda: True)
        waiting = asyncio.ensure_future(told(stream, "tap"))
        log.seqs.append(7)
        assert (await waiting)["seq"] == 7
        log.finished = True
        assert await told(stream, "finished") == {"visit": str(log.visit.pk)}
        with pytest.raises(StopAsyncIteration):
            await anext(stream)

    asyncio.run(run())


def test_a_line_kept_elsewhere_between_the_first_read_and_the_first_look_is_told(
    log: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody rings for it here, and the look finds the log as it stays from then on."""
    monkeypatch.setattr(dial_stream, "LOOK_SECONDS", 0.01)
    monkeypatch.setattr(dial_stream, "STREAM_SECONDS", 30.0)
    was_read = threading.Event()

    def read(visit: Visit, after: int) -> Any:
        found = log.read(visit, after)
        was_read.set()
        return found

    def newest(visits: frozenset[UUID]) -> dict[UUID, Any]:
        was_read.wait(30)
        log.seqs = [7]
        return log.newest(visits)

    monkeypatch.setattr(dial_log, "read_since", read)
    monkeypatch.setattr(dial, "newest_of", newest)

    async def run() -> None:
        stream = dial_stream._events(log.visit, 0, lambda: True)
        assert (await told(stream, "tap"))["seq"] == 7
        await stream.aclose()

    asyncio.run(run())


def test_the_slow_look_goes_on_after_the_database_was_away(
    log: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dial_stream, "LOOK_SECONDS", 0.01)
    monkeypatch.setattr(dial_stream, "STREAM_SECONDS", 30.0)
    faults = [DatabaseError("gone"), InterfaceError("closed")] * 2  # each look tries twice

    def newest(visits: frozenset[UUID]) -> dict[UUID, Any]:
        if faults:
            raise faults.pop()
        log.seqs = [7]
        return log.newest(visits)

    monkeypatch.setattr(dial, "newest_of", newest)

    async def run() -> None:
        stream = dial_stream._events(log.visit, 0, lambda: True)
        assert (await told(stream, "tap"))["seq"] == 7
        await stream.aclose()

    asyncio.run(run())


def test_a_stream_ends_in_time_to_be_asked_for_anew(
    log: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dial_stream, "STREAM_SECONDS", 0)

    async def run() -> list[str]:
        return [text async for text in dial_stream._events(log.visit, 0, lambda: True)]

    assert asyncio.run(run())[-1] == f"retry: {dial_stream.AGAIN_MS}\n\n"


def test_a_silent_stream_is_kept_open(log: Log, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dial_stream, "KEEP_ALIVE_SECONDS", 0.01)

    async def run() -> None:
        stream = dial_stream._events(log.visit, 0, lambda: True)
        while await asyncio.wait_for(anext(stream), 30) != dial_stream.HERE:
            pass
        await stream.aclose()

    asyncio.run(run())


def test_a_bell_rings_from_any_thread_and_nobody_minds_when_it_is_down() -> None:
    visit = new_id()

    async def run() -> None:
        with wake.listening(visit) as bell, wake.listening(visit):
            await asyncio.get_running_loop().run_in_executor(None, wake.ring, visit)
            assert await bell.wait(30)
            assert not await bell.wait(0.01)

    asyncio.run(run())
    wake.ring(visit)


def test_the_slow_look_sees_a_new_line_and_the_end(room: visits.Room) -> None:
    visit = room.visit.pk
    assert dial.newest_of(frozenset({visit})) == {visit: (0, False)}
    event = turn(room, "less")
    assert dial.newest_of(frozenset({visit})) == {visit: (event.seq, False)}
    visit_actions.finish_visit(visit=room.visit, by=room.ann, now=NOW)
    assert dial.newest_of(frozenset({visit})) == {visit: (event.seq, True)}


def test_reading_is_tried_once_more_on_a_new_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter([InterfaceError("cut"), "read"])
    closed: list[bool] = []

    def work() -> str:
        answer = next(answers)
        if isinstance(answer, Exception):
            raise answer
        return str(answer)

    monkeypatch.setattr(dial_stream.connection, "close", lambda: closed.append(True))
    assert dial_stream._with_connection(work) == "read"
    assert closed == [True]


def test_a_tap_rings_only_once_it_is_kept(
    room: visits.Room, django_capture_on_commit_callbacks: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    rung: list[Any] = []
    monkeypatch.setattr(wake, "ring", rung.append)
    with django_capture_on_commit_callbacks() as callbacks:
        turn(room, "less")
        assert rung == []
    for callback in callbacks:
        callback()
    assert rung == [room.visit.pk]


def test_the_polling_answer_holds_the_lines_after_the_last_one(room: visits.Room) -> None:
    first, second = turn(room, "less"), turn(room, "stop")
    tablet = Browser()
    tablet.force_login(room.house.ann.user)
    answer = tablet.get(f"/visits/{room.visit.pk}/dial/events/?after={first.seq}").json()
    assert [line["seq"] for line in answer["events"]] == [second.seq]
    assert answer["events"][0]["alert"]["kind"] == "stop"
    assert answer["finished"] is False
    assert datetime.now(UTC) > second.at


# --- The log as data ------------------------------------------------------------------------


def later(house: House, number: int) -> visits.Room:
    """Another session of the same client, in which pressure 3 on the low back is too much."""
    ann = house.actor(house.ann)
    appointment = visits.appointment(house, days=number)
    visit = visit_actions.open_visit(appointment=appointment, by=ann, now=NOW)
    begun = visits.Room(house, visit_actions.start_visit(visit=visit, by=ann, now=NOW), ann)
    visit_actions.take_up(visit=visit, area="low_back", by=ann, now=NOW)
    visit_actions.change_work(visit=visit, pressure=3, by=ann, now=NOW)
    turn(begun, "less")
    turn(begun, "pain", 4)
    visit_actions.finish_visit(visit=visit, by=ann, now=NOW)
    return begun


def test_two_sessions_teach_a_ceiling_that_the_brief_the_room_and_the_client_read(
    room: visits.Room,
) -> None:
    house, allowed = room.house, limits.read(room.house.episode)
    visit_actions.take_up(visit=room.visit, area="low_back", by=room.ann, now=NOW)
    assert personal.brief_lines(room.visit, allowed) == ()
    assert personal.beside_pressures(room.visit, allowed) == ""
    for number in (1, 2):
        later(house, number)
    said = "Low back: own ceiling 2. More was too much in 2 of 2 sessions."
    assert personal.brief_lines(room.visit, allowed) == (said,)
    assert personal.beside_pressures(room.visit, allowed) == "own 2"
    assert said in gather.brief_facts(room.visit).own_ceilings
    address = f"/episodes/{house.episode.pk}/pressure/"
    therapist, client = Browser(), Browser()
    therapist.force_login(house.ann.user)
    assert said in therapist.get(address).content.decode()
    assert address in therapist.get(f"/episodes/{house.episode.pk}/treat/").content.decode()
    assert house.cora.user is not None
    client.force_login(house.cora.user)
    page = client.get(address).content.decode()
    assert "Pressure 2 of 5 is your limit here so far." in page
    assert re.search(r'"Lowest to highest"[^>]*>4<', page)


def test_what_was_taken_back_teaches_nothing(room: visits.Room) -> None:
    visit_actions.take_up(visit=room.visit, area="low_back", by=room.ann, now=NOW)
    slip = turn(room, "less")
    take_back(room, slip.seq)
    visit_actions.finish_visit(visit=room.visit, by=room.ann, now=NOW)
    assert personal.touches_of(room.house.cora) == ()


def test_a_client_who_never_tapped_reads_that(room: visits.Room) -> None:
    client = Browser()
    assert room.house.cora.user is not None
    client.force_login(room.house.cora.user)
    page = client.get(f"/episodes/{room.house.episode.pk}/pressure/").content.decode()
    assert "Nothing tapped yet" in page
