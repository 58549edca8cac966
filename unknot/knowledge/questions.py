"""What we ask a person in pain, in their words, and when a question can matter at all."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Any, ClassVar, Literal

from unknot.knowledge.loader import CitedRecord, Problem, Ref
from unknot.knowledge.regions import Group
from unknot.knowledge.when import When

Kind = Literal["yes_no", "choice", "several", "number", "date", "text", "scale_0_10", "marks"]

NONE = "none"
"""In a question of several choices:

"none of these". It excludes the others, and must be said: silence is unknown.
"""

UNSURE = "unsure"
"""In a checklist: not sure about one of these. What is not ticked is then asked by itself."""

SECONDS = {
    "yes_no": 2,
    "choice": 2,
    "several": 2,
    "number": 4,
    "date": 6,
    "text": 15,
    "scale_0_10": 2,
    "marks": 25,
}
"""What it takes to give an answer on a phone, by kind, once the question has been read."""

WORDS_PER_SECOND = 4
"""How fast a question and its choices are read. This and SECONDS are house estimates, used only to
say about how long is left and to ask first what tells most in a second.
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
    settles: tuple[str, ...] = ()
    """In a checklist: the facts it names, "question:choice" or "question" for a yes.

    Left unticked, each of them is an explicit no. Ticked, a single fact is a yes, and of several
    facts the question asks which.
    """
    ask_when: When | None = None
    """Missing: always shown. The choice is left out only when this is certainly false."""

    @cached_property
    def facts(self) -> tuple["Fact", ...]:
        """The facts it names, read."""
        return tuple(Fact(*fact.partition(":")[::2]) for fact in self.settles)


@dataclass(frozen=True)
class Fact:
    """One thing that is true of a person or not: a choice of a question.

    For a question of yes or no the choice is empty for yes and "no" for no.
    """

    question: str
    choice: str = ""


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
    opening: bool = False
    """Asked before everything else: every rule and every region rests on it."""
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

    @cached_property
    def seconds(self) -> int:
        """About how long it takes to read and to answer."""
        named = () if self.choices_from else self.choices
        texts = (choice.text for choice in named if choice.id not in (NONE, UNSURE))
        words = len(" ".join((self.text, self.help, *texts)).split())
        return SECONDS[self.kind] * self.lines + round(words / WORDS_PER_SECOND)

    @cached_property
    def is_checklist(self) -> bool:
        """Whether it asks for facts of several other questions at once."""
        return any(choice.settles for choice in self.choices)

    @cached_property
    def members(self) -> tuple[str, ...]:
        """Ids of the questions a checklist settles, in the order of its choices."""
        facts = (fact for choice in self.choices for fact in choice.facts)
        return tuple(dict.fromkeys(fact.question for fact in facts))

    @cached_property
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
        if self.is_checklist:
            yield from _checklist_problems(self, knowledge)
        for when in (self.ask_when, *(choice.ask_when for choice in self.choices)):
            yield from _condition_problems(when, knowledge) if when else ()

    def _tells_problems(self, knowledge: Any) -> Iterator[Problem]:
        for tells in self.tells:
            if self.kind != "date":
                yield Problem("tells", "stands at a question that is no date", "Take it away")
            if tells.choice not in knowledge.questions[tells.question].choice_ids:
                yield Problem("tells", f"names no choice of {tells.question}", "Correct it")
            if (tells.within_days is None) == (tells.within_months is None):
                yield Problem("tells", "has not one length of time", "Give days or months")


def _condition_problems(when: When, knowledge: Any) -> Iterator[Problem]:
    """Questions and choices that a condition of asking reads and that do not exist."""
    for name, values in when.reads():
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


def _checklist_problems(checklist: Question, knowledge: Any) -> Iterator[Problem]:
    """A checklist that would leave a fact of one of its questions unsaid, or say one twice."""
    if checklist.kind != "several" or NONE not in checklist.choice_ids:
        yield Problem("kind", "is not a list one can answer with none", 'Use several with "none"')
    named = [fact for choice in checklist.choices for fact in choice.facts]
    for name in checklist.members:
        question = knowledge.questions.get(name)
        if question is None:
            yield Problem("choices", f"settles {name}, which is no question", "Correct the id")
            continue
        said = sorted(fact.choice for fact in named if fact.question == name)
        if question.kind == "yes_no":
            if said not in ([""], ["no"]):
                yield Problem("choices", f"{name} is yes or no", f'Name "{name}" or "{name}:no"')
        elif NONE not in question.choice_ids:
            yield Problem("choices", f'{name} has no choice "{NONE}"', "Ask it by itself")
        elif said != sorted(choice for choice in question.choice_ids if choice != NONE):
            yield Problem(
                "choices", f"does not name every choice of {name} once", "Name each once"
            )
