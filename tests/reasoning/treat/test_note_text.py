"""The note says what was tapped, and no more."""

from dataclasses import replace
from datetime import date

from unknot.reasoning.treat.dial import AreaLog
from unknot.reasoning.treat.note import Response, Treated, VisitRecord, day_words, write

EMPTY = VisitRecord(on=date(2026, 11, 22), complaint="Low back pain")
FULL = VisitRecord(
    on=date(2026, 11, 22),
    complaint="Neck and upper back pain",
    number=3,
    wants="Right side of the neck.",
    new_since=("Started a new job",),
    pain_before_0_10=6,
    pain_after_0_10=4,
    treated=(
        Treated("Neck, right", "Myofascial release", 2, 12, Response.EASED),
        Treated("Upper back", "Relaxation massage", 3, 20, Response.UNCHANGED),
        Treated("Upper back", "Relaxation massage", 3, 8),
        Treated("Shoulders", "Relaxation massage", 2, 5, Response.EASED),
    ),
    dial=(
        AreaLog("Neck, right", 1, 3, 0, 0, 6, 4, 1, 2, 5),
        AreaLog("", 0, 0, 1, 0, None, None, 0, None),
    ),
    pressure_ceiling=3,
    kept_off=("left calf", "abdomen"),
    findings=("Neck rotation right 55 degrees.",),
    home_care=("Neck turns", "Walk 20 minutes"),
    next_on=date(2026, 11, 29),
)


def test_a_visit_with_no_taps_says_that_nothing_was_asked_or_entered() -> None:
    note = write(EMPTY)
    assert note.subjective == (
        "Visit 1. Low back pain.\nNot asked whether anything is new.\n"
        "Pain before treatment not asked."
    )
    assert note.objective == "No treatment entered."
    assert (
        note.assessment
        == "Immediate effect on pain not measured (before and after are both needed)."
    )
    assert note.plan == "No home care given.\nNo next visit booked."
    assert note.client_summary.startswith(
        "On 22 November 2026 we met and did no hands-on work.\nSome soreness"
    )


def test_a_full_visit_is_told_from_its_taps() -> None:
    note = write(FULL)
    assert note.subjective.splitlines() == [
        "Visit 3. Neck and upper back pain.",
        "New since the last screening: Started a new job.",
        "Wants today: Right side of the neck.",
        "Pain before treatment 6/10.",
    ]
    assert note.objective.splitlines() == [
        "Neck rotation right 55 degrees.",
        "Treated 45 min hands-on.",
        "Neck, right: Myofascial release, 12 min, pressure 2/5 (light to moderate); eased.",
        "Upper back: Relaxation massage, 20 min, pressure 3/5 (moderate); no change.",
        "Upper back: Relaxation massage, 8 min, pressure 3/5 (moderate).",
        "Shoulders: Relaxation massage, 5 min, pressure 2/5 (light to moderate); eased.",
        "On the pressure dial, Neck, right: less once, just right 3 times, pain up to 6/10.",
        "On the pressure dial, no area in work: more once.",
        "Screening limits: pressure held at or below 3/5; kept off left calf and abdomen.",
    ]
    assert note.assessment.splitlines() == [
        "Pain 6/10 before, 4/10 after: 2 points lower right after treatment. "
        "One pair of numbers says nothing about the course.",
        "Tissue response: eased: Neck, right and Shoulders; no change: Upper back.",
        "Client asked to stop or passed the pain limit: Neck, right (limit 5/10).",
    ]
    assert note.plan.splitlines() == [
        "Home care: Neck turns; Walk 20 minutes.",
        "Pressure the client called just right: Neck, right 2/5.",
        "Next visit 29 November 2026.",
    ]


def test_the_client_reads_plain_words_and_what_one_visit_cannot_show() -> None:
    summary = write(FULL).client_summary.splitlines()
    assert summary[0] == (
        "On 22 November 2026 we worked for 45 minutes: neck, right, upper back and shoulders. "
        "The pressure was moderate at most."
    )
    assert "One visit cannot show whether the course is working." in summary[1]
    assert summary[2] == "At home: Neck turns; Walk 20 minutes."
    assert "more than three days" in summary[3]


def test_nothing_new_is_written_only_when_it_was_asked() -> None:
    assert (
        "Nothing new since the last screening." in write(replace(EMPTY, new_since=())).subjective
    )


def test_a_visit_right_after_a_screening_names_its_day() -> None:
    note = write(replace(EMPTY, screened_on=date(2026, 11, 22)))
    assert "Screened 22 November 2026." in note.subjective


def test_pain_that_rose_or_stayed_is_said_as_plainly_as_pain_that_fell() -> None:
    assert (
        "1 point higher" in write(replace(EMPTY, pain_before_0_10=3, pain_after_0_10=4)).assessment
    )
    assert (
        "no immediate change"
        in write(replace(EMPTY, pain_before_0_10=3, pain_after_0_10=3)).assessment
    )


def test_a_limit_is_named_alone_when_there_is_only_one() -> None:
    assert "kept off abdomen." in write(replace(EMPTY, kept_off=("abdomen",))).objective
    assert "at or below 2/5." in write(replace(EMPTY, pressure_ceiling=2)).objective


def test_an_alert_without_an_area_is_not_lost() -> None:
    log = AreaLog("", 0, 0, 0, 1, None, None, 1, None)
    assert write(replace(EMPTY, dial=(log,))).assessment.endswith("limit: no area in work.")


def test_days_read_the_same_on_every_machine() -> None:
    assert day_words(date(2027, 1, 3)) == "3 January 2027"


def test_what_the_client_answered_on_their_own_phone_is_told_as_that() -> None:
    news = replace(EMPTY, new_since=("Fever: yes",), told_ahead=True)
    said = "New since the last screening, answered on the client's own phone: Fever: yes."
    assert said in write(news).subjective
    nothing = write(replace(EMPTY, new_since=(), told_ahead=True)).subjective
    assert "Nothing new since the last screening, answered on the client's own phone." in nothing


def test_the_therapist_s_words_stand_with_what_was_found() -> None:
    note = write(replace(FULL, words="Left side guarded at first."))
    assert note.objective.startswith(
        "Neck rotation right 55 degrees.\nLeft side guarded at first.\nTreated 45 min"
    )
    assert "guarded at first" not in note.client_summary
