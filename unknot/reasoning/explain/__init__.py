"""Why a result says what it says: down to each record, its version, the facts and the sources.

    found = explain(screening)
    found.reasons[0].id, found.reasons[0].version, found.would_change
    print(in_words(found))

A result keeps what it rests on, so a stored one can be explained after the knowledge has changed.
What is written is how it read then; `since` and `today` say what is different now.
"""

from __future__ import annotations

from unknot.knowledge import Knowledge, load
from unknot.reasoning.assess import Change, Ranked, Score
from unknot.reasoning.case import Case
from unknot.reasoning.explain import measures
from unknot.reasoning.explain import plan as of_plan
from unknot.reasoning.explain import screening as of_screening
from unknot.reasoning.explain.model import Explanation, Part, Reason, Since
from unknot.reasoning.explain.words import in_words
from unknot.reasoning.outcomes import Reading, Verdict
from unknot.reasoning.plan import Plan
from unknot.reasoning.screen import Screening

__all__ = ["Explanation", "Part", "Reason", "Since", "explain", "in_words"]


def explain(
    result: Screening | Plan | Score | Change | Ranked | Verdict | Reading,
    *,
    case: Case | None = None,
    knowledge: Knowledge | None = None,
) -> Explanation:
    """Why the result is as it is, from what it kept, compared with the knowledge of today.

    With the `case` a screening was made from, today's rules are asked about the same answers. What
    a result of an older schema did not keep is empty, and said so. Raises TypeError for anything
    that is not a result.
    """
    known = knowledge or load()
    if isinstance(result, Screening):
        return of_screening.explain(result, case, known)
    if isinstance(result, Plan):
        return of_plan.explain(result, known)
    if isinstance(result, Score):
        return measures.explain_score(result, known)
    if isinstance(result, Change):
        return measures.explain_change(result, known)
    if isinstance(result, Ranked):
        return measures.explain_ranked(result, known)
    if isinstance(result, Reading):
        result = result.verdict
    if isinstance(result, Verdict):
        return measures.explain_verdict(result, known)
    raise TypeError(f"{type(result).__name__} is not a result that can be explained")
