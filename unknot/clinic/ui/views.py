"""Choosing day or night; the installable app's manifest."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.templatetags.static import static
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from ..access import view
from ..access.request import Request
from .theme import CHOICES, COOKIE, YEAR_SECONDS


@require_POST
@view("look.choose")
def choose_look(request: Request) -> HttpResponse:
    """Keeps the choice for a year and goes back to the page it was made on."""
    back = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        back = "/"
    response = HttpResponseRedirect(back)
    choice = request.POST.get("light", "")
    if choice == "auto" or choice not in CHOICES:
        response.delete_cookie(COOKIE)
    else:
        response.set_cookie(
            COOKIE,
            choice,
            max_age=YEAR_SECONDS,
            samesite="Lax",
            secure=request.is_secure(),
            httponly=True,
        )
    return response


@require_GET
@view("home.read")
def manifest(_request: Request) -> HttpResponse:
    """What a phone needs to put Unknot on its home screen."""
    icon = {
        "src": static("unknot/img/icon.svg"),
        "sizes": "any",
        "type": "image/svg+xml",
    }
    return JsonResponse(
        {
            "name": "Unknot",
            "short_name": "Unknot",
            "start_url": "/",
            "display": "standalone",
            "background_color": "#f5efe6",
            "theme_color": "#f5efe6",
            "icons": [icon],
        },
        content_type="application/manifest+json",
    )
