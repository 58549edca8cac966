"""Templates keep their contract: they exist, and they use only what their page has.

A misspelt ``{% if page.findngs %}`` shows nothing and says nothing; here it fails.
"""

from __future__ import annotations

import ast
import dataclasses
import re
import typing
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from django.template import TemplateDoesNotExist
from django.template.loader import get_template

CLINIC = Path(__file__).parents[1] / "unknot" / "clinic"
TEMPLATES = CLINIC / "templates"
RENDERERS = {"render", "render_pdf"}
_PARENT = re.compile(r"""{%\s*(?:extends|include)\s+["']([^"']+)["']""")
_TAG = re.compile(r"{[{%](.+?)[}%]}", re.S)
_PATH = re.compile(r"(?<![\w.\"'-])([a-z_]+)\.([a-z_]+(?:\.[a-z_]+)*)")
_OVER = re.compile(r"[a-z_.]+")
_STRING = re.compile(r"\"[^\"]*\"|'[^']*'")


@dataclasses.dataclass(frozen=True)
class Call:
    """One ``render(...)`` in a view: the templates it may name and the page class, if known."""

    where: str
    templates: tuple[str, ...]
    page: str
    module: str


def calls_in(text: str, module: str) -> Iterator[Call]:
    """Every rendering of a module's source, with what can be read of it without running it."""
    tree = ast.parse(text)
    functions = {n.name: n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef)}
    scopes = [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]
    for scope in scopes:
        for node in ast.walk(scope):
            if not isinstance(node, ast.Call) or _name(node.func) not in RENDERERS:
                continue
            if len(node.args) < 2:
                continue
            page = node.args[2] if len(node.args) > 2 else None
            for keyword in node.keywords:
                page = keyword.value if keyword.arg == "page" else page
            where = f"{module}:{node.lineno}"
            names = tuple(_names(node.args[1], scope))
            yield Call(where, names, _class_of(page, scope, functions), module)


def _name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def _names(node: ast.expr, scope: ast.AST) -> Iterator[str]:
    """The template names an expression may give; ``*`` stands for a part made at run time."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _names(node.body, scope)
        yield from _names(node.orelse, scope)
    elif isinstance(node, ast.Name):
        for part in ast.walk(scope):
            if isinstance(part, ast.Assign) and node.id in map(_name, part.targets):
                yield from _names(part.value, scope)
    elif isinstance(node, ast.JoinedStr):
        yield "".join(
            str(part.value) if isinstance(part, ast.Constant) else "*" for part in node.values
        )


def _class_of(node: ast.expr | None, scope: ast.AST, functions: dict[str, ast.FunctionDef]) -> str:
    """The class a page expression gives: a call of it, a function that returns it, a variable."""
    if isinstance(node, ast.Call):
        name = _name(node.func)
        if name == "replace" and node.args:
            return _class_of(node.args[0], scope, functions)
        made_by = functions.get(name)
        if made_by is not None and made_by.returns:
            return _name(made_by.returns)
        return ast.unparse(node.func)
    if isinstance(node, ast.Name):
        for part in ast.walk(scope):
            if isinstance(part, ast.Assign) and any(
                _name(target) == node.id for target in part.targets
            ):
                return _class_of(part.value, scope, functions)
            if isinstance(part, ast.AnnAssign | ast.arg):
                target = part.target if isinstance(part, ast.AnnAssign) else part
                named = target.arg if isinstance(target, ast.arg) else _name(target)
                if named == node.id and part.annotation is not None:
                    return _name(part.annotation)
    return ""


def missing_templates(call: Call) -> list[str]:
    """The names of a call for which no template exists."""
    missing = []
    for name in call.templates:
        if "*" in name:
            if not list(TEMPLATES.glob(name)):
                missing.append(name)
            continue
        try:
            get_template(name)
        except TemplateDoesNotExist:
            missing.append(name)
    return missing


def page_class(call: Call) -> type | None:
    """The page's class, looked up in the module that renders it (or in what it calls)."""
    found: object = import_module(call.module)
    for step in call.page.split("."):
        found = getattr(found, step, None)
    if callable(found) and not isinstance(found, type):
        found = _without_none(typing.get_type_hints(found).get("return"))
    return found if isinstance(found, type) and dataclasses.is_dataclass(found) else None


def misspelt(source: str, page: type) -> list[str]:
    """Names after ``page.`` (and after loop variables over its tuples) that do not exist."""
    scopes: list[dict[str, object]] = [{"page": page}]
    wrong = []
    for tag in _TAG.findall(source):
        known = scopes[-1]
        for root, path in _PATH.findall(_STRING.sub("''", tag)):
            kind = known.get(root)
            for step in path.split("."):
                if not dataclasses.is_dataclass(kind):
                    break
                if not _has(kind, step):
                    wrong.append(f"{root}.{path}")
                    break
                kind = _step(kind, step)
        if re.match(r"\s*for\s", tag):
            scopes.append({**known, **_bound(tag, known)})
        elif re.match(r"\s*endfor\b", tag):
            scopes.pop()
    return wrong


def _bound(tag: str, known: dict[str, object]) -> dict[str, object]:
    """What the variables of a loop are: rows of a page's class, or nothing known."""
    names, _, over = tag.strip().removeprefix("for").partition(" in ")
    bound: dict[str, object] = {name.strip(): None for name in names.split(",")}
    found = _OVER.match(over)
    if found and len(bound) == 1:
        root, *steps = found[0].split(".")
        kind = known.get(root)
        for step in steps:
            kind = _step(kind, step)
        inner = typing.get_args(kind)
        if inner and dataclasses.is_dataclass(inner[0]):
            bound = dict.fromkeys(bound, inner[0])
    return bound


def _has(kind: object, step: str) -> bool:
    names = {field.name for field in dataclasses.fields(kind)}  # type: ignore[arg-type]
    return step in names or hasattr(kind, step)


def _step(kind: object, step: str) -> object:
    """The type of an attribute, without ``None``; unknown where it cannot be told."""
    if not dataclasses.is_dataclass(kind):
        return None
    try:
        hint = typing.get_type_hints(kind).get(step)
    except NameError:
        return None
    return _without_none(hint)


def _without_none(hint: object) -> object:
    """The one class of ``X | None``; every other hint as it is."""
    kinds = typing.get_args(hint)
    options = [kind for kind in kinds if kind is not type(None)]
    return options[0] if len(options) == 1 and len(kinds) == 2 else hint


def with_parents(name: str, seen: frozenset[str] = frozenset()) -> Iterator[tuple[str, str]]:
    """A template of ours and those it extends or includes, as (name, source)."""
    path = TEMPLATES / name
    if name in seen or not path.exists():
        return
    source = path.read_text()
    yield name, source
    for parent in _PARENT.findall(source):
        yield from with_parents(parent, seen | {name})


def modules() -> Iterator[tuple[str, str]]:
    for path in sorted(CLINIC.rglob("*.py")):
        if "migrations" not in path.parts:
            name = ".".join(path.relative_to(CLINIC.parents[1]).with_suffix("").parts)
            yield name.removesuffix(".__init__"), path.read_text()


CALLS = [call for name, text in modules() for call in calls_in(text, name)]


@pytest.mark.parametrize("call", CALLS, ids=lambda call: call.where)
def test_every_rendered_template_exists(call: Call) -> None:
    assert missing_templates(call) == []


@pytest.mark.parametrize("call", CALLS, ids=lambda call: call.where)
def test_templates_use_only_what_their_page_has(call: Call) -> None:
    page = page_class(call) if call.templates else None
    if page is None:
        assert not call.templates or call.page in ("", "page"), (
            f"{call.where}: cannot tell the page {call.page!r}"
        )
        return
    for name in call.templates:
        names = [str(p.relative_to(TEMPLATES)) for p in TEMPLATES.glob(name)]
        for own in names:
            for where, source in with_parents(own):
                assert misspelt(source, page) == [], f"{where}, shown with {page.__name__}"


@pytest.mark.parametrize(
    "path", sorted(TEMPLATES.rglob("*.html")), ids=lambda path: str(path.relative_to(TEMPLATES))
)
def test_every_template_it_extends_or_includes_exists(path: Path) -> None:
    for name in _PARENT.findall(path.read_text()):
        get_template(name)


@pytest.mark.parametrize(
    "path", sorted(TEMPLATES.rglob("*.html")), ids=lambda path: str(path.relative_to(TEMPLATES))
)
def test_no_template_has_inline_script_style_or_unescaped_text(path: Path) -> None:
    text = path.read_text()
    assert not re.search(r"\sstyle\s*=", text), "a style attribute is refused by the policy"
    assert not re.search(r"<style|\son[a-z]+\s*=", text), "inline style or handler"
    assert not re.search(r"<script(?![^>]*\bsrc=)", text), "inline script"
    assert "|safe" not in text
    assert "autoescape off" not in text


def test_a_template_name_that_does_not_exist_is_caught() -> None:
    text = 'def show(request):\n    return render(request, "plan/shwo.html", PlanPage())\n'
    (call,) = calls_in(text, "planted")
    assert missing_templates(call) == ["plan/shwo.html"]


def test_a_misspelt_field_is_caught() -> None:
    @dataclasses.dataclass(frozen=True)
    class Page:
        findings: tuple[str, ...]

    assert misspelt("{% if page.findngs %}x{% endif %}", Page) == ["page.findngs"]
    assert misspelt("{% for f in page.findings %}{{ f }}{% endfor %}", Page) == []


def test_a_misspelt_field_of_a_row_is_caught_where_two_loops_share_a_name() -> None:
    day = dataclasses.make_dataclass("Day", [("on", str)])
    source = dataclasses.make_dataclass("Source", [("name", str)])
    page = dataclasses.make_dataclass(
        "Page", [("days", tuple[day, ...]), ("sources", tuple[source, ...])]
    )
    days = "{% for one in page.days %}{{ one.on }}{% endfor %}"
    assert misspelt(days + "{% for one in page.sources %}{{ one.name }}{% endfor %}", page) == []
    assert misspelt("{% for one in page.sources %}{{ one.on }}{% endfor %}" + days, page) == [
        "one.on"
    ]
