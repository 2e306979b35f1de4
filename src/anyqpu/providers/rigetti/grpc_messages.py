"""Requests and responses of Rigetti's gRPC services."""

from __future__ import annotations

import hashlib
import re
import uuid
from array import array
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import anyio.lowlevel
from anyqpu_grpc.rigetti import controller_pb2 as controller
from anyqpu_grpc.rigetti import models_pb2 as models

from anyqpu.core.arguments import checked_several, shown
from anyqpu.core.values import finite
from anyqpu.errors import ValidationError
from anyqpu.providers.rigetti.arguments import PROVIDER

if TYPE_CHECKING:
    from anyqpu.providers.rigetti.adapter import PatchValues
    from anyqpu.providers.rigetti.gateways import Gateway

# Numbers that a program's memory may hold.
MOST_MEMORY = 1_000_000
# Values that are copied before other tasks get their turn.
AT_ONCE = 100_000
# Readouts and memory regions of a result; processors have hundreds of qubits.
MOST_ENTRIES = 20_000
_DECLARED = re.compile(
    r"^[ \t]*DECLARE[ \t]+([A-Za-z_][\w-]*)[ \t]+([A-Z]+)[ \t]*(?:\[[ \t]*(\d{1,9})[ \t]*\])?([^\n]*)", re.MULTILINE
)


class Declared:
    """A program's memory: the type and length of each region, in order of declaration."""

    def __init__(self, quil: str) -> None:
        self.lengths: dict[str, int] = {}
        self._parameters: list[str] = []
        for name, kind, length, rest in _DECLARED.findall(quil):
            self.lengths[name] = int(length or 1)
            if kind == "REAL" and "SHARING" not in rest:
                self._parameters.append(name)

    def memory(self, values: PatchValues) -> dict[str, list[float]]:
        """Return the values of all parameters, 0 where none are given.

        Raises:
            ValidationError: A value does not fit the program.
        """
        if sum(self.lengths[name] for name in self._parameters) > MOST_MEMORY:
            raise _invalid(f"the program declares more than {MOST_MEMORY} real numbers")
        memory = {name: [0.0] * self.lengths[name] for name in self._parameters}
        for name, patch in values.items():
            if name not in self.lengths:
                names = ", ".join(sorted(self._parameters)) or "none"
                raise _invalid(f"the program has no memory {shown(name)} to fill; it has {names}")
            is_single = isinstance(patch, int | float)
            numbers: list[Any] = [patch] if is_single else checked_several(patch, "patch_values", PROVIDER)
            if len(numbers) != self.lengths[name]:
                raise _invalid(f"{name} takes {self.lengths[name]} numbers, not {len(numbers)}")
            if any(finite(number) is None for number in numbers):
                raise _invalid(f"{name} takes finite numbers, not {shown(numbers)}")
            memory[name] = [float(number) for number in numbers]
        return memory

    def sources(self, mappings: Mapping[str, str]) -> list[list[str]]:
        """Return readout mappings as pairs, in order of declaration; those of other regions are left out."""
        order = {name: place for place, name in enumerate(self.lengths)}

        def place(target: str) -> tuple[int, int]:
            region, _, rest = target.partition("[")
            return order[region], int(rest[:-1]) if rest[:-1].isdecimal() else 0

        targets = [target for target in mappings if target.partition("[")[0] in order]
        return [[target, mappings[target]] for target in sorted(targets, key=place)]


def _invalid(problem: str) -> ValidationError:
    return ValidationError(problem, provider=PROVIDER, fields=("patch_values",))


def idempotency_key(key: str) -> models.Uuid:
    """Return the UUID that stands for a key, the same in every process; of version 4, as the service demands."""
    bits = uuid.UUID(bytes=hashlib.sha256(key.encode()).digest()[:16], version=4).bytes
    return models.Uuid(high=int.from_bytes(bits[:8]), low=int.from_bytes(bits[8:]))


def execution(
    device: str, gateway: Gateway, memories: Sequence[Mapping[str, Sequence[float]]], key: str
) -> controller.ExecuteControllerJobRequest:
    """Return the request to execute a job once for each memory; the job itself is not part of it."""
    request = controller.ExecuteControllerJobRequest(idempotency_key=idempotency_key(key))
    aim(request, device, gateway)
    for memory in memories:
        configuration = request.execution_configurations.add()
        for name, numbers in memory.items():
            configuration.memory_values[name].real.data.extend(numbers)
    return request


def aim(request: Any, device: str, gateway: Gateway) -> None:
    """Set the target of a request."""
    if gateway.endpoint is None:
        request.quantum_processor_id = device
    else:
        request.endpoint_id = gateway.endpoint


async def result_of(result: models.ControllerJobExecutionResult) -> dict[str, Any]:
    """Return an execution's result as plain values: `buffers` has the readouts, in the form of NumPy's arrays."""
    status = result.status
    statuses = models.ControllerJobExecutionResult.Status
    body: dict[str, Any] = {
        "status": statuses.Name(status) if status in statuses.values() else str(status),
        "status_message": result.status_message if result.HasField("status_message") else None,
        "execution_duration_microseconds": result.execution_duration_microseconds,
        "memory": {},
        "buffers": {},
    }
    for name, value in list(result.memory_values.items())[:MOST_ENTRIES]:
        match value.WhichOneof("value"):
            case "binary":
                body["memory"][name] = value.binary.data
            case "integer":
                body["memory"][name] = await _copied(value.integer.data, "q")
            case "real":
                body["memory"][name] = await _copied(value.real.data, "d")
            case _:
                pass
    for name, readout in list(result.readout_values.items())[:MOST_ENTRIES]:
        if readout.WhichOneof("values") == "complex_values":
            numbers = array("f")
            for start in range(0, len(readout.complex_values.values), AT_ONCE // 10):
                for number in readout.complex_values.values[start : start + AT_ONCE // 10]:
                    numbers.append(number.real)
                    numbers.append(number.imaginary)
                await anyio.lowlevel.checkpoint()
            body["buffers"][name] = _buffer("complex64", len(numbers) // 2, numbers)
        else:
            whole = await _copied(readout.integer_values.values, "i")
            body["buffers"][name] = _buffer("int32", len(whole), whole)
    return body


async def _copied(values: Sequence[Any], code: str) -> array[Any]:
    """Return numbers of a message as an array; other tasks run while there are many."""
    copied: array[Any] = array(code)
    for start in range(0, len(values), AT_ONCE):
        copied.extend(values[start : start + AT_ONCE])
        if start:
            await anyio.lowlevel.checkpoint()
    return copied


def _buffer(dtype: str, length: int, numbers: array[Any]) -> dict[str, Any]:
    return {"dtype": dtype, "shape": [length], "data": numbers.tobytes()}
