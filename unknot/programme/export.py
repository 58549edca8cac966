"""The report as a file: one row a group, the left-out ones without numbers."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping
from dataclasses import asdict, fields
from typing import Any, Final

from unknot.reasoning.outcomes.programme import DIMENSIONS, Figures, Report

NUMBERS: Final = tuple(field.name for field in fields(Figures))
COLUMNS: Final = ("table", *DIMENSIONS, "hidden", *NUMBERS)
DECIMALS: Final = 4


def rows(report: Report) -> list[dict[str, Any]]:
    """The total first, then each table in the page's order; shares with four decimals."""
    found = [_row("all", {}, report.total)]
    for table in report.tables:
        name = " x ".join(table.dimensions)
        for row in table.rows:
            found.append(
                _row(name, dict(zip(table.dimensions, row.group, strict=True)), row.figures)
            )
    return found


def _row(table: str, group: Mapping[str, str], figures: Figures | None) -> dict[str, Any]:
    numbers = asdict(figures) if figures else dict.fromkeys(NUMBERS)
    return {
        "table": table,
        **{name: group.get(name, "") for name in DIMENSIONS},
        "hidden": figures is None,
        **{
            name: round(value, DECIMALS) if isinstance(value, float) else value
            for name, value in numbers.items()
        },
    }


def to_csv(report: Report) -> bytes:
    """UTF-8 with a header; a hidden number is an empty cell."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    for row in rows(report):
        words = {name: _plain(row[name]) for name in DIMENSIONS}
        writer.writerow({**row, **words, "hidden": "yes" if row["hidden"] else "no"})
    return out.getvalue().encode()


def _plain(words: str) -> str:
    """The name of a place cannot become a formula in a spreadsheet."""
    return f"'{words}" if words[:1] in ("=", "+", "-", "@", "\t") else words


def to_parquet(report: Report) -> bytes:
    """The same rows, typed; a hidden number is null."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    kinds = {"hidden": pa.bool_(), "people": pa.int64()}
    kinds |= dict.fromkeys(
        [name for name in NUMBERS if name not in ("people", "flag")], pa.float64()
    )
    schema = pa.schema([(name, kinds.get(name, pa.string())) for name in COLUMNS])
    sink = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(rows(report), schema=schema), sink)
    return sink.getvalue()


FORMATS: Final[Mapping[str, Callable[[Report], bytes]]] = {"csv": to_csv, "parquet": to_parquet}
MEDIA: Final = {"csv": "text/csv; charset=utf-8", "parquet": "application/vnd.apache.parquet"}
