"""The operations of the clouds: those of their documents, what lies beside their APIs, and those of other packages.

Requests are routed and checked by them, faults are aimed at them, and the control page shows them.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import lru_cache
from typing import Any, TypeAlias

from . import installed
from .data import read_json

CLOUDS = installed.OWN
EXECUTION = ("execute_qpu_request", "get_buffers", "get_execution_results")
"""Rigetti's methods over ZeroMQ, which are not HTTP requests."""
GRPC = {
    "services.translation.Translation": (
        "TranslateQuilToEncryptedControllerJob",
        "GetQuantumProcessorQuilCalibrationProgram",
    ),
    "services.controller.Controller": (
        "ExecuteControllerJob",
        "BatchExecuteControllerJobs",
        "GetControllerJobStatus",
        "GetControllerJobResults",
        "CancelControllerJobs",
    ),
}
"""The methods of Rigetti's gRPC services."""
Schema: TypeAlias = Mapping[str, Any]
_SLASHES = re.compile(r"/{2,}")
_PARAMETER = re.compile(r"\\\{[^}]*\\\}")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter in the path or the query."""

    name: str
    location: str
    required: bool
    schema: Schema


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation. `name` is the operationId of the cloud's document, `path` the emulator's with its prefix.

    An `anonymous` operation is `secured`, and accepts requests without credentials too.
    """

    cloud: str
    method: str
    path: str
    name: str
    secured: bool = False
    anonymous: bool = False
    parameters: tuple[Parameter, ...] = ()
    body: Schema | None = None
    body_required: bool = False

    @property
    def is_grpc(self) -> bool:
        """Whether it is a gRPC method."""
        return self.path.split("/")[-2] in GRPC


_TOKEN_PATHS = {
    "kipu": "/kipu/realms/planqk/protocol/openid-connect/token",
    "pasqal": "/pasqal/oauth/token",
    "rigetti": "/rigetti/oauth2/default/v1/token",
}
_ISSUER = "/rigetti/oauth2/default"
_BESIDE = (
    *(Operation(cloud, "POST", path, "token") for cloud, path in _TOKEN_PATHS.items()),
    *(Operation(cloud, "GET", f"/{cloud}/_downloads/{{name}}", "download") for cloud in ("scaleway", "pasqal")),
    Operation("rigetti", "GET", f"{_ISSUER}/.well-known/openid-configuration", "discovery"),
    Operation("rigetti", "GET", f"{_ISSUER}/.well-known/oauth-authorization-server", "discovery"),
    Operation("rigetti", "GET", f"{_ISSUER}/v1/authorize", "authorize"),
    Operation("rigetti", "GET", f"{_ISSUER}/v1/keys", "keys"),
    *(
        Operation("rigetti", "POST", f"/rigetti/{service}/{name}", name, True)
        for service, names in GRPC.items()
        for name in names
    ),
    # A released client leaves out the last slash of the document.
    Operation("rigetti", "GET", "/rigetti/v1", "HealthCheckDeprecated"),
)


def operation_of(cloud: str, values: Mapping[str, Any]) -> Operation:
    """Return the operation that a row of a table describes (see `documents.row`)."""
    parameters = tuple(
        Parameter(item["name"], item["in"], item["required"], item["schema"]) for item in values["parameters"]
    )
    body = values.get("body", {})
    return Operation(
        cloud=cloud,
        method=values["method"],
        path=values["path"],
        name=values["name"],
        secured=values["secured"],
        anonymous=values.get("anonymous", False),
        parameters=parameters,
        body=body.get("schema"),
        body_required=body.get("required", False),
    )


_OWN = (
    *(operation_of(cloud, values) for cloud, rows in read_json("operations.json").items() for values in rows),
    *_BESIDE,
)


def table() -> list[Operation]:
    """Return all operations in the order in which they are matched."""
    return _table(installed.makers())


@lru_cache(maxsize=2)
def _table(makers: tuple[installed.CloudMaker, ...]) -> list[Operation]:
    others = (operation for maker in makers for operation in maker.operations)
    # Paths with fewer parameters come first, since `/jobs/cancel` fits `/jobs/{id}` too.
    return sorted((*_OWN, *others), key=lambda operation: (operation.path.count("{"), -len(operation.path)))


def clouds() -> tuple[str, ...]:
    """Return the names of all clouds."""
    return (*CLOUDS, *(maker.name for maker in installed.makers()))


def find(method: str, path: str) -> Operation | None:
    """Return the operation of a request, or None."""
    joined = _SLASHES.sub("/", path)
    for pattern, operation in _patterns(installed.makers()).get(
        (joined.split("/", 2)[1:2] or [""])[0] + " " + method, ()
    ):
        if pattern.fullmatch(joined):
            return operation
    return None


def cloud_of(path: str) -> str | None:
    """Return the cloud that a path belongs to, or None."""
    head = _SLASHES.sub("/", path).split("/", 2)[1:2]
    return head[0] if head and head[0] in clouds() else None


def matches(wanted: str, cloud: str, method: str, path: str, operation: Operation | None) -> bool:
    """Whether `wanted` names a request.

    It is `*`, the name of an operation in any spelling (`createJob`, `CreateJob`, `create_job`), or a method and a
    path with `*` in it, the whole path or that below the cloud's prefix.
    """
    if wanted == "*":
        return True
    if " " not in wanted:
        return operation is not None and key(operation.name) == key(wanted)
    wanted_method, _, pattern = wanted.partition(" ")
    if wanted_method not in ("*", method):
        return False
    joined = _SLASHES.sub("/", path)
    return any(fnmatchcase(text, pattern.strip()) for text in (joined, joined.removeprefix(f"/{cloud}")))


def problem(wanted: str, cloud: str | None) -> str | None:
    """Return what is wrong with the name of an operation, or None."""
    if wanted == "*":
        return None
    if " " in wanted:
        method, _, path = wanted.partition(" ")
        if method not in ("*", "GET", "POST", "PUT", "PATCH", "DELETE"):
            return f"invalid method {method!r}; write one like 'POST /jobs', or '* /jobs' for any"
        return None if path.strip().startswith(("/", "*")) else f"invalid path {path!r}; it begins with / or *"
    names = names_of(cloud)
    if key(wanted) in {key(name) for name in names}:
        return None
    where = f"of {cloud}" if cloud else "of all clouds"
    close = difflib.get_close_matches(wanted, names, 1, 0.6)
    hint = f"did you mean {close[0]!r}?" if close else "write an operationId, 'METHOD /path' or '*'"
    return f"unknown operation {wanted!r} {where}; {hint}"


def key(name: str) -> str:
    """Return a name for comparison: clouds spell operations in three ways."""
    return name.replace("_", "").lower()


def names_of(cloud: str | None) -> list[str]:
    """Return the names of the operations of a cloud, or of all clouds."""
    names = [operation.name for operation in table() if cloud in (None, operation.cloud)]
    return names + list(EXECUTION) if cloud in (None, "rigetti") else names


@lru_cache(maxsize=2)
def _patterns(makers: tuple[installed.CloudMaker, ...]) -> dict[str, list[tuple[re.Pattern[str], Operation]]]:
    """Return patterns of paths by cloud and method, in the order of the table."""
    patterns: dict[str, list[tuple[re.Pattern[str], Operation]]] = {}
    for operation in _table(makers):
        pattern = re.compile(_PARAMETER.sub("[^/]+", re.escape(operation.path)))
        patterns.setdefault(f"{operation.cloud} {operation.method}", []).append((pattern, operation))
    return patterns
