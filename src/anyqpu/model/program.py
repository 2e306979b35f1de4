"""What is to be run: a program's text and the language it is in."""

from __future__ import annotations

import base64
import json
import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, cast

import anyio
import anyio.to_thread

from anyqpu.errors import ValidationError


class ProgramFormat(StrEnum):
    """Languages that a program can be in."""

    OPENQASM2 = "openqasm2"
    OPENQASM3 = "openqasm3"
    BRAKET_QASM3 = "braket_qasm3"
    """Amazon Braket's dialect of OpenQASM 3, with gate names of its own."""
    IONQ_JSON = "ionq_json"
    IQM_JSON = "iqm_json"
    """Circuits in IQM's native gates."""
    IBM_PUBS = "ibm_pubs"
    """Input of IBM's sampler: `{"pubs": [[circuit, parameters, shots]], "version": 2}`."""
    QPY = "qpy"
    """Qiskit's own binary form. `Program.text` is its base64."""
    PULSER_JSON = "pulser_json"
    """A sequence of pulses on neutral atoms, as Pulser's `Sequence.to_abstract_repr()` writes it."""
    AHS_JSON = "ahs_json"
    """A program of Amazon Braket for analog Hamiltonian simulation: `{"setup": ..., "hamiltonian": ...}`."""
    PERCEVAL = "perceval"
    """A photonic circuit, as Perceval's `serialize` writes it: text that begins with `:PCVL:`."""
    PERCEVAL_JSON = "perceval_json"
    """A photonic job: `{"command": ..., "circuit": ":PCVL:...", "input_state": ...}`, as Perceval's clients send it."""
    CIRQ_JSON = "cirq_json"
    """A circuit as `cirq.to_json` writes it."""
    QUIL = "quil"
    """Rigetti's language; what a processor runs is native Quil, in its own gates."""


_COMMENT = re.compile(r"//[^\n]*|/\*.*?\*/", re.DOTALL)
_VERSION = re.compile(r"\s*OPENQASM\s+(\d+)(?:\.\d+)?\s*;")
# What tells Braket's dialect from OpenQASM 3: it includes nothing, and has names of its own for common gates.
_BRAKET = re.compile(r"#pragma\s+braket\b|\b(?:cnot|ccnot|phaseshift|cphaseshift\d*|si|ti|vi?|xx|yy|zz|xy|gpi2?|ms)\b")
_INCLUDE = re.compile(r"\binclude\b")
# A declaration, a pragma, or a gate in capitals on qubits by number.
_QUIL = re.compile(
    r"(?:\s*#[^\n]*\n|\s)*(?:(?:DECLARE|DEFGATE|DEFCIRCUIT|DEFCAL|DEFFRAME|DEFWAVEFORM|PRAGMA|RESET|HALT|FENCE)\b"
    r"|(?:MEASURE|[A-Z][A-Z0-9-]*(?:\([^)\n]*\))?)[ \t]+\d)"
)
_PERCEVAL = ":PCVL:"
_QPY = b"QISKIT"

# The keys by which a JSON program is known; all of them must be there. The first that fits.
_JSON_KEYS: Sequence[tuple[frozenset[str], ProgramFormat]] = (
    (frozenset({"cirq_type"}), ProgramFormat.CIRQ_JSON),
    (frozenset({"circuit", "command"}), ProgramFormat.PERCEVAL_JSON),
    (frozenset({"experiment", "command"}), ProgramFormat.PERCEVAL_JSON),
    (frozenset({"setup", "hamiltonian"}), ProgramFormat.AHS_JSON),
    (frozenset({"circuit"}), ProgramFormat.IONQ_JSON),
    (frozenset({"circuits"}), ProgramFormat.IQM_JSON),
    (frozenset({"pubs"}), ProgramFormat.IBM_PUBS),
    (frozenset({"operations"}), ProgramFormat.PULSER_JSON),
)
_OBJECTS = frozenset(format for _, format in _JSON_KEYS)


@dataclass(frozen=True, slots=True)
class Program:
    """A program's text and its format. JSON programs are kept as text too, binary ones as base64."""

    text: str
    format: ProgramFormat

    @property
    def is_text(self) -> bool:
        """Whether it is a language, and neither a JSON object nor binary."""
        return self.format not in _OBJECTS and self.format is not ProgramFormat.QPY

    @property
    def content(self) -> Any:
        """What the text stands for: itself, the object of a JSON program, or the bytes of a binary one."""
        if self.format is ProgramFormat.QPY:
            return base64.b64decode(self.text)
        return self.text if self.is_text else json.loads(self.text)

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Program:
        """The program that a JSON object is; raises `ValidationError` if it is none that is known."""
        found = next((format for keys, format in _JSON_KEYS if keys <= value.keys()), None)
        if found is None:
            known = "; ".join(f"{', '.join(sorted(keys))} ({format})" for keys, format in _JSON_KEYS)
            raise ValidationError(
                f"a JSON program is known by its keys; this has {', '.join(value) or 'none'}",
                hint=f"There are {known}",
                fields=("program",),
            )
        try:
            text = json.dumps(value, allow_nan=False)
        except (TypeError, ValueError) as error:
            raise ValidationError(f"the program is no JSON: {error}", fields=("program",)) from error
        return cls(text, found)

    @classmethod
    def from_bytes(cls, content: bytes, *, where: str = "program") -> Program:
        """The program in a file: Qiskit's QPY, or text; raises `ValidationError` if it is neither."""
        if content.startswith(_QPY):
            return cls(base64.b64encode(content).decode(), ProgramFormat.QPY)
        try:
            text = content.decode()
        except UnicodeDecodeError as error:
            raise ValidationError(f"{where} cannot be read as text: {error}", fields=("program",)) from error
        return cls.from_text(text, where=where)

    @classmethod
    def from_text(cls, text: str, *, where: str = "program") -> Program:
        """The program that `text` holds; raises `ValidationError` if it is none that is known.

        Whether each statement is right is for the cloud to say, since clouds differ in what they accept.
        """
        if text.lstrip().startswith(("{", "[")):
            return cls.from_json(_object_in(text, where))
        if text.startswith(_PERCEVAL):
            return cls(text, ProgramFormat.PERCEVAL)
        code = _COMMENT.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)
        version = _VERSION.match(code)
        if version is None and _QUIL.match(text):
            return cls(text, ProgramFormat.QUIL)
        if version is None:
            raise ValidationError(
                f"{where} does not begin with a version such as 'OPENQASM 2.0;'",
                hint="Programs are OpenQASM 2 or 3, Quil, Perceval's text, or a JSON object",
                fields=("program",),
            )
        if version[1] not in {"2", "3"}:
            raise ValidationError(f"{where} is OpenQASM {version[1]}", hint="Use 2 or 3", fields=("program",))
        _check_brackets(code, where)
        if version[1] == "2":
            return cls(text, ProgramFormat.OPENQASM2)
        if _BRAKET.search(code) and not _INCLUDE.search(code):
            return cls(text, ProgramFormat.BRAKET_QASM3)
        return cls(text, ProgramFormat.OPENQASM3)


ProgramSource = str | bytes | os.PathLike[str] | Program | Mapping[str, Any] | object
"""A program: its text, the path of a file that holds it, QPY as bytes, a JSON object, a `Program`, or an object of
Qiskit, Cirq, Pulser, Perceval, Braket, pyQuil or quil."""


async def load_program(source: ProgramSource) -> Program:
    """The program in a text, file or object; raises `ValidationError` for a missing file, or what is no program."""
    if isinstance(source, Program):
        return source
    if isinstance(source, Mapping):
        return Program.from_json(cast("Mapping[str, Any]", source))
    if isinstance(source, bytes):
        return Program.from_bytes(source)
    if isinstance(source, str) and not _looks_like_path(source):
        return Program.from_text(source)
    if not isinstance(source, (str, os.PathLike)):
        from anyqpu.model.objects import program_of

        # A library may take its time to write a large circuit down.
        return await anyio.to_thread.run_sync(program_of, source)
    path = anyio.Path(cast("str | os.PathLike[str]", source))
    try:
        content = await path.read_bytes()
    except FileNotFoundError:
        raise ValidationError(f"no such file: {path}", fields=("program",)) from None
    except OSError as error:
        raise ValidationError(f"{path} cannot be read: {error}", fields=("program",)) from error
    return Program.from_bytes(content, where=str(path))


def _object_in(text: str, where: str) -> Mapping[str, Any]:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        reason = "it is nested too deeply" if isinstance(error, RecursionError) else error
        raise ValidationError(f"{where} is no JSON: {reason}", fields=("program",)) from error
    if not isinstance(value, dict):
        raise ValidationError(f"{where} holds no JSON object", fields=("program",))
    return cast("dict[str, Any]", value)


def _looks_like_path(text: str) -> bool:
    """Program texts have statements or are objects; a path is one line, without `;`, and no such thing."""
    return bool(text) and not any(sign in text for sign in "\n;{") and not text.startswith(_PERCEVAL)


def _check_brackets(code: str, where: str) -> None:
    pairs = {")": "(", "]": "[", "}": "{"}
    opened: list[tuple[str, int]] = []
    for number, line in enumerate(code.splitlines(), start=1):
        for character in re.sub(r'"[^"]*"', "", line):
            if character in "([{":
                opened.append((character, number))
            elif character in pairs and (not opened or opened.pop()[0] != pairs[character]):
                raise ValidationError(f"{where}, line {number}: {character!r} closes nothing", fields=("program",))
    if opened:
        bracket, number = opened[-1]
        raise ValidationError(f"{where}, line {number}: {bracket!r} is never closed", fields=("program",))
