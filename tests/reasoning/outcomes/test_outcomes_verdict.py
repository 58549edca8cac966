"""The words: snapshots, gates, and what must never be said."""

from dataclasses import replace
from itertools import product

import pytest

from unknot.reasoning.outcomes import Diary, Kind, Session, Step, fit, verdict
from unknot.reasoning.outcomes.words import ANYWAY, likelihood

NEVER_SAID = ("proved", "proof", "significant", "works", "cure", "because of", "thanks to", "!")


def test_clearly_better_in_words(make):
    found = verdict(fit(make.course(7, 3)))
    assert found.kind == Kind.CLEARLY_BETTER
    assert found.sentence == (
        "You are clearly better. Your pain was about 7 when you started and is about 3 now."
    )
    assert found.reasons == (
        "Your usual score is 4 points lower than at the start (between 3.1 and 4.9, 9 times"
        " in 10). Most people starting where you did need a drop of about 2 points to call it a"
        " real change; it is very likely that yours is that large.",
    )
    assert found.caveats == (ANYWAY,)
    assert found.needs is None
    assert (found.next_step.step, found.next_step.rule_id) == (Step.TAPER, "STP-07")


def test_a_fresh_improvement_keeps_going(make):
    found = verdict(fit(make.course(7, 3, visits=3, days=14)))
    assert found.kind == Kind.CLEARLY_BETTER
    assert (found.next_step.step, found.next_step.rule_id) == (Step.CONTINUE, "STP-02")


def test_probably_better_in_words(make):
    found = verdict(fit(make.course(7, 4.7)))
    assert found.kind == Kind.PROBABLY_BETTER
    assert found.sentence == (
        "You are probably better. Your pain was about 7 when you started and is about 4.5 now."
    )
    assert "it is likely that yours is that large" in found.reasons[0]
    assert ANYWAY in found.caveats


def test_no_change_in_words(make):
    found = verdict(fit(make.course(6, 6)))
    assert found.kind == Kind.NOT_WORKING
    assert found.sentence == (
        "No change that matters so far. Your pain was about 6 when you started and is about 6 now."
    )
    assert (found.next_step.step, found.next_step.rule_id) == (Step.REFER, "STP-04")


def test_a_little_better_says_so_and_proposes_a_change(make):
    found = verdict(fit(make.course(7, 6.2)))
    assert found.kind == Kind.NOT_WORKING
    assert found.sentence.startswith("A little better, but by less than most people")
    assert (found.next_step.step, found.next_step.rule_id) == (Step.CHANGE, "STP-03")


def test_a_little_worse_says_so(make):
    found = verdict(fit(make.course(5, 6)))
    assert found.kind == Kind.NOT_WORKING
    assert found.sentence.startswith("A little worse, but by less than most people")
    assert "1 point higher than at the start" in found.reasons[0]
    assert ANYWAY not in found.caveats


def test_ten_visits_without_change_end_the_course(make):
    found = verdict(fit(make.course(6, 6, visits=10)))
    assert (found.next_step.step, found.next_step.rule_id) == (Step.DISCHARGE, "STP-05")


def test_an_easier_life_keeps_the_plan(make):
    found = verdict(fit(make.course(6, 6)), function_better=True)
    assert (found.next_step.step, found.next_step.rule_id) == (Step.CONTINUE, "STP-02")
    assert "daily life has become easier" in found.next_step.tell


def test_worse_in_words_pauses_the_visits(make):
    found = verdict(fit(make.course(3, 7, visits=1, days=6)))
    assert found.kind == Kind.WORSE
    assert found.sentence == (
        "You are worse than when you started. Your pain was about 3 when you started and is about"
        " 7 now."
    )
    assert (found.next_step.step, found.next_step.rule_id) == (Step.REFER, "STP-06")


def test_one_bad_day_is_not_worse(make):
    diary = Diary(make.daily([3] * 7 + [9, 9]), make.weekly(1))
    assert verdict(fit(diary)).kind == Kind.CANNOT_TELL


def test_too_early_in_words_says_what_would_tell_and_when(make):
    diary = make.course(7, 3, visits=2, days=5)
    planned = (make.at(20), make.at(27))
    found = verdict(fit(replace(diary, planned=planned)))
    assert found.kind == Kind.CANNOT_TELL
    assert found.sentence == "Too early to tell. You have 2 visits and 12 days with an answer."
    assert found.needs.says == (
        "We could know more after 1 more visit: around 22 March, if you answer once a day."
    )
    assert (found.needs.answers, found.needs.visits, found.needs.by) == (0, 1, planned[0].date())
    assert (found.next_step.step, found.next_step.rule_id) == (Step.CONTINUE, "STP-02")


def test_too_few_answers_count_the_days(make):
    diary = Diary(make.daily([6] * 5) + make.daily([6, 6], 28), make.weekly(4))
    found = verdict(fit(diary))
    assert found.needs.says.startswith("We could know more after 3 more days with an answer")
    assert found.needs.by is not None


def test_nothing_at_all_asks_for_the_first_answers():
    found = verdict(fit(Diary()))
    assert found.sentence == "Too early to tell. You have 0 visits and 0 days with an answer."
    assert found.caveats == ("Nothing has been written down yet.",)
    assert found.needs.by is None
    assert found.reasons == ()


def test_a_week_without_visits_claims_nothing(make):
    found = verdict(fit(Diary(make.daily([8, 7, 6, 5, 4, 3, 2]))))
    assert found.kind == Kind.CANNOT_TELL
    assert found.reasons == ()
    assert found.needs.says == (
        "We could know more after 3 more visits and 3 more days with an answer."
    )


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


def test_mostly_bad_days_cannot_tell_and_gives_the_cure(make):
    entries = make.daily([7] * 7) + make.daily([7, 8] * 8, 8) + make.paired(4, 4, 3)
    found = verdict(fit(Diary(entries, make.weekly(4))))
    assert found.kind == Kind.CANNOT_TELL
    assert any("fixed time each evening" in caveat for caveat in found.caveats)
    assert found.needs.answers == 7


def test_the_end_of_the_scale_is_never_clear(make):
    assert verdict(fit(make.course(10, 4, wobble=0.0))).kind == Kind.PROBABLY_BETTER
    assert verdict(fit(make.course(10, 10, wobble=0.0))).kind == Kind.CANNOT_TELL


def test_an_unclear_change_says_how_many_answers_would_tell(make):
    found = verdict(fit(make.course(7, 5, visits=6)))
    assert found.kind == Kind.CANNOT_TELL
    assert found.sentence.startswith("We cannot tell yet.")
    assert "about as likely as not" in found.reasons[0]


def test_a_change_at_the_limit_leaves_it_to_the_review(make):
    found = verdict(fit(make.course(7, 5, visits=6)))
    assert found.kind == Kind.CANNOT_TELL
    assert "More answers alone may not settle it" in found.needs.says
    assert found.next_step.rule_id == "STP-03"


def test_more_answers_can_settle_it(make):
    found = verdict(fit(make.course(7, 4.6, visits=4, days=5)))
    assert found.kind == Kind.CANNOT_TELL
    assert 0 < found.needs.answers <= 14


def test_after_the_review_is_due_people_look_together(make):
    no_diary = Diary((), make.weekly(6))
    found = verdict(fit(no_diary))
    assert (found.next_step.step, found.next_step.rule_id) == (Step.REEVALUATE, "STP-02")
    assert verdict(fit(no_diary), function_better=True).next_step.step == Step.CONTINUE


@pytest.mark.parametrize(("visits", "step"), [(4, Step.CONTINUE), (6, Step.REEVALUATE)])
def test_patience_ends_at_six_visits(make, visits, step):
    diary = make.course(6, 5.6, visits=visits, wobble=3.0, days=7 * visits)
    found = verdict(fit(diary))
    assert found.kind == Kind.CANNOT_TELL
    assert found.next_step.step == step


def test_the_numbers_are_listed_as_counted(make):
    diary = make.course(7, 3)
    extra = make.daily([6], kind="recalled_week") + diary.entries[:1] + make.daily([3], 70)
    numbers = dict(verdict(fit(Diary(diary.entries + extra, diary.sessions))).numbers)
    assert numbers["Usual score at the start"].startswith("7 (")
    assert numbers["Weekly scores from memory (shown, not counted)"] == "1"
    assert numbers["Repeated answers left out"] == "1"
    assert numbers["Longest time without an answer"] == "29 days"


@pytest.mark.parametrize(
    ("probability", "words"),
    [(0.95, "very likely"), (0.7, "likely"), (0.5, "about as likely as not"), (0.2, "unlikely")],
)
def test_certainty_has_four_words(probability, words):
    assert likelihood(probability) == words


def test_no_forbidden_word_is_ever_said(make):
    for before, after, visits in product((1, 5, 9), (0, 4, 8), (0, 1, 3, 5, 10)):
        diary = make.course(before, after, visits=visits, days=21)
        entries = diary.entries + make.paired(visits, before, after)
        found = verdict(fit(Diary(entries, diary.sessions)))
        text = " ".join(
            (found.sentence, *found.reasons, *found.caveats, found.next_step.tell)
        ).lower()
        assert not [word for word in NEVER_SAID if word in text]
        if found.kind in (Kind.CLEARLY_BETTER, Kind.PROBABLY_BETTER):
            assert ANYWAY in found.caveats


def test_two_visits_never_give_a_claim(make):
    diary = make.course(9, 1, visits=2, days=40)
    assert verdict(fit(diary)).kind == Kind.CANNOT_TELL
    assert verdict(fit(replace(diary, sessions=(*diary.sessions, Session(make.at(30)))))).kind == (
        Kind.CLEARLY_BETTER
    )
