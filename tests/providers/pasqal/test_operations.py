"""Every operation of the API document has a method here, or a reason why it has none."""

from __future__ import annotations

import ast
import inspect
import json
import re
from pathlib import Path

import pytest

import anyqpu
from anyqpu.model.batch import Batch
from anyqpu.providers import pasqal
from anyqpu.providers.pasqal import RAW_ONLY

ROOT = Path(__file__).parents[3]
DOCUMENT = json.loads((ROOT / "specs" / "pasqal" / "final.json").read_text(encoding="utf-8"))
OPERATIONS = {
    operation["operationId"]: operation
    for methods in DOCUMENT["paths"].values()
    for operation in methods.values()
    if isinstance(operation, dict) and "operationId" in operation
}
INFERRED = {name for name, item in OPERATIONS.items() if item["x-path-confidence"].startswith("inferred")}
CLIENT = anyqpu.connect("pasqal", emulator="http://127.0.0.1:9")
METHODS = {
    name: inspect.getdoc(getattr(CLIENT, name)) or ""
    for name in dir(CLIENT)
    if not name.startswith("_") and inspect.isroutine(getattr(CLIENT, name))
}


def named_in(documentation: str) -> set[str]:
    """Return the operations that a docstring names in parentheses."""
    return set(re.findall(r"\w+", " ".join(re.findall(r"\(([^()]*)\)", documentation)))) & set(OPERATIONS)


def sources() -> list[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
    """Return the methods of all classes of the provider; what is defined inside of one belongs to it."""
    methods: list[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]] = []
    for file in Path(str(pasqal.__file__)).parent.rglob("*.py"):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        for owner in (node for node in ast.walk(tree) if isinstance(node, ast.ClassDef)):
            functions = (node for node in owner.body if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)))
            methods += [(f"{file.name}:{owner.name}.{function.name}", function) for function in functions]
    return methods


SOURCES = sources()
NAMED = {name: named_in(ast.get_docstring(function) or "") for name, function in SOURCES}


def test_every_operation_has_a_method_or_a_reason() -> None:
    covered = set().union(*NAMED.values())
    assert covered | set(RAW_ONLY) == set(OPERATIONS)
    assert not covered & set(RAW_ONLY)
    assert OPERATIONS


def test_the_reasons_are_those_of_the_document() -> None:
    for name, reason in RAW_ONLY.items():
        operation = OPERATIONS[name]
        audience = operation["x-audience"]
        if reason.startswith("deprecated: "):
            assert operation.get("deprecated") is True, name
            instead = re.findall(r"\w+_\w+", reason)
            assert set(instead) <= set().union(*NAMED.values()), name
        else:
            assert audience != "user", name
            assert not operation.get("deprecated"), name
    deprecated = {name for name, item in OPERATIONS.items() if item.get("deprecated")}
    assert deprecated <= set(RAW_ONLY)
    for_others = {n for n, item in OPERATIONS.items() if not item["x-audience"].startswith("user")}
    assert for_others <= set(RAW_ONLY)


def test_inferred_paths_are_marked() -> None:
    for name, documentation in METHODS.items():
        assert ("path inferred" in documentation) == bool(named_in(documentation) & INFERRED), name


def operations_in(function: ast.FunctionDef | ast.AsyncFunctionDef) -> set[str]:
    """Return the operations that a method uses of the generated client."""
    attributes = (node for node in ast.walk(function) if isinstance(node, ast.Attribute))
    return {node.attr for node in attributes if ast.unparse(node.value) in {"self.raw", "self._raw"}}


def test_our_layer_uses_nothing_that_is_for_raw_alone_and_inferred_paths_only_where_it_says_so() -> None:
    used: set[str] = set()
    for name, function in SOURCES:
        operations = operations_in(function)
        used |= operations
        assert operations <= set(OPERATIONS) - set(RAW_ONLY), name
        if operations & INFERRED:
            assert "path inferred" in (ast.get_docstring(function) or ""), name
        if not function.name.startswith("_"):
            assert operations <= set(re.findall(r"\w+", ast.get_docstring(function) or "")), name
    assert used == set(OPERATIONS) - set(RAW_ONLY)
    assert used == set().union(*NAMED.values())


BATCH = {
    name: inspect.getdoc(method) for name, method in inspect.getmembers(Batch, inspect.isfunction) if name[0] != "_"
}


@pytest.mark.parametrize(("name", "doc"), [*METHODS.items(), *BATCH.items()])
def test_every_public_method_says_what_it_does(name: str, doc: str | None) -> None:
    assert doc, name
    assert doc[0].isupper(), name
