"""What a page reads: one value, JSON both ways, silent where too little is known."""

import json
from dataclasses import replace
from datetime import date

import pytest

from unknot.reasoning import stored
from unknot.reasoning.outcomes import (
    Answer,
    Diary,
    Figure,
    Flag,
    Reading,
    Trigger,
    average_words,
    interpret,
)
from unknot.reasoning.outcomes import reading_words as words
from unknot.reasoning.outcomes.phrases import long_date, lower_or_higher
from unknot.reasoning.outcomes.pool import Alike, Borrowed, Estimate


@pytest.fixture(scope="module")
def told() -> Reading:
    """Ten weekly visits that help for some days each, with an answer every evening."""
    from tests.reasoning.outcomes.conftest import Make

    make = Make()
    start = [7.0, 6.0, 8.0, 7.0, 6.0, 8.0, 7.0]
    week = [4.0, 4.0, 5.0, 5.0, 6.0, 6.0, 7.0]
    entries = make.daily(start) + make.daily(week * 10, 7) + make.paired(10, 7, 4)
    return interpret(Diary(entries, make.weekly(10)))


def test_a_reading_is_read_back_as_it_was(told):
    kept = json.loads(json.dumps(stored.to_dict(told)))
    assert stored.from_dict(kept) == told


def test_the_parts_add_up_to_the_change(told):
    *parts, total = words.split(told)
    assert sum(part.mean for part in parts) == pytest.approx(total.mean, abs=1e-6)
    assert [part.name for part in parts][-1] == "Cannot be told apart"
    assert all(part.low <= part.mean <= part.high for part in parts)


def test_three_schedules_are_compared_in_three_weeks(told):
    found = words.ahead(told)
    assert [one.schedule for one in found] == ["weekly", "fortnightly", "stop"]
    assert all([week for week, _ in one.weeks] == [4, 8, 12] for one in found)
    assert "lower than stopping" in words.weekly_or_stop(told)


def test_how_long_a_visit_lasts_is_said_once_it_is_known(told):
    known = replace(told, flags=tuple(set(told.flags) - {Flag.HALF_LIFE_UNKNOWN}))
    day_after, later = words.after_a_visit(known)
    assert "The day after a visit" in day_after
    assert "Half of that is gone after about" in later
    unknown = replace(told, flags=(*told.flags, Flag.HALF_LIFE_UNKNOWN))
    assert words.after_a_visit(unknown) == ()


def test_an_effect_of_hours_is_not_stretched_over_days(told):
    known = tuple(set(told.flags) - {Flag.HALF_LIFE_UNKNOWN})
    gone = replace(told, flags=known, carry_jump=replace(told.carry_jump, mean=-0.1))
    assert words.after_a_visit(gone) == (
        "By the next day we can no longer see the effect of a visit.",
    )
    unsure = replace(told, flags=known, carry_jump=replace(told.carry_jump, p=0.7))
    assert words.after_a_visit(unsure) == words.after_a_visit(gone)


def test_nothing_left_after_a_week_and_one_day_are_worded(told):
    known = replace(
        told,
        flags=(),
        half_life_days=replace(told.half_life_days, mean=1.0),
        left_after_7d=replace(told.left_after_7d, mean=0.01),
    )
    assert words.after_a_visit(known)[1].startswith("Half of that is gone after about 1 day (")
    assert words.after_a_visit(known)[1].endswith("After a week nothing we can see is left.")


def test_a_difference_that_is_not_sure_is_not_told(told):
    weekly, *others = told.forecasts
    last = replace(weekly.against_stop[-1], p=0.6)
    shaky = replace(weekly, against_stop=(*weekly.against_stop[:-1], last))
    said = words.weekly_or_stop(replace(told, forecasts=(shaky, *others)))
    assert said.startswith("We cannot say whether weekly visits")


def test_an_interval_across_zero_begins_at_zero(told):
    weekly, *others = told.forecasts
    last = replace(weekly.against_stop[-1], mean=-0.8, i90=(-1.7, 0.1), p=0.93)
    near = replace(weekly, against_stop=(*weekly.against_stop[:-1], last))
    said = words.weekly_or_stop(replace(told, forecasts=(near, *others)))
    assert said.endswith("about 0.8 points lower than stopping (0 to 1.7).")


@pytest.mark.parametrize("flag", [Flag.STALE, Flag.MOSTLY_BAD_DAYS, Flag.AT_THE_EDGE])
def test_limits_silence_the_pictures(told, flag):
    limited = replace(told, flags=(flag,))
    assert words.split(limited) == words.ahead(limited) == ()
    assert words.weekly_or_stop(limited) == ""


def test_a_week_of_answers_and_no_visit_shows_no_picture(make):
    early = interpret(Diary(make.daily([7, 6, 8, 7, 6, 8, 7])))
    assert early.forecasts == ()
    assert words.split(early) == words.ahead(early) == words.after_a_visit(early) == ()


def test_two_visits_are_too_few_but_the_next_look_is_dated(make):
    early = interpret(make.course(6, 5, visits=2))
    assert early.known is not None
    assert words.split(early) == words.ahead(early) == ()
    assert early.verdict.needs is not None


def test_no_answer_at_all_reads_as_no_data():
    empty = interpret(Diary())
    assert Flag.NO_DATA in empty.flags
    assert empty.path == ()
    assert stored.from_dict(json.loads(json.dumps(stored.to_dict(empty)))) == empty


def test_scores_that_never_change_promise_no_day(make):
    same = interpret(Diary(make.daily([5] * 60), make.weekly(2)))
    assert Flag.CONSTANT in same.flags
    assert same.known is None


def trigger(name, mean, p):
    """A trigger of half a point's width, known on thirty days."""
    figure = Figure(name, mean, 0.2, (mean - 0.1, mean + 0.1), (mean - 0.3, mean + 0.3), p, "")
    return Trigger(name, figure, figure, "point", 30, 4, told=p > 0.99)


def test_triggers_stand_in_a_table_with_their_way_and_how_sure_it_is(told):
    found = replace(
        told,
        triggers=(
            trigger("sleep_quality", -0.5, 0.995),
            trigger("stress", 0.1, 0.2),
            trigger("dreams_lag_2", 0.0, 0.5),
        ),
    )
    first, second, third = words.triggers(found)
    assert (first.name, first.value) == ("A night slept a point better", "0.5 lower (0.2 to 0.8)")
    assert (first.sure, first.days) == ("very likely lower", "30")
    assert second.value == "0.1 higher (0.2 lower to 0.4 higher)"
    assert second.sure == "likely higher"
    assert (third.name, third.sure) == ("More dreams lag 2", "about as likely lower as higher")
    few = replace(found, basis=replace(told.basis, sessions=1))
    assert words.triggers(few) == ()


def test_close_to_zero_nothing_is_forecast(told):
    low = replace(told, level_now=replace(told.level_now, mean=0.6))
    assert words.ahead(low) == ()
    assert words.weekly_or_stop(low) == ""
    assert words.little_left(low).startswith("Your usual pain is close to 0")
    assert words.little_left(told) == ""
    unknown = replace(low, flags=(*low.flags, Flag.STALE))
    assert words.little_left(unknown) == ""


def test_no_plan_of_visits_is_forecast_to_somebody_who_should_see_a_doctor(told):
    worse = replace(told, verdict=replace(told.verdict, answer=Answer.REFER))
    assert words.ahead(worse) == ()
    assert words.weekly_or_stop(worse) == ""


@pytest.mark.parametrize(
    ("mean", "low", "high", "said"),
    [
        (-1.2, -2.0, -0.4, "1.2 lower (0.4 to 2)"),
        (3, 2, 4, "3 higher (2 to 4)"),
        (-0.1, -0.4, 0.2, "0.1 lower (0.4 lower to 0.2 higher)"),
        (0.01, -0.3, 0.3, "about the same (0.3 lower to 0.3 higher)"),
        (-0.04, -0.1, 0.0, "about the same (0 to 0.1 lower)"),
        (0.2, 0.0, 0.5, "0.2 higher (0 to 0.5)"),
        (0.0, -0.04, 0.04, "about the same (less than 0.1 either way)"),
        (-0.6, -0.9, -0.3, "0.6 lower (0.3 to 0.9)"),
    ],
)
def test_every_difference_says_its_way(mean, low, high, said):
    assert lower_or_higher(mean, low, high) == said


def test_small_differences_may_have_two_digits():
    assert lower_or_higher(-0.04, -0.08, -0.004, 2) == "0.04 lower (0 to 0.08)"
    assert lower_or_higher(0.3, 0.25, 0.35, 2) == "0.30 higher (0.25 to 0.35)"
    assert lower_or_higher(0.0, -0.001, 0.002, 2) == "about the same (less than 0.01 either way)"


def test_a_date_has_its_year_unless_it_is_this_one():
    day = date(2026, 5, 14)
    assert long_date(day, date(2026, 1, 1)) == "14 May"
    assert long_date(day, date(2025, 12, 1)) == "14 May 2026"
    assert long_date(day, None) == "14 May 2026"


def estimate(mean):
    return Estimate(mean, 0.5, mean - 0.3, mean + 0.3, mean - 0.8, mean + 0.8, 0.99)


def test_what_others_saw_says_whose_numbers_they_are():
    lent = Borrowed(
        41,
        ("acute", "low_back"),
        (Alike("right_after", estimate(-2.0), estimate(0.0), estimate(-1.5)),),
    )
    said = average_words.others(lent, area="low_back", acute=True, visited=True)
    assert said.who == (
        "41 people who came here with low back pain they had had for less than twelve weeks"
    )
    assert said.lines[0].others == "2 lower (1.2 to 2.8)"
    assert said.lines[0].borrowed == "1.5 lower (0.7 to 2.3)"
    new = average_words.others(replace(lent, alike=()), area="hip", acute=None, visited=False)
    assert (new.who, new.lines[0].borrowed) == ("41 people who came here", "")
