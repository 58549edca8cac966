"""What the server refuses before it reads anything: too much, of no length, in no known text."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.test import Client as Browser

from unknot.clinic.asgi import LARGEST_BODY, application, refusal


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 0),
        ({"content-type": "text/html"}, 0),
        ({"content-type": "application/x-www-form-urlencoded; charset=UTF-8"}, 0),
        ({"content-type": "multipart/form-data; boundary=x", "content-length": "12"}, 0),
        ({"content-length": str(LARGEST_BODY)}, 0),
        ({"content-length": str(LARGEST_BODY + 1)}, 413),
        ({"content-length": "9" * 5000}, 400),
        ({"content-length": "-1"}, 400),
        ({"transfer-encoding": "chunked"}, 411),
        *(
            ({"content-type": f"text/html; charset={name}"}, 400)
            for name in ("hex", "zip", "idna", "punycode", "undefined", "utf-16", "x" * 3000)
        ),
    ],
)
def test_what_is_refused(headers: dict[str, str], status: int) -> None:
    assert refusal([(k.encode(), v.encode()) for k, v in headers.items()]) == status


def test_a_refusal_reads_nothing_and_carries_the_usual_headers() -> None:
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        raise AssertionError("nothing is read")

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    headers = [(b"content-length", b"99999999999")]
    answering = application({"type": "http", "headers": headers}, receive, send)
    with ThreadPoolExecutor(1) as elsewhere:  # the browser driver may run a loop in this thread
        elsewhere.submit(asyncio.run, answering).result()
    assert sent[0]["status"] == 413
    assert b"default-src 'none'" in dict(sent[0]["headers"])[b"content-security-policy"]


@pytest.mark.parametrize("host", ["testserver", "evil.invalid"])
def test_even_the_way_to_https_carries_the_usual_headers(settings: Any, host: str) -> None:
    settings.SECURE_SSL_REDIRECT = True
    answer = Browser().get("/", headers={"host": host})
    assert answer.status_code in (301, 400)
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
