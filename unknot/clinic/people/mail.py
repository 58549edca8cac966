"""Mail that is sent at once: a failure never becomes a page's fault, nor tells who is known."""

from __future__ import annotations

import logging
from typing import Final

from django.core.mail import send_mail

LOG: Final = logging.getLogger("unknot.people")


def post(to: str, subject: str, body: str) -> None:
    """Sends it; a failure is logged without the address and the words."""
    try:
        send_mail(subject, body, None, [to])
    except (OSError, ValueError) as error:
        LOG.warning("a mail was not sent: %s", type(error).__name__)
