"""Last time's work as a plan for today."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from unknot.reasoning.treat.forward import Forward, LeftOut, Lowered, Work, forward, shared_out

NECK = Work("neck", "TEC-SWE", 3, 12)
BACK = Work("low_back", "TEC-NMT", 4, 20)


@dataclass(frozen=True)
class Limits:
    """Today's limits; without arguments nothing is limited."""

    most_minutes: int | None = None
    closed: tuple[str, ...] = ()
    banned: tuple[str, ...] = ()
    ceiling: int = 5

    def why_not_area(self, area: str) -> str:
        return f"{area} is closed." if area in self.closed else ""

    def why_not_technique(self, technique: str) -> str:
        return f"{technique} is ruled out." if technique in self.banned else ""

    def ceiling_for(self, area: str) -> int:
        return self.ceiling


def test_without_limits_everything_goes_forward_in_its_order() -> None:
    assert forward((NECK, BACK), Limits()) == Forward((NECK, BACK))


def test_work_of_the_same_kind_in_one_place_becomes_one() -> None:
    assert forward((NECK, BACK, NECK), Limits()).work == (Work("neck", "TEC-SWE", 3, 24), BACK)


def test_other_pressure_in_the_same_place_stays_apart() -> None:
    softer = Work("neck", "TEC-SWE", 1, 5)
    assert forward((NECK, softer), Limits()).work == (NECK, softer)


def test_an_area_closed_today_is_left_out_and_says_why() -> None:
    found = forward((NECK, BACK), Limits(closed=("neck",)))
    assert found == Forward((BACK,), (LeftOut(NECK, "neck is closed."),))


def test_a_technique_ruled_out_today_is_left_out_and_not_replaced() -> None:
    found = forward((NECK, BACK), Limits(banned=("TEC-NMT",)))
    assert found == Forward((NECK,), (LeftOut(BACK, "TEC-NMT is ruled out."),))


def test_where_no_pressure_is_allowed_nothing_goes_forward() -> None:
    found = forward((NECK,), Limits(ceiling=0))
    assert found.left_out == (LeftOut(NECK, "The screening allows no pressure here."),)


def test_pressure_above_the_ceiling_is_lowered_and_told() -> None:
    gentle = Work("low_back", "TEC-NMT", 3, 20)
    found = forward((NECK, BACK), Limits(ceiling=3))
    assert found == Forward((NECK, gentle), lowered=(Lowered(gentle, 4),))


def test_a_lighter_wish_since_lowers_and_a_firmer_one_changes_nothing() -> None:
    neck, back = Work("neck", "TEC-SWE", 2, 12), Work("low_back", "TEC-NMT", 2, 20)
    found = forward((NECK, BACK), Limits(ceiling=3), wished=2)
    assert found == Forward((neck, back), lowered=(Lowered(neck, 3, True), Lowered(back, 4, True)))
    assert forward((NECK, BACK), Limits(), wished=5) == Forward((NECK, BACK))
    at_the_ceiling = forward((BACK,), Limits(ceiling=2), wished=3)
    assert [one.is_wished for one in at_the_ceiling.lowered] == [False]


def test_minutes_shrink_to_the_most_that_is_allowed_and_never_to_none() -> None:
    short = Work("neck", "TEC-SWE", 3, 1)
    found = forward((short, BACK), Limits(most_minutes=10))
    assert [one.minutes for one in found.work] == [1, 9]
    assert forward((NECK, BACK), Limits(most_minutes=32)).work == (NECK, BACK)


def test_short_work_keeps_its_minute_at_the_cost_of_the_longest() -> None:
    short = [Work(area, "TEC-SWE", 3, 1) for area in ("a", "b")]
    found = forward([*short, Work("c", "TEC-SWE", 3, 60)], Limits(most_minutes=10))
    assert [one.minutes for one in found.work] == [1, 1, 8]


def test_what_gets_no_minute_is_left_out_and_says_why() -> None:
    found = forward((NECK, BACK), Limits(most_minutes=1))
    assert [(one.area, one.minutes) for one in found.work] == [("neck", 1)]
    assert found.left_out == (LeftOut(BACK, "No minutes are left for this today."),)
    shared = shared_out(("a", "b", "c"), 2, "TEC-SWE", 2, Limits())
    assert [(one.area, one.minutes) for one in shared.work] == [("a", 1), ("b", 1)]
    assert [one.work.area for one in shared.left_out] == ["c"]


def test_lower_pressure_is_told_of_the_work_as_it_is_meant_now() -> None:
    found = forward((NECK, BACK), Limits(most_minutes=16, ceiling=3))
    assert found.lowered == (Lowered(found.work[1], 4),)
    shared = shared_out(("a", "b"), 30, "TEC-SWE", 4, Limits(ceiling=3))
    assert shared.lowered == tuple(Lowered(one, 4) for one in shared.work)


done = st.builds(
    Work,
    area=st.sampled_from("abcdefgh"),
    technique=st.sampled_from(["TEC-SWE", "TEC-NMT"]),
    pressure=st.integers(1, 5),
    minutes=st.integers(1, 90),
)


@given(st.lists(done, max_size=12), st.integers(0, 60), st.integers(0, 5))
def test_today_never_holds_more_than_today_s_limits(
    work: list[Work], most: int, ceiling: int
) -> None:
    limits = Limits(most_minutes=most, ceiling=ceiling)
    found = forward(work, limits)
    assert sum(one.minutes for one in found.work) <= most
    assert all(one.minutes >= 1 and one.pressure <= ceiling for one in found.work)
    assert {one.area for one in work} == {
        *(one.area for one in found.work),
        *(one.work.area for one in found.left_out),
    }


@given(st.lists(st.sampled_from("abcdefgh"), unique=True), st.integers(1, 60), st.integers(1, 60))
def test_an_even_share_is_never_more_than_the_time(
    areas: list[str], minutes: int, most: int
) -> None:
    found = shared_out(areas, minutes, "TEC-SWE", 2, Limits(most_minutes=most))
    assert sum(one.minutes for one in found.work) == (min(minutes, most) if areas else 0)


def test_nothing_done_last_time_is_nothing_for_today() -> None:
    assert forward((), Limits(most_minutes=10)) == Forward()


def test_a_first_visit_shares_its_minutes_evenly_among_the_open_areas() -> None:
    found = shared_out(("a", "b", "c", "d"), 50, "TEC-SWE", 2, Limits(closed=("b",)))
    assert [(one.area, one.minutes) for one in found.work] == [("a", 17), ("c", 17), ("d", 16)]
    assert [one.work.area for one in found.left_out] == ["b"]


def test_a_first_visit_keeps_to_the_most_minutes() -> None:
    found = shared_out(("a", "b", "c"), 60, "TEC-SWE", 2, Limits(most_minutes=20))
    assert [one.minutes for one in found.work] == [7, 7, 6]
    tiny = shared_out(("a", "b", "c"), 60, "TEC-SWE", 2, Limits(most_minutes=2))
    assert [one.minutes for one in tiny.work] == [1, 1]


def test_a_first_visit_with_every_area_closed_has_no_plan_of_work() -> None:
    found = shared_out(("a",), 60, "TEC-SWE", 2, Limits(closed=("a",)))
    assert found.work == ()
