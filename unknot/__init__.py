"""Unknot: massage therapy for people in pain, from the first question to an honest answer.

    import unknot

    case = unknot.read_case(open("case.toml").read())
    result = unknot.screen(case)
    result.disposition, result.urgency, result.missing

The names below are loaded when they are first used, so that importing the package costs nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from unknot.knowledge import KnowledgeError as KnowledgeError
    from unknot.knowledge import load as load_knowledge
    from unknot.reasoning.assess import score as score
    from unknot.reasoning.case import Case as Case
    from unknot.reasoning.case import CaseError as CaseError
    from unknot.reasoning.case import read_case as read_case
    from unknot.reasoning.case import write_case as write_case
    from unknot.reasoning.outcomes import fit as fit
    from unknot.reasoning.outcomes import verdict as verdict
    from unknot.reasoning.plan import propose as plan
    from unknot.reasoning.screen import Screening as Screening
    from unknot.reasoning.screen import decide as screen

_NAMES = {
    "Case": ("unknot.reasoning.case", "Case"),
    "CaseError": ("unknot.reasoning.case", "CaseError"),
    "KnowledgeError": ("unknot.knowledge", "KnowledgeError"),
    "Screening": ("unknot.reasoning.screen", "Screening"),
    "fit": ("unknot.reasoning.outcomes", "fit"),
    "load_knowledge": ("unknot.knowledge", "load"),
    "plan": ("unknot.reasoning.plan", "propose"),
    "read_case": ("unknot.reasoning.case", "read_case"),
    "score": ("unknot.reasoning.assess", "score"),
    "screen": ("unknot.reasoning.screen", "decide"),
    "verdict": ("unknot.reasoning.outcomes", "verdict"),
    "write_case": ("unknot.reasoning.case", "write_case"),
}

__all__ = [
    "Case",
    "CaseError",
    "KnowledgeError",
    "Screening",
    "fit",
    "load_knowledge",
    "plan",
    "read_case",
    "score",
    "screen",
    "verdict",
    "write_case",
]


def __getattr__(name: str) -> Any:
    """The public name, imported on first use."""
    if name not in _NAMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module, attribute = _NAMES[name]
    return getattr(import_module(module), attribute)


def __dir__() -> list[str]:
    """The public names."""
    return __all__
