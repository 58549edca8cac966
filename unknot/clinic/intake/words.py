"""What a screening means, in words for the person: headings, reasons, sources, what helps."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from ...knowledge import load
from ...reasoning.case import Answer, Case
from ...reasoning.grounds import Source as Cited
from ...reasoning.scale import Disposition, Urgency
from ...reasoning.screen import Finding, Screening
from ...reasoning.words import PRESSURE_WORDS, span_words
from ..models import Practice
from ..ui.words import listed, long_day, sentence


@dataclass(frozen=True)
class Verdict:
    """The heading of a result, a shape to go with it and the short word on its badge."""

    heading: str
    tone: str
    word: str


VERDICTS: Final = {
    Disposition.TOTAL_CONTRAINDICATION: Verdict("Not now", "stop", "No massage now"),
    Disposition.MEDICAL_CLEARANCE: Verdict("A doctor first", "caution", "A doctor first"),
    Disposition.LOCAL_CONTRAINDICATION: Verdict(
        "Yes, but not everywhere", "caution", "Some areas left out"
    ),
    Disposition.ADAPT: Verdict("Yes, with care", "good", "With changes"),
    Disposition.PROCEED: Verdict("Yes, as far as we can tell", "good", "Nothing against it"),
}
URGENCY: Final = {
    Urgency.EMERGENCY_NOW: "Now",
    Urgency.SAME_DAY: "Today",
    Urgency.GP_SOON: "Within two weeks",
    Urgency.GP_ROUTINE: "At your next routine appointment",
    Urgency.NONE: "",
}
PRESSURE: Final = {
    1: f"{PRESSURE_WORDS[1]} only",
    **{level: f"{PRESSURE_WORDS[level]} pressure at most" for level in (2, 3, 4)},
}
ASIDE: Final = Verdict("Set aside by a therapist", "clay", "Set aside")
CLEARED: Final = Verdict("Cleared by a clinician", "good", "Cleared")
AGREE: Final = Verdict("Something must be agreed first", "caution", "To be agreed first")
UNKNOWN: Final = Verdict("We need to ask a little more", "caution", "Not known yet")


@dataclass(frozen=True)
class Source:
    """Where a statement comes from, for the small print."""

    key: str
    words: str
    place: str


@dataclass(frozen=True)
class FindingWords:
    """One finding as a page shows it."""

    rule_id: str
    version: str
    title: str
    tell: str
    because: str
    do: str
    tell_doctor: str
    verdict: Verdict
    urgency: str
    is_unknown: bool
    is_cleared: bool
    cleared_on: str
    adapt: str
    also: tuple[str, ...]
    consequences: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    sources: tuple[Source, ...]
    confidence: str
    review: str
    overridable: bool


def verdict(screening: Screening) -> Verdict:
    """The heading for a whole screening; missing answers never look like a yes, nor like a
    doctor's business where nothing that was said needs one.
    """
    if screening.undecided and not _stops(screening.so_far):
        return UNKNOWN
    return _verdict(screening.disposition, screening.urgency)


def _verdict(disposition: Disposition, urgency: Urgency) -> Verdict:
    """The words of a disposition; what waits for no doctor is for somebody else to agree to."""
    waits = disposition is Disposition.MEDICAL_CLEARANCE
    return AGREE if waits and urgency is Urgency.NONE else VERDICTS[disposition]


def _stops(disposition: Disposition) -> bool:
    return disposition in (Disposition.TOTAL_CONTRAINDICATION, Disposition.MEDICAL_CLEARANCE)


def finding_words(finding: Finding) -> FindingWords:
    """The finding in words, with its sources spelled out."""
    return FindingWords(
        rule_id=finding.rule_id,
        version=finding.version,
        title=finding.title,
        tell=finding.tell,
        because=finding.because,
        do=finding.do,
        tell_doctor=finding.tell_doctor,
        verdict={"unknown": UNKNOWN, "cleared": CLEARED, "set_aside": ASIDE}.get(
            finding.state, _verdict(finding.disposition, finding.urgency)
        ),
        urgency=URGENCY[finding.urgency],
        is_unknown=finding.state == "unknown",
        is_cleared=finding.state == "cleared",
        cleared_on=long_day(finding.cleared_on) if finding.cleared_on else "",
        adapt=finding.adapt,
        also=finding.also,
        consequences=consequences(finding.pressure_ceiling, finding.excluded_groups),
        facts=tuple(_facts(finding)),
        sources=tuple(_source(source) for source in finding.sources),
        confidence=str(finding.confidence),
        review=finding.clinician_review,
        overridable=finding.overridable,
    )


def _facts(finding: Finding) -> Iterable[tuple[str, str]]:
    """Questions and answers; in the words of then where a question is not asked any more."""
    kept = {fact.question: (fact.asked, fact.answered) for fact in finding.facts}
    for key, answer in finding.facts_read:
        if key in load().questions:
            yield question_text(key), answer_words(key, answer)
        else:
            yield kept.get(key, (key, str(answer)))


def _source(source: Cited) -> Source:
    """The source, also when it has been taken out of the bibliography since."""
    known = load().sources.get(source.id)
    if known is None:
        return Source(source.id, source.cites or source.short, source.at)
    return Source(source.id, known.short, known.place)


def consequences(pressure_ceiling: int, excluded_groups: Iterable[str]) -> tuple[str, ...]:
    """What a ceiling and left-out areas mean, one short phrase each."""
    found = []
    if pressure_ceiling in PRESSURE:
        found.append(PRESSURE[pressure_ceiling])
    areas = [group.replace("_", " ") for group in excluded_groups]
    if areas:
        found.append(f"nothing on the {listed(areas)}")
    return tuple(found)


def sources(keys: Iterable[str]) -> tuple[Source, ...]:
    """The sources, each once, in order."""
    known = load().sources
    return tuple(Source(key, known[key].short, known[key].place) for key in dict.fromkeys(keys))


def question_text(question_id: str) -> str:
    """The question as it was asked."""
    return load().questions[question_id].text


def answer_words(question_id: str, answer: Answer | None) -> str:
    """An answer as one would say it; an unknown one says so."""
    question = load().questions[question_id]
    if answer is None:
        return "Not known"
    if isinstance(answer, bool):
        return "Yes" if answer else "No"
    if isinstance(answer, tuple):
        return "; ".join(question.words(part) for part in answer)
    if isinstance(answer, date):
        return long_day(answer)
    if question.unit == "weeks" and not isinstance(answer, str):
        return span_words(answer)
    if question.kind == "scale_0_10":
        return f"{answer} of 10"
    words = question.words(str(answer))
    unit = question.unit.replace("hours", "hour") if words == "1" else question.unit
    return f"{words} {unit}".strip()


def minutes_words(minutes: int) -> str:
    """How long is left: never more exact than it is known."""
    if minutes < 1:
        return "nearly done"
    return "about 1 minute left" if minutes == 1 else f"about {minutes} minutes left"


# --- What massage can do, and cannot ------------------------------------------------------------


@dataclass(frozen=True)
class Claim:
    """One sentence about what the evidence holds, with its sources."""

    words: str
    sources: tuple[Source, ...]


def _claim(words: str, *keys: str) -> tuple[str, tuple[str, ...]]:
    return words, keys


_CAN: Final = {
    "low_back": (
        _claim(
            "For low back pain that has lasted three months or more, massage may ease pain and "
            "help you move better for a while. The certainty is low to very low.",
            "FUR15",
            "WHO23",
        ),
        _claim(
            "In one large trial people had an hour a week for ten weeks. Relaxing massage worked "
            "as well as the kind aimed at single muscles.",
            "CHE11",
        ),
    ),
    "neck_upper_back": (
        _claim(
            "For long-lasting neck pain, massage may ease pain for a short time. "
            "The certainty is low to very low.",
            "GRO24",
        ),
        _claim(
            "In one trial, an hour two or three times a week for four weeks helped; half-hour "
            "sessions did not clearly help.",
            "SHE14",
        ),
    ),
    "other": (
        _claim(
            "Massage may ease some kinds of long-lasting pain for a short time. What is known "
            "differs from place to place, and mostly the certainty is low.",
            "MAK24",
        ),
    ),
}
_RECENT: Final = {
    "low_back": (
        _claim(
            "Massage may ease low back pain for a short time. The certainty is low to very low.",
            "FUR15",
        ),
        _claim(
            "The trial and the guideline we go by are about pain of three months or more. "
            "Yours is more recent, so they say little about it.",
            "CHE11",
            "WHO23",
        ),
    ),
    "neck_upper_back": (
        _claim(
            "What is known of massage is about long-lasting neck pain. For neck pain that began "
            "a short time ago, the largest review found no trial.",
            "GRO24",
        ),
    ),
    "other": (
        _claim(
            "Massage may ease some kinds of pain for a short time. What is known differs from "
            "place to place, and mostly the certainty is low.",
            "MAK24",
        ),
    ),
}
"""The same for pain of less than three months."""
_LONG_WEEKS: Final = 12
"""From here on pain is long-lasting: three months, as the trials and guidelines count."""
_WITH: Final = _claim(
    "It belongs beside exercise and looking after yourself, not in their place.", "NG59", "NG226"
)
_CANNOT: Final = (
    _claim("Firmer or deeper has not been shown to work better.", "CHE11"),
    _claim(
        "It does not find the cause of pain, cure it, or replace medicine or an operation. "
        "Claims about toxins or posture are not supported.",
        "MAK24",
    ),
)


def can_do(case: Case) -> tuple[Claim, ...]:
    """What massage can do for pain in this area that has lasted so long, never more than the
    evidence holds; where nobody said how long, what is known of long-lasting pain.
    """
    weeks = case.answer("pain_weeks")
    is_recent = isinstance(weeks, int | float) and weeks < _LONG_WEEKS
    known = _RECENT if is_recent else _CAN
    return tuple(_spelled([*known.get(str(case.answer("main_area")), known["other"]), _WITH]))


def cannot_do() -> tuple[Claim, ...]:
    """What massage cannot do, for anyone."""
    return tuple(_spelled(_CANNOT))


def _spelled(claims: Iterable[tuple[str, tuple[str, ...]]]) -> Iterable[Claim]:
    return (Claim(words, sources(keys)) for words, keys in claims)


# --- Emergency ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Emergency:
    """One sentence, one action, one number."""

    sentence: str
    action: str
    number: str
    tel: str


def emergency(screening: Screening, practice: Practice | None) -> Emergency:
    """What the emergency page says. Without a practice the number is named in words."""
    number = practice.emergency_number if practice else ""
    first = next(
        finding
        for finding in screening.findings
        if finding.urgency is Urgency.EMERGENCY_NOW and finding.state == "fired"
    )
    return Emergency(
        sentence=sentence(first.tell),
        action=sentence(first.do),
        number=number or "your local emergency number: 112 in Europe, 911 in North America",
        tel=number if number else "112",
    )


# --- The letter ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class Letter:
    """A letter for a clinician, from the person's own answers. It names no diagnosis."""

    about: str
    concerns: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    asks: tuple[str, ...]
    sources: tuple[Source, ...]


_SEX: Final = {"female": "woman", "male": "man"}
_ALWAYS: Final = ("main_area", "pain_weeks", "onset", "pain_now", "pain_average")


def letter(case: Case, screening: Screening) -> Letter:
    """What a clinician needs: why now, and every answer that led to it."""
    read = dict.fromkeys(_ALWAYS)
    raised = [f for f in screening.findings if f.urgency != Urgency.NONE and f.state == "fired"]
    for finding in raised:
        read.update((key, None) for key, answer in finding.facts_read if answer is not None)
    return Letter(
        about=_who(case),
        concerns=tuple(dict.fromkeys(sentence(f.title) for f in raised)),
        facts=tuple(
            (question_text(key), answer_words(key, case.answer(key)))
            for key in read
            if case.answer(key) not in (None, False, ("none",), "none")
        ),
        asks=asks(raised),
        sources=sources(source.id for f in raised for source in f.sources),
    )


def asks(findings: Iterable[Finding]) -> tuple[str, ...]:
    """What to ask of the doctor, in the first person.

    A record's words list every sign it may stand for; only its request is repeated here, and the
    signs come from the answers, so that nobody is said to have what they have not.
    """
    found = [f.tell_doctor for f in findings if f.tell_doctor and f.state == "fired"]
    requests = [words[words.find("Please") :] for words in found if "Please" in words]
    return tuple(dict.fromkeys(requests)) or ((_ASK,) if found else ())


_ASK: Final = "Please look at this, and tell me whether massage may go on."


def _who(case: Case) -> str:
    age, sex = case.answer("age_years"), _SEX.get(str(case.answer("sex")), "person")
    return f"A {sex} of {age}" if age is not None else f"A {sex}, age not given"
