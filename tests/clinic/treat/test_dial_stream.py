"""A stream left open tells nothing more to whoever may not read it any more."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest
from asgiref.sync import async_to_sync, sync_to_async
from django.test import Client as Browser
from django.test import RequestFactory

from tests.clinic.treat.test_dial import turn
from tests.clinic.treat.test_dial_log import told
from tests.support import visits
from unknot.clinic.models import CareTeam, Staff
from unknot.clinic.treat.dial import stream as dial_stream
from unknot.clinic.treat.dial import wake

pytestmark = pytest.mark.django_db


def _signed_out(tablet: Browser, room: visits.Room) -> None:
    tablet.post("/accounts/logout/")


def _deactivated(_tablet: Browser, room: visits.Room) -> None:
    Staff.everything.filter(pk=room.house.ann.pk).update(active=False)


def _off_the_team(_tablet: Browser, room: visits.Room) -> None:
    CareTeam.everything.filter(staff=room.house.ann).delete()


@pytest.mark.parametrize("ends", [_signed_out, _deactivated, _off_the_team])
def test_a_stream_left_open_tells_nothing_once_its_reader_may_not_read(
    room: visits.Room, ends: Any, rf: RequestFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dial_stream, "in_reader", _here)
    monkeypatch.setattr(dial_stream, "STREAM_SECONDS", 30.0)
    tablet = Browser()
    tablet.force_login(room.house.ann.user)
    request = rf.get("/")
    request.session = tablet.session

    async def run() -> list[str]:
        may = partial(dial_stream._may_read, request, room.visit)
        stream = dial_stream._events(room.visit, 0, may)
        assert await anext(stream)
        assert (await told(stream, "tap"))["kind"] == "less"
        await sync_to_async(turn)(room, "stop")
        await sync_to_async(ends)(tablet, room)
        wake.ring(room.visit.pk)
        return [text async for text in stream]

    turn(room, "less")
    assert async_to_sync(run)() == []


async def _here(work: Any) -> Any:
    """The work on the test's own connection."""
    return await sync_to_async(work)()
