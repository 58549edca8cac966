"""Plans: proposed by a therapist, within the screening, agreed by the client, never edited."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from tests.support.care import screened
from tests.support.cast import NOW, TODAY, House
from tests.support.visits import begun
from unknot.clinic.access import Refused, system
from unknot.clinic.assess.actions import record_findings
from unknot.clinic.models import PlanVersion, TreatmentEntry
from unknot.clinic.plan import actions, stored
from unknot.reasoning.marks import Mark
from unknot.reasoning.plan import PlanBreaksScreening, PlanOutOfBounds

pytestmark = pytest.mark.django_db


def proposed(house: House, **more: Any) -> PlanVersion:
    return actions.propose(
        episode=house.episode, by=house.actor(house.ann), now=NOW, starts_on=TODAY, **more
    )


def agreed(house: House) -> PlanVersion:
    version = proposed(house)
    by = house.actor(house.cora)
    return actions.agree(version=version, signed_name="Cora Linden", by=by, now=NOW)


def test_a_therapist_proposes_the_tested_course_at_the_practices_price(linden: House) -> None:
    screened(linden)
    version = proposed(linden)
    assert (version.number, version.state, version.made_by) == (1, "proposed", linden.ann)
    assert version.content["dose"]["says"] == "60 minutes, once a week, for 10 weeks"
    assert version.content["cost_cents"] == 10 * linden.practice.price_60_minutes_cents
    plan = stored.plan_of(version)
    assert plan is not None
    assert plan.goals == ("carry my daughter", "sit through a film", "tie my shoes")


def test_no_plan_is_proposed_before_the_safety_check(linden: House) -> None:
    with pytest.raises(actions.PlanRefused, match="safety check first"):
        proposed(linden)


def test_no_plan_is_proposed_against_the_safety_check(linden: House) -> None:
    screened(linden, saddle_numb=True, bladder_change="cannot_pass")
    with pytest.raises(PlanBreaksScreening):
        proposed(linden)
    assert not PlanVersion.everything.exists()


@pytest.mark.parametrize("who", ["ben", "desk", "cora", "dan"])
def test_nobody_else_proposes_a_plan(linden: House, who: str) -> None:
    screened(linden)
    with pytest.raises(Refused):
        actions.propose(
            episode=linden.episode, by=linden.actor(getattr(linden, who)), now=NOW, starts_on=TODAY
        )


def test_another_practice_proposes_nothing_here(linden: House, maple: House) -> None:
    screened(linden)
    with pytest.raises(Refused):
        actions.propose(
            episode=linden.episode, by=maple.actor(maple.ann), now=NOW, starts_on=TODAY
        )


def test_background_work_makes_no_plan(linden: House) -> None:
    screened(linden)
    with pytest.raises(actions.PlanRefused, match="made by a therapist"):
        actions.propose(
            episode=linden.episode, by=system(linden.practice), now=NOW, starts_on=TODAY
        )


def test_the_client_agrees_by_name(linden: House) -> None:
    screened(linden)
    version = agreed(linden)
    assert (version.state, version.agreed_name, version.agreed_at) == (
        "agreed",
        "Cora Linden",
        NOW,
    )
    assert stored.agreed(linden.episode) == version


def test_the_client_agrees_on_the_therapists_device_with_their_own_name(linden: House) -> None:
    screened(linden)
    version = proposed(linden)
    by = linden.actor(linden.ann)
    with pytest.raises(actions.PlanRefused, match="full name"):
        actions.agree(version=version, signed_name="Ann Linden", by=by, now=NOW)
    done = actions.agree(version=version, signed_name="  cora   LINDEN ", by=by, now=NOW)
    assert done.agreed_name == "cora LINDEN"


@pytest.mark.parametrize("who", ["ben", "desk", "dan"])
def test_nobody_else_agrees(linden: House, who: str) -> None:
    screened(linden)
    version = proposed(linden)
    with pytest.raises(Refused):
        actions.agree(
            version=version,
            signed_name="Cora Linden",
            by=linden.actor(getattr(linden, who)),
            now=NOW,
        )
    version.refresh_from_db()
    assert version.state == "proposed"


def test_a_change_is_a_new_version_and_is_asked_again(linden: House) -> None:
    screened(linden)
    first = agreed(linden)
    before = dict(first.content)
    second = actions.change(
        version=first, changes={"weeks": 6}, by=linden.actor(linden.ann), now=NOW
    )
    first.refresh_from_db()
    assert first.content == before, "what was agreed is never edited"
    assert (first.state, second.state, second.number) == ("agreed", "proposed", 2)
    assert second.content["dose"]["visits"] == 6
    by = linden.actor(linden.cora)
    actions.agree(version=second, signed_name="Cora Linden", by=by, now=NOW)
    first.refresh_from_db()
    assert first.state == "replaced"
    assert stored.agreed(linden.episode) == second


def test_a_replaced_version_cannot_be_agreed_to(linden: House) -> None:
    screened(linden)
    first = proposed(linden)
    actions.change(version=first, changes={"weeks": 6}, by=linden.actor(linden.ann), now=NOW)
    with pytest.raises(actions.PlanRefused, match="no longer open"):
        actions.agree(
            version=first, signed_name="Cora Linden", by=linden.actor(linden.cora), now=NOW
        )


def test_a_change_outside_the_limits_makes_no_version(linden: House) -> None:
    screened(linden)
    first = proposed(linden)
    with pytest.raises(PlanOutOfBounds, match="1 to 12 weeks"):
        actions.change(version=first, changes={"weeks": 30}, by=linden.actor(linden.ann), now=NOW)
    assert PlanVersion.everything.count() == 1


def test_a_new_screening_that_forbids_the_plan_stops_agreement_and_change(linden: House) -> None:
    screened(linden)
    version = proposed(linden)
    screened(linden, fever=True, infection_risks=("none",))
    with pytest.raises(actions.PlanRefused, match="safety check does not allow"):
        actions.agree(
            version=version, signed_name="Cora Linden", by=linden.actor(linden.cora), now=NOW
        )
    with pytest.raises(PlanBreaksScreening):
        actions.change(version=version, changes={}, by=linden.actor(linden.ann), now=NOW)


def test_a_plan_that_cannot_be_read_is_neither_changed_nor_agreed_to(linden: House) -> None:
    screened(linden)
    version = proposed(linden)
    PlanVersion.everything.filter(pk=version.pk).update(content={"schema": "unknot-plan-0"})
    version.refresh_from_db()
    with pytest.raises(actions.PlanRefused, match="Propose a new one"):
        actions.change(version=version, changes={}, by=linden.actor(linden.ann), now=NOW)
    with pytest.raises(actions.PlanRefused, match="cannot be read"):
        actions.agree(
            version=version, signed_name="Cora Linden", by=linden.actor(linden.cora), now=NOW
        )


def test_nothing_is_saved_when_the_trail_fails(
    linden: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    screened(linden)

    def broken(**_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("unknot.clinic.audit.act.append", broken)
    with pytest.raises(RuntimeError):
        proposed(linden)
    assert not PlanVersion.everything.exists()


def test_visits_given_here_are_no_first_visit(linden: House) -> None:
    screened(linden)
    case = stored.case_for(linden.episode)
    assert case is not None
    assert stored.history_for(linden.episode, case).visits_here == 0
    assert stored.plan_of(None) is None
    assert stored.decision_of(None) is None


def test_what_each_technique_did_here_is_counted(linden: House) -> None:
    visit = begun(linden).visit
    screened(linden)
    for response in ("eased", "eased", "unchanged", "guarded", "tender", ""):
        TreatmentEntry.everything.create(
            visit=visit,
            area="low_back",
            technique="TEC-SWE",
            pressure=2,
            minutes=10,
            response=response,
            recorded_at=NOW,
        )
    case = stored.case_for(linden.episode)
    assert case is not None
    (counted,) = stored.history_for(linden.episode, case).responses
    assert (counted.eased, counted.unchanged, counted.worse) == (2, 1, 2)


def test_home_care_reads_what_was_found(linden: House) -> None:
    screened(linden, marks=(Mark("low_back_left", "ache", 6, view="back"),))
    case = stored.case_for(linden.episode)
    assert case is not None
    assert stored.found_for(linden.episode, case).drawn == {"low_back"}
    tender = Mark("buttock_left", "tenderness", 3, view="back", layer="therapist")
    for degrees in (60, 40):
        record_findings(
            episode=linden.episode,
            marks=(tender,),
            motions={("trunk_flexion", ""): Decimal(degrees)},
            words="",
            by=linden.actor(linden.ann),
            now=NOW,
        )
    found = stored.found_for(linden.episode, case)
    assert found.tender == {"buttock"}
    assert "low_back" in found.short_of_motion
