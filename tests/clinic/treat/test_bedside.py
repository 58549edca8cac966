"""A tablet that stays in a room: paired once, showing one session at a time nothing between."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client as Browser

from tests.support import visits
from tests.support.cast import NOW, House, house
from unknot.clinic.access import Refused, for_link, system
from unknot.clinic.models import AuditRow, Bedside, DialEvent, DialLink, Room, Visit
from unknot.clinic.treat.actions import bedside as actions
from unknot.clinic.treat.actions import dial_link as links
from unknot.clinic.treat.actions import visit as visit_actions

pytestmark = pytest.mark.django_db

PAGE, ASK = "/dial/bedside/", "/dial/bedside/now/"


def paired(linden: House, room: Room | None = None) -> Browser:
    """A tablet of this room, on which nobody is signed in."""
    now = datetime.now(UTC)
    by = linden.actor(linden.desk)
    made = actions.make_code(room=room or linden.room, by=by, now=now)
    tablet = Browser()
    answer = tablet.post(PAGE, {"code": actions.code_of(made)})
    assert answer.status_code == 302, answer.content
    return tablet


def in_session(linden: House) -> Visit:
    """A visit in the first room with its dial open."""
    visit = visits.begun(linden).visit
    links.open_dial(visit=visit, by=linden.actor(linden.ann), now=datetime.now(UTC))
    return visit


def key(tablet: Browser) -> str:
    return str(tablet.get(ASK).json()["key"])


def shows_a_dial(tablet: Browser) -> bool:
    return b"data-dial-form" in tablet.get(PAGE).content


# --- Pairing --------------------------------------------------------------------------------


def test_a_code_typed_once_pairs_a_tablet_for_good(linden: House) -> None:
    tablet = paired(linden)
    row = Bedside.everything.get()
    assert row.paired_at is not None
    assert row.expires_at is not None
    assert row.expires_at - row.paired_at == actions.PAIRED_FOR
    cookie = tablet.cookies["unknot-bedside"]
    assert cookie["httponly"]
    assert (cookie["samesite"], cookie["path"]) == ("Strict", "/dial/")
    assert cookie.value not in str(row.__dict__)
    assert b"Waiting for the next visit" in tablet.get(PAGE).content
    assert AuditRow.everything.filter(action="bedside.pair").count() == 1
    again = Browser().post(PAGE, {"code": actions.code_of(row)})
    assert again.status_code == 422


def test_two_tablets_cannot_use_one_code(linden: House) -> None:
    by, owner = system(linden.practice), linden.actor(linden.owner)
    made = actions.make_code(room=linden.room, by=owner, now=NOW)
    actions.pair(bedside=made, by=by, now=NOW)
    with pytest.raises(actions.CodeUsed):
        actions.pair(bedside=made, by=by, now=NOW)


def test_a_code_is_good_for_ten_minutes(linden: House) -> None:
    made = actions.make_code(room=linden.room, by=linden.actor(linden.owner), now=NOW)
    code = actions.code_of(made).lower()
    found = actions.for_code(f" {code[:3]}-{code[3:]} ", "here", NOW + timedelta(minutes=9))
    assert found is not None
    assert found.pk == made.pk
    assert actions.for_code(code, "here", NOW + actions.CODE_FOR) is None


def test_codes_are_not_worth_guessing(linden: House) -> None:
    tablet = Browser()
    for _ in range(links.GUESSES):
        assert tablet.post(PAGE, {"code": "AAAAAA"}).status_code == 422
    made = actions.make_code(
        room=linden.room, by=linden.actor(linden.owner), now=datetime.now(UTC)
    )
    answer = tablet.post(PAGE, {"code": actions.code_of(made)})
    assert answer.status_code == 429
    assert not Bedside.everything.exclude(paired_at=None).exists()


def test_the_code_of_a_visit_pairs_nothing(linden: House) -> None:
    visit = in_session(linden)
    link = DialLink.everything.get(visit=visit)
    assert Browser().post(PAGE, {"code": links.code_of(link)}).status_code == 422
    assert Browser().post(PAGE, {}).status_code == 422


def test_a_signed_in_device_is_paired_and_signed_out(linden: House) -> None:
    tablet = Browser()
    tablet.force_login(linden.ann.user)
    answer = tablet.post(f"/practice/tablets/{linden.room.pk}/here/")
    assert answer.headers["Location"] == PAGE
    assert "_auth_user_id" not in tablet.session
    assert tablet.get("/today/").status_code == 302
    assert key(tablet) == "waiting"


def test_clients_links_and_other_practices_cannot_pair(linden: House) -> None:
    for by in (linden.actor(linden.cora), for_link(linden.episode)):
        with pytest.raises(Refused):
            actions.make_code(room=linden.room, by=by, now=NOW)
    maple = house("Maple")
    with pytest.raises(Refused):
        actions.use_here(room=linden.room, by=maple.actor(maple.owner), now=NOW)


# --- From visit to visit --------------------------------------------------------------------


def test_it_shows_the_dial_of_the_session_in_its_room_and_then_waits(linden: House) -> None:
    tablet = paired(linden)
    assert not shows_a_dial(tablet)
    visit = in_session(linden)
    page = tablet.get(PAGE).content.decode()
    link = DialLink.everything.get(visit=visit)
    assert f"/dial/{links.token_of(link)}/" in page
    assert linden.cora.name not in page
    assert key(tablet) in page
    visit_actions.finish_visit(visit=visit, by=linden.actor(linden.ann), now=datetime.now(UTC))
    assert key(tablet) == "waiting"
    assert not shows_a_dial(tablet)


def test_the_next_client_sees_nothing_of_the_one_before(linden: House) -> None:
    tablet, ann = paired(linden), linden.actor(linden.ann)
    first = in_session(linden)
    token = links.token_of(DialLink.everything.get(visit=first))
    answer = tablet.post(f"/dial/{token}/", {"kind": "stop", "bedside": "1"})
    assert answer.headers["Location"] == PAGE
    assert b"told to stop" in tablet.get(PAGE).content
    before = key(tablet)
    visit_actions.finish_visit(visit=first, by=ann, now=datetime.now(UTC))
    appointment = visits.appointment(linden, days=1)
    second = visit_actions.open_visit(appointment=appointment, by=ann, now=NOW)
    links.open_dial(visit=second, by=ann, now=datetime.now(UTC))
    page = tablet.get(PAGE).content.decode()
    assert "told to stop" not in page
    assert 'aria-pressed="true"' not in page
    assert key(tablet) not in (before, "waiting")
    late = tablet.post(f"/dial/{token}/", {"kind": "less", "bedside": "1"})
    assert late.headers["Location"] == PAGE
    assert DialEvent.everything.count() == 1


def test_a_tablet_of_another_room_waits(linden: House) -> None:
    tablet = paired(linden, linden.rooms[1])
    in_session(linden)
    assert key(tablet) == "waiting"


def test_a_session_forgotten_open_gives_way_to_the_next_in_the_room(linden: House) -> None:
    tablet, ann = paired(linden), linden.actor(linden.ann)
    in_session(linden)
    appointment = visits.appointment(linden, days=1)
    second = visit_actions.open_visit(appointment=appointment, by=ann, now=NOW)
    later = datetime.now(UTC) + timedelta(seconds=5)
    link = links.open_dial(visit=second, by=ann, now=later)
    assert key(tablet) == link.token_hash[:16]


def test_it_is_forgotten_when_it_is_taken_away_or_half_a_year_old(linden: House) -> None:
    tablet, other = paired(linden), paired(linden)
    in_session(linden)
    first, second = Bedside.everything.order_by("made_at")
    desk = Browser()
    desk.force_login(linden.desk.user)
    assert desk.post(f"/practice/tablets/{first.pk}/remove/").status_code == 302
    assert key(tablet) == "none"
    assert not shows_a_dial(tablet)
    assert shows_a_dial(other)
    Bedside.everything.filter(pk=second.pk).update(expires_at=datetime.now(UTC))
    assert key(other) == "none"
    assert b"Type the code for this tablet" in other.get(PAGE).content


@pytest.mark.parametrize("token", ["", "x" * 43, "none: no device holds it"])
def test_a_made_up_token_shows_nothing(linden: House, token: str) -> None:
    in_session(linden)
    tablet = Browser()
    tablet.cookies["unknot-bedside"] = token
    assert key(tablet) == "none"


# --- The dial opens by itself ---------------------------------------------------------------


def _start(linden: House) -> Any:
    visits.plan(linden, visits.screen(linden))
    visits.consent(linden)
    ann, now = linden.actor(linden.ann), datetime.now(UTC)
    visit = visit_actions.open_visit(appointment=visits.appointment(linden), by=ann, now=now)
    visit_actions.note_news(visit=visit, news=(), by=ann, now=now)
    visit.screening.decided_at = now
    visit.screening.save()
    desk = Browser()
    desk.force_login(linden.ann.user)
    assert desk.post(f"/visits/{visit.pk}/start/").status_code == 302
    visit.refresh_from_db()
    assert visit.started_at is not None
    return visit


def test_starting_the_session_opens_the_dial_of_a_tablet_that_is_awake(linden: House) -> None:
    tablet = paired(linden)
    visit = _start(linden)
    assert DialLink.everything.filter(visit=visit, closed_at=None).count() == 1
    assert shows_a_dial(tablet)


def test_without_a_tablet_awake_in_the_room_no_dial_opens_by_itself(linden: House) -> None:
    paired(linden, linden.rooms[1])
    paired(linden)
    long_ago = datetime.now(UTC) - actions.AWAKE
    Bedside.everything.filter(room=linden.room).update(seen_at=long_ago)
    _start(linden)
    assert not DialLink.everything.exists()


def test_that_it_was_seen_is_kept_now_and_then(linden: House) -> None:
    tablet = paired(linden)
    row = Bedside.everything.get()
    actions.seen(row, datetime.now(UTC))
    long_ago = datetime.now(UTC) - timedelta(hours=1)
    Bedside.everything.update(seen_at=long_ago)
    tablet.get(ASK)
    seen = Bedside.everything.get().seen_at
    assert seen is not None
    assert seen > long_ago


# --- The staff's page -----------------------------------------------------------------------


def test_the_page_of_the_tablets_shows_codes_and_when_each_was_seen(linden: House) -> None:
    desk = Browser()
    desk.force_login(linden.desk.user)
    assert b"Tablets in the rooms" in desk.get("/more/").content
    paired(linden)
    assert desk.post(f"/practice/tablets/{linden.rooms[1].pk}/add/").status_code == 302
    made = Bedside.everything.get(paired_at=None)
    code = actions.code_of(made)
    page = desk.get("/practice/tablets/").content.decode()
    assert f"{code[:3]} {code[3:]}" in page
    assert "Last seen" in page
    Bedside.everything.filter(pk=made.pk).update(code_until=datetime.now(UTC))
    Bedside.everything.exclude(pk=made.pk).update(expires_at=datetime.now(UTC))
    page = desk.get("/practice/tablets/").content.decode()
    assert code[:3] + " " not in page
    assert "Last seen" not in page
