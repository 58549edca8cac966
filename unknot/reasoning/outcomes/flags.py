"""Flags: what limits a result. Each has its own sentence in ``words``."""

from enum import StrEnum


class Flag(StrEnum):
    """Things about the data, or about the model, that limit what may be said."""

    NO_DATA = "no_data"  # no answer, or one: every figure is the prior
    FEW_ANSWERS = "few_answers"  # fewer than ten days of answers
    FEW_VISITS = "few_visits"  # fewer than three sessions
    BEFORE_AFTER_ONLY = "before_after_only"
    RECALLED_ONLY = "recalled_only"
    MOSTLY_BAD_DAYS = "mostly_bad_days"  # the diary lies above the scores at visits
    MOSTLY_UNPROMPTED = "mostly_unprompted"  # fewer than half the answers followed a reminder
    AT_THE_EDGE = "at_the_edge"  # half the answers or more are 0 or 10 (floor_ceiling)
    START_AFTER_FIRST_VISIT = "start_after_first_visit"
    NO_VISIT = "no_visit"
    NO_START = "no_start"
    STALE = "stale"  # no answer in the last two weeks
    CONSTANT = "constant"  # every answer is the same
    NOT_SEPARABLE = "not_separable"  # what stays: sessions or time, the data cannot say
    HALF_LIFE_UNKNOWN = "half_life_unknown"  # the posterior of tau is nearly its prior
    FACTOR_GAPS = "factor_gaps"  # days without sleep, stress or load count as that person's mean
    ELSEWHERE_UNKNOWN = "elsewhere_unknown"  # massage elsewhere, or never asked about
    MEDICINE_CHANGED = "medicine_changed"  # a change of medicine lies within the diary
    NOT_RANDOMISED = "not_randomised"  # the days of visits were not drawn by lot
    HARD_TO_INTEGRATE = "hard_to_integrate"  # few effective points, even after the fallback
