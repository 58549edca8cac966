"""The ladder of home care: the table, and what must hold for every item and every answer."""

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.home import TODAY, HomeCase, home_cases
from unknot.knowledge import load
from unknot.knowledge.home_care import HomeCare
from unknot.reasoning.home import After, Day, Done, During, NextDay, Outcome, Rung, judge, told_of
from unknot.reasoning.home.steps import amounts_at, dose_at, last_step

KNOWN = load()
ITEMS = sorted(KNOWN.home_care)
WORSE = {
    "during": [During.NONE, During.WITHIN, During.OVER],
    "after": [After.NO_MORE, After.MORE],
    "next_day": [NextDay.SETTLED, NextDay.MORE],
}


@pytest.mark.parametrize("case", home_cases(), ids=lambda case: case.name)
def test_the_table_of_cases_holds(case: HomeCase) -> None:
    found = judge(KNOWN.home_care[case.item], case.rung, case.days, today=TODAY)
    assert found.rule.id == case.expect["rule"]
    assert found.outcome == case.expect["outcome"]
    assert found.to == case.expect["step"]
    assert found.dose == case.expect.get("dose", found.dose)


def test_every_rule_of_the_ladder_has_a_case() -> None:
    assert {case.expect["rule"] for case in home_cases()} == set(KNOWN.home_ladder)


def days_of(within: int = 12) -> st.SearchStrategy[Day]:
    return st.builds(
        Day,
        on=st.integers(0, within).map(lambda ago: TODAY - timedelta(days=ago)),
        done=st.sampled_from([None, *Done]),
        during=st.sampled_from([None, *During]),
        after=st.sampled_from([None, *After]),
        next_day=st.sampled_from([None, *NextDay]),
        sign=st.booleans(),
    )


good_days = st.builds(
    Day,
    on=st.integers(0, 9).map(lambda ago: TODAY - timedelta(days=ago)),
    done=st.sampled_from([Done.DONE, Done.DONE, Done.PARTLY, Done.NOT_TODAY]),
    during=st.sampled_from([During.NONE, During.WITHIN]),
    after=st.just(After.NO_MORE),
    next_day=st.just(NextDay.SETTLED),
)
weeks = st.lists(
    st.one_of(good_days, good_days, good_days, days_of()), max_size=9, unique_by=lambda day: day.on
)
rungs = st.builds(
    Rung,
    step=st.integers(-1, 9),
    since=st.integers(0, 12).map(lambda ago: TODAY - timedelta(days=ago)),
)
items = st.sampled_from(ITEMS).map(KNOWN.home_care.__getitem__)


@given(item=items, rung=rungs, days=weeks, data=st.data())
def test_worse_pain_never_steps_up_nor_stays_where_less_pain_went_down(
    item: HomeCare, rung: Rung, days: list[Day], data: st.DataObject
) -> None:
    if not days:
        return
    at = data.draw(st.integers(0, len(days) - 1))
    key = data.draw(st.sampled_from(sorted(WORSE)))
    scale = WORSE[key]
    now = getattr(days[at], key)
    worse = data.draw(st.sampled_from(scale[scale.index(now) if now else 0 :]))
    worsened = [*days[:at], replace(days[at], **{key: worse}), *days[at + 1 :]]
    if now is None:
        days = [*days[:at], replace(days[at], **{key: scale[0]}), *days[at + 1 :]]
    before = judge(item, rung, days, today=TODAY).outcome
    after = judge(item, rung, worsened, today=TODAY).outcome
    assert after.boldness <= before.boldness


@given(item=items, rung=rungs, days=weeks, data=st.data())
def test_an_unknown_answer_never_steps_up(
    item: HomeCare, rung: Rung, days: list[Day], data: st.DataObject
) -> None:
    done = [n for n, day in enumerate(days) if day.was_done and TODAY - timedelta(6) <= day.on]
    done = [n for n in done if days[n].on < TODAY]
    if not done:
        return
    at = data.draw(st.sampled_from(done))
    key = data.draw(st.sampled_from(sorted(WORSE)))
    unknown = [*days[:at], replace(days[at], **{key: None}), *days[at + 1 :]]
    rung = replace(rung, since=min(rung.since, days[at].on))
    assert judge(item, rung, unknown, today=TODAY).outcome is not Outcome.UP


@given(item=items, rung=rungs, days=weeks)
def test_no_step_lies_above_the_dose_on_record(
    item: HomeCare, rung: Rung, days: list[Day]
) -> None:
    found = judge(item, rung, days, today=TODAY)
    assert 0 <= found.to <= last_step(item)
    highest = {one.of: one.high for one in item.amounts}
    assert all(figure <= highest[name] for name, figure in amounts_at(item, found.to).items())


@given(item=items, rung=rungs, days=weeks)
def test_a_stop_sign_since_the_step_began_always_stops(
    item: HomeCare, rung: Rung, days: list[Day]
) -> None:
    signs = [*days, Day(rung.since, sign=True)]
    found = judge(item, rung, signs, today=TODAY)
    assert found.outcome is Outcome.STOP
    assert found.needs_therapist


@given(item=items, step=st.integers(-2, 9), days=weeks)
def test_a_step_down_is_less_and_a_step_up_is_more_than_the_dose_in_force(
    item: HomeCare, step: int, days: list[Day]
) -> None:
    """Also where a record was made shorter since the step was taken."""
    found = judge(item, Rung(step, TODAY - timedelta(days=12)), days, today=TODAY)
    moved = {Outcome.UP: 1, Outcome.DOWN: -1}.get(found.outcome, 0)
    assert found.to == min(max(step, 0), last_step(item)) + moved
    assert amounts_at(item, found.to) != amounts_at(item, step) or not moved


def test_a_good_week_does_step_up_somewhere() -> None:
    days = [
        Day(TODAY - timedelta(ago), Done.DONE, During.NONE, After.NO_MORE, NextDay.SETTLED)
        for ago in range(1, 7)
    ]
    rung = Rung(0, TODAY - timedelta(8))
    up = [name for name in ITEMS if judge(KNOWN.home_care[name], rung, days, today=TODAY).to]
    assert up == [name for name in ITEMS if last_step(KNOWN.home_care[name])]
    assert len(up) >= 12


@pytest.mark.parametrize("name", ITEMS)
def test_steps_rise_one_figure_at_a_time_from_the_least_dose_to_the_most(name: str) -> None:
    item = KNOWN.home_care[name]
    steps = [amounts_at(item, step) for step in range(last_step(item) + 1)]
    for before, after in pairwise(steps):
        moved = [key for key in after if after[key] != before[key]]
        assert len(moved) == 1
        assert after[moved[0]] > before[moved[0]]
    if len(steps) > 1:
        assert steps[0] == {one.of: one.low for one in item.amounts}
        assert steps[-1] == {one.of: one.high for one in item.amounts}


@pytest.mark.parametrize("name", ITEMS)
def test_the_dose_of_a_step_is_marked_like_the_whole_dose(name: str) -> None:
    item = KNOWN.home_care[name]
    for step in range(last_step(item) + 1):
        marks = dose_at(item, step), item.dose_in_words
        for words in ("usual practice, not tested", "kept from memory"):
            assert (words in marks[0]) == (words in marks[1])


def test_one_and_two_times_are_said_as_people_say_them() -> None:
    item = KNOWN.home_care["HC-08"]
    assert dose_at(item, 0).startswith("10 times, once a day")
    assert dose_at(item, 1).startswith("10 times, twice a day")
    assert dose_at(item, 99).startswith("10 times, 3 times a day")


def test_the_client_reads_the_new_dose_only_where_it_changes() -> None:
    item = KNOWN.home_care["HC-06"]
    bad = Day(TODAY, Done.DONE, During.OVER)
    down = judge(item, Rung(1, TODAY), [bad], today=TODAY)
    assert down.says.endswith("From now on: 10 minutes; aim for 5 days a week.")
    stay = judge(item, Rung(1, TODAY), [], today=TODAY)
    assert "From now on" not in stay.says
    assert not stay.needs_therapist


def test_what_no_source_gives_a_figure_for_is_a_custom_of_low_confidence() -> None:
    for rule in KNOWN.home_ladder.values():
        assert rule.evidence == "convention"
        assert rule.confidence == "low"
        assert {source.id for source in rule.sources} == {"CONV"}
    assert [r.id for r in KNOWN.home_ladder.values() if r.no_figure] != []


def test_days_are_counted_without_blame() -> None:
    assert told_of([]).says == "nothing told yet"
    assert told_of([Day(TODAY)]).says == "nothing told yet"
    assert told_of([Day(TODAY, Done.DONE)]).says == "done on 1 of 1 day told"
    more = [Day(TODAY, Done.DONE), Day(TODAY, Done.PARTLY), Day(TODAY, Done.NOT_TODAY)]
    assert told_of(more).says == "done on 1 of 3 days told, partly on 1"
