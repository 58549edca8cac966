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
