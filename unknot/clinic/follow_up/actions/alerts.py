"""What somebody has to look at: raised by an answer, handled by a person with words about what
was done, cleared before visits go on, and brought to the owner when nobody looked."""

from __future__ import annotations

from datetime import datetime

from unknot.reasoning.follow_up.act import Triage
from unknot.reasoning.follow_up.waiting import AGAIN_AFTER
from unknot.reasoning.scale import Urgency

from ...access import Actor
from ...audit import action, record
from ...intake import alarm
from ...models import Alert, CheckIn
from ..errors import AlertRefused
from .outbox import send_soon

NOTE_WORDS = "The client left a note with a check-in."
UNSEEN_BODY = (
    "Something on Today has waited longer than it should, and nobody has answered it.\n\n"
    "{practice}\n"
)


@action("alert.raise")
def raise_for(*, check_in: CheckIn, found: Triage | None, by: Actor, now: datetime) -> Alert:
    """What a therapist has to look at: the answer's findings or, without any, its note.

    Something raised for the same answer before, by the same rules, is given back as it is; a
    note that was answered is raised anew, for it says something else by now.
    """
    urgency = found.urgency if found else Urgency.NONE
    rules = list(found.rule_ids) or ["parts_missing"] if found else ["note"]
    before = check_in.alerts.filter(rules=rules)
    same = (before if found else before.filter(handled_at=None)).first()
    if same is not None:
        record(same)
        return same
    alert = alarm.raise_alert(
        episode=check_in.episode,
        rule_id=rules[0],
        urgency=urgency,
        words=found.words if found else NOTE_WORDS,
        now=now,
        check_in=check_in,
        rules=rules,
        told=found.told if found else "",
        stops=found is not None and found.stops,
        asks_screening=found is not None and found.asks_screening,
    )
    send_soon(now)
    return alert


@action("alert.handle")
def handle(
    *, alert: Alert, words: str, by: Actor, now: datetime, may_go_on: bool = False
) -> Alert:
    """The alert as answered, and with ``may_go_on`` no longer holding visits back.

    Raises AlertRefused without words, the second time, or when visits may go on only after the
    safety questions came again.
    """
    words = words.strip()[:300]
    alert = _locked(alert)
    if alert.handled_at is not None:
        raise AlertRefused("Somebody answered this already.")
    if by.staff is None or not words:
        raise AlertRefused("Write what you did.")
    alert.handled_at, alert.handled_by, alert.handled_words = now, by.staff, words
    alert.save(update_fields=["handled_at", "handled_by", "handled_words"])
    record(alert, changed=["handled_at", "handled_by", "handled_words"])
    if may_go_on:
        clear(alert=alert, by=by, now=now)
    return alert


@action("alert.clear")
def clear(*, alert: Alert, by: Actor, now: datetime) -> Alert:
    """Lets visits go on. Raises AlertRefused before somebody has answered, and before the safety
    questions came again where the rule asks for it."""
    alert = _locked(alert)
    if not alert.stops or alert.cleared_at is not None:
        raise AlertRefused("This holds nothing back.")
    if alert.handled_at is None:
        raise AlertRefused("Write what you did first.")
    screened = alert.episode.screenings.filter(decided_at__gt=alert.raised_at)
    if alert.asks_screening and not screened.exists():
        raise AlertRefused("Ask the safety questions again first. Then visits can go on.")
    alert.cleared_at = now
    alert.save(update_fields=["cleared_at"])
    record(alert, changed=["cleared_at"])
    return alert


@action("alert.escalate")
def escalate(*, alert: Alert, by: Actor, now: datetime) -> Alert:
    """Brings an alert nobody has answered to the owners, and again each day until somebody does.

    Raises AlertRefused when it was answered, or is not due.
    """
    alert = _locked(alert)
    if alert.handled_at is not None or alert.look_by is None or alert.look_by > now:
        raise AlertRefused("This is not waiting too long.")
    alert.escalated_at = alert.escalated_at or now
    alert.look_by = now + AGAIN_AFTER
    alert.save(update_fields=["escalated_at", "look_by"])
    record(alert, changed=["escalated_at", "look_by"])
    for owner in alarm.owners(alert):
        alarm.tell(alert, owner, UNSEEN_BODY, now)
    send_soon(now)
    return alert


def _locked(alert: Alert) -> Alert:
    """The alert as it is now, held until the end of the transaction."""
    return Alert.everything.select_for_update(of=("self",)).get(pk=alert.pk)
