"""Wakes Django up for the verbs that need the clinic."""

from __future__ import annotations

import os


def set_up() -> None:
    """Loads settings and the app. Slow (about a second), so reasoning verbs never call it."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "unknot.clinic.settings")
    import django

    django.setup()
