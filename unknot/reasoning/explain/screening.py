"""Why a screening says what it says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from unknot.knowledge import Knowledge
from unknot.knowledge.safety import POSITIONS, SafetyRecord
from unknot.reasoning.case import Case
from unknot.reasoning.conditions import by_words, in_words
from unknot.reasoning.explain import since
from unknot.reasoning.explain.model import Explanation, Part, Reason, Since
from unknot.reasoning.explain.turning import turns_on
from unknot.reasoning.grounds import NOT_ASKED, Fact, Facts
from unknot.reasoning.scale import NO_CEILING, Disposition, Urgency
from unknot.reasoning.screen import Finding, Screening, decide

DISPOSITIONS: Final[Mapping[Disposition, str]] = {
    Disposition.TOTAL_CONTRAINDICATION: "no massage now",
    Disposition.MEDICAL_CLEARANCE: "no massage until a clinician agrees",
    Disposition.LOCAL_CONTRAINDICATION: "leave an area out, treat elsewhere",
    Disposition.ADAPT: "treat with changes",
    Disposition.PROCEED: "treat as planned",
}
URGENCIES: Final[Mapping[Urgency, str]] = {
    Urgency.EMERGENCY_NOW: "emergency care now",
    Urgency.SAME_DAY: "see a doctor today",
    Urgency.GP_SOON: "see a doctor within two weeks",
    Urgency.GP_ROUTINE: "tell the doctor at the next visit",
    Urgency.NONE: "no doctor needed",
}


def explain(screening: Screening, case: Case | None, knowledge: Knowledge) -> Explanation:
    """The screening with its reasons; `case` lets today's rules be asked about its answers."""
    fired = [one for one in screening.findings if one.state == "fired"]
    decisive = [one for one in fired if _decides(one, screening)]
    named = (
        ("What decided it", decisive),
        ("What else counts", [one for one in fired if one not in decisive]),
        (
            "Cleared by a clinician, or set aside",
            [one for one in screening.findings if one.state in ("cleared", "set_aside")],
        ),
        ("Still open", [one for one in screening.findings if one.state == "unknown"]),
    )
    parts = [
        Part(title, tuple(_reason(one, knowledge) for one in findings))
        for title, findings in named
        if findings
    ]
    if limits := tuple(_limits(screening)):
        parts.append(Part("Where each limit comes from", lines=limits))
    reasons = [reason for part in parts for reason in part.reasons]
    return Explanation(
        about="screening",
        decided=_outcome(screening),
        says=f"{screening.headline}. {screening.say}",
        as_of=screening.as_of,
        knowledge_version=screening.knowledge_version,
        parts=tuple(parts),
        facts=_facts(screening.findings),
        would_change=tuple(_would_change(screening, decisive, reasons, knowledge)),
        today=_today(screening, case, reasons, knowledge),
    )


def _outcome(screening: Screening) -> str:
    text = f"{DISPOSITIONS[screening.disposition]}; {URGENCIES[screening.urgency]}"
    text = f"{text[0].upper()}{text[1:]}"
    return f"{text}; answers are missing" if screening.undecided else text


def _decides(finding: Finding, screening: Screening) -> bool:
    """Whether the finding is one of the worst: it sets the disposition or the urgency."""
    worst = finding.disposition is screening.so_far
    soonest = screening.urgency is not Urgency.NONE and finding.urgency is screening.urgency
    return worst or soonest


# --- One finding ---------------------------------------------------------------------------------


def _record(finding: Finding, knowledge: Knowledge) -> SafetyRecord | None:
    return knowledge.red_flags.get(finding.rule_id) or knowledge.rules.get(finding.rule_id)


def _reason(finding: Finding, knowledge: Knowledge) -> Reason:
    record = _record(finding, knowledge)
    compared = _since(finding, record, knowledge)
    told = finding.state in ("fired", "set_aside")
    return Reason(
        topic="red_flags" if finding.is_red_flag else "rules",
        id=finding.rule_id,
        version=finding.version,
        title=finding.title,
        decided=_decided(finding),
        says=f"{finding.tell} {finding.do}".strip() if told else finding.tell,
        because=finding.because,
        when=finding.fires_when,
        facts=finding.facts or _bare_facts(finding),
        sources=finding.sources,
        evidence=finding.evidence,
        confidence=finding.confidence,
        clinician_review=finding.clinician_review,
        since=compared,
        would_change=_turns(finding, record, compared, knowledge),
    )


def _decided(finding: Finding) -> str:
    what = f"{DISPOSITIONS[finding.disposition]}; {URGENCIES[finding.urgency]}"
    if finding.state == "unknown":
        return f"could still mean: {what}"
    if finding.state == "cleared":
        day = finding.cleared_on
        on = f" on {day.day} {day:%B %Y}" if day else ""
        return f"cleared by a clinician{on}; {what}"
    return f"set aside by a therapist, else: {what}" if finding.state == "set_aside" else what


def _bare_facts(finding: Finding) -> Facts:
    """Facts of a screening that kept no words: ids and answers as they stand."""
    return tuple(
        Fact(name, name, NOT_ASKED if value is None else _bare(value))
        for name, value in finding.facts_read
    )


def _bare(value: object) -> str:
    if isinstance(value, bool):
        return "Yes" if value else "No"
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _since(finding: Finding, record: SafetyRecord | None, knowledge: Knowledge) -> Since:
    then = {"the title": finding.title, "the reason": finding.because}
    now = {}
    if record is not None:
        condition = in_words(record.when, knowledge.questions, by_words) if record.when else ""
        now = {"the title": record.title, "the reason": record.because, "its condition": condition}
        then["its condition"] = finding.fires_when
        if finding.state == "fired":
            then |= {"its words to the client": finding.tell, "what to do": finding.do}
            now |= {"its words to the client": record.tell, "what to do": record.do}
    return since.compare(finding.version, then, now, finding.sources, record, knowledge)


def _turns(
    finding: Finding, record: SafetyRecord | None, compared: Since, knowledge: Knowledge
) -> tuple[str, ...]:
    """What the finding turns on, as long as its rule still reads as it did."""
    if finding.state != "fired" or record is None or record.when is None:
        return ()
    if compared.state != "same":
        return ()
    answers = {name: value for name, value in finding.facts_read if value is not None}
    facts = {fact.question: fact for fact in finding.facts}
    return turns_on(record.when, answers, facts, knowledge.questions)


# --- All findings together -----------------------------------------------------------------------


def _facts(findings: Iterable[Finding]) -> Facts:
    every = (fact for finding in findings for fact in finding.facts or _bare_facts(finding))
    return tuple({fact.question: fact for fact in every}.values())


def _limits(screening: Screening) -> Iterator[str]:
    """Each limit with the findings that set it."""
    held = [one for one in screening.findings if one.state in ("fired", "cleared")]

    def ids(setters: Iterable[Finding]) -> str:
        return ", ".join(one.rule_id for one in setters)

    if screening.pressure_ceiling < NO_CEILING:
        by = ids(f for f in held if f.pressure_ceiling == screening.pressure_ceiling)
        yield f"Pressure at most {screening.pressure_ceiling} of 5: {by}."
    if screening.most_minutes is not None:
        by = ids(f for f in held if f.most_minutes == screening.most_minutes)
        yield f"Visits of at most {screening.most_minutes} minutes: {by}."
    for group in screening.excluded_groups:
        yield f"Left out, {_plain(group)}: {ids(f for f in held if group in f.excluded_groups)}."
    for group in screening.gentle_groups:
        yield f"Gentle, {_plain(group)}: {ids(f for f in held if group in f.gentle_groups)}."
    for name in screening.banned_techniques:
        yield f"Not used, {name}: {ids(f for f in held if name in f.banned_techniques)}."
    for name in screening.positions:
        words = POSITIONS.get(name, _plain(name))
        yield f"Not {words}: {ids(f for f in held if name in f.positions)}."


def _plain(word: str) -> str:
    return word.replace("_", " ")


def _would_change(
    screening: Screening,
    decisive: list[Finding],
    reasons: Iterable[Reason],
    knowledge: Knowledge,
) -> Iterator[str]:
    """The missing answers first; then what each of the worst findings could be lifted by."""
    for name in screening.missing:
        question = knowledge.questions.get(name)
        yield f"An answer to “{question.text if question else name}” could still change it."
    if len(decisive) > 1:
        yield f"Each of the {len(decisive)} findings that decided it would be enough alone."
    turning = {reason.id: reason.would_change for reason in reasons}
    for finding in decisive:
        name = f"{finding.rule_id}, {finding.title}"
        yield from (f"{name}: {line}" for line in turning[finding.rule_id])
        yield from _lifted_by(name, finding, _record(finding, knowledge))


def _lifted_by(name: str, finding: Finding, record: SafetyRecord | None) -> Iterator[str]:
    same = record is not None and record.version == finding.version
    days = record.clearance_days if record is not None and same else 0
    emergency = finding.urgency is Urgency.EMERGENCY_NOW
    if days and (not emergency or (record is not None and record.clears_emergency)):
        yield f"{name}: a clinician's clearance not older than {days} days would lift it."
    elif emergency:
        yield f"{name}: an emergency is lifted by no answer."
    if finding.overridable:
        yield f"{name}: a therapist may set it aside, with a reason that is signed and kept."


def _today(
    screening: Screening, case: Case | None, reasons: Iterable[Reason], knowledge: Knowledge
) -> str:
    general = since.in_general(screening.knowledge_version, reasons, knowledge)
    if case is None or screening.knowledge_version == knowledge.version:
        return general
    now = decide(case, knowledge=knowledge)
    before, after = _outcome(screening), _outcome(now)
    if before == after:
        return f"{general} The same answers give the same result today."
    return f"{general} The same answers would give today: {after}."
