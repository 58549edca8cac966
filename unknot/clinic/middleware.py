"""Headers every answer carries."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.middleware.gzip import GZipMiddleware

from .access import account_of
from .access.device import ACCOUNT, ECHO, WHO
from .access.request import Request
from .audit.once import HEADER, KEPT_HEADER

CONTENT_SECURITY_POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "worker-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types unknot-worker",
    ]
)


class HeadersMiddleware:
    """A content security policy without exceptions, and no caching of personal pages."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault(
            "Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()"
        )
        if not request.path.startswith("/static/"):
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response


class CompressMiddleware(GZipMiddleware):
    """Compresses whole answers; the body chart is a third of a megabyte of text.

    Django adds random length against BREACH. Streams are left alone: events must not wait
    for a compressor's buffer.
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        if response.streaming:
            return response
        return super().process_response(request, response)


class DeviceMiddleware:
    """Entries that a device kept until it could send them (see access/device.py).

    One made under another account than the one signed in now is refused with 401 and stays on
    the device. A redirect is told as data, and every answer carries the entry's key.
    """

    def __init__(self, get_response: Callable[[Request], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        claimed = request.headers.get(ACCOUNT)
        if claimed is None:
            answer = self.get_response(request)
            answer.headers[WHO] = account_of(request.actor) or "nobody"
            return answer
        if claimed and claimed != account_of(request.actor):
            response: HttpResponse = JsonResponse({"problem": _why_not(request)}, status=401)
        else:
            response = _as_data(self.get_response(request))
        response.headers[ECHO] = request.headers.get(HEADER, "")[:64]
        return response


def _why_not(request: Request) -> str:
    """Why an entry is not taken from whoever is signed in now, and what to do about it."""
    actor = request.actor
    if actor.user is not None and actor.staff is None and actor.client is None:
        return (
            "You no longer work here, so nothing is taken from you. What you entered is kept on "
            "this device. Tell the owner of the practice."
        )
    return "Sign in again. What you entered is kept on this device."


def _as_data(response: HttpResponse) -> HttpResponse:
    """A redirect as data: a script may not read where a redirect leads."""
    if response.status_code not in (301, 302, 303):
        return response
    told = JsonResponse({"next": response.headers["Location"]})
    if KEPT_HEADER in response.headers:
        told.headers[KEPT_HEADER] = response.headers[KEPT_HEADER]
    told.cookies = response.cookies
    return told
