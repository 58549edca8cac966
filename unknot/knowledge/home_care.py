"""Home care: what a person can do between visits."""

from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from unknot.knowledge.loader import CitedRecord, Ref


@dataclass(frozen=True, kw_only=True)
class HomeCare(CitedRecord):
    """One thing to do at home: how, how much, and when to stop."""

    TABLE: ClassVar[str] = "home_care"
    name: str
    groups: tuple[str, ...]
    kind: Literal[
        "move",
        "strength",
        "relax",
        "rest",
        "warmth",
        "cold",
        "self_massage",
        "aftercare",
        "avoid",
    ]
    tell: str
    dose: str
    stop: str
    not_with: tuple[Annotated[str, Ref("rules")], ...] = ()
    """Screening rules that forbid it."""
    remembered: str = ""

    @property
    def dose_in_words(self) -> str:
        """The dose as a person may see it: what no trial gave, or memory did, says so."""
        if self.remembered:
            return f"{self.dose} (kept from memory, not yet checked)"
        if any(source.id == "CONV" for source in self.sources):
            return f"{self.dose} (a custom, not tested)"
        return self.dose
