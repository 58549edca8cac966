"""Tables in plain text: lines, cells, notes, and errors that name the place and the cure."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

MOST_LINES = 20_000
NOTES = ("zone", "scale", "pain_weeks", "worthwhile", "elsewhere", "randomised")


class DiaryError(ValueError):
    """A diary that cannot be read: file, line, column, what is wrong, and the cure.

    The text never repeats what the cell holds.
    """

    def __init__(self, name: str, line: int, column: str, wrong: str, cure: str) -> None:
        place = f"{name}, line {line}" + (f", column {column}" if column else "")
        super().__init__(f"{place}: {wrong} {cure}")
        self.name, self.line, self.column, self.cure = name, line, column, cure


@dataclass(frozen=True)
class Row:
    """One line of the table, its cells by column name."""

    name: str
    number: int
    cells: Mapping[str, str]

    def cell(self, column: str) -> str:
        """The text of a cell; empty when the column is not there."""
        return self.cells.get(column, "")

    def error(self, column: str, wrong: str, cure: str) -> DiaryError:
        """The error to raise about a cell of this row."""
        return DiaryError(self.name, self.number, column, wrong, cure)


@dataclass(frozen=True)
class Table:
    """The rows below the header."""

    rows: tuple[Row, ...]


def table(text: str, columns: Mapping[str, str], needed: Sequence[str], name: str) -> Table:
    """The table in ``text``. ``columns`` maps every accepted heading to its column."""
    found = [(number, line) for number, line in enumerate(_lines(text, name), 1) if _is_row(line)]
    cure = f"Begin with the line: {','.join(needed)},kind"
    if not found:
        raise DiaryError(name, 1, "", "There is no table.", cure)
    number, header = found[0]
    mark = max(",;\t", key=header.count)
    names = [_column(cell, columns, number, name) for cell in _cells(header, mark)]
    twice = next((one for one in names if names.count(one) > 1), None)
    if twice:
        cure = "Keep one of them, and remove the other."
        raise DiaryError(name, number, twice, "This column stands here twice.", cure)
    if not set(needed) <= set(names):
        all_of = " and ".join(needed)
        wrong = f"The columns {all_of} must both be there." if len(needed) > 1 else ""
        raise DiaryError(name, number, "", wrong or f"The column {all_of} must be there.", cure)
    return Table(
        tuple(
            Row(name, place, _by_name(names, _cells(line, mark), place, name))
            for place, line in found[1:]
        )
    )


def notes(text: str, name: str) -> dict[str, tuple[int, str]]:
    """Notes with a meaning: name -> line and text. The first of a name counts."""
    found: dict[str, tuple[int, str]] = {}
    for number, line in enumerate(_lines(text, name), 1):
        head, colon, value = line.partition(":")
        key = head.lstrip().removeprefix("#").strip().lower()
        if line.lstrip().startswith("#") and colon and key in NOTES:
            found.setdefault(key, (number, value.strip(" ,;\t")))
    return found


def known_zone(zone: str, name: str, place: int) -> None:
    """Raises DiaryError unless the zone is an IANA name."""
    try:
        ZoneInfo(zone)
    except (KeyError, ValueError, OSError):
        wrong = "This time zone is not known."
        raise DiaryError(name, place, "zone", wrong, "Write it like Europe/Berlin.") from None


def _lines(text: str, name: str) -> list[str]:
    lines = text.removeprefix("\ufeff").splitlines()
    if len(lines) > MOST_LINES:
        raise DiaryError(name, MOST_LINES, "", "The file is too long.", "Split it by person.")
    return lines


def _column(cell: str, columns: Mapping[str, str], line: int, name: str) -> str:
    column = columns.get(cell.lower())
    if column is None:
        known = ", ".join(dict.fromkeys(columns.values()))
        wrong = f"The column {cell!r} is not known."
        raise DiaryError(name, line, cell, wrong, f"Use: {known}, or remove it.")
    return column


def _by_name(names: Sequence[str], cells: Sequence[str], line: int, name: str) -> dict[str, str]:
    """The cells by column; a cell beyond the header is refused, for it may be half a score."""
    if any(cells[len(names) :]):
        cure = "Write 6.5 with a point, or split the columns by semicolon."
        raise DiaryError(name, line, "", "There are more cells than columns.", cure)
    return dict(zip(names, cells, strict=False))


def _is_row(line: str) -> bool:
    return bool(line.strip(" ,;\t")) and not line.lstrip().startswith("#")


def _cells(line: str, mark: str) -> list[str]:
    return [cell.strip() for cell in next(csv.reader([line], delimiter=mark))]
