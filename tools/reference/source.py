"""What the source says of a public name: its signature, its words, and the fields of a value.

Read from the source itself, so that a page is the same whatever Python writes it.
"""

import ast
import inspect
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Field:
    """One field or property of a value: its type as written, and what it means."""

    name: str
    kind: str
    about: str


def definition(thing: Any) -> ast.FunctionDef | ast.ClassDef:
    """The definition of a function or class, parsed."""
    source = textwrap.dedent(inspect.getsource(inspect.unwrap(thing)))
    found = ast.parse(source).body[0]
    assert isinstance(found, ast.FunctionDef | ast.ClassDef)
    return found


def signature(name: str, function: ast.FunctionDef) -> str:
    """The call as one would write it, with what comes back."""
    returns = f" -> {_type(function.returns)}" if function.returns else ""
    arguments = ast.unparse(function.args).replace("'", '"')
    return f"{name}({arguments}){returns}"


def words(node: ast.FunctionDef | ast.ClassDef) -> list[str]:
    """The paragraphs of its docstring, each on one line; an indented one stays as it is."""
    text = ast.get_docstring(node) or ""
    return [" ".join(part.split()) for part in text.split("\n\n")]


def fields_of(node: ast.ClassDef) -> Iterator[Field]:
    """Fields with the words below them, then properties; those with a leading _ are left out."""
    for number, item in enumerate(node.body):
        name = field_name(item)
        if isinstance(item, ast.AnnAssign) and name:
            yield Field(name, _type(item.annotation), _below(node, number))
    for item in node.body:
        if isinstance(item, ast.FunctionDef) and not item.name.startswith("_"):
            kind = _type(item.returns) if item.returns else ""
            decorated = [ast.unparse(one) for one in item.decorator_list]
            call = "" if "property" in decorated else f"({_arguments(item)})"
            about = (ast.get_docstring(item) or "").split("\n\n")[0]
            yield Field(item.name + call, kind, " ".join(about.split()))


def field_name(item: ast.stmt) -> str:
    """The name of a field of a value; empty for anything else, and for what is its own."""
    if not isinstance(item, ast.AnnAssign) or not isinstance(item.target, ast.Name):
        return ""
    own = item.target.id.startswith("_") or "ClassVar" in ast.unparse(item.annotation)
    return "" if own else item.target.id


def _arguments(function: ast.FunctionDef) -> str:
    names = [one.arg for one in function.args.args if one.arg not in ("self", "cls")]
    names += [one.arg for one in function.args.kwonlyargs]
    more = [f"**{function.args.kwarg.arg}"] if function.args.kwarg else []
    return ", ".join([*names, *more])


def _type(annotation: ast.expr) -> str:
    """A type as written, without the quotes of one that is named before it is known."""
    return ast.unparse(annotation).replace("'", "")


def _below(node: ast.ClassDef, number: int) -> str:
    """The text that stands below a field, as its words."""
    after = node.body[number + 1] if number + 1 < len(node.body) else None
    if isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant):
        return " ".join(str(after.value.value).split())
    return ""
