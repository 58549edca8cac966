"""The letter for a clinician, from a case and its screening."""

from __future__ import annotations

from ...reasoning.case import Case
from ...reasoning.screen import Screening
from ..models import Practice
from ..ui.words import long_day
from .pages import LetterPage
from .words import letter


def letter_page(
    case: Case,
    screening: Screening,
    *,
    practice: Practice | None,
    client_name: str,
    back_url: str,
    pdf_url: str,
) -> LetterPage:
    """The letter: from the practice, or from the person themselves when there is no name."""
    is_own = not client_name
    locations = practice.locations.order_by("id") if practice and not is_own else ()
    return LetterPage(
        letter=letter(case, screening),
        from_name=practice.name if practice and not is_own else "Self-check",
        is_own=is_own,
        from_lines=tuple(place.address for place in locations if place.address),
        client_name=client_name,
        date=long_day(case.as_of),
        back_url=back_url,
        pdf_url=pdf_url,
    )
