"""An invented programme as two Parquet files, with every kind of gap."""

from __future__ import annotations

from dataclasses import asdict, fields
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from unknot.programme import Course, Session

BEGAN = datetime(2025, 1, 6, 9, tzinfo=UTC)


def rows(seed: int = 1, courses: int = 600) -> tuple[list[Session], list[Course]]:
    """Sessions and courses drawn from a seed; starts and fits are missing here and there."""
    dice = np.random.default_rng(seed)
    visits, people = [], []
    for number in range(courses):
        key = f"c{number:05}"
        first = BEGAN + timedelta(days=int(dice.integers(0, 300)))
        gap = float(dice.choice((3.5, 7.0, 7.0, 12.0)))
        minutes = float(dice.choice((30.0, 55.0, 60.0, 90.0)))
        for visit in range(int(dice.integers(0, 10))):
            at = first + timedelta(days=gap * visit, hours=float(dice.integers(0, 5)))
            visits.append(Session(key, at, minutes + float(dice.integers(-3, 4))))
        region = str(dice.choice(("low_back", "neck_upper_back")))
        people.append(
            Course(
                course=key,
                condition=f"Pain: {region}",
                location=str(dice.choice(("Harbour Street", "Mill Lane"))),
                region=region,
                baseline=None if dice.random() < 0.1 else float(np.clip(dice.normal(6, 2), 0, 10)),
                p_worthwhile=None if dice.random() < 0.1 else float(dice.random()),
                acute=str(dice.choice(("yes", "no", "unknown"))),
                age_band=str(dice.choice(("under 40", "40 to 59", "60 and over"))),
                sleep_band="unknown",
            )
        )
    return visits, people


def write(folder: Path, sessions: list[Session], courses: list[Course]) -> None:
    """Both tables as Parquet files in a folder."""
    utc = {"started": pa.timestamp("us", tz="UTC"), "minutes": pa.float64()}
    real = {"baseline": pa.float64(), "p_worthwhile": pa.float64()}
    for name, kind, given, types in (
        ("sessions", Session, sessions, utc),
        ("courses", Course, courses, real),
    ):
        schema = pa.schema([(one.name, types.get(one.name, pa.string())) for one in fields(kind)])
        table = pa.Table.from_pylist([asdict(row) for row in given], schema=schema)
        pq.write_table(table, folder / f"{name}.parquet")
