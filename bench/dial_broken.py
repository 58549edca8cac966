"""Servers that are wrong on purpose: what the measurement of the dial must be able to see.

``losing`` never sends one line in fifty; ``crossing`` shows one line in fifty to a neighbour too.
"""

from __future__ import annotations

from typing import Any

from unknot.clinic.asgi import application
from unknot.clinic.models import Visit
from unknot.clinic.treat.dial import log as dial_log

ONE_IN = 50
_read = dial_log.read_since
_sent: list[dict[str, Any]] = []


def _losing(visit: Visit, after: int) -> tuple[list[dict[str, Any]], bool]:
    lines, finished = _read(visit, after)
    return [line for line in lines if line["seq"] % ONE_IN], finished


def _crossing(visit: Visit, after: int) -> tuple[list[dict[str, Any]], bool]:
    lines, finished = _read(visit, after)
    strays = [line for line in _sent if line["seq"] > after]
    _sent[:] = [line for line in lines if line["seq"] % ONE_IN == 0] or _sent
    told = {line["seq"]: line for line in (*strays, *lines)}
    return [told[seq] for seq in sorted(told)], finished


def _with(read: Any) -> Any:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        dial_log.read_since = read
        await application(scope, receive, send)

    return app


losing, crossing = _with(_losing), _with(_crossing)
