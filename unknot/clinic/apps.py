"""The one Django app: eight stages are one history, so they share one label."""

from __future__ import annotations

from django.apps import AppConfig


class Clinic(AppConfig):
    """Registers the system checks; connects no signals."""

    name = "unknot.clinic"
    label = "clinic"
    verbose_name = "Unknot"

    def ready(self) -> None:
        from . import checks  # noqa: F401  (registers the checks)
        from .book import checks as book_checks  # noqa: F401
        from .treat import checks as treat_checks  # noqa: F401
