"""Every address of the clinic, gathered from the stages."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

# In the order of the loop; each package owns its addresses.
STAGES = (
    "people",
    "ui",
    "intake",
    "screen",
    "assess",
    "plan",
    "book",
    "treat",
    "follow_up",
    "outcomes",
    "programme",
    "episode",
    "today",
    "me",
)


def _addresses(package: str) -> list[URLPattern | URLResolver]:
    name = f"unknot.clinic.{package}.urls"
    if find_spec(f"unknot.clinic.{package}") is None or find_spec(name) is None:
        return []
    return list(import_module(name).urlpatterns)


urlpatterns: list[URLPattern | URLResolver] = [
    *[address for stage in STAGES for address in _addresses(stage)],
    path("accounts/", include("allauth.urls")),
]
if settings.DEBUG:
    urlpatterns += _addresses("gallery")
