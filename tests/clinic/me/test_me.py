"""A client's own pages: what is written for them, and all their data and nobody else's."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client as Browser

from tests.support import care, visits
from tests.support.cast import NOW, House
from tests.support.plans import agreed_plan
from unknot.clinic.access.paths import PATHS
from unknot.clinic.me import sheets
from unknot.clinic.me.data import EXPORTED, LEFT_OUT, SECRET, diary_table
from unknot.clinic.models import AuditRow, CheckIn, Client, Episode, Staff
from unknot.clinic.outcomes.gather import diary_of
from unknot.clinic.treat.actions import notes
from unknot.reasoning.outcomes import read_diary

pytestmark = pytest.mark.django_db


def browser(who: Client | Staff) -> Browser:
    made = Browser()
    assert who.user is not None
    made.force_login(who.user)
    return made


@pytest.fixture
def signed(linden: House) -> House:
    """A house with a plan, a finished visit and its signed note."""
    done = visits.finished(linden)
    note = notes.write_note(visit=done.visit, by=done.ann, now=NOW)
    notes.sign_note(note=note, by=done.ann, now=NOW)
    for pain in (6, 4):
        CheckIn.everything.create(
            episode=linden.episode, kind="diary", pain=pain, at=NOW, zone="UTC"
        )
    return linden


@pytest.fixture
def taken(signed: House) -> Callable[[], zipfile.ZipFile]:
    def take() -> zipfile.ZipFile:
        answer = browser(signed.cora).post("/me/data/")
        assert answer.status_code == 200
        assert "attachment" in answer["Content-Disposition"]
        return zipfile.ZipFile(io.BytesIO(answer.content))

    return take


def test_the_page_leads_to_the_reminders(linden: House) -> None:
    client = Browser()
    assert linden.cora.user is not None
    client.force_login(linden.cora.user)
    assert b'href="/me/reminders/"' in client.get("/me/").content
    back = b'<a href="/me/">Your care</a>'
    page = client.get("/me/reminders/", follow=True)
    assert back in page.content
    assert back not in Browser().get(page.redirect_chain[-1][0]).content


def test_the_summary_of_a_signed_note_reaches_the_client(signed: House) -> None:
    page = browser(signed.cora).get("/me/").content.decode()
    assert "What your therapist wrote for you" in page
    assert "Some soreness for a day or so is common." in page
    assert "Pain before treatment" not in page


def test_a_client_reads_what_to_know_before_and_after_a_visit(signed: House) -> None:
    page = browser(signed.cora).get("/me/").content.decode()
    assert "Tell us what is new" in page
    assert "Some soreness is usual" in page


def test_a_plan_for_the_low_back_brings_no_warning_about_the_neck(linden: House) -> None:
    care.screened(linden, now=datetime.now(UTC))  # the pages read the clock
    at = f"/episodes/{linden.episode.pk}/plan/"
    assert browser(linden.ann).post(f"{at}propose/").status_code == 302
    agrees = {"signed_name": "Cora Linden", "agrees": "on"}
    assert browser(linden.cora).post(f"{at}agree/", agrees).status_code == 302
    assert "After work on your neck" not in browser(linden.cora).get("/me/").content.decode()


def test_without_a_plan_nothing_is_left_unsaid_and_after_the_end_nothing_is_said(
    linden: House,
) -> None:
    assert "After work on your neck" in browser(linden.cora).get("/me/").content.decode()
    Episode.everything.filter(pk=linden.episode.pk).update(state=Episode.State.DISCHARGED)
    assert "Some soreness is usual" not in browser(linden.cora).get("/me/").content.decode()


def test_a_draft_does_not(linden: House) -> None:
    done = visits.finished(linden)
    notes.write_note(visit=done.visit, by=done.ann, now=NOW)
    assert "wrote for you" not in browser(linden.cora).get("/me/").content.decode()


def test_a_client_without_a_name_to_split_still_has_a_page(linden: House) -> None:
    Client.everything.filter(pk=linden.cora.pk).update(name=" ", called="")
    assert browser(linden.cora).get("/me/").status_code == 200


def test_every_kind_of_row_about_a_client_is_exported_or_left_out_with_a_reason() -> None:
    about_clients = {model for model, paths in PATHS.items() if paths.client is not None}
    assert about_clients == {*EXPORTED, *LEFT_OUT}
    assert all(LEFT_OUT.values())


def test_the_data_are_all_of_the_client_and_nothing_of_others(
    signed: House, taken: Callable[[], zipfile.ZipFile]
) -> None:
    text = taken().read("everything.json").decode()
    records = json.loads(text)["records"]
    assert [row["name"] for row in records["client"]] == [signed.cora.name]
    assert len(records["checkin"]) == 2
    (note,) = records["note"]
    assert list(note["content"]) == ["client_summary"]
    assert "soreness" in note["content"]["client_summary"]
    others = Client.everything.exclude(pk=signed.cora.pk)
    assert others
    assert not any(other.name in text or str(other.pk) in text for other in others)
    assert not any(f'"{name}"' in text for name in SECRET)


def test_the_data_can_be_read_in_plain_words_and_name_who_treated(
    signed: House, taken: Callable[[], zipfile.ZipFile]
) -> None:
    care.screened(signed)
    CheckIn.everything.create(
        episode=signed.episode,
        kind="diary",
        pain=5,
        answers={"note": "Slept badly after the trip"},
        at=NOW,
        zone="UTC",
    )
    box = taken()
    text = " ".join(box.read("your-care.txt").decode().split())
    for said in (
        signed.cora.name,
        signed.ann.name,
        "WHAT YOU AGREED TO",
        "pain 6 of 10",
        "You wrote: Slept badly after the trip",
        "soreness",  # the summary of the signed note
    ):
        assert said in text
    assert "TEC-" not in text
    assert signed.ann.name in json.loads(box.read("everything.json"))["names"].values()
    others = Client.everything.exclude(pk=signed.cora.pk)
    assert not any(other.name in text for other in others)


def test_the_private_words_of_a_therapist_are_in_no_file_of_it(linden: House) -> None:
    done = visits.finished(linden)
    note = notes.write_note(visit=done.visit, by=done.ann, now=NOW)
    note.private = note.room_words = "Working hypothesis"
    note.save()
    notes.sign_note(note=note, by=done.ann, now=NOW)
    answer = browser(linden.cora).post("/me/data/")
    box = zipfile.ZipFile(io.BytesIO(answer.content))
    assert not any(b"Working hypothesis" in box.read(name) for name in box.namelist())


def test_the_diary_in_it_is_read_back_as_it_was(
    signed: House, taken: Callable[[], zipfile.ZipFile]
) -> None:
    kept = diary_of(signed.episode, now=NOW)
    found = read_diary(taken().read("diary-1.csv").decode())
    assert sorted(found.entries) == sorted(kept.entries)
    assert [one.minutes for one in found.sessions] == [one.minutes for one in kept.sessions]
    assert diary_table(found) == diary_table(kept)


def test_taking_the_data_leaves_a_row_in_the_trail(
    taken: Callable[[], zipfile.ZipFile],
) -> None:
    taken()
    assert AuditRow.everything.filter(action="me.export").count() == 1


def test_staff_and_strangers_cannot_take_them(signed: House) -> None:
    assert browser(signed.ann).post("/me/data/").status_code == 403
    assert Browser().post("/me/data/").status_code == 302
    assert browser(signed.cora).get("/me/data/").status_code == 405


# --- The page of somebody with a plan -----------------------------------------------------------


@pytest.fixture
def planned(linden: House) -> House:
    agreed_plan(linden, datetime.now(UTC), "HC-06", "HC-07")
    return linden


def test_the_page_tells_the_plan_the_home_care_and_what_comes_next(planned: House) -> None:
    said = browser(planned.cora).get("/me/").content.decode()
    assert "60 minutes, once a week, for 10 weeks." in said
    assert "we look together at whether it helps" in said
    assert "10 minutes; aim for 5 days a week" in said
    assert "No visit is booked." in said
    assert "How is it today? Twenty seconds" in said
    assert "Too early to tell." in said


def test_today_s_check_in_opens_by_the_link_that_is_there_or_a_new_one(planned: House) -> None:
    cora, at = browser(planned.cora), f"/episodes/{planned.episode.pk}/today/"
    first = cora.post(at)["Location"]
    assert cora.post(at)["Location"] == first
    assert cora.get(first).status_code == 200
    assert cora.get(at).status_code == 405
    assert browser(planned.ann).post(at).status_code == 403
    answer = {"pain": "4", "sleep": "", "stress": "", "load_hours": "", "note": ""}
    cora.post(first, answer)
    assert "Your check-in of today is saved." in cora.get("/me/").content.decode()


def test_after_a_visit_when_to_call_stands_first(linden: House) -> None:
    done = visits.finished(linden)
    done.visit.finished_at = datetime.now(UTC) - timedelta(hours=3)
    done.visit.save(update_fields=["finished_at"])
    said = browser(linden.cora).get("/me/").content.decode()
    assert "After your visit on" in said
    assert said.index("When to stop and call") < said.index("Your next visit")


@pytest.mark.parametrize("which", ["before", "after", "home"])
def test_each_sheet_prints_as_a_paper(planned: House, which: str) -> None:
    for who in (planned.cora, planned.ann):
        answer = browser(who).get(f"/episodes/{planned.episode.pk}/sheet/{which}/")
        assert answer.status_code == 200
        assert answer["Content-Type"] == "application/pdf"
        assert planned.cora.name.encode() not in answer["Content-Disposition"].encode()
    assert (
        browser(planned.dan).get(f"/episodes/{planned.episode.pk}/sheet/home/").status_code == 404
    )


def test_the_sheets_say_what_this_plan_and_this_safety_check_ask_for(linden: House) -> None:
    now = datetime.now(UTC)
    agreed_plan(linden, now, "HC-06")
    usual = sheets.sheet(linden.episode, "before", now).parts[0]
    care.screened(linden, now=now, anticoagulant=True, anticoagulant_unstable=False)
    limited = sheets.sheet(linden.episode, "before", now).parts[0]
    assert usual.title == limited.title == "For your plan"
    assert {line.title for line in usual.lines} < {line.title for line in limited.lines}
    assert sheets.sheet(linden.episode, "after", now).parts[0].title == "First: when to call"
    assert [one.id for one in sheets.sheet(linden.episode, "home", now).home] == ["HC-06"]


def test_without_a_plan_the_home_sheet_says_that_nothing_is_given(linden: House) -> None:
    assert sheets.sheet(linden.episode, "home", NOW).home == ()
