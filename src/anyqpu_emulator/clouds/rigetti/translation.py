"""From native Quil to what a processor runs, and Quil-T calibrations."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from collections import Counter
from dataclasses import dataclass
from typing import Any

import anyio.to_thread
from starlette.requests import Request
from starlette.responses import Response

from anyqpu_emulator.engines.errors import EngineError
from anyqpu_emulator.engines.quil import QuilProgram, parse
from anyqpu_emulator.http import json_response
from anyqpu_emulator.routes import Handlers, handles
from anyqpu_emulator.shapes import is_object
from anyqpu_emulator.validation import parse_time

from .architecture import calibrations, nodes
from .auth import Auth
from .catalogue import Processor
from .conditions import native
from .errors import QcsError, invalid
from .fields import needed_text, stamp
from .processors import processor_of
from .store import Store

MAX_SHOTS = 100_000
MAX_QUIL = 1_000_000


@dataclass(frozen=True, slots=True)
class Binary:
    """A translated program; opaque to clients, and nothing is kept of it here."""

    processor: str
    quil: str
    shots: int

    def pack(self) -> str:
        """As text, with a digest, so that a damaged one is found out."""
        inner = json.dumps([self.processor, self.quil, self.shots], separators=(",", ":")).encode()
        return base64.b64encode(hashlib.sha256(inner).digest()[:8] + inner).decode()

    @classmethod
    def unpack(cls, text: str) -> Binary:
        """Raises ValueError for anything that `pack` did not make."""
        try:
            raw = base64.b64decode(text, validate=True)
        except binascii.Error as error:
            raise ValueError("the program is not base64") from error
        if hashlib.sha256(raw[8:]).digest()[:8] != raw[:8]:
            raise ValueError("the program is damaged, or was not translated here")
        processor, quil, shots = json.loads(raw[8:])
        return cls(processor, quil, shots)


class TranslationHandlers(Handlers[Store, Auth]):
    """Two operations."""

    @handles("GetQuiltCalibrations")
    async def _calibrations(self, request: Request) -> Response:
        body = {"quilt": calibrations(processor_of(request)), "settingsTimestamp": stamp(self.store.began)}
        return json_response(body)

    @handles("TranslateNativeQuilToEncryptedBinary")
    async def _translate(self, request: Request) -> Response:
        processor, body = processor_of(request), request.state.body
        quil, shots = needed_text(body, "quil"), body["numShots"]
        if not 1 <= shots <= MAX_SHOTS:
            raise invalid(f"numShots should be 1 to {MAX_SHOTS}, not {shots}", "body", "numShots")
        if len(quil) > MAX_QUIL:
            raise invalid(f"quil should be no longer than {MAX_QUIL} characters", "body", "quil")
        settings = body.get("settingsTimestamp")
        if settings and parse_time(settings, strict=True) is None:
            raise invalid("settingsTimestamp should be a time like 2026-01-31T12:00:00Z", "body", "settingsTimestamp")
        # A long program takes a while to parse.
        strict = self.store.context.strictness.applies(processor.id)
        try:
            program = await anyio.to_thread.run_sync(read_program, quil, processor, strict)
        except EngineError as error:
            message = f"the program cannot be translated: {error}"
            raise QcsError(400, message, where="body", path=("quil",)) from None
        readouts = [[readout.target, name] for readout, name in zip(program.readouts, buffers(program), strict=True)]
        response: dict[str, Any] = {
            "program": Binary(processor.id, quil, shots).pack(),
            "memoryDescriptors": parameters(program),
            "roSources": readouts,
            "settingsTimestamp": settings or stamp(self.store.began),
        }
        return json_response(response)


def buffers(program: QuilProgram) -> list[str]:
    """Return a name for each measurement's outcomes: `q0`, and `q0_1` where a qubit is measured again."""
    seen: Counter[int] = Counter()
    names: list[str] = []
    for readout in program.readouts:
        again = seen[readout.qubit]
        names.append(f"q{readout.qubit}_{again}" if again else f"q{readout.qubit}")
        seen[readout.qubit] += 1
    return names


def parameters(program: QuilProgram) -> dict[str, dict[str, int]]:
    """Memory that the client may fill: all that is declared and not measured into."""
    measured = {readout.region for readout in program.readouts}
    return {name: {"length": region.length} for name, region in program.regions.items() if name not in measured}


def memory(values: Any) -> dict[str, list[float]]:
    """The patch values of an execution. Raises ValueError."""
    if not is_object(values):
        raise ValueError("patch_values should be a map")
    memory_values: dict[str, list[float]] = {}
    for name, numbers in values.items():
        if not isinstance(numbers, list | tuple):
            raise ValueError(f"patch_values: {name} should be a list of numbers")
        items: tuple[Any, ...] = tuple(numbers)  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]
        if any(not isinstance(item, int | float) for item in items):
            raise ValueError(f"patch_values: {name} should be a list of numbers")
        memory_values[name] = [float(item) for item in items]
    return memory_values


def read_program(quil: str, processor: Processor, strict: bool) -> QuilProgram:
    """Return a program that a processor can run. Raises EngineError for another; with `strict`, as hardware would."""
    program = parse(quil)
    program.check_qubits(set(nodes(processor)), processor.id)
    # Any values will do to see that the gates are right.
    values = {name: [1.0] * region.length for name, region in program.regions.items()}
    circuit = program.circuit(values, marks=strict)
    if strict:
        native(processor).check(circuit)
    return program
