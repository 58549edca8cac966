"""Writes of the intake: answers version by version, and consent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from ...reasoning.case import Answer, Case
from ...reasoning.interview import MARKS, is_left, sections
from ...reasoning.marks import Mark
from ...reasoning.scale import Urgency
from ...reasoning.words import COMPLAINTS
from ..access import Actor, system
from ..audit import action, record
from ..models import Client, Consent, Episode, Intake, Practice
from ..people.actions import add_client, open_episode
from . import preferences
from .alarm import raise_alert
from .answers import case_of, day_at, stored_answers, stored_marks, with_changes
from .consent import TEXTS

__all__ = [
    "IntakeClosed",
    "NoPractice",
    "begin",
    "confirm_section",
    "keep_self_check",
    "revoke_consent",
    "save_case",
    "save_section",
    "sign_consent",
]


class IntakeClosed(Exception):
    """This version was completed; begin a new one to change it."""


class NoPractice(Exception):
    """There is no practice yet that could keep anything."""


@action("intake.save")
def begin(*, episode: Episode, by: Actor, now: datetime) -> Intake:
    """A new open version: empty the first time, else the last one's answers to look through.

    An open version is returned as it is.
    """
    last = Intake.everything.filter(episode=episode).order_by("-version").first()
    if last is not None and last.completed_at is None:
        record(last, changed=[])
        return last
    intake = Intake.everything.create(
        episode=episode,
        version=last.version + 1 if last else 1,
        answers=_known(last, episode),
        marks=last.marks if last else [],
        as_of=day_at(now, episode.client.practice),
        sections_done=[],
        saved_at=now,
    )
    record(intake, changed=["version"])
    return intake


@action("intake.save")
def save_section(
    *,
    intake: Intake,
    section: str,
    answers: Mapping[str, Answer | None],
    marks: tuple[Mark, ...] | None,
    by: Actor,
    now: datetime,
) -> Intake:
    """The intake with one section's answers; completed once every section is done.

    `answers` holds every question that was asked, None where it was left open. A section in
    which the answers open a question that was not asked stays to be done. Raises IntakeClosed.
    """
    intake = _locked(intake)
    case = with_changes(case_of(intake), answers, marks)
    _put(intake, Case(case.answers, _today(intake.episode, now), case.marks))
    asked = frozenset(answers) | ({MARKS} if marks is not None else frozenset())
    _finish_section(intake, case, section, now, opened=not _all_asked(case, section, asked))
    preferences.follow(intake, answers, now)
    record(intake, changed=["answers", "marks", "sections_done"])
    return intake


def _known(last: Intake | None, episode: Episode) -> dict[str, Any]:
    """The last version's answers, with the preferences as they were said since."""
    if last is None:
        return {}
    said = preferences.as_answers(episode.client)
    known: dict[str, Any] = dict(last.answers)
    return known | {name: value for name, value in said.items() if value not in (None, "")}


@action("intake.save")
def confirm_section(*, intake: Intake, section: str, by: Actor, now: datetime) -> Intake:
    """The section as it was last time: the client looked through it and nothing has changed."""
    intake = _locked(intake)
    _finish_section(intake, case_of(intake), section, now)
    record(intake, changed=["sections_done"])
    return intake


@action("intake.save")
def save_case(*, episode: Episode, case: Case, by: Actor, now: datetime) -> Intake:
    """A whole case as one new, completed version (re-screening, the demo clinic)."""
    intake = _new_version(episode, case, now)
    intake.sections_done = [section.id for section in sections(case)]
    intake.completed_at = now
    intake.save(update_fields=["sections_done", "completed_at"])
    record(intake, changed=["answers", "marks", "completed_at"])
    return intake


@action("self_check.keep")
def keep_self_check(*, case: Case, name: str, email: str, by: Actor, now: datetime) -> Intake:
    """A new client with the self-check as the open intake of a first episode.

    The person agrees to the keeping of the answers; consent to treatment comes later. Nobody
    signs in by it: the practice invites the client, so an address cannot be taken over. Raises
    NoPractice.
    """
    practice = the_practice()
    if practice is None:
        raise NoPractice
    me = system(practice)
    area = case.answer("main_area")
    client = add_client(
        practice=practice,
        name=name,
        email=email,
        sex=str(case.answer("sex") or ""),
        by=me,
        now=now,
    )
    episode = open_episode(
        client=client,
        main_area=str(area or "other"),
        complaint=_complaint(case),
        therapist=None,
        by=me,
        now=now,
    )
    intake = _new_version(episode, case, now)
    intake.sections_done = [
        section.id
        for section in sections(case)
        if not any(is_left(question, case) for question in section.questions)
    ]
    intake.save(update_fields=["sections_done"])
    _sign(client, None, Consent.Kind.KEEPING, name, "", now)
    record(intake, changed=["answers", "marks"])
    return intake


@action("consent.sign")
def sign_consent(
    *,
    episode: Episode,
    kind: Consent.Kind,
    signed_name: str,
    by: Actor,
    now: datetime,
    area: str = "",
    recipient: str = "",
    scope: Sequence[str] = (),
) -> Consent:
    """Consent in the words of today's text, signed by a typed name; it replaces an earlier one.

    For a release: `recipient` is who may receive the report, `scope` the parts of it.
    """
    earlier = Consent.everything.filter(
        client=episode.client, kind=kind, area=area, revoked_at=None
    )
    for consent in earlier:
        consent.revoked_at = now
        consent.save(update_fields=["revoked_at"])
    consent = _sign(episode.client, episode, kind, signed_name, area, now)
    if recipient or scope:
        consent.recipient, consent.scope = recipient, list(scope)
        consent.save(update_fields=["recipient", "scope"])
    record(consent, changed=["kind", "text_version", "signed_name", "expires_on"])
    return consent


@action("consent.revoke")
def revoke_consent(*, consent: Consent, by: Actor, now: datetime) -> Consent:
    """The consent withdrawn as of now; what was agreed before stays on record.

    One that was withdrawn before keeps its day. A client's own word reaches the therapist.
    """
    consent = Consent.everything.select_for_update(of=("self",)).get(pk=consent.pk)
    if consent.revoked_at is not None:
        record(consent, changed=[])
        return consent
    consent.revoked_at = now
    consent.save(update_fields=["revoked_at"])
    record(consent, changed=["revoked_at"])
    if by.kind == "client":
        _tell_therapist(consent, now)
    return consent


def _tell_therapist(consent: Consent, now: datetime) -> None:
    """One alert in every open episode the consent was about."""
    about = {"pk": consent.episode_id} if consent.episode_id else {}
    title = TEXTS[Consent.Kind(consent.kind)].title.lower()
    for episode in consent.client.episodes.filter(state=Episode.State.OPEN, **about):
        raise_alert(
            episode=episode,
            rule_id="consent",
            urgency=Urgency.NONE,
            words=f"Consent withdrawn: {title}. What rests on it waits until it is signed again.",
            now=now,
        )


def the_practice() -> Practice | None:
    """The practice this installation serves, or None before the first run."""
    return Practice.everything.order_by("created_at").first()


def _today(episode: Episode, now: datetime) -> date:
    return day_at(now, episode.client.practice)


def _new_version(episode: Episode, case: Case, now: datetime) -> Intake:
    last = Intake.everything.filter(episode=episode).order_by("-version").first()
    return Intake.everything.create(
        episode=episode,
        version=last.version + 1 if last else 1,
        answers=stored_answers(case),
        marks=stored_marks(case),
        as_of=case.as_of,
        sections_done=[],
        saved_at=now,
    )


def _locked(intake: Intake) -> Intake:
    fresh = Intake.everything.select_for_update(of=("self",)).get(pk=intake.pk)
    if fresh.completed_at is not None:
        raise IntakeClosed
    return fresh


def _put(intake: Intake, case: Case) -> None:
    intake.answers, intake.marks = stored_answers(case), stored_marks(case)
    intake.as_of = case.as_of


def _all_asked(case: Case, section: str, asked: frozenset[str]) -> bool:
    """Whether no question of the section is left that was neither asked nor answered."""
    return not any(
        is_left(question, case, answered=asked)
        for item in sections(case)
        if item.id == section
        for question in item.questions
    )


def _finish_section(
    intake: Intake, case: Case, section: str, now: datetime, *, opened: bool = False
) -> None:
    """Marks the section as done unless it was `opened` again; the last one completes it all."""
    open_now = {item.id: item for item in sections(case)}
    done = (set(intake.sections_done) | {section}) & set(open_now)
    if opened:
        done.discard(section)
    intake.sections_done = [name for name in open_now if name in done]
    intake.saved_at = now
    if done == set(open_now):
        intake.completed_at = now
    intake.save(
        update_fields=[
            "answers",
            "marks",
            "as_of",
            "sections_done",
            "saved_at",
            "completed_at",
        ]
    )


def _sign(
    client: Client,
    episode: Episode | None,
    kind: Consent.Kind,
    name: str,
    area: str,
    now: datetime,
) -> Consent:
    text = TEXTS[kind]
    return Consent.everything.create(
        client=client,
        episode=episode,
        kind=kind,
        area=area,
        text_version=text.version,
        text=text.text,
        signed_name=name,
        signed_at=now,
        expires_on=day_at(now, client.practice) + timedelta(days=text.days),
    )


def _complaint(case: Case) -> str:
    return COMPLAINTS.get(str(case.answer("main_area")), COMPLAINTS["other"])
