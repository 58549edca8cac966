"""Writes docs/reference/ from the knowledge: run it after changing a record.

python tools/build_reference.py            writes the pages
python tools/build_reference.py --check    exits with 1 and names the pages that are stale
"""

import argparse
import sys
import textwrap
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "docs" / "reference"
sys.path.insert(0, str(FOLDER.parents[1]))

from unknot.knowledge import Knowledge, load  # noqa: E402
from unknot.knowledge.loader import Citation  # noqa: E402
from unknot.knowledge.questions import Question  # noqa: E402
from unknot.knowledge.rules import Rule  # noqa: E402
from unknot.knowledge.safety import POSITIONS, SafetyRecord  # noqa: E402
from unknot.knowledge.when import Group, Test, When  # noqa: E402

WIDTH = 99
_OPERATORS = {"at_least": "at least", "at_most": "at most", "above": "above", "below": "below"}
_MADE = "Written by `tools/build_reference.py` from the knowledge; do not edit."


# --- Conditions in words -----------------------------------------------------------------------


def in_words(when: When, questions: Mapping[str, Question]) -> str:
    """The condition as one sentence without a full stop."""
    return _part(when.root, questions, outermost=True)


def _part(part: Test | Group, questions: Mapping[str, Question], *, outermost: bool) -> str:
    if isinstance(part, Test):
        return _test(part, questions[part.question])
    inner = [_part(item, questions, outermost=False) for item in part.parts]
    if part.negated:
        return f"none of ({'; '.join(inner)})"
    if len(inner) == 1:
        return inner[0]
    if part.least == len(inner):
        text = " and ".join(inner)
    elif part.least == 1:
        text = " or ".join(inner)
    else:
        return f"at least {part.least} of ({'; '.join(inner)})"
    return text if outermost else f"({text})"


def _test(test: Test, question: Question) -> str:
    name = f"`{test.question}`"
    if test.operator in _OPERATORS:
        return f"{name} {_OPERATORS[test.operator]} {test.values[0]} {question.unit}".rstrip()
    if question.kind == "yes_no":
        return f"{name} {'yes' if test.values[0] else 'no'}"
    return f"{name}: {' or '.join(f'“{question.words(str(word))}”' for word in test.values)}"


# --- Pages -------------------------------------------------------------------------------------


def screening(knowledge: Knowledge) -> str:
    """Every red flag and safety rule."""
    lines = ["# Red flags and safety rules", "", _MADE, "", *_wrapped(_HOW), ""]
    lines += [f"## Red flags ({len(knowledge.red_flags)})", ""]
    for flag in knowledge.red_flags.values():
        lines += _record(flag, knowledge)
    lines += [f"## Safety rules ({len(knowledge.rules)})", ""]
    for rule in knowledge.rules.values():
        lines += _record(rule, knowledge)
    return "\n".join(lines).rstrip() + "\n"


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
        yield from _wrapped(f"- **{label}:** {text}", "  ")
    yield ""


def _facts(record: SafetyRecord, knowledge: Knowledge) -> Iterator[tuple[str, str]]:
    questions = knowledge.questions
    if record.when:
        yield "Fires when", in_words(record.when, questions)
    same_as = getattr(record, "same_as", None)
    if same_as:
        yield "Says the same as", same_as
    if isinstance(record, Rule) and record.for_red_flags:
        yield "Counts for red flags", ", ".join(_plain(u) for u in record.for_red_flags)
    yield "Result", _result(record)
    for worse in record.worse_when:
        raised = [_plain(worse.disposition)] if worse.disposition else []
        yield (
            "Raised to " + ", ".join([*raised, _plain(worse.urgency)]),
            f"when {in_words(worse.when, questions)}",
        )
    yield from _limits(record)
    yield "To the client", f"{record.tell} {record.do}"
    if record.adapt:
        yield "To the therapist", record.adapt
    yield "Why", record.because
    yield "Sources", f"{_sources(record.sources, knowledge)}; {record.confidence} confidence"
    yield "Version", f"{record.version}, review by {record.review_by}, review pending"


def _result(record: SafetyRecord) -> str:
    parts = [_plain(record.disposition)] if isinstance(record, Rule) else []
    parts.append(_plain(record.urgency) if record.urgency != "none" else "no doctor needed")
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
        yield "Concerns", ", ".join(_plain(group) for group in groups)
    if not isinstance(record, Rule):
        return
    if record.pressure_ceiling < 5:
        yield "Pressure", f"{record.pressure_ceiling} of 5 at most"
    if record.pain_cap < 5:
        yield "Pain during it", f"{record.pain_cap} of 10 at most"
    if record.most_minutes:
        yield "Time", f"{record.most_minutes} minutes at most"
    where = [f"where `{name}` says" for name in record.exclude_where]
    left_out = [*(_plain(group) for group in record.exclude_groups), *where]
    named = (
        ("Left out", left_out),
        ("Gentle, where numb", [_plain(g) for part in record.gentle for g in part.groups]),
        ("Not used", list(record.ban_techniques)),
        ("Not lying", [POSITIONS[position] for position in record.avoid_positions]),
    )
    yield from ((label, ", ".join(names)) for label, names in named if names)


def _sources(citations: tuple[Citation, ...], knowledge: Knowledge) -> str:
    return "; ".join(
        knowledge.sources[citation.id].short + (f" ({citation.at})" if citation.at else "")
        for citation in citations
    )


def questions(knowledge: Knowledge) -> str:
    """Every question, with its choices and when it is asked."""
    lines = ["# Questions", "", _MADE, ""]
    for section in knowledge.sections.values():
        lines += [f"## {section.title}", "", section.lede, ""]
        for question in knowledge.questions.values():
            if question.section == section.id:
                lines += _question(question, knowledge)
    return "\n".join(lines).rstrip() + "\n"


def _question(question: Question, knowledge: Knowledge) -> Iterator[str]:
    yield f"### `{question.id}`"
    yield ""
    yield from _wrapped(question.text)
    yield ""
    kind = _plain(question.kind)
    if question.kind in ("number", "scale_0_10"):
        kind += f", {question.low} to {question.high} {question.unit}".rstrip()
    yield f"- **Kind:** {kind}"
    if question.ask_when:
        when = in_words(question.ask_when, knowledge.questions)
        yield from _wrapped(f"- **Asked when:** {when}", "  ")
    if question.choices_from:
        yield "- **Choices:** groups of the body chart"
    elif question.choices:
        for choice in question.choices:
            yield from _wrapped(f"- `{choice.id}`: {choice.text}", "  ")
    yield ""


def sources(knowledge: Knowledge) -> str:
    """The bibliography."""
    lines = ["# Sources", "", _MADE, ""]
    for source in knowledge.sources.values():
        ids = [
            f"doi:{source.doi}" if source.doi else "",
            f"PMID {source.pmid}" if source.pmid else "",
        ]
        ids += [source.pmc or "", f"ISBN {source.isbn}" if source.isbn else "", source.web or ""]
        known = ", ".join(item for item in ids if item)
        text = f"- **{source.id}** {source.authors}. {source.about}. {source.place}."
        text += f" {known}." if known else ""
        lines += _wrapped(f"{text} ({_plain(source.status)})", "  ")
    return "\n".join(lines) + "\n"


def _plain(word: str) -> str:
    return word.replace("_", " ").replace("gp", "GP")


def _wrapped(text: str, indent: str = "") -> list[str]:
    return textwrap.wrap(
        text, WIDTH, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )


PAGES: dict[str, Callable[[Knowledge], str]] = {
    "screening.md": screening,
    "questions.md": questions,
    "sources.md": sources,
}


def stale(folder: Path = FOLDER) -> list[str]:
    """Names of the pages that are missing or do not say what the knowledge says."""
    pages = {name: page(load()) for name, page in PAGES.items()}
    return [
        name
        for name, text in pages.items()
        if not (folder / name).is_file() or (folder / name).read_text("utf-8") != text
    ]


def write(folder: Path = FOLDER) -> None:
    """Writes every page."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, page in PAGES.items():
        (folder / name).write_text(page(load()), encoding="utf-8")


def main() -> int:
    """Writes or checks. Exit code 1 when a page is stale."""
    parser = argparse.ArgumentParser(description="The reference, written from the knowledge.")
    parser.add_argument("--check", action="store_true", help="only say what is stale")
    if not parser.parse_args().check:
        write()
        return 0
    names = stale()
    for name in names:
        print(f"docs/reference/{name} is stale: run python tools/build_reference.py")
    return 1 if names else 0


if __name__ == "__main__":
    sys.exit(main())
