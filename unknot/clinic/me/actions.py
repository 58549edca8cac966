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
from .data import FORMAT, data_of, diary_table, names_in
from .told import told_of

README = """Your data, as your practice keeps it.

your-care.txt     what is kept about you, in plain words: begin with this one
everything.json   the same and every detail, for another program; "names" says who or what
                  stands behind the long numbers of staff and rooms
diary-N.csv       your scores and visits for each complaint: opens in any spreadsheet

Not in here are your therapists' own working notes and what they added to a note later; the
summary written for you is. You can ask the practice to see the rest.
"""


@action("me.export")
def take_data(*, client: Client, by: Actor, now: datetime) -> bytes:
    """A ZIP of everything kept about the client: in words, as one JSON document, and a CSV of
    each diary."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as box:
        box.writestr("README.txt", README)
        box.writestr("your-care.txt", told_of(client, by, now))
        records = data_of(by)
        named = names_in(records, client.practice)
        whole = {"format": FORMAT, "made_at": now, "names": named, "records": records}
        box.writestr("everything.json", json.dumps(whole, cls=DjangoJSONEncoder, indent=2))
        episodes = scope(Episode, by, "me.export").order_by("opened_at")
        for number, episode in enumerate(episodes, start=1):
            box.writestr(f"diary-{number}.csv", diary_table(diary_of(episode, now=now)))
    record(client)
    return packed.getvalue()
