"""Unknot: massage therapy for people in pain, from the first question to an honest answer.

    import unknot

    case = unknot.read_case(open("case.toml").read())
    result = unknot.screen(case)
    result.disposition, result.urgency, result.missing
    print(unknot.explain(result).would_change)
    print(unknot.outcomes.report(diary).verdict.sentence)

The names below are loaded when they are first used, so that importing the package costs nothing.
What they give back is frozen and typed; docs/reference/python.md describes each.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from unknot.knowledge import Knowledge as Knowledge
    from unknot.knowledge import KnowledgeError as KnowledgeError
    from unknot.knowledge import load as load_knowledge
    from unknot.knowledge import read_instrument as read_instrument
    from unknot.knowledge import with_instrument as with_instrument
    from unknot.knowledge import with_practice_rules as with_practice_rules
    from unknot.reasoning import outcomes as outcomes
    from unknot.reasoning.ask import next_questions as next_questions
    from unknot.reasoning.assess import Change as Change
    from unknot.reasoning.assess import Ranked as Ranked
    from unknot.reasoning.assess import Score as Score
    from unknot.reasoning.assess import ScoreError as ScoreError
    from unknot.reasoning.assess import change as change
    from unknot.reasoning.assess import rank_sources as rank
    from unknot.reasoning.assess import score as score
    from unknot.reasoning.case import Case as Case
    from unknot.reasoning.case import CaseError as CaseError
    from unknot.reasoning.case import read_case as read_case
    from unknot.reasoning.case import write_case as write_case
    from unknot.reasoning.claims import find as claims
    from unknot.reasoning.explain import Explanation as Explanation
    from unknot.reasoning.explain import explain as explain
    from unknot.reasoning.explain import in_words as in_words
    from unknot.reasoning.marks import Mark as Mark
    from unknot.reasoning.outcomes import DiaryError as DiaryError
    from unknot.reasoning.outcomes import Verdict as Verdict
    from unknot.reasoning.outcomes import fit as fit
    from unknot.reasoning.outcomes import read_diary as read_diary
    from unknot.reasoning.outcomes import verdict as verdict
    from unknot.reasoning.plan import Plan as Plan
    from unknot.reasoning.plan import PlanError as PlanError
    from unknot.reasoning.plan import propose as plan
    from unknot.reasoning.screen import Finding as Finding
    from unknot.reasoning.screen import Screening as Screening
    from unknot.reasoning.screen import decide as screen
    from unknot.reasoning.stored import StoredError as StoredError
    from unknot.reasoning.stored import from_dict as from_dict
    from unknot.reasoning.stored import to_dict as to_dict

_NAMES = {
    "Case": ("unknot.reasoning.case", "Case"),
    "CaseError": ("unknot.reasoning.case", "CaseError"),
    "Change": ("unknot.reasoning.assess", "Change"),
    "DiaryError": ("unknot.reasoning.outcomes", "DiaryError"),
    "Explanation": ("unknot.reasoning.explain", "Explanation"),
    "Finding": ("unknot.reasoning.screen", "Finding"),
    "Knowledge": ("unknot.knowledge", "Knowledge"),
    "KnowledgeError": ("unknot.knowledge", "KnowledgeError"),
    "Mark": ("unknot.reasoning.marks", "Mark"),
    "Plan": ("unknot.reasoning.plan", "Plan"),
    "PlanError": ("unknot.reasoning.plan", "PlanError"),
    "Ranked": ("unknot.reasoning.assess", "Ranked"),
    "Score": ("unknot.reasoning.assess", "Score"),
    "ScoreError": ("unknot.reasoning.assess", "ScoreError"),
    "Screening": ("unknot.reasoning.screen", "Screening"),
    "StoredError": ("unknot.reasoning.stored", "StoredError"),
    "Verdict": ("unknot.reasoning.outcomes", "Verdict"),
    "change": ("unknot.reasoning.assess", "change"),
    "claims": ("unknot.reasoning.claims", "find"),
    "explain": ("unknot.reasoning.explain", "explain"),
    "fit": ("unknot.reasoning.outcomes", "fit"),
    "from_dict": ("unknot.reasoning.stored", "from_dict"),
    "in_words": ("unknot.reasoning.explain", "in_words"),
    "load_knowledge": ("unknot.knowledge", "load"),
    "next_questions": ("unknot.reasoning.ask", "next_questions"),
    "plan": ("unknot.reasoning.plan", "propose"),
    "rank": ("unknot.reasoning.assess", "rank_sources"),
    "read_case": ("unknot.reasoning.case", "read_case"),
    "read_diary": ("unknot.reasoning.outcomes", "read_diary"),
    "read_instrument": ("unknot.knowledge", "read_instrument"),
    "score": ("unknot.reasoning.assess", "score"),
    "screen": ("unknot.reasoning.screen", "decide"),
    "to_dict": ("unknot.reasoning.stored", "to_dict"),
    "verdict": ("unknot.reasoning.outcomes", "verdict"),
    "with_instrument": ("unknot.knowledge", "with_instrument"),
    "with_practice_rules": ("unknot.knowledge", "with_practice_rules"),
    "write_case": ("unknot.reasoning.case", "write_case"),
}

__all__ = [
    "Case",
    "CaseError",
    "Change",
    "DiaryError",
    "Explanation",
    "Finding",
    "Knowledge",
    "KnowledgeError",
    "Mark",
    "Plan",
    "PlanError",
    "Ranked",
    "Score",
    "ScoreError",
    "Screening",
    "StoredError",
    "Verdict",
    "change",
    "claims",
    "explain",
    "fit",
    "from_dict",
    "in_words",
    "load_knowledge",
    "next_questions",
    "plan",
    "rank",
    "read_case",
    "read_diary",
    "read_instrument",
    "score",
    "screen",
    "to_dict",
    "verdict",
    "with_instrument",
    "with_practice_rules",
    "write_case",
]


def __getattr__(name: str) -> Any:
    """The public name, imported on first use; `outcomes` is a module of its own."""
    if name == "outcomes":
        return import_module("unknot.reasoning.outcomes")
    if name not in _NAMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module, attribute = _NAMES[name]
    return getattr(import_module(module), attribute)


def __dir__() -> list[str]:
    """The public names."""
    return __all__
