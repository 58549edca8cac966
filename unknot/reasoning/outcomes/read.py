"""Read a diary from a table in plain text, forgiving in form and exact in its complaints.

The table has a header line; columns may stand in any order and are split by comma, semicolon or
tab. Rows may come in any order and more than once; a row without a score is no answer.

=========  ========================================  ===========================================
column     also called                               what it holds
=========  ========================================  ===========================================
when       date, day, at, datetime                   2026-11-22, 2026-11-22 20:30, with or without
                                                     an offset; a day alone means 20:00
time       clock                                     20:30, if ``when`` holds only the day
pain       score, value, nprs, vas                   0 to 10, or 0 to 100 all through; may be empty
kind       type                                      diary (default), before, after, visit,
                                                     elsewhere, medicine, recalled_week, intake
minutes    length                                    length of a visit, 60 if empty
technique  treatment                                 what was mainly done at a visit
region     area                                      what the score is about; each is read apart
prompted   reminded                                  yes or no: a reminder asked for the answer
sleep      sleep_hours                               hours of the night before
stress                                               of that day, any scale
workload   load                                      of that day, any scale
=========  ========================================  ===========================================

Lines that begin with ``#`` are notes, except these, which may stand anywhere:

# zone: Europe/Berlin     where the times without an offset are from
# scale: 100              scores are 0 to 100
# pain_weeks: 30          how long the pain had lasted at the first answer
# worthwhile: 1.5         the relief over the week that would be worth it, in points of 10
# elsewhere: no           whether there is massage elsewhere, too
# randomised: yes         chance chose the days of the visits

Visits may stand in a second table with the columns when, minutes and technique. Days before 1990,
and days still to come, are refused.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from unknot.reasoning.outcomes.diary import Diary, Entry, Factor, Kind, Session
from unknot.reasoning.outcomes.table import DiaryError, Row, Table, known_zone, notes, table

EVENING = time(20, 0)
FACTORS = ("sleep", "stress", "workload")
COLUMNS: Mapping[str, str] = {
    **dict.fromkeys(("when", "date", "day", "at", "datetime"), "when"),
    **dict.fromkeys(("time", "clock"), "time"),
    **dict.fromkeys(("pain", "score", "value", "nprs", "vas"), "pain"),
    **dict.fromkeys(("kind", "type"), "kind"),
    **dict.fromkeys(("minutes", "length"), "minutes"),
    **dict.fromkeys(("technique", "treatment"), "technique"),
    **dict.fromkeys(("region", "area"), "region"),
    **dict.fromkeys(("prompted", "reminded"), "prompted"),
    **dict.fromkeys(("sleep", "sleep_hours"), "sleep"),
    **dict.fromkeys(("stress",), "stress"),
    **dict.fromkeys(("workload", "load"), "workload"),
}
VISIT, ELSEWHERE, MEDICINE = "visit", "elsewhere", "medicine"
KINDS: Mapping[str, str] = {
    **dict.fromkeys(("", "diary", "home", "check-in", "check_in"), Kind.DIARY),
    **dict.fromkeys(("before", "pre"), Kind.BEFORE),
    **dict.fromkeys(("after", "post"), Kind.AFTER),
    **dict.fromkeys(("recalled_week", "recalled", "week"), Kind.RECALLED_WEEK),
    **dict.fromkeys(("intake",), Kind.INTAKE),
    **dict.fromkeys((VISIT, "session", "massage"), VISIT),
    **dict.fromkeys((ELSEWHERE,), ELSEWHERE),
    **dict.fromkeys((MEDICINE, "medication"), MEDICINE),
}
YES_NO: Mapping[str, bool] = {"yes": True, "true": True, "1": True,
                              "no": False, "false": False, "0": False}  # fmt: skip
LONGEST_MINUTES = 300
FIRST_YEAR, LAST_YEAR = 1990, 2199
AHEAD = timedelta(days=1)  # a day that has begun somewhere may be a day ahead of the reader's
LEAST_ABOVE = 3  # scores above 10 before a table is taken for one of 0 to 100


@dataclass
class _Read:
    """What has been read so far, and how to read on."""

    zone: str
    instrument: str
    today: date | None
    entries: list[Entry] = field(default_factory=list)
    sessions: list[Session] = field(default_factory=list)
    factors: list[Factor] = field(default_factory=list)
    medicine: list[date] = field(default_factory=list)


def read_diary(
    text: str,
    *,
    name: str = "diary",
    zone: str = "UTC",
    sessions: str = "",
    sessions_name: str = "sessions",
    today: date | None = None,
) -> Diary:
    """The diary in ``text``, and the visits in the table ``sessions`` if there is one.

    Times without an offset are in the file's zone, else in ``zone``. Pain is 0 to 10, or 0 to 100
    when a note says so or most scores are above 10. An empty cell means no answer and is passed
    over. With ``today``, a row more than a day after it is refused. Raises DiaryError with line,
    column and cure for anything else it cannot read.
    """
    told = notes(text, name)
    place, zone = told.get("zone", (1, zone))
    known_zone(zone, name, place)
    rows = table(text, COLUMNS, ("when", "pain"), name)
    found = _Read(zone, "OM-VAS" if _of_hundred(rows, told, name) else "OM-NPRS", today)
    for row in rows.rows:
        _take(row, found)
    if sessions:
        for row in table(sessions, COLUMNS, ("when",), sessions_name).rows:
            found.sessions.append(_session(row, found, elsewhere=False))
    return Diary(
        entries=tuple(found.entries),
        sessions=tuple(found.sessions),
        zone=zone,
        factors=tuple(found.factors),
        medicine=tuple(found.medicine),
        pain_weeks=_note_number(told, "pain_weeks", name),
        worthwhile=_note_number(told, "worthwhile", name, 10) or 1.0,
        elsewhere=_note_yes(told, "elsewhere", name),
        randomised=bool(_note_yes(told, "randomised", name)),
    )


def _take(row: Row, found: _Read) -> None:
    """Adds what one row holds."""
    kind = KINDS.get(row.cell("kind").lower())
    if kind is None:
        kinds = ", ".join(dict.fromkeys(KINDS.values()))
        raise row.error("kind", "This kind is not known.", f"Write one of: {kinds}.")
    if kind in (VISIT, ELSEWHERE):
        found.sessions.append(_session(row, found, elsewhere=kind == ELSEWHERE))
        return
    at = _when(row, found)
    on = at.astimezone(ZoneInfo(found.zone)).date()
    if kind == MEDICINE:
        found.medicine.append(on)
        return
    for name in FACTORS:
        if row.cell(name):
            found.factors.append(Factor(on, name, _number(row, name)))
    if row.cell("pain"):
        value = _pain(row, 100 if found.instrument == "OM-VAS" else 10)
        found.entries.append(
            Entry(at, value, kind, found.instrument, row.cell("region"), _prompted(row))
        )


def _session(row: Row, found: _Read, *, elsewhere: bool) -> Session:
    return Session(_when(row, found), _minutes(row), row.cell("technique"), elsewhere)


def _of_hundred(rows: Table, told: Mapping[str, tuple[int, str]], name: str) -> bool:
    """Whether scores are 0 to 100: by a note, or because most of them are above 10."""
    if "scale" in told:
        place, text = told["scale"]
        if text not in ("10", "100"):
            raise DiaryError(name, place, "scale", "This scale is not known.", "Write 10 or 100.")
        return text == "100"
    scores = [_try(row.cell("pain")) for row in rows.rows if row.cell("pain")]
    known = [score for score in scores if score is not None]
    above = sum(score > 10 for score in known)
    return above >= LEAST_ABOVE and above > len(known) / 2


def _when(row: Row, found: _Read) -> datetime:
    text = " ".join(part for part in (row.cell("when"), row.cell("time")) if part)
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise row.error(
            "when",
            "This is not a date we can read.",
            "Write it like 2026-11-22 or 2026-11-22 20:30.",
        ) from None
    if not FIRST_YEAR <= at.year <= LAST_YEAR:
        wrong = f"This year is not from {FIRST_YEAR} to {LAST_YEAR}."
        raise row.error("when", wrong, "Write the year with four digits, like 2026-11-22.")
    if found.today is not None and at.date() > found.today + AHEAD:
        wrong = "This day is still to come."
        raise row.error("when", wrong, "Mend the date, or remove the row until that day has been.")
    if len(text) == len("2026-11-22"):
        at = datetime.combine(at.date(), EVENING)
    return at if at.utcoffset() is not None else at.replace(tzinfo=ZoneInfo(found.zone))


def _try(text: str) -> float | None:
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return None


def _pain(row: Row, most: int) -> float:
    value = _try(row.cell("pain"))
    if value is None or not 0 <= value <= most:
        cure = "Write the score, or leave it empty."
        if value is not None and 10 < value <= 100:
            cure += " For scores of 0 to 100, begin with the line: # scale: 100"
        raise row.error("pain", f"This is not a number from 0 to {most}.", cure)
    return value


def _number(row: Row, column: str) -> float:
    value = _try(row.cell(column))
    if value is None or not -1e6 < value < 1e6:
        raise row.error(column, "This is not a number.", "Write a number, or leave it empty.")
    return value


def _prompted(row: Row) -> bool | None:
    text = row.cell("prompted").lower()
    if text and text not in YES_NO:
        raise row.error("prompted", "This is neither yes nor no.", "Write yes, no, or nothing.")
    return YES_NO.get(text)


def _minutes(row: Row) -> int:
    text = row.cell("minutes") or "60"
    if not text.isdecimal() or not 0 < int(text) <= LONGEST_MINUTES:
        raise row.error(
            "minutes", "This is not a length in minutes.", "Write a number from 1 to 300."
        )
    return int(text)


def _note_number(
    told: Mapping[str, tuple[int, str]], note: str, name: str, most: int = 9999
) -> float | None:
    if note not in told:
        return None
    place, text = told[note]
    value = _try(text)
    if value is None or not 0 < value <= most:
        wrong = f"This is not a number above 0, up to {most}."
        raise DiaryError(name, place, note, wrong, f"Write it like # {note}: 1.5")
    return value


def _note_yes(told: Mapping[str, tuple[int, str]], note: str, name: str) -> bool | None:
    if note not in told:
        return None
    place, text = told[note]
    if text.lower() not in YES_NO:
        raise DiaryError(name, place, note, "This is neither yes nor no.", "Write yes or no.")
    return YES_NO[text.lower()]
