"""The answers: the table of the verdict, its gates, the next step, and what must never be said."""

from dataclasses import replace
from itertools import product

import pytest

from unknot.reasoning.outcomes import (
    Answer,
    Diary,
    Entry,
    Flag,
    Kind,
    Reevaluation,
    Session,
    Step,
    fit,
    reevaluate,
    steps,
    verdict,
)
from unknot.reasoning.outcomes.phrases import likelihood, number
from unknot.reasoning.outcomes.verdict import KIND_OF, judge, weigh
from unknot.reasoning.outcomes.words import ANYWAY, FIND_OUT

NEVER_SAID = ("proved", "proof", "significant", "works", "cure", "because of", "thanks to", "!")


@pytest.mark.parametrize(
    ("some", "worthwhile", "hopeful", "answer"),
    [
        (0.99, 0.90, 0.99, Answer.VERY_LIKELY_WORTHWHILE),
        (0.99, 0.75, 0.99, Answer.LIKELY_WORTHWHILE),
        (0.95, 0.74, 0.99, Answer.SOME_HELP),
        (0.95, 0.01, 0.10, Answer.SMALL),
        (0.94, 0.01, 0.10, Answer.NO_WORTHWHILE_DIFFERENCE),
        (0.94, 0.01, 0.11, Answer.TOO_EARLY),
    ],
)
def test_the_answer_follows_the_table(some, worthwhile, hopeful, answer):
    assert weigh(some=some, worthwhile=worthwhile, hopeful=hopeful) == answer


def test_every_answer_has_a_word_for_the_page():
    assert set(KIND_OF) == set(Answer)


@pytest.mark.parametrize(
    ("delta", "kind"),
    [(-4.0, Kind.CLEARLY_BETTER), (-2.0, Kind.PROBABLY_BETTER), (0.0, Kind.NOT_WORKING)],
)
def test_people_are_told_what_is_true_of_them(helped, delta, kind):
    assert verdict(fit(helped(delta))).kind == kind


def test_a_real_effect_keeps_the_plan_or_tapers_it(helped):
    found = verdict(fit(helped(-4.0)))
    assert (found.next_step.step, found.next_step.rule_id) == (Step.TAPER, "STP-07")
    assert found.needs is None


def test_no_effect_after_ten_visits_ends_the_course(make):
    found = verdict(fit(make.course(6, 6, visits=10)))
    assert found.answer == Answer.NO_WORTHWHILE_DIFFERENCE
    assert (found.next_step.step, found.next_step.rule_id) == (Step.DISCHARGE, "STP-05")


def test_no_effect_after_five_visits_stops_this_plan(make):
    found = verdict(fit(make.course(6, 6)))
    assert (found.next_step.step, found.next_step.rule_id) == (Step.REFER, "STP-04")
    assert found.reasons[0] == "Your usual level is about the same as at the start."


def test_a_little_better_proposes_a_change(make):
    found = verdict(fit(make.course(7, 6.2)))
    assert found.kind == Kind.NOT_WORKING
    assert (found.next_step.step, found.next_step.rule_id) == (Step.CHANGE, "STP-03")


def test_a_little_worse_says_so(make):
    found = verdict(fit(make.course(5, 6)))
    assert found.kind == Kind.NOT_WORKING
    assert "0.6 points higher than at the start" in found.reasons[0]
    assert "raise your pain" in found.reasons[1]
    assert ANYWAY not in found.caveats


def test_an_easier_life_keeps_the_plan(make):
    found = verdict(fit(make.course(6, 6)), function_better=True)
    assert (found.next_step.step, found.next_step.rule_id) == (Step.CONTINUE, "STP-02")
    assert "daily life has become easier" in found.next_step.tell


def test_some_help_keeps_going_then_changes_something(make, helped):
    early = fit(make.course(7, 3))
    assert verdict(early).answer == Answer.SOME_HELP
    assert verdict(early).next_step.rule_id == "STP-02"
    late = fit(helped(-1.4))
    assert verdict(late).answer == Answer.SOME_HELP
    assert verdict(late).next_step.rule_id == "STP-03"
    assert verdict(late, function_better=True).next_step.rule_id == "STP-02"


def test_who_got_better_out_of_step_with_the_visits_is_not_told_not_working(faded):
    found = verdict(fit(faded))
    assert found.answer == Answer.NO_WORTHWHILE_DIFFERENCE
    assert found.kind == Kind.CANNOT_TELL
    assert found.sentence.startswith("You are better, but not in step with the visits.")
    assert found.find_out == FIND_OUT
    assert found.next_step.step in (Step.TAPER, Step.CONTINUE)
    assert found.needs is None


def test_worse_in_words_pauses_the_visits(make):
    found = verdict(fit(make.course(3, 7, visits=1, days=6)))
    assert found.kind == Kind.WORSE
    assert found.sentence == (
        "You are worse than when you started. Your pain was about 3 when you started and is about"
        " 7 now."
    )
    assert (found.next_step.step, found.next_step.rule_id) == (Step.REFER, "STP-06")


def test_a_red_flag_sends_to_a_doctor_whatever_the_scores_say(helped):
    found = verdict(fit(helped(-4.0)), red_flag=True)
    assert found.answer == Answer.REFER
    assert found.sentence.startswith("Please talk to a doctor first.")
    assert found.next_step.step == Step.REFER


@pytest.mark.parametrize("values", [[3] * 7 + [9, 9], [3, 3, 9, 9, 9, 9]])
def test_one_bad_day_or_a_start_of_two_days_is_not_worse(make, values):
    assert verdict(fit(Diary(make.daily(values), make.weekly(1)))).kind == Kind.CANNOT_TELL


def test_too_early_in_words_says_what_would_tell_and_when(make):
    diary = make.course(7, 3, visits=2, days=5)
    planned = (make.at(20), make.at(27))
    found = verdict(fit(replace(diary, planned=planned)))
    assert (found.kind, found.answer) == (Kind.CANNOT_TELL, Answer.TOO_EARLY)
    assert found.sentence == "Too early to tell. You have 2 visits and 12 days with an answer."
    assert found.needs.says == (
        "We could know more after 1 more visit: around 22 March 2026, if you answer once a day."
    )
    assert (found.needs.answers, found.needs.visits, found.needs.by) == (0, 1, planned[0].date())
    assert (found.next_step.step, found.next_step.rule_id) == (Step.CONTINUE, "STP-02")


def test_too_early_names_the_day_it_should_be_known(make):
    found = fit(make.course(7, 3, visits=2, days=5))
    known = Reevaluation(make.at(40).date(), 2, 0.9, 64, capped=False)
    assert verdict(found, known=known).needs.says == (
        "If you keep going as planned, we should know around 11 April 2026 (about 2 more visits)."
    )
    late = replace(known, capped=True)
    assert "Look at it together around 11 April 2026 and decide then." in (
        verdict(found, known=late).needs.says
    )
    assert verdict(found, known=replace(known, on=None)).needs.visits == 1


def test_too_few_answers_count_the_days(make):
    diary = Diary(make.daily([6] * 5) + make.daily([6, 6], 28), make.weekly(4))
    found = verdict(fit(diary))
    assert found.needs.says.startswith("We could know more after 3 more days with an answer")
    assert found.needs.by is not None


def test_nothing_at_all_asks_for_the_first_answers():
    found = verdict(fit(Diary()))
    assert found.sentence == "Too early to tell. You have 0 visits and 0 days with an answer."
    assert found.caveats == ("There are fewer than two answers so far.",)
    assert found.needs.by is None
    assert found.reasons == ()
    assert found.next_step.rule_id == "STP-01"


def test_one_answer_and_no_session_is_too_early(make):
    assert judge(fit(Diary(make.daily([7])))) == Answer.TOO_EARLY


def test_one_before_and_after_pair_never_decides(make):
    diary = make.course(7, 3, visits=1, days=3)
    found = verdict(fit(replace(diary, entries=diary.entries + make.paired(1, 9, 1))))
    assert found.kind == Kind.CANNOT_TELL
    assert "Scores around one or two visits are too few to say what a visit does." in found.caveats
    assert not any("Right after" in reason for reason in found.reasons)


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [(7, 4, "3 points lower"), (4, 7, "3 points higher"), (5, 5, "about the same")],
)
def test_the_hour_after_a_visit_is_never_the_week(make, before, after, words):
    diary = make.course(6, 6)
    found = verdict(fit(replace(diary, entries=diary.entries + make.paired(5, before, after))))
    told = [reason for reason in found.reasons if reason.startswith("Right after")]
    assert words in told[0]
    assert told[0].endswith("It says nothing about the week.")


def test_a_kind_score_on_the_spot_is_named_as_such(make):
    diary = make.course(6, 6)
    found = fit(replace(diary, entries=diary.entries + make.paired(5, 6, 5.2)))
    assert found.immediate.p < 0.9
    assert any("people like to give a kind score" in one for one in verdict(found).reasons)


def test_mostly_bad_days_cannot_tell_and_gives_the_cure(make):
    entries = make.daily([7] * 7) + make.daily([7, 8] * 8, 8) + make.paired(4, 4, 3)
    found = verdict(fit(Diary(entries, make.weekly(4))))
    assert (found.kind, found.answer) == (Kind.CANNOT_TELL, Answer.CANNOT_TELL)
    assert any("fixed time each evening" in caveat for caveat in found.caveats)
    assert found.needs.answers == 7


def test_answers_that_followed_a_reminder_are_no_choice_of_days(make):
    entries = make.daily([7] * 7) + make.daily([7, 8] * 8, 8)
    prompted = tuple(replace(one, prompted=True) for one in entries)
    pairs = make.paired(4, 4, 3)
    assert judge(fit(Diary(prompted + pairs, make.weekly(4)))) != Answer.CANNOT_TELL
    asked = tuple(replace(one, prompted=False) for one in entries)
    found = fit(Diary(asked, make.weekly(4)))
    assert Flag.MOSTLY_UNPROMPTED in found.flags
    assert judge(found) == Answer.CANNOT_TELL


def test_the_end_of_the_scale_cannot_tell(make):
    assert judge(fit(make.course(10, 10, wobble=0.0))) == Answer.CANNOT_TELL
    assert judge(fit(make.course(10, 4, wobble=0.0))) != Answer.CANNOT_TELL


def test_an_unclear_effect_leaves_it_to_the_review(make):
    found = verdict(fit(make.course(7, 5, visits=6)))
    assert found.answer == Answer.TOO_EARLY
    assert found.sentence.startswith("We cannot tell yet.")
    assert found.sentence.endswith("Your pain was about 7 when you started and is about 5 now.")
    assert "More answers alone may not settle it" in found.needs.says
    assert found.find_out == FIND_OUT
    assert found.next_step.rule_id == "STP-03"


def test_after_the_review_is_due_people_look_together(make):
    no_diary = Diary((), make.weekly(6))
    found = verdict(fit(no_diary))
    assert (found.next_step.step, found.next_step.rule_id) == (Step.REEVALUATE, "STP-02")
    assert verdict(fit(no_diary), function_better=True).next_step.step == Step.CONTINUE


@pytest.mark.parametrize(("visits", "step"), [(4, Step.CONTINUE), (6, Step.REEVALUATE)])
def test_patience_ends_at_six_visits(make, visits, step):
    diary = make.course(6, 5.6, visits=visits, wobble=3.0, days=7 * visits)
    found = verdict(fit(replace(diary, worthwhile=0.1)))
    assert found.answer == Answer.TOO_EARLY
    assert found.next_step.step == step


def test_the_numbers_are_listed_as_counted(make):
    diary = make.course(7, 3)
    extra = make.daily([6], kind="recalled_week") + diary.entries[:1] + make.daily([3], 70)
    numbers = dict(verdict(fit(Diary(diary.entries + extra, diary.sessions))).numbers)
    assert numbers["Usual score at the start"].startswith("7 (")
    assert numbers["Weekly scores from memory"] == "1"
    assert numbers["Repeated answers left out"] == "1"
    assert numbers["Longest time without an answer"] == "29 days"
    assert " lower (" in numbers["Usual pain now, against the start"]


@pytest.mark.parametrize(
    ("probability", "words"),
    [(0.95, "very likely"), (0.7, "likely"), (0.5, "about as likely as not"), (0.2, "unlikely")],
)
def test_certainty_has_four_words(probability, words):
    assert likelihood(probability) == words


@pytest.mark.parametrize(("value", "said"), [(-0.04, "0"), (-0.06, "-0.1"), (2.0, "2")])
def test_no_minus_stands_before_zero(value, said):
    assert number(value) == said


def test_no_forbidden_word_is_ever_said(make):
    for before, after, visits in product((1, 5, 9), (0, 4, 8), (0, 1, 3, 5, 10)):
        diary = make.course(before, after, visits=visits, days=21)
        entries = diary.entries + make.paired(visits, before, after)
        found = verdict(fit(Diary(entries, diary.sessions)))
        text = " ".join(
            (found.sentence, *found.reasons, *found.caveats, found.find_out, found.next_step.tell)
        ).lower()
        assert not [word for word in NEVER_SAID if word in text]
        if found.kind in (Kind.CLEARLY_BETTER, Kind.PROBABLY_BETTER):
            assert ANYWAY in found.caveats


@pytest.mark.parametrize("visits", [0, 1, 2])
def test_two_visits_never_give_a_claim(make, visits):
    for before, after in product((2, 5, 9), (1, 4, 8)):
        found = judge(fit(make.course(before, after, visits=visits, days=40)))
        assert found in (Answer.TOO_EARLY, Answer.REFER)


def test_the_review_is_dated_from_sixty_four_futures(make):
    found = fit(make.course(7, 5, visits=3, days=21))
    known = reevaluate(found)
    assert known.futures == 64
    assert 1 <= known.more_sessions <= 3
    assert known.on > found.seen.as_of
    assert known == reevaluate(found)
    assert known.capped == (known.probability < 0.8)


def test_a_clear_case_is_known_soon_and_an_empty_one_never(helped, make):
    soon = reevaluate(fit(helped(-4.0)))
    assert (soon.more_sessions, soon.capped) == (1, False)
    assert reevaluate(fit(Diary())).on is None
    few = reevaluate(fit(Diary(make.daily([5, 6]), (Session(make.at(1)),))), gap_days=1.0)
    assert few.on is not None


def test_other_instruments_have_futures_too(make):
    entries = tuple(
        Entry(one.at, one.value * 10, instrument="OM-VAS") for one in make.daily([6, 7, 5] * 8)
    )
    found = fit(Diary(entries, make.weekly(3)), instrument="OM-VAS")
    assert reevaluate(found).futures == 64


def test_visits_are_put_further_apart_only_while_some_are_booked():
    assert steps.as_booked(steps.SPACE_OUT, visits_ahead=1) == steps.SPACE_OUT
    found = steps.as_booked(steps.SPACE_OUT, visits_ahead=0)
    assert (found.step, found.rule_id) == (Step.DISCHARGE, "STP-07")
    assert "no visit is booked" in found.tell
    assert steps.as_booked(steps.KEEP_GOING, visits_ahead=0) == steps.KEEP_GOING
