"""How we read the names of medicines, in sentences for the one who wrote them."""

from collections.abc import Iterator, Mapping

from unknot.knowledge import Knowledge, load
from unknot.reasoning.case import Case
from unknot.reasoning.medicine_facts import KINDS, NAMES, SPELLING, denied, reading
from unknot.reasoning.medicines import Recognised


def as_read(case: Case, *, knowledge: Knowledge | None = None) -> tuple[str, ...]:
    """One sentence for each medicine that was named; none when none was."""
    known = knowledge or load()
    read = reading(case.answers, known)
    return tuple(
        _sentence(item, known, confirmed=read.spelling_right is True) for item in read.items
    )


def about(question_id: str, case: Case, *, knowledge: Knowledge | None = None) -> tuple[str, ...]:
    """The sentences a question about the names needs beside it; none for any other question."""
    known = knowledge or load()
    items = reading(case.answers, known).items
    if question_id == SPELLING:
        return tuple(_sentence(item, known) for item in items if item.how == "close")
    if question_id == KINDS:
        return tuple(_to_place(items, case.answers, known))
    return as_read(case, knowledge=known) if question_id == NAMES else ()


def _to_place(
    items: tuple[Recognised, ...], answers: Mapping[str, object], knowledge: Knowledge
) -> Iterator[str]:
    wrong = answers.get(SPELLING) is False
    for item in items:
        if item.how == "not_recognised" or (item.how == "close" and wrong):
            yield f"We do not know “{item.written}”."
        elif denied(item, answers, knowledge):
            what = f"{_start(item.written)} is {_classes(item, knowledge)}"
            yield f"{what}; nothing you told us is what it is mostly for."


def _sentence(item: Recognised, knowledge: Knowledge, *, confirmed: bool = False) -> str:
    if item.how == "not_recognised":
        return f"We do not know “{item.written}”."
    if item.how == "class":
        return f"{_start(item.written)}: {_classes(item, knowledge)}."
    name = f"{item.name[:1].lower()}{item.name[1:]}"
    what = f"{name}, {_classes(item, knowledge)}"
    if item.how == "close" and not confirmed:
        return f"We read “{item.written}” as {what}. Is that right?"
    if item.written == name:
        return f"{_start(item.written)} is {_classes(item, knowledge)}."
    return f"{_start(item.written)} is {what}."


def _classes(item: Recognised, knowledge: Knowledge) -> str:
    return " and ".join(_a(knowledge.medicine_classes[kind].a) for kind in item.classes)


def _a(what: str) -> str:
    """With its article; insulin has none."""
    if what == "insulin":
        return what
    return f"an {what}" if what[0] in "aeiou" else f"a {what}"


def _start(text: str) -> str:
    return text[:1].upper() + text[1:]
