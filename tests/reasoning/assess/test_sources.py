"""Where pain could come from: a place to look, ranked by how well a map explains the drawing."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.reasoning.plan.people import CLEAR, fired
from unknot.knowledge import load
from unknot.reasoning.assess import Ranked, rank_sources, sources
from unknot.reasoning.assess.maps import maps_of
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


# --- The score and its parts ---------------------------------------------------------------------

LEVATOR = (pain("neck_back_left"), pain("shoulder_blade_left"), pain("shoulder_top_left"))


def levator(*marks: Mark, limited: tuple[str, ...] = ()) -> Ranked:
    ranked = rank_sources((*LEVATOR, *marks), most=99, limited=limited)
    return next(one for one in ranked if (one.muscle_id, one.side) == ("MUS-03", "left"))


def parts(entry: Ranked) -> dict[str, float]:
    return {part.name: part.points for part in entry.parts}


def test_the_score_is_the_sum_of_its_named_parts() -> None:
    found_it = found("neck_back_left", "trigger_point_active")
    entry = levator(found_it, limited=("neck_rotation",))
    assert parts(entry) == {"zone": 0.6, "findings": 0.25, "side": 0.1, "motion": 0.05}
    assert entry.score == 1.0
    assert [part.says for part in entry.parts] == [
        "Its map explains 100% of the drawing on this side.",
        "Found in it: an active trigger point, which brings on the pain itself.",
        "All it explains lies on the left.",
        "It is said to limit this motion: neck rotation.",
    ]
    assert sum(part.most for part in entry.parts) == 1.0


def test_what_brings_on_the_pain_counts_more_than_what_is_only_tender() -> None:
    kinds = ("trigger_point_active", "trigger_point_latent", "guarding")
    points = [parts(levator(found("neck_back_left", kind)))["findings"] for kind in kinds]
    assert points == [0.25, 0.15, 0.1]
    both = levator(found("neck_back_left", "guarding"), found("neck_back_left", "taut_band"))
    assert parts(both)["findings"] == 0.15, "the weightiest counts, they do not add up"


@pytest.mark.parametrize(("grade", "points"), [(None, 0.1), (0, None), (1, 0.05), (4, 0.2)])
def test_tenderness_counts_by_its_grade(grade: int | None, points: float | None) -> None:
    mark = Mark("neck_back_left", "tenderness", grade, layer="therapist")
    assert parts(levator(mark)).get("findings") == points


def test_a_finding_on_the_other_side_or_beside_the_muscle_counts_nothing() -> None:
    elsewhere = levator(found("neck_back_right"), found("shoulder_top_left"))
    assert "findings" not in parts(elsewhere)
    assert not elsewhere.found_here


def test_what_lies_in_the_middle_speaks_less_for_a_side() -> None:
    marks = (pain("low_back_left"), pain("low_spine_mid"), pain("buttock_left"))
    entry = next(one for one in rank_sources(marks) if one.name == "multifidus")
    assert parts(entry)["side"] < 0.1
    assert "the rest in the middle" in entry.parts[-1].says


def test_a_motion_nobody_ties_to_a_muscle_changes_nothing() -> None:
    assert levator(limited=("knee_flexion",)) == levator()


@given(
    st.lists(st.tuples(st.sampled_from(REGIONS), st.integers(0, 10)), max_size=10),
    st.lists(
        st.tuples(st.sampled_from(REGIONS), st.sampled_from(sorted(sources.FOUND_IN))), max_size=4
    ),
)
def test_the_mirrored_drawing_gives_the_mirrored_list(
    drawn: list[tuple[str, int]], seen: list[tuple[str, str]]
) -> None:
    mirror = {name: region.mirror for name, region in load().regions.items()}
    marks = (*(pain(r, n) for r, n in drawn), *(found(r, kind) for r, kind in seen))
    turned = tuple(replace(mark, region=mirror[mark.region]) for mark in marks)
    opposite = {"left": "right", "right": "left"}

    def gist(ranked: tuple[Ranked, ...], side: dict[str, str]) -> set[tuple[str, str, float]]:
        return {(one.muscle_id, side[one.side], one.score) for one in ranked}

    same = {"left": "left", "right": "right"}
    assert gist(rank_sources(marks, most=200), same) == gist(
        rank_sources(turned, most=200), opposite
    )


# --- Look-alikes ---------------------------------------------------------------------------------


def test_every_muscle_but_one_names_what_looks_alike() -> None:
    without = [one.id for one in load().muscles.values() if not one.look_alikes]
    assert without == ["MUS-20"]
    assert {one.kind for muscle in load().muscles.values() for one in muscle.look_alikes} == {
        "nerve", "joint", "organ", "vessel", "bone", "tissue", "headache",
    }  # fmt: skip


def test_a_look_alike_is_held_against_its_red_flag() -> None:
    ranked = (levator(),)
    (check,) = sources.checks(ranked, None)
    assert (check.rule_id, check.state) == ("RF-NECK-05", "unknown")
    assert check.asks_for == ("C4 or C5 nerve root",)
    assert check.muscles == ("levator scapulae, left",)
    assert sources.checks(ranked, CLEAR)[0].state == "clear"
    asked = replace(CLEAR, findings=(fired("RF-NECK-05"),))
    assert sources.checks(ranked, asked)[0].state == "fired"


def test_a_red_flag_behind_several_muscles_stands_once_and_what_fired_first() -> None:
    calf = rank_sources((pain("calf_left"), pain("heel_left"), pain("knee_back_left")), most=6)
    checked = sources.checks(calf, replace(CLEAR, findings=(fired("RF-LIM-01"),)))
    assert checked[0].rule_id == "RF-LIM-01"
    assert len(checked[0].muscles) > 1
    assert len({one.rule_id for one in checked}) == len(checked)


def test_the_maps_are_made_again_for_other_muscles() -> None:
    known = load()
    for number in range(6):
        some = dict(list(known.muscles.items())[number:])
        fewer = replace(known, muscles=some)
        assert maps_of(fewer).muscles == tuple(some.values())
    assert maps_of(known) is maps_of(known)
