"""Diaries as plain tables: forgiving in form, exact in complaints."""

from datetime import date

import pytest

from unknot.reasoning.outcomes import DiaryError, Entry, fit, read_diary
from unknot.reasoning.outcomes.table import MOST_LINES


def test_it_reads_a_plain_table():
    diary = read_diary("when,pain,kind\n2026-03-02,6,\n2026-03-03 09:15,4.5,before\n")
    assert [entry.value for entry in diary.entries] == [6.0, 4.5]
    assert diary.entries[0].at.isoformat() == "2026-03-02T20:00:00+00:00"
    assert [entry.kind for entry in diary.entries] == ["diary", "before"]


def test_it_reads_semicolons_commas_in_numbers_other_names_and_notes():
    text = (
        "\ufeff# my diary\n# zone: Europe/Berlin\n\nDate;Clock;Score;Type;Length\n"
        "2026-03-02;08:30;6,5;home;\n2026-03-02;18:00;;massage;45\n2026-03-03;;;;\n"
    )
    diary = read_diary(text)
    assert diary.zone == "Europe/Berlin"
    assert diary.entries[0].value == 6.5
    assert diary.entries[0].at.utcoffset().total_seconds() == 3600
    assert diary.sessions[0].minutes == 45


def test_an_offset_is_kept_and_a_visit_lasts_an_hour_unless_told():
    diary = read_diary("when\tpain\tkind\n2026-03-02T18:00+05:00\t\tvisit\n")
    assert diary.sessions[0].minutes == 60
    assert diary.sessions[0].at.utcoffset().total_seconds() == 5 * 3600


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "d.csv, line 1: There is no table. Begin with the line: when,pain,kind"),
        ("when,mood\n", "d.csv, line 1, column mood: The column 'mood' is not known. Use: when"),
        ("when,kind\n", "d.csv, line 1: The columns when and pain must both be there."),
        ("when,pain\n2.3.2026,5\n", "d.csv, line 2, column when: This is not a date we can read."),
        ("when,pain\n2026-03-02,12\n", "line 2, column pain: This is not a number from 0 to 10."),
        ("when,pain\n2026-03-02,bad\n", "line 2, column pain: This is not a number from 0 to 10."),
        ("when,pain,kind\n2026-03-02,1,x\n", "column kind: This kind is not known. Write one of:"),
        ("when,pain,kind,minutes\n2026-03-02,,visit,x\n", "column minutes: This is not a length"),
        ("when,pain,kind,minutes\n2026-03-02,,visit,999\n", "Write a number from 1 to 300."),
        ("# zone: Nowhere/Town\nwhen,pain\n", "line 1, column zone: This time zone is not known."),
        (
            "when,pain\n2026-03-02,6,5\n",
            "d.csv, line 2: There are more cells than columns. Write 6.5",
        ),
        ("when,pain,Score\n", "d.csv, line 1, column pain: This column stands here twice. Keep"),
        (
            "# worthwhile: 99\nwhen,pain\n",
            "column worthwhile: This is not a number above 0, up to 10",
        ),
        (
            "when,pain\n2026-03-02,6\n0226-03-03,6\n",
            "d.csv, line 3, column when: This year is not from 1990 to 2199. Write the year",
        ),
        ("when,pain,kind\n20260-03-02,,visit\n", "This is not a date we can read."),
        ("when,pain\n1989-12-31,6\n", "This year is not from 1990 to 2199."),
        ("\n" * (MOST_LINES + 1), "The file is too long. Split it by person."),
    ],
)
def test_errors_name_the_place_and_the_cure(text, message):
    with pytest.raises(DiaryError) as error:
        read_diary(text, name="d.csv")
    assert message in str(error.value)


def test_a_day_still_to_come_is_refused_for_answers_and_for_visits():
    today, tomorrow = date(2026, 3, 2), "2026-03-03"
    text = f"when,pain\n{tomorrow},6\n"
    assert read_diary(text, today=today).entries, "tomorrow has begun somewhere"
    for diary, visits, file in (
        ("when,pain\n2026-03-04,6\n", "", "d.csv"),
        (text, "when\n2026-03-04 10:00\n", "v.csv"),
    ):
        with pytest.raises(DiaryError) as error:
            read_diary(diary, name="d.csv", sessions=visits, sessions_name="v.csv", today=today)
        assert str(error.value).startswith(
            f"{file}, line 2, column when: This day is still to come"
        )
    assert read_diary("when,pain\n2026-03-04,6\n").entries, "without today there is no future"


def test_errors_never_repeat_a_score():
    with pytest.raises(DiaryError) as error:
        read_diary("when,pain\n2026-03-02,77.31\n")
    assert "77" not in str(error.value)


def test_an_unknown_zone_given_by_the_caller_is_refused():
    with pytest.raises(DiaryError, match="time zone"):
        read_diary("", zone="Nowhere/Town")


def test_it_reads_everything_a_table_may_hold():
    diary = read_diary(
        "# pain_weeks: 30\n# worthwhile: 1.5\n# elsewhere: no\n# Randomised: yes\n"
        "when,pain,kind,technique,region,prompted,sleep,stress,load\n"
        "2026-03-02,6,,,neck,yes,6.5,4,3\n2026-03-03,,visit,deep,,,,,\n"
        "2026-03-04,,elsewhere,,,,,,\n2026-03-05,,medicine,,,,,,\n2026-03-06,5,,,neck,no,,,\n"
        "2026-03-07,5,,,neck,,,,\n"
    )
    assert [(one.region, one.prompted) for one in diary.entries] == [
        ("neck", True),
        ("neck", False),
        ("neck", None),
    ]
    assert [(one.technique, one.elsewhere) for one in diary.sessions] == [
        ("deep", False),
        ("", True),
    ]
    assert [(one.name, one.value) for one in diary.factors] == [
        ("sleep", 6.5),
        ("stress", 4.0),
        ("workload", 3.0),
    ]
    assert [day.isoformat() for day in diary.medicine] == ["2026-03-05"]
    assert (diary.pain_weeks, diary.worthwhile) == (30.0, 1.5)
    assert (diary.elsewhere, diary.randomised) == (False, True)


def test_scores_of_a_hundred_are_known_by_themselves_or_by_a_note():
    text = "when,pain\n2026-03-02,60\n2026-03-03,5\n2026-03-04,45\n2026-03-05,30\n"
    found = read_diary(text)
    assert {one.instrument for one in found.entries} == {"OM-VAS"}
    assert [one.points for one in found.entries] == [6.0, 0.5, 4.5, 3.0]
    noted = read_diary("# scale: 100\nwhen,pain\n2026-03-02,6\n")
    assert noted.entries[0].points == pytest.approx(0.6)
    assert read_diary("# scale: 10\nwhen,pain\n2026-03-02,6\n").entries[0].points == 6.0
    assert fit(found).basis.answers == 4


def test_shuffled_and_repeated_rows_give_the_same_fit():
    rows = [f"2026-03-{day:02d},{4 + day % 3}" for day in range(1, 25)]
    plain = read_diary("when,pain\n" + "\n".join(rows))
    mixed = read_diary("when,pain\n" + "\n".join(rows[::-1] + rows[:4]))
    assert fit(plain).level_now == fit(mixed).level_now


def test_visits_may_stand_in_a_second_table():
    diary = read_diary(
        "when,pain\n2026-03-02,6\n",
        sessions="date,minutes,technique\n2026-03-03 18:00,45,deep\n2026-03-10,,\n",
    )
    assert [(one.minutes, one.technique) for one in diary.sessions] == [(45, "deep"), (60, "")]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("# scale: 7\nwhen,pain\n", "d.csv, line 1, column scale: This scale is not known."),
        (
            "# pain_weeks: long\nwhen,pain\n",
            "column pain_weeks: This is not a number above 0, up to 9999.",
        ),
        ("# elsewhere: maybe\nwhen,pain\n", "column elsewhere: This is neither yes nor no."),
        ("when,pain,prompted\n2026-03-02,5,x\n", "column prompted: This is neither yes nor no."),
        ("when,pain,sleep\n2026-03-02,5,x\n", "column sleep: This is not a number. Write"),
        ("when,pain\n2026-03-02,5\n2026-03-03,55\n", "begin with the line: # scale: 100"),
    ],
)
def test_errors_of_notes_and_further_columns_name_the_place_too(text, message):
    with pytest.raises(DiaryError) as error:
        read_diary(text, name="d.csv")
    assert message in str(error.value)


def test_errors_of_the_second_table_name_it():
    with pytest.raises(DiaryError, match=r"v\.csv, line 1: The column when must be there"):
        read_diary("when,pain\n", sessions="minutes\n", sessions_name="v.csv")


def test_an_instrument_nobody_knows_is_refused(make):
    with pytest.raises(ValueError, match=r"Unknown instrument 'OM-X'. Use one of: OM-NPRS"):
        Entry(make.at(0), 5.0, instrument="OM-X")
