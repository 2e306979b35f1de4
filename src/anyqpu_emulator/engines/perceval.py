"""Perceval's circuits and experiments, as its own serialisation writes them: what they do, as a unitary.

Source of the messages' numbers and of the components' matrices: Perceval 1.3, against which both were checked.
"""

from __future__ import annotations

import base64
import binascii
import cmath
import math
import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from . import protobuf
from .errors import InvalidProgramError, ProgramTooLargeError, TooLargeHereError, UnsupportedProgramError

Unitary: TypeAlias = NDArray[np.complex128]

PREFIX, ZIPPED = ":PCVL:", ":PCVL:zip:"
MAX_MODES, MAX_COMPONENTS = 64, 10_000
_NO_FILTER = 0x0FFFFFFF
_LARGEST = 16 * 1024 * 1024
_DEEPEST = 20
_STATE = re.compile(r"\|\s*(\d+(?:\s*,\s*\d+)*)\s*>")

# The numbers of fields in Perceval's messages.
_CIRCUIT, _PHASE, _SPLITTER, _PERMUTATION, _UNITARY, _BARRIER = 10, 11, 12, 14, 15, 22
_OTHERS: Mapping[int, str] = {
    16: "wave plates",
    17: "wave plates",
    18: "wave plates",
    19: "polarization rotators",
    20: "time delays",
    21: "polarizing beam splitters",
    23: "loss channels",
    24: "feed-forward",
    25: "feed-forward",
    26: "compiled circuits",
}


@dataclass(frozen=True, slots=True)
class Optics:
    """A circuit, the photons that enter it where it says them, and how many must leave it for an outcome to count."""

    unitary: Unitary
    state: tuple[int, ...] | None = None
    fewest: int = 0


def read(text: Any, label: str) -> tuple[str, str]:
    """The tag and the content of a text such as `:PCVL:ACircuit:…`, unpacked where it is compressed."""
    if not isinstance(text, str) or not text.startswith(PREFIX):
        raise InvalidProgramError(f"{label} should be a text that begins with {PREFIX}")
    if text.startswith(ZIPPED):
        text = _unzipped(text.removeprefix(ZIPPED), label)
    tag, _, content = text.removeprefix(PREFIX).partition(":")
    return tag, content


def _unzipped(packed: str, label: str) -> str:
    unpacker = zlib.decompressobj()
    try:
        content = unpacker.decompress(base64.b64decode(packed), _LARGEST)
        if unpacker.unconsumed_tail:
            raise ProgramTooLargeError(f"{label} is longer than {_LARGEST} bytes")
        if not unpacker.eof:
            raise InvalidProgramError(f"{label}: the compressed text is cut off")
        return content.decode()
    except (ValueError, binascii.Error, zlib.error) as error:
        raise InvalidProgramError(f"{label} is not base64 of zlib of UTF-8: {error}") from None


def zipped(text: str) -> str:
    """A text, compressed as Perceval does."""
    return ZIPPED + base64.b64encode(zlib.compress(text.encode())).decode()


def state_of(value: Any) -> tuple[int, ...]:
    """The photons in each mode: a list, `|1,0>`, or that with Perceval's tag."""
    text = read(value, "input_state")[1] if isinstance(value, str) and value.startswith(PREFIX) else value
    if isinstance(text, str):
        match = _STATE.fullmatch(text)
        if match is None:
            raise UnsupportedProgramError(f"input_state {text!r} is not computed; states such as |1,0,1> are")
        return tuple(int(part) for part in match[1].split(","))
    raise InvalidProgramError("input_state should be a text such as |1,0,1>")


def optics(text: Any, label: str) -> Optics:
    """What a circuit or an experiment does to photons."""
    tag, content = read(text, label)
    try:
        data = base64.b64decode(content, validate=True)
    except (ValueError, binascii.Error):
        raise InvalidProgramError(f"{label} is not base64") from None
    match tag:
        case "ACircuit":
            return Optics(_circuit(data, label, 0))
        case "Experiment":
            return _experiment(data, label)
        case _:
            raise UnsupportedProgramError(
                f"{label} is of Perceval's kind {tag!r}; ACircuit and Experiment are computed"
            )


def _experiment(data: bytes, label: str) -> Optics:
    fields = protobuf.fields_of(data, label)
    refused = {3: "noise", 5: "ports and heralds", 6: "ports and heralds", 7: "detectors"}
    for number, name in refused.items():
        if fields.get(number):
            raise UnsupportedProgramError(f"{label}: this emulator does not compute {name}")
    chosen = (protobuf.message(fields, 4) or b"").decode(errors="replace")
    if chosen.removeprefix(PREFIX).removeprefix("PostSelect:"):
        raise UnsupportedProgramError(f"{label}: post-selection is not computed here")
    entering = (protobuf.message(fields, 1) or b"").decode(errors="replace")
    size = protobuf.whole(fields, 8)
    unitary = _components(protobuf.messages(fields, 9), size, label, 0)
    fewest = protobuf.whole(fields, 10)
    return Optics(unitary, state_of(entering) if entering else None, 0 if fewest == _NO_FILTER else fewest)


def _circuit(data: bytes, label: str, depth: int) -> Unitary:
    fields = protobuf.fields_of(data, label)
    return _components(protobuf.messages(fields, 4), protobuf.whole(fields, 2), label, depth)


def _components(parts: list[bytes], size: int, label: str, depth: int) -> Unitary:
    if not 1 <= size <= MAX_MODES or len(parts) > MAX_COMPONENTS or depth > _DEEPEST:
        raise TooLargeHereError(
            f"{label} has {size} modes and {len(parts)} components; this emulator computes up to {MAX_MODES} modes"
        )
    whole: Unitary = np.eye(size, dtype=np.complex128)
    for place, part in enumerate(parts):
        here = f"{label}.components[{place}]"
        fields = protobuf.fields_of(part, here)
        matrix = _component(fields, here, depth)
        if matrix is None:
            continue
        start = protobuf.whole(fields, 1)
        if not 0 <= start <= size - len(matrix):
            raise InvalidProgramError(f"{here} is on modes that there are not")
        rows = slice(start, start + len(matrix))
        whole[rows] = matrix @ whole[rows]
    return whole


def _component(fields: protobuf.Fields, here: str, depth: int) -> Unitary | None:
    """Its matrix; None where it does nothing."""
    for number, name in _OTHERS.items():
        if number in fields:
            raise UnsupportedProgramError(f"{here}: this emulator does not compute {name}")
    if (data := protobuf.message(fields, _CIRCUIT)) is not None:
        return _circuit(data, here, depth + 1)
    if (data := protobuf.message(fields, _PHASE)) is not None:
        return np.array([[cmath.exp(1j * _parameter(protobuf.fields_of(data, here), 1, 0.0, here))]])
    if (data := protobuf.message(fields, _SPLITTER)) is not None:
        return _splitter(protobuf.fields_of(data, here), here)
    if (data := protobuf.message(fields, _PERMUTATION)) is not None:
        targets = protobuf.wholes(protobuf.fields_of(data, here), 1)
        if sorted(targets) != list(range(len(targets))):
            raise InvalidProgramError(f"{here} should be a permutation")
        return _permuted(targets)
    if (data := protobuf.message(fields, _UNITARY)) is not None:
        return _matrix(protobuf.fields_of(data, here), here)
    if _BARRIER in fields:
        return None
    raise UnsupportedProgramError(f"{here} is of a kind that is not known here")


def _permuted(targets: list[int]) -> Unitary:
    """What enters in mode i leaves in mode `targets[i]`."""
    matrix = np.zeros((len(targets), len(targets)), dtype=np.complex128)
    matrix[targets, range(len(targets))] = 1
    return matrix


def _splitter(fields: protobuf.Fields, here: str) -> Unitary:
    half = _parameter(fields, 2, math.pi / 2, here) / 2
    inner = math.cos(half), math.sin(half)
    match protobuf.whole(fields, 1):
        case 0:
            core = np.array([[inner[0], 1j * inner[1]], [1j * inner[1], inner[0]]])
        case 1:
            core = np.array([[inner[0], -inner[1]], [inner[1], inner[0]]], dtype=np.complex128)
        case 2:
            core = np.array([[inner[0], inner[1]], [inner[1], -inner[0]]], dtype=np.complex128)
        case other:
            raise UnsupportedProgramError(f"{here}: the convention {other} of beam splitters is not known here")
    left_top, left_bottom, right_top, right_bottom = (_parameter(fields, number, 0.0, here) for number in (3, 4, 5, 6))
    entering = np.exp(1j * np.array([left_top, left_bottom]))
    leaving = np.exp(1j * np.array([right_top, right_bottom]))
    return np.asarray(leaving[:, None] * core * entering[None, :], dtype=np.complex128)


def _parameter(fields: protobuf.Fields, number: int, default: float, here: str) -> float:
    data = protobuf.message(fields, number)
    if data is None:
        return default
    parameter = protobuf.fields_of(data, here)
    if 1 not in parameter:
        raise UnsupportedProgramError(f"{here} has a parameter without a value")
    return protobuf.real(parameter, 1)


def _matrix(fields: protobuf.Fields, here: str) -> Unitary:
    if protobuf.whole(fields, 3):
        raise UnsupportedProgramError(f"{here}: polarization is not computed here")
    matrix = protobuf.fields_of(protobuf.message(fields, 1) or b"", here)
    numeric = protobuf.message(matrix, 3)
    rows, columns = protobuf.whole(matrix, 1), protobuf.whole(matrix, 2)
    if numeric is None:
        raise UnsupportedProgramError(f"{here}: matrices of symbols are not computed here")
    entries = [protobuf.fields_of(entry, here) for entry in protobuf.messages(protobuf.fields_of(numeric, here), 1)]
    if rows != columns or not 1 <= rows <= MAX_MODES or len(entries) != rows * columns:
        raise InvalidProgramError(f"{here} should be a square matrix")
    # A part that is zero is left out.
    parts = [complex(protobuf.real(entry, 1), protobuf.real(entry, 2)) for entry in entries]
    array = np.array(parts, dtype=np.complex128).reshape(rows, columns)
    # The size first, because products of huge numbers overflow.
    if bool((np.abs(array) > 1 + 1e-6).any()) or not np.allclose(array @ array.conj().T, np.eye(rows), atol=1e-6):
        raise InvalidProgramError(f"{here} is not unitary")
    return array
