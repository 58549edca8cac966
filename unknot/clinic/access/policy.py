"""Who may do what to which rows: the one table. What it does not list is refused.

Relations, from wide to narrow:

``any``       no object is involved, or any object
``practice``  rows of the actor's practice
``team``      rows of clients the actor cares for (the care team)
``own``       rows of the client who is asking
``link``      rows of the one episode the actor's link was made for
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

from .actor import KINDS, Actor, Kind

Relation = Literal["any", "practice", "team", "own", "link"]
Grants = Mapping[Kind, Relation]

PUBLIC: Final[Grants] = dict.fromkeys(KINDS, "any")
SIGNED_IN: Final[Grants] = {
    "client": "any",
    "front_desk": "any",
    "therapist": "any",
    "owner": "any",
}
STAFF: Final[Grants] = {"front_desk": "practice", "therapist": "practice", "owner": "practice"}
# The clinical record: its therapists, the owner who answers for it, and background work.
CLINICAL: Final[Grants] = {"therapist": "team", "owner": "practice", "system": "any"}
CLINICAL_AND_CLIENT: Final[Grants] = {**CLINICAL, "client": "own"}
DESK: Final[Grants] = {
    "front_desk": "practice",
    "therapist": "practice",
    "owner": "practice",
    "system": "any",
}
OWNER: Final[Grants] = {"owner": "practice", "system": "any"}
LINK: Final[Grants] = {"link": "link"}

POLICY: Final[Mapping[str, Grants]] = {
    # people and set-up
    "home.read": PUBLIC,
    "health.read": PUBLIC,
    "look.choose": PUBLIC,
    "gallery.read": PUBLIC,
    "start.read": PUBLIC,
    "start.make": PUBLIC,
    "practice.make": {"system": "any"},
    "demo.load": {"system": "any"},
    "sign_in_link.ask": PUBLIC,
    "sign_in_link.use": PUBLIC,
    "sign_in_link.make": {"system": "any"},
    "me.read": {"client": "any"},
    "me.export": {"client": "own"},
    "me.check_in": {"client": "own"},
    "summary.read": {"client": "own"},  # the part of a signed note written for the client
    "more.read": SIGNED_IN,
    "client.list": DESK,
    "client.read": {**DESK, "client": "own"},
    "client.add": DESK,
    "client.change": {**DESK, "client": "own"},
    "client.address": CLINICAL_AND_CLIENT,  # a new address counts: it opens links about health
    "address.use": PUBLIC,
    "client.invite": CLINICAL,  # the desk types addresses; it does not open records by them
    "client.care": {**CLINICAL, "front_desk": "practice"},
    "staff.list": OWNER,
    "staff.add": OWNER,
    "staff.change": OWNER,
    "staff.hours": OWNER,
    "room.add": OWNER,
    "practice.change": OWNER,
    # episode
    "episode.read": CLINICAL_AND_CLIENT,
    "episode.open": DESK,
    "episode.assign": DESK,  # a therapist only takes on what nobody has: see the action
    "episode.close": CLINICAL,
    # intake
    "self_check.use": PUBLIC,
    "self_check.keep": PUBLIC,
    "intake.read": CLINICAL_AND_CLIENT,
    "intake.save": CLINICAL_AND_CLIENT,
    "preferences.set": CLINICAL_AND_CLIENT,
    "consent.sign": CLINICAL_AND_CLIENT,
    "consent.revoke": CLINICAL_AND_CLIENT,
    # screen
    "screen.read": CLINICAL_AND_CLIENT,
    "screen.decide": CLINICAL_AND_CLIENT,
    "screen.rescreen": {**CLINICAL_AND_CLIENT, "link": "link"},
    "screen.override": {"therapist": "team", "owner": "team"},
    "screen.clear": {"therapist": "team", "owner": "practice"},
    # assess
    "assess.read": CLINICAL_AND_CLIENT,
    "assess.record": CLINICAL,
    "measure.record": CLINICAL_AND_CLIENT,
    "questionnaire.bring": OWNER,
    # plan
    "plan.read": CLINICAL_AND_CLIENT,
    "plan.propose": CLINICAL,
    "plan.agree": CLINICAL_AND_CLIENT,
    "home_care.tell": {**LINK, **CLINICAL_AND_CLIENT},
    "home_care.set": {"therapist": "team", "owner": "team"},
    # book
    "today.read": STAFF,
    "calendar.read": STAFF,
    "calendar.feed": PUBLIC,
    "calendar.feed_make": {"therapist": "any", "owner": "any"},
    "book.read": {**DESK, "client": "own"},
    "book.appointment": {**DESK, "client": "own"},
    "book.series": {**DESK, "client": "own"},
    "book.move": {**DESK, "client": "own"},
    "book.cancel": {**DESK, "client": "own"},
    "book.no_show": DESK,
    "book.complete": DESK,
    # treat
    "ask.send": {**CLINICAL, "front_desk": "practice"},
    "ask.use": PUBLIC,
    "ask.answer": LINK,
    "visit.read": CLINICAL,
    "visit.open": CLINICAL,
    "visit.record": CLINICAL,
    "visit.finish": CLINICAL,
    "dial.open": CLINICAL,
    "dial.read": CLINICAL,
    "dial.see": {"therapist": "team", "owner": "practice"},
    "dial.use": PUBLIC,
    "bedside.manage": STAFF,  # which tablet stays in which room
    "bedside.use": PUBLIC,  # the tablet itself, on which nobody is signed in
    "bedside.pair": {"system": "any"},
    "pressure.read": CLINICAL_AND_CLIENT,
    "dial.turn": LINK,
    "note.read": CLINICAL,
    "note.write": CLINICAL,
    "note.sign": {"therapist": "team", "owner": "team"},  # an owner who treats signs too
    "note.add": {"therapist": "team", "owner": "team"},
    "note.release": {"therapist": "team", "owner": "practice"},  # a letter to another clinician
    "note.open_private": {"owner": "practice"},  # where the law asks for it; with a reason
    # follow_up
    "follow_up.read": CLINICAL_AND_CLIENT,
    "check_in.send": {**CLINICAL, "front_desk": "practice"},
    "check_in.use": PUBLIC,
    "check_in.answer": {**LINK, "client": "own", "system": "any"},
    "alert.raise": {**LINK, "client": "own", "system": "any"},
    "alert.handle": CLINICAL,
    "alert.clear": {"therapist": "team", "owner": "practice"},  # lets visits go on
    "alert.escalate": {"system": "any"},
    "reminder.use": PUBLIC,
    "reminder.read": {"client": "any"},
    "reminder.choose": {"client": "own"},
    "reminder.send": {"system": "any"},
    "outbox.send": {"system": "any"},
    "message.read": {"owner": "practice"},
    "message.retry": {"owner": "practice"},
    # outcomes
    "outcomes.read": CLINICAL_AND_CLIENT,
    "outcomes.decide": CLINICAL,
    "outcomes.refit": {"system": "any"},  # background work; derived rows, no line in the trail
    # programme: groups of people, never one of them
    "programme.read": {"owner": "practice"},
    "programme.export": {"owner": "practice"},
    "programme.publish": {"system": "practice"},  # background work; no line in the trail
}


def relation(actor: Actor, action: str) -> Relation | None:
    """How far the actor's grant for this action reaches; ``None`` means refused."""
    grants = POLICY.get(action)
    return None if grants is None else grants.get(actor.kind)
