"""The generated client of a document as data, read from its source: nothing is imported."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path


@dataclass(frozen=True)
class Method:
    """A raw method: its operation, its parameters with their types and defaults as source, and what it returns."""

    id: str
    name: str
    method: str
    path: str
    tag: str = ""
    by_position: Mapping[str, str] = field(default_factory=dict)
    by_name: Mapping[str, str] = field(default_factory=dict)
    returns: str = "None"

    @property
    def parameters(self) -> Mapping[str, str]:
        """All parameters by name."""
        return {**self.by_position, **self.by_name}


@dataclass(frozen=True)
class Surface:
    """What our layer can use of a client."""

    methods: Mapping[str, Method] = field(default_factory=dict)
    classes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """The attributes of each model and enum, with the source of their types."""
    pagers: frozenset[str] = frozenset()
    modules: frozenset[str] = frozenset()

    @classmethod
    def of(cls, folder: Path) -> Surface:
        """Read a client's folder."""
        registry = {entry["name"]: entry for entry in _registry(_parse(folder / "operations.py"))}
        signatures = {
            function.name: function
            for function in _functions(_parse(folder / "client.py"))
            if function.name in registry
        }
        files = [*folder.glob("models/*.py"), *folder.glob("api/*/*.py")]
        return cls(
            methods={name: _method(entry, signatures.get(name)) for name, entry in registry.items()},
            classes=dict(_classes(folder / "models")),
            pagers=frozenset(_constants(_parse(folder / "pages.py")))
            if (folder / "pages.py").exists()
            else frozenset(),
            modules=frozenset(".".join(file.relative_to(folder).with_suffix("").parts) for file in files),
        )

    def without(self, other: Surface, schemes: frozenset[str] = frozenset()) -> Gone:
        """Return what this client has and another one lacks; `schemes` are the security schemes that are gone."""
        pairs = [
            (entry.path, other.methods[name].path) for name, entry in self.methods.items() if name in other.methods
        ]
        renamed = {name for old, new in pairs for name in _in_path(old) - _in_path(new)}
        left = {name for entry in other.methods.values() for name in _in_path(entry.path)}
        both = [name for name in self.methods if name in other.methods]
        return Gone(
            methods=frozenset(self.methods.keys() - other.methods.keys()),
            ids=frozenset(entry.id for entry in self.methods.values())
            - frozenset(entry.id for entry in other.methods.values()),
            parameters=frozenset(
                (name, parameter)
                for name in both
                for parameter in self.methods[name].parameters.keys() - other.methods[name].parameters.keys()
            ),
            classes=frozenset(self.classes.keys() - other.classes.keys()),
            fields=frozenset(
                (name, attribute)
                for name in self.classes.keys() & other.classes.keys()
                for attribute in self.classes[name].keys() - other.classes[name].keys()
            ),
            pagers=self.pagers - other.pagers,
            modules=self.modules - other.modules,
            schemes=schemes,
            in_paths={name: name not in left for name in renamed},
        )


@dataclass(frozen=True)
class Gone:
    """Parts of a client that a newer one lacks."""

    methods: frozenset[str] = frozenset()
    ids: frozenset[str] = frozenset()
    parameters: frozenset[tuple[str, str]] = frozenset()
    classes: frozenset[str] = frozenset()
    fields: frozenset[tuple[str, str]] = frozenset()
    pagers: frozenset[str] = frozenset()
    modules: frozenset[str] = frozenset()
    schemes: frozenset[str] = frozenset()
    in_paths: Mapping[str, bool] = field(default_factory=dict)
    """Names of parameters that are gone from a path, and whether they are gone from all."""


def _in_path(path: str) -> set[str]:
    return set(re.findall(r"{([^}]+)}", path))


def _parse(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))


def _registry(module: ast.Module) -> Iterator[dict[str, str]]:
    for node in ast.walk(module):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Operation":
            yield {
                word.arg: str(word.value.value)
                for word in node.keywords
                if word.arg and isinstance(word.value, ast.Constant)
            }


def _functions(module: ast.Module) -> Iterator[ast.AsyncFunctionDef]:
    for node in ast.walk(module):
        if isinstance(node, ast.AsyncFunctionDef):
            yield node


def _method(entry: Mapping[str, str], function: ast.AsyncFunctionDef | None) -> Method:
    first = Method(entry["id"], entry["name"], entry["method"], entry["path"], entry.get("tag", ""))
    if function is None:
        return first
    named = zip(function.args.kwonlyargs, function.args.kw_defaults, strict=True)
    return replace(
        first,
        by_position={argument.arg: _annotation(argument) for argument in function.args.args[1:]},
        by_name={
            argument.arg: _annotation(argument) + (f" = {ast.unparse(default)}" if default else "")
            for argument, default in named
        },
        returns=ast.unparse(function.returns) if function.returns else "None",
    )


def _annotation(argument: ast.arg) -> str:
    return ast.unparse(argument.annotation) if argument.annotation else "Any"


def _classes(folder: Path) -> Iterator[tuple[str, dict[str, str]]]:
    for file in folder.glob("*.py"):
        for node in _parse(file).body:
            if isinstance(node, ast.ClassDef):
                yield node.name, dict(_attributes(node))


def _attributes(kind: ast.ClassDef) -> Iterator[tuple[str, str]]:
    for node in kind.body:
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            yield node.target.id, ast.unparse(node.annotation)
        elif isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant):
            # The words of an enum.
            yield ast.unparse(node.targets[0]), type(node.value.value).__name__


def _constants(module: ast.Module) -> Iterator[str]:
    for node in module.body:
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            yield node.target.id
