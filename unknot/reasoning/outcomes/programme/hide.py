"""Which numbers may be shown, so that none of a small group can be worked out from the others.

A group of one to nine people is secret, shown or not. A number that is left out where the total
and the rest stand is no secret; so others are left out with it (complementary suppression), until

* no secret is a weighted sum of what is shown (linear algebra), and
* what is shown leaves each secret a range of at least ``ROOM`` (linear programming: numbers of
  people are not negative, so two hidden groups that add up to nothing are both known).

What is left out says nothing of why, or the reason would be a clue.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, product
from typing import Final

import numpy as np
from numpy.typing import NDArray

from .simplex import least
from .strata import Array

SMALLEST: Final = 10
"""No number is shown of fewer people than this."""
ROOM: Final = 5.0
TOLD = 1e-7
TRIED_AGAIN = 40

Key = tuple[str | None, ...]
"""One value for each dimension; None stands for all of them together."""


@dataclass(frozen=True)
class Cube:
    """All groups there could be: ``atoms`` are the finest, and ``people`` how many are in each."""

    atoms: tuple[tuple[str, ...], ...]
    people: Array

    def members(self, key: Key) -> Array:
        """One for each atom of this group, else zero."""
        inside = np.ones(len(self.atoms), dtype=bool)
        for at, want in enumerate(key):
            if want is not None:
                inside &= self.values[at] == want
        return inside.astype(float)

    @cached_property
    def values(self) -> tuple[NDArray[np.str_], ...]:
        """The value of each atom, dimension by dimension."""
        return tuple(np.array(column) for column in zip(*self.atoms, strict=True))


def cube(counts: Mapping[tuple[str, ...], int]) -> Cube:
    """The cube of every combination of the values that occur, with zero where nobody is."""
    atoms = tuple(product(*(sorted(set(values)) for values in zip(*counts, strict=True))))
    return Cube(atoms, np.array([float(counts.get(atom, 0)) for atom in atoms]))


def shown(whole: Cube, tables: Sequence[tuple[int, ...]]) -> frozenset[Key]:
    """The groups of these tables that may be shown with numbers.

    A table is a choice of dimensions by position; ``()`` is the total. Everything left out is
    protected, and so are the small groups of tables that are not shown at all. What turns out to
    have been left out for nothing comes back.
    """
    size = len(whole.atoms[0])
    levels = [table for many in range(size + 1) for table in combinations(range(size), many)]
    members = {key: whole.members(key) for table in levels for key in _keys(whole, table)}
    count = {key: float(row @ whole.people) for key, row in members.items()}
    secret = [key for key in members if 0 < count[key] < SMALLEST]
    wanted = np.array([members[key] for key in secret]).reshape(len(secret), len(whole.atoms))
    worth = {key: (key.count(None), count[key], str(key)) for key in members}
    large = {key for table in tables for key in _keys(whole, table) if count[key] >= SMALLEST}

    def betrays(kept: set[Key]) -> Key | None:
        """A shown group to leave out, because what is shown tells a secret; else None."""
        order = sorted(kept, key=worth.__getitem__)
        known = np.array([members[key] for key in order]).reshape(len(order), len(whole.atoms))
        out = _told(wanted, known)
        if out is None and _tight(whole.people, wanted, known):
            out = 0
        return None if out is None else order[out]

    kept = set(large)
    while (out := betrays(kept)) is not None:
        kept.discard(out)
    for key in sorted(large - kept, key=worth.__getitem__, reverse=True)[:TRIED_AGAIN]:
        if betrays(kept | {key}) is None:
            kept.add(key)
    return frozenset(kept)


def _keys(whole: Cube, table: tuple[int, ...]) -> list[Key]:
    found = {
        tuple(value if at in table else None for at, value in enumerate(atom))
        for atom in whole.atoms
    }
    return sorted(found, key=str)


def _told(wanted: Array, known: Array) -> int | None:
    """Which shown group to leave out because a secret is a weighted sum of what is shown, or None.

    Of the few groups that the sum needs, the one worth least. Rows of ``known`` stand in order of
    their worth. A secret that can be worked out in several ways comes up again.
    """
    if not len(known) or not len(wanted):
        return None
    sizes, ways = np.linalg.eigh(known @ known.T)
    able = sizes > TOLD * sizes[-1]
    basis = (ways[:, able] / np.sqrt(sizes[able])).T @ known
    off = np.abs(wanted - wanted @ basis.T @ basis).max(1)
    told = np.flatnonzero(off <= TOLD)
    return min(_needed(known, wanted[told[0]])) if len(told) else None


def _needed(known: Array, want: Array) -> list[int]:
    """A few rows of which ``want`` is a weighted sum, and none of which can be spared.

    Found one by one, each time the row most like what is still missing.
    """
    needed: list[int] = []
    length = np.sqrt((known**2).sum(1))
    left = want
    while np.abs(left).max() > TOLD:
        alike = np.abs(known @ left) / length
        alike[needed] = 0.0
        needed.append(int(alike.argmax()))
        left = _left(known[needed], want)
    for at in tuple(needed):
        others = [other for other in needed if other != at]
        if others and np.abs(_left(known[others], want)).max() <= TOLD:
            needed = others
    return needed


def _left(rows: Array, want: Array) -> Array:
    weights = np.linalg.lstsq(rows.T, want, rcond=None)[0]
    found: Array = want - weights @ rows
    return found


def _tight(people: Array, wanted: Array, known: Array) -> bool:
    """Whether what is shown leaves some secret less than ``ROOM``.

    One linear programme moves all secrets that are not known to have room yet, and then one by
    one the first of them; each table found widens the ranges of all.
    """
    if not len(known) or not len(wanted):
        return False
    values = known @ people
    low = high = wanted @ people
    while len(tight := np.flatnonzero(high - low < ROOM)):
        for rows in (tight, tight[:1]):
            for sign in (-1.0, 1.0):
                reached = wanted @ least(sign * wanted[rows].sum(0), known, values)
                low, high = np.minimum(low, reached), np.maximum(high, reached)
        if (high - low)[tight[0]] < ROOM:
            return True
    return False
