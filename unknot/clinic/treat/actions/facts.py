"""Facts of a finished visit corrected from its note, while that is a draft."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from unknot.reasoning.treat.note import Response

from ...access import Actor, Sent
from ...audit import action, record
from ...models import Note, TreatmentEntry, Visit
from ..errors import NoteIsSigned, NoteNotReady
from ..note.facts import LONGEST_ENTRY_MINUTES, Correction, Facts
from . import merge


def take(*, visit: Visit, facts: Facts, sent: Sent, by: Actor) -> None:
    """Corrects what was touched. A pain that a device has changed since the page was made is set
    beside it, and shown until somebody chooses.

    Raises what `correct` raises, and NotInSession once the note is signed; then nothing is
    written.
    """

    def corrects(part: Facts) -> Callable[[datetime], Visit]:
        return lambda at: correct(visit=visit, facts=part, by=by, now=at)

    with transaction.atomic():
        for field, pain in facts.pains.items():
            do = corrects(Facts(pains={field: pain}))
            merge.take(visit=visit, field=field, value=pain, sent=sent, by=by, do=do)
        merge.do_now(visit, sent, by, corrects(Facts(entries=facts.entries)))


@action("visit.record")
def correct(*, visit: Visit, facts: Facts, by: Actor, now: datetime) -> Visit:
    """The visit with these pains and these entries corrected; the note's text follows them.

    An entry that is not the visit's is passed over. No tap before this can be taken back: that
    would take the correction with it. Raises NoteIsSigned, and NoteNotReady for a number or an
    answer that cannot be.
    """
    if Note.everything.filter(visit=visit, state=Note.State.SIGNED).exists():
        raise NoteIsSigned("This note is signed. Add an addendum instead.")
    for field, pain in facts.pains.items():
        if pain is not None and not 0 <= pain <= 10:
            raise NoteNotReady("Pain is a whole number from 0 to 10.")
        setattr(visit, field, pain)
    visit.undo = []
    visit.save(update_fields=[*facts.pains, "undo"])
    record(visit, changed=list(facts.pains))
    for entry in visit.entries.filter(pk__in=facts.entries):
        _correct(entry, facts.entries[entry.pk])
    return visit


def _correct(entry: TreatmentEntry, wanted: Correction) -> None:
    minutes = entry.minutes if wanted.minutes is None else wanted.minutes
    response = entry.response if wanted.response is None else wanted.response
    if response not in ("", *Response):
        raise NoteNotReady("This answer is not known.")
    if not 1 <= minutes <= LONGEST_ENTRY_MINUTES:
        raise NoteNotReady(f"Minutes are from 1 to {LONGEST_ENTRY_MINUTES}.")
    if (entry.minutes, entry.response) != (minutes, response):
        entry.minutes, entry.response = minutes, response
        entry.save(update_fields=["minutes", "response"])
        record(entry, changed=["minutes", "response"])
