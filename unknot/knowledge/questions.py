"""What we ask a person in pain, in their words, and when a question can matter at all."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Literal

from unknot.knowledge.loader import CitedRecord, Problem, Ref
from unknot.knowledge.regions import Group
from unknot.knowledge.when import When

Kind = Literal["yes_no", "choice", "several", "number", "date", "text", "scale_0_10", "marks"]

NONE = "none"
"""In a question of several choices:

"none of these". It excludes the others, and must be said: silence is unknown.
"""

SECONDS = {
    "yes_no": 4,
    "choice": 5,
    "several": 8,
    "number": 6,
    "date": 8,
    "text": 15,
    "scale_0_10": 4,
    "marks": 25,
}
"""What an answer takes on a phone, by kind; a house estimate, only used to say about how long
is left.
"""


BODY_GROUPS: dict[Group, str] = {
    "head": "Head",
    "jaw": "Jaw and face",
    "neck": "Neck",
    "shoulder": "Shoulder",
    "chest": "Chest and ribs",
    "upper_back": "Upper back",
    "low_back": "Low back",
    "abdomen": "Belly",
    "hip": "Hip and groin",
    "buttock": "Buttock",
    "thigh": "Thigh",
    "knee": "Knee",
    "lower_leg": "Lower leg and calf",
    "ankle": "Ankle",
    "foot": "Foot",
    "arm": "Upper arm",
    "elbow": "Elbow",
    "forearm": "Forearm",
    "wrist": "Wrist",
    "hand": "Hand and fingers",
}
"""The groups of regions of the body chart, as a client reads them."""


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One answer to choose: the id that is stored and the words that are shown."""

    id: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Tells:
    """What a day tells about another question: that one of its choices is true, so long after."""

    question: Annotated[str, Ref("questions")]
    choice: str
    within_days: int | None = None
    """The choice is true on fewer days after the event than this."""
    within_months: int | None = None
    """The same in months of the calendar."""
    ends: bool = False
    """Whether the choice ends with the time; if not, only somebody's word ends it."""


@dataclass(frozen=True, kw_only=True)
class Question(CitedRecord):
    """One question.

    `unit`, `low` and `high` belong to the answer; for text, `high` is the longest line.
    """

    TABLE: ClassVar[str] = "question"
    section: Annotated[str, Ref("sections")]
    kind: Kind
    text: str
    help: str = ""
    why: str = ""
    """Why it is asked, for the client; empty where it is plain."""
    screen: str = ""
    """Questions with the same word are one decision on the phone; empty: a screen of its own."""
    screen_title: str = ""
    """Heading of a screen with several questions, given at the first one."""
    unit: str = ""
    low: int | None = None
    high: int | None = None
    low_text: str = ""
    high_text: str = ""
    choices: tuple[Choice, ...] = ()
    choices_from: Literal["body_groups"] | None = None
    """Takes the choices from a shared list: the groups of regions of the body chart."""
    lines: int = 1
    """How many texts may be given."""
    optional: bool = False
    """May be passed over: nothing about safety or dose rests on it."""
    unsure: bool = True
    """Whether "I am not sure" is offered; it is kept as unknown, never as no."""
    ask_when: When | None = None
    """Missing: always asked. The question is left out only when this is certainly false."""
    again_after_days: int | None = None
    """Asked again before a visit when the last answer is this old; missing: never."""
    staff: bool = False
    """Recorded by staff, never asked of the client."""
    short: str = ""
    """What the answer is, in a few words, for a reason that names it."""
    tells: tuple[Tells, ...] = ()
    """For a day: what it tells about other questions."""

    def __post_init__(self) -> None:
        """Fill in the choices of a shared list."""
        if self.choices_from and not self.choices:
            shared = tuple(Choice(id=group, text=text) for group, text in BODY_GROUPS.items())
            object.__setattr__(self, "choices", shared)

    @property
    def seconds(self) -> int:
        """About how long the answer takes."""
        return SECONDS[self.kind] * self.lines

    @property
    def choice_ids(self) -> tuple[str, ...]:
        """Ids of the choices, in the order they are shown."""
        return tuple(choice.id for choice in self.choices)

    def words(self, choice_id: str) -> str:
        """The words of a choice; the id itself when it is not one of them (an old answer)."""
        return next(
            (choice.text for choice in self.choices if choice.id == choice_id),
            choice_id,
        )

    def problems(self, knowledge: Any) -> Iterator[Problem]:
        """Limits, choices and conditions that do not fit the kind of question."""
        yield from super().problems(knowledge)
        if self.kind in ("choice", "several") and not self.choices and not self.staff:
            yield Problem("choices", "is missing", "Name the answers one can choose")
        if len(set(self.choice_ids)) != len(self.choices):
            yield Problem("choices", "names an id twice", "Give every choice an id of its own")
        if self.kind in ("number", "scale_0_10") and (
            self.low is None or self.high is None or self.low >= self.high
        ):
            yield Problem(
                "low",
                "and high do not make a range",
                "Give the lowest and the highest possible answer",
            )
        yield from self._tells_problems(knowledge)
        for name, values in self.ask_when.reads() if self.ask_when else ():
            if name not in knowledge.questions:
                yield Problem(
                    "ask_when",
                    f"reads {name}, which is no question",
                    "Name a question of questions.toml",
                )
                continue
            known = knowledge.questions[name].choice_ids
            for value in values:
                if known and value not in known:
                    yield Problem(
                        "ask_when",
                        f"{name} has no choice {value}",
                        f"Use one of: {', '.join(known)}",
                    )

    def _tells_problems(self, knowledge: Any) -> Iterator[Problem]:
        for tells in self.tells:
            if self.kind != "date":
                yield Problem("tells", "stands at a question that is no date", "Take it away")
            if tells.choice not in knowledge.questions[tells.question].choice_ids:
                yield Problem("tells", f"names no choice of {tells.question}", "Correct it")
            if (tells.within_days is None) == (tells.within_months is None):
                yield Problem("tells", "has not one length of time", "Give days or months")
