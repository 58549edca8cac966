"""The append-only trail: every row is bound to the one before it by a keyed hash.

Without the key, which is kept outside the database, nobody can rewrite the trail so that it
still verifies. A trail cut off at its end is not seen by the chain itself; the marks that
``anchors`` keeps outside the database show that.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import Model

from ..access import Actor
from ..access.paths import PATHS
from ..models import AuditRow, Client
from . import anchors

GENESIS = "0" * 64
_LOCK = 7_261_964_101  # any fixed number; names the chain among PostgreSQL's advisory locks


def seal(text: str) -> str:
    """HMAC-SHA-256 of a text under the audit key, in hex. Binds signed notes and the trail."""
    return hmac.new(settings.AUDIT_KEY, text.encode(), hashlib.sha256).hexdigest()


def canonical(value: Any) -> str:
    """One text for one value: sorted keys, no spaces, no escapes that could differ."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def append(
    *, by: Actor, action: str, on: Model, changed: list[str], now: datetime | None = None
) -> AuditRow:
    """Adds one row to the trail, in the caller's transaction."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    last = AuditRow.everything.order_by("-seq").first()
    row = AuditRow(
        seq=last.seq + 1 if last else 1,
        at=now or datetime.now(UTC),
        practice_id=by.practice.pk if by.practice else None,
        actor_kind=by.kind,
        actor_id=by.id,
        action=action,
        object_type=on._meta.object_name or "",
        object_id=str(on.pk),
        client_id=client_of(on),
        changed=sorted(changed),
        request_id=by.request_id,
        previous_mac=last.mac if last else GENESIS,
    )
    row.mac = mac_of(row)
    row.save(force_insert=True)
    anchors.keep(row)
    return row


def mac_of(row: AuditRow) -> str:
    """The hash a row must carry, from its own columns and the hash before it."""
    return seal(
        canonical(
            [
                row.seq,
                row.at.astimezone(UTC).isoformat(timespec="microseconds"),
                str(row.practice_id or ""),
                row.actor_kind,
                str(row.actor_id or ""),
                row.action,
                row.object_type,
                row.object_id,
                str(row.client_id or ""),
                row.changed,
                row.request_id,
                row.previous_mac,
            ]
        )
    )


def client_of(row: Model) -> Any:
    """The key of the client a row is about, or ``None``."""
    paths = PATHS.get(type(row))
    if isinstance(row, Client):
        return row.pk
    if paths is None or not paths.client:
        return None
    value: Any = row
    for step in paths.client.split("__"):
        value = getattr(value, step)
        if value is None:
            return None
    return value.pk


@dataclass(frozen=True)
class Verified:
    """``rows`` read; ``broken_at`` is the first sequence number that does not fit, or ``None``."""

    rows: int
    broken_at: int | None


def verify() -> Verified:
    """Walks the whole trail and says where it first breaks: a changed, missing or extra row, or
    an end cut off behind a mark kept outside the database."""
    previous, expected, rows, marked = GENESIS, 1, 0, anchors.wanted()
    for row in AuditRow.everything.order_by("seq").iterator(chunk_size=2000):
        rows += 1
        fits = row.seq == expected and row.previous_mac == previous
        fits = fits and marked.pop(row.seq, {row.mac}) == {row.mac}
        if not (fits and hmac.compare_digest(row.mac, mac_of(row))):
            return Verified(rows, row.seq)
        previous, expected = row.mac, expected + 1
    return Verified(rows, min(marked, default=None))
