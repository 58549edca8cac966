"""The words every knowledge record may use for its judgements, most severe first.

The order of the members is the order of severity: `unknot.reasoning.scale.worst` relies on it,
and a test holds it.
"""

from enum import StrEnum


class Disposition(StrEnum):
    """What a screening allows; worst means furthest from being treated here today."""

    __hash__ = str.__hash__  # as equal text hashes, and ten times as fast as an Enum's own

    TOTAL_CONTRAINDICATION = "total_contraindication"
    """No massage now."""
    MEDICAL_CLEARANCE = "medical_clearance"
    """No massage until a clinician agrees."""
    LOCAL_CONTRAINDICATION = "local_contraindication"
    """Leave an area out, treat elsewhere."""
    ADAPT = "adapt"
    """Treat with less pressure, another position or less time."""
    PROCEED = "proceed"
    """Treat as planned."""


class Urgency(StrEnum):
    """How soon a clinician should see the person; worst means soonest."""

    __hash__ = str.__hash__

    EMERGENCY_NOW = "emergency_now"
    SAME_DAY = "same_day"
    GP_SOON = "gp_soon"
    """Within two weeks, sooner if the record says so."""
    GP_ROUTINE = "gp_routine"
    NONE = "none"


class Confidence(StrEnum):
    """How sure the record's own sources make us."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Evidence(StrEnum):
    """The strongest kind of source the record rests on."""

    GUIDELINE = "guideline"
    REVIEW = "review"
    TRIAL = "trial"
    COHORT = "cohort"
    CASE_REPORT = "case_report"
    MEASUREMENT = "measurement"
    TEXTBOOK = "textbook"
    CONSENSUS = "consensus"
    CONVENTION = "convention"
    """Practice convention: no direct evidence; a cautious choice, said so wherever it is shown."""
