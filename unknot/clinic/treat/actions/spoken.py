"""What the client agreed to aloud before a sensitive area: kept for this visit, no signature."""

from __future__ import annotations

from datetime import datetime

from ...access import Actor
from ...audit import action, record
from ...intake.consent import SENSITIVE_GROUPS, TEXTS
from ...models import Consent, Visit
from .. import gather
from ..areas import group_of, is_area
from ..errors import OutsideLimits
from .writable import in_session, open_limits

SAID = TEXTS[Consent.Kind.SPOKEN]


@action("visit.record")
def agree(*, visit: Visit, area: str, by: Actor, now: datetime) -> Consent:
    """The client's word for this area at this visit, and who asked for it. Said twice it is kept
    once.

    Raises OutsideLimits for an area that needs no consent of its own or is closed, VisitBlocked
    when no hands-on work is allowed, NotInSession outside a session.
    """
    in_session(visit)
    if not is_area(area) or group_of(area) not in SENSITIVE_GROUPS:
        raise OutsideLimits("This area needs no consent of its own.")
    if why := open_limits(visit, now).why_not_area(area):
        raise OutsideLimits(why)
    found = visit.spoken_consents.filter(area=area, revoked_at=None).first()
    if found is not None:
        record(found)
        return found
    client = visit.appointment.client
    given = Consent.everything.create(
        client=client,
        episode=visit.appointment.episode,
        visit=visit,
        kind=Consent.Kind.SPOKEN,
        area=area,
        text_version=SAID.version,
        text=SAID.text,
        signed_name=by.name[:120],
        signed_at=now,
        expires_on=gather.local_day(visit),
    )
    record(given, changed=["kind", "area", "visit", "signed_name"])
    return given
