"""Instruments: the tables of the manuals, the rules for missing answers, and what is refused."""

from pathlib import Path

import pytest

import unknot.knowledge as package
from unknot.knowledge import KnowledgeError, load, read
from unknot.knowledge.instruments import Instrument

INSTRUMENTS = load().instruments

# T scores by raw sum, 4 to 20, as the scoring manuals print them.
TABLES = {
    "OM-PI4": "41.6 49.6 52.0 53.9 55.6 57.1 58.5 59.9 61.2 "
    "62.5 63.8 65.2 66.6 68.0 69.7 71.6 75.6",
    "OM-SD4": "32.0 37.5 41.1 43.8 46.2 48.4 50.5 52.4 54.3 "
    "56.1 57.9 59.8 61.7 63.8 66.0 68.8 73.3",
    "OM-PF4": "22.5 26.6 28.9 30.5 31.9 33.2 34.4 35.6 36.7 "
    "37.9 39.2 40.5 41.9 43.5 45.5 48.3 57.0",
    "OM-PF4.v1.0": "22.9 26.9 29.1 30.7 32.1 33.3 34.4 35.6 36.7 "
    "37.9 39.1 40.4 41.8 43.4 45.3 48.0 56.9",
    "OM-G10.physical": "16.2 19.9 23.5 26.7 29.6 32.4 34.9 37.4 39.8 "
    "42.3 44.9 47.7 50.8 54.1 57.7 61.9 67.7",
    "OM-G10.mental": "21.2 25.1 28.4 31.3 33.8 36.3 38.8 41.1 43.5 "
    "45.8 48.3 50.8 53.3 56.0 59.0 62.5 67.6",
}
STANDARD_ERRORS = {
    "OM-PI4": "6.1 2.5 2.0 1.9 1.9 1.9 1.8 1.8 1.8 1.8 1.8 1.8 1.8 1.8 1.9 2.1 3.7",
    "OM-SD4": "5.2 4.0 3.7 3.5 3.5 3.4 3.4 3.4 3.4 3.4 3.3 3.3 3.3 3.4 3.4 3.7 4.6",
}


def _found(name: str) -> Instrument:
    whole, _, variant = name.partition(".")
    found = INSTRUMENTS[whole].variant(variant) if variant else INSTRUMENTS[whole]
    assert found is not None
    return found


@pytest.mark.parametrize("name", TABLES)
def test_a_table_says_what_its_manual_says(name: str) -> None:
    found = _found(name)
    assert found.table == tuple(float(value) for value in TABLES[name].split())
    assert (found.low, found.high) == (min(found.table), max(found.table))
    rises = list(found.table) == sorted(found.table)
    assert rises, "a higher sum never gives a lower score"


@pytest.mark.parametrize("name", STANDARD_ERRORS)
def test_standard_errors_stand_beside_their_scores(name: str) -> None:
    expected = tuple(float(value) for value in STANDARD_ERRORS[name].split())
    assert _found(name).standard_errors == expected


@pytest.mark.parametrize(
    ("name", "low", "high", "direction", "least", "count"),
    [
        ("OM-NPRS", 0, 10, "lower_better", 1, 1),
        ("OM-VAS", 0, 100, "lower_better", 1, 1),
        ("OM-PEG", 0, 10, "lower_better", 3, 3),
        ("OM-PSFS", 0, 10, "higher_better", 3, 5),
        ("OM-RMDQ", 0, 24, "lower_better", 24, 24),
        ("OM-PI4", 41.6, 75.6, "lower_better", 4, 4),
        ("OM-PI6", 41, 78, "lower_better", 6, 6),
        ("OM-SD4", 32.0, 73.3, "lower_better", 4, 4),
        ("OM-PF4", 22.5, 57.0, "higher_better", 4, 4),
        ("OM-PF6", 21.5, 58.7, "higher_better", 6, 6),
        ("OM-G10", 16.2, 67.7, "higher_better", 4, 10),
        ("OM-PSS4", 0, 16, "lower_better", 4, 4),
        ("OM-PSS10", 0, 40, "lower_better", 10, 10),
        ("OM-PGIC", 1, 7, "lower_better", 1, 1),
        ("OM-HIT6", 36, 78, "lower_better", 6, 6),
        ("OM-NDI", 0, 50, "lower_better", 9, 10),
        ("OM-ODI", 0, 100, "lower_better", 9, 10),
        ("OM-LEFS", 0, 80, "higher_better", 20, 20),
        ("OM-QD", 0, 100, "lower_better", 10, 11),
        ("OM-GROC", -7, 7, "higher_better", 1, 1),
        ("OM-WOMAC", 0, 100, "lower_better", 24, 24),
    ],
)
def test_range_direction_and_missing_data_rule(
    name: str, low: float, high: float, direction: str, least: int, count: int
) -> None:
    one = INSTRUMENTS[name]
    assert (one.low, one.high, one.direction) == (low, high, direction)
    assert (one.least_answered, one.item_count) == (least, count)


@pytest.mark.parametrize(
    ("name", "points", "share", "error"),
    [
        ("OM-NPRS", 2, 0.3, None),
        ("OM-VAS", 15, 0.3, None),
        ("OM-PEG", 1.75, 0.3, 1.22),
        ("OM-PSFS", 2, None, 2),
        ("OM-RMDQ", 5, 0.3, None),
        ("OM-PI4", 3, None, None),
        ("OM-HIT6", 6, None, None),
        ("OM-NDI", 7, None, 5),
        ("OM-ODI", 10, 0.3, None),
        ("OM-LEFS", 9, None, 9),
        ("OM-QD", 15.9, None, 12.9),
    ],
)
def test_the_change_that_matters_is_the_cautious_published_one(
    name: str, points: float, share: float | None, error: float | None
) -> None:
    one = INSTRUMENTS[name]
    assert (one.change_that_matters, one.change_that_matters_share) == (points, share)
    assert one.measurement_error == error


def test_no_change_is_established_for_the_others() -> None:
    unknown = {one.id for one in INSTRUMENTS.values() if one.change_that_matters is None}
    assert unknown == {
        "OM-PI6", "OM-SD4", "OM-PF4", "OM-PF6", "OM-G10", "OM-PSS4", "OM-PSS10", "OM-PGIC",
        "OM-GROC", "OM-WOMAC",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("41.6, 49.6", "41.6, 49.6, 50.0", "record OM-PI4, key table: has not 17 scores"),
        ("6.1, 2.5", "2.5", "record OM-PI4, key standard_errors: are not one for every score"),
        ("low = 22.9", "low = 22.0", "record OM-PF4, key table: does not run from low to high"),
        (
            "item_values = [6, 8, 10, 11, 13]",
            'item_keys = ["a"]',
            "record OM-HIT6, key item_keys: are not 6. Name every item once",
        ),
    ],
)
def test_a_table_that_cannot_be_right_is_refused(
    tmp_path: Path, old: str, new: str, says: str
) -> None:
    for file in Path(package.__file__).parent.glob("*.toml"):
        text = file.read_text("utf-8")
        if file.name == "instruments.toml":
            assert old in text
            text = text.replace(old, new, 1)
        (tmp_path / file.name).write_text(text, encoding="utf-8")
    with pytest.raises(KnowledgeError) as caught:
        read(tmp_path)
    assert says in str(caught.value)
