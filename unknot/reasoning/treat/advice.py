"""What a client should know before, during and after a visit."""

from collections.abc import Iterable

from unknot.knowledge import Knowledge, load
from unknot.knowledge.visit_advice import VisitAdvice


def advice(
    groups: Iterable[str] = (), *, essential: bool = False, knowledge: Knowledge | None = None
) -> tuple[VisitAdvice, ...]:
    """The advice for treatment of these parts of the body, in the order of a visit.

    Some advice concerns one part only, such as the warning after work on the neck: it is given
    when that part is among `groups`. `essential` keeps what belongs in every plan.
    """
    treated = set(groups)
    return tuple(
        one
        for one in (knowledge or load()).visit_advice.values()
        if (not one.groups or treated & set(one.groups)) and (one.essential or not essential)
    )
