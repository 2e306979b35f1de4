"""Every operation of the API document has a method here, or a reason why it has none."""

from __future__ import annotations

import ast
import inspect
import json
import re
from pathlib import Path

import pytest

from anyqpu.model.batch import Batch
from anyqpu.providers import pasqal
from anyqpu.providers.pasqal import RAW_ONLY, PasqalClient

ROOT = Path(__file__).parents[3]
DOCUMENT = json.loads((ROOT / "specs" / "pasqal" / "final.json").read_text(encoding="utf-8"))
OPERATIONS = {
    operation["operationId"]: operation
    for methods in DOCUMENT["paths"].values()
    for operation in methods.values()
    if isinstance(operation, dict) and "operationId" in operation
}
INFERRED = {name for name, each in OPERATIONS.items() if each["x-path-confidence"].startswith("inferred")}
METHODS = {
    name: inspect.getdoc(member) or ""
    for name, member in inspect.getmembers(PasqalClient, inspect.isfunction)
    if not name.startswith("_")
}
NAMED = {
    name: set(re.findall(r"\w+", " ".join(re.findall(r"\(([^()]*)\)", doc)))) & set(OPERATIONS)
    for name, doc in METHODS.items()
}


def test_every_operation_has_a_method_or_a_reason() -> None:
    covered = set().union(*NAMED.values())
    assert covered | set(RAW_ONLY) == set(OPERATIONS)
    assert not covered & set(RAW_ONLY)
    assert len(OPERATIONS) == 76


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
    deprecated = {name for name, each in OPERATIONS.items() if each.get("deprecated")}
    assert deprecated <= set(RAW_ONLY)
    for_others = {n for n, each in OPERATIONS.items() if not each["x-audience"].startswith("user")}
    assert for_others <= set(RAW_ONLY)


def test_inferred_paths_are_marked() -> None:
    for name, named in NAMED.items():
        assert ("path inferred" in METHODS[name]) == bool(named & INFERRED), name


def calls() -> list[tuple[str, str, str]]:
    """Each use of `self.raw`: the file, the function in it, and the operation."""
    found: list[tuple[str, str, str]] = []
    for file in Path(str(pasqal.__file__)).parent.glob("*.py"):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        # Methods only: what is defined inside of one belongs to it.
        for owner in (node for node in ast.walk(tree) if isinstance(node, ast.ClassDef)):
            for function in owner.body:
                if isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)):
                    for node in ast.walk(function):
                        if isinstance(node, ast.Attribute) and ast.unparse(node.value) == "self.raw":
                            found.append((file.name, function.name, node.attr))
    return found


def test_our_layer_uses_nothing_that_is_for_raw_alone_and_inferred_paths_only_where_it_says_so() -> None:
    used = calls()
    assert len(used) > 30
    for file, function, operation in used:
        assert operation in OPERATIONS, (file, function)
        assert operation not in RAW_ONLY, (file, function)
        if operation in INFERRED:
            assert "path inferred" in METHODS[function], (file, function)
        if not function.startswith("_"):
            assert operation in NAMED[function], (file, function, operation)
    assert {operation for _, _, operation in used} == set().union(*NAMED.values())


BATCH = {name: inspect.getdoc(each) for name, each in inspect.getmembers(Batch, inspect.isfunction) if name[0] != "_"}


@pytest.mark.parametrize(("name", "doc"), [*METHODS.items(), *BATCH.items()])
def test_every_public_method_says_what_it_does(name: str, doc: str | None) -> None:
    assert doc, name
    assert doc[0].isupper(), name
