"""Diaries as plain tables: forgiving in form, exact in complaints."""

import pytest

from unknot.reasoning.outcomes import DiaryError, read_diary
from unknot.reasoning.outcomes.read import MOST_LINES


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
        ("\n" * (MOST_LINES + 1), "The file is too long. Split it by person."),
    ],
)
def test_errors_name_the_place_and_the_cure(text, message):
    with pytest.raises(DiaryError) as error:
        read_diary(text, name="d.csv")
    assert message in str(error.value)


def test_errors_never_repeat_a_score():
    with pytest.raises(DiaryError) as error:
        read_diary("when,pain\n2026-03-02,77.31\n")
    assert "77" not in str(error.value)


def test_an_unknown_zone_given_by_the_caller_is_refused():
    with pytest.raises(DiaryError, match="time zone"):
        read_diary("", zone="Nowhere/Town")
