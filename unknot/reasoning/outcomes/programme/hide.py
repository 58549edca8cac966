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
from itertools import combinations, product
from typing import Final

import numpy as np

from .simplex import least
from .strata import Array

SMALLEST: Final = 10
"""No number is shown of fewer people than this."""
ROOM: Final = 5.0
TOLD = 1e-7

Key = tuple[str | None, ...]
"""One value for each dimension; None stands for all of them together."""


@dataclass(frozen=True)
class Cube:
    """All groups there could be: ``atoms`` are the finest, and ``people`` how many are in each."""

    atoms: tuple[tuple[str, ...], ...]
    people: Array

    def members(self, key: Key) -> Array:
        """One for each atom of this group, else zero."""
        return np.array(
            [
                float(all(want in (None, have) for want, have in zip(key, atom, strict=True)))
                for atom in self.atoms
            ]
        )


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
    wanted = {key for table in tables for key in _keys(whole, table)}
    secret = _secrets(whole)
    large = {key for key in wanted if _count(whole, key) >= SMALLEST}
    kept = set(large)
    while (out := _betrays(whole, secret, kept)) is not None:
        kept.discard(out)
    for key in sorted(large - kept, key=lambda key: _value(whole, key), reverse=True):
        if _betrays(whole, secret, kept | {key}) is None:
            kept.add(key)
    return frozenset(kept)


def _betrays(whole: Cube, secret: Sequence[Key], kept: set[Key]) -> Key | None:
    """A shown group to leave out, because what is shown tells a secret; None if it does not."""
    order = sorted(kept, key=lambda key: _value(whole, key))
    known = np.array([whole.members(key) for key in order]).reshape(-1, len(whole.atoms))
    out = _told(whole, secret, known)
    if out is None and _tight(whole, secret, known):
        out = 0
    return None if out is None else order[out]


def _secrets(whole: Cube) -> tuple[Key, ...]:
    size = len(whole.atoms[0])
    levels = [table for many in range(size + 1) for table in combinations(range(size), many)]
    keys = dict.fromkeys(key for table in levels for key in _keys(whole, table))
    return tuple(key for key in keys if 0 < _count(whole, key) < SMALLEST)


def _keys(whole: Cube, table: tuple[int, ...]) -> list[Key]:
    found = {
        tuple(value if at in table else None for at, value in enumerate(atom))
        for atom in whole.atoms
    }
    return sorted(found, key=str)


def _count(whole: Cube, key: Key) -> float:
    return float(whole.members(key) @ whole.people)


def _told(whole: Cube, secret: Sequence[Key], known: Array) -> int | None:
    """Which shown group to leave out because a secret is a weighted sum of what is shown, or None.

    Of the few groups that the sum needs, the one worth least. Rows of ``known`` stand in order of
    their worth. A secret that can be worked out in several ways comes up again.
    """
    if not len(known):
        return None
    back = np.linalg.pinv(known.T)
    for key in secret:
        want = whole.members(key)
        weights = back @ want
        if np.abs(want - weights @ known).max() <= TOLD:
            return min(_needed(known, want, weights))
    return None


def _needed(known: Array, want: Array, weights: Array) -> list[int]:
    """Rows of which ``want`` is a sum, and none of which can be spared; light ones go first."""
    needed = [int(at) for at in np.argsort(np.abs(weights)) if abs(weights[at]) > TOLD]
    for at in tuple(needed):
        others = [other for other in needed if other != at]
        if others and _spans(known[others], want):
            needed = others
    return needed


def _spans(known: Array, want: Array) -> bool:
    weights = np.linalg.pinv(known.T) @ want
    return bool(np.abs(want - weights @ known).max() <= TOLD)


def _tight(whole: Cube, secret: Sequence[Key], known: Array) -> bool:
    """Whether what is shown leaves some secret less than ``ROOM``.

    Every table found on the way that agrees with what is shown also widens the range of all other
    secrets, so few linear programmes are solved.
    """
    seen = [whole.people]
    for key in secret if len(known) else ():
        wanted = whole.members(key)
        for sign in (-1.0, 1.0):
            if np.ptp(np.array(seen) @ wanted) < ROOM:
                seen.append(least(sign * wanted, known, known @ whole.people))
        if np.ptp(np.array(seen) @ wanted) < ROOM:
            return True
    return False


def _value(whole: Cube, key: Key) -> tuple[int, float, str]:
    """How much a shown group is worth: totals most, then large ones."""
    return key.count(None), _count(whole, key), str(key)
