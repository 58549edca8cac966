"""Writers of one process wait for each other in order, where the database would let them jostle.

SQLite takes one writer at a time and lets the others try again after ever longer pauses, up to a
tenth of a second, with no regard to who came first: on a busy machine somebody waits for many
seconds. Here the next in line goes on at once. PostgreSQL needs none of this.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connection

_guard = threading.Lock()
_line: deque[threading.Event] = deque()
_here = threading.local()


@contextmanager
def in_turn() -> Iterator[Callable[[], None] | None]:
    """Waits until it is this thread's turn to write. Does nothing where it is this thread's turn
    already, nor on PostgreSQL. Gives what ends the turn early, for after the commit; None where
    there was no turn to wait for."""
    has_it = connection.in_atomic_block or getattr(_here, "has_turn", False)
    if connection.vendor != "sqlite" or has_it:
        yield None
        return
    mine = threading.Event()
    with _guard:
        _line.append(mine)
        if len(_line) == 1:
            mine.set()
    mine.wait()
    _here.has_turn = True
    try:
        yield lambda: _leave(mine)
    finally:
        _leave(mine)


def _leave(mine: threading.Event) -> None:
    """Lets the next in line go on; does nothing the second time."""
    with _guard:
        if not _line or _line[0] is not mine:
            return
        _here.has_turn = False
        _line.popleft()
        if _line:
            _line[0].set()
