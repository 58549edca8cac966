"""The installable app's manifest."""

from __future__ import annotations

from django.http import HttpResponse, JsonResponse
from django.templatetags.static import static
from django.views.decorators.http import require_safe

from ..access import view
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
