"""Two days' figures, subtracted: what an attacker who keeps every page can and cannot learn."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest

from unknot.reasoning.outcomes.programme import SMALLEST, Stratum, report
from unknot.reasoning.outcomes.programme.join import joined
from unknot.reasoning.outcomes.programme.release import Share, release

from .groups import stratum

DAYS = 14
SEEDS = 3


def share(chance: float = 0.5, *, others: frozenset[str] = frozenset(), **groups: object) -> Share:
    return Share(stratum(people=1, **groups), others, chance)


def many(count: int, **groups: object) -> dict[int, Share]:
    return {key: share(**groups) for key in range(count)}


def test_the_first_figures_hold_everybody() -> None:
    now = many(12)
    found = release({}, now)
    assert found is not None
    assert (found.shares, found.changed) == (now, frozenset(now))
    assert release({}, {}) is None


def test_one_newcomer_waits_until_ten_have_come() -> None:
    """The very attack: yesterday 12 people, today 13, and the difference is one person's."""
    before = many(12)
    for newcomers in range(1, SMALLEST):
        assert release(before, many(12 + newcomers)) is None
    found = release(before, many(12 + SMALLEST))
    assert found is not None
    assert len(found.shares) == 22


def test_nothing_new_means_no_new_figures() -> None:
    assert release(many(30), many(30)) is None


def test_a_change_in_a_shown_group_waits_while_others_go_out() -> None:
    here, there = {"location": "Mill Lane"}, {"location": "Harbour Street"}
    before = {("here", n): share(**here) for n in range(20)}
    before |= {("there", n): share(**there) for n in range(20)}
    now = before | {("here", n): share(0.9, **here) for n in range(12)}
    now |= {("there", 0): share(0.1, **there)}
    found = release(before, now)
    assert found is not None
    assert found.changed == {("here", n) for n in range(12)}
    assert found.shares["there", 0] == before["there", 0]


def test_groups_that_were_too_small_to_be_shown_before_may_fill_up() -> None:
    found = release(many(3), many(11))
    assert found is not None
    assert len(found.shares) == 11


def test_a_technique_only_one_more_person_tells_of_waits() -> None:
    told = frozenset({"technique:TEC-SWE"})
    before = {n: share(others=told if n < 15 else frozenset()) for n in range(40)}
    now = {n: replace(one, told=0.9) if n > 24 else one for n, one in before.items()}
    now[20] = share(others=told)
    found = release(before, now)
    assert found is not None
    assert found.changed == set(range(25, 40))


def test_somebody_erased_is_out_only_where_enough_others_changed() -> None:
    """They cannot be kept in, and their absence alone would tell what they had said."""
    before, gone = many(20), [share()]
    assert release(before, before, gone) is None
    found = release(before, {n: replace(one, told=0.8) for n, one in before.items()}, gone)
    assert found is not None
    assert len(found.changed) == 20


def test_somebody_who_cannot_be_counted_any_more_waits_too() -> None:
    before = many(20)
    assert release(before, dict(list(before.items())[:19])) is None
    found = release(before, dict(list(before.items())[:10]))
    assert found is not None
    assert len(found.shares) == 10


def test_a_small_group_between_two_shown_ones_is_not_told_by_their_difference() -> None:
    """Eleven with neck pain change and ten of them here: the eleventh, elsewhere, is the rest."""
    cells = {("low back", "Harbour"): 30, ("low back", "Mill"): 30}
    cells |= {("neck", "Harbour"): 12, ("neck", "Mill"): 4}
    changes = {("low back", "Mill"): 10, ("neck", "Harbour"): 10, ("neck", "Mill"): 1}
    before, now = {}, {}
    for (condition, location), people in cells.items():
        for n in range(people):
            key = (condition, location, n)
            before[key] = share(condition=condition, location=location)
            told = 0.9 if n < changes.get(key[:2], 0) else 0.5
            now[key] = replace(before[key], told=told)
    found = release(before, now)
    assert found is not None
    assert len(found.changed) == 20
    assert ("neck", "Mill", 0) not in found.changed


@pytest.mark.parametrize("seed", range(SEEDS))
def test_an_attacker_who_keeps_every_page_never_isolates_a_few(seed: int) -> None:
    """Random people come, change, move and are erased for a fortnight of published figures.

    The attacker knows which figures were shown on both days and solves for the changes of every
    group there could be, by linear algebra over single people.
    """
    dice = np.random.default_rng(seed)
    now = {n: _anybody(dice) for n in range(60)}
    published = release({}, now)
    assert published is not None
    shares, went_out, naive = dict(published.shares), 0, False
    gone: list[Share] = []
    for _ in range(DAYS):
        if dice.random() < 0.3:
            key = int(dice.choice(sorted(now)))
            del now[key]
            if key in shares:
                gone.append(shares.pop(key))
        for key in dice.choice(sorted(now), 8, replace=False).tolist():
            moved = dice.random() < 0.2
            now[key] = _anybody(dice) if moved else replace(now[key], told=float(dice.random()))
        start = max(now) + 1
        now |= {start + n: _anybody(dice) for n in range(int(dice.integers(0, 3)))}
        found = release(shares, now, gone)
        old = {**shares, **{-n - 1: one for n, one in enumerate(gone)}}
        naive = naive or _isolated(old, now) != []
        if found is not None:
            assert _isolated(old, dict(found.shares)) == []
            shares, gone, went_out = dict(found.shares), [], went_out + 1
    assert went_out, "figures do move on"
    assert naive, "publishing every day would have told somebody's"


def _anybody(dice: np.random.Generator) -> Share:
    return share(
        float(dice.random()),
        condition=str(dice.choice(["Low back pain", "Neck pain"], p=[0.6, 0.4])),
        location=str(dice.choice(["Harbour Street", "Mill Lane"])),
        dose=str(dice.choice(["about weekly, 45 to 74 minutes", "one visit, 45 to 74 minutes"])),
        baseline=int(dice.choice([3, 6])),
    )


def _isolated(old: dict[int, Share], new: dict[int, Share]) -> list[object]:
    """Groups in which one to nine people changed, and whose change the two pages tell.

    The unknowns are one number for each person before and one after, the same one where nothing
    changed; what is known are sums over shown groups.
    """
    people = sorted({*old, *new})
    changed = {key for key in people if old.get(key) != new.get(key)}
    column = {key: at for at, key in enumerate(people)}
    width = 2 * len(people)

    def row(side: dict[int, Share], members: set[int], later: bool) -> np.ndarray:
        found = np.zeros(width)
        for key in members:
            found[column[key] + (len(people) if later and key in changed else 0)] = 1.0
        return found

    known = [row(old, members, False) for members in _shown(old)]
    known += [row(new, members, True) for members in _shown(new)]
    table = np.array(known)
    secrets = [group for group in _all_groups(old, new) if 0 < len(group & changed) < SMALLEST]
    wanted = np.array(
        [
            row(new, group & changed & set(new), True)
            - row(old, group & changed & set(old), False)
            for group in secrets
        ]
    ).reshape(len(secrets), width)
    left = wanted - wanted @ np.linalg.pinv(table) @ table
    return [secrets[at] for at in np.flatnonzero(np.abs(left).max(1) < 1e-8)]


def _called(side: dict[int, Share]) -> dict[int, Stratum]:
    return dict(zip(side, joined([one.stratum for one in side.values()]), strict=True))


def _shown(side: dict[int, Share]) -> list[set[int]]:
    """The members of every group the real report shows with numbers."""
    named = _called(side)
    counted = Counter(named.values())
    strata = [
        replace(one, people=n, responders=0.5 * n, doubt=0.2 * n) for one, n in counted.items()
    ]
    found = report(strata)
    groups = [set(side)] if found.total else []
    for table in found.tables:
        for line in table.rows:
            if line.figures is not None:
                values = dict(zip(table.dimensions, line.group, strict=True))
                groups.append(
                    {
                        k
                        for k, one in named.items()
                        if all(getattr(one, n) == v for n, v in values.items())
                    }
                )
    return groups


def _all_groups(old: dict[int, Share], new: dict[int, Share]) -> list[set[int]]:
    found: dict[tuple[object, ...], set[int]] = {}
    names = ("condition", "location", "dose", "start")
    for side in (old, new):
        for key, one in side.items():
            for size in range(5):
                for chosen in combinations(names, size):
                    cell = tuple((n, getattr(one.stratum, n)) for n in chosen)
                    found.setdefault(cell, set()).add(key)
    return list(found.values())
