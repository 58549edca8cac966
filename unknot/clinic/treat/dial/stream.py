"""The dial's log on its way to the therapist's screen: a stream, and the same by asking.

A stream sleeps until its visit's bell rings (``wake``), which happens after the commit of a new
line in this process. Lines kept by another process are found by one slow look a second for all
streams of this process together. Everything is read from the database in a few threads of our own:
a thread and a connection for each open stream would be far too many.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, Final, TypeVar
from uuid import UUID

from asgiref.sync import sync_to_async
from django.db import DatabaseError, InterfaceError, connection
from django.http import HttpResponseBase, JsonResponse, StreamingHttpResponse
from django.views.decorators.http import require_GET, require_safe

from ...access import Request, actor_again, find, scope, view
from ...models import Visit
from ..actions import dial
from . import log as dial_log
from . import wake

R = TypeVar("R")
LOG: Final = logging.getLogger("unknot.dial")

LOOK_SECONDS: Final = 1.0
"""How late a line from another process can be."""
KEEP_ALIVE_SECONDS: Final = 15.0
HERE: Final = "event: here\ndata: {}\n\n"
"""Keeps proxies from closing a silent stream, and tells the screen that the line holds."""
STREAM_SECONDS: Final = 300.0
"""A stream ends after this and is asked for anew. Access is checked before every line too."""
RETRY_MS: Final = 1000
AGAIN_MS: Final = 20
"""How soon to ask anew after an end that was planned; a fault waits longer."""
READERS: Final = ThreadPoolExecutor(max_workers=3, thread_name_prefix="dial")


@view("dial.read")
@require_GET
async def dial_stream(request: Request, visit_id: UUID) -> HttpResponseBase:
    """The log as server-sent events, from the line after ``Last-Event-ID`` on."""
    visit = await sync_to_async(_found)(request, visit_id)
    seq = _whole(request.headers.get("Last-Event-ID") or request.GET.get("after"))
    may = partial(_may_read, request, visit)
    response = StreamingHttpResponse(_events(visit, seq, may), content_type="text/event-stream")
    response.headers["X-Accel-Buffering"] = "no"
    return response


@view("dial.read")
@require_safe
def dial_events(request: Request, visit_id: UUID) -> JsonResponse:
    """The same lines for a screen without a stream: those after ``?after=``."""
    visit = find(Visit, visit_id, request)
    lines, finished = dial_log.read_since(visit, _whole(request.GET.get("after")))
    over = {"over": dial_log.ending(visit)} if finished else {}
    return JsonResponse({"events": lines, "finished": finished, **over})


def _found(request: Request, visit_id: UUID) -> Visit:
    """The visit, if this actor may read its dial. Gives the request's connection back at once: the
    request goes on for minutes."""
    visit = find(Visit, visit_id, request)
    if not connection.in_atomic_block:
        connection.close()
    return visit


def _may_read(request: Request, visit: Visit) -> bool:
    """Whether whoever asked may still read the dial: not once they signed out or were taken off
    the care team."""
    return scope(Visit, actor_again(request.session), "dial.read").filter(pk=visit.pk).exists()


async def _events(visit: Visit, seq: int, may: Callable[[], bool]) -> AsyncIterator[str]:
    loop = asyncio.get_running_loop()
    until = loop.time() + STREAM_SECONDS
    yield f"retry: {RETRY_MS}\n\n: here\n\n"
    with wake.listening(visit.pk) as bell:
        _look_for_others()
        while True:
            lines, finished, allowed = await in_reader(partial(_read, visit, seq, may))
            if not allowed:
                return
            for line in lines:
                seq = line["seq"]
                yield f"id: {seq}\nevent: tap\ndata: {json.dumps(line)}\n\n"
            if finished:
                over = await in_reader(partial(dial_log.ending, visit))
                yield f"event: finished\ndata: {json.dumps(over)}\n\n"
                return
            while not await bell.wait(KEEP_ALIVE_SECONDS) and loop.time() < until:
                yield HERE
            if loop.time() >= until:
                yield f"retry: {AGAIN_MS}\n\n"
                return


def _read(
    visit: Visit, seq: int, may: Callable[[], bool]
) -> tuple[list[dict[str, Any]], bool, bool]:
    """The lines from there on, whether the visit is finished, and whether they may be told."""
    lines, finished = dial_log.read_since(visit, seq)
    return lines, finished, not lines or may()


async def in_reader(work: Callable[[], R]) -> R:
    """What ``work`` gives, done in one of the few threads that read for all streams."""
    return await asyncio.get_running_loop().run_in_executor(READERS, _with_connection, work)


def _with_connection(work: Callable[[], R]) -> R:
    """Does the work on this thread's own connection, and once more on a new one if it was cut."""
    try:
        return work()
    except (DatabaseError, InterfaceError):
        connection.close()
        return work()


# --- Lines from other processes -------------------------------------------------------------

_looking: set[asyncio.Task[None]] = set()


def _look_for_others() -> None:
    """Starts the slow look in this loop, unless it runs already."""
    loop = asyncio.get_running_loop()
    if not any(task.get_loop() is loop for task in _looking):
        task = loop.create_task(_look())
        _looking.add(task)
        task.add_done_callback(_looking.discard)


async def _look() -> None:
    """Rings for every watched visit whose log grew or that was finished, while any is watched.

    It rings for one it sees for the first time too: a line may have come since the stream's own
    first read. While the database is away it goes on looking.
    """
    known: dict[UUID, Any] = {}
    while visits := wake.watched():
        try:
            newest = await in_reader(partial(dial.newest_of, visits))
        except (DatabaseError, InterfaceError) as error:
            LOG.warning("the log was not looked at: %s", type(error).__name__)
        else:
            for visit in [one for one, state in newest.items() if known.get(one) != state]:
                wake.ring(visit)
            known = newest
        await asyncio.sleep(LOOK_SECONDS)


def _whole(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 19 else 0
