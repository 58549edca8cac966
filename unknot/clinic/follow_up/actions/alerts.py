"""Closing an alert: by somebody, with words about what was done."""

from __future__ import annotations

from datetime import datetime

from ...access import Actor
from ...audit import action, record
from ...models import Alert
from ..errors import AlertRefused


@action("alert.handle")
def handle(*, alert: Alert, words: str, by: Actor, now: datetime) -> Alert:
    """The alert as answered. Raises AlertRefused without words, or the second time."""
    words = words.strip()[:300]
    alert = Alert.everything.select_for_update(of=("self",)).get(pk=alert.pk)
    if alert.handled_at is not None:
        raise AlertRefused("Somebody answered this already.")
    if by.staff is None or not words:
        raise AlertRefused("Write what you did.")
    alert.handled_at, alert.handled_by, alert.handled_words = now, by.staff, words
    alert.save(update_fields=["handled_at", "handled_by", "handled_words"])
    record(alert, changed=["handled_at", "handled_by", "handled_words"])
    return alert
