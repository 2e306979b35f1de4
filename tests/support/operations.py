"""Every operation of the four documents, with what was generated for it and arguments to call it with."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import import_module
from typing import Any

from anyqpu_raw._core import Operation

from scripts.documents import PROVIDERS, parameters
from scripts.documents import operations as operations_of
from tests.generated.samples import DOCUMENTS, Body, Sampler, bodies


@dataclass(frozen=True)
class Case:
    """One operation: what the document says, and what was generated from that."""

    provider: str
    method: str
    path: str
    raw: dict[str, Any]
    entry: Operation
    module: Any

    def __str__(self) -> str:
        return f"{self.provider}-{self.entry.name}"

    @property
    def declared(self) -> list[dict[str, Any]]:
        return parameters(DOCUMENTS[self.provider], self.path, self.raw)

    @property
    def raw_method(self) -> Callable[..., Any]:
        return getattr(import_module(f"anyqpu_raw.{self.provider}.client").RawClient, self.entry.name)


def registry(provider: str) -> Any:
    return import_module(f"anyqpu_raw.{provider}.operations").OPERATIONS


def cases() -> list[Case]:
    listed = []
    for provider in PROVIDERS:
        by_id = {entry.id: entry for entry in registry(provider).values()}
        for method, path, raw in operations_of(DOCUMENTS[provider]):
            entry = by_id[raw["operationId"]]
            module = import_module(f"anyqpu_raw.{provider}.api.{entry.tag}.{entry.name}")
            listed.append(Case(provider, method, path, raw, entry, module))
    return listed


CASES = cases()
BODIES: dict[tuple[str, str, int | None], Body] = {
    (body.provider, body.operation, body.status): body for provider in PROVIDERS for body in bodies(provider)
}


def word_of(parameter: inspect.Parameter, number: int) -> Any:
    """A value for a parameter, by its annotation; another one for each, where the type has that many."""
    kind = parameter.annotation
    if kind.startswith("Sequence"):
        return ["one", "two words"]
    plain = {"int": number, "float": number + 0.5, "bool": True, "datetime": datetime(2025, 1, 2, tzinfo=UTC)}
    return next((value for name, value in plain.items() if re.match(rf"{name}\b", kind)), f"a {parameter.name}/1")


def bare(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())


def arguments_of(case: Case, *, full: bool) -> dict[str, Any]:
    """Arguments for each parameter, or for the required ones only; the body is a minimal one, read by its model."""
    values: dict[str, Any] = {}
    for parameter in inspect.signature(case.module.build_request).parameters.values():
        if not full and parameter.default is not parameter.empty:
            continue
        if parameter.name == "body":
            body = BODIES[case.provider, case.entry.name, None]
            values["body"] = body.read(Sampler(case.provider, full=False).make(body.media["schema"]))
        else:
            values[parameter.name] = word_of(parameter, len(values))
    return values
