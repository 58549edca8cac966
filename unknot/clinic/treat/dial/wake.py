"""Wakes the streams of this process when the dial's log has a new line.

The database is the truth; this only says that there is something new in it. A stream in another
process, which nobody here can wake, finds it by its own slow look (see ``dial_stream``).
"""

from __future__ import annotations

import asyncio
import threading
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, eq=False)
class Bell:
    """Rings in one stream; waited for in the loop the stream lives in."""

    loop: asyncio.AbstractEventLoop
    rung: asyncio.Event

    async def wait(self, seconds: float) -> bool:
        """Whether it rang before the time was over; it is silent again afterwards."""
        try:
            await asyncio.wait_for(self.rung.wait(), seconds)
        except TimeoutError:
            return False
        self.rung.clear()
        return True


_lock = threading.Lock()
_bells: defaultdict[UUID, set[Bell]] = defaultdict(set)


@contextmanager
def listening(visit: UUID) -> Iterator[Bell]:
    """A bell for one visit, taken down when the stream ends. Call it inside a running loop."""
    bell = Bell(asyncio.get_running_loop(), asyncio.Event())
    with _lock:
        _bells[visit].add(bell)
    try:
        yield bell
    finally:
        with _lock:
            _bells[visit].discard(bell)
            if not _bells[visit]:
                del _bells[visit]


def ring(visit: UUID) -> None:
    """Rings every bell of the visit, from any thread. Does nothing where nobody listens."""
    with _lock:
        bells = tuple(_bells.get(visit, ()))
    for bell in bells:
        with suppress(RuntimeError):  # the loop of a stream that is just ending is closed
            bell.loop.call_soon_threadsafe(bell.rung.set)


def watched() -> frozenset[UUID]:
    """The visits somebody listens to in this process."""
    with _lock:
        return frozenset(_bells)
