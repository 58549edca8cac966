"""The installable app's manifest, and who is signed in, for entries a device kept."""

from __future__ import annotations

from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.templatetags.static import static
from django.views.decorators.http import require_safe

from ..access import account_of, view
from ..access.request import Request


@view("home.read")
@require_safe
def manifest(_request: Request) -> HttpResponse:
    """What a phone needs to put Unknot on its home screen."""
    icon = {"src": static("unknot/img/icon.svg"), "sizes": "any", "type": "image/svg+xml"}
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


@view("home.read")
@require_safe
def who(request: Request) -> HttpResponse:
    """The account's opaque id, and a fresh form token for entries older than the sign-in."""
    return JsonResponse({"account": account_of(request.actor), "token": get_token(request)})
