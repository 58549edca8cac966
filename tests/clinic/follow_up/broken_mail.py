"""A mail server that is never there."""

from __future__ import annotations

from typing import Any

from django.core.mail.backends.base import BaseEmailBackend


class Backend(BaseEmailBackend):
    """Fails as a lost connection does."""

    def send_messages(self, email_messages: Any) -> int:
        raise ConnectionRefusedError
