"""Papers are PDFs where the engine is there, else pages to print; they read only our files."""

from __future__ import annotations

import builtins
import contextlib
import re
import zlib
from typing import Any

import pytest
from django.test import RequestFactory

from unknot.clinic.access import ANONYMOUS
from unknot.clinic.ui import pdf
from unknot.clinic.ui.pdf import NotOursError, fetch_static, render_pdf
from unknot.clinic.ui.render import ProblemPage

PAGE = ProblemPage("Letter", "To whom it may concern.", "Nothing.", "/", "Back")


def test_a_paper_is_a_tagged_pdf() -> None:
    pytest.importorskip("weasyprint", exc_type=OSError)
    response = render_pdf(RequestFactory().get("/"), "problem.html", PAGE, "letter.pdf")
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.content.startswith(b"%PDF-1.7")
    assert b"StructTreeRoot" in _unpacked(response.content)
    assert 'filename="letter.pdf"' in response.headers["Content-Disposition"]


def test_without_the_engine_the_page_prints(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *args: Any, **more: Any) -> Any:
        if name == "weasyprint":
            raise OSError("cannot load library 'libpango'")
        return real(name, *args, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    response = render_pdf(RequestFactory().get("/"), "problem.html", PAGE, "letter.pdf")
    assert response.headers["Content-Type"].startswith("text/html")
    assert b"To whom it may concern." in response.content


def test_the_public_gets_the_page_while_another_paper_is_being_made(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pytest.importorskip("weasyprint", exc_type=OSError)
    monkeypatch.setattr(pdf, "WAIT_SECONDS", 0.01)
    request = RequestFactory().get("/")
    request.actor = ANONYMOUS  # type: ignore[attr-defined]
    with pdf.ONE_PUBLIC:
        busy = render_pdf(request, "problem.html", PAGE, "letter.pdf")
    assert busy.headers["Content-Type"].startswith("text/html")
    free = render_pdf(request, "problem.html", PAGE, "letter.pdf")
    assert free.headers["Content-Type"] == "application/pdf"
    assert not pdf.ONE_PUBLIC.locked()


def _unpacked(paper: bytes) -> bytes:
    """The PDF with the contents of its compressed streams after it."""
    parts = [paper]
    for packed in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", paper, re.S):
        with contextlib.suppress(zlib.error):
            parts.append(zlib.decompress(packed))
    return b"".join(parts)


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/a.css",
        "file:///etc/passwd",
        "http://unknot.invalid/static/../settings.py",
        "http://unknot.invalid/static/unknot/../../settings.css",
        "http://unknot.invalid/static/mfa/js/webauthn.js",
        "http://unknot.invalid/elsewhere/tokens.css",
        "//example.org/static/unknot/css/tokens.css",
    ],
)
def test_a_paper_reads_nothing_but_our_static_files(url: str) -> None:
    with pytest.raises(NotOursError):
        fetch_static(url)


def test_our_own_sheets_and_typefaces_are_found() -> None:
    sheet, kind = fetch_static("http://unknot.invalid/static/unknot/css/tokens.css")
    assert kind == "text/css"
    assert b"--surface" in sheet
