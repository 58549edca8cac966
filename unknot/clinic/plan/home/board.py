"""Home care for the therapist: where each item stands, by which rule, what to offer instead."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from ....knowledge import load
from ....reasoning.home import dose_at, last_step
from ....reasoning.plan import Plan, home_options
from ....reasoning.plan.checks import MOST_HOME_CARE
from ...models import Episode, HomeCareStep
from ...ui import words
from .items import HomeItemToday, items

SHOWN_STEPS = 4


@dataclass(frozen=True)
class Option:
    """One choice of a list."""

    value: str
    words: str
    chosen: bool = False


@dataclass(frozen=True)
class BoardItem:
    """One item: what was told, where it stands, the steps it has, and how it came there."""

    id: str
    name: str
    dose: str
    place: str
    told: str
    tone: str
    word: str
    waits: bool
    steps: tuple[Option, ...]
    history: tuple[str, ...]


@dataclass(frozen=True)
class Board:
    """All items of the plan in force, and what else may be offered."""

    items: tuple[BoardItem, ...]
    others: tuple[Option, ...]
    may_add: bool

    @property
    def waiting(self) -> str:
        """Names of what is left out until a therapist decides; empty for none."""
        return words.listed([one.name for one in self.items if one.waits])


def board(episode: Episode, plan: Plan, now: datetime) -> Board:
    """The board of an episode. `plan` is the newest version, which a swap begins from."""
    held = {one.id for one in plan.home_care}
    offered = tuple(Option(one.id, one.name) for one in home_options(plan) if one.id not in held)
    rows = list(episode.home_steps.select_related("staff").order_by("-decided_at", "-id"))
    return Board(
        items=tuple(
            _item(one, [row for row in rows if row.item == one.id], episode)
            for one in items(episode, now)
        ),
        others=offered,
        may_add=len(plan.home_care) < MOST_HOME_CARE,
    )


def _item(one: HomeItemToday, rows: list[HomeCareStep], episode: Episode) -> BoardItem:
    record = load().home_care[one.id]
    tone, word = {
        "open": ("good", "Going on"),
        "waits": ("caution", "Left out, waits for you"),
        "ruled_out": ("stop", "Ruled out by the safety check"),
    }[one.state]
    return BoardItem(
        id=one.id,
        name=one.name,
        dose=one.dose,
        place=f"Step {one.step} of {one.steps}" if one.steps > 1 else "One dose, no steps",
        told=words.sentence(one.told),
        tone=tone,
        word=word,
        waits=one.state == "waits",
        steps=tuple(
            Option(str(step), f"{step + 1}: {dose_at(record, step)}", step + 1 == one.step)
            for step in range(last_step(record) + 1)
        )
        if one.state != "ruled_out"
        else (),
        history=tuple(_step(row, episode.client.practice.zone) for row in rows[:SHOWN_STEPS]),
    )


def _step(row: HomeCareStep, zone: str) -> str:
    """One decision: its day, what it was, and the rule or the person behind it."""
    on = words.long_day(words.local_day(row.decided_at, zone))
    if row.staff is not None:
        return f"{on}: step {row.step + 1}, set by {row.staff.name}."
    rule = load().home_ladder.get(row.rule_id)
    title = f"{rule.id}, {rule.title.lower()}" if rule else row.rule_id
    does = {"up": "up to", "down": "down to"}.get(row.outcome, "left out at")
    return f"{on}: {does} step {row.step + 1} ({title}; a custom of low confidence)."
