"""The programme's tables counted: by hand, by the embedded engine, and by a cluster engine."""

from __future__ import annotations

import csv
import io
import json
import math
import os
import shutil
import subprocess
import sys
from collections import Counter
from dataclasses import asdict
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import ibis
import pyarrow.parquet as pq
import pytest

from tests.programme.tables import BEGAN, rows, write
from unknot.programme import Course, ProgrammeMissing, Session, export, is_installed
from unknot.programme import figures as programme
from unknot.programme.queries import doses, strata
from unknot.reasoning.outcomes.pool import Average, Estimate
from unknot.reasoning.outcomes.programme import Report
from unknot.reasoning.outcomes.programme.published import Published

ROOT = Path(__file__).resolve().parent.parent.parent
WEEK = timedelta(days=7)


def connected(folder: Path) -> tuple[Any, Any]:
    engine = ibis.duckdb.connect()
    return tuple(
        engine.read_parquet(str(folder / f"{name}.parquet"), table_name=name)
        for name in ("sessions", "courses")
    )


AVERAGES = (
    Average(
        "next_day", "visit", 40, Estimate(-1.2, 0.3, -1.4, -1.0, -1.7, -0.7, 0.99), None, None
    ),
    Average("technique:TEC-SWE", "technique", None, None, None, None),
)


def published(report: Report, averages: tuple[Average, ...] = ()) -> Published:
    return Published(date(2026, 11, 22), report, 90, 0, 0, averages, 80.0)


def course(key: str, **changes: Any) -> Course:
    plain = Course(key, "Back", "Harbour", "back", 6.2, 0.5, "no", "40 to 59", "unknown")
    return Course(**{**asdict(plain), **changes})


@pytest.mark.parametrize(
    ("every_days", "visits", "minutes", "words"),
    [
        (7, 5, 60, "about weekly, 45 to 74 minutes"),
        (3, 5, 60, "twice a week or more, 45 to 74 minutes"),
        (14, 4, 30, "less than weekly, under 45 minutes"),
        (7, 1, 90, "one visit, 75 minutes or more"),
        (0, 3, 60, "one visit, 45 to 74 minutes"),
    ],
)
def test_a_dose_is_how_often_and_how_long(
    tmp_path: Path, every_days: int, visits: int, minutes: int, words: str
) -> None:
    day = timedelta(days=every_days)
    write(tmp_path, [Session("a", BEGAN + day * n, minutes) for n in range(visits)], [course("a")])
    found = doses(connected(tmp_path)[0]).to_pyarrow().to_pylist()
    assert [(one["visits"], one["dose"]) for one in found] == [(visits, words)]


def test_only_courses_with_a_visit_a_start_and_a_fit_are_counted() -> None:
    told = [
        course("a"),
        course("no visit"),
        course("no start", baseline=None),
        course("no fit", p_worthwhile=None),
        course("neither", baseline=None, p_worthwhile=None),
    ]
    seen = [Session(one.course, BEGAN, 60) for one in told if one.course != "no visit"]
    found = programme.of_rows(seen, told)
    assert (found.visited, found.counted) == (4, 1)
    assert (found.without_start, found.without_fit) == (2, 1)


def test_the_embedded_engine_counts_what_counting_by_hand_gives(tmp_path: Path) -> None:
    sessions, courses = rows(3, 300)
    write(tmp_path, sessions, courses)
    found = strata(*connected(tmp_path)).to_pyarrow().to_pylist()
    visited = {one.course for one in sessions}
    able = [
        one
        for one in courses
        if one.course in visited and one.baseline is not None and one.p_worthwhile is not None
    ]
    people: Counter[tuple[Any, ...]] = Counter()
    for one in able:
        start = min(9, math.floor(one.baseline or 0))
        people[one.condition, one.location, start, one.acute, one.age_band] += 1
    counted: Counter[tuple[Any, ...]] = Counter()
    for row in found:
        key = (row["condition"], row["location"], row["baseline"], row["acute"], row["age_band"])
        counted[key] += row["people"]
    assert counted == people
    total = math.fsum(row["responders"] for row in found)
    assert total == pytest.approx(math.fsum(one.p_worthwhile or 0 for one in able), abs=1e-9)


def test_rows_in_memory_and_files_give_the_same_report_in_any_order(tmp_path: Path) -> None:
    sessions, courses = rows(4, 250)
    write(tmp_path, sessions, courses)
    one = programme.of_rows(sessions[::-1], courses[::-1])
    other = programme.of_tables(*connected(tmp_path))
    assert _apart(asdict(one), asdict(other)) <= 1e-9


def test_the_cluster_engine_gives_the_same_figures_to_1e_9(
    tmp_path: Path, record_property: Any
) -> None:
    """The same expressions, unchanged, on Spark with two workers."""
    if shutil.which("java") is None:
        pytest.skip("no Java here: Spark cannot run; install default-jre-headless")
    write(tmp_path, *rows(5, 600))
    here = asdict(programme.of_tables(*connected(tmp_path)))
    out = tmp_path / "spark.json"
    subprocess.run(
        [sys.executable, "-m", "tests.programme.on_spark", str(tmp_path), str(out)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "SPARK_LOCAL_IP": "127.0.0.1"},
        check=True,
        capture_output=True,
        timeout=300,
    )
    told = json.loads(out.read_text())
    apart = _apart(json.loads(json.dumps(here)), told["programme"])
    record_property("largest difference", apart)
    assert here["report"]["total"]["people"] > 300
    assert apart <= 1e-9


def _apart(one: Any, other: Any) -> float:
    """The largest difference of two results of the same shape; words must be equal."""
    if isinstance(one, float) and isinstance(other, float | int):
        return abs(one - other)
    if isinstance(one, dict):
        assert set(one) == set(other)
        return max((_apart(one[key], other[key]) for key in one), default=0.0)
    if isinstance(one, list | tuple):
        assert len(one) == len(other)
        return max((_apart(a, b) for a, b in zip(one, other, strict=True)), default=0.0)
    assert one == other
    return 0.0


def test_the_comparison_can_fail() -> None:
    assert _apart({"a": [1.0, 2.0]}, {"a": [1.0, 2.5]}) == 0.5
    with pytest.raises(AssertionError):
        _apart({"a": "x"}, {"a": "y"})


def test_without_the_extra_one_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    assert is_installed()
    monkeypatch.setattr("unknot.programme.missing.NEEDED", ("ibis", "no_such_engine"))
    assert not is_installed()
    with pytest.raises(ProgrammeMissing, match=r'pip install "unknot\[programme\]"'):
        programme.of_rows([], [])


def test_the_reasoning_and_the_commands_start_without_the_engine() -> None:
    """The base install is light: nothing imports ibis until the figures are asked for."""
    code = (
        "import sys, unknot.cli, unknot.programme, unknot.reasoning.outcomes.programme;"
        "unknot.cli.parser();"
        "sys.exit(any(name in sys.modules for name in ('ibis', 'duckdb', 'pandas', 'pyarrow')))"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


def test_both_files_hold_the_same_rows_and_leave_out_the_same_groups(tmp_path: Path) -> None:
    found = published(programme.of_rows(*rows(6, 90)).report, AVERAGES)
    told = list(csv.DictReader(io.StringIO(export.to_csv(found).decode())))
    (tmp_path / "p.parquet").write_bytes(export.to_parquet(found))
    typed = pq.read_table(tmp_path / "p.parquet").to_pylist()
    assert len(told) == len(typed) > 10
    hidden = [row for row in typed if row["hidden"]]
    assert hidden
    numbers = (*export.NUMBERS, *export.ESTIMATED)
    assert all(row[name] is None for row in hidden for name in numbers)
    effects = [row for row in typed if row["table"] == "effect"]
    assert [row["effect"] for row in effects] == ["next_day", "technique:TEC-SWE"]
    assert (effects[0]["people"], effects[0]["mean"], effects[1]["hidden"]) == (40, -1.2, True)
    for text, row in zip(told, typed, strict=True):
        assert text["hidden"] == ("yes" if row["hidden"] else "no")
        assert text["people"] == ("" if row["people"] is None else str(row["people"]))
        assert row["people"] is None or row["people"] >= 10
    assert set(told[0]) == set(export.COLUMNS)
    assert not {"course", "started", "name"} & set(export.COLUMNS)


def test_the_name_of_a_place_cannot_become_a_formula() -> None:
    seen = [Session(f"c{n}", BEGAN, 60) for n in range(12)]
    courses = [course(f"c{n}", location="=HYPERLINK(1)") for n in range(12)]
    text = export.to_csv(published(programme.of_rows(seen, courses).report)).decode()
    assert ",=HYPERLINK" not in text
    assert "'=HYPERLINK(1)" in text
