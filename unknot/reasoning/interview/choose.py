"""The next screen to ask, and when to stop: the fewest questions that leave nothing open.

Every rule and red flag is a set of parts: a condition and what follows from it. The result is
the strictest of the parts whose condition holds. A part that is decided stays decided whatever
else is answered, so an unasked question matters only while a part that waits for it is undecided
and would be stricter than what already holds. When no such part is left, no answer to any question
can change the result, and the interview stops.

While some are left, the screen is asked that decides most of them in a second, emergencies before
all else; what somebody has just begun to tell is asked to its end first.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from unknot.knowledge import Knowledge, load
from unknot.reasoning.case import Case
from unknot.reasoning.interview.asking import Asked, asked, checklist_of, is_left
from unknot.reasoning.interview.screens import Screen, sections_of
from unknot.reasoning.medicine_facts import KINDS, NAMES, SPELLING
from unknot.reasoning.scale import Urgency, worst
from unknot.reasoning.screen.decide import Look, look


@dataclass(frozen=True)
class Step:
    """A screen to ask, and why."""

    screen: Screen
    section: str
    """Id of the section it belongs to."""
    rules: tuple[str, ...]
    """Ids of the rules and red flags it helps to decide; none for an opening question."""
    soonest: Urgency
    """The most urgent thing it could bring to light."""
    seconds: int
    """About how long it takes, without what is answered already."""


def next_step(
    case: Case, *, answered: Collection[str] = frozenset(), knowledge: Knowledge | None = None
) -> Step | None:
    """The screen to ask now, or None once no answer can change the result any more.

    `answered` names questions dealt with without an answer: not sure, or passed over.
    """
    steps = needed(case, answered=answered, knowledge=knowledge)
    return steps[0] if steps else None


def minutes_left(
    case: Case, *, answered: Collection[str] = frozenset(), knowledge: Knowledge | None = None
) -> int:
    """About how many minutes the screens take that are needed now; 0 when none is.

    What an answer still to come may open is not counted: most people have none of it.
    """
    return in_minutes(
        step.seconds for step in needed(case, answered=answered, knowledge=knowledge)
    )


def intake_minutes(
    case: Case, *, answered: Collection[str] = frozenset(), knowledge: Knowledge | None = None
) -> int:
    """About how many minutes a whole intake still takes; 0 when nothing is left.

    It asks what the self-check leaves for later, too. What may yet fall away counts a third.
    """
    known = knowledge or load()
    return in_minutes(
        item.question.seconds if item.may else item.question.seconds / 3
        for item in asked(case, known)
        if item.may is not False
        and is_left(item.question, case, answered=answered, knowledge=known)
    )


def in_minutes(seconds: Iterable[float]) -> int:
    """The sum in whole minutes, rounded; 1 for the last few seconds, 0 for none."""
    total = sum(seconds)
    return max(1, round(total / 60)) if total else 0


def needed(
    case: Case, *, answered: Collection[str] = frozenset(), knowledge: Knowledge | None = None
) -> tuple[Step, ...]:
    """Every screen that can still change the result as far as is known, the next one first."""
    known = knowledge or load()
    seen = look(case, knowledge=known)
    found = asked(case, known, facts=seen.told.facts)
    left = {
        item.question.id: item
        for item in found
        if item.may is not False
        and is_left(item.question, case, answered=answered, knowledge=known)
    }
    reasons = _Reasons(left, seen, answered, known)
    steps = []
    for section in sections_of(found, known):
        for screen in section.screens:
            here = [left[item.id] for item in screen.questions if item.id in left]
            if weight := reasons.weigh(here):
                steps.append((weight, _step(screen, section.id, here, reasons)))
    return tuple(step for _, step in sorted(steps, key=lambda pair: pair[0]))


def _step(screen: Screen, section: str, here: list[Asked], reasons: "_Reasons") -> Step:
    told = [reason for item in here for reason in reasons.of.get(item.question.id, ())]
    return Step(
        screen=screen,
        section=section,
        rules=tuple(dict.fromkeys(reason.rule for reason in told if reason.rule)),
        soonest=worst([Urgency.NONE, *(reason.urgency for reason in told)]),
        seconds=sum(item.question.seconds for item in here),
    )


@dataclass(frozen=True)
class _Reason:
    """A part that waits for a question, shared among all the questions it waits for."""

    rule: str
    urgency: Urgency
    share: float


@lru_cache(maxsize=8)
def _named_by_medicines(knowledge: Knowledge) -> tuple[str, ...]:
    """The questions that the name of a medicine may answer or contradict."""
    classes = knowledge.medicine_classes.values()
    return tuple(dict.fromkeys(said.question for kind in classes for said in kind.says))


class _Reasons:
    """For every question that is left: the parts of rules that wait for it."""

    def __init__(
        self,
        left: Mapping[str, Asked],
        seen: Look,
        answered: Collection[str],
        knowledge: Knowledge,
    ) -> None:
        self.left, self.seen, self.answered = left, seen, answered
        self.checklist_of = checklist_of(knowledge)
        self.of: dict[str, list[_Reason]] = {}
        for item in seen.still_open:
            for part in item.parts:
                names = {ask for name in part.waits_for for ask in self.to_ask(name)}
                rule, urgency = item.judged.entry.record.id, part.effect.urgency
                self._add(names, _Reason(rule, urgency, 1 / max(1, len(names))))
        if seen.so_far.urgency is not Urgency.EMERGENCY_NOW:
            said = () if NAMES not in seen.told.case.answers else _named_by_medicines(knowledge)
            for name in (NAMES, SPELLING, KINDS, *said):
                self._add(self._about_names(name), _Reason("", Urgency.NONE, 1.0))

    def _add(self, names: Collection[str], reason: _Reason) -> None:
        for name in names:
            self.of.setdefault(name, []).append(reason)

    def _about_names(self, name: str) -> set[str]:
        """What to ask now about the names of medicines, short of an emergency.

        A name can say more than any tick, even of what was denied, so no rule shows what depends
        on it; and an answer that denies what a name mostly means opens one more question.
        """
        when = self.seen.ready.asked_when.get(name)
        closed = when is not None and when.holds(self.seen.told.facts) is False
        return set() if closed else set(self.to_ask(name))

    def to_ask(self, name: str) -> Iterator[str]:
        """What to ask now to learn an answer: first what opens the question; then its checklist,
        or the question itself. Nothing once it was dealt with.
        """
        told = self.seen.told
        when = self.seen.ready.asked_when.get(name)
        first = when.undecided(told.facts) if when else ()
        if openers := [ask for opener in first for ask in self.to_ask(opener)]:
            yield from openers
            return
        for one in told.derived.ask.get(name, (name,)):
            if one in self.left:
                yield one
            elif one not in self.answered and self.checklist_of.get(one) in self.left:
                yield self.checklist_of[one]

    def weigh(self, here: list[Asked]) -> tuple[float, ...]:
        """How early a screen comes, smallest first; empty when it can change nothing.

        Opening questions; then the rest of what was begun; then the most emergencies in a second;
        then the most parts in a second.
        """
        if any(item.question.opening for item in here):
            return (0.0,)
        told = [reason for item in here for reason in self.of.get(item.question.id, ())]
        if not told:
            return ()
        seconds = sum(item.question.seconds for item in here)
        urgent = sum(r.share for r in told if r.urgency is Urgency.EMERGENCY_NOW)
        begun = any(item.begun for item in here)
        every = sum(reason.share for reason in told)
        return (1.0 if begun else 2.0, -urgent / seconds, -every / seconds)
