"""The ASGI application that uvicorn serves, with what is refused before anything is read."""

from __future__ import annotations

import os
from typing import Any, Final

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "unknot.clinic.settings")
django.setup(set_prefix=False)

from django.conf import settings  # noqa: E402
from django.core.handlers.asgi import ASGIHandler  # noqa: E402
from django.utils.http import parse_header_parameters  # noqa: E402

from .middleware import CONTENT_SECURITY_POLICY  # noqa: E402

LARGEST_BODY: Final = settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 65_536
"""No page takes files, so nothing larger is ever written to the disk."""
CHARSETS: Final = frozenset({"utf-8", "utf8", "us-ascii"})
WORDS: Final = {
    400: b"Send text as UTF-8.",
    411: b"Say how long the content is.",
    413: b"This is too much to send at once.",
}


class Handler(ASGIHandler):
    """Django's own, which takes a body of any length and any of Python's codecs for text."""

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        status = refusal(scope["headers"]) if scope["type"] == "http" else 0
        if not status:
            await super().__call__(scope, receive, send)
            return
        headers = {
            "content-type": "text/plain; charset=utf-8",
            "content-security-policy": CONTENT_SECURITY_POLICY,
            "x-content-type-options": "nosniff",
            "cache-control": "private, no-store",
        }
        pairs = [(name.encode(), value.encode()) for name, value in headers.items()]
        await send({"type": "http.response.start", "status": status, "headers": pairs})
        await send({"type": "http.response.body", "body": WORDS[status]})


def refusal(headers: list[tuple[bytes, bytes]]) -> int:
    """The status that refuses a request with these headers, or 0."""
    found = {name.lower(): value.decode("latin-1") for name, value in headers}
    if b"transfer-encoding" in found:
        return 411
    length = found.get(b"content-length", "0").strip()
    if not (length.isascii() and length.isdigit() and len(length) < 12):
        return 400
    if int(length) > LARGEST_BODY:
        return 413
    _, options = parse_header_parameters(found.get(b"content-type", ""))
    return 0 if options.get("charset", "utf-8").strip().lower() in CHARSETS else 400


application = Handler()
