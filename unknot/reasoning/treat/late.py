"""A tap that waited on the client's phone, because there was no line, and came only later.

It says how the pressure felt then, not how it feels now. So it is kept and shown as late, it
raises no alarm and settles none; only a stop always tells, for a stop nobody heard is worse than
one heard late. How long a tap may wait is a convention of the house: one attempt that fails
(20 seconds) and one more.
"""

from __future__ import annotations

from .dial import Alert, Cap, DialEvent, Judgement, judge

ASK_NOW = "Ask how they are now."
LATE_AFTER_SECONDS = 30.0
"""A tap that waited longer than this speaks of a moment that is over."""
MINUTE, HOUR = 60, 3600


def is_late(waited_seconds: float) -> bool:
    """Whether a tap that waited so long speaks of a moment that is over."""
    return waited_seconds > LATE_AFTER_SECONDS


def judge_late(event: DialEvent, cap: Cap, waited_seconds: float) -> Judgement:
    """What the therapist and the client are told about a tap that waited; as ever when it did not.

    Only a stop is an alert, and no pressure is asked for: what was in work then may be done.
    """
    found = judge(event, cap)
    if not is_late(waited_seconds):
        return found
    ago = say_ago(waited_seconds)
    if found.alert is Alert.STOP:
        return Judgement(
            Alert.STOP,
            f"Stop, tapped {ago} ago and received only now. Lift your hands, then ask.",
            f"Your therapist has been told to stop only now, {ago} after your tap. If you still"
            " need it, say it aloud.",
        )
    return Judgement(
        None,
        f"Received only now, from {ago} ago: {_what(event, cap)}.",
        f"Sent only now. Your therapist sees that you tapped this {ago} ago. Tap again, or say"
        " how it is now.",
    )


def judge_after_end(event: DialEvent, cap: Cap) -> Judgement:
    """What is told of a touch that came only when the visit was finished: nobody's hands are on
    the client any more, so no pressure is asked for; only a stop is an alert."""
    tell = (
        "This came after the end of your visit. Your therapist sees it with the notes. If you"
        " still need something, say it aloud, or in your check-in."
    )
    if judge(event, cap).alert is Alert.STOP:
        say = f"Stop, tapped in the visit and received only after its end. {ASK_NOW}"
        return Judgement(Alert.STOP, say, tell)
    return Judgement(None, f"Received only after the end of the visit: {_what(event, cap)}.", tell)


def say_ago(seconds: float) -> str:
    """A span in its largest whole unit: "45 seconds", "3 minutes", "2 hours"."""
    for size, unit in ((HOUR, "hour"), (MINUTE, "minute"), (1, "second")):
        if seconds >= size:
            count = int(seconds // size)
            return f"{count} {unit}" if count == 1 else f"{count} {unit}s"
    return "a moment"


def _what(event: DialEvent, cap: Cap) -> str:
    if event.pain_0_10 is None:
        return {"less": "less", "right": "just right", "more": "more"}[str(event.word)]
    above = f", above the limit of {cap.pain_0_10}" if event.pain_0_10 > cap.pain_0_10 else ""
    return f"pain {event.pain_0_10} of 10{above}"
