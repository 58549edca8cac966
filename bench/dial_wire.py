"""Just enough HTTP to hold hundreds of dials and streams open in one process."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

CSRF = "c" * 32
HOST = "localhost"


class Refused(Exception):
    """The server answered with another status than hoped for."""


@dataclass
class Phone:
    """One dial: a connection kept open, and opened anew when it was closed."""

    port: int
    token: str
    reader: asyncio.StreamReader | None = None
    writer: asyncio.StreamWriter | None = None

    async def tap(self, key: str, fields: dict[str, str]) -> dict[str, Any]:
        """What the server answers. Sends the same tap again when the line broke."""
        for _ in range(5):
            try:
                return await self._post(key, fields)
            except (OSError, asyncio.IncompleteReadError):
                self.reader = None
        raise Refused("the line broke five times")

    async def _post(self, key: str, fields: dict[str, str]) -> dict[str, Any]:
        if self.reader is None or self.writer is None:
            self.reader, self.writer = await asyncio.open_connection(HOST, self.port)
        body = urlencode({**fields, "csrfmiddlewaretoken": CSRF}).encode()
        head = [
            f"POST /dial/{self.token}/ HTTP/1.1",
            f"Host: {HOST}:{self.port}",
            f"Cookie: csrf={CSRF}",
            "Accept: application/json",
            f"Idempotency-Key: {key}",
            "Content-Type: application/x-www-form-urlencoded",
            f"Content-Length: {len(body)}",
        ]
        self.writer.write("\r\n".join([*head, "", ""]).encode() + body)
        status, headers = await _head(self.reader)
        text = await self.reader.readexactly(int(headers.get("content-length", "0")))
        if status != 200:
            raise Refused(f"{status} {text[:80]!r}")
        answer: dict[str, Any] = json.loads(text)
        return answer


async def _head(reader: asyncio.StreamReader) -> tuple[int, dict[str, str]]:
    lines = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
    fields = dict(line.lower().split(": ", 1) for line in lines[1:] if ": " in line)
    return int(lines[0].split()[1]), fields


async def stream(port: int, visit: str, session: str, after: int) -> AsyncIterator[dict[str, Any]]:
    """The lines of one stream until the server ends it."""
    reader, writer = await asyncio.open_connection(HOST, port)
    head = [
        f"GET /visits/{visit}/dial/stream HTTP/1.1",
        f"Host: {HOST}:{port}",
        f"Cookie: session={session}",
        "Accept: text/event-stream",
        f"Last-Event-ID: {after}",
    ]
    writer.write("\r\n".join([*head, "", ""]).encode())
    try:
        status, _ = await _head(reader)
        if status != 200:
            raise Refused(f"the stream answered {status}")
        while line := (await reader.readline()).decode():
            if line.startswith("data: {") and '"seq"' in line:
                yield json.loads(line[6:])
            if line.strip() == "0":
                return
    finally:
        writer.close()
