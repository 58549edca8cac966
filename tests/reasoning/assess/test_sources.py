"""Where pain could come from: a place to look, ranked by how well a map explains the drawing."""

from hypothesis import given
from hypothesis import strategies as st

from unknot.knowledge import load
from unknot.reasoning.assess import rank_sources, sources
from unknot.reasoning.marks import Mark

REGIONS = sorted(load().regions)


def pain(region: str, intensity: int | None = 5, kind: str = "ache") -> Mark:
    return Mark(region=region, kind=kind, intensity=intensity, view="back")


def found(region: str, kind: str = "tenderness") -> Mark:
    return Mark(region=region, kind=kind, intensity=3, view="back", layer="therapist")


def test_no_marks_suggest_nothing() -> None:
    assert rank_sources(()) == ()


def test_the_levator_explains_the_angle_of_neck_and_shoulder_blade() -> None:
    ranked = rank_sources(
        (pain("neck_back_left"), pain("shoulder_blade_left"), pain("shoulder_top_left"))
    )
    assert ranked[0].name == "levator scapulae"
    assert ranked[0].side == "left"
    assert ranked[0].leaves == ()
    assert "C4-5" in ranked[0].lookalikes


def test_each_side_is_judged_for_itself() -> None:
    ranked = rank_sources((pain("buttock_right"), pain("thigh_back_right")))
    assert {entry.side for entry in ranked} == {"right"}


def test_pain_in_the_middle_alone_suggests_no_side() -> None:
    assert rank_sources((pain("low_spine_mid"),)) == ()


def test_the_middle_supports_a_side_that_hurts_too() -> None:
    ranked = rank_sources((pain("low_back_left"), pain("low_spine_mid"), pain("buttock_left")))
    assert ranked[0].name == "multifidus"
    assert "low_spine_mid" in ranked[0].explains


def test_a_map_that_explains_only_the_middle_is_left_out() -> None:
    ranked = rank_sources((pain("sacrum_mid"), pain("big_toe_left")))
    assert all("big_toe_left" in entry.explains for entry in ranked)


def test_numbness_is_left_to_a_clinician() -> None:
    marks = (pain("little_finger_left", kind="numb"), pain("little_finger_right", kind="tingling"))
    assert rank_sources(marks) == ()
    assert "goes to a clinician first" in sources.overrides(marks)


def test_an_ache_needs_no_such_warning() -> None:
    assert sources.overrides((pain("neck_back_left"),)) == ""


def test_a_weak_match_is_no_suggestion() -> None:
    many = tuple(pain(f"{stem}_left") for stem in ("ear", "sole", "thumb", "groin", "knee_front"))
    assert all(entry.score >= sources.LEAST for entry in rank_sources(many))
    assert len(rank_sources(many, most=2)) <= 2


def test_what_the_therapist_found_in_the_muscle_is_said() -> None:
    marks = (pain("neck_back_left"), pain("shoulder_blade_left"), found("shoulder_blade_left"))
    assert next(one for one in rank_sources(marks) if one.muscle_id == "MUS-03").found_here
    elsewhere = (*marks[:2], found("shoulder_blade_right"), found("neck_back_left", "swelling"))
    levator = next(one for one in rank_sources(elsewhere) if one.muscle_id == "MUS-03")
    assert not levator.found_here


def test_stronger_pain_weighs_more() -> None:
    drawings = (
        (pain("neck_back_left", 9), pain("eye_left", 1)),
        (pain("neck_back_left", 1), pain("eye_left", 9)),
    )
    splenius = [
        next(one.score for one in rank_sources(marks, most=99) if one.name == "splenius cervicis")
        for marks in drawings
    ]
    levator = [
        sum(one.score for one in rank_sources(marks, most=99) if one.name == "levator scapulae")
        for marks in drawings
    ]
    assert splenius[0] == splenius[1], "explains both marks, so their weights do not matter"
    assert levator[0] > levator[1]


def test_an_intensity_nobody_said_counts_as_the_middle() -> None:
    assert rank_sources((pain("neck_back_left", None),)) == rank_sources(
        (pain("neck_back_left", 5),)
    )


@given(st.lists(st.sampled_from(REGIONS), max_size=12), st.sampled_from(["ache", "sharp", "numb"]))
def test_scores_stay_between_0_and_1_and_in_order(regions: list[str], kind: str) -> None:
    ranked = rank_sources(tuple(pain(region, kind=kind) for region in regions), most=200)
    scores = [entry.score for entry in ranked]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= value <= 1 for value in scores)
    assert all(set(entry.explains) <= set(regions) for entry in ranked)
