"""How many questions a page asks the database."""

from __future__ import annotations

from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext


def asked(browser: Browser, address: str) -> list[str]:
    """The questions of one page in order, as SQL; the page must be there."""
    with CaptureQueriesContext(connection) as queries:
        answer = browser.get(address)
        assert answer.status_code == 200
    return [one["sql"] for one in queries.captured_queries]
