"""A document, corrected and completed, and what it says of a provider."""

from __future__ import annotations

import copy
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from anyqpu_emulator.documents import server_of
from anyqpu_emulator.stub.handlers import CANCELS
from anyqpu_emulator.stub.resources import Collection, Resources, Route
from anyqpu_emulator.stub.values import Values
from scripts.documents import load, operations
from scripts.generator.normalize import normalized
from scripts.overlay import apply_overlay
from scripts.spec_changes.reading import RefusedError, read_document

GUESSED = "Guessed by scripts.new_provider from names in the document; compare it with the cloud's pages."
DEVICES = ("device", "backend", "qpu", "processor", "target", "machine", "quantumcomputer", "platform", "system")
JOBS = ("job", "task", "circuit", "execution", "run", "workload", "submission", "program", "experiment")


@dataclass
class Source:
    """What a provider is written from.

    Attributes:
        upstream: The file as received.
        overlay: Corrections, those of the user and the guessed pages of lists.
        final: The corrected document, of which everything is made.
        base_url: Address of the API.
        regions: Further addresses, by a name.
        notes: What was changed or left out, for people.
    """

    name: str
    upstream: Path
    overlay: dict[str, Any]
    final: dict[str, Any]
    base_url: str
    regions: dict[str, str]
    notes: list[str]
    resources: Resources
    devices: Collection | None = field(init=False)
    jobs: Collection | None = field(init=False)

    def __post_init__(self) -> None:
        collections = list(self.resources.collections.values())
        created = {route.path for route in self.resources.routes if route.role == "create"}
        self.jobs = next((one for one in collections if one.has_jobs and one.path in created), None) or _named(
            [one for one in collections if one.path in created], JOBS
        )
        self.devices = _named([one for one in collections if one is not self.jobs], DEVICES)

    @property
    def others(self) -> dict[str, str]:
        """Addresses of operations that are not at `base_url`, by the name that `x-base` gives them."""
        named = [(raw["x-base"], path, raw) for _, path, raw in operations(self.final) if "x-base" in raw]
        return {str(label): server_of(self.final, path, raw) for label, path, raw in named}

    @property
    def title(self) -> str:
        """Name for people."""
        return " ".join(str(self.final.get("info", {}).get("title") or self.name).split())

    @property
    def schemes(self) -> dict[str, Any]:
        """The security schemes by name, those that operations name first."""
        every = self.final.get("components", {}).get("securitySchemes", {})
        alternatives = [
            name
            for security in (self.final.get("security"), *(raw.get("security") for _, _, raw in operations(self.final)))
            for alternative in security or []
            for name in alternative
        ]
        return {name: every[name] for name in dict.fromkeys([*alternatives, *every]) if name in every}

    def routes(self, collection: Collection | None, *roles: str) -> list[Route]:
        """Return the operations on a collection with one of some roles."""
        routes = [route for route in self.resources.routes if collection and route.collection is collection]
        return [route for route in routes if route.role in roles]

    @property
    def results(self) -> list[Route]:
        """The operations that may return a job's result, the likeliest first."""
        words = ("result", "output", "count", "histogram", "measure", "sample", "data")
        parts = self.routes(self.jobs, "part")
        return sorted(
            (route for route in parts if any(word in route.path.lower() for word in words)),
            key=lambda route: next(place for place, word in enumerate(words) if word in route.path.lower()),
        )

    @property
    def cancels(self) -> list[Route]:
        """The operations that may cancel a job."""
        acts = [route for route in self.routes(self.jobs, "act") if route.path.lower().endswith(CANCELS)]
        return acts or self.routes(self.jobs, "delete")


def read_source(name: str, spec: Path, overlay: Path | None, base_url: str | None) -> Source:
    """Read a document and its overlay; raises `RefusedError` or `OverlayError` for what cannot be used."""
    document = read_document(spec)
    corrections: Any = {"overlay": "1.0.0", "info": {"title": f"Corrections for {name}", "version": "1"}, "actions": []}
    if overlay is not None:
        if not overlay.is_file():
            raise RefusedError(f"{overlay} cannot be read: there is no such file")
        corrections = load(overlay)
    corrected, changes = normalized(apply_overlay(document, corrections))
    notes = [str(change) for change in changes]
    resources = Resources(corrected, Values(corrected), {})
    actions, unclear = _pages(resources)
    actions += _servers(corrected)
    notes += unclear
    corrections = {**corrections, "actions": [*corrections.get("actions", []), *actions]}
    final, _ = normalized(apply_overlay(document, corrections))
    url, regions = _addresses(final, base_url)
    return Source(name, spec, corrections, final, url, regions, notes, Resources(final, Values(final), {}))


def _pages(resources: Resources) -> tuple[list[dict[str, Any]], list[str]]:
    """Return overlay actions that say how lists are divided into pages, and the lists for which it is unclear."""
    actions: list[dict[str, Any]] = []
    unclear: list[str] = []
    for route in resources.routes:
        if route.role != "list" or "x-pages" in route.raw:
            continue
        pages = resources.usual_pages(route)
        if pages is None:
            unclear.append(f"{route.name}: its pages are unclear; describe them as x-pages in the overlay")
            continue
        key = route.collection.key if route.collection is not None else None
        actions.append(
            {
                "target": f"$.paths[{_quoted(route.path)}].get",
                "description": f"How the list of {route.name} is divided into pages.",
                "x-evidence": GUESSED,
                "update": {"x-pages": pages, "x-dedup": key},
            }
        )
    return actions, unclear


def _servers(document: dict[str, Any]) -> list[dict[str, Any]]:
    """Return overlay actions that name the servers of operations which are not at the document's first one."""
    actions: list[dict[str, Any]] = []
    for method, path, raw in operations(document):
        url = server_of(document, path, raw)
        if url == server_of(document) or "x-base" in raw:
            continue
        words = re.split(r"\W+", urlsplit(url).path.strip("/") or str(urlsplit(url).hostname))
        actions.append(
            {
                "target": f"$.paths[{_quoted(path)}].{method.lower()}",
                "description": "The operation has a server of its own.",
                "x-evidence": f"The document, which has it at {url}.",
                "update": {"x-base": "_".join(words).lower()},
            }
        )
    return actions


def _quoted(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


def _addresses(document: dict[str, Any], base_url: str | None) -> tuple[str, dict[str, str]]:
    """Return the address of the API, and those of other servers of the document by a name."""
    urls: dict[str, str] = {}
    for number, server in enumerate(document.get("servers") or []):
        url, variables = str(server.get("url", "")).rstrip("/"), server.get("variables") or {}
        for values in _values_of(variables):
            filled = copy.copy(url)
            for variable, value in values.items():
                filled = filled.replace("{" + variable + "}", str(value))
            words = "_".join(str(value) for name, value in values.items() if len(variables[name].get("enum", ())) > 1)
            label = words or str(server.get("description") or f"server{number + 1}")
            urls.setdefault(re.sub(r"\W+", "_", label.lower()).strip("_")[:30], filled)
    absolute = {label: url for label, url in urls.items() if url.startswith("https://")}
    if base_url is not None:
        return base_url.rstrip("/"), {}
    if not absolute:
        raise RefusedError("the document has no https address of the API; give it with --base-url")
    first = next(iter(absolute.values()))
    return first, absolute if len(absolute) > 1 else {}


def _values_of(variables: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the values of the variables of a server: the defaults, then each other value of an enum."""
    defaults = {name: variable.get("default", "") for name, variable in variables.items()}
    return [
        defaults,
        *(
            {**defaults, name: value}
            for name, variable in variables.items()
            for value in variable.get("enum", ())
            if value != defaults[name]
        ),
    ]


def _named(collections: list[Collection], words: tuple[str, ...]) -> Collection | None:
    """Return the collection whose name is one of some words, the first word before others."""
    by_name = {re.sub(r"[^a-z]", "", one.path.rpartition("/")[2].lower()): one for one in reversed(collections)}
    for word in words:
        for name, one in by_name.items():
            if name in (word, f"{word}s"):
                return one
    ends = (*words, *(f"{word}s" for word in words))
    return next((one for name, one in by_name.items() if name.startswith(words) or name.endswith(ends)), None)
