"""docs/operations.md is what the code says, and the code leaves nothing out."""

from __future__ import annotations

import inspect
import re
from importlib import import_module
from typing import Any

import pytest

from anyqpu.core.base import BaseClient
from anyqpu.core.jobs import JobsClient
from scripts.documents import PROVIDERS
from scripts.operations_table import PAGE, page, raw_only, users

each_provider = pytest.mark.parametrize("provider", PROVIDERS)
# What a method does that asks the cloud nothing, or only through others.
COMMON = {name for kind in (BaseClient, JobsClient) for name in vars(kind)}


def ids(provider: str) -> set[str]:
    return {each.id for each in import_module(f"anyqpu_raw.{provider}.operations").OPERATIONS.values()}


def client_of(provider: str) -> Any:
    return getattr(import_module(f"anyqpu.providers.{provider}"), f"{provider.capitalize()}Client")


def test_the_page_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run python -m scripts.operations_table"


@each_provider
def test_every_operation_has_a_method_or_a_reason_to_have_none(provider: str) -> None:
    used, reasons = users(provider).keys(), raw_only(provider).keys()
    assert not ids(provider) - used - reasons
    assert not used & reasons
    assert not reasons - ids(provider)


def test_only_pasqal_has_operations_that_are_for_others_than_users() -> None:
    for provider in set(PROVIDERS) - {"pasqal"}:
        assert not raw_only(provider)
        assert users(provider).keys() == ids(provider)


@each_provider
def test_every_method_says_which_operation_it_calls(provider: str) -> None:
    """In parentheses in its docstring; a method that sends nothing says so."""
    silent = []
    for name, member in inspect.getmembers(client_of(provider), callable):
        if name.startswith("_") or name in COMMON - {"calibration", "reserve", "find_slots", "reservations", "job"}:
            continue
        text = inspect.getdoc(member) or ""
        words = {word for group in re.findall(r"\(([^()]*)\)", text) for word in re.findall(r"\w+", group)}
        supported = client_of(provider).__dict__.get(name) or any(name in vars(kind) for kind in own(provider))
        if supported and not words & ids(provider) and "o request" not in text:
            silent.append(name)
    assert not silent


def own(provider: str) -> list[type]:
    return [kind for kind in client_of(provider).__mro__ if kind.__module__.startswith(f"anyqpu.providers.{provider}")]
