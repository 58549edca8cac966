"""Groups against what was expected of their people: honest about luck, silent about a few."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from unknot.reasoning.outcomes.programme import Stratum, funnel, report
from unknot.reasoning.outcomes.programme.casemix import expected
from unknot.reasoning.outcomes.programme.funnel import extra_variance
from unknot.reasoning.outcomes.programme.join import joined
from unknot.reasoning.outcomes.programme.shrink import Seen, shrink

from .groups import programme


def table_of(found, *names):
    return next(table for table in found.tables if table.dimensions == names)


def seen(people, share, expected_share=0.4):
    variance = people * expected_share * (1 - expected_share)
    return Seen(people, people * share, people * expected_share, variance)


def pulled(groups):
    return shrink(groups, np.array([0.4]), np.array([100.0]))


def test_responders_are_a_sum_of_chances_and_not_a_count_over_a_line() -> None:
    rows = [replace(one, responders=0.49 * one.people) for one in programme(1, 200)]
    total = report(rows).total
    assert total is not None
    assert total.responders == pytest.approx(0.49 * 200)
    assert total.people == 200


def test_what_is_expected_adds_up_to_what_was_seen() -> None:
    rows = programme(2, 500)
    chance = expected(rows)
    people = np.array([one.people for one in rows])
    assert people @ chance == pytest.approx(sum(one.responders for one in rows), rel=1e-3)


def test_those_who_begin_worst_are_expected_to_change_most() -> None:
    rows = [replace(one, condition="a", region="a") for one in programme(3, 500)]
    chance = expected(rows, with_region=False)
    low = np.mean([c for c, one in zip(chance, rows, strict=True) if one.baseline <= 4])
    high = np.mean([c for c, one in zip(chance, rows, strict=True) if one.baseline >= 7])
    assert high - low > 0.3


def test_a_place_that_takes_the_worst_off_is_not_praised_for_their_falling_back() -> None:
    """Two places, the same care; at one of them people begin two points worse."""
    rows = [
        Stratum(
            "back", place, "weekly", "back", start, "no", "40 to 59", "good", 10, 10 * chance, 1.0
        )
        for place, starts in (("Harbour", (7, 8, 9)), ("Mill", (4, 5, 6)))
        for start, chance in zip(starts, (np.array(starts) - 2) / 10, strict=True)
        for _ in range(3)
    ]
    lines = {row.group[0]: row.figures for row in table_of(report(rows), "location").rows}
    assert lines["Harbour"].share - lines["Mill"].share == pytest.approx(0.3)
    assert lines["Harbour"].adjusted - lines["Mill"].adjusted < 0.1
    assert {one.flag for one in lines.values()} == {""}


def test_the_smallest_groups_are_drawn_most_towards_the_middle() -> None:
    small, large = pulled([seen(10, 0.7), seen(200, 0.55), *[seen(100, 0.4)] * 4])[:2]
    assert small.share - 0.4 < 0.5 * (0.7 - 0.4)
    assert large.share - 0.4 > 0.5 * (0.55 - 0.4)


def test_groups_that_are_alike_come_out_alike_and_a_single_one_as_expected() -> None:
    for one in pulled([seen(80, 0.4)] * 5):
        assert one.share == pytest.approx(0.4, abs=0.01)
        assert one.p_higher == pytest.approx(0.5, abs=0.01)
    assert pulled([seen(50, 0.4)])[0].share == pytest.approx(0.4, abs=1e-6)


def test_only_thirty_people_and_a_clear_difference_are_called_one() -> None:
    rows = programme(4, 900, effects={"Mill": 2.5, "Orchard": -0.5}, certain=1.0)
    flags = {row.group[0]: row.figures.flag for row in table_of(report(rows), "location").rows}
    assert flags["Mill"] == "higher"
    assert flags["Harbour"] == "lower" or flags["Orchard"] == "lower"
    few = [
        Stratum("back", place, "weekly", "back", 6, "no", "40 to 59", "good", n, n * share, 1.0)
        for place, n, share in (("Harbour", 400, 0.2), ("Mill", 25, 1.0), ("Orchard", 400, 0.2))
    ]
    lines = {row.group[0]: row.figures for row in table_of(report(few), "location").rows}
    assert lines["Mill"].flag == "", "25 people are too few to be called anything"


def test_near_average_groups_are_seldom_flagged() -> None:
    flags = []
    for seed in range(10):
        rows = programme(50 + seed, 300, certain=1.0)
        flags += [row.figures.flag for row in table_of(report(rows), "location").rows]
    assert np.mean([flag != "" for flag in flags]) < 0.06


def test_adjusted_and_pulled_together_shares_are_nearer_the_truth_than_raw_ones() -> None:
    raw, adjusted = [], []
    for seed in range(8):
        effects = dict(zip(("Harbour", "Mill", "Orchard"), (-0.4, 0.0, 0.4), strict=True))
        rows = programme(80 + seed, 150, effects=effects, certain=1.0)
        truth = {
            place: np.mean(
                [
                    1 / (1 + np.exp(-(0.9 * (one.baseline - 5.5) + effects[place])))
                    for one in rows
                    for _ in range(one.people)
                ]
            )
            for place in effects
        }
        for row in table_of(report(rows), "location").rows:
            raw.append(row.figures.share - truth[row.group[0]])
            adjusted.append(row.figures.adjusted - truth[row.group[0]])
    assert np.sqrt(np.mean(np.square(adjusted))) < np.sqrt(np.mean(np.square(raw)))


def test_groups_stand_in_the_order_of_the_alphabet_however_they_did() -> None:
    for effects in ({"Mill": 2.0}, {"Mill": -2.0}):
        rows = table_of(report(programme(5, 400, effects=effects)), "location").rows
        assert [row.group[0] for row in rows] == ["Harbour", "Mill", "Orchard"]


def test_no_number_stands_for_fewer_than_ten_people() -> None:
    found = report(programme(6, 70))
    for table in found.tables:
        for row in table.rows:
            assert row.figures is None or row.figures.people >= 10
    assert report(programme(6, 9)).total is None
    assert report(programme(6, 9)).funnel is None
    assert report([]).total is None


def test_rare_values_are_joined_with_others() -> None:
    rows = [replace(one, dose="about weekly, an hour") for one in programme(7, 200)]
    rows.append(replace(rows[0], condition="rare", people=2, responders=1.0, baseline=0, start=""))
    rows.append(replace(rows[0], dose="one visit, an hour", people=3, responders=1.0))
    rows.append(replace(rows[0], dose="twice a week or more, half an hour", people=40))
    rows.append(replace(rows[0], dose="another", people=4, responders=1.0))
    found = joined(rows)
    assert "rare" not in {one.condition for one in found}
    assert any("rare" in one.condition for one in found)
    assert "one visit or about weekly, an hour" in {one.dose for one in found}
    assert "twice a week or more, half an hour or another" in {one.dose for one in found}
    assert sum(one.people for one in found) == sum(one.people for one in rows)
    starts = {one.start for one in found}
    assert all(sum(one.people for one in found if one.start == start) >= 10 for start in starts), (
        starts
    )


def test_a_programme_of_one_small_group_has_nothing_to_join_it_with() -> None:
    one = replace(programme(8, 1)[0], people=4)
    assert joined([one]) == [one]
    assert report([one]).total is None


def test_the_funnel_narrows_and_is_widened_by_differences_nobody_wrote_down() -> None:
    alike = [seen(n, 0.4) for n in (20, 50, 120, 300)]
    limits = funnel(alike, 10).limits
    widths = [one.high95 - one.low95 for one in limits]
    assert widths == sorted(widths, reverse=True)
    assert all(one.low998 <= one.low95 <= one.high95 <= one.high998 for one in limits)
    assert extra_variance(alike) == 0.0
    apart = [seen(n, share) for n, share in ((100, 0.2), (120, 0.6), (140, 0.25), (160, 0.55))]
    assert funnel(apart, 10).extra_sd > 0.1
    assert extra_variance(apart[:1]) == 0.0
