"""The body map of another registry: where its segments lie on ours."""

from __future__ import annotations

import csv
import gzip
import random
from pathlib import Path

import pytest

from bench import body_map as bench
from unknot.knowledge import load
from unknot.reasoning.assess import body_map
from unknot.reasoning.assess.maps import side_of

KNOWN = load()
ALL = {*range(101, 137), *range(201, 239)}


@pytest.mark.parametrize("sex", body_map.FIGURES)
def test_every_segment_of_a_figure_has_a_place(sex: str) -> None:
    assert set(body_map.segments(sex)) == ALL


def test_without_a_known_figure_the_numbers_that_differ_are_left_out() -> None:
    assert ALL - set(body_map.segments("")) == set(range(112, 118))
    assert body_map.weights([112, 117], "other") == {}


def test_the_same_number_is_the_belly_of_one_figure_and_the_arm_of_the_other() -> None:
    assert body_map.weights([112], "female") == {
        "upper_belly_right": 0.5,
        "lower_belly_right": 0.5,
    }
    assert body_map.weights([112], "male") == {"arm_front_left": 1.0}


def test_a_segment_of_several_regions_shares_its_weight_and_segments_add_up() -> None:
    found = body_map.weights([218, 219, 999], "male")
    assert found == {"low_back_left": 0.5, "low_back_right": 0.5, "low_spine_mid": 1.0}


@pytest.mark.parametrize("sex", body_map.FIGURES)
def test_left_and_right_are_mirrors(sex: str) -> None:
    segments = body_map.segments(sex).values()
    regions = {(one.view, one.regions) for one in segments}
    for one in segments:
        turned = tuple(KNOWN.regions[name].mirror for name in one.regions)
        assert (one.view, turned) in regions, one.id
        assert {side_of(name) for name in one.regions} - {"mid"}, "no segment lies in the middle"


def test_half_of_the_segments_are_one_region_of_ours() -> None:
    matches = [one.match for one in body_map.segments("male").values()]
    assert (matches.count("exact"), matches.count("split"), matches.count("approximate")) == (
        36,
        30,
        8,
    )


def test_the_bench_runs_over_a_file_and_prints_sums_only(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Two hundred invented people, marked by dice."""
    dice = random.Random(1)
    path = tmp_path / "people.csv.gz"
    with gzip.open(path, "wt") as file:
        writer = csv.writer(file)
        writer.writerow([*(f"X{n}" for n in bench.NUMBERS), "PAT_SEX"])
        for row in range(200):
            marks = [int(dice.random() < 0.3) for _ in bench.NUMBERS]
            writer.writerow([*marks, ("female", "male")[row % 2]])
    bench.main(path)
    said = capsys.readouterr().out
    assert "200 people, 74 segments" in said
    assert "37 pairs left and right" in said
    assert "with the same muscles for 200 of 200 people" in said
