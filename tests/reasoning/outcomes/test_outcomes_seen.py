"""What the numbers say, and that order, repeats and offsets do not matter."""

import random
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone

import pytest

from unknot.reasoning.outcomes import Diary, Entry, Flag, Session, look
from unknot.reasoning.outcomes.numbers import probability_above, width
from unknot.reasoning.outcomes.seen import worthwhile


@pytest.mark.parametrize("value", [-1, 10.5, float("nan"), float("inf")])
def test_it_refuses_a_score_off_the_scale(make, value):
    with pytest.raises(ValueError, match="0 to 10"):
        Entry(make.at(0), value)


def test_it_refuses_a_time_without_offset():
    with pytest.raises(ValueError, match="no offset"):
        Entry(datetime(2026, 3, 2, 20), 5.0)
    with pytest.raises(ValueError, match="no offset"):
        Session(datetime(2026, 3, 2, 20))


def test_it_refuses_an_unknown_kind(make):
    with pytest.raises(ValueError, match="Use one of: diary"):
        Entry(make.at(0), 5.0, "guess")


def test_nothing_written_claims_nothing():
    found = look(Diary())
    assert Flag.NO_DATA in found.flags
    assert (found.start, found.now, found.change, found.immediate) == (None, None, None, None)
    assert (found.as_of, found.line, found.gaps, found.answers_per_week) == (None, (), (), 0.0)


def test_it_finds_the_level_at_the_start_and_now(make):
    found = look(make.course(7, 3))
    assert found.start.value == pytest.approx(7, abs=0.3)
    assert found.now.value == pytest.approx(3, abs=0.3)
    assert found.start.low < found.start.value < found.start.high
    assert found.change.better_by == pytest.approx(4, abs=0.5)
    assert found.change.low < found.change.better_by < found.change.high
    assert found.weeks == pytest.approx(5, abs=0.2)


def test_order_repeats_and_offsets_do_not_matter(make):
    diary = make.course(7, 4)
    moved = [
        replace(entry, at=entry.at.astimezone(timezone(timedelta(hours=hours % 14 - 7))))
        for hours, entry in enumerate(diary.entries)
    ]
    shuffled = moved + moved[:5]
    random.Random(3).shuffle(shuffled)
    other = look(Diary(tuple(shuffled), diary.sessions[::-1] + diary.sessions[:1]))
    assert other.counts.repeated == 5
    assert replace(other, counts=look(diary).counts) == look(diary)


def test_two_answers_in_one_minute_make_one_day(make):
    found = look(Diary((Entry(make.at(0), 4.0), Entry(make.at(0), 6.0))))
    assert found.days[0].value == 5.0
    assert (found.counts.diary, found.counts.diary_days) == (2, 1)


def test_the_day_is_the_day_where_the_person_lives():
    late = Entry(datetime.fromisoformat("2026-03-02T23:30:00+00:00"), 4.0)
    assert look(Diary((late,), zone="UTC")).days[0].day == date(2026, 3, 2)
    assert look(Diary((late,), zone="Europe/Berlin")).days[0].day == date(2026, 3, 3)


def test_days_that_hang_together_count_as_fewer(make):
    found = look(make.course(6, 6))
    assert found.start.effective_days < found.start.days


def test_one_odd_day_moves_the_level_little(make):
    calm = look(Diary(make.daily([3.0] * 12), make.weekly(1, 0.0)))
    odd = look(Diary(make.daily([3.0] * 11 + [10.0]), make.weekly(1, 0.0)))
    assert odd.now.value - calm.now.value < 0.3
    assert odd.now.high - odd.now.low > calm.now.high - calm.now.low


def test_a_constant_diary_is_never_certain(make):
    found = look(make.course(5, 5, wobble=0.0))
    assert found.noise.spread > 0
    assert found.now.low < 5 < found.now.high


def test_few_answers_before_the_first_visit_borrow_the_first_week(make):
    diary = Diary(make.daily([6.0] * 20), make.weekly(3, 1.0))
    found = look(diary)
    assert Flag.START_AFTER_FIRST_VISIT in found.flags
    assert found.start.days == 8
    assert found.now.first > found.start.last


def test_without_an_early_answer_there_is_no_start(make):
    found = look(Diary(make.daily([6.0] * 5, 40), make.weekly(6, 0.0)))
    assert Flag.NO_START in found.flags
    assert found.change is None
    assert not found.lasting


def test_a_week_without_any_visit_has_nothing_to_compare(make):
    found = look(Diary(make.daily([6.0] * 7)))
    assert Flag.NO_VISIT in found.flags
    assert found.change is None


def test_before_and_after_alone_are_flagged(make):
    found = look(Diary(make.paired(4, 7, 3), make.weekly(4)))
    assert Flag.BEFORE_AFTER_ONLY in found.flags
    assert found.immediate.pairs == 4
    assert found.immediate.low < found.immediate.lower_by == 4 < found.immediate.high


def test_two_pairs_have_no_interval(make):
    found = look(Diary(make.paired(2, 7, 3), make.weekly(2)))
    assert (found.immediate.pairs, found.immediate.low, found.immediate.high) == (2, None, None)


def test_a_score_far_from_the_visit_makes_no_pair(make):
    entries = (Entry(make.at(0), 7.0, "before"), Entry(make.at(2), 3.0, "after"))
    assert look(Diary(entries, (Session(make.at(0)),))).immediate is None


def test_scores_from_memory_stay_apart(make):
    found = look(Diary(make.daily([9, 9], kind="recalled_week"), make.weekly(1)))
    assert Flag.RECALLED_ONLY in found.flags
    assert found.days == ()
    assert found.counts.recalled == 2


def test_a_diary_of_bad_days_is_noticed(make):
    diary = Diary(
        make.daily([7] * 7) + make.daily([7, 8] * 8, 8) + make.paired(4, 4, 3), make.weekly(4)
    )
    assert Flag.MOSTLY_BAD_DAYS in look(diary).flags


def test_a_diary_in_step_with_the_visits_is_not(make):
    diary = make.course(6, 5)
    assert (
        Flag.MOSTLY_BAD_DAYS
        not in look(replace(diary, entries=diary.entries + make.paired(5, 5, 3))).flags
    )


def test_the_ends_of_the_scale_are_noticed(make):
    assert Flag.AT_THE_EDGE in look(make.course(10, 9, wobble=0.0)).flags
    assert Flag.AT_THE_EDGE in look(make.course(7, 10, wobble=0.0)).flags
    assert Flag.AT_THE_EDGE not in look(make.course(5, 0, wobble=0.0)).flags


def test_gaps_and_stale_diaries_are_noticed(make):
    diary = Diary(make.daily([5] * 7) + make.daily([5] * 3, 30), make.weekly(1))
    found = look(replace(diary, as_of=make.at(60).date()))
    assert [gap.days for gap in found.gaps] == [24, 28]
    assert Flag.STALE in found.flags
    assert found.now is None
    assert found.answers_per_week == 0.0


def test_answers_per_week_counts_days(make):
    assert look(make.course(5, 5)).answers_per_week == pytest.approx(7)


def test_a_change_that_lasted_over_two_windows_is_lasting(make):
    assert look(make.course(7, 3)).lasting
    assert not look(make.course(7, 3, visits=1, days=14)).lasting
    assert not look(make.course(7, 6)).lasting


def test_planned_visits_become_days_in_order(make):
    diary = replace(make.course(5, 5), planned=(make.at(70), make.at(63)))
    assert look(diary).planned == (make.at(63).date(), make.at(70).date())


@pytest.mark.parametrize(("start", "drop"), [(8, 2.0), (5, 1.5), (2, 1.0), (0, 1.0)])
def test_the_change_that_matters_is_two_points_or_thirty_percent(start, drop):
    assert worthwhile(start) == drop


def test_the_line_breaks_where_nothing_was_written(make):
    diary = Diary(make.daily([5] * 8) + make.daily([3] * 8, 60), make.weekly(1))
    days = {point.day for point in look(diary).line}
    assert make.at(3).date() in days
    assert make.at(35).date() not in days
    assert all(point.low <= point.value <= point.high for point in look(diary).line)


def test_too_few_days_draw_no_line(make):
    assert look(Diary(make.daily([5, 5, 5]))).line == ()
    scattered = tuple(Entry(make.at(40 * i), 5.0) for i in range(5))
    assert look(Diary(scattered)).line == ()


def test_the_probability_matches_students_t():
    # Tables: with 4 degrees of freedom, P(t < 2.132) = 0.95; with 10, P(t < 1.812) = 0.95.
    assert probability_above(2.132, 1.0, 4, 0.0) == pytest.approx(0.95, abs=0.003)
    assert probability_above(-1.812, 1.0, 10, 0.0) == pytest.approx(0.05, abs=0.002)
    assert width(10) == pytest.approx(1.812, abs=0.01)
