"""The installable app: its manifest, its worker, the page without a line, and who is signed in."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.templatetags.static import static
from django.views.decorators.http import require_safe

from ..access import account_of, view
from ..access.request import Request
from .render import render
from .static_files import folder

STATIC: Final = Path(__file__).resolve().parent.parent / "static"
WORKER: Final = STATIC / "unknot" / "js" / "worker.js"
CORE: Final = ("unknot/css/*.css", "unknot/js/*.js", "unknot/img/*", "unknot/fonts/*-normal.woff2")
"""What the pages of a visit are made of: kept on the device when the worker is installed."""
ICONS: Final = ((192, "any"), (512, "any"), (512, "maskable"))


@view("home.read")
@require_safe
def manifest(_request: Request) -> HttpResponse:
    """What a phone needs to put Unknot on its home screen."""
    icons = [
        {
            "src": static(f"unknot/img/icon-{'maskable-' if use == 'maskable' else ''}{size}.png"),
            "sizes": f"{size}x{size}",
            "type": "image/png",
            "purpose": use,
        }
        for size, use in ICONS
    ]
    drawn = {"src": static("unknot/img/icon.svg"), "sizes": "any", "type": "image/svg+xml"}
    return JsonResponse(
        {
            "id": "/",
            "name": "Unknot",
            "short_name": "Unknot",
            "description": "Massage therapy for people in pain: is it safe, and is it working?",
            "lang": "en",
            "scope": "/",
            "start_url": "/",
            "display": "standalone",
            "background_color": "#f5efe6",
            "theme_color": "#f5efe6",
            "icons": [*icons, drawn],
        },
        content_type="application/manifest+json",
    )


@view("home.read")
@require_safe
def worker(_request: Request) -> HttpResponse:
    """The service worker. It stands at the root so that it serves every page, and changes with
    any static file, so that a new release replaces it."""
    names = sorted({str(p.relative_to(STATIC)) for glob in CORE for p in STATIC.glob(glob)})
    told = json.dumps({"folder": folder(), "core": names})
    answer = HttpResponse(
        f"const RELEASE = {told};\n{WORKER.read_text()}",
        content_type="text/javascript; charset=utf-8",
    )
    answer.headers["Cache-Control"] = "no-cache"
    return answer


@view("home.read")
@require_safe
def offline(request: Request) -> HttpResponse:
    """What can be done while the server cannot be reached. It holds nobody's data."""
    return render(request, "offline.html")


@view("home.read")
@require_safe
def who(request: Request) -> HttpResponse:
    """The account's opaque id, and a fresh form token for entries older than the sign-in."""
    return JsonResponse({"account": account_of(request.actor), "token": get_token(request)})
