"""Which area a tap on the work was for, as its page showed it.

A device goes on with the area it was given, also while that tap waits. When the server then
refuses the area, the taps behind it must not reach the work before it.
"""

from __future__ import annotations

from typing import Any, Final

from ...access import Sent
from ...models import FieldChange, Visit
from ..areas import name_of
from ..errors import OtherWork

WORK: Final = "work"


def answers_for(visit: Visit) -> str:
    """The area whose answer a response is: the one in work, else the last entry's; "" for none."""
    last = None if visit.area_in_work else visit.entries.last()
    return last.area if last else visit.area_in_work


def check(
    visit: Visit, field: str, value: Any, sent: Sent, *, is_behind: bool, meant: str
) -> None:
    """Raises OtherWork when a change of the work was meant for another area than it would reach.

    `is_behind` says that the device goes on beside the visit's work, with work of its own or none.
    Without `meant` ("" for not said) nothing is checked; an area taken up is not either.
    """
    if not meant or (field == WORK and value):
        return
    going = _own(visit, sent) if is_behind else None
    if going is not None:
        work: Any = going.value
        found = str(work["area"])
    elif field == "response":
        found = answers_for(visit)
    else:
        found = visit.area_in_work
    is_over = field == WORK and (not found or (is_behind and going is None))
    if found != meant and not is_over:
        name = name_of(meant).lower()
        raise OtherWork(f"This was for {name}, which is not in work here. It was not entered.")


def _own(visit: Visit, sent: Sent) -> FieldChange | None:
    """What this device has in work beside the visit's."""
    state = FieldChange.State.OPEN
    return visit.changes.filter(field=WORK, state=state, device=sent.device).first()
