"""Papers: the same template as the print page, as a tagged PDF where the engine is installed."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.http import content_disposition_header

from .render import render

SHEETS: Final = tuple(
    f"unknot/css/{name}.css" for name in ("tokens", "base", "components", "care", "print")
)
TYPES: Final = {".css": "text/css", ".woff2": "font/woff2", ".svg": "image/svg+xml"}


class NotOursError(ValueError):
    """A paper asked for a file that is not one of our static files."""


def render_pdf(request: HttpRequest, template: str, page: Any, filename: str) -> HttpResponse:
    """The page as a PDF to download, or as a page to print where the PDF engine cannot load.

    The engine needs three system libraries (Pango, HarfBuzz); without them the answer is the
    HTML page, which prints the same. ``filename`` should carry no name or other health data.
    """
    try:
        from weasyprint import HTML  # two seconds to import, and it may fail
    except (ImportError, OSError):
        return render(request, template, page)
    html = render_to_string(template, {"page": page, "paper": True}, request)
    document = HTML(string=html, base_url="unknot:///", url_fetcher=fetch_static)
    body = document.write_pdf(pdf_variant="pdf/ua-1")
    headers = {"Content-Disposition": content_disposition_header(True, filename) or "attachment"}
    return HttpResponse(body, content_type="application/pdf", headers=headers)


def fetch_static(url: str, *_args: object, **_options: object) -> dict[str, Any]:
    """One of our static files, for the PDF engine. Raises NotOursError for anything else, so that a
    paper can never read another file or make a request."""
    parts = urlsplit(url)
    prefix = "/" + settings.STATIC_URL.strip("/") + "/"
    if parts.scheme not in ("unknot", "") or parts.netloc or not parts.path.startswith(prefix):
        raise NotOursError("papers use our own static files only")
    name = parts.path.removeprefix(prefix)
    kind = TYPES.get(name[name.rfind(".") :])
    found = finders.find(name) if kind and name.startswith("unknot/") else None
    if not isinstance(found, str):
        raise NotOursError("papers use our own static files only")
    with Path(found).open("rb") as file:
        return {"string": file.read(), "mime_type": kind}
