"""Rules about the code, as tests: a convention without a test is a wish."""

from __future__ import annotations

import ast
import re
import subprocess
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

from unknot.clinic.access.paths import PATHS
from unknot.clinic.access.policy import POLICY
from unknot.clinic.audit import ACTIONS

ROOT = Path(__file__).resolve().parent.parent
PYTHON = sorted((ROOT / "unknot").rglob("*.py"))
CODE = [path for path in PYTHON if "migrations" not in path.parts]

# Rows that belong to no practice: they are reached by their own secret or by nobody's page.
OUTSIDE_THE_POLICY = {"User", "SignInLink", "AuditRow", "OnceKey", "DialGuess"}

# Places that may read rows past the policy, and why.
MAY_READ_EVERYTHING = (
    "unknot/clinic/models/",  # defines it
    "unknot/clinic/access/",  # is the policy
    "unknot/clinic/audit/",  # the trail itself
    "unknot/clinic/demo/",  # fills an empty database
    "/actions.py",  # writes: what they touch was permitted by the action
    "/actions/",
)


def _id(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", CODE, ids=_id)
def test_a_file_is_short_enough_to_read(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= 400


@pytest.mark.parametrize("path", CODE, ids=_id)
def test_a_module_says_what_it_is(path: Path) -> None:
    tree = ast.parse(path.read_text())
    assert ast.get_docstring(tree) or not tree.body


@pytest.mark.parametrize("path", CODE, ids=_id)
def test_nothing_is_left_unfinished(path: Path) -> None:
    assert not re.search(r"\b(TODO|FIXME|XXX|NotImplementedError)\b", path.read_text())


def _models() -> list[type[models.Model]]:
    return list(apps.get_app_config("clinic").get_models())


@pytest.mark.parametrize("model", _models(), ids=lambda m: m.__name__)
def test_every_model_is_under_the_policy_or_listed_as_outside(model: type[models.Model]) -> None:
    assert (model in PATHS) != (model.__name__ in OUTSIDE_THE_POLICY)


@pytest.mark.parametrize("model", _models(), ids=lambda m: m.__name__)
def test_models_hold_fields_and_no_verbs(model: type[models.Model]) -> None:
    assert "save" not in vars(model)
    assert "delete" not in vars(model)
    assert "clean" not in vars(model)


def test_every_action_of_the_policy_is_used_and_every_use_is_in_the_policy() -> None:
    used = set(ACTIONS)
    for path in CODE:
        if path.name != "policy.py":
            used |= set(re.findall(r'"([a-z_]+\.[a-z_]+)"', path.read_text())) & set(POLICY)
    assert set(POLICY) - used == set()


@pytest.mark.parametrize("path", CODE, ids=_id)
def test_rows_are_read_through_access(path: Path) -> None:
    name = _id(path)
    if any(place in name for place in MAY_READ_EVERYTHING):
        return
    found = re.findall(r"\b\w+\.everything\b|_default_manager|_base_manager", path.read_text())
    assert [use for use in found if use not in ALLOWED_READS.get(name, ())] == []


# Single reads outside the policy, each with its reason.
ALLOWED_READS: dict[str, tuple[str, ...]] = {
    # The link in a message to the old address is the permission; a client is held while an action
    # changes their address, and the message that tells of it is written.
    "unknot/clinic/people/addresses.py": (
        "Client.everything",
        "AddressChange.everything",
        "Outbox.everything",
    ),
    # What is free depends on everybody's bookings; only free moments and keys leave these two.
    "unknot/clinic/book/diary.py": (
        "Appointment.everything",
        "Room.everything",
        "Staff.everything",
        "TimeOff.everything",
        "WorkingHours.everything",
    ),
    "unknot/clinic/book/occupy.py": ("Occupancy.everything",),
    # Whether all that was signed is still there is asked of the whole installation.
    "unknot/clinic/treat/note/seals.py": ("AuditRow.everything", "Note.everything"),
    # Raised inside the actions of several stages, and told to the owners of that one practice.
    "unknot/clinic/intake/alarm.py": (
        "Alert.everything",
        "Outbox.everything",
        "Staff.everything",
    ),
    "unknot/clinic/people/views.py": ("Practice.everything",),  # is this the first run?
    "unknot/clinic/people/sign_in.py": ("SignInLink.everything",),  # found by its secret
    "unknot/clinic/people/client_views.py": (
        "Episode.everything",  # subqueries of rows already scoped
        "Appointment.everything",
        "Staff.everything",
    ),
}


@pytest.mark.parametrize("path", CODE, ids=_id)
def test_no_code_listens_to_signals(path: Path) -> None:
    assert not re.search(r"django\.dispatch|models\.signals|@receiver", path.read_text())


@pytest.mark.parametrize("path", CODE, ids=_id)
def test_every_view_names_its_action(path: Path) -> None:
    if not path.name.endswith("views.py"):
        return
    for node in ast.parse(path.read_text()).body:
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        first = node.args.args[0].arg if node.args.args else ""
        if first == "request" and not node.name.startswith("_"):
            decorators = [ast.unparse(decorator) for decorator in node.decorator_list]
            assert any(text.startswith("view(") for text in decorators), node.name


def test_templates_have_no_inline_script_or_style() -> None:
    inline = re.compile(r"<style|\sstyle=|<script(?![^>]*\ssrc=)|\son[a-z]+=|javascript:", re.I)
    for path in (ROOT / "unknot/clinic/templates").rglob("*.html"):
        text = re.sub(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", "", path.read_text(), flags=re.S)
        assert not inline.search(text), _id(path)


def test_scripts_put_no_text_into_the_page_as_html() -> None:
    for path in (ROOT / "unknot/clinic/static/unknot/js").rglob("*.js"):
        text = path.read_text()
        assert not re.search(
            r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(", text
        )
        assert not re.search(r"https?://(?!www\.w3\.org)", text), _id(path)


def test_nothing_in_the_tree_asks_another_host() -> None:
    for suffix in ("*.html", "*.css"):
        for path in (ROOT / "unknot").rglob(suffix):
            found = re.findall(
                r"(?:src|href|url)\s*[=(]\s*[\"']?(?:https?:)?//[^\"')\s]+", path.read_text()
            )
            assert [link for link in found if "href" not in link] == [], _id(path)


def test_the_tree_names_no_machine_and_no_registry() -> None:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False
    ).stdout.split("\0")
    pattern = re.compile(r"/home/[a-z]|/root/|files\.pythonhosted|registry\.npmjs|--index-url")
    for name in listed:
        path = ROOT / name
        if not name or name == "tests/test_repository.py" or not path.is_file():
            continue
        if path.suffix in (".woff2", ".png", ".svg", ".ico"):
            continue
        assert not pattern.search(path.read_text(errors="replace")), name


def test_what_serve_installs_holds_the_programme_s_engine() -> None:
    """`run.py serve` shows the programme page; its lock is exported with the extra."""
    lock = (ROOT / "requirements.lock").read_text()
    for name in ("duckdb", "ibis-framework"):
        assert re.search(rf"^{name}==", lock, re.M), (
            f"{name} is missing: export requirements.lock with --extra programme"
        )
