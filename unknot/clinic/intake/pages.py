"""What each page of the self-check and the intake shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from django import forms

from ...knowledge.questions import Question
from ...reasoning import medicine_words
from ..models import Consent
from ..ui.body_chart import BodyChart, body_chart
from ..ui.body_figure import Figure
from ..ui.rail import EpisodeRail
from .forms import AnswersForm, ConsentForm, KeepForm
from .words import Claim, Emergency, FindingWords, Letter, Verdict

FIGURES: Final[dict[str, Figure]] = {"female": "female", "male": "male"}


@dataclass(frozen=True)
class Asked:
    """One question on a page: its bound field and how it is to be shown."""

    question: Question
    bound: forms.BoundField
    look: str
    chart: BodyChart | None
    read: tuple[str, ...] = ()
    """How we read the names of medicines, beside the questions about them."""


def asked(form: AnswersForm) -> tuple[Asked, ...]:
    """The questions of a form, each with the shape of its control."""
    return tuple(
        Asked(
            question,
            bound,
            _look(question),
            _chart(question, form),
            medicine_words.about(question.id, form.case),
        )
        for question, bound in form.asked
    )


def _chart(question: Question, form: AnswersForm) -> BodyChart | None:
    """The body chart to mark, with the figure that looks most like the person."""
    if question.kind != "marks":
        return None
    figure: Figure = FIGURES.get(str(form.case.answer("sex")), "neutral")
    return body_chart(form.shown_marks(), figure=figure, edit="client", layers=("client",))


def _look(question: Question) -> str:
    """The shape of the control: what the kind of question is, with two special cases."""
    if question.kind == "number" and question.choices:
        return "choice"
    if question.kind == "number" and question.unit == "weeks":
        return "span"
    if question.kind == "text" and question.lines > 1:
        return "lines"
    return question.kind


@dataclass(frozen=True)
class StartPage:
    """Before the first question: what the self-check is, how long it takes, what is kept."""

    minutes: str
    carry_on_url: str
    practice_name: str


@dataclass(frozen=True)
class StepPage:
    """One decision on a screen."""

    form: AnswersForm
    asked: tuple[Asked, ...]
    title: str
    section: str
    is_alone: bool
    back_url: str
    minutes: str
    done: int
    total: int


@dataclass(frozen=True)
class ToAsk:
    """A safety question that is still open, and where to answer it."""

    words: str
    url: str


@dataclass(frozen=True)
class ResultPage:
    """What the answers mean, why, from where, what to do, what massage can and cannot do."""

    verdict: Verdict
    say: str
    findings: tuple[FindingWords, ...]
    to_ask: tuple[ToAsk, ...]
    tell_doctor: tuple[str, ...]
    answered: tuple[tuple[str, str], ...]
    medicines: tuple[str, ...]
    limits: tuple[str, ...]
    can: tuple[Claim, ...]
    cannot: tuple[Claim, ...]
    is_yes: bool
    can_keep: bool
    practice_name: str
    back_url: str


@dataclass(frozen=True)
class EmergencyPage:
    """One sentence, one action, one number."""

    emergency: Emergency
    letter_url: str
    back_url: str


@dataclass(frozen=True)
class LetterPage:
    """The letter for a clinician, to print."""

    letter: Letter
    from_name: str
    is_own: bool
    from_lines: tuple[str, ...]
    client_name: str
    date: str
    back_url: str
    pdf_url: str


@dataclass(frozen=True)
class KeepPage:
    """Name, e-mail and consent."""

    form: KeepForm
    practice_name: str
    text: str
    back_url: str


@dataclass(frozen=True)
class KeptPage:
    """The self-check is now the start of a record: what happens next."""

    practice_name: str


@dataclass(frozen=True)
class TooMuchPage:
    """More was drawn than the browser can carry."""

    carry_on_url: str


# --- The intake of a client ---------------------------------------------------------------------


@dataclass(frozen=True)
class SectionLine:
    """One section in the overview of an intake."""

    id: str
    title: str
    url: str
    tone: str
    word: str
    is_done: bool
    answers: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class ConsentLine:
    """One consent, given or not, in words."""

    title: str
    text: str
    tone: str
    word: str
    detail: str
    sign_url: str
    revoke_url: str


@dataclass(frozen=True)
class IntakePage:
    """All sections of an intake with their state, and the consents."""

    episode: EpisodeRail
    heading: str
    lede: str
    sections: tuple[SectionLine, ...]
    next_url: str
    next_word: str
    is_complete: bool
    has_begun: bool
    begin_url: str
    version: int
    screen_url: str
    download_url: str
    consents: tuple[ConsentLine, ...]
    base: str


@dataclass(frozen=True)
class SectionPage:
    """One section of an intake to fill in."""

    episode: EpisodeRail
    form: AnswersForm
    asked: tuple[Asked, ...]
    title: str
    lede: str
    back_url: str
    minutes: str
    known_from: str
    can_confirm: bool
    opened: bool
    base: str


@dataclass(frozen=True)
class ConsentPage:
    """One text to read and sign."""

    episode: EpisodeRail
    title: str
    text: str
    form: ConsentForm
    has_area: bool
    is_release: bool
    days: int
    back_url: str
    base: str


def consent_word(consent: Consent | None, today: date) -> tuple[str, str]:
    """Tone and word of a consent's state."""
    if consent is None:
        return "plain", "Not given"
    if consent.revoked_at is not None:
        return "caution", "Withdrawn"
    if consent.expires_on is not None and consent.expires_on < today:
        return "caution", "Expired"
    return "good", "Given"
