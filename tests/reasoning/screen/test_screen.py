"""The parts of a screening: clearance, drawings, ties, words and what is kept."""

from __future__ import annotations

import dataclasses
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any

import pytest

from tests.support.cases import TODAY, case_of
from unknot.knowledge import load
from unknot.knowledge.vocabulary import Disposition, Urgency
from unknot.knowledge.when import Group, Test, When
from unknot.reasoning.case import Case
from unknot.reasoning.marks import Mark
from unknot.reasoning.screen import Screening, decide
from unknot.reasoning.screen.effect import Effect, changes, together
from unknot.reasoning.screen.facts import drawn_numb, treated_groups

NECK = "woman_with_neck_pain"
NUMB = {"numb_areas": ["little_fingers_both"], "numb_since": "years", "cord_fast": False}


def _cleared(days_ago: int, **more: Any) -> Screening:
    on = TODAY - timedelta(days=days_ago)
    given = {**NUMB, "cleared_by_clinician": ["RF-NECK-03"], "cleared_on": on, **more}
    return decide(case_of(NECK, given))


@pytest.mark.parametrize(("days_ago", "counts"), [(0, True), (90, True), (91, False), (-1, False)])
def test_a_clearance_counts_for_ninety_days_and_never_from_the_future(
    days_ago: int, counts: bool
) -> None:
    finding = _cleared(days_ago).finding("RF-NECK-03")
    assert finding is not None
    assert (finding.state == "cleared") is counts


def test_a_clearance_without_a_day_or_of_another_finding_does_not_count() -> None:
    undated = {**NUMB, "cleared_by_clinician": ["RF-NECK-03"]}
    assert decide(case_of(NECK, undated)).blocks_booking
    assert _cleared(3, cleared_by_clinician=["RF-NECK-02"]).blocks_booking


def test_a_cleared_finding_stays_visible_with_its_day_and_its_limits() -> None:
    found = decide(
        case_of(
            "man_with_low_back_pain",
            {
                "heart_and_blood": ["heart_stable"],
                "bp_known": False,
                "cleared_by_clinician": ["SR-041"],
                "cleared_on": date(2026, 11, 1),
            },
        )
    )
    finding = found.findings[0]
    assert finding.tell.startswith("Cleared on 1 November 2026 by a clinician,")
    assert finding.cleared_on == date(2026, 11, 1)
    assert not finding.tell_doctor
    assert (found.disposition, found.most_minutes) == (Disposition.ADAPT, 30)
    assert found.pressure_ceiling == 2


def _examined(rule_id: str, **given: Any) -> Screening:
    on = TODAY - timedelta(days=7)
    return decide(
        case_of(
            "man_with_low_back_pain",
            {**given, "cleared_by_clinician": [rule_id], "cleared_on": on},
        )
    )


def test_a_red_flag_that_a_clinician_cleared_opens_its_region_again() -> None:
    found = _examined(
        "RF-SPN-08",
        pain_weeks=150,
        age_years=32,
        age_at_onset=29,
        morning_stiffness="30_or_more",
        wakes_second_half=True,
    )
    assert [finding.state for finding in found.findings] == ["cleared"]
    assert (found.disposition, found.excluded_groups) == (Disposition.ADAPT, ())


def test_an_operation_that_the_surgeon_cleared_still_leaves_its_place_out() -> None:
    found = _examined("SR-031", operations=["operation_6_weeks"], operation_where=["abdomen"])
    assert found.disposition is Disposition.LOCAL_CONTRAINDICATION
    assert found.excluded_groups == ("abdomen",)


def test_a_clearance_to_be_had_today_says_so_first() -> None:
    thinner = {"anticoagulant": True, "anticoagulant_unstable": True, "bleeding_now": True}
    found = decide(case_of("man_with_low_back_pain", thinner))
    assert found.disposition is Disposition.MEDICAL_CLEARANCE
    assert found.headline == "Please see a doctor today"


def test_where_nothing_needs_a_doctor_there_is_nothing_to_tell_one() -> None:
    hand = {"numb_areas": ["hand_one"], "numb_since": "years", "hand_wasting": False}
    old = decide(case_of(NECK, hand)).finding("SR-038")
    new = decide(case_of(NECK, {**hand, "numb_since": "days"})).finding("SR-038")
    assert old is not None
    assert new is not None
    assert (bool(old.tell_doctor), bool(new.tell_doctor)) == (False, True)


def test_an_emergency_is_not_lifted_by_an_answer() -> None:
    given = {
        "saddle_numb": True,
        "cleared_by_clinician": ["RF-LUM-01"],
        "cleared_on": TODAY,
    }
    assert decide(case_of("man_with_low_back_pain", given)).is_emergency


def test_red_flags_total_bans_and_emergencies_are_never_overridable() -> None:
    sick = {"fever": True, "infection_risks": ["none"], "anticoagulant": True}
    found = decide(case_of(NECK, {**NUMB, **sick, "anticoagulant_unstable": False}))
    can = {finding.rule_id: finding.overridable for finding in found.findings}
    assert can == {"SR-033": False, "RF-NECK-03": False, "SR-005": True, "SR-038": True}
    stent = {"illnesses": ["neck_unstable"], "cord_signs": ["electric_neck"], "cord_fast": False}
    raised = decide(case_of(NECK, stent)).finding("SR-048")
    assert raised is not None
    assert not raised.overridable


def test_a_ceiling_is_asked_by_group() -> None:
    feet = {"illnesses": ["neuropathy"], "skin": ["patch"], "skin_where": ["elbow"]}
    found = decide(case_of("man_with_low_back_pain", feet))
    assert [found.ceiling_for(group) for group in ("low_back", "foot", "elbow")] == [5, 2, 0]
    assert {load().regions[name].group for name in found.excluded_regions} == {"elbow"}


def test_where_it_may_be_numb_is_asked_before_it_is_treated() -> None:
    hand = {"numb_areas": ["hand_one"], "numb_since": "years", "hand_wasting": False}
    found = decide(case_of("man_with_low_back_pain", hand, not_asked=["illnesses"]))
    finding = found.finding("SR-038")
    assert finding is not None
    assert set(finding.gentle_groups) == {"arm", "elbow", "forearm", "wrist", "hand"}
    assert finding.waits_for == ("illnesses",)


def test_an_empty_list_is_no_answer() -> None:
    case = case_of("man_with_low_back_pain", {})
    silent = Case({**case.answers, "chest_signs": ()}, TODAY)
    assert "chest_signs" in decide(silent).missing


def test_what_is_open_names_the_question_that_must_come_first() -> None:
    found = decide(case_of(NECK, {}, not_asked=["cancer_history"]))
    assert found.missing == ("cancer_history",)


def test_a_finding_shows_the_answers_it_read_and_those_it_waits_for() -> None:
    finding = decide(case_of(NECK, {**NUMB}, not_asked=["cord_fast"])).finding("RF-NECK-03")
    assert finding is not None
    facts = dict(finding.facts_read)
    assert facts["numb_areas"] == ("little_fingers_both",)
    assert facts["cord_fast"] is None
    assert finding.sources[0].id == "FIN20"
    assert "2020" in finding.sources[0].short


def test_a_rule_past_its_review_is_marked() -> None:
    case = case_of("man_with_low_back_pain", {"anticoagulant": True})
    later = Case(case.answers, date(2040, 1, 1))
    assert not decide(case).findings[0].is_overdue
    assert decide(later).findings[0].is_overdue


@pytest.mark.parametrize(
    ("regions", "said"),
    [
        ([], ("none",)),
        (["little_finger_left", "little_finger_right"], ("little_fingers_both",)),
        (["thumb_left", "little_finger_right"], ("hands_both",)),
        (["thumb_left"], ("hand_one",)),
        (["calf_left"], ("leg_one",)),
        (["calf_left", "thigh_front_right"], ("legs_both",)),
    ],
)
def test_what_is_drawn_as_numb_is_read_from_the_chart(
    regions: list[str], said: tuple[str, ...]
) -> None:
    marks = [Mark(region, "numb") for region in regions]
    assert drawn_numb([*marks, Mark("neck_back_left", "ache")], load()) == said


def test_the_groups_treated_are_those_of_the_main_area_and_of_the_marks() -> None:
    marks = (Mark("calf_left", "ache"),)
    case = Case({"main_area": "low_back"}, TODAY, marks)
    assert treated_groups(case, load()) == {"low_back", "buttock", "hip", "lower_leg"}
    assert treated_groups(Case({"main_area": "other"}, TODAY), load()) is None
    assert treated_groups(Case({}, TODAY), load()) is None


def test_effects_add_up_to_the_strictest() -> None:
    whole = together(
        [
            Effect(
                Disposition.ADAPT, pressure_ceiling=3, most_minutes=45, excluded_groups=("jaw",)
            ),
            Effect(urgency=Urgency.GP_SOON, pain_cap=3, most_minutes=30, positions=("prone",)),
        ]
    )
    assert whole == Effect(
        Disposition.ADAPT, Urgency.GP_SOON, 3, 3, 30, ("jaw",), (), (), ("prone",)
    )
    assert together([]) == Effect()


def test_where_nobody_is_treated_only_more_haste_matters() -> None:
    total = Effect(Disposition.TOTAL_CONTRAINDICATION, Urgency.SAME_DAY)
    assert not changes(total, Effect(Disposition.ADAPT, Urgency.GP_SOON, pressure_ceiling=1))
    assert changes(total, Effect(urgency=Urgency.EMERGENCY_NOW))
    assert changes(Effect(), Effect(pressure_ceiling=4))
    assert not changes(Effect(pressure_ceiling=2), Effect(pressure_ceiling=4))


LIMITS: dict[str, tuple[Any, Any]] = {
    "pressure_ceiling": (3, 2),
    "pain_cap": (4, 3),
    "most_minutes": (45, 30),
    "excluded_groups": (("neck",), ("neck", "hand")),
    "gentle_groups": (("neck",), ("hand",)),
    "banned_techniques": (("TEC-DTM",), ("TEC-CUP",)),
    "positions": (("prone",), ("flat_supine",)),
}


@pytest.mark.parametrize("name", sorted(LIMITS))
def test_a_stricter_limit_changes_what_holds_and_the_same_or_a_milder_one_does_not(
    name: str,
) -> None:
    mild, strict = (Effect(**{name: value}) for value in LIMITS[name])
    both = together([mild, strict])
    assert changes(mild, strict)
    assert changes(Effect(), strict)
    assert not changes(both, mild)
    assert not changes(both, strict)
    assert not changes(strict, Effect())


def test_a_snapshot_of_something_else_is_refused() -> None:
    good = decide(case_of(NECK, {})).to_dict()
    for bad in ({}, {**good, "schema": "2"}, {**good, "urgency": "soon"}, {**good, "extra": 1}):
        with pytest.raises(ValueError, match=r"schema|snapshot|soon"):
            Screening.from_dict(bad)
    with pytest.raises(ValueError, match="snapshot"):
        Screening.from_dict({**good, "findings": [{"rule_id": "x"}]})
    with pytest.raises(ValueError, match="snapshot"):
        Screening.from_dict({**good, "findings": [3]})


def test_a_screening_is_frozen() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        decide(case_of(NECK, {})).say = "fine"  # type: ignore[misc]


def test_the_words_for_people_carry_no_jargon_and_no_cheer() -> None:
    for record in (*load().rules.values(), *load().red_flags.values()):
        for text in (record.tell, record.do, record.tell_doctor):
            assert "!" not in text, record.id
            assert "patient" not in text.lower(), record.id
            assert "contraindicat" not in text.lower(), record.id
            assert len(text) < 420, record.id


def test_every_red_flag_and_every_referral_says_what_to_tell_the_doctor() -> None:
    records = (*load().rules.values(), *load().red_flags.values())
    for record in records:
        own = record.when is not None
        seen = {record.urgency, *(worse.urgency for worse in record.worse_when)}
        quiet = seen <= {Urgency.NONE, Urgency.GP_ROUTINE} or record.id in ("SR-024", "SR-039")
        assert record.tell_doctor or quiet or not own, record.id


def test_a_screening_says_its_day_and_rests_on_the_knowledge_it_was_given() -> None:
    case = case_of("man_with_low_back_pain", {"fever": True, "infection_risks": ["none"]})
    whole = decide(case)
    assert (whole.as_of, whole.knowledge_version) == (TODAY, load().version)
    without = MappingProxyType({k: v for k, v in load().rules.items() if k != "SR-033"})
    assert decide(case, knowledge=dataclasses.replace(load(), rules=without)).findings == ()


def test_a_rule_that_holds_of_the_well_fires_for_them() -> None:
    unless_fever = When(Group(1, (Test("fever", "is", (True,)),), negated=True))
    turned = dataclasses.replace(load().rules["SR-033"], when=unless_fever, worse_when=())
    rules = MappingProxyType({**load().rules, "SR-033": turned})
    other = dataclasses.replace(load(), rules=rules)
    well = decide(case_of("man_with_low_back_pain", {}), knowledge=other)
    assert [finding.rule_id for finding in well.findings] == ["SR-033"]


def test_what_is_still_to_ask_stands_in_the_order_it_is_asked() -> None:
    missing = decide(case_of("nobody", {})).missing
    order = list(load().questions)
    assert len(missing) > 10
    assert list(missing) == sorted(missing, key=order.index)


def test_an_excluded_group_is_every_region_of_it_in_the_order_of_the_chart() -> None:
    found = decide(case_of(NECK, {"illnesses": ["neck_unstable"]}))
    regions = load().regions.values()
    assert found.excluded_regions == tuple(r.id for r in regions if r.group == "neck")


def test_a_clearance_without_a_real_day_does_not_count() -> None:
    numb = case_of(NECK, {**NUMB, "cleared_by_clinician": ["RF-NECK-03"]})
    assert decide(Case({**numb.answers, "cleared_on": "2026-11-20"}, TODAY)).blocks_booking


def test_a_finding_names_the_version_of_its_rule() -> None:
    found = decide(case_of(NECK, {"anticoagulant": True, "anticoagulant_unstable": False}))
    rule = load().rules["SR-005"]
    assert [one.version for one in found.findings] == [rule.version]
