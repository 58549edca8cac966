"""Rare values joined with others, so that one rare complaint does not hide a whole table.

A condition of three people cannot be shown, and neither could its neighbour, or the total would
give it away. Joined into one row, both can.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from .hide import SMALLEST
from .strata import OFTEN, Stratum


def joined(strata: Sequence[Stratum]) -> list[Stratum]:
    """The same people with rare conditions, places, doses and starts under joint names.

    Doses and starts have an order and are joined with a neighbour; others with the next rarest.
    """
    return list(map(naming(strata), strata))


def naming(strata: Sequence[Stratum]) -> Callable[[Stratum], Stratum]:
    """How these people's rare values are called; a value none of them has keeps its name."""
    names = {}
    for name, (order, call) in _HOW.items():
        counts: Counter[str] = Counter()
        for one in strata:
            counts[getattr(one, name)] += one.people
        names[name] = _joint(counts, order, call)
    return lambda one: _called(one, names)


def _called(one: Stratum, names: Mapping[str, Mapping[str, str]]) -> Stratum:
    changes: dict[str, Any] = {
        name: joint
        for name, known in names.items()
        if (joint := known.get(getattr(one, name), getattr(one, name))) != getattr(one, name)
    }
    return replace(one, **changes) if changes else one


Order = Callable[[str], int] | None
Call = Callable[[Sequence[str]], str]


def _joint(counts: Mapping[str, int], order: Order, call: Call) -> dict[str, str]:
    groups: dict[tuple[str, ...], int] = {(value,): n for value, n in counts.items()}
    while len(groups) > 1 and min(groups.values()) < SMALLEST:
        one, other = _next(groups, order)
        both = tuple(
            sorted({*one, *other}, key=lambda value: (order(value) if order else 0, value))
        )
        groups[both] = groups.pop(one) + groups.pop(other)
    return {value: call(group) for group in groups for value in group}


def _next(groups: Mapping[tuple[str, ...], int], order: Order) -> tuple[tuple[str, ...], ...]:
    """The smallest group and the one to join it with."""
    if order is None:
        return tuple(sorted(groups, key=lambda group: (groups[group], group))[:2])
    row = sorted(groups, key=lambda group: (order(group[0]), group))
    at = min(range(len(row)), key=lambda place: groups[row[place]])
    beside = [place for place in (at - 1, at + 1) if 0 <= place < len(row)]
    return row[at], row[min(beside, key=lambda place: groups[row[place]])]


def _either(values: Sequence[str]) -> str:
    """In one name; words begin small after the first, abbreviations stay as they are."""
    rest = [value[:1].lower() + value[1:] if value[1:2].islower() else value for value in values]
    return " or ".join([values[0], *rest[1:]])


def _dose(values: Sequence[str]) -> str:
    """ "one visit or about weekly, 45 to 74 minutes": what they share is said once."""
    parts = [value.partition(", ") for value in values]
    if len({minutes for _, _, minutes in parts}) > 1:
        return _either(values)
    return "".join((_either([often for often, _, _ in parts]), *parts[0][1:]))


def _start(values: Sequence[str]) -> str:
    ends = [int(word) for value in values for word in value.split(" to ")]
    return f"{min(ends)} to {max(ends)}"


def _how_often(dose: str) -> int:
    return next((at for at, name in enumerate(OFTEN) if dose.startswith(name)), len(OFTEN))


_HOW: Mapping[str, tuple[Order, Call]] = {
    "condition": (None, _either),
    "location": (None, _either),
    "dose": (_how_often, _dose),
    "start": (lambda start: int(start.split(" to ")[0]), _start),
}
