"""Static files under an address that names their content, and what makes the app installable."""

from __future__ import annotations

import gzip
import json

import pytest
from django.templatetags.static import static
from django.test import Client as Browser

from unknot.clinic.ui.static_files import content_hash, folder, plain

pytestmark = pytest.mark.django_db


def test_an_address_names_the_content_and_leads_to_the_file() -> None:
    address = static("unknot/js/send.js")
    assert address == f"/static/v-{content_hash()}/unknot/js/send.js"
    assert plain(address) == "/static/unknot/js/send.js"
    answer = Browser().get(address)
    assert answer.status_code == 200
    assert "immutable" in answer.headers["Cache-Control"]


def test_an_address_of_another_release_is_not_kept() -> None:
    answer = Browser().get(f"/static/v-{'0' * 12}/unknot/js/send.js")
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "public, no-cache"


def test_no_other_file_is_reached_through_the_folder() -> None:
    assert Browser().get(f"{folder()}../settings.py").status_code == 404


def test_the_worker_changes_with_the_files_and_names_those_it_keeps() -> None:
    answer = Browser().get("/worker.js")
    assert answer.headers["Content-Type"].startswith("text/javascript")
    assert answer.headers["Cache-Control"] == "no-cache"
    first = answer.content.decode().splitlines()[0]
    release = json.loads(first.removeprefix("const RELEASE = ").removesuffix(";"))
    assert release["folder"] == folder()
    assert "unknot/js/outbox.js" in release["core"]


def test_the_page_without_a_line_holds_nobody_s_data() -> None:
    page = Browser().get("/offline/").content.decode()
    assert 'data-account=""' in page
    assert "The server cannot be reached" in page


def test_pages_may_load_our_worker_and_no_other_script_address() -> None:
    policy = Browser().get("/offline/").headers["Content-Security-Policy"]
    assert "worker-src 'self'" in policy
    assert "manifest-src 'self'" in policy
    assert "trusted-types unknot-worker" in policy


@pytest.mark.parametrize("name", ["css/base.css", "js/outbox.js"])
def test_text_is_squeezed_for_a_browser_that_takes_it(name: str) -> None:
    address = static(f"unknot/{name}")
    squeezed = Browser().get(address, headers={"accept-encoding": "gzip, deflate, br"})
    plain_one = Browser().get(address)
    whole = b"".join(plain_one)
    assert squeezed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(squeezed.content) == whole
    assert int(squeezed.headers["Content-Length"]) == len(squeezed.content) < len(whole) / 2
    assert "immutable" in squeezed.headers["Cache-Control"]
    assert "Content-Encoding" not in plain_one.headers
    for answer in (squeezed, plain_one):
        assert answer.headers["Vary"] == "Accept-Encoding"


def test_a_picture_or_a_part_of_a_file_is_left_as_it_is() -> None:
    headers = {"accept-encoding": "gzip"}
    picture = Browser().get(static("unknot/img/icon-192.png"), headers=headers)
    assert "Content-Encoding" not in picture.headers
    part = Browser().get(static("unknot/js/outbox.js"), headers={**headers, "range": "bytes=0-9"})
    assert part.status_code == 206
    assert "Content-Encoding" not in part.headers
