"""Scores: each instrument's own rule for missing answers, and when a change matters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unknot.knowledge import load
from unknot.reasoning.assess import ScoreError, change, score
from unknot.reasoning.assess.scores import find

INSTRUMENTS = load().instruments
SCORED = [one.id for one in INSTRUMENTS.values() if one.scoring not in ("variants", "not_scored")]
SCORED += [f"{one.id}.{variant.id}" for one in INSTRUMENTS.values() for variant in one.variants]


def test_peg_is_the_mean_of_its_three_answers() -> None:
    found = score("OM-PEG", {"average": 6, "enjoyment": 5, "activity": 8})
    assert found.value == 6.33
    assert found.missing == 0
    assert "lower is better" in found.explanation


def test_peg_with_one_answer_missing_has_no_score() -> None:
    found = score("OM-PEG", {"average": 6, "enjoyment": None})
    assert found.value is None
    assert found.missing == 2
    assert "1 of at least 3" in found.explanation


def test_the_psfs_takes_the_clients_own_activities() -> None:
    found = score("OM-PSFS", {"carry my daughter": 2, "sit through a film": 4, "swim": 3})
    assert (found.value, found.missing, found.direction) == (3.0, 0, "higher_better")


def test_the_psfs_needs_three_activities_and_takes_five() -> None:
    assert score("OM-PSFS", {"swim": 3, "drive": 1}).value is None
    with pytest.raises(ScoreError, match="at most 5"):
        score("OM-PSFS", dict.fromkeys("abcdef", 5))


def test_one_pain_rating_is_its_own_score() -> None:
    assert score("OM-NPRS", {"pain": 7}).value == 7


def test_roland_morris_counts_the_sentences_that_are_true() -> None:
    answers = {str(number): int(number <= 9) for number in range(1, 25)}
    assert score("OM-RMDQ", answers).value == 9
    del answers["24"]
    assert score("OM-RMDQ", answers).value is None


def test_the_neck_index_scales_up_one_missing_section() -> None:
    found = score("OM-NDI", {str(number): 2 for number in range(1, 10)})
    assert found.value == 20
    assert "1 question was left out" in found.explanation


def test_the_oswestry_is_a_percentage_of_what_was_answered() -> None:
    assert score("OM-ODI", {str(number): 2 for number in range(1, 10)}).value == 40


def test_the_quickdash_runs_from_0_to_100() -> None:
    assert score("OM-QD", {str(number): 1 for number in range(1, 12)}).value == 0
    assert score("OM-QD", {str(number): 5 for number in range(1, 11)}).value == 100


def test_promis_sums_are_read_in_the_table() -> None:
    assert score("OM-PI4", {str(number): 1 for number in range(1, 5)}).value == 41.6
    assert score("OM-PI4", {str(number): 5 for number in range(1, 5)}).value == 75.6


def test_reversed_items_are_turned_before_they_are_added() -> None:
    # All four answers "5": two are reversed to 1, so the raw sum is 12.
    assert score("OM-SD4", {str(number): 5 for number in range(1, 5)}).value == 54.3
    assert score("OM-PSS4", {"1": 4, "2": 0, "3": 0, "4": 4}).value == 16


def test_several_left_out_are_counted_in_words() -> None:
    found = score("OM-PSFS", {"swim": 3, "drive": 1, "knit": 4, "run": None, "cook": None})
    assert "2 questions were left out" in found.explanation


def test_an_unknown_instrument_names_those_there_are() -> None:
    with pytest.raises(ScoreError, match="OM-NPRS"):
        score("OM-XYZ", {})


def test_an_unknown_item_is_refused_by_name() -> None:
    with pytest.raises(ScoreError, match="Use: average, enjoyment, activity"):
        score("OM-PEG", {"mood": 3})


@pytest.mark.parametrize("answer", [11, -1, 2.5, True, "7"])
def test_an_answer_out_of_range_is_refused_without_repeating_it(answer: object) -> None:
    with pytest.raises(ScoreError) as refused:
        score("OM-NPRS", {"pain": answer})  # type: ignore[dict-item]
    assert str(refused.value) == (
        'OM-NPRS: the answer to "pain" is out of range. Use a whole number, 0 to 10, or leave it'
        " out."
    )


@given(st.sampled_from(sorted(SCORED)), st.data())
def test_every_score_stays_in_its_range(name: str, data: st.DataObject) -> None:
    one = find(name)
    keys = one.keys or ("first", "second", "third", "fourth", "fifth")
    recoded = {recode.item: range(len(recode.scores)) for recode in one.recodes}
    usual = one.item_values or range(one.item_low, one.item_high + 1)
    answers = {
        key: data.draw(st.none() | st.sampled_from(recoded.get(key, usual))) for key in keys
    }
    found = score(name, answers)
    assert found.value is None or one.low <= found.value <= one.high
    assert (found.value is None) == (len(keys) - found.missing < one.least_answered)


# --- Variants, recoded answers, standard errors -------------------------------------------------


def test_an_edition_has_a_table_of_its_own() -> None:
    answers = {"1": 4, "2": 4, "3": 4, "4": 4}
    assert score("OM-PF4", answers).value == 41.9
    assert score("OM-PF4.v1.0", answers).value == 41.8


def test_global_health_has_one_score_for_the_body_and_one_for_mood() -> None:
    body = score("OM-G10.physical", {"3": 3, "6": 4, "pain": 5, "fatigue": 4})
    mood = score("OM-G10.mental", {"2": 3, "4": 4, "5": 3, "emotional": 4})
    assert (body.value, mood.value) == (44.9, 48.3)  # both sums are 14
    assert body.name == "Physical health, T score"


@pytest.mark.parametrize(
    ("pain", "value"),
    [(0, 50.8), (1, 47.7), (3, 47.7), (4, 44.9), (6, 44.9), (7, 42.3), (10, 39.8)],
)
def test_pain_of_0_to_10_is_recoded_in_steps(pain: int, value: float) -> None:
    assert score("OM-G10.physical", {"3": 3, "6": 4, "pain": pain, "fatigue": 4}).value == value


def test_a_whole_without_a_score_names_its_parts() -> None:
    with pytest.raises(ScoreError, match=r"no score as a whole. Use OM-G10.physical or OM-G10.m"):
        score("OM-G10", {})
    with pytest.raises(ScoreError, match=r"is not one of its variants. Use OM-G10.physical or"):
        score("OM-G10.spirit", {})
    with pytest.raises(ScoreError, match=r"is not one of its variants. Use OM-PEG alone"):
        score("OM-PEG.short", {})


@pytest.mark.parametrize("name", ["OM-WOMAC", "OM-PI6", "OM-PF6"])
def test_what_may_not_be_scored_says_what_to_do(name: str) -> None:
    with pytest.raises(ScoreError, match=r"listed without a scoring. Import the practice's"):
        score(name, {"1": 1})


def test_headache_answers_count_6_8_10_11_or_13_and_nothing_else() -> None:
    answers: dict[str, int | None] = {str(number): 10 for number in range(1, 7)}
    assert score("OM-HIT6", answers).value == 60
    with pytest.raises(ScoreError, match="Use one of 6, 8, 10, 11, 13, or leave it out"):
        score("OM-HIT6", answers | {"3": 9})


def test_stress_items_4_5_7_and_8_are_reversed() -> None:
    assert score("OM-PSS10", {str(n): 4 for n in range(1, 11)}).value == 24
    assert (
        score("OM-PSS10", {str(n): 4 * (n not in (4, 5, 7, 8)) for n in range(1, 11)}).value == 40
    )


def test_a_t_score_carries_its_standard_error_where_it_is_known() -> None:
    answers: dict[str, int | None] = {"1": 1, "2": 1, "3": 1, "4": 1}
    assert score("OM-PI4", answers).standard_error == 6.1
    assert score("OM-PI4", {**answers, "4": None}).standard_error is None
    assert score("OM-PF4", answers).standard_error is None


def test_a_size_of_change_kept_from_memory_says_so() -> None:
    assert change("OM-HIT6", 66, 58).says == (
        "Better by 8 points: a change that matters (at least 6). That size is kept from memory and"
        " not yet checked."
    )
    assert "memory" not in change("OM-NPRS", 7, 4).says


# --- Change --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "before", "after", "verdict"),
    [
        ("OM-NPRS", 7, 5, "better"),  # 2 points
        ("OM-NPRS", 7, 6, "no clear change"),  # 14 %
        ("OM-NPRS", 3, 2, "better"),  # 33 %
        ("OM-NPRS", 5, 7, "worse"),
        ("OM-NPRS", 0, 1, "no clear change"),  # no share of nothing
        ("OM-NPRS", 0, 2, "worse"),
        ("OM-PEG", 3.0, 2.0, "no clear change"),  # 33 %, but within its error of 1.22
        ("OM-PEG", 6.0, 4.0, "better"),
        ("OM-PSFS", 3.0, 5.0, "better"),
        ("OM-PSFS", 5.0, 3.0, "worse"),
        ("OM-PSFS", 3.0, 4.9, "no clear change"),
        ("OM-NDI", 30, 24, "no clear change"),
        ("OM-SD4", 60.0, 50.0, "not known"),  # no settled size
        ("OM-NPRS", None, 5, "not known"),
        ("OM-NPRS", 5, None, "not known"),
    ],
)
def test_a_change_counts_from_the_published_size_on(
    name: str, before: float | None, after: float | None, verdict: str
) -> None:
    found = change(name, before, after)
    assert found.verdict == verdict
    assert found.matters == (verdict in ("better", "worse"))


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        (7, 5, "Better by 2 points: a change that matters (at least 2)."),
        (3, 4, "Worse by 1 point: a change that matters (at least 0.9)."),
        (7, 6, "A difference of 1 point; less than 2 does not count as a change."),
        (7, None, "There are not yet two scores to compare."),
    ],
)
def test_a_change_is_said_in_words(before: float, after: float | None, says: str) -> None:
    assert change("OM-NPRS", before, after).says == says


def test_a_change_too_small_by_a_hair_is_not_said_to_be_as_large_as_what_counts() -> None:
    found = change("OM-PEG", 5.6, 3.93)
    assert found.verdict == "no clear change"
    assert found.says == "A difference of just under 1.7 points, which does not count as a change."


def test_no_change_is_claimed_where_no_size_is_established() -> None:
    assert change("OM-SD4", 60.0, 50.0).says == (
        "No size of change is established as one that matters."
    )


def test_a_score_outside_its_range_cannot_change() -> None:
    with pytest.raises(ScoreError, match="0 to 10"):
        change("OM-NPRS", 12, 5)


@given(st.sampled_from(sorted(INSTRUMENTS)), st.floats(0, 1), st.floats(0, 1), st.floats(0, 1))
def test_a_larger_gain_is_never_judged_less(name: str, start: float, a: float, b: float) -> None:
    one = INSTRUMENTS[name]
    before, first, second = (
        round(one.low + (one.high - one.low) * part, 2) for part in (start, a, b)
    )
    if one.direction == "higher_better":
        first, second = -first, -second
    good, bad = min(first, second), max(first, second)
    order = ["worse", "no clear change", "better"]
    verdicts = [change(name, before, abs(value)).verdict for value in (bad, good)]
    if one.low < 0:
        return
    if "not known" not in verdicts:
        assert order.index(verdicts[0]) <= order.index(verdicts[1])
