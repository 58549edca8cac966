"""Which people's changes may go into the next figures, so that two of them tell nobody's.

Hiding small groups protects one set of figures. Whoever keeps last month's and subtracts it from
this month's sees the people who came or changed in between, and in a group that is often one. So
figures are published, and the next ones take up changes only where at least ``SMALLEST`` people
of a group changed; the others stay in as they were, until more have changed with them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from itertools import chain, combinations
from typing import Generic, TypeVar

import numpy as np

from .hide import SMALLEST, TOLD
from .join import naming
from .report import TABLES
from .strata import Array, Stratum

Key = TypeVar("Key", bound=Hashable)
Group = tuple[str, ...]


@dataclass(frozen=True)
class Share:
    """One person's part in the figures: a Stratum of one, and other groups they are counted in.

    ``told`` is anything that differs when their part of a figure would.
    """

    stratum: Stratum
    others: frozenset[str] = frozenset()
    told: Hashable = None


@dataclass(frozen=True)
class Release(Generic[Key]):
    """What may be published: everybody's part, some of them as they were before."""

    shares: Mapping[Key, Share]
    changed: frozenset[Key]


def release(
    before: Mapping[Key, Share], now: Mapping[Key, Share], gone: Iterable[Share] = ()
) -> Release[Key] | None:
    """The parts to publish next, or None when nothing may or need be.

    ``before`` is what the last figures were made of, ``now`` what is known today; ``gone`` are
    people of the last figures whose part has been erased since. They cannot be kept in, so where
    too few others changed with them, there are no new figures. The first figures hold everybody.
    """
    gone = tuple(gone)
    if not before and not gone:
        return Release(now, frozenset(now)) if now else None
    out = {key for key in {*before, *now} if before.get(key) != now.get(key)}
    while out or gone:
        mixed = _mixed(before, now, out)
        held = _held(_moves(before, mixed, out, gone))
        if held is None:
            return None
        if not held:
            return Release(mixed, frozenset(out))
        out -= held
    return None


def _mixed(
    before: Mapping[Key, Share], now: Mapping[Key, Share], out: set[Key]
) -> dict[Key, Share]:
    kept = {key: share for key, share in before.items() if key not in out}
    return kept | {key: now[key] for key in out if key in now}


@dataclass(frozen=True)
class _Moves(Generic[Key]):
    """Each change with every group it touches, then or now, and the groups shown both times.

    The key of somebody who was erased is None.
    """

    groups: tuple[tuple[Key | None, frozenset[Group]], ...]
    shown: tuple[Group, ...]


def _moves(
    before: Mapping[Key, Share],
    mixed: Mapping[Key, Share],
    out: set[Key],
    gone: tuple[Share, ...],
) -> _Moves[Key]:
    left, came = [*before.values(), *gone], list(mixed.values())
    names = [naming([one.stratum for one in side]) for side in (left, came)]

    def called(share: Share | None) -> frozenset[Group]:
        if share is None:
            return frozenset()
        parts = (
            _groups(name(share.stratum), share.others, ("then", "now")[at])
            for at, name in enumerate(names)
        )
        return frozenset().union(*parts)

    moved: list[tuple[Key | None, frozenset[Group]]] = [
        (key, called(before.get(key)) | called(mixed.get(key))) for key in out
    ]
    moved += [(None, called(one)) for one in gone]
    large = [
        {
            group
            for group, people in Counter(chain(*map(called, side))).items()
            if _may(group, people)
        }
        for side in (left, came)
    ]
    return _Moves(tuple(moved), tuple(sorted(large[0] & large[1])))


def _may(group: Group, people: int) -> bool:
    """Whether a page might show it: ten people and more, and a group of one of its tables."""
    places = tuple(at for at, value in enumerate(group[1:]) if value)
    return people >= SMALLEST and (len(group) == 1 or places == () or places in TABLES)


def _groups(one: Stratum, others: frozenset[str], side: str) -> frozenset[Group]:
    """Every group of every size a stratum belongs to, and the other ones."""
    values = (one.condition, one.location, one.dose, one.start)
    cells = {
        (side, *(values[at] if at in places else "" for at in range(len(values))))
        for size in range(len(values) + 1)
        for places in combinations(range(len(values)), size)
    }
    return frozenset(cells | {(name,) for name in others})


def _held(moves: _Moves[Key]) -> set[Key] | None:
    """Those whose change must wait; None when it is the erased ones that too few cover."""
    count = Counter(chain(*(groups for _, groups in moves.groups)))
    small = [group for group in moves.shown if 0 < count[group] < SMALLEST]
    small = small or _told(moves, count)
    held = {
        key for key, groups in moves.groups if key is not None and not groups.isdisjoint(small)
    }
    return None if small and not held else held


def _told(moves: _Moves[Key], count: Mapping[Group, int]) -> list[Group]:
    """Groups with few changes whose difference is a weighted sum of shown differences.

    Changes that touch the same shown groups cannot be told from each other, so they are taken
    together, and a group that splits them is no such sum.
    """
    shown = frozenset(group for group in moves.shown if group in count)
    alike = Counter(groups & shown for _, groups in moves.groups)
    inside: dict[Group, Counter[frozenset[Group]]] = defaultdict(Counter)
    for _, groups in moves.groups:
        for group in groups:
            if count[group] < SMALLEST:
                inside[group][groups & shown] += 1
    secret = sorted(
        group
        for group, kinds in inside.items()
        if all(alike[kind] == changed for kind, changed in kinds.items())
    )
    if not shown or not secret:
        return []
    kinds = sorted(alike, key=sorted)
    known = _members([[group in kind for kind in kinds] for group in sorted(shown)])
    wanted = _members([[kind in inside[group] for kind in kinds] for group in secret])
    left = wanted - wanted @ np.linalg.pinv(known) @ known
    return [secret[at] for at in np.flatnonzero(np.abs(left).max(1) <= TOLD)]


def _members(rows: list[list[bool]]) -> Array:
    return np.array(rows, dtype=float)
