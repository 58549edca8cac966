"""Writes of home care: what a client tells, the small step the rule takes, and what a therapist
decides.

HomeCareRefused    it cannot be told or decided; says why
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from ....reasoning.home import NextDay, Outcome, Rung, Step, judge, last_step
from ....reasoning.home.days import During
from ....reasoning.scale import Urgency
from ...access import Actor
from ...audit import action, record
from ...intake.alarm import raise_alert
from ...models import Episode, HomeCareDay, HomeCareStep
from .stored import BACK, FELT, Given, Told, days_of, given, today_of

TOMORROW = timedelta(days=1)


class HomeCareRefused(Exception):
    """What stands in the way, in words for whoever asked."""


@action("home_care.tell")
def tell(
    *, episode: Episode, item: str, on: date, told: Told, by: Actor, now: datetime
) -> HomeCareDay:
    """Keeps an answer about one day of one item, and takes the small step its rule says.

    `on` is a day at the practice, today or up to a week back. A stop sign, or too much on the
    lowest step, makes the item wait and asks the therapist. Of an item that waits already or is
    ruled out only a stop sign is kept, and told. Raises HomeCareRefused for any other answer about
    it, an item that is not in the plan in force, another day, or an unknown answer.
    """
    Episode.everything.select_for_update(of=("self",)).get(pk=episode.pk)
    today = today_of(episode, now)
    one = _open(episode, item, on, today, is_sign=told.sign)
    told = Told(sign=True) if one.is_out else told
    row, _ = HomeCareDay.everything.get_or_create(
        episode=episode, item=item, on=on, defaults={"step": one.rung.step, "told_at": now}
    )
    changed = _keep(row, told)
    row.told_at = now
    row.save()
    record(row, changed=changed)
    _move(one, row, told, changed, by, now)
    return row


@action("home_care.set")
def set_step(*, episode: Episode, item: str, step: int, by: Actor, now: datetime) -> HomeCareStep:
    """A therapist's decision: the item goes on at this step from today, counted from 0.

    Raises HomeCareRefused for an item that is not in the plan, one that the safety check rules
    out, or a step its dose does not have.
    """
    one = next((one for one in given(episode) if one.record.id == item), None)
    if one is None or one.forbidden:
        raise HomeCareRefused("This is not part of the plan, or the safety check rules it out.")
    if not 0 <= step <= last_step(one.record):
        raise HomeCareRefused(f"Its dose has {last_step(one.record) + 1} steps.")
    row = HomeCareStep.everything.create(
        episode=episode,
        item=item,
        step=step,
        since=today_of(episode, now) + TOMORROW,
        outcome="set",
        decided_at=now,
        staff=by.staff,
    )
    record(row, changed=["step", "since", "waits"])
    return row


def _open(episode: Episode, item: str, on: date, today: date, *, is_sign: bool) -> Given:
    one = next((one for one in given(episode) if one.record.id == item), None)
    if one is None:
        raise HomeCareRefused("This is not part of your plan any more.")
    if one.is_out and not is_sign:
        raise HomeCareRefused("Leave this one out until your therapist has spoken with you.")
    if not today - BACK <= on <= today:
        raise HomeCareRefused("Tell us about today or the last seven days.")
    return one


def _keep(row: HomeCareDay, told: Told) -> list[str]:
    """Puts the answer into the row; names of the fields it changed."""
    before = {name: getattr(row, name) for name in ("done", "during", "after", "next_day", "sign")}
    if told.done:
        if told.done not in HomeCareDay.Done.values:
            raise HomeCareRefused("This answer is not known.")
        row.done = told.done
        if told.done == HomeCareDay.Done.NOT_TODAY:
            row.during = row.after = row.next_day = ""
    if told.felt:
        if told.felt not in FELT:
            raise HomeCareRefused("This answer is not known.")
        during, after = FELT[told.felt]
        row.during, row.after = str(during), str(after or "")
    if told.next_day:
        if told.next_day not in set(NextDay):
            raise HomeCareRefused("This answer is not known.")
        row.next_day = told.next_day
    row.sign = row.sign or told.sign
    return [name for name, value in before.items() if getattr(row, name) != value]


def _move(
    one: Given, row: HomeCareDay, told: Told, changed: list[str], by: Actor, now: datetime
) -> None:
    """The step that follows from the answer, kept when it is one."""
    today = today_of(row.episode, now)
    rows = list(row.episode.home_days.filter(item=row.item, on__gte=one.rung.since))
    rung = one.rung
    if row.on < rung.since and (told.sign or _undoes_a_step_up(one, row, changed)):
        rows, rung = [row], Rung(rung.step, row.on)  # what was told now counts, and only that
    found = judge(one.record, rung, days_of(rows), today=today)
    if found.outcome is Outcome.STAY:
        return
    step = HomeCareStep.everything.create(
        episode=row.episode,
        item=row.item,
        step=found.to,
        since=today + TOMORROW,
        outcome=str(found.outcome),
        rule_id=found.rule.id,
        waits=found.needs_therapist,
        decided_at=now,
    )
    record(step, changed=["step", "since", "waits"])
    if found.needs_therapist:
        _ask_therapist(one, row.episode, found, now)


def _undoes_a_step_up(one: Given, row: HomeCareDay, changed: list[str]) -> bool:
    """Whether the day told now would have kept the last step up from being taken."""
    went_up = one.last is not None and one.last.outcome == Outcome.UP
    over = "during" in changed and row.during == During.OVER
    return went_up and (over or ("next_day" in changed and row.next_day == NextDay.MORE))


def _ask_therapist(one: Given, episode: Episode, found: Step, now: datetime) -> None:
    is_sign = found.outcome is Outcome.STOP
    words = (
        "a stop sign was told, so it is left out." if is_sign else "too much on the lowest step."
    )
    said = f"Home care, {one.record.name.lower()}: {words} Speak with the client."
    if one.is_out and episode.alerts.filter(words=said, handled_at=None).exists():
        return  # told again while it waits: nobody has answered the first yet
    raise_alert(
        episode=episode,
        rule_id=found.rule.id,
        urgency=Urgency.SAME_DAY if is_sign else Urgency.NONE,
        words=said,
        now=now,
    )
