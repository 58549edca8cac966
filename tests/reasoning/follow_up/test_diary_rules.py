"""One check-in among the earlier ones."""

from datetime import UTC, datetime, timedelta

from unknot.knowledge import load
from unknot.reasoning.follow_up import diary
from unknot.reasoning.follow_up.act import Triage
from unknot.reasoning.follow_up.diary import CheckIn

EVENTS = load().adverse_events

START = datetime(2026, 11, 1, 20, tzinfo=UTC)


def entry(hours: float, pain: int, *, flare: bool | None = None) -> CheckIn:
    return CheckIn(START + timedelta(hours=hours), pain, flare=flare)


def judge(entry: CheckIn, earlier: tuple[CheckIn, ...], reference_0_10: float | None) -> Triage:
    return diary.judge(entry, earlier, reference_0_10, EVENTS)


def test_a_usual_entry_is_thanked_and_alerts_nobody() -> None:
    answer = judge(entry(0, 5), (), 5)
    assert (answer.alerts, answer.rule_ids) == (False, ())


def test_one_bad_entry_is_not_a_trend() -> None:
    assert not judge(entry(0, 9), (), 5).alerts


def test_worse_for_exactly_three_days_is_not_yet_more_than_three_days() -> None:
    assert not judge(entry(72, 7), (entry(0, 7),), 5).alerts


def test_worse_for_more_than_three_days_alerts() -> None:
    answer = judge(entry(73, 7), (entry(0, 7), entry(30, 8)), 5)
    assert (answer.alerts, answer.rule_ids) == (True, ("worse_for_long",))


def test_one_better_entry_in_between_starts_the_count_again() -> None:
    assert not judge(entry(73, 7), (entry(0, 7), entry(40, 6)), 5).alerts


def test_an_entry_written_later_but_dated_after_this_one_does_not_count() -> None:
    assert not judge(entry(0, 7), (entry(100, 7),), 5).alerts


def test_without_a_reference_nothing_is_called_worse() -> None:
    assert not judge(entry(73, 9), (entry(0, 9),), None).alerts


def test_a_flare_reaches_the_therapist_without_alarm() -> None:
    answer = judge(entry(0, 6, flare=True), (), 5)
    assert (answer.alerts, answer.rule_ids) == (True, ("flare",))


def two(hours: float, back: int, neck: int | None) -> CheckIn:
    areas = {"low_back": back} | ({} if neck is None else {"neck": neck})
    return CheckIn(START + timedelta(hours=hours), max(areas.values()), areas=areas)


OWN = {"low_back": 7.0, "neck": 2.0}


def test_an_area_that_is_worse_than_its_own_reference_counts_though_another_hurts_more() -> None:
    earlier = (two(0, 7, 4), two(30, 6, 5), two(40, 7, None))
    answer = diary.judge(two(73, 7, 5), earlier, 7, EVENTS, OWN)
    assert answer.rule_ids == ("worse_for_long",)
    assert not diary.judge(two(73, 7, 5), earlier, 7, EVENTS).alerts
    assert not diary.judge(two(73, 7, 3), earlier, 7, EVENTS, OWN).alerts


def test_a_better_entry_of_the_same_area_starts_its_count_again() -> None:
    earlier = (two(0, 7, 4), two(40, 9, 3))
    assert not diary.judge(two(73, 7, 5), earlier, 7, EVENTS, OWN).alerts


def test_an_area_without_a_reference_is_not_called_worse() -> None:
    entries = (two(0, 7, 7), two(73, 7, 7))
    assert not diary.judge(entries[1], entries[:1], None, EVENTS, {"low_back": 7.0}).alerts
