"""A write that a double tap repeats happens once, and answers the same both times."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, Final, cast

from django.db import IntegrityError, transaction
from django.http import HttpResponse

from ..access.request import Request
from ..access.tokens import token_hash
from ..models import OnceKey
from .turn import in_turn

FIELD = "once"
HEADER = "Idempotency-Key"
KEPT_HEADER = "Unknot-Kept"
"""On an answer whose effect is stored: the token, so that a device may let go of its copy."""
KEPT: Final = timedelta(hours=48)
KEYS_KEPT: Final = timedelta(days=90)
"""A device may send an entry again weeks later, when the answer to it was lost on the way."""
LINK = "\ue000link\ue000"
"""Stored in the place of a link's secret, which an answer to its holder may name."""


def once(view: Callable[..., Any]) -> Callable[..., HttpResponse]:
    """Keeps the answer to a POST under the form's ``once`` token (or the Idempotency-Key header).

    The same token with the same content gets the stored answer; with other content it gets
    422. The token is stored in the same transaction as the effect, so a crash keeps neither
    or both. An answer of 400 or more is not kept: the form can be corrected and sent again.
    A POST without a token is carried out as it is. On a page whose address holds the secret of a
    link, the token belongs to the link, whoever happens to be signed in, and the secret is not
    stored with the answer.
    """

    @functools.wraps(view)
    def run(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        key = request.headers.get(HEADER) or request.POST.get(FIELD, "")
        if request.method != "POST" or not key:
            return cast(HttpResponse, view(request, *args, **kwargs))
        if len(key) > 64 or "\0" in key:
            return HttpResponse("The form's token is damaged. Load the page again.", status=422)
        actor, digest = _whose(request, kwargs), _digest(request)
        secret = kwargs.get("token", "")
        stored = OnceKey.everything.filter(actor=actor, key=key).first()
        if stored is not None:
            return _again(request, stored, digest, secret)
        try:
            return _first(view, request, actor, key, digest, args, kwargs)
        except _Taken:
            stored = OnceKey.everything.filter(actor=actor, key=key).first()
            if stored is None:
                return HttpResponse("Please try again.", status=503)
            return _again(request, stored, digest, secret)

    return run


def _whose(request: Request, kwargs: dict[str, Any]) -> str:
    secret = kwargs.get("token")
    return (
        f"link:{token_hash(secret)[:40]}" if secret else f"{request.actor.kind}:{request.actor.id}"
    )


def forget(now: datetime) -> int:
    """Empties the answers kept for 48 hours, which may hold what a page showed; how many.

    The tokens themselves tell nothing and stay for 90 days.
    """
    OnceKey.everything.filter(made_at__lt=now - KEYS_KEPT).delete()
    return OnceKey.everything.filter(made_at__lt=now - KEPT).exclude(body="").update(body="")


class _Taken(Exception):
    """Another request with the same token was first."""


class _NotKept(Exception):
    def __init__(self, response: HttpResponse) -> None:
        self.response = response


def _first(
    view: Callable[..., Any],
    request: Request,
    actor: str,
    key: str,
    digest: str,
    args: Any,
    kwargs: Any,
) -> HttpResponse:
    try:
        with in_turn(), transaction.atomic():
            try:
                with transaction.atomic():
                    row = OnceKey.everything.create(
                        actor=actor, key=key, digest=digest, made_at=datetime.now(UTC)
                    )
            except IntegrityError as error:
                raise _Taken from error
            response: HttpResponse = view(request, *args, **kwargs)
            if response.status_code >= 400:
                raise _NotKept(response)
            row.status = response.status_code
            body = "" if response.streaming else response.content.decode(errors="replace")
            secret = kwargs.get("token") or LINK
            row.location = response.headers.get("Location", "").replace(secret, LINK)
            row.body = body.replace(secret, LINK)
            row.save(update_fields=["status", "location", "body"])
            return _told(request, response, key)
    except _NotKept as refused:
        return refused.response


def _again(request: Request, stored: OnceKey, digest: str, secret: str) -> HttpResponse:
    if stored.digest != digest:
        return HttpResponse("This form was already sent with other answers.", status=422)
    # A page begins with "<"; only data for a script begins with "{", and must not become a page.
    kind = "application/json" if stored.body.startswith("{") else None
    body = stored.body.replace(LINK, secret)
    response = HttpResponse(body, status=stored.status or 200, content_type=kind)
    if stored.location:
        response.headers["Location"] = stored.location.replace(LINK, secret)
    return _told(request, response, stored.key)


def _told(request: Request, response: HttpResponse, key: str) -> HttpResponse:
    """The answer, naming the token to a device that sent it as a header."""
    if request.headers.get(HEADER) == key:
        response.headers[KEPT_HEADER] = key
    return response


def _digest(request: Request) -> str:
    """What was sent, without the token and the CSRF value, which differ between loads."""
    if request.content_type == "application/json":
        parts = [request.body.decode(errors="replace")]
    else:
        parts = [
            f"{name}={value}"
            for name in sorted(request.POST)
            if name not in (FIELD, "csrfmiddlewaretoken")
            for value in request.POST.getlist(name)
        ]
    return hashlib.sha256("\n".join([request.path, *parts]).encode()).hexdigest()
