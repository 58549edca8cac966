"""From what an answer holds to what is done: by the client, by the therapist, in the plan."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from unknot.knowledge.adverse_events import AdverseEvent, PlanChange
from unknot.reasoning.scale import Urgency, severity, worst

GENTLEST_PRESSURE = 1
LEFT_OUT = "unanswered"
"""The record for warning signs that were not answered: unknown never passes for no."""
SHOWN_NAMES = 3


@dataclass(frozen=True)
class Triage:
    """What follows from one answer: the most urgent event leads, the others stand below it.

    `alerts` asks the therapist to answer; `stops` bars visits until a person has decided, and
    `asks_screening` until the safety questions came again too. `grade` is 0 to 3, the worst told.
    `unanswered` names questions whose answer could still change the action.
    """

    urgency: Urgency
    tell: str
    do: str
    alerts: bool
    grade: int
    events: tuple[AdverseEvent, ...]
    unanswered: tuple[str, ...] = ()

    @property
    def rule_ids(self) -> tuple[str, ...]:
        """Ids of the records that led here, most urgent first."""
        return tuple(event.id for event in self.events)

    @property
    def plan(self) -> tuple[PlanChange, ...]:
        """Every change of the plan the events name, in the order of the events, each once."""
        return tuple(dict.fromkeys(change for event in self.events for change in event.plan))

    @property
    def stops(self) -> bool:
        """Whether nothing is booked or begun until a person has decided."""
        return any(event.stops for event in self.events)

    @property
    def asks_screening(self) -> bool:
        """Whether the safety questions come again before that decision."""
        return any(event.asks_screening for event in self.events)

    @property
    def words(self) -> str:
        """What a therapist reads in a list: the three most urgent events, and a grade that says
        something (1 and up)."""
        names = "; ".join(event.name for event in self.events[:SHOWN_NAMES]) or "Answers missing"
        return f"{names}. Grade {self.grade}." if self.grade else f"{names}."

    @property
    def told(self) -> str:
        """Everything the client is told, the most urgent first."""
        lines = [f"{self.tell} {self.do}"]
        lines += [f"{event.tell} {event.do}" for event in worth_saying(self)]
        return "\n".join(lines)

    def pressure_cap(self, used: int | None) -> int | None:
        """The most pressure (1 to 5) at the next visit, one level below the firmest `used` at
        the last; None where the plan does not ask for less, or nothing is known of the last."""
        if used is None or "less_pressure" not in self.plan:
            return None
        return max(used - 1, GENTLEST_PRESSURE)


def act(
    names: Iterable[str],
    events: Mapping[str, AdverseEvent],
    *,
    thanks: tuple[str, str],
    grade: int = 0,
    unanswered: tuple[str, ...] = (),
) -> Triage:
    """The action for the events found. `thanks` is what is said and done when there is none.

    Raises KeyError for a name that is not a record: a form offers only those.
    """
    found = [events[name] for name in dict.fromkeys(names)]
    place = {name: number for number, name in enumerate(events)}
    hit = tuple(sorted(found, key=lambda event: (_rank(event), place[event.id])))
    tell, do = (hit[0].tell, hit[0].do) if hit else thanks
    return Triage(
        urgency=worst((Urgency.NONE, *(event.urgency for event in hit))),
        tell=tell,
        do=do,
        alerts=bool(unanswered) or any(event.alerts for event in hit),
        grade=grade,
        events=hit,
        unanswered=unanswered,
    )


def worth_saying(found: Triage) -> tuple[AdverseEvent, ...]:
    """The events below the first; beside an urgent one, none that says to carry on as usual."""
    rest = found.events[1:]
    if found.urgency is Urgency.NONE:
        return rest
    return tuple(event for event in rest if event.urgency is not Urgency.NONE)


def _rank(event: AdverseEvent) -> tuple[int, bool, bool]:
    return -severity(event.urgency), not event.stops, not event.alerts
