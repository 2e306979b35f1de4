"""docs/operations.md is what the code says, and the code leaves nothing out."""

from __future__ import annotations

import inspect
import re
from importlib import import_module
from typing import Any

import pytest

from anyqpu import Client
from scripts.documents import PROVIDERS
from scripts.operations_table import PAGE, composed, grpc_methods, page, raw_only, users

each_provider = pytest.mark.parametrize("provider", PROVIDERS)


def ids(provider: str) -> set[str]:
    return {operation.id for operation in import_module(f"anyqpu_raw.{provider}.operations").OPERATIONS.values()}


def client_of(provider: str) -> Any:
    return getattr(import_module(f"anyqpu.providers.{provider}"), f"{provider.capitalize()}Client")


def test_the_page_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run python -m scripts.operations_table"


@each_provider
def test_every_operation_has_a_method_or_a_reason_to_have_none(provider: str) -> None:
    over_grpc = {method.name for method in grpc_methods(provider)}
    used, reasons = users(provider).keys(), raw_only(provider).keys()
    # A list of requests to execute, of which one is made of a sweep already.
    assert over_grpc - used <= {"BatchExecuteControllerJobs"}
    assert not ids(provider) - used - reasons
    assert not used & reasons
    assert not reasons - ids(provider)


def test_only_two_providers_have_operations_without_a_method() -> None:
    for provider in set(PROVIDERS) - {"pasqal", "rigetti"}:
        assert not raw_only(provider)
        assert users(provider).keys() == ids(provider)
        assert not grpc_methods(provider)


@each_provider
def test_every_method_says_which_operation_it_calls(provider: str) -> None:
    """In parentheses in its docstring; a method that sends nothing says so. Those of the common client cannot."""
    client = client_of(provider)
    silent = []
    for kind in (client, *composed(provider).values()):
        for name, member in inspect.getmembers(kind, inspect.isfunction):
            if name.startswith("_") or member is getattr(Client, name, None):
                continue
            text = inspect.getdoc(member) or ""
            words = {word for group in re.findall(r"\(([^()]*)\)", text) for word in re.findall(r"\w+", group)}
            operations = ids(provider) | {method.name for method in grpc_methods(provider)}
            if not words & operations and "o request" not in text:
                silent.append(f"{kind.__name__}.{name}")
    assert not silent
