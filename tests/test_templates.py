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
_FOR = re.compile(r"{%\s*for\s+([a-z_]+)\s+in\s+([a-z_.]+)")
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
            yield Call(
                where, tuple(_names(node.args[1])), _class_of(page, scope, functions), module
            )


def _name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def _names(node: ast.expr) -> Iterator[str]:
    """The template names an expression may give; ``*`` stands for a part made at run time."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _names(node.body)
        yield from _names(node.orelse)
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
        return _name(made_by.returns) if made_by is not None and made_by.returns else name
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
    module = import_module(call.module)
    found = getattr(module, call.page, None)
    if found is not None and not isinstance(found, type):
        hints = typing.get_type_hints(found)
        found = hints.get("return")
    return found if isinstance(found, type) and dataclasses.is_dataclass(found) else None


def misspelt(source: str, page: type) -> list[str]:
    """Names after ``page.`` (and after loop variables over its tuples) that do not exist."""
    known: dict[str, object] = {"page": page}
    wrong = []
    for variable, path in _FOR.findall(source):
        root, _, rest = path.partition(".")
        kind = known.get(root)
        for step in rest.split(".") if rest else []:
            kind = _step(kind, step)
        inner = typing.get_args(kind)
        if inner and dataclasses.is_dataclass(inner[0]):
            known[variable] = inner[0]
        elif variable in known and variable != "page":
            known[variable] = None
    for tag in _TAG.findall(source):
        for root, path in _PATH.findall(_STRING.sub("''", tag)):
            kind = known.get(root)
            for step in path.split("."):
                if not dataclasses.is_dataclass(kind):
                    break
                if not _has(kind, step):
                    wrong.append(f"{root}.{path}")
                    break
                kind = _step(kind, step)
    return wrong


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
    options = [option for option in typing.get_args(hint) if option is not type(None)]
    if options and type(None) in typing.get_args(hint) and len(options) == 1:
        return options[0]
    return hint


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
