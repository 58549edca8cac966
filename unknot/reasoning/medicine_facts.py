"""What the names of a person's medicines say about them, beside what they ticked.

A medicine that is known counts, whatever was ticked. A close spelling, and a name nobody can
read, leave unknown what it could mean, until somebody confirms it: unknown never passes.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from unknot.knowledge import Knowledge
from unknot.knowledge.questions import NONE
from unknot.reasoning.derived import NOTHING, Because, Derived, Fact, of_facts
from unknot.reasoning.medicines import Recognised, recognise

NAMES: Final = "medicine_names"
SPELLING: Final = "medicine_spelling_right"
KINDS: Final = "medicine_kinds"
READING: Final = "medicine_reading"


@dataclass(frozen=True)
class Reading:
    """The names of one person, with what they have confirmed since."""

    items: tuple[Recognised, ...]
    spelling_right: bool | None
    kinds: tuple[str, ...] | None
    """Classes chosen for the names nobody could read; None while not answered."""


def reading(answers: Mapping[str, object], knowledge: Knowledge) -> Reading:
    """What was written and confirmed."""
    text, kinds, right = answers.get(NAMES), answers.get(KINDS), answers.get(SPELLING)
    return Reading(
        items=recognise(text, knowledge=knowledge) if isinstance(text, str) else (),
        spelling_right=right if isinstance(right, bool) else None,
        kinds=tuple(one for one in kinds if one != NONE)
        if isinstance(kinds, tuple) and kinds
        else None,
    )


def summary(answers: Mapping[str, object], knowledge: Knowledge) -> tuple[str, ...]:
    """What has to be asked about the names, in the choices of question `medicine_reading`."""
    if NAMES not in answers:
        return (NONE,)
    read = reading(answers, knowledge)
    items = tuple(_confirmed(read))
    found: list[str] = []
    if any(item.how == "close" for item in read.items):
        found.append("close")
    if any(item.how == "not_recognised" for item in items):
        found.append("unread")
    if any(denied(item, answers, knowledge) for item in items):
        found.append("denied")
    return tuple(found) or (NONE,)


def derive(answers: Mapping[str, object], knowledge: Knowledge) -> Derived:
    """The answers that follow from the names."""
    if NAMES not in answers and KINDS not in answers:
        return NOTHING
    read = reading(answers, knowledge)
    sure: dict[Fact, Because] = {}
    may_be: dict[Fact, tuple[Because, tuple[str, ...]]] = {}
    items = tuple(_confirmed(read))
    for item in items:
        if item.how == "not_recognised":
            _not_read(item, read, knowledge, may_be)
        elif item.how == "close":
            for fact, _ in _says(item.classes, knowledge, ("always", "often")):
                may_be.setdefault(fact, (_because(item), (SPELLING,)))
        else:
            _read(item, read, knowledge, sure, may_be)
    for fact, reason, firm in _pairs(items, knowledge):
        if firm:
            sure.setdefault(fact, reason)
        else:
            may_be.setdefault(fact, (reason, (SPELLING,)))
    for fact, _ in _says(read.kinds or (), knowledge, ("always", "often", "asked")):
        sure.setdefault(fact, Because((KINDS,), "said about the medicines"))
    return of_facts(answers, sure, may_be, knowledge)


def _confirmed(read: Reading) -> Iterator[Recognised]:
    """The names, with guesses that were confirmed as known and wrong ones as not recognised."""
    for item in read.items:
        if item.how != "close" or read.spelling_right is None:
            yield item
        elif read.spelling_right:
            yield replace(item, how="exact")
        else:
            yield Recognised(item.written, "not_recognised")


def _not_read(
    item: Recognised,
    read: Reading,
    knowledge: Knowledge,
    may_be: dict[Fact, tuple[Because, tuple[str, ...]]],
) -> None:
    """A name nobody can read may be anything, until its kind is said."""
    if read.kinds is None:
        every = knowledge.medicine_classes
        for fact, _ in _says(every, knowledge, ("always", "often", "asked")):
            may_be.setdefault(fact, (_because(item), (KINDS,)))


def _read(
    item: Recognised,
    read: Reading,
    knowledge: Knowledge,
    sure: dict[Fact, Because],
    may_be: dict[Fact, tuple[Because, tuple[str, ...]]],
) -> None:
    """A known name: what its class always means is true, what it often means is asked."""
    for fact, holds in _says(item.classes, knowledge, ("always", "often")):
        if holds == "always":
            sure.setdefault(fact, _because(item))
        elif read.kinds is None:
            may_be.setdefault(fact, (_because(item), (KINDS,)))


def _pairs(
    items: Iterable[Recognised], knowledge: Knowledge
) -> Iterator[tuple[Fact, Because, bool]]:
    """What two different medicines of one class mean together; firm when neither is a guess."""
    for kind in knowledge.medicine_classes.values():
        mine = {item.name: item for item in items if kind.id in item.classes and item.medicine}
        if kind.two_are is None or len(mine) < 2:
            continue
        names = " and ".join(item.written for item in mine.values())
        firm = sum(item.how != "close" for item in mine.values()) >= 2
        reason = Because((NAMES,), f"the medicines named: {names} together")
        for fact, _ in _says((kind.two_are,), knowledge, ("always",)):
            yield fact, reason, firm


def denied(item: Recognised, answers: Mapping[str, object], knowledge: Knowledge) -> bool:
    """Whether the person said no to what a known name often means."""
    if item.how in ("close", "not_recognised"):
        return False
    return any(
        answers.get(question) is False
        or (isinstance(said := answers.get(question), tuple) and choice and choice not in said)
        for (question, choice), _ in _says(item.classes, knowledge, ("often",))
    )


def _says(
    classes: Iterable[str], knowledge: Knowledge, firm: tuple[str, ...]
) -> Iterator[tuple[Fact, str]]:
    for kind in classes:
        for said in knowledge.medicine_classes[kind].says:
            if said.holds in firm:
                yield (said.question, said.choice), said.holds


def _because(item: Recognised) -> Because:
    """The reason in words, naming the medicine as it was written and as we read it."""
    if item.how == "not_recognised":
        return Because((NAMES,), f"a medicine we do not know: {item.written}")
    same = item.written == item.name.lower()
    read = "" if same else f", read as {item.name[:1].lower()}{item.name[1:]}"
    return Because((NAMES,), f"the medicines named: {item.written}{read}")
