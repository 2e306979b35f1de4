"""The files of a new provider's package."""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from string import Template
from typing import Any
from urllib.parse import urlsplit

from anyqpu_emulator.documents import server_of
from anyqpu_emulator.stub import state_of_word
from anyqpu_emulator.stub.resources import Collection
from anyqpu_emulator.stub.values import Values
from scripts.documents import operations
from scripts.generator.process import format_code
from scripts.new_provider.credentials import Credentials, credentials_of
from scripts.new_provider.documents import upstream_name, write_documents
from scripts.new_provider.operations import Methods, likely
from scripts.new_provider.source import Source

TEMPLATES = Path(__file__).parent / "files"
# For what no field of the document says: the nearest thing that every provider has.
INSTEAD = {
    "job_listing": "Keep the handles of your jobs: client.resume(handle) returns each",
    "find": "Keep the handles of your jobs; without a key, a lost response leaves the outcome of a submit unknown",
    "cancel": "A job runs to its end; wait(timeout=...) stops waiting for it",
    "sessions": "Submit jobs one by one",
    "drain": "Submit jobs one by one",
    "reservations": "Jobs wait in the device's queue",
    "find_slots": "Jobs wait in the device's queue",
    "calibration": "device.raw has all that the cloud says of a device",
    "delete": "Jobs stay as long as the cloud keeps them",
    "prices": "connect(prices=...) takes the prices of your contract",
}
OPTIONAL = {
    "jobs": "    def jobs(self, *, page_size: int | None = None, resume_token: str | None = None) -> Pager[Job]:\n"
    '        """List jobs, newest first.{}"""\n        raise not_implemented("jobs")\n',
    "cancel": "    async def cancel(self, job: Job) -> Job | None:\n"
    '        """Cancel a job; return it if the response has it.{}"""\n        raise not_implemented("cancel")\n',
}
PROGRAMS = ("program", "qasm", "openqasm", "circuit", "source", "code", "input", "ir", "payload")
COUNTS = ("counts", "histogram", "measurement_counts", "measurementCounts", "results", "measurements")


def write(source: Source, folder: Path, **options: Any) -> list[str]:
    """Write the package into a folder that does not exist, and return what its author has to know.

    The options are those of `scripts.generate.write_client`.
    """
    package = folder / f"anyqpu_{source.name}"
    raw = package / "raw" / source.name
    raw.parent.mkdir(parents=True)
    notes = write_documents(source, folder, **options)
    credentials = credentials_of(source.schemes)
    methods = Methods(raw)
    facts = _facts(source, credentials, methods)
    places = {
        "pyproject.toml": folder, "README.md": folder, "spec.py": package, "auth.py": package, "adapter.py": package,
        "mapping.py": package, "emulator.py": package, "emulator.toml": package,
        "test_raw.py": folder / "tests", "test_contract.py": folder / "tests",
    }  # fmt: skip
    for name, place in places.items():
        place.mkdir(exist_ok=True)
        text = (TEMPLATES / f"{name}.tmpl").read_text(encoding="utf-8")
        (place / name).write_text(Template(text).substitute(facts), encoding="utf-8")
    (package / "__init__.py").write_text(f'"""{facts["title"]} for anyqpu."""\n', encoding="utf-8")
    (raw.parent / "__init__.py").write_text(f'"""The generated client of {facts["title"]}."""\n', encoding="utf-8")
    (package / "py.typed").touch()
    format_code(folder)
    roles = likely(source)
    return [
        *notes,
        *credentials.notes,
        *(f"{method}: {', '.join(ids) or 'no likely operation'}" for method, ids in roles.items()),
    ]


def _facts(source: Source, credentials: Credentials, methods: Methods) -> dict[str, str]:
    """Return the values of the templates."""
    name = source.name
    plain = "".join(word.capitalize() for word in name.split("_"))
    roles = likely(source)
    comments = {method: _comment(ids, methods) for method, ids in roles.items()}
    can = {"job_listing": bool(roles["jobs"]), "cancel": bool(roles["cancel"]), **_tagging(source)}
    optional = [OPTIONAL[method].format(comments[method]) for method in ("jobs", "cancel") if roles[method]]
    tables, device_id = _behaviour(source)
    settings = {item: _variables(name, item) for item in credentials.settings}
    regions = {"region": f'("{name.upper()}_REGION",)'} if source.regions else {}
    environment = {**settings, **regions, "base_url": f'("{name.upper()}_BASE_URL",)'}
    call = next((methods.name(ids[0]) for role in ("devices", "jobs") if (ids := roles[role])), None)
    every = [route for route in source.resources.routes if route.method == "GET" and "{" not in route.path]
    call = call or (methods.name(every[0].name) if every else None)
    return {
        "name": name,
        "dashed": name.replace("_", "-"),
        "package": f"anyqpu_{name}",
        "plain": plain,
        "class_name": f"{plain}Adapter",
        "title": _prose(source.title),
        "documentation": f"\n\nIts documentation: {url}\n" if (url := _documentation(source)) else "\n",
        "title_text": repr(source.title),
        "anyqpu": version("anyqpu"),
        "upstream": upstream_name(source.upstream.read_bytes()),
        "base_url": repr(source.base_url),
        "others": f", others={source.others!r}" if source.others else "",
        "emulator_path": repr(f"/{name}{urlsplit(server_of(source.final)).path}"),
        "emulator_others": _emulator_others(source),
        "environment": "\n".join(f'        "{item}": {variables},' for item, variables in environment.items()),
        "credential_sets": " ".join(f"({', '.join(map(repr, names))},)," for names in credentials.sets),
        "regions": _regions(source),
        "public": "    has_public_operations=True,\n" if _has_public(source) else "",
        "capabilities": "\n".join(f"        {item}={value}," for item, value in can.items()),
        "instead": "\n".join(f"            {item!r}: {text!r}," for item, text in INSTEAD.items() if not can.get(item)),
        "auth_path": f'        auth_path="/{name}/_token",\n' if credentials.auth_url else "",
        "examples": repr(credentials.examples),
        "imports": _imports(credentials),
        "constants": "\n".join(["", *credentials.constants, ""]) if credentials.constants else "",
        "code": "\n".join(credentials.code),
        "optional": "\n".join(["", *optional]),
        "status_import": "from anyqpu.model.status import JobStatus\n" if source.jobs and source.jobs.words.all else "",
        "statuses": _statuses(source.jobs),
        "device_fields": _fields(source, source.devices),
        "job_fields": _fields(source, source.jobs),
        "tables": tables,
        "device_id": repr(device_id),
        "first_call": f"        print(await client.raw.{call}())" if call else "        print(client.raw)",
        **{method: comment for method, comment in comments.items() if method not in OPTIONAL},
    }  # fmt: skip


def _comment(ids: list[str], methods: Methods) -> str:
    """Return the end of a docstring: the operations that may do it."""
    if not ids:
        return " No operation of the document is likely to do it."
    calls = "".join(f"\n        - `{methods.call(id)}` ({id})" for id in ids)
    return f"\n\n        Likely:\n{calls}\n        "


def _tagging(source: Source) -> dict[str, bool]:
    """Return whether jobs have tags, or another field in which a key is found again."""
    sent, shown = _body(source), _properties(source, source.jobs)
    has_tags = all(properties.get("tags", {}).get("type") == "array" for properties in (sent, shown))
    has_key = any(name in sent and name in shown for name in ("key", "idempotency_key", "client_token", "reference"))
    return {"find": has_tags or has_key, "tags": has_tags}


def _body(source: Source) -> dict[str, dict[str, Any]]:
    """Return the properties of the body that creates a job."""
    for route in source.routes(source.jobs, "create"):
        body = route.raw.get("requestBody", {})
        body = source.final["components"]["requestBodies"][body["$ref"].rpartition("/")[2]] if "$ref" in body else body
        for media in body.get("content", {}).values():
            return Values(source.final).properties(media.get("schema", {}))
    return {}


def _properties(source: Source, collection: Collection | None) -> dict[str, dict[str, Any]]:
    return Values(source.final).properties(collection.schema) if collection else {}


def _fields(source: Source, collection: Collection | None) -> str:
    """Return the end of a docstring: the properties of an object as the API has it."""
    listed = [_prose(f"{name} ({schema.get('format') or schema.get('type', 'any')})") for name, schema in
              _properties(source, collection).items()]  # fmt: skip
    return f"\n\n    The API has:\n{''.join(f'{chr(10)}    - {text}' for text in listed)}\n    " if listed else ""


def _statuses(jobs: Collection | None) -> str:
    """Return the table of statuses; what is not clear is UNKNOWN, with a comment."""
    if jobs is None or not jobs.words.all:
        return ""
    lines = ["# The words of the document; their meaning is guessed.", "STATUSES = {"]
    for word in jobs.words.all:
        state = jobs.words.state_of(word) or state_of_word(word)
        status = "UNKNOWN" if state is None else state.name
        lines.append(f"    {word!r}: JobStatus.{status}," + ("  # unclear" if state is None else ""))
    return "\n".join([*lines, "}", "", ""])


def _behaviour(source: Source) -> tuple[str, str]:
    """Return the tables of `emulator.toml`, and the identifier of a device."""
    tables: list[str] = []
    device_id = "the-id-of-a-device"
    if source.devices is not None and source.devices.key:
        item = Values(source.final).of_media({"schema": source.devices.schema})
        device_id = str(item.get(source.devices.key, device_id))
        tables.append(_table(source.devices.path, {"items": [item]}))
    if source.jobs is not None and source.jobs.has_jobs:
        words, sent, shown = source.jobs.words, _body(source), _properties(source, source.jobs)

        def named(names: tuple[str, ...], properties: Mapping[str, Any]) -> str | None:
            by_letters = {name.lower().replace("_", ""): name for name in properties}
            return next((by_letters[name] for name in names if name in by_letters), None)

        program = named(PROGRAMS, {name: schema for name, schema in sent.items() if schema.get("type") == "string"})
        values = {
            "order": [*words.waiting, *words.running, words.completed],
            "failed": words.failed,
            "cancelled": words.cancelled,
            "reason": named(("reason", "failurereason", "errormessage", "statusmessage", "message", "error"), shown),
            "device": named(("device", "deviceid", "backend", "backendid", "target", "qpu", "processor"), sent),
            "program": program,
            "shots": named(("shots", "numshots", "shotcount", "repetitions", "count"), sent),
            "counts": _counts(source) if program else None,
        }
        tables.append(_table(source.jobs.path, {name: value for name, value in values.items() if value}))
    return "\n".join(tables), device_id


def _counts(source: Source) -> str | None:
    """Return where the counts of a job are: the operation, and the place in its response."""
    for route in source.results:
        for place in ("", *COUNTS):
            schema = Values(source.final).schema(route.success.schema)
            if place:
                schema = Values(source.final).properties(schema).get(place, {})
            kind = schema.get("additionalProperties")
            if isinstance(kind, dict) and Values(source.final).schema(kind).get("type") in ("integer", "number"):
                return f"{route.name}:{place}".rstrip(":")
    return None


def _table(path: str, values: Mapping[str, Any]) -> str:
    lines = [f"{key} = {_toml(value)}" for key, value in values.items()]
    return "\n".join([f"\n[resources.{json.dumps(path)}]", *lines])


def _toml(value: Any) -> str:
    if isinstance(value, dict):
        names = {key: key if key.isidentifier() and key.isascii() else json.dumps(key) for key in value}
        items = (f"{names[key]} = {_toml(item)}" for key, item in value.items() if item is not None)
        return "{ " + ", ".join(items) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(_toml(item) for item in value) + "]"
    return json.dumps(value)


def _variables(name: str, setting: str) -> str:
    return "()" if setting == "auth_url" else f'("{name.upper()}_{setting.upper()}",)'


def _documentation(source: Source) -> str | None:
    """Return the address of the cloud's own pages."""
    info = source.final.get("info", {})
    named = (source.final.get("externalDocs", {}).get("url"), info.get("contact", {}).get("url"))
    return next((str(url) for url in named if str(url).startswith("https://")), None)


def _regions(source: Source) -> str:
    if not source.regions:
        return ""
    lines = [f"        {label!r}: Endpoints(base_url={url!r})," for label, url in source.regions.items()]
    return "\n".join(["    regions={", *lines, "    },", ""])


def _has_public(source: Source) -> bool:
    general = source.final.get("security")
    return any(not (raw.get("security", general) or []) or {} in raw.get("security", general or [])
               for _, _, raw in operations(source.final))  # fmt: skip


def _imports(credentials: Credentials) -> str:
    modules = {module: set(names) for module, names in credentials.imports.items()}
    always = {
        "anyqpu.config.settings": {"Settings"},
        "anyqpu.transport.auth": {"Auth", "NoAuth"},
        "anyqpu.transport.oauth": {"FormPost", "JsonGet"},
        "anyqpu.transport.token_store": {"TokenStore"},
        "anyqpu.transport.tokens": {"TokenProvider"},
    }
    for module, names in always.items():
        modules.setdefault(module, set()).update(names)
    return "\n".join(f"from {module} import {', '.join(sorted(names))}" for module, names in sorted(modules.items()))


def _emulator_others(source: Source) -> str:
    others = {label: f"/{source.name}{urlsplit(url).path}" for label, url in source.others.items()}
    return f"        others={others!r},\n" if others else ""


def _prose(text: str) -> str:
    """Return text of a document as it may stand in a docstring, or between quotes in TOML."""
    return text.replace('"', "'").replace("\\", "")
