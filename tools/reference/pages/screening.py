"""Red flags and safety rules: when each fires, what follows, who says so."""

from collections.abc import Iterator

from tools.reference.text import cited, plain, row, wrapped
from unknot.knowledge import Knowledge
from unknot.knowledge.rules import Rule
from unknot.knowledge.safety import POSITIONS, SafetyRecord
from unknot.reasoning.conditions import in_words

TITLE = "Red flags and safety rules"
ABOUT = "when each fires, what follows from it, what it says and who says so."


def body(knowledge: Knowledge) -> Iterator[str]:
    """Every red flag and safety rule."""
    yield from wrapped(_HOW)
    yield ""
    yield f"## Red flags ({len(knowledge.red_flags)})"
    yield ""
    for flag in knowledge.red_flags.values():
        yield from _record(flag, knowledge)
    yield f"## Safety rules ({len(knowledge.rules)})"
    yield ""
    for rule in knowledge.rules.values():
        yield from _record(rule, knowledge)


_HOW = (
    "Red flags are read first, then every rule. The worst result counts, the lowest pressure "
    "ceiling, and every exclusion. An answer that was not given is unknown and never passes. "
    "No clinician has signed these records yet: each is marked as pending. Cut-offs that are "
    "practice conventions say so. This is not medical advice."
)


def _record(record: SafetyRecord, knowledge: Knowledge) -> Iterator[str]:
    yield f"### {record.id}: {record.title}"
    yield ""
    for label, text in _facts(record, knowledge):
        yield from row(label, text)
    yield ""


def _facts(record: SafetyRecord, knowledge: Knowledge) -> Iterator[tuple[str, str]]:
    questions = knowledge.questions
    if record.when:
        yield "Fires when", in_words(record.when, questions)
    same_as = getattr(record, "same_as", None)
    if same_as:
        yield "Says the same as", same_as
    if isinstance(record, Rule) and record.for_red_flags:
        yield "Counts for red flags", ", ".join(plain(u) for u in record.for_red_flags)
    yield "Result", _result(record)
    for worse in record.worse_when:
        raised = [plain(worse.disposition)] if worse.disposition else []
        yield (
            "Raised to " + ", ".join([*raised, plain(worse.urgency)]),
            f"when {in_words(worse.when, questions)}",
        )
    yield from _limits(record)
    yield "To the client", f"{record.tell} {record.do}"
    if record.adapt:
        yield "To the therapist", record.adapt
    yield "Why", record.because
    yield "Sources", f"{cited(record.sources, knowledge)}; {record.confidence} confidence"
    yield "Version", f"{record.version}, review by {record.review_by}, review pending"


def _result(record: SafetyRecord) -> str:
    parts = [plain(record.disposition)] if isinstance(record, Rule) else []
    parts.append(plain(record.urgency) if record.urgency != "none" else "no doctor needed")
    if record.urgency == "emergency_now" and not record.clears_emergency:
        parts.append("an answer cannot lift it")
    elif record.clearance_days:
        parts.append(f"a clinician's clearance counts {record.clearance_days} days")
    if isinstance(record, Rule):
        parts.append("may be overridden" if record.overridable else "never overridden")
    return "; ".join(parts)


def _limits(record: SafetyRecord) -> Iterator[tuple[str, str]]:
    groups = getattr(record, "groups", ())
    if groups:
        yield "Concerns", ", ".join(plain(group) for group in groups)
    if not isinstance(record, Rule):
        return
    if record.pressure_ceiling < 5:
        yield "Pressure", f"{record.pressure_ceiling} of 5 at most"
    if record.pain_cap < 5:
        yield "Pain during it", f"{record.pain_cap} of 10 at most"
    if record.most_minutes:
        yield "Time", f"{record.most_minutes} minutes at most"
    where = [f"where `{name}` says" for name in record.exclude_where]
    left_out = [*(plain(group) for group in record.exclude_groups), *where]
    named = (
        ("Left out", left_out),
        ("Gentle, where numb", [plain(g) for part in record.gentle for g in part.groups]),
        ("Not used", list(record.ban_techniques)),
        ("Not lying", [POSITIONS[position] for position in record.avoid_positions]),
    )
    yield from ((label, ", ".join(names)) for label, names in named if names)
