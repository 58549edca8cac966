"""What is recalled, of low confidence or a custom says so, and is never shown as certain."""

import re
from pathlib import Path

import pytest

import unknot
from unknot.knowledge import cited, load
from unknot.knowledge.certainty import Certainty, certainty
from unknot.knowledge.sources import SourceStatus
from unknot.reasoning.assess import change, rom
from unknot.reasoning.plan.model import home_item

KNOWN = load()
RECORDS = [record for _, record in cited(KNOWN)]


def _sure(name: str, topic: str) -> Certainty:
    return certainty(getattr(KNOWN, topic)[name], KNOWN.sources)


def test_a_read_trial_of_high_confidence_is_settled() -> None:
    assert _sure("DOS-SHE14", "doses").settled
    assert _sure("DOS-SHE14", "doses").words == "high confidence"


def test_a_figure_from_memory_is_never_settled_and_is_named() -> None:
    found = _sure("DOS-LAW06", "doses")
    assert not found.settled
    assert found.words == (
        "low confidence; not yet checked: dose and results; kept from memory: LAW06"
    )


def test_a_custom_says_that_no_study_stands_behind_it() -> None:
    found = _sure("CLM-071", "claims")
    assert found.words == "high confidence; a custom, with no study behind it"
    assert not found.settled


def test_nothing_that_cites_a_recalled_source_counts_as_settled() -> None:
    for record in RECORDS:
        sources = [KNOWN.sources[citation.id] for citation in record.sources]
        if any(source.status is SourceStatus.FROM_MEMORY for source in sources):
            found = certainty(record, KNOWN.sources)
            assert not found.settled, record.id
            assert "kept from memory" in found.words, record.id


def test_nothing_remembered_has_high_confidence_beside_a_figure_of_its_own() -> None:
    for record in RECORDS:
        if getattr(record, "remembered", "") and record.confidence == "high":
            assert record.id in {"OM-HIT6", "OM-WOMAC"}, "only its scoring is sure, and it says so"


@pytest.mark.parametrize("name", sorted(KNOWN.home_care))
def test_home_care_in_a_plan_says_when_its_dose_is_recalled_or_custom(name: str) -> None:
    record, shown = KNOWN.home_care[name], home_item(KNOWN.home_care[name]).dose
    cites_custom = "CONV" in {source.id for source in record.sources}
    assert ("kept from memory" in shown) == bool(record.remembered)
    assert ("usual practice, not tested" in shown) == (cites_custom and not record.remembered)
    if record.confidence == "low" and record.evidence == "convention":
        assert shown != record.dose


def test_a_dose_of_low_confidence_says_so_to_the_client() -> None:
    for dose in KNOWN.doses.values():
        if dose.confidence == "low":
            assert re.search("from memory|by custom", dose.tell), dose.id


@pytest.mark.parametrize("name", sorted(KNOWN.motions))
def test_a_recalled_norm_or_maximum_is_shown_as_recalled(name: str) -> None:
    motion = KNOWN.motions[name]
    for age, sex in ((30, "female"), (60, "male"), (80, "male")):
        shown = rom.compare(name, 10, None, age=age, sex=sex).normal_says
        figure = "Healthy people" in shown or "Textbooks quote" in shown
        assert ("(recalled figure)" in shown) == (figure and bool(motion.remembered))
        assert "abnormal" not in shown


def test_a_remembered_size_of_change_is_shown_as_remembered() -> None:
    for one in KNOWN.instruments.values():
        if one.change_that_matters is not None and one.scoring != "not_scored":
            shown = change(one.id, one.high, one.low).says
            assert ("kept from memory" in shown) == bool(one.remembered), one.id


def test_pages_show_the_dose_of_home_care_only_with_its_mark() -> None:
    """Only `home_item` and the record itself may read the bare dose of home care."""
    folder = Path(unknot.__file__).parent
    readers = [
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*.py")
        if re.search(r"home_care\[[^]]*\]\.dose\b", path.read_text("utf-8"))
    ]
    assert readers == []


def test_no_record_promises_anybody_anything() -> None:
    promise = re.compile(
        r"\b(will (help|ease|relieve|cure|heal)|guarantee[sd]?|proven to|always works|cures)\b",
        re.I,
    )
    assert promise.search("It will ease your pain.")
    promising = [
        record.id for record in RECORDS if promise.search(getattr(record, "tell", "") or "")
    ]
    assert promising == []
