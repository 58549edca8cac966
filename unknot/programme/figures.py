"""From the tables to the report: the engine counts, the reasoning judges."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields
from typing import TYPE_CHECKING, Any, Final

from unknot.reasoning.outcomes.programme import Report, Stratum, report

from .missing import ProgrammeMissing, is_installed
from .tables import Course, Person, Session

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


@dataclass(frozen=True)
class Counted:
    """Everybody who can be counted, and how many with a visit cannot be."""

    people: tuple[Person, ...]
    visited: int
    without_start: int
    without_fit: int


WHEN: Final = {"started": "timestamp", "minutes": "float"}
NUMBERS: Final = {"baseline": "float", "p_worthwhile": "float"}
COUNTED: Final = {"baseline": "whole", "p_worthwhile": "float"}


def of_rows(sessions: Sequence[Session], courses: Sequence[Course]) -> Programme:
    """The figures of rows in memory, on the embedded engine. Raises ProgrammeMissing."""
    with _engine() as engine:
        return of_tables(*_both(engine, sessions, courses))


def people_of(sessions: Sequence[Session], courses: Sequence[Course]) -> Counted:
    """Each course of rows in memory as it is counted. Raises ProgrammeMissing."""
    with _engine() as engine:
        from . import queries

        both = _both(engine, sessions, courses)
        rows = _rows(queries.people(*both).order_by("course"))
        out = _rows(queries.left_out(*both))[0]
    found = tuple(Person(**row) for row in rows)
    return Counted(found, *_out(out))


def report_of(people: Sequence[Person]) -> Report:
    """The report of people in memory. Raises ProgrammeMissing."""
    with _engine() as engine:
        from . import queries

        table = _table(engine, "people", people, Person, COUNTED)
        return _report(_rows(queries.grouped(table)))


def of_tables(sessions: ir.Table, courses: ir.Table) -> Programme:
    """The figures of two tables of ``tables``, on whatever engine they belong to."""
    from . import queries

    strata = _rows(queries.strata(sessions, courses))
    visited, *missing = _out(_rows(queries.left_out(sessions, courses))[0])
    counted = sum(int(row["people"]) for row in strata)
    return Programme(_report(strata), visited, counted, *missing)


def _out(row: dict[str, Any]) -> tuple[int, int, int]:
    names = ("visited", "without_start", "without_fit")
    visited, start, fit = (int(row[name] or 0) for name in names)
    return visited, start, fit


def _report(rows: list[dict[str, Any]]) -> Report:
    from . import queries

    # Engines give rows in any order, and sums of fractions should not depend on it.
    ordered = sorted(rows, key=lambda row: tuple(str(row[name]) for name in queries.GROUP))
    return report([_stratum(row) for row in ordered])


@contextmanager
def _engine() -> Iterator[Any]:
    if not is_installed():
        raise ProgrammeMissing
    import ibis

    engine = ibis.duckdb.connect(threads=2)
    try:
        yield engine
    finally:
        engine.disconnect()


def _both(
    engine: Any, sessions: Sequence[Session], courses: Sequence[Course]
) -> tuple[ir.Table, ir.Table]:
    return (
        _table(engine, "sessions", sessions, Session, WHEN),
        _table(engine, "courses", courses, Course, NUMBERS),
    )


def _table(
    engine: Any, name: str, rows: Sequence[Any], kind: type, types: dict[str, str]
) -> ir.Table:
    import pyarrow as pa

    known = {
        "timestamp": pa.timestamp("us", tz="UTC"),
        "float": pa.float64(),
        "whole": pa.int64(),
    }
    names = [field.name for field in fields(kind)]
    schema = pa.schema([(one, known.get(types.get(one, ""), pa.string())) for one in names])
    engine.con.register(name, pa.Table.from_pylist([asdict(row) for row in rows], schema=schema))
    found: ir.Table = engine.table(name)
    return found


def _rows(question: ir.Table) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = question.to_pyarrow().to_pylist()
    return found


def _stratum(row: dict[str, Any]) -> Stratum:
    whole: dict[str, Any] = {name: int(row[name]) for name in ("baseline", "people")}
    return Stratum(**{**row, **whole})
