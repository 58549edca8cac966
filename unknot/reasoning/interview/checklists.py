"""Checklists: several rare facts asked on one calm screen, and what each answer settles.

A checklist is a question whose choices name facts of other questions, its members. Beside an
explicit "none of these", every fact left unticked is an explicit no: it is written down as the
answer of its own question, so that rules read only answers and never guess. A ticked choice
that names one fact is a yes; one that names several leaves its question open, to be asked by
itself with those choices only. "I am not sure about one of these" leaves open what was not
ticked.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace

from unknot.knowledge import Knowledge
from unknot.knowledge.questions import NONE, UNSURE, Choice, Question
from unknot.reasoning.case import Answer, Case
from unknot.reasoning.screen.program import Program
from unknot.reasoning.ternary import holds
from unknot.reasoning.truth import Facts


def shown(checklist: Question, facts: Facts, ready: Program) -> Question:
    """The checklist with only the choices that can matter: what certainly cannot is left out.

    With nothing to ask it has no member left.
    """

    def matters(choice: Choice) -> bool:
        whens = [ready.asked_when.get(fact.question) for fact in choice.facts]
        open_now = not whens or any(
            when is None or when.holds(facts) is not False for when in whens
        )
        return open_now and holds(choice.ask_when, facts.answers) is not False

    return _with(checklist, tuple(choice.id for choice in checklist.choices if matters(choice)))


def only(checklist: Question, members: Collection[str]) -> Question:
    """The checklist with only the choices about these members."""
    kept = (
        choice.id
        for choice in checklist.choices
        if not choice.facts or any(fact.question in members for fact in choice.facts)
    )
    return _with(checklist, tuple(kept))


def _with(question: Question, choices: Collection[str]) -> Question:
    if len(choices) == len(question.choices):
        return question
    kept = tuple(choice for choice in question.choices if choice.id in choices)
    return replace(question, choices=kept)


def settle(
    checklist: Question, ticks: Collection[str], case: Case, knowledge: Knowledge
) -> dict[str, Answer | None]:
    """What the ticks on the checklist, as it was shown, say of each of its members.

    None where the question itself is still to be asked. An answer the case already has stays as
    it is while it agrees with the ticks.
    """
    return {
        name: _settled(knowledge.questions[name], checklist, ticks, case.answer(name))
        for name in checklist.members
    }


def _settled(
    question: Question, checklist: Question, ticks: Collection[str], before: Answer | None
) -> Answer | None:
    mine = [choice for choice in checklist.choices if _named(choice, question.id)]
    ticked = [choice for choice in mine if choice.id in ticks]
    if UNSURE in ticks and (not ticked or question.kind != "yes_no"):
        return None
    if not ticked:
        return no(question, mine)
    if _agrees(before, ticked, question.id):
        return before
    if any(len(choice.facts) > 1 for choice in ticked):
        return None
    return _yes(question, [name for choice in ticked for name in _named(choice, question.id)])


def no(question: Question, choices: Sequence[Choice]) -> Answer:
    """The explicit no to a question: none of the choices of its checklist."""
    if question.kind == "yes_no":
        return "no" in _named(choices[0], question.id)
    return (NONE,) if question.kind == "several" else NONE


def _yes(question: Question, named: Sequence[str]) -> Answer | None:
    """The answer that says just this; None where the question allows only one of several."""
    if question.kind == "yes_no":
        return "no" not in named
    if question.kind == "several":
        return tuple(named)
    return named[0] if len(named) == 1 else None


def _agrees(before: Answer | None, ticked: Sequence[Choice], name: str) -> bool:
    """Whether an answer lies within the ticked choices and gives each of them a reason."""
    allowed = [_named(choice, name) for choice in ticked]
    said = [choice for names in allowed for choice in names if _is(before, choice)]
    size = len(before) if isinstance(before, tuple) else 1
    return len(set(said)) == size and all(
        any(_is(before, one) for one in part) for part in allowed
    )


def _named(choice: Choice, name: str) -> tuple[str, ...]:
    """The answers to one question that a choice names."""
    return tuple(fact.choice for fact in choice.facts if fact.question == name)


def _is(answer: Answer | None, choice: str) -> bool:
    if isinstance(answer, bool):
        return answer is (choice != "no")
    return choice in answer if isinstance(answer, tuple) else choice == answer


# --- What a case says of a checklist -----------------------------------------------------------


def ticks(checklist: Question, case: Case) -> tuple[str, ...] | None:
    """The checklist as the answers of its members would fill it in; None while one is missing."""
    if any(name not in case.answers for name in checklist.members):
        return None
    true = (
        choice.id
        for choice in checklist.choices
        if any(_is(case.answer(fact.question), fact.choice) for fact in choice.facts)
    )
    return tuple(true) or (NONE,)


def said_last(question: Question, case: Case) -> Answer | None:
    """The last answer to a question; of a checklist what the answers of its members say."""
    answer = case.answer(question.id)
    return (ticks(question, case) or answer) if question.is_checklist else answer


def by_itself(question: Question, checklist: Question, case: Case) -> Question | None:
    """The member as it is asked by itself, or None while the checklist settles it.

    It is asked by itself once somebody was not sure, or ticked a choice that does not settle it;
    then with the ticked choices only. `checklist` as it is shown.
    """
    said = ticks(checklist, case) or case.answer(checklist.id)
    if not isinstance(said, tuple):
        return None
    if UNSURE in said:
        return question
    ticked = [one for one in checklist.choices if one.id in said and _named(one, question.id)]
    if not ticked or not (
        question.id not in case.answers or any(len(choice.facts) > 1 for choice in ticked)
    ):
        return None
    named = {name for choice in ticked for name in _named(choice, question.id)}
    return _with(question, [one for one in question.choice_ids if one in named or one == NONE])
