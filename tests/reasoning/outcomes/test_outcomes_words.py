"""The sentences: one snapshot for each answer and flag, easy to read, nothing forbidden."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.support.reading import grade
from unknot.reasoning.outcomes import Answer, Figure, Flag, Reevaluation, Trigger, fit, verdict
from unknot.reasoning.outcomes import words as say
from unknot.reasoning.outcomes.flags import Flag as Flags
from unknot.reasoning.outcomes.verdict import KIND_OF

SNAPSHOT = Path(__file__).with_name("wording.txt")
FORBIDDEN = ("proved", "significant", "works", "cure", "therapist", "rank", "!")
OLDEST = 12  # years: grade plus five


@pytest.fixture
def said(make):
    """Every answer and every flag in the words of one person."""
    found = fit(make.course(7, 4.6, visits=4, days=28))
    lines = []
    for answer in Answer:
        lines.append(f"{answer}: {say.sentence(answer, found)}")
        lines += [f"{answer}, because: {one}" for one in say.reasons(answer, found)]
    lines.append(f"red flag: {say.sentence(Answer.REFER, found, red_flag=True)}")
    lines += [f"{flag}: {text}" for flag, text in say.LIMITS.items()]
    known = Reevaluation(make.at(40).date(), 2, 0.9, 64, capped=False)
    lines.append(f"known: {say.known_by(known, known.on, known.on)}")
    lines.append(f"not known: {say.known_by(replace(known, capped=True), known.on, None)}")
    lines += [
        f"needs: {say.needs(3, 1, known.on, known.on)}",
        f"needs: {say.needs(0, 0, None, None)}",
    ]
    lines += _triggers()
    lines += [f"find out: {say.FIND_OUT}", f"anyway: {say.ANYWAY}", f"pairs: {say.FEW_PAIRS}"]
    return lines


def _triggers():
    """A pattern of every known factor, and of one nobody has named."""
    found = []
    for name in (*say.TRIGGER_NAMES, "weather"):
        for points in (0.4, -0.4):
            figure = Figure(name, points, 0.1, (0.3, 0.5), (0.2, 0.6), 0.99, "less pain")
            trigger = Trigger(name, figure, figure, "point", 40, 2, told=True)
            found.append(f"trigger: {say.trigger(trigger)}")
    return found


def test_the_words_are_those_of_the_snapshot(said):
    """After a change of wording on purpose, write the lines below into wording.txt."""
    assert SNAPSHOT.read_text().splitlines() == said


def test_every_answer_and_flag_has_words():
    assert set(Answer) == set(KIND_OF)
    assert set(Flags) - set(say.LIMITS) == set(say.SILENT)
    assert Flag is Flags


def test_a_twelve_year_old_can_read_every_sentence(said):
    texts = [line.partition(": ")[2] for line in said]
    assert 5 + grade(" ".join(texts)) <= OLDEST - 2  # all together: well below
    hard = [text for text in texts if 5 + grade(text) > OLDEST]
    assert hard == []


def test_nothing_forbidden_is_said(said):
    assert [line for line in said for word in FORBIDDEN if word in line.lower()] == []


def test_the_hour_is_named_with_its_size(helped):
    found = verdict(fit(helped(-4.0)))
    assert any(one.startswith("Right after a visit your score is") for one in found.reasons)


@pytest.mark.parametrize(
    ("mean", "ends", "said"),
    [
        (-0.2, (-0.7, 0.1), "next to nothing (0.1 lower to 0.7 higher,"),
        (0.2, (-0.1, 0.7), "next to nothing (0.1 higher to 0.7 lower,"),
        (-0.2, (-0.2, -0.1), "next to nothing (0.1 to 0.2 higher,"),
        (0.2, (0, 0.2), "next to nothing (0 to 0.2 lower,"),
        (-1, (-2, 0.5), "raise your pain by about 1 point (0.5 lower to 2 higher,"),
        (1, (-0.5, 2), "lower your pain by about 1 point (0.5 higher to 2 lower,"),
    ],
)
def test_the_range_over_the_week_says_the_way_its_figure_says(make, mean, ends, said):
    found = fit(make.course(7, 4.6, visits=4, days=28))
    figure = replace(found.own_relief.figure, mean=mean, i90=ends)
    other = replace(found, relief=(replace(found.own_relief, figure=figure),))
    words = " ".join(say.reasons(Answer.NO_WORTHWHILE_DIFFERENCE, other))
    assert said in words


def test_visits_that_ended_long_ago_are_not_said_to_do_nothing(helped):
    during = helped(-4.0)
    ended = replace(during, as_of=during.as_of + timedelta(days=60))
    assert "account for" in say.reasons(Answer.SOME_HELP, fit(during))[0]
    assert say.reasons(Answer.SOME_HELP, fit(ended))[0].endswith(say.WORN_OFF)
