"""The published figures as a file: one row a group or an effect, hidden ones without numbers.

Rows of the table ``effect`` are averages over people in points of pain, negative for less, with
their 50 and 90 % intervals; every other table holds shares of people.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping
from dataclasses import asdict, fields
from typing import Any, Final

from unknot.reasoning.outcomes.pool import Average, Estimate
from unknot.reasoning.outcomes.programme import DIMENSIONS, Figures, Report
from unknot.reasoning.outcomes.programme.published import Published

NUMBERS: Final = tuple(field.name for field in fields(Figures))
ESTIMATED: Final = (*(field.name for field in fields(Estimate)), "between", "p_best")
WORDS: Final = (*DIMENSIONS, "effect")
COLUMNS: Final = ("table", *WORDS, "hidden", *NUMBERS, *ESTIMATED)
DECIMALS: Final = 4


def rows(found: Published) -> list[dict[str, Any]]:
    """The total first, then each table in the page's order, then the effects; four decimals."""
    return [*_of_groups(found.report), *map(_of_effect, found.averages)]


def _of_groups(report: Report) -> list[dict[str, Any]]:
    found = [_row("all", {}, report.total)]
    for table in report.tables:
        name = " x ".join(table.dimensions)
        for row in table.rows:
            group = dict(zip(table.dimensions, row.group, strict=True))
            found.append(_row(name, group, row.figures))
    return found


def _row(table: str, group: Mapping[str, str], figures: Figures | None) -> dict[str, Any]:
    return _filled(table, group, asdict(figures) if figures else {})


def _of_effect(one: Average) -> dict[str, Any]:
    numbers: dict[str, Any] = {}
    if one.estimate is not None:
        numbers = {**asdict(one.estimate), "people": one.people}
        numbers |= {"between": one.between, "p_best": one.p_best}
    return _filled("effect", {"effect": one.name}, numbers)


def _filled(table: str, words: Mapping[str, str], numbers: Mapping[str, Any]) -> dict[str, Any]:
    rounded = {
        name: round(value, DECIMALS) if isinstance(value, float) else value
        for name, value in numbers.items()
    }
    return {
        "table": table,
        **{name: words.get(name, "") for name in WORDS},
        "hidden": not numbers,
        **dict.fromkeys((*NUMBERS, *ESTIMATED)),
        **rounded,
    }


def to_csv(found: Published) -> bytes:
    """UTF-8 with a header; a hidden number is an empty cell."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    for row in rows(found):
        words = {name: _plain(row[name]) for name in WORDS}
        writer.writerow({**row, **words, "hidden": "yes" if row["hidden"] else "no"})
    return out.getvalue().encode()


def _plain(words: str) -> str:
    """The name of a place cannot become a formula in a spreadsheet."""
    return f"'{words}" if words[:1] in ("=", "+", "-", "@", "\t") else words


def to_parquet(found: Published) -> bytes:
    """The same rows, typed; a hidden number is null."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    kinds = {"hidden": pa.bool_(), "people": pa.int64()}
    kinds |= dict.fromkeys(
        [name for name in (*NUMBERS, *ESTIMATED) if name not in ("people", "flag")], pa.float64()
    )
    schema = pa.schema([(name, kinds.get(name, pa.string())) for name in COLUMNS])
    sink = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(rows(found), schema=schema), sink)
    return sink.getvalue()


FORMATS: Final[Mapping[str, Callable[[Published], bytes]]] = {"csv": to_csv, "parquet": to_parquet}
MEDIA: Final = {"csv": "text/csv; charset=utf-8", "parquet": "application/vnd.apache.parquet"}
