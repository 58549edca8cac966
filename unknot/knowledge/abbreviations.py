"""Short forms that therapists write in notes, and the words that stand in print for them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from unknot.knowledge.loader import Problem, Record


@dataclass(frozen=True, kw_only=True)
class Abbreviation(Record):
    """One short form. With `long` it is written out; with `meanings` it has more than one, so it
    stays as it was written and is marked. These are matters of language: nothing is claimed."""

    TABLE: ClassVar[str] = "abbreviation"
    short: str
    long: str = ""
    plural: str = ""
    """What the short form with an s stands for; without it there is no such form."""
    meanings: tuple[str, ...] = ()
    case: Literal["exact", "any"] = "exact"
    """Whether capitals matter: "UT" is a muscle, "ut" is nothing."""
    because: str

    def problems(self, knowledge: Any) -> Iterator[Problem]:
        """A short form is either written out or marked, never both."""
        if bool(self.long) == (len(self.meanings) > 1):
            yield Problem(
                "long",
                "and meanings do not fit together",
                "Give the one meaning as long, or two or more as meanings",
            )
        if self.plural and not self.long:
            yield Problem("plural", "stands without long", "Give the singular as well")
