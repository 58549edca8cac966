"""What a client does with their own data."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import datetime

from django.core.serializers.json import DjangoJSONEncoder

from ..access import Actor, scope
from ..audit import action, record
from ..models import Client, Episode
from ..outcomes.gather import diary_of
from .data import FORMAT, data_of, diary_table

README = """Your data, as your practice keeps it.

everything.json   every record about you, grouped by kind
diary-N.csv       your scores and visits for each complaint: opens in any spreadsheet

Your therapists' own working notes are not in here; the summary written for you is. You can ask
the practice to see the notes.
"""


@action("me.export")
def take_data(*, client: Client, by: Actor, now: datetime) -> bytes:
    """A ZIP of everything kept about the client: one JSON document, a CSV of each diary."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as box:
        box.writestr("README.txt", README)
        whole = {"format": FORMAT, "made_at": now, "records": data_of(by)}
        box.writestr("everything.json", json.dumps(whole, cls=DjangoJSONEncoder, indent=2))
        episodes = scope(Episode, by, "me.export").order_by("opened_at")
        for number, episode in enumerate(episodes, start=1):
            box.writestr(f"diary-{number}.csv", diary_table(diary_of(episode, now=now)))
    record(client)
    return packed.getvalue()
