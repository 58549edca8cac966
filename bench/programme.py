"""The programme page's queries on ten million sessions, embedded and on a cluster engine.

    python -m bench.programme --sessions 10000000

Courses are made by the demo clinic's model of pain (its stories and paths, all people at once) and
written to Parquet under a temporary folder. The page's queries are timed against a direct scan of
the same columns, and then worked out by Spark on the same files: the figures must be equal to
1e-9. `--no-cluster` leaves that out.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import ibis
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from unknot.clinic.demo import paths, stories
from unknot.programme import queries
from unknot.programme.figures import of_tables

AT_ONCE = 100_000  # courses
DAYS = 110
KINDS = dict(stories.KINDS)
CHANGE = {  # what stays in the end: low and high, as in stories.invent
    "good": (2.2, 3.8),
    "modest": (0.8, 1.6),
    "flat": (-0.4, 0.4),
    "unclear": (0.0, 2.0),
    "new": (0.0, 0.0),
    "worse": (-3.0, -3.0),
    "bad_days": (1.0, 1.0),
}
PLACES = tuple(f"Place {number:02}" for number in range(1, 13))
BEGAN = np.datetime64("2021-01-04T09:00:00", "us")


def make(folder: Path, sessions: int, seed: int = 7) -> tuple[int, int]:
    """Both tables; gives how many sessions and courses were made."""
    dice = np.random.default_rng(seed)
    made = courses = 0
    writers: dict[str, pq.ParquetWriter] = {}
    while made < sessions:
        visits, people = _courses(dice, courses)
        for name, table in (("sessions", visits), ("courses", people)):
            if name not in writers:
                writers[name] = pq.ParquetWriter(folder / f"{name}.parquet", table.schema)
            writers[name].write_table(table)
        made += len(visits)
        courses += len(people)
    for writer in writers.values():
        writer.close()
    return made, courses


def _courses(dice: np.random.Generator, first: int) -> tuple[pa.Table, pa.Table]:
    count = AT_ONCE
    weights = np.array(list(KINDS.values()), dtype=float)
    kind = dice.choice(len(KINDS), count, p=weights / weights.sum())
    low, high = np.array([CHANGE[name] for name in KINDS])[kind].T
    neck = dice.random(count) < 0.5
    start = dice.uniform(4.5, 7.5, count)
    spell = dice.uniform(0.3, 1.8, count)
    change = dice.uniform(low, high)
    wobble = dice.uniform(0.5, 1.2, count)
    pain = _pain(dice, start, spell, change, wobble)
    planned = np.where(neck, 8, 10)
    every = np.where(neck & (dice.random(count) < 0.4), 4, 7)
    done = np.minimum(planned, 1 + dice.poisson(planned * 0.95))
    people = np.repeat(np.arange(count), done)
    order = np.arange(len(people)) - np.repeat(np.cumsum(done) - done, done)
    opened = dice.integers(0, 1800, count)
    day = opened[people] + 7 + order * every[people] + dice.integers(0, 2, len(people))
    began = (
        BEGAN
        + day.astype("timedelta64[D]")
        + dice.integers(0, 540, len(people)).astype("timedelta64[m]")
    )
    visits = pa.table(
        {
            "course": first + people,
            "started": pa.array(began, pa.timestamp("us", tz="UTC")),
            "minutes": dice.choice((30.0, 55.0, 60.0, 90.0), len(people)),
        }
    )
    return visits, _table(dice, first, neck, pain, wobble)


def _pain(
    dice: np.random.Generator,
    start: np.ndarray,
    spell: np.ndarray,
    change: np.ndarray,
    wobble: np.ndarray,
) -> np.ndarray:
    """``paths.pain_path`` for everybody at once, without flares: (people, days), 0 to 10."""
    days = np.arange(DAYS)
    share = np.clip((days - 7) / paths.COURSE_DAYS, 0.0, 1.0)
    share = share * share * (3 - 2 * share)
    fresh = wobble * np.sqrt(1 - paths.HANGS_TOGETHER**2)
    drift, found = dice.normal(0, wobble), np.empty((len(start), DAYS), dtype=np.float32)
    for day in days:
        drift = paths.HANGS_TOGETHER * drift + dice.normal(0, fresh)
        level = start + spell * (np.exp(-day / paths.PASSES_IN_DAYS) - 0.5)
        found[:, day] = np.clip(level - change * share[day] + drift, 0, 10)
    return found


def _table(
    dice: np.random.Generator,
    first: int,
    neck: np.ndarray,
    pain: np.ndarray,
    wobble: np.ndarray,
) -> pa.Table:
    """Starts and chances as two weeks of answers at either end would give them."""
    count = len(pain)
    baseline, now = pain[:, :7].mean(1), pain[:, -14:].mean(1)
    matters = np.maximum(1.0, np.minimum(2.0, 0.3 * baseline))
    error = wobble * np.sqrt(1 / 4 + 1 / 8)
    chance = 1 / (1 + np.exp(-1.702 * (baseline - now - matters) / error))
    known = dice.random(count) > 0.12
    region = np.where(neck, "neck_upper_back", "low_back")
    return pa.table(
        {
            "course": np.arange(first, first + count),
            "condition": np.where(neck, "Neck and upper-back pain", "Chronic low back pain"),
            "location": dice.choice(PLACES, count),
            "region": region,
            "baseline": pa.array(baseline.astype(float), mask=dice.random(count) < 0.03),
            "p_worthwhile": pa.array(chance.astype(float), mask=~known),
            "acute": dice.choice(("yes", "no", "unknown"), count, p=(0.15, 0.75, 0.1)),
            "age_band": dice.choice(("under 40", "40 to 59", "60 and over"), count),
            "sleep_band": dice.choice(("good", "middling", "poor", "unknown"), count),
        }
    )


SCAN = """
    SELECT (SELECT count(*) FROM sessions WHERE hash(course, started, minutes) = 0),
           (SELECT count(*) FROM courses WHERE hash(course, condition, location, region, baseline,
                                                    p_worthwhile, acute, age_band, sleep_band) = 0)
"""


def main(sessions: int, rounds: int, cluster: bool) -> None:
    """Prints the table and checks that both engines agree."""
    with tempfile.TemporaryDirectory(prefix="unknot-programme-") as name:
        folder = Path(name)
        began = time.monotonic()
        made, courses = make(folder, sessions)
        size = sum(path.stat().st_size for path in folder.iterdir()) / 1e6
        print(f"{made:,} sessions of {courses:,} courses, {size:.0f} MB of Parquet,", end=" ")
        print(f"made in {time.monotonic() - began:.0f} s ({datetime.now(UTC):%d %B %Y})")
        here = _embedded(folder, rounds)
        if cluster:
            _cluster(folder, here)


def _embedded(folder: Path, rounds: int) -> dict[str, object]:
    engine = ibis.duckdb.connect(threads=2)
    tables = [
        engine.read_parquet(str(folder / f"{name}.parquet"), table_name=name)
        for name in ("sessions", "courses")
    ]
    scans, pages = [], []
    for _ in range(rounds):
        began = time.monotonic()
        engine.raw_sql(SCAN).fetchall()
        scans.append(time.monotonic() - began)
        began = time.monotonic()
        for question in (queries.strata, queries.left_out):
            question(*tables).to_pyarrow()
        pages.append(time.monotonic() - began)
    began, worked = time.monotonic(), time.process_time()
    found = of_tables(*tables)
    whole, worked = time.monotonic() - began, time.process_time() - worked
    scan, page = sorted(scans)[rounds // 2], sorted(pages)[rounds // 2]
    print(f"direct scan of the same columns: {scan:.2f} s (median of {rounds})")
    print(f"the page's queries, DuckDB: {page:.2f} s; over the scan {page / scan:.1f}")
    print(f"queries, expectation, shrinkage and hiding: {whole:.1f} s, {worked:.1f} s of work")
    print(f"counted {found.counted:,} of {found.visited:,} courses with a visit")
    return json.loads(json.dumps(asdict(found)))


def _cluster(folder: Path, here: dict[str, object]) -> None:
    out = folder / "spark.json"
    environ = {**os.environ, "PYTHONPATH": str(Path.cwd()), "SPARK_LOCAL_IP": "127.0.0.1"}
    command = [sys.executable, "-m", "tests.programme.on_spark", str(folder), str(out)]
    subprocess.run(command, env=environ, check=True, stderr=subprocess.DEVNULL)
    told = json.loads(out.read_text())
    apart = _apart(here, told["programme"])
    print(
        f"the same on Spark local[2]: {told['figures']:.1f} s, {told['start']:.0f} s to start it"
    )
    print(f"largest difference of any figure: {apart:.1e} (must be at most 1e-9)")
    if apart > 1e-9:
        raise SystemExit("the engines disagree")


def _apart(one: object, other: object) -> float:
    if isinstance(one, float) and isinstance(other, float | int):
        return abs(one - other) / max(1.0, abs(one))
    if isinstance(one, dict) and isinstance(other, dict):
        return max((_apart(one[key], other[key]) for key in one | other), default=0.0)
    if isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        return max((_apart(a, b) for a, b in zip(one, other, strict=True)), default=0.0)
    return 0.0 if one == other else float("inf")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sessions", type=int, default=10_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--no-cluster", dest="cluster", action="store_false")
    main(**vars(parser.parse_args()))
