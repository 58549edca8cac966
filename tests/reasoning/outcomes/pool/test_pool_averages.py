"""What pooled people say of a visit, a technique, a trigger; and what others lend to one."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from unknot.reasoning import stored
from unknot.reasoning.outcomes import Diary, Entry, Factor, Session, average_words, fit
from unknot.reasoning.outcomes.pool import (
    Borrowed,
    PoolError,
    averages,
    block,
    borrow_one,
    borrowed,
    groups_of,
    keep,
    of_fits,
    pool,
)
from unknot.reasoning.outcomes.pool.averages import VISIT

BEGAN = datetime(2026, 3, 2, 20, tzinfo=UTC)
DAY = timedelta(days=1)
TECHNIQUES = ("TEC-SWE", "TEC-NMT")


def person(
    seed: int, visits: int = 4, *, both: bool = True, relief: float = 1.5, acute: str = "0"
):
    """Six weeks of answers. The second technique leaves a point more than the first, the short
    visits nothing less for an hour; a night a point better is followed by half a point less."""
    dice = np.random.default_rng(seed)
    sessions, lower = [], []
    for n in range(visits):
        technique = TECHNIQUES[n % 2 if both else 0]
        at = BEGAN + DAY * (8 + 7 * n) - timedelta(hours=6)
        sessions.append(Session(at, 60 if n < 2 or not both else 30, technique))
        lower.append((relief + (technique == TECHNIQUES[1])) * sessions[-1].minutes / 60)
    entries, factors = [], []
    for day in range(42):
        at = BEGAN + DAY * day
        sleep = float(dice.integers(3, 9))
        gone = [(at - one.at) / DAY for one in sessions]
        carried = sum(
            size * np.exp(-days / 4) for size, days in zip(lower, gone, strict=True) if days > 0
        )
        level = 7 - carried - 0.3 * (sleep - 6) + dice.normal(0, 0.6)
        entries.append(Entry(at, float(np.clip(round(level), 0, 10))))
        factors.append(Factor(at.date(), "sleep_quality", sleep))
    diary = Diary(tuple(entries), tuple(sessions), factors=tuple(factors))
    return fit(diary, covariates={"acute": acute}).summary


@pytest.fixture(scope="module")
def people():
    return [person(seed, acute=str(seed % 2)) for seed in range(14)]


@pytest.fixture(scope="module")
def population(people):
    told, prior = of_fits(people)
    return pool([block(told, prior, ["acute"])], prior, covariates=["acute"])


def test_a_visit_a_trigger_and_a_technique_come_out_as_they_were_made(people, population) -> None:
    found = {one.name: one for one in averages(population, people)}
    assert found["next_day"].estimate.high90 < -0.4
    assert found["next_day"].estimate.mean < -1
    assert found["right_after"].people == 14
    assert found["sleep_quality"].estimate.high90 < -0.2
    assert found["sleep_quality"].between > 0
    light, deep = (found[f"technique:{name}"] for name in TECHNIQUES)
    assert deep.estimate.mean < light.estimate.mean
    assert deep.p_best > 0.7
    assert deep.p_best + light.p_best == pytest.approx(1)
    assert {one.kind for one in found.values()} == {"visit", "trigger", "technique", "dose"}


def test_what_fewer_than_ten_tell_of_has_no_number(people, population) -> None:
    few = [one if n < 9 else replace(one, names=one.names[:3]) for n, one in enumerate(people)]
    found = {one.name: one for one in averages(population, few)}
    for name in ("sleep_quality", *(f"technique:{name}" for name in TECHNIQUES), "dose:short"):
        hidden = found[name]
        assert (hidden.people, hidden.estimate, hidden.between, hidden.p_best) == (None,) * 4
    assert found["next_day"].estimate is not None
    nobody = [replace(one, sessions=0) for one in people]
    assert averages(population, nobody)[0].estimate is None


def test_a_technique_counts_only_for_those_who_had_two(people) -> None:
    one = person(50, both=False)
    assert groups_of(one) == {VISIT, "sleep_quality"}
    assert "technique:TEC-SWE" in groups_of(people[0])
    assert groups_of(replace(one, sessions=0)) == {"sleep_quality"}


def test_the_words_name_the_way_of_each_number_and_hide_what_is_hidden(people, population) -> None:
    found = averages(population, people)
    tables = dict(average_words.tables(found, {"TEC-SWE": "Relaxation massage"}))
    visit = tables["visit"][1]
    assert visit.name == "Once the hours are over"
    assert " lower (" in visit.value
    assert visit.sure == "very likely lower"
    assert [one.name for one in tables["technique"]] == ["TEC-NMT", "Relaxation massage"]
    assert tables["technique"][0].best.endswith("%")
    nobody = averages(population, [replace(one, sessions=0, names=()) for one in people])
    assert average_words.tables(nobody, {}) == ()
    some = (nobody[0], *found[1:])
    assert average_words.tables(some, {})[0][1][0].value == ""


def test_a_population_can_be_kept_and_still_lends_the_same(people, population) -> None:
    kept = json.loads(json.dumps(keep.to_dict(population)))
    assert len(json.dumps(kept)) < 200_000
    again = keep.from_dict(kept)
    short = of_fits([person(60, 2)])[0][0]
    for one, other in zip(
        borrow_one(short, population).mean, borrow_one(short, again).mean, strict=True
    ):
        assert one == pytest.approx(other, abs=1e-3)
    for broken in ({}, {"schema": "other"}, {"schema": keep.SCHEMA, "prior": None}):
        with pytest.raises(PoolError, match="no kept population"):
            keep.from_dict(broken)


def test_somebody_with_two_visits_is_lent_what_others_know(population) -> None:
    mine = person(70, 2, acute="1")
    found = borrowed(mine, population, people=14, covariates={"acute": 1.0})
    assert (found.people, found.alike) == (14, ("acute",))
    for one in found.effects:
        assert one.borrowed.sd < one.own.sd, "others narrow it down"
        assert one.others.high90 < 0 or one.name == "right_after"
        assert one.own.low90 < one.own.low50 < one.own.mean < one.own.high50 < one.own.high90
    assert (
        stored.pooled_from_dict(json.loads(json.dumps(stored.to_dict(found))), Borrowed) == found
    )


def test_a_technique_new_to_the_practice_stays_with_the_person(population) -> None:
    mine = person(71, 2)
    names = tuple(name.replace("TEC-NMT", "TEC-NEW") for name in mine.names)
    found = borrowed(replace(mine, names=names), population, people=14, covariates={})
    assert found.alike == ()
    other = replace(population, prior=replace(population.prior, id="another"))
    with pytest.raises(PoolError, match="other priors"):
        borrowed(mine, other, people=14, covariates={})


def test_what_was_kept_of_many_people_is_read_whole_or_not_at_all() -> None:
    for broken in ({}, {"schema": "unknot-programme-1"}, {"schema": "unknot-borrowed-1"}):
        with pytest.raises(stored.StoredError, match="worked out again"):
            stored.pooled_from_dict(broken, Borrowed)
