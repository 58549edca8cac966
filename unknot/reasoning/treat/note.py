"""The note that writes itself: a visit's taps as a SOAP note and as a summary for the client.

The text says only what was tapped. What was not asked is written as not asked, and a lower number
right after a visit is never called an effect of the course: one pair of numbers cannot show that.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from unknot.reasoning.treat.dial import AreaLog
from unknot.reasoning.words import PRESSURE_WORDS


class Response(StrEnum):
    """How an area answered, as the therapist felt or was told."""

    EASED = "eased"
    UNCHANGED = "unchanged"
    TENDER = "tender"
    REFERRED = "referred"
    GUARDED = "guarded"


RESPONSE_WORDS = {
    Response.EASED: "eased",
    Response.UNCHANGED: "no change",
    Response.TENDER: "tender",
    Response.REFERRED: "familiar pain reproduced elsewhere",
    Response.GUARDED: "guarding",
}


@dataclass(frozen=True)
class Treated:
    """One treatment entry: an area, a technique, pressure 1-5, whole minutes, and how the area
    answered (may be None)."""

    area: str
    technique: str
    pressure: int
    minutes: int
    response: Response | None = None


@dataclass(frozen=True)
class VisitRecord:
    """What is known about one visit. Pains are 0-10, None when not asked; `new_since` is None when
    not asked.

    `findings` are sentences from the assessment of the day; `words` are the therapist's own from
    the room; `told_ahead` says that the client answered what is new on their own phone;
    `home_care` are the names given to the client.
    """

    on: date
    complaint: str
    number: int = 1
    wants: str = ""
    new_since: tuple[str, ...] | None = None
    told_ahead: bool = False
    screened_on: date | None = None
    pain_before_0_10: int | None = None
    pain_after_0_10: int | None = None
    treated: tuple[Treated, ...] = ()
    dial: tuple[AreaLog, ...] = ()
    pressure_ceiling: int = 5
    kept_off: tuple[str, ...] = ()
    findings: tuple[str, ...] = ()
    words: str = ""
    home_care: tuple[str, ...] = ()
    next_on: date | None = None

    @property
    def minutes(self) -> int:
        """Hands-on minutes: the sum over the entries."""
        return sum(entry.minutes for entry in self.treated)


@dataclass(frozen=True)
class NoteText:
    """The parts of a note. The first four are for the professional, `client_summary` is for the
    client."""

    subjective: str
    objective: str
    assessment: str
    plan: str
    client_summary: str


def write(visit: VisitRecord) -> NoteText:
    """The note as its taps tell it; every part has text, so that a blank part is a choice of
    the author."""
    return NoteText(
        subjective=_lines(_complaint(visit), _news(visit), _wants(visit), _pain_before(visit)),
        objective=_lines(
            *visit.findings, visit.words, *_work(visit), *_dial(visit), _limits(visit)
        ),
        assessment=_lines(_immediate(visit), _answers(visit), _alerts(visit)),
        plan=_lines(_home_care(visit), _pressure_next(visit), _next(visit)),
        client_summary=_client_summary(visit),
    )


def _lines(*parts: str) -> str:
    return "\n".join(part for part in parts if part)


def _complaint(visit: VisitRecord) -> str:
    return f"Visit {visit.number}. {visit.complaint}."


def _news(visit: VisitRecord) -> str:
    if visit.new_since is None and visit.screened_on is not None:
        return f"Screened {day_words(visit.screened_on)}."
    if visit.new_since is None:
        return "Not asked whether anything is new."
    ahead = ", answered on the client's own phone" if visit.told_ahead else ""
    if not visit.new_since:
        return f"Nothing new since the last screening{ahead}."
    return f"New since the last screening{ahead}: {'; '.join(visit.new_since)}."


def _wants(visit: VisitRecord) -> str:
    return f"Wants today: {visit.wants.rstrip('.')}." if visit.wants else ""


def _pain_before(visit: VisitRecord) -> str:
    if visit.pain_before_0_10 is None:
        return "Pain before treatment not asked."
    return f"Pain before treatment {visit.pain_before_0_10}/10."


def _work(visit: VisitRecord) -> tuple[str, ...]:
    if not visit.treated:
        return ("No treatment entered.",)
    total = f"Treated {visit.minutes} min hands-on."
    return (total, *(_entry(entry) for entry in visit.treated))


def _entry(entry: Treated) -> str:
    words = PRESSURE_WORDS[entry.pressure]
    pressure = f"pressure {entry.pressure}/5 ({words})"
    text = f"{entry.area}: {entry.technique}, {entry.minutes} min, {pressure}"
    return f"{text}; {RESPONSE_WORDS[entry.response]}." if entry.response else f"{text}."


def _dial(visit: VisitRecord) -> tuple[str, ...]:
    return tuple(_dial_line(log) for log in visit.dial)


def _dial_line(log: AreaLog) -> str:
    counts = (
        ("less", log.less),
        ("just right", log.right),
        ("more", log.more),
        ("stop", log.stop),
        ("stop (taken back)", log.stop_back),
    )
    words = [f"{word} {_times(count)}" for word, count in counts if count]
    if log.pain_highest_0_10 is not None:
        words.append(f"pain up to {log.pain_highest_0_10}/10")
    return f"On the pressure dial, {log.area or 'no area in work'}: {', '.join(words)}."


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count} times")


def _limits(visit: VisitRecord) -> str:
    limits = []
    if visit.pressure_ceiling < 5:
        limits.append(f"pressure held at or below {visit.pressure_ceiling}/5")
    if visit.kept_off:
        limits.append("kept off " + _listed(visit.kept_off))
    return f"Screening limits: {'; '.join(limits)}." if limits else ""


def _immediate(visit: VisitRecord) -> str:
    before, after = visit.pain_before_0_10, visit.pain_after_0_10
    if before is None or after is None:
        return "Immediate effect on pain not measured (before and after are both needed)."
    change = after - before
    if change == 0:
        said = "no immediate change"
    else:
        points = "point" if abs(change) == 1 else "points"
        said = (
            f"{abs(change)} {points} {'lower' if change < 0 else 'higher'} right after treatment"
        )
    only = "One pair of numbers says nothing about the course."
    return f"Pain {before}/10 before, {after}/10 after: {said}. {only}"


def _answers(visit: VisitRecord) -> str:
    groups = []
    for response, words in RESPONSE_WORDS.items():
        areas = tuple(
            dict.fromkeys(entry.area for entry in visit.treated if entry.response is response)
        )
        if areas:
            groups.append(f"{words}: {_listed(areas)}")
    return f"Tissue response: {'; '.join(groups)}." if groups else ""


def _alerts(visit: VisitRecord) -> str:
    areas = tuple(_alerted(log) for log in visit.dial if log.alerts)
    return f"Client asked to stop or passed the pain limit: {_listed(areas)}." if areas else ""


def _alerted(log: AreaLog) -> str:
    """The area, with the limit where one is known."""
    limit = "" if log.pain_limit_0_10 is None else f" (limit {log.pain_limit_0_10}/10)"
    return f"{log.area or 'no area in work'}{limit}"


def _home_care(visit: VisitRecord) -> str:
    return (
        f"Home care: {'; '.join(visit.home_care)}." if visit.home_care else "No home care given."
    )


def _pressure_next(visit: VisitRecord) -> str:
    right = [
        f"{log.area} {log.right_pressure}/5"
        for log in visit.dial
        if log.area and log.right_pressure
    ]
    return f"Pressure the client called just right: {', '.join(right)}." if right else ""


def _next(visit: VisitRecord) -> str:
    return f"Next visit {day_words(visit.next_on)}." if visit.next_on else "No next visit booked."


def _client_summary(visit: VisitRecord) -> str:
    return _lines(_client_work(visit), _client_pain(visit), _client_home(visit), _AFTERCARE)


_AFTERCARE = (
    "Some soreness for a day or so is common. Tell us if it lasts more than three days, if it "
    "spreads, or if anything new appears, such as numbness or weakness."
)
"""Most soreness starts within 12 hours and ends within 36 (AE-01, CAM07); past 72 hours or
spreading: call (HC-28)."""


def _client_work(visit: VisitRecord) -> str:
    if not visit.treated:
        return f"On {day_words(visit.on)} we met and did no hands-on work."
    areas = _listed(tuple(dict.fromkeys(entry.area.lower() for entry in visit.treated)))
    firmest = PRESSURE_WORDS[max(entry.pressure for entry in visit.treated)]
    minutes = "1 minute" if visit.minutes == 1 else f"{visit.minutes} minutes"
    worked = f"On {day_words(visit.on)} we worked for {minutes}: {areas}."
    return f"{worked} The pressure was {firmest} at most."


def _client_pain(visit: VisitRecord) -> str:
    before, after = visit.pain_before_0_10, visit.pain_after_0_10
    if before is None or after is None:
        return ""
    return (
        f"Your pain was {before} of 10 before and {after} of 10 after. "
        "One visit cannot show whether the course is working. Your check-ins over the next weeks "
        "can."
    )


def _client_home(visit: VisitRecord) -> str:
    return f"At home: {'; '.join(visit.home_care)}." if visit.home_care else ""


def _listed(names: tuple[str, ...]) -> str:
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1]


def day_words(day: date) -> str:
    """The day as 22 November 2026, the same on every machine."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


# Not strftime: that follows the locale of the machine.
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
