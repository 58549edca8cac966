"""Medicines by name, the classes they belong to, and what a class says about a person."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Literal

from unknot.knowledge.loader import CitedRecord, Problem, Ref

Holds = Literal["always", "often", "asked"]
"""How firmly a class says something; the words are explained in medicine_classes.toml."""


@dataclass(frozen=True, kw_only=True)
class Says:
    """An answer that follows from taking a medicine: yes, or one choice of several."""

    question: Annotated[str, Ref("questions")]
    choice: str | None = None
    """Missing for a question of yes or no, whose answer is then yes."""
    holds: Holds


@dataclass(frozen=True, kw_only=True)
class MedicineClass(CitedRecord):
    """One class of medicines, as the screening reads it."""

    TABLE: ClassVar[str] = "medicine_class"
    name: str
    a: str
    """One medicine of the class, in a sentence."""
    words: tuple[str, ...] = ()
    """What people write for the class itself."""
    says: tuple[Says, ...] = ()
    two_are: Annotated[str, Ref("medicine_classes")] | None = None
    """The class that two different medicines of this one count as."""

    def problems(self, knowledge: Any) -> Iterator[Problem]:
        """Answers that their questions do not have."""
        yield from super().problems(knowledge)
        for said in self.says:
            question = knowledge.questions[said.question]
            if said.choice is None and question.kind != "yes_no":
                yield Problem("says", f"{question.id} is not yes or no", "Name a choice")
            elif said.choice is not None and said.choice not in question.choice_ids:
                known = ", ".join(question.choice_ids) or "none"
                yield Problem(
                    "says", f"{question.id} has no choice {said.choice}", f"Use: {known}"
                )


@dataclass(frozen=True, kw_only=True)
class Medicine(CitedRecord):
    """One medicine by its generic name, with its brands."""

    TABLE: ClassVar[str] = "medicine"
    name: str
    atc: tuple[str, ...]
    classes: tuple[Annotated[str, Ref("medicine_classes")], ...]
    brands: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    """Other generic names."""
