"""What a therapist sets aside no longer counts, and never disappears."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from types import MappingProxyType

import pytest

from tests.support.cases import one_answer_away, screened, written
from unknot.knowledge import load
from unknot.knowledge.safety import Worse
from unknot.knowledge.when import Test, When
from unknot.reasoning.case import Case
from unknot.reasoning.interview import asks
from unknot.reasoning.scale import Disposition, Urgency, worst
from unknot.reasoning.screen import Finding, NotToBeSetAside, Screening, decide, set_aside
from unknot.reasoning.screen.decide import screening
from unknot.reasoning.screen.effect import Effect, changes

TODAY = date(2026, 11, 22)
CASES = [screened(entry) for entry in written("vignettes", "rules", "red_flags")]


def well(**answers: object) -> Case:
    """Somebody of 51 with low back pain who answered every question with no."""
    case = Case(
        {"age_years": 51, "sex": "male", "main_area": "low_back", "decides_for_self": True}, TODAY
    )
    case = case.with_answers(pain_weeks=104, onset="gradual", **answers)  # type: ignore[arg-type]
    for question in load().questions.values():
        if question.staff or question.id in case.answers or asks(question, case) is False:
            continue
        if question.kind == "yes_no":
            case = case.with_answers(**{question.id: False})
        elif "none" in question.choice_ids and not question.is_checklist:
            none = ("none",) if question.kind == "several" else "none"
            case = case.with_answers(**{question.id: none})
    return case


def test_without_the_finding_its_limits_are_gone_and_the_rest_stays() -> None:
    case = well(anticoagulant=True, steroid_long_term=True)
    both, without = decide(case), set_aside(case, {"SR-005"})
    assert both.pressure_ceiling == without.pressure_ceiling == 2  # the other rule says so too
    alone = set_aside(well(anticoagulant=True), {"SR-005"})
    assert alone.pressure_ceiling == 5
    assert alone.banned_techniques == ()
    assert alone.disposition is Disposition.PROCEED


def test_the_finding_stays_and_says_that_it_was_set_aside() -> None:
    found = set_aside(well(anticoagulant=True), {"SR-005"})
    finding = found.finding("SR-005")
    assert finding is not None
    assert finding.state == "set_aside"
    assert Screening.from_dict(found.to_dict()) == found


def test_setting_nothing_aside_changes_nothing() -> None:
    case = well(skin=("patch",), skin_where=("low_back",))
    assert set_aside(case, set(), knowledge=load()) == decide(case)


def test_while_an_answer_is_missing_it_still_blocks() -> None:
    case = well(anticoagulant=True).with_answers(fever=None)
    found = set_aside(case, {"SR-005"})
    assert found.blocks_booking
    assert found.disposition is Disposition.MEDICAL_CLEARANCE


@pytest.mark.parametrize(
    ("answers", "rule_id"),
    [
        ({"bladder_change": "cannot_pass"}, "RF-LUM-01"),
        ({"fever": True}, "SR-033"),
        ({"anticoagulant": True}, "SR-001"),
        ({}, "SR-005"),
    ],
)
def test_red_flags_bans_and_what_did_not_fire_cannot_be_set_aside(
    answers: dict[str, object], rule_id: str
) -> None:
    with pytest.raises(NotToBeSetAside, match=f"^{rule_id}$"):
        set_aside(well(**answers), {rule_id})


def test_what_still_stands_holds_as_strictly_as_each_finding_says() -> None:
    seen = 0
    for case in CASES:
        for rule_id in (f.rule_id for f in decide(case).findings if may_be_set_aside(f)):
            check_what_stands(set_aside(case, {rule_id}))
            seen += 1
    assert seen > 200


def may_be_set_aside(finding: Finding) -> bool:
    return finding.overridable and finding.state == "fired"


def check_what_stands(found: Screening) -> None:
    """The strictest of every finding that still counts, counted here one limit at a time."""
    stand = [f for f in found.findings if f.state in ("fired", "cleared")]
    minutes = [f.most_minutes for f in stand if f.most_minutes]
    assert found.so_far == worst([f.disposition for f in stand] or [Disposition.PROCEED])
    assert found.urgency == worst([f.urgency for f in stand] or [Urgency.NONE])
    assert found.pressure_ceiling == min([5, *(f.pressure_ceiling for f in stand)])
    assert found.pain_cap == min([5, *(f.pain_cap for f in stand)])
    assert found.most_minutes == min(minutes, default=None)
    for name in ("excluded_groups", "gentle_groups", "banned_techniques", "positions"):
        assert set(getattr(found, name)) == {one for f in stand for one in getattr(f, name)}
    regions = load().regions
    assert {regions[name].group for name in found.excluded_regions} == set(found.excluded_groups)
    if found.is_emergency:
        assert found.say.startswith(stand[0].tell)
    else:
        assert (found.headline == "Nothing you told us speaks against massage") == (
            found.disposition is Disposition.PROCEED
        )


def test_a_cleared_finding_keeps_its_limits_when_another_is_set_aside() -> None:
    word = {"cleared_by_clinician": ("SR-041",), "cleared_on": TODAY}
    heart = {"heart_and_blood": ("heart_stable",), "bp_known": False}
    without = set_aside(well(anticoagulant=True, **heart, **word), {"SR-005"})
    assert [f.state for f in without.findings] == ["set_aside", "cleared"]
    assert (without.most_minutes, without.disposition) == (30, Disposition.ADAPT)


def test_while_an_answer_is_missing_the_headline_still_says_so() -> None:
    case = well(anticoagulant=True).with_answers(fever=None)
    assert set_aside(case, {"SR-005"}).headline == "A few answers are still missing"


# --- What a finding covered --------------------------------------------------------------------


def test_what_a_finding_covered_is_asked_once_it_is_set_aside() -> None:
    """A blood thinner asks for a gentle hand, and so would steroids: nobody had to ask."""
    case = well(anticoagulant=True).with_answers(steroid_long_term=None)
    assert not decide(case).undecided
    aside = set_aside(case, {"SR-005"})
    assert (aside.missing, aside.blocks_booking) == (("steroid_long_term",), True)
    told_no = set_aside(case.with_answers(steroid_long_term=False), {"SR-005"})
    assert (told_no.disposition, told_no.pressure_ceiling) == (Disposition.PROCEED, 5)
    told_yes = set_aside(case.with_answers(steroid_long_term=True), {"SR-005"})
    assert (told_yes.undecided, told_yes.pressure_ceiling) == (False, 2)


def test_a_finding_set_aside_is_open_only_where_it_could_turn_out_worse() -> None:
    case = well(skin=("wound",), skin_where=("low_back",))
    assert "SR-029" in {f.rule_id for f in decide(case).findings}
    aside = set_aside(case.with_answers(wound_slow=None), {"SR-029"})
    assert aside.missing == ("wound_slow",)
    assert not set_aside(case.with_answers(wound_slow=False), {"SR-029"}).undecided


def test_an_answer_that_would_say_no_more_than_what_was_set_aside_is_not_asked() -> None:
    told = When(Test("age_years", "at_least", (50,)))
    open_one = When(Test("steroid_long_term", "is", (True,)))
    steps = tuple(Worse(when=when, urgency=Urgency.GP_ROUTINE) for when in (told, open_one))
    rule = replace(load().rules["SR-005"], worse_when=steps)
    other = replace(load(), rules=MappingProxyType({**load().rules, rule.id: rule}))
    case = well(anticoagulant=True).with_answers(steroid_long_term=None)
    aside = set_aside(case, {"SR-005"}, knowledge=other)
    finding = aside.finding("SR-005")
    assert finding is not None
    assert finding.urgency == Urgency.GP_ROUTINE
    assert finding.waits_for == ()
    assert aside.missing == ("steroid_long_term",)  # for the rule of steroids alone


def test_what_may_be_set_aside_is_read_in_the_knowledge_that_is_given() -> None:
    rule = replace(load().rules["SR-005"], overridable=False)
    strict = replace(load(), rules=MappingProxyType({**load().rules, rule.id: rule}))
    case = well(anticoagulant=True)
    assert set_aside(case, {"SR-005"}).pressure_ceiling == 5
    with pytest.raises(NotToBeSetAside):
        set_aside(case, {"SR-005"}, knowledge=strict)


def test_once_nothing_is_missing_no_answer_makes_what_still_stands_stricter() -> None:
    seen = asked = 0
    for case in CASES[::11]:
        for finding in filter(may_be_set_aside, decide(case).findings):
            for name in tuple(case.answers)[::4]:
                without = case.with_answers(**{name: None})
                if not could_be_left_out(name, without, finding.rule_id):
                    continue
                aside = set_aside(without, {finding.rule_id})
                asked += aside.undecided and not decide(without).undecided
                seen += not aside.undecided
                for other in () if aside.undecided else one_answer_away(without, [name]):
                    assert not changes(
                        effect(aside), effect(screening(other, aside={finding.rule_id}))
                    )
    assert seen > 100
    assert asked > 5


def could_be_left_out(name: str, without: Case, rule_id: str) -> bool:
    """Whether the question would be asked of this person, and the finding fires all the same."""
    question, finding = load().questions[name], decide(without).finding(rule_id)
    return not (
        question.is_checklist
        or name in ("main_area", "sex", "age_years")
        or asks(question, without) is False
        or finding is None
        or not may_be_set_aside(finding)
    )


def effect(found: Screening) -> Effect:
    return Effect(
        found.so_far, found.urgency, found.pressure_ceiling, found.pain_cap, found.most_minutes,
        found.excluded_groups, found.gentle_groups, found.banned_techniques, found.positions,
    )  # fmt: skip
