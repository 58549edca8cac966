"""Conditions a plan can be made for."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Literal

from unknot.knowledge.loader import CitedRecord, Problem, Ref, between

Certainty = Literal["very likely", "likely", "about as likely as not", "unlikely"]


@dataclass(frozen=True, kw_only=True)
class Expectation:
    """One thing to expect, and how likely it is in words."""

    certainty: Certainty
    text: str


@dataclass(frozen=True, kw_only=True)
class Condition(CitedRecord):
    """One condition: where, with what, how much, what helps first, and what to expect."""

    TABLE: ClassVar[str] = "condition"
    name: str
    plain: str
    tell: str
    main_area: str = ""
    """Answer of the intake that leads here; empty when only a rule or a person does."""
    is_diagnosis: bool = False
    """Whether a clinician must have named it: never guessed from a drawing."""
    follows_drawing: bool = False
    """Whether it treats only the groups that were drawn."""
    core_groups: tuple[str, ...]
    """What the plan is about: with all of them excluded there is no plan."""
    groups: tuple[str, ...]
    techniques: tuple[Annotated[str, Ref("techniques")], ...]
    """In order of fit."""
    firm_anyway: tuple[Annotated[str, Ref("techniques")], ...] = ()
    """Firm techniques that were tested for it, offered without a wish for firm work."""
    techniques_against: tuple[Annotated[str, Ref("techniques")], ...] = ()
    pressure_ceiling: int = between(1, 5)
    dose: Annotated[str, Ref("doses")]
    alternative_doses: tuple[Annotated[str, Ref("doses")], ...] = ()
    short_dose: Annotated[str, Ref("doses")] | None = None
    """For pain of under three months, which the trials of whole courses did not take."""
    home_care: tuple[Annotated[str, Ref("home_care")], ...]
    """In order of use; a plan takes the first three that are allowed."""
    besides: tuple[str, ...]
    expect: tuple[Expectation, ...]
    icd10cm: tuple[str, ...] = ()
    red_flags: tuple[Annotated[str, Ref("red_flags")], ...] = ()
    """The ones to think of first; all are read."""
    safety_rules: tuple[Annotated[str, Ref("rules")], ...] = ()
    """The ones to think of first; all are read."""
    chosen_by_rules: tuple[Annotated[str, Ref("rules")], ...] = ()

    def problems(self, knowledge: Any) -> Iterator[Problem]:
        """Core groups that the plan would not treat."""
        yield from super().problems(knowledge)
        if not set(self.core_groups) <= set(self.groups):
            yield Problem("core_groups", "names a group that is not in groups", "Add it to groups")
