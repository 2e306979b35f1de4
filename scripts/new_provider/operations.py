"""The methods of a generated client, with their real parameters, for the comments of a new provider."""

from __future__ import annotations

import ast
from pathlib import Path

from anyqpu_emulator.stub.resources import Route
from scripts.new_provider.source import Source


class Methods:
    """Calls of the generated client, by operationId."""

    def __init__(self, raw: Path) -> None:
        """Read `client.py` and `operations.py` of a generated package."""
        registry = ast.parse((raw / "operations.py").read_text(encoding="utf-8"))
        self._names: dict[str, str] = {}
        for node in ast.walk(registry):
            if isinstance(node, ast.Call):
                facts = {item.arg: item.value.value for item in node.keywords if isinstance(item.value, ast.Constant)}
                if "id" in facts and "name" in facts:
                    self._names[str(facts["id"])] = str(facts["name"])
        client = ast.parse((raw / "client.py").read_text(encoding="utf-8"))
        self._calls: dict[str, str] = {}
        for node in ast.walk(client):
            if isinstance(node, ast.AsyncFunctionDef):
                positional = [argument.arg for argument in node.args.args if argument.arg != "self"]
                named = [f"{argument.arg}={_of(argument)}" for argument in node.args.kwonlyargs]
                self._calls[node.name] = f"raw.{node.name}({', '.join([*positional, *named])})"

    def name(self, id: str) -> str | None:
        """Return the name of the method of an operation; None for one that was dropped."""
        return self._names.get(id)

    def call(self, id: str) -> str:
        """Return a call of an operation with all of its parameters."""
        return self._calls.get(self._names.get(id, ""), f"{id}: it is not in the client")


def _of(argument: ast.arg) -> str:
    return "..." if argument.annotation is None else ast.unparse(argument.annotation).removesuffix(" | Unset")


def likely(source: Source) -> dict[str, list[str]]:
    """Return the operations that may serve each method of the adapter, by operationId."""
    devices, jobs = source.devices, source.jobs

    def ids(*routes: Route) -> list[str]:
        return [route.name for route in routes]

    return {
        "devices": ids(*source.routes(devices, "list")),
        "device": ids(*source.routes(devices, "read")),
        "prepare": ids(*source.routes(jobs, "create")),
        "job": ids(*source.routes(jobs, "read")),
        "jobs": ids(*source.routes(jobs, "list")),
        "cancel": ids(*source.cancels),
        "result": ids(*source.results),
    }
