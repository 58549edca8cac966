"""The knowledge made ready for screening: prepared once, then used for every case.

An `Entry` is one rule or red flag with its conditions compiled, and with everything about it that
no answer changes: sources, the questions it reads, the records that say the same.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache, reduce
from operator import or_
from typing import TypeAlias

from unknot.knowledge import Knowledge
from unknot.knowledge.red_flags import RedFlag
from unknot.knowledge.rules import Rule
from unknot.knowledge.safety import Limits, SafetyRecord
from unknot.knowledge.when import When
from unknot.reasoning.conditions import by_words, in_words
from unknot.reasoning.grounds import Source, cite
from unknot.reasoning.scale import Disposition, Urgency
from unknot.reasoning.truth import Board, Condition

Step: TypeAlias = tuple[Urgency, Disposition]
"""What a record says at one stage: how soon, and what is allowed."""


@dataclass(frozen=True, eq=False)
class Entry:
    """One record, ready to be judged."""

    record: SafetyRecord
    wakes_on: int
    """Bits of which one must be true or unknown for the record to matter; 0: always look."""
    limits: Limits
    when: Condition
    own: Step
    worse: tuple[tuple[Condition, Step], ...]
    gentle: tuple[tuple[Condition, tuple[str, ...]], ...]
    groups: tuple[str, ...]
    """Groups left out, wherever the person says it is."""
    where: tuple[tuple[str, frozenset[str]], ...]
    """Questions that name more groups to leave out, with the groups they can name."""
    conditions: tuple[Condition, ...]
    """Every condition, in the order they are read."""
    bits: int
    """Every bit the conditions read."""
    reads: tuple[str, ...]
    """Questions it reads, each once: when it fires, how far it goes, and where."""
    version: str
    sources: tuple[Source, ...]
    fires_when: str
    """The condition in words."""
    also: Mapping[Urgency, tuple[str, ...]]
    """By urgency: ids of records that say the same, and of the rule that says what a red flag of
    that urgency means.
    """


@dataclass(frozen=True, eq=False)
class Flag:
    """A red flag where its region is to be treated, and where nobody treats it."""

    here: Entry
    elsewhere: Entry
    groups: frozenset[str]


@dataclass(frozen=True, eq=False)
class Program:
    """Everything needed to screen a case with one knowledge."""

    knowledge: Knowledge
    board: Board
    flags: tuple[Flag, ...]
    rules: tuple[Entry, ...]
    asked_when: Mapping[str, Condition]
    """By question: when it is asked, for those not always asked."""
    group_of: tuple[tuple[str, str], ...]
    """Every region with its group, in the order of the chart."""
    order: Mapping[str, int]
    """The place of each question in the order they are asked."""


@lru_cache(maxsize=8)
def program(knowledge: Knowledge) -> Program:
    """The knowledge made ready; kept for the next case."""
    questions = knowledge.questions
    records = (*knowledge.red_flags.values(), *knowledge.rules.values())
    asked = [question for question in questions.values() if not question.staff]
    board = Board((when for record in records for when in _whens(record)), asked)
    return Program(
        knowledge=knowledge,
        board=board,
        flags=tuple(_flags(knowledge, board)),
        rules=tuple(_rules(knowledge, board)),
        asked_when={item.id: board[item.ask_when] for item in asked if item.ask_when},
        group_of=tuple((region.id, region.group) for region in knowledge.regions.values()),
        order={name: place for place, name in enumerate(questions)},
    )


def _whens(record: SafetyRecord) -> Iterator[When]:
    if record.when is None:
        return
    yield record.when
    for worse in record.worse_when:
        yield worse.when
    for part in record.gentle if isinstance(record, Rule) else ():
        yield part.when


def _flags(knowledge: Knowledge, board: Board) -> Iterator[Flag]:
    """Red flags by their urgency (rules SR-067, SR-068); in a region nobody treats, local."""
    here = {
        urgency: rule.disposition
        for rule in knowledge.rules.values()
        for urgency in rule.for_red_flags
    }
    elsewhere = {
        urgency: Disposition.LOCAL_CONTRAINDICATION
        if found is Disposition.MEDICAL_CLEARANCE
        else found
        for urgency, found in here.items()
    }
    for flag in knowledge.red_flags.values():
        if flag.when:
            yield Flag(
                _entry(flag, Limits(), flag.groups, here, knowledge, board),
                _entry(flag, Limits(), flag.groups, elsewhere, knowledge, board),
                frozenset(flag.groups),
            )


def _rules(knowledge: Knowledge, board: Board) -> Iterator[Entry]:
    for rule in knowledge.rules.values():
        if rule.when:
            same = dict.fromkeys(Urgency, rule.disposition)
            yield _entry(rule, rule, rule.exclude_groups, same, knowledge, board)


def _entry(
    record: SafetyRecord,
    limits: Limits,
    groups: tuple[str, ...],
    meaning: Mapping[Urgency, Disposition],
    knowledge: Knowledge,
    board: Board,
) -> Entry:
    """The record made ready; `meaning` says what an urgency means where nothing is written."""
    assert record.when is not None
    worse = tuple(
        (board[item.when], (item.urgency, _meant(record, item.urgency, item.disposition, meaning)))
        for item in record.worse_when
    )
    gentle = tuple((board[part.when], part.groups) for part in limits.gentle)
    whens = (record.when, *(item.when for item in record.worse_when))
    conditions = tuple(board[when] for when in (*whens, *(part.when for part in limits.gentle)))
    when = board[record.when]
    return Entry(
        record=record,
        wakes_on=when.bits if when.otherwise is False else 0,
        limits=limits,
        when=when,
        own=(record.urgency, meaning[record.urgency]),
        worse=worse,
        gentle=gentle,
        groups=groups,
        where=tuple(
            (name, frozenset(knowledge.questions[name].choice_ids))
            for name in limits.exclude_where
        ),
        conditions=conditions,
        bits=reduce(or_, (condition.bits for condition in conditions)),
        reads=_reads((*whens, *(part.when for part in limits.gentle)), limits),
        version=record.version,
        sources=tuple(cite(citation, knowledge) for citation in record.sources),
        fires_when=in_words(record.when, knowledge.questions, by_words),
        also={urgency: _also(record, urgency, knowledge) for urgency in Urgency},
    )


def _reads(whens: tuple[When, ...], limits: Limits) -> tuple[str, ...]:
    named = (name for when in whens for name in when.questions)
    return tuple(dict.fromkeys((*named, *limits.exclude_where)))


def _meant(
    record: SafetyRecord,
    urgency: Urgency,
    written: Disposition | None,
    meaning: Mapping[Urgency, Disposition],
) -> Disposition:
    """A rule's written disposition counts; a red flag's urgency always says what it means."""
    return meaning[urgency] if isinstance(record, RedFlag) else written or meaning[urgency]


def _also(record: SafetyRecord, urgency: Urgency, knowledge: Knowledge) -> tuple[str, ...]:
    same = _same_as(knowledge).get(record.id, ())
    if not isinstance(record, RedFlag):
        return same
    rules = knowledge.rules.values()
    return (*same, *(rule.id for rule in rules if urgency in rule.for_red_flags))


@lru_cache(maxsize=8)
def _same_as(knowledge: Knowledge) -> Mapping[str, tuple[str, ...]]:
    """By record: the records that say the same."""
    found: dict[str, tuple[str, ...]] = {}
    records: tuple[RedFlag | Rule, ...] = (
        *knowledge.red_flags.values(),
        *knowledge.rules.values(),
    )
    for other in records:
        if other.same_as:
            found[other.same_as] = (*found.get(other.same_as, ()), other.id)
    return found
