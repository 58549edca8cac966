"""What to do before, during and after a visit, and what of the usual advice has no ground."""

from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from unknot.knowledge.loader import CitedRecord, Ref
from unknot.knowledge.regions import Group


@dataclass(frozen=True, kw_only=True)
class VisitAdvice(CitedRecord):
    """One piece of advice for one moment, in words for the client."""

    TABLE: ClassVar[str] = "advice"
    when: Literal["before", "during", "after"]
    title: str
    tell: str
    groups: tuple[Group, ...] = ()
    """Said only when one of these is treated; none: always."""
    essential: bool = False
    """Stands in the plan itself, printed or not."""
    claims: tuple[Annotated[str, Ref("claims")], ...] = ()
    """What people say about the same thing."""
    home_care: tuple[Annotated[str, Ref("home_care")], ...] = ()
    harms: tuple[Annotated[str, Ref("harms")], ...] = ()
