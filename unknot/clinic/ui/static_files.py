"""Static files under an address that names their content, so that a copy never goes stale.

All of them together have one hash, which stands in the address as a folder. Scripts that load
each other by relative address, and style sheets that name their fonts, stay in that folder by
themselves; no build step rewrites anything.
"""

from __future__ import annotations

import functools
import gzip
import hashlib
import re
from typing import Any, Final

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import StaticFilesStorage
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from whitenoise.middleware import WhiteNoiseMiddleware

FOLDER: Final = re.compile(r"^(/static/)v-([0-9a-f]{12})/")
A_YEAR: Final = 31_536_000
TEXTS: Final = frozenset({"text/css", "text/javascript", "image/svg+xml"})


@functools.cache
def content_hash() -> str:
    """One hash of the names and contents of all static files, worked out once a process."""
    whole = hashlib.sha256()
    for finder in finders.get_finders():
        for name, storage in sorted(finder.list([]), key=lambda pair: str(pair[0])):
            with storage.open(name) as file:
                whole.update(f"{name}\n".encode() + hashlib.sha256(file.read()).digest())
    return whole.hexdigest()[:12]


def folder() -> str:
    """The address under which the files of this moment lie, with its closing slash."""
    return f"/{settings.STATIC_URL.strip('/')}/v-{content_hash()}/"


def plain(path: str) -> str:
    """A static file's address without the hash."""
    return FOLDER.sub(r"\1", path)


class Storage(StaticFilesStorage):
    """Gives each file its address in the hashed folder."""

    def url(self, name: str | None) -> str:
        return folder() + (name or "")


class Middleware(WhiteNoiseMiddleware):  # type: ignore[misc]  # the library has no types
    """Serves the hashed folder, and lets browsers keep what lies in today's for a year."""

    def __call__(self, request: HttpRequest) -> Any:
        found = FOLDER.match(request.path_info)
        if found is None:
            return super().__call__(request)
        request.path_info = plain(request.path_info)
        response = super().__call__(request)
        fresh = found[2] == content_hash() and not settings.DEBUG and response.status_code == 200
        response["Cache-Control"] = (
            f"public, max-age={A_YEAR}, immutable" if fresh else "public, no-cache"
        )
        return compressed(request, response)


def compressed(request: HttpRequest, response: Any) -> Any:
    """The answer, its text squeezed for a browser that takes that. Our files hold no secret that
    the length of an answer could betray."""
    kind = response.get("Content-Type", "").partition(";")[0]
    if kind not in TEXTS or response.status_code != 200 or request.method != "GET":
        return response
    patch_vary_headers(response, ("Accept-Encoding",))
    takes = "gzip" in request.headers.get("Accept-Encoding", "")
    if not takes or "Content-Encoding" in response.headers:
        return response
    squeezed = _squeezed(b"".join(response))
    response.close()
    headers = {**response.headers, "Content-Encoding": "gzip", "Content-Length": len(squeezed)}
    return HttpResponse(squeezed, headers=headers)


@functools.lru_cache(maxsize=256)
def _squeezed(text: bytes) -> bytes:
    return gzip.compress(text, mtime=0)
