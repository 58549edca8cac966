"""Keeping a client's answers, and raising what somebody has to look at, in one transaction.

`now` is when the answer was given; `received` is when it came, if it waited on the phone.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from unknot.reasoning.follow_up.act import Triage

from ...access import Actor
from ...audit import action, record
from ...models import CheckIn, CheckInLink, Episode
from ...plan import home
from ..errors import AlreadyAnswered, NothingToCorrect
from .alerts import raise_for
from .judged import diary_triage, firmest, soreness_triage

DIARY_KEYS: Final = (
    "pain",
    "areas",
    "sleep",
    "stress",
    "load_hours",
    "flare",
    "home_care",
    "home_care_done",
    "signs",
    "signs_asked",
    "unsure",
    "note",
)
MOST_A_DAY: Final = 12


@action("check_in.answer")
def answer_diary(
    *,
    link: CheckInLink,
    answers: Mapping[str, Any],
    by: Actor,
    now: datetime,
    received: datetime | None = None,
) -> CheckIn:
    """One entry of the diary; a day takes several.

    Raises AlreadyAnswered when the day, at the place, has as many as a day can hold, unless
    somebody has to act on this one.
    """
    _locked(link)
    is_full = len(entries_of_day(link.episode, now)) >= MOST_A_DAY
    check_in = _keep(link, CheckIn.Kind.DIARY, _kept(answers), answers.get("pain"), now)
    found = diary_triage(check_in)
    if is_full and not (found.alerts or check_in.answers.get("note")):
        raise AlreadyAnswered("Today has many entries already. You can correct the last one.")
    _tell_home(link.episode, answers, by, now)
    _act(check_in, found, by, received or now)
    return check_in


@action("check_in.answer")
def correct_diary(
    *,
    link: CheckInLink,
    answers: Mapping[str, Any],
    by: Actor,
    now: datetime,
    received: datetime | None = None,
) -> CheckIn:
    """The last entry of the day until now with other answers; what was said before stays beside
    it. A correction that waited on the phone is of its own day, whatever was told since.

    Raises NothingToCorrect when that day has none.
    """
    _locked(link)
    today = [one for one in entries_of_day(link.episode, now) if one.at <= now]
    if not today:
        raise NothingToCorrect("Today has no entry to correct.")
    check_in = today[-1]
    before = {"at": now.isoformat(), "answers": check_in.answers}
    check_in.earlier = [*check_in.earlier, before]
    check_in.answers, check_in.pain = _kept(answers), answers.get("pain")
    check_in.corrected_at = now
    check_in.save(update_fields=["earlier", "answers", "pain", "corrected_at"])
    record(check_in, changed=["earlier", "answers", "pain", "corrected_at"])
    _tell_home(link.episode, answers, by, now)
    _act(check_in, diary_triage(check_in), by, received or now)
    return check_in


@action("check_in.answer")
def answer_recalled(*, link: CheckInLink, average: int, by: Actor, now: datetime) -> CheckIn:
    """How the past seven days were on average, from memory: never mixed with the entries of days.

    Raises AlreadyAnswered when it was told within the week.
    """
    _locked(link)
    if recalled_lately(link.episode, now) is not None:
        raise AlreadyAnswered("You told us about these days already.")
    return _keep(link, CheckIn.Kind.RECALLED, {"average": average}, average, now)


@action("check_in.answer")
def answer_soreness(
    *,
    link: CheckInLink,
    answers: Mapping[str, Any],
    by: Actor,
    now: datetime,
    received: datetime | None = None,
) -> CheckIn:
    """The check after a visit, once.

    Raises AlreadyAnswered the second time, unless somebody has to act on what is said now: a sign
    that a client goes back to tell must not be lost.
    """
    link = _locked(link)
    is_second, link.used_at = link.used_at is not None, now
    link.save(update_fields=["used_at"])
    visit = link.visit
    assert visit is not None
    told = {**answers, "hours_since_visit": hours_since(visit.finished_at, now)}
    check_in = _keep(link, CheckIn.Kind.SORENESS, told, answers.get("pain_now"), now)
    found = soreness_triage(check_in)
    if is_second and not (found.alerts or answers.get("note")):
        raise AlreadyAnswered("Your answers are saved already.")
    cap = found.pressure_cap(firmest(visit.entries.values_list("area", "pressure")))
    if cap is not None:
        check_in.pressure_cap = cap
        check_in.save(update_fields=["pressure_cap"])
    _act(check_in, found, by, received or now)
    return check_in


def _keep(
    link: CheckInLink, kind: str, answers: Mapping[str, Any], pain: int | None, now: datetime
) -> CheckIn:
    check_in = CheckIn.everything.create(
        episode=link.episode,
        link=link,
        visit=link.visit if kind == CheckIn.Kind.SORENESS else None,
        kind=kind,
        answers=dict(answers),
        pain=pain,
        at=now,
        zone=link.episode.client.practice.zone,
    )
    record(check_in, changed=sorted(answers))
    return check_in


def _kept(answers: Mapping[str, Any]) -> dict[str, Any]:
    return {key: answers[key] for key in DIARY_KEYS if answers.get(key) not in (None, "")}


def _tell_home(episode: Episode, answers: Mapping[str, Any], by: Actor, now: datetime) -> None:
    """Keeps for each piece of home care what was told of today, which moves it up or down."""
    for item, done in (answers.get("home_care") or {}).items():
        with suppress(home.HomeCareRefused):  # it left the plan, or waits since a moment ago
            home.tell(
                episode=episode,
                item=item,
                on=home.today_of(episode, now),
                told=home.Told(done=done),
                by=by,
                now=now,
            )


def _act(check_in: CheckIn, found: Triage, by: Actor, now: datetime) -> None:
    """Raises what needs a person, as of `now`: when it was received, for nobody knew of it before.

    A correction raises only what was not raised before."""
    if found.alerts:
        raise_for(check_in=check_in, found=found, by=by, now=now)
    said = check_in.answers.get("note")
    if said and all(before["answers"].get("note") != said for before in check_in.earlier):
        raise_for(check_in=check_in, found=None, by=by, now=now)


def entries_of_day(episode: Episode, now: datetime) -> list[CheckIn]:
    """The diary entries of the practice's local day, in order."""
    zone = ZoneInfo(episode.client.practice.zone)
    day = now.astimezone(zone).date()
    starts, ends = (
        datetime.combine(midnight, time(), zone).astimezone(UTC)
        for midnight in (day, day + timedelta(days=1))
    )
    kept = episode.check_ins.filter(kind=CheckIn.Kind.DIARY)
    return list(kept.filter(at__gte=starts, at__lt=ends))


def recalled_lately(episode: Episode, now: datetime) -> CheckIn | None:
    """The average of a week told within the past seven days, or None."""
    week = now - timedelta(days=7)
    return episode.check_ins.filter(kind=CheckIn.Kind.RECALLED, at__gt=week).first()


def hours_since(finished: datetime | None, now: datetime) -> int | None:
    """Whole hours since the visit ended, None when it has not."""
    return None if finished is None else int((now - finished).total_seconds() // 3600)


def _locked(link: CheckInLink) -> CheckInLink:
    """The link as it is now, held until the end of the transaction, so that two taps queue."""
    return CheckInLink.everything.select_for_update(of=("self",)).get(pk=link.pk)
