"""Home care as a person reads it: today's items for the client, one line each for a therapist."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from ....knowledge import load
from ....reasoning.home import Outcome, dose_at, judge, last_step, told_of
from ...models import Episode, HomeCareDay
from ...ui import words
from .stored import BACK, Given, days_of, felt_of, given, today_of

DONE: Final = (("done", "Done"), ("partly", "Partly"), ("not_today", "Not today"))
NEXT_DAY: Final = (("settled", "No more than before"), ("more", "Still more pain"))


@dataclass(frozen=True)
class Chip:
    """One answer to tap: its value, its words, whether it is the one that was tapped."""

    value: str
    words: str
    chosen: bool = False


@dataclass(frozen=True)
class Asked:
    """One question about one day: the field it fills, the day, the answers."""

    field: str
    on: date
    text: str
    chips: tuple[Chip, ...]


@dataclass(frozen=True)
class HomeItemToday:
    """One item as the client sees it today. `state` is open, waits or ruled_out."""

    id: str
    name: str
    tell: str
    dose: str
    whole_dose: str
    """The dose on record, where it is more than `dose`; else empty."""
    stop: str
    why: str
    state: str
    says: str
    """What comes next, in plain words; may be empty."""
    is_urgent: bool
    """Whether a stop sign was told: what to do now belongs beside it."""
    questions: tuple[Asked, ...]
    today: date
    step: int
    steps: int
    told: str
    """How often it was done over the last week, without blame."""
    picture: str
    """What the drawing shows, in words that suffice alone; empty where there is no drawing."""

    @property
    def done_today(self) -> str:
        """What was told of today: done, partly or not_today; "" while nothing was."""
        asked = (one.chips for one in self.questions if one.field == "done")
        return next((chip.value for chip in next(asked, ()) if chip.chosen), "")

    @property
    def drawing(self) -> str:
        """The template of the drawing, or ""."""
        return f"home_care/{self.id}.svg" if self.picture else ""


def items(episode: Episode, now: datetime) -> tuple[HomeItemToday, ...]:
    """The home care of the plan in force as it stands today: at most three items."""
    today = today_of(episode, now)
    rows = list(episode.home_days.filter(on__gt=today - BACK))
    return tuple(
        _item(one, [row for row in rows if row.item == one.record.id], today)
        for one in given(episode)
    )


def lines(episode: Episode, now: datetime) -> tuple[str, ...]:
    """For a therapist: what was done of each item in a week, where it stands, what waits."""
    return tuple(_line(one) for one in items(episode, now))


def _line(one: HomeItemToday) -> str:
    stands = {
        "waits": "; left out, waits for you",
        "ruled_out": "; ruled out by the safety check",
        "open": f"; step {one.step} of {one.steps}" if one.steps > 1 else "",
    }[one.state]
    return f"{one.name}: {one.told}{stands}."


def _item(one: Given, rows: Sequence[HomeCareDay], today: date) -> HomeItemToday:
    record = one.record
    now_row = next((row for row in rows if row.on == today), None)
    state = "ruled_out" if one.forbidden else "waits" if one.waits else "open"
    dose, whole = dose_at(record, one.rung.step), record.dose_in_words
    return HomeItemToday(
        id=record.id,
        name=record.name,
        tell=record.tell,
        dose=dose,
        whole_dose=whole if whole != dose else "",
        stop=record.stop,
        why=one.planned.why,
        state=state,
        says=_says(one, rows, now_row, today),
        is_urgent=one.last is not None and one.last.outcome == Outcome.STOP,
        questions=tuple(_questions(one, rows, now_row, today)) if state == "open" else (),
        today=today,
        step=min(one.rung.step, last_step(record)) + 1,
        steps=last_step(record) + 1,
        told=told_of(days_of(rows)).says,
        picture=record.picture,
    )


def _says(
    one: Given, rows: Sequence[HomeCareDay], now_row: HomeCareDay | None, today: date
) -> str:
    """What the client reads about the dose: the last step taken, else why it stays."""
    if one.forbidden:
        return "Leave this one out. The safety check rules it out for now."
    last = one.last
    if last is not None and (last.waits or today <= last.since):
        rule = load().home_ladder.get(last.rule_id)
        if rule is None:
            return f"Your therapist set this dose. From now on: {_dose(one)}."
        if last.waits:
            return rule.tell
        return f"{rule.tell} From {words.day(last.since, today=today)} on: {_dose(one)}."
    if now_row is None or not now_row.done:
        return ""
    return judge(one.record, one.rung, days_of(rows), today=today).says


def _dose(one: Given) -> str:
    return dose_at(one.record, one.rung.step)


def _questions(
    one: Given, rows: Sequence[HomeCareDay], now_row: HomeCareDay | None, today: date
) -> list[Asked]:
    """What to tap: today's, how it felt once it was done, and the next day of an earlier one."""
    done = now_row.done if now_row else ""
    asked = [Asked("done", today, "Today", _chips(DONE, done))]
    if done in ("done", "partly"):
        asked.append(
            Asked(
                "felt", today, "How was it?", _chips(_felt(one.record.pain_cap), felt_of(now_row))
            )
        )
    open_next = [
        row
        for row in rows
        if row.on < today and row.done in ("done", "partly") and not row.next_day
    ]
    if open_next:
        row = open_next[-1]
        yesterday = (today - row.on).days == 1
        text = "Since yesterday" if yesterday else f"The day after {row.on:%A}"
        asked.append(Asked("next_day", row.on, text, _chips(NEXT_DAY, "")))
    return asked


def _felt(cap: int) -> tuple[tuple[str, str], ...]:
    """How it can have felt, in the words of this item's limit of pain."""
    if not cap:
        return (("easy", "No pain"), ("stayed", "Sore afterwards"), ("over", "It hurt"))
    return (
        ("easy", "No more pain"),
        ("some", f"Some, {cap} or less, and it eased"),
        ("stayed", "Pain that stayed afterwards"),
        ("over", f"More than {cap} of 10"),
    )


def _chips(choices: Sequence[tuple[str, str]], chosen: str) -> tuple[Chip, ...]:
    return tuple(Chip(value, text, value == chosen) for value, text in choices)
