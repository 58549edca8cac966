"""The next step a verdict suggests, by the stop rules STP-01 to STP-07. People decide it."""

from dataclasses import dataclass
from enum import StrEnum

from unknot.reasoning.outcomes.seen import Seen


class Step(StrEnum):
    """What a course may do next."""

    CONTINUE = "continue"
    CHANGE = "change"
    TAPER = "taper"
    REEVALUATE = "reevaluate"
    REFER = "refer"
    DISCHARGE = "discharge"


@dataclass(frozen=True)
class NextStep:
    """A proposal: what to do, the rule that says so, why, and the sources behind the rule."""

    step: Step
    rule_id: str
    tell: str
    because: str
    sources: tuple[str, ...]


MEASURE_FIRST = NextStep(
    Step.CONTINUE,
    "STP-01",
    "Write down one score a day before the first visit, good days too. Everything later is"
    " compared with these.",
    "Pain, function and sleep or stress are measured before the first visit.",
    ("DWO08",),
)
KEEP_GOING = NextStep(
    Step.CONTINUE,
    "STP-02",
    "Keep to the plan, and look again at the next review.",
    "A drop of 2 points or 30 % at the review counts as a response.",
    ("FAR01", "OST08", "SHE14"),
)
KEEP_ANSWERING = NextStep(
    Step.CONTINUE,
    "STP-02",
    "Go on as planned, and keep answering. There is not enough yet to decide anything on.",
    "The review belongs at visit 4 or day 28 to 35; before that, nothing is decided.",
    ("FAR01", "OST08", "SHE14"),
)
REVIEW_DUE = NextStep(
    Step.REEVALUATE,
    "STP-02",
    "Sit down together for the review. Look at what can be done again in daily life, and agree"
    " on one answer a day for the next two weeks.",
    "The review at visit 4 or day 28 to 35 has come, and the scores alone cannot carry it.",
    ("FAR01", "OST08", "SHE14"),
)
FUNCTION_BETTER = NextStep(
    Step.CONTINUE,
    "STP-02",
    "Keep to the plan: daily life has become easier, even though the pain itself is not"
    " clearly better.",
    "A change in function that matters counts as a response, as one in pain does.",
    ("FAR01", "OST08", "SHE14"),
)
CHANGE_SOMETHING = NextStep(
    Step.CHANGE,
    "STP-03",
    "Change something: the technique (not only the pressure), the length or number of visits,"
    " and add exercise. Then look again after four visits.",
    "There is some change, but less than the one that matters.",
    ("CHE11", "SHE14"),
)
STOP_THIS_PLAN = NextStep(
    Step.REFER,
    "STP-04",
    "Stop this plan as it is. Go through the safety questions again, and ask a doctor or"
    " physiotherapist to look.",
    "No change that matters after 4 to 6 visits or 5 weeks. A convention, resting on one trial.",
    ("SHE14",),
)
LOOK_AGAIN = NextStep(
    Step.REEVALUATE,
    "STP-04",
    "Look at the plan again together: after this many visits a change that matters should show.",
    "4 to 6 visits or 5 weeks have passed without a change one can be sure of.",
    ("SHE14",),
)
END_THE_COURSE = NextStep(
    Step.DISCHARGE,
    "STP-05",
    "End this course. You may still choose massage for comfort, but not as treatment of this"
    " pain.",
    "No change that matters by visit 10 or week 10 to 12.",
    ("CHE11",),
)
PAUSE = NextStep(
    Step.REFER,
    "STP-06",
    "Pause the visits and go through the safety questions again today. If anything is new, such"
    " as numbness, weakness, fever, or trouble with bladder or bowel, get medical help the same"
    " day.",
    "Worse by 2 points or more for longer than 72 hours; soreness after a visit is mostly gone"
    " within 36 hours.",
    ("CAM07",),
)
SPACE_OUT = NextStep(
    Step.TAPER,
    "STP-07",
    "Space the visits out: every week, then every two weeks, then every month, then stop. Start"
    " again if the pain comes back.",
    "A change that matters in two reviews running.",
    ("COO15", "PER19"),
)

STOP_OR_SPACE_OUT = NextStep(
    Step.DISCHARGE,
    "STP-07",
    "The change has lasted, and no visit is booked. You can stop here, and start again if the pain"
    " comes back. If you would rather stop by and by, book one visit in two weeks and one a month"
    " later.",
    "A change that matters in two reviews running; with no visit booked, the last of the steps"
    " further apart is reached.",
    ("COO15", "PER19"),
)

REVIEW_VISITS, REVIEW_WEEKS = 4, 5
PATIENCE_VISITS = 6
COURSE_VISITS, COURSE_WEEKS = 10, 10
SOME_CHANGE = 0.90  # probability that pain is lower at all


def as_booked(step: NextStep, *, visits_ahead: int) -> NextStep:
    """The step as it stands with so many visits booked: none can be put further apart."""
    return STOP_OR_SPACE_OUT if step.step is Step.TAPER and not visits_ahead else step


def after_better(fit: Seen) -> NextStep:
    """Taper once the change has lasted over two windows, else keep going."""
    return SPACE_OUT if fit.lasting else KEEP_GOING


def after_some(fit: Seen, function_better: bool, *, small: bool) -> NextStep:
    """Some relief: keep going until patience ends, change something when it is surely small."""
    if function_better:
        return FUNCTION_BETTER
    patient = fit.counts.visits < PATIENCE_VISITS and not small
    return KEEP_GOING if patient else CHANGE_SOMETHING


def after_unclear(fit: Seen, function_better: bool) -> NextStep:
    """Go on before the review is due; afterwards change something or look again together."""
    visits, weeks = fit.counts.visits, fit.weeks
    if visits == 0:
        return MEASURE_FIRST
    if visits < REVIEW_VISITS and weeks < REVIEW_WEEKS:
        return KEEP_ANSWERING
    if function_better:
        return FUNCTION_BETTER
    if fit.change is None or visits < REVIEW_VISITS:
        return REVIEW_DUE
    if fit.change.p_better >= SOME_CHANGE:
        return CHANGE_SOMETHING
    return LOOK_AGAIN if visits >= PATIENCE_VISITS else KEEP_ANSWERING


def after_no_change(fit: Seen, function_better: bool) -> NextStep:
    """Stop, change or end, by how long the course has run and whether anything moved."""
    if function_better:
        return FUNCTION_BETTER
    if fit.counts.visits >= COURSE_VISITS or fit.weeks >= COURSE_WEEKS:
        return END_THE_COURSE
    some = fit.change is not None and fit.change.p_better >= SOME_CHANGE
    return CHANGE_SOMETHING if some else STOP_THIS_PLAN
