"""The self-check between two screens: an encrypted cookie in the person's own browser.

Nothing of it is stored here, and nothing of it stands in an address or a log. The cookie is
authenticated and encrypted, is sent to the self-check only, ends with the browser's session and
counts for at most twelve hours. See docs/adr/ for why it is not a form field or a row.
"""

from __future__ import annotations

import base64
import hashlib
import json
import zlib
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from ...reasoning.case import Case
from ...reasoning.marks import MarksError
from .answers import case_from, lighter, stored_answers, stored_marks

COOKIE: Final = "self_check"
PATH: Final = "/self-check/"
SECONDS: Final = 12 * 60 * 60
CHUNK: Final = 3_600
MOST_CHUNKS: Final = 3
LARGEST: Final = 200_000


class TooLarge(Exception):
    """More marks and words than a browser's cookies can carry."""


@dataclass(frozen=True)
class State:
    """The answers so far, what was left open knowingly, and the screens seen in order."""

    case: Case
    left_open: frozenset[str] = frozenset()
    path: tuple[str, ...] = ()


def read(request: HttpRequest, *, today: date) -> State:
    """What the browser brought; an empty state when it brought nothing one can read."""
    token = "".join(request.COOKIES.get(f"{COOKIE}_{number}", "") for number in range(MOST_CHUNKS))
    try:
        return _unpack(token, today) if token else State(Case({}, today))
    except (InvalidToken, ValueError, KeyError, TypeError, zlib.error, MarksError):
        return State(Case({}, today))


def write(response: HttpResponseBase, state: State) -> None:
    """Puts the state into the answer's cookies. Raises TooLarge."""
    token = _pack(state)
    if len(token) > CHUNK * MOST_CHUNKS:
        lighter_case = Case(
            state.case.answers, state.case.as_of, tuple(map(lighter, state.case.marks))
        )
        token = _pack(replace(state, case=lighter_case))
    if len(token) > CHUNK * MOST_CHUNKS:
        raise TooLarge
    parts = [token[start : start + CHUNK] for start in range(0, len(token), CHUNK)]
    for number in range(MOST_CHUNKS):
        if number < len(parts):
            response.set_cookie(
                f"{COOKIE}_{number}",
                parts[number],
                path=PATH,
                httponly=True,
                samesite="Lax",
                secure=settings.HTTPS,
            )
        else:
            response.delete_cookie(f"{COOKIE}_{number}", path=PATH, samesite="Lax")


def forget(response: HttpResponseBase) -> None:
    """Takes the answers out of the browser."""
    for number in range(MOST_CHUNKS):
        response.delete_cookie(f"{COOKIE}_{number}", path=PATH, samesite="Lax")


def _pack(state: State) -> str:
    value = {
        "as_of": state.case.as_of.isoformat(),
        "answers": stored_answers(state.case),
        "marks": stored_marks(state.case),
        "left_open": sorted(state.left_open),
        "path": list(state.path),
    }
    text = json.dumps(value, separators=(",", ":"), ensure_ascii=False)
    return _fernet().encrypt(zlib.compress(text.encode(), 9)).decode()


def _unpack(token: str, today: date) -> State:
    packed = _fernet().decrypt(token.encode(), ttl=SECONDS)
    unzip = zlib.decompressobj()
    value: dict[str, Any] = json.loads(unzip.decompress(packed, LARGEST))
    return State(
        case=case_from(value["answers"], value["marks"], today),
        left_open=frozenset(value["left_open"]),
        path=tuple(value["path"]),
    )


def _fernet() -> Fernet:
    digest = hashlib.sha256(b"unknot self-check cookie\0" + settings.SECRET_KEY.encode())
    return Fernet(base64.urlsafe_b64encode(digest.digest()))
