"""Read a diary from a table in plain text, forgiving in form and exact in its complaints.

The table has a header line; columns may stand in any order and are split by comma, semicolon or
tab. Lines that begin with ``#`` are notes, except ``# zone: Europe/Berlin``.

=========  ========================================  ===========================================
column     also called                               what it holds
=========  ========================================  ===========================================
when       date, day, at, datetime                   2026-11-22, 2026-11-22 20:30, with or without
                                                     an offset; a day alone means 20:00
time       clock                                     20:30, if ``when`` holds only the day
pain       score, value, nprs                        0 to 10; empty means no answer
kind       type                                      diary (default), before, after, visit,
                                                     recalled_week, intake
minutes    length                                    length of a visit, 60 if empty
=========  ========================================  ===========================================
"""

import csv
from collections.abc import Mapping, Sequence
from datetime import datetime, time
from zoneinfo import ZoneInfo

from unknot.reasoning.outcomes.diary import Diary, Entry, Kind, Session

EVENING = time(20, 0)
MOST_LINES = 20_000

COLUMNS: Mapping[str, str] = {
    **dict.fromkeys(("when", "date", "day", "at", "datetime"), "when"),
    **dict.fromkeys(("time", "clock"), "time"),
    **dict.fromkeys(("pain", "score", "value", "nprs"), "pain"),
    **dict.fromkeys(("kind", "type"), "kind"),
    **dict.fromkeys(("minutes", "length"), "minutes"),
}
VISIT = "visit"
KINDS: Mapping[str, str] = {
    **dict.fromkeys(("", "diary", "home", "check-in", "check_in"), Kind.DIARY),
    **dict.fromkeys(("before", "pre"), Kind.BEFORE),
    **dict.fromkeys(("after", "post"), Kind.AFTER),
    **dict.fromkeys(("recalled_week", "recalled", "week"), Kind.RECALLED_WEEK),
    **dict.fromkeys(("intake",), Kind.INTAKE),
    **dict.fromkeys((VISIT, "session", "massage"), VISIT),
}


class DiaryError(ValueError):
    """A diary that cannot be read: file, line, column, what is wrong, and the cure.

    The text never repeats what the cell holds.
    """

    def __init__(self, name: str, line: int, column: str, wrong: str, cure: str) -> None:
        place = f"{name}, line {line}" + (f", column {column}" if column else "")
        super().__init__(f"{place}: {wrong} {cure}")
        self.name, self.line, self.column, self.cure = name, line, column, cure


def read_diary(text: str, *, name: str = "diary", zone: str = "UTC") -> Diary:
    """The diary in ``text``; times without an offset are in the file's zone, else in ``zone``.

    Pain is 0 to 10, visits are in minutes. An empty cell means no answer and is passed over.
    Raises DiaryError with line, column and cure for anything else it cannot read.
    """
    lines = text.removeprefix("\ufeff").splitlines()
    if len(lines) > MOST_LINES:
        raise DiaryError(name, MOST_LINES, "", "The file is too long.", "Split it by person.")
    zone = _zone(lines, zone, name)
    table = [(number, line) for number, line in enumerate(lines, 1) if _is_row(line)]
    if not table:
        raise DiaryError(name, 1, "", "There is no table.", "Begin with the line: when,pain,kind")
    header_line, header = table[0]
    mark = max(",;\t", key=header.count)
    columns = _columns(_cells(header, mark), header_line, name)
    entries: list[Entry] = []
    sessions: list[Session] = []
    for number, line in table[1:]:
        cells = dict(zip(columns, _cells(line, mark), strict=False))
        read = _row(_Row(name, number, cells, zone))
        if isinstance(read, Session):
            sessions.append(read)
        elif read is not None:
            entries.append(read)
    return Diary(tuple(entries), tuple(sessions), zone)


class _Row:
    """One line of the table, its cells by column name."""

    def __init__(self, name: str, number: int, cells: Mapping[str, str], zone: str) -> None:
        self.name, self.number, self.cells, self.zone = name, number, cells, zone

    def cell(self, column: str) -> str:
        return self.cells.get(column, "")

    def error(self, column: str, wrong: str, cure: str) -> DiaryError:
        return DiaryError(self.name, self.number, column, wrong, cure)


def _row(row: _Row) -> Entry | Session | None:
    kind = KINDS.get(row.cell("kind").lower())
    if kind is None:
        raise row.error("kind", "This kind is not known.", f"Write one of: {_kinds()}.")
    if kind == VISIT:
        return Session(_when(row), _minutes(row))
    if not row.cell("pain"):
        return None
    return Entry(_when(row), _pain(row), kind)


def _when(row: _Row) -> datetime:
    text = " ".join(part for part in (row.cell("when"), row.cell("time")) if part)
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise row.error(
            "when",
            "This is not a date we can read.",
            "Write it like 2026-11-22 or 2026-11-22 20:30.",
        ) from None
    if len(text) == len("2026-11-22"):
        at = datetime.combine(at.date(), EVENING)
    return at if at.utcoffset() is not None else at.replace(tzinfo=ZoneInfo(row.zone))


def _pain(row: _Row) -> float:
    try:
        value = float(row.cell("pain").replace(",", "."))
    except ValueError:
        value = -1.0
    if not 0 <= value <= 10:
        raise row.error(
            "pain", "This is not a number from 0 to 10.", "Write the score, or leave it empty."
        )
    return value


def _minutes(row: _Row) -> int:
    text = row.cell("minutes") or "60"
    if not text.isdecimal() or not 0 < int(text) <= 300:
        raise row.error(
            "minutes", "This is not a length in minutes.", "Write a number from 1 to 300."
        )
    return int(text)


def _columns(cells: Sequence[str], line: int, name: str) -> list[str]:
    columns = []
    for cell in cells:
        column = COLUMNS.get(cell.lower())
        if column is None:
            known = ", ".join(dict.fromkeys(COLUMNS.values()))
            wrong = f"The column {cell!r} is not known."
            raise DiaryError(name, line, cell, wrong, f"Use: {known}, or remove it.")
        columns.append(column)
    if "when" not in columns or "pain" not in columns:
        wrong = "The columns when and pain must both be there."
        raise DiaryError(name, line, "", wrong, "Begin with the line: when,pain,kind")
    return columns


def _zone(lines: Sequence[str], zone: str, name: str) -> str:
    place = 1
    for number, line in enumerate(lines, 1):
        note, _, value = line.partition(":")
        if note.replace(" ", "").lower() == "#zone":
            place, zone = number, value.strip()
            break
    try:
        ZoneInfo(zone)
    except (KeyError, ValueError, OSError):
        wrong = "This time zone is not known."
        raise DiaryError(name, place, "zone", wrong, "Write it like Europe/Berlin.") from None
    return zone


def _is_row(line: str) -> bool:
    return bool(line.strip(" ,;\t")) and not line.lstrip().startswith("#")


def _cells(line: str, mark: str) -> list[str]:
    return [cell.strip() for cell in next(csv.reader([line], delimiter=mark))]


def _kinds() -> str:
    return ", ".join(dict.fromkeys(kind for kind in KINDS.values()))
