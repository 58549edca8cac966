"""Papers: the same template as the print page, as a tagged PDF where the engine is installed."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.http import content_disposition_header

from .render import render
from .static_files import plain

BASE: Final = "http://unknot.invalid/"
"""Where relative addresses in a paper lead. It names no host: nothing is ever asked for there."""
TYPES: Final = {".css": "text/css", ".woff2": "font/woff2", ".svg": "image/svg+xml"}


ONE_PUBLIC: Final = threading.Lock()
"""A paper is seconds of work, so people who are not signed in wait for each other."""
WAIT_SECONDS: Final = 3.0


class NotOursError(ValueError):
    """A paper asked for a file that is not one of our static files."""


def render_pdf(request: HttpRequest, template: str, page: Any, filename: str) -> HttpResponse:
    """The page as a PDF to download, or as a page to print where the PDF engine cannot load, or
    where it is busy and whoever asks is not signed in.

    The engine needs three system libraries (Pango, HarfBuzz); without them the answer is the
    HTML page, which prints the same. ``filename`` should carry no name or other health data.
    """
    try:
        from weasyprint import HTML  # two seconds to import, and it may fail
        from weasyprint.urls import URLFetcher, URLFetcherResponse
    except (ImportError, OSError):
        return render(request, template, page)

    class OurFiles(URLFetcher):  # type: ignore[misc]  # the engine has no types
        def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
            body, kind = fetch_static(url)
            return URLFetcherResponse(url, body, {"Content-Type": kind})

    public = getattr(getattr(request, "actor", None), "kind", "") == "anonymous"
    if public and not ONE_PUBLIC.acquire(timeout=WAIT_SECONDS):
        return render(request, template, page)
    try:
        html = render_to_string(template, {"page": page, "paper": True}, request)
        paper = HTML(string=html, base_url=BASE, url_fetcher=OurFiles(), media_type="print")
        body = paper.write_pdf(pdf_variant="pdf/ua-1")
    finally:
        if public:
            ONE_PUBLIC.release()
    headers = {"Content-Disposition": content_disposition_header(True, filename) or "attachment"}
    return HttpResponse(body, content_type="application/pdf", headers=headers)


def fetch_static(url: str) -> tuple[bytes, str]:
    """One of our static files and its media type. Raises NotOursError for anything else, so that
    a paper can never read another file or make a request."""
    parts = urlsplit(url)
    parts = parts._replace(path=plain(parts.path))
    prefix = "/" + settings.STATIC_URL.strip("/") + "/"
    name = parts.path.removeprefix(prefix)
    kind = TYPES.get(name[name.rfind(".") :])
    ours = (
        f"{parts.scheme}://{parts.netloc}/" == BASE
        and parts.path.startswith(prefix + "unknot/")
        and ".." not in parts.path
    )
    found = finders.find(name) if ours and kind else None
    if not isinstance(found, str) or kind is None:
        raise NotOursError("papers use our own static files only")
    return Path(found).read_bytes(), kind
