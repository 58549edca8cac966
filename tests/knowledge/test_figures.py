"""Figures of records against the published or agreed ones, written out a second time here."""

import pytest

from unknot.knowledge import load

KNOWN = load()

# Pressure low and high, pain cap, minutes low and high, seconds on one spot low and high.
TECHNIQUES = {
    "TEC-SWE": (1, 3, 3, 30, 60, 0, 0),
    "TEC-DTM": (3, 5, 5, 30, 60, 0, 0),
    "TEC-TRP": (3, 4, 5, 30, 60, 30, 90),
    "TEC-MFR": (1, 3, 3, 30, 60, 90, 300),
    "TEC-NMT": (2, 4, 5, 30, 60, 0, 0),
    "TEC-SPO": (2, 4, 4, 10, 30, 0, 0),
    "TEC-ORT": (2, 4, 5, 15, 45, 0, 0),
    "TEC-MED": (1, 4, 5, 30, 60, 0, 0),
    "TEC-CHA": (2, 3, 3, 10, 30, 0, 0),
    "TEC-PRE": (1, 3, 3, 20, 45, 0, 0),
    "TEC-ACU": (2, 3, 3, 10, 30, 30, 120),
    "TEC-CUP": (2, 3, 4, 5, 10, 0, 0),
    "TEC-IAS": (2, 4, 4, 3, 8, 40, 120),
    "TEC-MLD": (1, 1, 1, 30, 60, 0, 0),
}
# Minutes, a week, weeks, people in the trial, spans of the three, confidence.
DOSES = {
    "DOS-CHE11": (60, 1, 10, 401, (), (), (), "high"),
    "DOS-ELD17": (60, 1, 10, 104, (), (), (), "medium"),
    "DOS-SHE14": (60, 2, 4, 228, (), (2, 3), (), "high"),
    "DOS-COO15": (60, 1, 6, 179, (), (), (), "high"),
    "DOS-SHE09": (60, 1, 10, 64, (), (), (), "high"),
    "DOS-SHORT": (60, 1, 4, 0, (), (), (), "low"),
    "DOS-PER12": (60, 1, 8, 125, (), (), (), "medium"),
    "DOS-PER19": (60, 1, 8, 222, (), (), (), "high"),
    "DOS-MOR15": (45, 2, 6, 56, (), (), (), "high"),
    "DOS-LAW06": (45, 1, 6, 47, (), (), (), "low"),
    "DOS-LI14": (30, 1, 5, 404, (30, 45), (1, 2), (), "medium"),
    "DOS-MORCTS": (30, 2, 6, 28, (), (), (4, 6), "low"),
    "DOS-KAL12": (20, 2, 5, 93, (15, 20), (), (), "low"),
    "DOS-REN11": (30, 2, 4, 60, (20, 30), (1, 2), (), "low"),
    "DOS-PREG": (30, 1, 5, 0, (20, 45), (), (), "medium"),
    "DOS-ART": (60, 1, 12, 0, (30, 90), (1, 3), (6, 12), "high"),
}
# Highest values quoted: rating regulation, textbook.
MAXIMA = {
    "neck_flexion": (45.0, 45.0),
    "neck_extension": (45.0, 45.0),
    "neck_side_bend": (45.0, 45.0),
    "neck_rotation": (80.0, 60.0),
    "trunk_flexion": (90.0, 80.0),
    "trunk_extension": (30.0, 25.0),
    "trunk_side_bend": (30.0, 35.0),
    "trunk_rotation": (30.0, 45.0),
    "shoulder_flexion": (180.0, 180.0),
    "shoulder_abduction": (180.0, 180.0),
    "shoulder_external_rotation": (90.0, 90.0),
    "shoulder_internal_rotation": (90.0, 70.0),
    "elbow_flexion": (145.0, 150.0),
    "wrist_flexion": (80.0, 80.0),
    "wrist_extension": (70.0, 70.0),
    "hip_flexion": (125.0, 120.0),
    "hip_extension": (None, 30.0),
    "hip_abduction": (45.0, 45.0),
    "knee_flexion": (140.0, 135.0),
    "knee_extension": (None, None),
    "ankle_dorsiflexion": (20.0, 20.0),
    "ankle_plantar_flexion": (45.0, 50.0),
    "shoulder_extension": (None, 60.0),
    "elbow_extension": (None, None),
    "forearm_pronation": (80.0, 80.0),
    "forearm_supination": (85.0, 80.0),
    "wrist_ulnar_deviation": (45.0, 30.0),
    "wrist_radial_deviation": (20.0, 20.0),
    "hip_adduction": (None, 30.0),
    "hip_internal_rotation": (None, 45.0),
    "hip_external_rotation": (None, 45.0),
    "foot_inversion": (None, 35.0),
    "foot_eversion": (None, 15.0),
    "jaw_opening": (None, None),
}
# Means of healthy people: girls and boys of 2-8, of 9-19, women and men of 20-44, of 45-69.
NORMS = {
    "shoulder_flexion": (178.6, 177.8, 171.8, 170.9, 172.0, 168.8, 168.1, 164.0),
    "elbow_flexion": (152.9, 151.4, 149.7, 148.3, 150.0, 144.6, 148.3, 143.5),
    "hip_flexion": (140.8, 131.1, 134.9, 135.2, 133.8, 130.4, 130.8, 127.2),
    "hip_extension": (26.2, 28.3, 20.5, 18.2, 18.1, 17.4, 16.7, 13.5),
    "knee_flexion": (152.6, 147.8, 142.3, 142.2, 141.9, 137.7, 137.8, 132.9),
    "knee_extension": (5.4, 1.6, 2.4, 1.8, 1.6, 1.0, 1.2, 0.5),
    "ankle_dorsiflexion": (24.8, 22.8, 17.3, 16.3, 13.8, 12.7, 11.6, 11.9),
    "ankle_plantar_flexion": (67.1, 55.8, 57.3, 52.8, 62.1, 54.6, 56.5, 49.4),
    "elbow_extension": (6.8, 2.2, 6.4, 5.3, 4.7, 0.8, 3.6, -0.7),
    "forearm_pronation": (84.6, 79.6, 81.2, 79.8, 82.0, 76.9, 80.8, 77.7),
    "forearm_supination": (93.7, 86.4, 90.0, 87.8, 90.6, 85.0, 87.2, 82.4),
}
ADULT_BANDS = {
    "shoulder_flexion": ((170.9, 173.1), (167.3, 170.3), (166.7, 169.5), (162.3, 165.7)),
    "elbow_flexion": ((149.1, 150.9), (143.6, 145.6), (147.3, 149.3), (142.3, 144.7)),
    "hip_flexion": ((132.5, 135.1), (129.0, 131.8), (129.2, 132.4), (125.7, 128.7)),
    "hip_extension": ((17.0, 19.2), (16.3, 18.5), (15.5, 17.9), (12.5, 14.5)),
    "knee_flexion": ((140.9, 142.9), (136.5, 138.9), (136.5, 139.1), (131.6, 134.2)),
    "knee_extension": ((1.1, 2.1), (0.6, 1.4), (0.7, 1.7), (0.1, 0.9)),
    "ankle_dorsiflexion": ((12.9, 14.7), (11.6, 13.8), (10.6, 12.6), (10.9, 12.9)),
    "ankle_plantar_flexion": ((60.6, 63.6), (53.2, 56.0), (55.0, 58.0), (47.7, 51.1)),
    "elbow_extension": ((3.9, 5.5), (0.1, 1.5), (2.6, 4.6), (-1.5, 0.1)),
    "forearm_pronation": ((81.0, 83.0), (75.6, 78.2), (79.7, 81.9), (76.5, 78.9)),
    "forearm_supination": ((89.2, 92.0), (83.8, 86.2), (86.0, 88.4), (81.1, 83.7)),
}
ICD10CM = {
    "CND-01": "M54.50 M54.59 M54.51 M62.830",
    "CND-02": "M54.2 M54.6 M79.12",
    "CND-03": "M26.601 M26.602 M26.603 M26.609 M26.629 M79.11",
    "CND-04": "G44.209 G44.219 G44.229 G44.86",
    "CND-05": "G43.009 G43.109 G43.909",
    "CND-06": "G56.01 G56.02 G56.03 G56.00",
    "CND-07": "M43.6 S16.1XXA M62.838",
    "CND-08": "M54.30 M54.31 M54.32 M54.41 M54.42 M54.16",
    "CND-09": "M72.2",
    "CND-10": "M76.31 M76.32 M76.30 M25.561 M25.562 M22.2X1 M22.2X2",
    "CND-11": "M53.3 M46.1 M53.2X8",
    "CND-12": "M79.7",
    "CND-13": "M17.0 M17.11 M17.12 M17.9 M16.9 M19.90 M06.9",
    "CND-14": "S76.311A S86.111A M62.838 S39.012A",
    "CND-15": "O26.892 O26.893 O26.891 O99.891 M54.50",
}
HOME_DOSES = {
    "HC-01": "2 to 3 rounds of 8 to 10, hold 5 to 10 seconds, every day",
    "HC-02": "3 times a week; the trial went on for a year",
    "HC-03": "2 to 3 rounds of 8 to 15, 3 times a week",
    "HC-04": "10 each way, 3 to 4 times a day",
    "HC-05": "5 to 10 breaths, 2 to 3 times a day",
    "HC-06": "Start with 10 to 30 minutes; aim for 30 minutes on 5 days a week",
    "HC-07": "2 to 3 rounds of 8 to 12, 2 to 3 days a week",
    "HC-08": "10 times, 1 to 3 times a day",
    "HC-09": "30 seconds, 2 to 4 times (about a minute in all), most days",
    "HC-10": "3 rounds of 10 to 15, 3 days a week",
    "HC-11": "2 to 3 rounds of 8 to 12, 2 to 3 days a week",
    "HC-12": "30 seconds, 3 times each way; for heel pain 3 times a day",
    "HC-13": "10 times 10 seconds, 3 times a day",
    "HC-14": "3 rounds every other day, up to 12 in each: 3 seconds up, 2 hold, 3 down",
    "HC-15": "Every night, at least 6 weeks",
    "HC-16": "5 to 10 slow ones, 2 to 3 times a day",
    "HC-17": "6 times, 6 times a day",
    "HC-18": "30 seconds, 2 to 4 times",
    "HC-19": "10 to 30 seconds (30 to 60 from age 65), 2 to 4 times (about a minute a joint), "
    "at least 2 to 3 days a week",
    "HC-20": "1 to 3 rounds of 30 to 120 seconds",
    "HC-21": "Never",
    "HC-22": "30 to 60 seconds, once or twice a day, at 5 out of 10 or less",
    "HC-23": "15 to 20 minutes, 2 to 3 times a day",
    "HC-24": "10 to 15 minutes",
    "HC-25": "From 10 minutes, build to 20 to 30 minutes, 2 to 3 times a week",
    "HC-26": "Up to 150 minutes a week, moderate",
    "HC-27": "5 to 10 minutes, once or twice a day",
    "HC-28": "After each visit",
    "HC-29": "No set amount",
    "HC-30": "For about two hours",
}


@pytest.mark.parametrize("name", TECHNIQUES)
def test_a_technique_keeps_its_pressure_pain_cap_and_times(name: str) -> None:
    one = KNOWN.techniques[name]
    found = (one.pressure_low, one.pressure_high, one.pain_cap, one.minutes_low, one.minutes_high)
    assert (*found, one.seconds_low, one.seconds_high) == TECHNIQUES[name]
    assert one.pain_cap <= 5
    assert one.cautions


@pytest.mark.parametrize("name", DOSES)
def test_a_dose_keeps_the_figures_of_its_trial(name: str) -> None:
    one = KNOWN.doses[name]
    found = (one.minutes, one.per_week, one.weeks, one.people, one.minutes_span)
    assert (*found, one.per_week_span, one.weeks_span, str(one.confidence)) == DOSES[name]


@pytest.mark.parametrize("name", MAXIMA)
def test_a_motion_keeps_its_quoted_maxima(name: str) -> None:
    one = KNOWN.motions[name]
    assert (one.regulation_maximum, one.textbook_maximum) == MAXIMA[name]


@pytest.mark.parametrize("name", NORMS)
def test_a_motion_keeps_its_norms_by_sex_and_age(name: str) -> None:
    bands = KNOWN.motions[name].normal
    assert tuple(band.mean for band in bands) == NORMS[name]
    assert (
        tuple((band.low, band.high) for band in bands if band.low is not None)
        == (ADULT_BANDS[name])
    )
    assert [(band.sex, band.age_low, band.age_high) for band in bands] == [
        (sex, low, high)
        for low, high in ((2, 8), (9, 19), (20, 44), (45, 69))
        for sex in ("female", "male")
    ]


def test_only_norms_that_were_read_count_as_read() -> None:
    recalled = {one.id for one in KNOWN.motions.values() if "normal bands" in one.remembered}
    assert set(NORMS) == recalled


@pytest.mark.parametrize("name", ICD10CM)
def test_a_condition_offers_the_codes_a_referrer_may_have_used(name: str) -> None:
    assert " ".join(KNOWN.conditions[name].icd10cm) == ICD10CM[name]


@pytest.mark.parametrize("name", HOME_DOSES)
def test_home_care_keeps_its_dose(name: str) -> None:
    assert KNOWN.home_care[name].dose == HOME_DOSES[name]


def test_limits_of_a_motion_are_never_below_the_published_error() -> None:
    for motion in KNOWN.motions.values():
        if motion.unit != "degrees":
            continue
        assert motion.error_same_examiner >= 5, motion.id
        assert motion.error_other_examiner >= 6, motion.id
