"""What invented people answer between visits: the diary, the check after a visit, and alerts."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from unknot.knowledge import load
from unknot.reasoning.follow_up.act import Triage, act
from unknot.reasoning.follow_up.diary import THANKS
from unknot.reasoning.follow_up.waiting import look_by
from unknot.reasoning.scale import Urgency

from .. import models as m
from ..access import for_link, for_staff
from ..follow_up.actions import answers as rules
from ..follow_up.actions import judged
from ..follow_up.actions.alerts import NOTE_WORDS
from ..treat.areas import group_of
from . import paths
from .arrival import Person
from .house import House
from .ledger import Ledger
from .visits import Visits

EVENING = time(20, 30)
CLOSING = ("discharged", "referred")
SILENT_AFTER_DAYS = 12  # days after the last visit of a closed course
SHORT = timedelta(days=6)  # alerts younger than this may still wait for somebody
SORENESS_BACK_DAYS = 60
SORENESS_ANSWERED = 0.4
NOTES = (
    "Long drive on Sunday, felt it all evening.",
    "The exercise with the towel helps in the morning.",
    "Slept badly, new mattress comes next week.",
)
WITH_NOTE = 0.012
HANDLED = {
    "flare": "Called. Settling, so the next visit is lighter.",
    "note": "Read. We talk about it at the next visit.",
    "numbness": "Called. Saw the family doctor, who found nothing; feeling is back.",
    "worse_for_long": "Called the same day. Visits paused, family doctor informed.",
}
NUMB_WEEKS_AGO = 3
CLEARED_AFTER = timedelta(hours=30)
HANDLED_OTHERWISE = "Called. Nothing new since; will be asked again at the next visit."


class CheckIns:
    """Writes one person's answers after the other into the ledger."""

    def __init__(
        self, ledger: Ledger, house: House, today: date, visits: Visits, counts: Counter[str]
    ) -> None:
        self.ledger, self.house, self.today = ledger, house, today
        self.visits, self.counts = visits, counts
        self.in_flare: set[UUID] = set()
        self.worse: set[str] = set()
        self.numb_told = False
        self.answered: dict[UUID, list[m.CheckIn]] = defaultdict(list)

    def answer(self, person: Person) -> None:
        """Every answer of the person, until today or soon after their course was closed."""
        until = self._last_day(person)
        for day in paths.answered_days(person.story, person.path, person.dice):
            on = person.opened + timedelta(days=day)
            if on <= until:
                self._diary(person, day, on)
        for visit in self.visits.of(person):
            self._soreness(person, visit)
        self._worse(person)

    def _last_day(self, person: Person) -> date:
        if person.story.ends not in CLOSING:
            return self.today
        last = self.visits.last_of(person).astimezone(self.house.zone).date()
        return last + timedelta(days=SILENT_AFTER_DAYS)

    def _diary(self, person: Person, day: int, on: date) -> None:
        dice, story = person.dice, person.story
        pain = paths.score(person.path[day])
        flare = story.flare_day is not None and 0 <= day - story.flare_day < 3
        told: dict[str, Any] = {
            "pain": pain,
            "sleep": paths.score(8 - pain / 2 + dice.gauss(0, 1.2)),
            "stress": paths.score(4 + dice.gauss(0, 1.8)),
            "load_hours": self._load(person, on),
            "flare": flare,
            "home_care_done": dice.random() < 0.6,
        }
        if flare:
            told |= {"signs_asked": True, "signs": []}
        if dice.random() < WITH_NOTE:
            told["note"] = dice.choice(NOTES)
        told |= self._areas(person, pain)
        at = self.house.at(on, EVENING) + timedelta(minutes=dice.randint(-80, 70))
        check_in = self._add(person, "diary", told, pain, at)
        self.answered[person.episode.pk].append(check_in)
        if flare and person.episode.pk not in self.in_flare:
            self.in_flare.add(person.episode.pk)
            self._alert(person, check_in, _found("flare"))
        if "note" in told:
            self._alert(person, check_in, None)

    def _areas(self, person: Person, pain: int) -> dict[str, Any]:
        """The pain of each area the person marked, the first the worst; nothing for one area."""
        strongest: dict[str, int] = {}
        for mark in person.case.marks:
            group = group_of(mark.region)
            strongest[group] = max(strongest.get(group, 0), mark.intensity or 0)
        areas = sorted(strongest, key=lambda one: -strongest[one])[: judged.MOST_AREAS]
        if len(areas) < 2:
            return {}
        least = strongest[areas[0]]
        return {
            "areas": {area: max(0, min(pain, pain - (least - strongest[area]))) for area in areas}
        }

    def _load(self, person: Person, on: date) -> float:
        """Hours of what strains this person: more on working days."""
        answered = person.case.answers
        hours = answered.get("typing_hours_per_day") or answered.get("standing_hours_per_day")
        usual = float(hours) if isinstance(hours, int | float) else 3.0
        share = 0.25 if on.weekday() >= 5 else 1.0
        return max(0.0, round((usual * share + person.dice.uniform(-1, 1)) * 2) / 2)

    def _soreness(self, person: Person, visit: m.Visit) -> None:
        dice = person.dice
        finished = visit.finished_at or visit.opened_at
        at = finished + timedelta(hours=dice.randint(26, 48))
        too_old = self.today - finished.date() > timedelta(days=SORENESS_BACK_DAYS)
        too_new = at.astimezone(self.house.zone).date() >= self.today
        if too_old or too_new or dice.random() > SORENESS_ANSWERED:
            return
        sore = max(0, round(dice.gauss(1.5, 1.8)))
        told: dict[str, Any] = {
            "signs": {"light_headed": 1} if dice.random() < 0.02 else {},
            "something_new": False,
            "soreness": sore,
            "pain_now": paths.score(person.pain(at.date()) - 0.5),
            "relief_hours": dice.choice((0, 6, 6, 24, 24, 72)),
            "hours_since_visit": rules.hours_since(finished, at),
        }
        if sore:
            told |= {"lasted_hours": 12 if sore < 3 else 36, "grade": 1 if sore < 4 else 2}
        told |= self._once_numb(at)
        check_in = self._add(person, "soreness", told, told["pain_now"], at, visit=visit)
        found = judged.soreness_triage(check_in)
        if found.alerts:
            self._alert(person, check_in, found)

    def _once_numb(self, at: datetime) -> dict[str, Any]:
        """One check, some weeks ago, told of numbness: the visits waited, and then went on."""
        weeks = (self.today - at.date()).days // 7
        if self.numb_told or weeks != NUMB_WEEKS_AGO:
            return {}
        self.numb_told = True
        return {"signs": {"numbness": None}}

    def _worse(self, person: Person) -> None:
        """Getting clearly worse reaches the therapist: one is answered, one still waits."""
        kind, answered = person.story.kind, self.answered[person.episode.pk]
        if kind not in ("worse", "referred") or kind in self.worse or len(answered) < 5:
            return
        self.worse.add(kind)
        told = answered[-5] if kind == "referred" else answered[-1]
        self._alert(person, told, _found("worse_for_long"))

    def _add(
        self,
        person: Person,
        kind: str,
        told: Mapping[str, Any],
        pain: int,
        at: datetime,
        visit: m.Visit | None = None,
    ) -> m.CheckIn:
        self.counts["check_ins"] += 1
        return self.ledger.add(
            m.CheckIn,
            at,
            for_link(person.episode),
            "check_in.answer",
            episode=person.episode,
            visit=visit,
            kind=kind,
            answers=dict(told),
            pain=pain,
            at=at,
            zone=self.house.practice.zone,
        )

    def _alert(self, person: Person, check_in: m.CheckIn, found: Triage | None) -> None:
        """What the therapist has to look at; without findings it is a note the client left."""
        at = check_in.at
        rules = list(found.rule_ids) or ["parts_missing"] if found else ["note"]
        urgency = found.urgency if found else Urgency.NONE
        alert = self.ledger.add(
            m.Alert,
            at,
            for_link(person.episode),
            "alert.raise",
            episode=person.episode,
            check_in=check_in,
            rule_id=rules[0],
            rules=rules,
            urgency=str(urgency),
            words=found.words if found else NOTE_WORDS,
            told=found.told if found else "",
            stops=found is not None and found.stops,
            asks_screening=found is not None and found.asks_screening,
            raised_at=at,
            look_by=look_by(at, urgency),
        )
        handled = at + timedelta(hours=14)
        midnight = self.house.at(self.today, time(0))
        closed = person.story.ends in CLOSING and handled < midnight
        if closed or handled < midnight - SHORT:
            alert.handled_at, alert.handled_by = handled, person.therapist
            alert.handled_words = HANDLED.get(rules[0], HANDLED_OTHERWISE)
            by = for_staff(person.therapist)
            self.ledger.note(alert, handled, by, "alert.handle", ["handled_at", "handled_words"])
            if alert.stops:
                alert.cleared_at = handled + CLEARED_AFTER
                self.ledger.note(alert, alert.cleared_at, by, "alert.clear", ["cleared_at"])


def _found(rule: str) -> Triage:
    """What one record leads to."""
    return act([rule], load().adverse_events, thanks=THANKS)
