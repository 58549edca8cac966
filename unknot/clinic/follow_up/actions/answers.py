"""Keeping a client's answers, and raising what somebody has to look at, in one transaction."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from unknot.knowledge import load
from unknot.reasoning.follow_up import diary
from unknot.reasoning.follow_up.soreness import SorenessAnswers, Triage, triage

from ...access import Actor
from ...audit import action, record
from ...models import Alert, CheckIn, CheckInLink, Episode
from ..errors import AlreadyAnswered

DIARY_KEYS = ("pain", "sleep", "stress", "load_hours", "flare", "home_care_done", "note")
LONGEST_NOTE = 500
REFERENCE_BACK = timedelta(days=60)


@action("check_in.answer")
def answer_diary(
    *, link: CheckInLink, answers: Mapping[str, Any], by: Actor, now: datetime
) -> CheckIn:
    """One entry of the diary. Raises AlreadyAnswered when this day, at the place, has one."""
    _locked(link)
    episode = link.episode
    zone = episode.client.practice.zone
    if entry_of_day(episode, now) is not None:
        raise AlreadyAnswered("Today's entry is saved already.")
    kept = {key: answers[key] for key in DIARY_KEYS if answers.get(key) not in (None, "")}
    check_in = CheckIn.everything.create(
        episode=episode,
        link=link,
        kind=CheckInLink.Kind.DIARY,
        answers=kept,
        pain=kept["pain"],
        at=now,
        zone=zone,
    )
    record(check_in, changed=sorted(kept))
    answer = diary_answer(check_in)
    if answer.alerts:
        words = "Worse for more than 72 hours." if answer.event else "A flare was reported."
        event = load().adverse_events.get(answer.event)
        urgency = event.urgency if event else "none"
        _raise(check_in, answer.event or "flare", str(urgency), words, by, now)
    if kept.get("note"):
        _raise(check_in, "note", "none", "The client left a note with a check-in.", by, now)
    return check_in


@action("check_in.answer")
def answer_soreness(
    *, link: CheckInLink, answers: Mapping[str, Any], by: Actor, now: datetime
) -> CheckIn:
    """The check after a visit, once. Raises AlreadyAnswered the second time."""
    link = _locked(link)
    if link.used_at is not None:
        raise AlreadyAnswered("Your answers are saved already.")
    link.used_at = now
    link.save(update_fields=["used_at"])
    visit = link.visit
    assert visit is not None
    check_in = CheckIn.everything.create(
        episode=link.episode,
        link=link,
        visit=visit,
        kind=CheckInLink.Kind.SORENESS,
        answers={**answers, "hours_since_visit": hours_since(visit.finished_at, now)},
        pain=answers.get("pain_now"),
        at=now,
        zone=link.episode.client.practice.zone,
    )
    record(check_in, changed=sorted(answers))
    found = soreness_triage(check_in)
    if found.alerts:
        rule = found.rule_ids[0] if found.events else "unanswered"
        _raise(check_in, rule, str(found.urgency), found.words, by, now)
    return check_in


@action("alert.raise")
def raise_alert(
    *, check_in: CheckIn, rule_id: str, urgency: str, words: str, by: Actor, now: datetime
) -> Alert:
    """Something a therapist has to look at."""
    alert = Alert.everything.create(
        episode=check_in.episode,
        check_in=check_in,
        rule_id=rule_id,
        urgency=urgency,
        words=words[:300],
        raised_at=now,
    )
    record(alert, changed=["rule_id", "urgency"])
    return alert


def _raise(
    check_in: CheckIn, rule: str, urgency: str, words: str, by: Actor, now: datetime
) -> None:
    raise_alert(check_in=check_in, rule_id=rule, urgency=urgency, words=words, by=by, now=now)


def entry_of_day(episode: Episode, now: datetime) -> CheckIn | None:
    """The diary entry of the practice's local day, or None."""
    zone = ZoneInfo(episode.client.practice.zone)
    midnight = datetime.combine(now.astimezone(zone).date(), time(), zone)
    return episode.check_ins.filter(
        kind=CheckInLink.Kind.DIARY, at__gte=midnight.astimezone(UTC)
    ).first()


def diary_answer(check_in: CheckIn) -> diary.Answer:
    """What the reasoning answers to this entry, among the earlier ones of its episode."""
    earlier = check_in.episode.check_ins.filter(
        kind=CheckInLink.Kind.DIARY,
        at__lt=check_in.at,
        at__gt=check_in.at - REFERENCE_BACK,
        pain__isnull=False,
    )
    return diary.judge(
        _entry(check_in), [_entry(one) for one in earlier], reference(check_in.episode)
    )


def reference(episode: Episode) -> float | None:
    """Pain before the last visit, else the average told at the intake, else unknown."""
    last = (
        episode.appointments.filter(visit__pain_before__isnull=False)
        .order_by("-visit__opened_at")
        .values_list("visit__pain_before", flat=True)
        .first()
    )
    if last is not None:
        return float(last)
    intake = episode.intakes.order_by("-version").first()
    told = intake.answers.get("pain_average") if intake else None
    return float(told) if isinstance(told, int | float) else None


def _entry(check_in: CheckIn) -> diary.CheckIn:
    answers = check_in.answers
    return diary.CheckIn(
        at=check_in.at,
        pain_0_10=check_in.pain or 0,
        sleep_0_10=answers.get("sleep"),
        stress_0_10=answers.get("stress"),
        load_hours=answers.get("load_hours"),
        flare=answers.get("flare"),
        home_care_done=answers.get("home_care_done"),
    )


def soreness_triage(check_in: CheckIn) -> Triage:
    """What the rules say to these answers."""
    answers = check_in.answers
    signs = answers.get("signs")
    return triage(
        SorenessAnswers(
            soreness_0_10=answers.get("soreness"),
            grade=answers.get("grade"),
            lasted_hours=answers.get("lasted_hours"),
            pain_now_0_10=answers.get("pain_now"),
            pain_before_0_10=check_in.visit.pain_before if check_in.visit else None,
            hours_since_visit=answers.get("hours_since_visit"),
            relief_hours=answers.get("relief_hours"),
            signs=None if signs is None else frozenset(signs),
        ),
        load().adverse_events,
    )


def hours_since(finished: datetime | None, now: datetime) -> int | None:
    """Whole hours since the visit ended, None when it has not."""
    return None if finished is None else int((now - finished).total_seconds() // 3600)


def _locked(link: CheckInLink) -> CheckInLink:
    """The link as it is now, held until the end of the transaction, so that two taps queue."""
    return CheckInLink.everything.select_for_update(of=("self",)).get(pk=link.pk)
