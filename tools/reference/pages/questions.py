"""Every question, with its choices and when it is asked."""

from collections.abc import Iterator

from tools.reference.text import plain, wrapped
from unknot.knowledge import Knowledge
from unknot.knowledge.questions import Question
from unknot.reasoning.conditions import in_words

TITLE = "Questions"
ABOUT = "what is asked, the answers it takes and when it is asked."


def body(knowledge: Knowledge) -> Iterator[str]:
    """The questions by section, in the order they are asked."""
    for section in knowledge.sections.values():
        yield f"## {section.title}"
        yield ""
        yield section.lede
        yield ""
        for question in knowledge.questions.values():
            if question.section == section.id:
                yield from _question(question, knowledge)


def _question(question: Question, knowledge: Knowledge) -> Iterator[str]:
    yield f"### `{question.id}`"
    yield ""
    yield from wrapped(question.text)
    yield ""
    kind = plain(question.kind)
    if question.kind in ("number", "scale_0_10"):
        kind += f", {question.low} to {question.high} {question.unit}".rstrip()
    yield f"- **Kind:** {kind}"
    if question.ask_when:
        when = in_words(question.ask_when, knowledge.questions)
        yield from wrapped(f"- **Asked when:** {when}", "  ")
    if question.choices_from:
        yield "- **Choices:** groups of the body chart"
    elif question.choices:
        for choice in question.choices:
            yield from wrapped(f"- `{choice.id}`: {choice.text}", "  ")
    yield ""
