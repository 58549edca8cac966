"""A line from a device to the server that can be cut, for its pages and its service worker."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Coroutine
from typing import Any

HOST = "127.0.0.1"
LONGEST_SECONDS = 10


class Line:
    """Passes on to the server's port what comes to its own; cut, it takes nobody.

    A browser told to be offline keeps that from the worker of a profile it has just started on;
    a port that refuses is offline for whoever asks.
    """

    def __init__(self, far: int) -> None:
        self.far, self.port = far, 0
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._server: asyncio.Server | None = None
        self._ends: set[asyncio.StreamWriter] = set()
        self.mend()

    @property
    def url(self) -> str:
        return f"http://{HOST}:{self.port}"

    def cut(self) -> None:
        """Takes no more connections, and drops those that stand."""
        self._do(self._cut())

    def mend(self) -> None:
        """Takes connections again, at the port it had."""
        self._do(self._mend())

    def end(self) -> None:
        """Cuts the line for good, and waits until nobody is on it."""
        self._do(self._ended())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(LONGEST_SECONDS)
        self._loop.close()

    def _do(self, work: Coroutine[Any, Any, None]) -> None:
        asyncio.run_coroutine_threadsafe(work, self._loop).result(LONGEST_SECONDS)

    async def _mend(self) -> None:
        if self._server is None:
            self._server = await asyncio.start_server(self._joined, HOST, self.port)
            self.port = self._server.sockets[0].getsockname()[1]

    async def _cut(self) -> None:
        if self._server is not None:
            for door in self._server.sockets:
                self._loop.remove_reader(door.fileno())
            await _turns()  # a connection half taken when the server closes is never let go
            self._server.close()
            self._server = None
        for end in [*self._ends]:
            end.transport.abort()

    async def _ended(self) -> None:
        """Whoever was taken just before the cut still has to be let go, or would be left over."""
        await self._cut()
        await _turns()
        while others := asyncio.all_tasks() - {asyncio.current_task()}:
            await self._cut()
            await asyncio.wait(others, timeout=0.05)
        await _turns()

    async def _joined(self, near: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
        ends = [back]
        self._ends.add(back)
        try:
            with contextlib.suppress(OSError):  # no server there, or cut
                answer, on = await asyncio.open_connection(HOST, self.far)
                ends.append(on)
                self._ends.add(on)
                await asyncio.gather(_passed(near, on), _passed(answer, back))
        finally:
            for end in ends:
                self._ends.discard(end)
                end.transport.abort()


async def _turns() -> None:
    """Lets the loop take up what is ready: a connection is made, or closed, over some turns."""
    for _ in range(5):
        await asyncio.sleep(0)


async def _passed(near: asyncio.StreamReader, on: asyncio.StreamWriter) -> None:
    """Passes on all that comes until one end goes; then the other goes too."""
    with contextlib.suppress(OSError):
        while some := await near.read(65536):
            on.write(some)
            await on.drain()
    if on.can_write_eof():
        with contextlib.suppress(OSError):
            on.write_eof()
