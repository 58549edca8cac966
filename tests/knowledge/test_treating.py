"""The topics about measuring and treating, read as a whole: what no single record can promise."""

import pytest

from unknot.knowledge import load

KNOWN = load()
PARTS_OF_A_PLAN = (
    "techniques",
    "doses",
    "conditions",
    "stop_rules",
    "home_care",
    "not_promised",
    "instruments",
    "motions",
    "muscles",
)


@pytest.mark.parametrize("topic", PARTS_OF_A_PLAN)
def test_every_record_is_pending_until_a_clinician_signs(topic: str) -> None:
    assert {record.clinician_review for record in getattr(KNOWN, topic).values()} == {"pending"}


def test_the_lists_are_complete() -> None:
    assert len(KNOWN.techniques) == 14
    assert len(KNOWN.muscles) == 53
    assert len(KNOWN.conditions) == 16, "fifteen of the sources, and our own for anywhere else"
    assert set(KNOWN.stop_rules) == {f"STP-0{number}" for number in range(1, 9)}
    assert len(KNOWN.home_care) == 30


def test_every_dose_stays_inside_the_envelope_of_practice() -> None:
    for dose in KNOWN.doses.values():
        assert min(30, dose.shortest_minutes) <= dose.minutes <= 90
        assert 1 <= dose.per_week <= 3
        assert dose.weeks <= 12
        assert dose.review_weeks[0] <= 4, f"{dose.id} is reviewed too late"


def test_figures_kept_from_memory_never_count_as_certain() -> None:
    for dose in KNOWN.doses.values():
        if dose.remembered:
            assert dose.confidence != "high"
            if dose.confidence == "low":
                assert "from memory" in dose.tell


def test_low_back_pain_gets_an_hour_a_week_for_ten_weeks() -> None:
    dose = KNOWN.doses[KNOWN.conditions["CND-01"].dose]
    assert (dose.minutes, dose.per_week, dose.weeks) == (60, 1, 10)
    assert [source.id for source in dose.sources] == ["CHE11"]


def test_the_promis_table_ends_where_the_manual_ends() -> None:
    # One public copy of this table ends in 75.8, which is wrong.
    assert KNOWN.instruments["OM-PI4"].table[-1] == 75.6


def test_wording_is_shipped_only_where_the_licence_allows() -> None:
    shipped = {one.id for one in KNOWN.instruments.values() if one.items}
    assert shipped == {"OM-NPRS", "OM-VAS", "OM-PEG", "OM-PGIC", "OM-GROC"}


def test_words_for_clients_hold_no_jargon_and_no_exclamation() -> None:
    for topic in PARTS_OF_A_PLAN:
        for record in getattr(KNOWN, topic).values():
            words = getattr(record, "tell", "")
            assert "!" not in words, record.id
            assert "patient" not in words.lower(), record.id
            assert "toxin" not in words or "not" in words, record.id


def test_every_technique_of_a_condition_suits_its_parts_of_the_body() -> None:
    for condition in KNOWN.conditions.values():
        for name in condition.techniques:
            technique = KNOWN.techniques[name]
            assert any(technique.suits(group) for group in condition.groups), (
                condition.id,
                name,
            )
