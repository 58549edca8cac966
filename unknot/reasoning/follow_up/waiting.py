"""How long an answer that needs action may wait for the therapist before it goes to the owner.

The lengths are a convention of ours; no source gives one. What the client has to do is told at
once and waits for nobody.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from unknot.reasoning.scale import Urgency

LOOK_WITHIN: Final[Mapping[Urgency, timedelta]] = {
    Urgency.EMERGENCY_NOW: timedelta(minutes=30),
    Urgency.SAME_DAY: timedelta(hours=4),
    Urgency.GP_SOON: timedelta(hours=24),
    Urgency.GP_ROUTINE: timedelta(hours=72),
    Urgency.NONE: timedelta(hours=72),
}
TELL_AT_ONCE: Final = (Urgency.EMERGENCY_NOW, Urgency.SAME_DAY)
"""What the therapist is sent a message about, beside the list."""
AGAIN_AFTER: Final = timedelta(hours=24)
"""The owner is told again each day while nobody has answered."""


def look_by(raised_at: datetime, urgency: Urgency) -> datetime:
    """When an answer nobody looked at goes to the owner."""
    return raised_at + LOOK_WITHIN[urgency]


def words(urgency: Urgency) -> str:
    """The time as a table says it: "30 minutes", "4 hours", "3 days"."""
    minutes = int(LOOK_WITHIN[urgency].total_seconds() // 60)
    sizes = ((24 * 60, "day"), (60, "hour"), (1, "minute"))
    size, name = next(one for one in sizes if minutes % one[0] == 0)
    count = minutes // size
    return f"{count} {name}" if count == 1 else f"{count} {name}s"
