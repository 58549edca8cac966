"""Medicines by name: what each belongs to, and what its class says about a person."""

from collections.abc import Iterator

from tools.reference.text import cited, plain, wrapped
from unknot.knowledge import Knowledge
from unknot.knowledge.medicines import Medicine, MedicineClass, Says

TITLE = "Medicines"
ABOUT = "names and brands that are recognised, their classes, and what a class makes us ask."


def body(knowledge: Knowledge) -> Iterator[str]:
    """The classes with what follows from them, then every medicine."""
    yield from wrapped(
        "A name is read with small misspellings. One that is not recognised counts as unknown, "
        "never as harmless. ATC is the code of the World Health Organization's list."
    )
    yield from ("", f"## Classes ({len(knowledge.medicine_classes)})", "")
    for one in knowledge.medicine_classes.values():
        yield from _class(one, knowledge)
    yield f"## Medicines ({len(knowledge.medicines)})"
    yield ""
    for medicine in knowledge.medicines.values():
        yield from wrapped(_line(medicine, knowledge), "  ")


def _class(one: MedicineClass, knowledge: Knowledge) -> Iterator[str]:
    yield f"### {one.name}"
    yield ""
    yield from wrapped(one.because)
    yield ""
    for said in one.says:
        yield from wrapped(f"- {_said(said, knowledge)}", "  ")
    sources = cited(one.sources, knowledge)
    yield from wrapped(
        f"- **Sources:** {sources}; {one.confidence} confidence, review pending", "  "
    )
    yield ""


def _said(said: Says, knowledge: Knowledge) -> str:
    question = knowledge.questions[said.question]
    answer = question.words(said.choice) if said.choice else "Yes"
    return f"`{said.question}`: “{answer}” ({plain(said.holds)})"


def _line(medicine: Medicine, knowledge: Knowledge) -> str:
    classes = ", ".join(knowledge.medicine_classes[name].name for name in medicine.classes)
    text = f"- **{medicine.name}** ({', '.join(medicine.atc)}): {classes}"
    names = (*medicine.brands, *medicine.also)
    return f"{text}; also {', '.join(names)}" if names else text
