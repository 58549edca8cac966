"""From the tables to the report: the engine counts, the reasoning judges."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from typing import TYPE_CHECKING, Any

from unknot.reasoning.outcomes.programme import Report, Stratum, report

from .missing import ProgrammeMissing, is_installed
from .tables import Course, Session

if TYPE_CHECKING:
    from ibis.expr import types as ir


@dataclass(frozen=True)
class Programme:
    """The report, and how many courses with a visit it rests on and had to leave out."""

    report: Report
    visited: int
    counted: int
    without_start: int
    without_fit: int


def of_rows(sessions: Sequence[Session], courses: Sequence[Course]) -> Programme:
    """The figures of rows in memory, on the embedded engine. Raises ProgrammeMissing."""
    if not is_installed():
        raise ProgrammeMissing
    import ibis
    import pyarrow as pa

    def table(rows: Sequence[Any], kind: type, types: dict[str, Any]) -> Any:
        names = [field.name for field in fields(kind)]
        schema = pa.schema([(name, types.get(name, pa.string())) for name in names])
        return pa.Table.from_pylist([asdict(row) for row in rows], schema=schema)

    engine = ibis.duckdb.connect(threads=2)
    try:
        when = {"started": pa.timestamp("us", tz="UTC"), "minutes": pa.float64()}
        numbers = {"baseline": pa.float64(), "p_worthwhile": pa.float64()}
        engine.con.register("sessions", table(sessions, Session, when))
        engine.con.register("courses", table(courses, Course, numbers))
        return of_tables(engine.table("sessions"), engine.table("courses"))
    finally:
        engine.disconnect()


def of_tables(sessions: ir.Table, courses: ir.Table) -> Programme:
    """The figures of two tables of ``tables``, on whatever engine they belong to."""
    from . import queries

    found = _rows(queries.strata(sessions, courses))
    out = _rows(queries.left_out(sessions, courses))[0]
    # Engines give rows in any order, and sums of fractions should not depend on it.
    found.sort(key=lambda row: tuple(str(row[name]) for name in queries.GROUP))
    strata = [_stratum(row) for row in found]
    return Programme(
        report=report(strata),
        visited=int(out["visited"] or 0),
        counted=sum(one.people for one in strata),
        without_start=int(out["without_start"] or 0),
        without_fit=int(out["without_fit"] or 0),
    )


def _rows(question: ir.Table) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = question.to_pyarrow().to_pylist()
    return found


def _stratum(row: dict[str, Any]) -> Stratum:
    whole: dict[str, Any] = {name: int(row.pop(name)) for name in ("baseline", "people")}
    return Stratum(**row, **whole)
