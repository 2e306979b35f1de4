"""Programs: texts and their formats."""

from __future__ import annotations

import base64
import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, cast

import anyio
import anyio.to_thread

from anyqpu.errors import ValidationError
from anyqpu.model.program_text import (
    BOM,
    check_brackets,
    check_unicode,
    cleaned,
    decoded,
    is_braket,
    json_object,
    json_text,
    version_of,
    without_comments,
)
from anyqpu.model.serialize import Serializable


class ProgramFormat(StrEnum):
    """The formats of programs."""

    OPENQASM2 = "openqasm2"
    OPENQASM3 = "openqasm3"
    BRAKET_QASM3 = "braket_qasm3"
    """Amazon Braket's dialect of OpenQASM 3, with its own gate names."""
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
    """Rigetti's language. A processor runs native Quil, in its own gates."""


# A declaration, a pragma, or a gate in capitals on qubits by number.
_QUIL = re.compile(
    r"(?:\s|#[^\n]*\n)*(?:(?:DECLARE|DEFGATE|DEFCIRCUIT|DEFCAL|DEFFRAME|DEFWAVEFORM|PRAGMA|RESET|HALT|FENCE)\b"
    r"|(?!OPENQASM\b)(?:MEASURE|[A-Z][A-Z0-9-]*(?:\([^)\n]*\))?)[ \t]+\d)"
)
_PERCEVAL = ":PCVL:"
_QPY = b"QISKIT"
# Far more than any program has; a path may lead to an endless device file.
MOST_BYTES = 64 * 1024 * 1024

# The keys that identify a JSON program; all must be present, and the first match counts.
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
class Program(Serializable):
    """A program's text and its format.

    Attributes:
        text: The program. JSON programs are text too, binary ones base64.
        format: The format of the text.
        bits: The number of bits of the result, from bit 0, that belong to the program; None: all. A conversion for a
            device that measures every qubit sets it where helper qubits follow the program's own. It concerns only
            decoding, so programs that differ only in it are equal.
    """

    text: str
    format: ProgramFormat
    bits: int | None = field(default=None, compare=False)

    @property
    def is_text(self) -> bool:
        """Whether it is in a language, as opposed to a JSON object or binary data."""
        return self.format not in _OBJECTS and self.format is not ProgramFormat.QPY

    @property
    def content(self) -> Any:
        """The decoded program: the text, the object of a JSON program, or the bytes of a binary one.

        Raises `ValidationError` where the text is not valid in its format.
        """
        if self.format is ProgramFormat.QPY:
            try:
                return base64.b64decode(self.text, validate=True)
            except ValueError:
                raise ValidationError("invalid program: expected QPY in base64", fields=("program",)) from None
        return self.text if self.is_text else json_object(self.text, "the program")

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Program:
        """Return the program of a JSON object; raises `ValidationError` for unknown keys."""
        match = next((format for keys, format in _JSON_KEYS if keys <= value.keys()), None)
        if match is None:
            forms = "; ".join(f"{', '.join(sorted(keys))} ({format})" for keys, format in _JSON_KEYS)
            names = ", ".join(str(name)[:40] for name in list(value)[:10])
            raise ValidationError(
                f"unknown form of a JSON program: its keys are {names or 'none'}",
                hint=f"The known forms have the keys {forms}",
                fields=("program",),
            )
        return cls(json_text(value, "the program"), match)

    @classmethod
    def from_bytes(cls, content: bytes, *, where: str = "program") -> Program:
        """Return the program of a file's content, QPY or text in UTF-8; raises `ValidationError` otherwise."""
        if content.startswith(_QPY):
            return cls(base64.b64encode(content).decode(), ProgramFormat.QPY)
        return cls.from_text(decoded(content, where), where=where)

    @classmethod
    def from_text(cls, text: str, *, where: str = "program") -> Program:
        """Return the program of a text; raises `ValidationError` if its format is unknown.

        Statements are not checked, since providers differ in what they accept. A byte order mark is removed.
        """
        text = cleaned(text, where)
        if text.lstrip().startswith(("{", "[")):
            return cls.from_json(json_object(text, where))
        if text.startswith(_PERCEVAL):
            return cls(text, ProgramFormat.PERCEVAL)
        if _QUIL.match(text):
            return cls(text, ProgramFormat.QUIL)
        code = without_comments(text, where)
        version = version_of(code, where)
        if version is None:
            raise ValidationError(
                f"{where} does not begin with a version such as 'OPENQASM 2.0;'",
                hint="Programs are OpenQASM 2 or 3, Quil, Perceval's text, or a JSON object",
                fields=("program",),
            )
        check_brackets(code, where)
        if version == "2":
            return cls(text, ProgramFormat.OPENQASM2)
        return cls(text, ProgramFormat.BRAKET_QASM3 if is_braket(code) else ProgramFormat.OPENQASM3)


ProgramSource = str | bytes | os.PathLike[str] | Program | Mapping[str, Any] | object
"""A program: its text, the path of its file, QPY as bytes, a JSON object, a `Program`, or an object of Qiskit, Cirq,
PennyLane, pytket, Pulser, Perceval, Braket, pyQuil or quil."""


async def load_program(source: ProgramSource) -> Program:
    """Return the program of a text, file or object; raises `ValidationError` for anything else, or a missing file."""
    if isinstance(source, Program):
        check_unicode(source.text, "program")
        return source
    if isinstance(source, Mapping) and not _is_tape(cast("object", source)):
        return Program.from_json(cast("Mapping[str, Any]", source))
    if isinstance(source, bytes):
        return Program.from_bytes(source)
    if isinstance(source, str) and not _looks_like_path(source):
        return Program.from_text(source)
    if not isinstance(source, (str, os.PathLike)):
        from anyqpu.model.objects import program_of

        # Serializing a large circuit may take seconds.
        return await anyio.to_thread.run_sync(program_of, cast("object", source))
    path = anyio.Path(cast("str | os.PathLike[str]", source))
    try:
        return Program.from_bytes(await _read(path), where=str(path))
    except ValidationError as error:
        # It may be another file than was meant, with secrets, which the variables of these frames would show.
        error.__traceback__ = error.__context__ = None
        raise error  # not only `raise`, which would keep their traceback


def _is_tape(source: object) -> bool:
    """Return whether a mapping is a tape of PennyLane's, whose keys are its operations."""
    return type(source).__module__.startswith("pennylane.")


async def load_programs(source: ProgramSource | Sequence[ProgramSource]) -> tuple[Program, ...]:
    """Return the programs of a list or tuple, in order, or the one program of any other source.

    Raises `ValidationError` as `load_program` does, and for an empty list.
    """
    if not isinstance(source, list | tuple):
        return (await load_program(source),)
    sources = cast("Sequence[ProgramSource]", source)
    if not sources:
        raise ValidationError("the list of programs is empty", fields=("program",))
    programs: list[Program] = []
    for place, item in enumerate(sources):
        try:
            if isinstance(item, list | tuple):
                raise ValidationError("a list within a list of programs", fields=("program",))
            programs.append(await load_program(item))
        except ValidationError as error:
            problem = f"programs[{place}]: {error.message}"
            raise ValidationError(problem, hint=error.hint, fields=error.fields) from error
    return tuple(programs)


async def _read(path: anyio.Path) -> bytes:
    try:
        async with await path.open("rb") as file:
            content = await file.read(MOST_BYTES + 1)
    except FileNotFoundError:
        raise ValidationError(f"no such file: {path}", fields=("program",)) from None
    except ValueError:
        problem = "the path of a program has a NUL character or half of a surrogate pair"
        raise ValidationError(problem, fields=("program",)) from None
    except OSError as error:
        raise ValidationError(f"{path} cannot be read: {error.strerror or error}", fields=("program",)) from error
    if len(content) > MOST_BYTES:
        raise ValidationError(f"{path} cannot be read: it has more than {MOST_BYTES} bytes", fields=("program",))
    return content


def _looks_like_path(text: str) -> bool:
    """Return whether a text is a path: one line without `;` that begins like no program."""
    begin = text.removeprefix(BOM).lstrip()
    return (
        bool(begin)
        and not any(sign in text for sign in "\n;{\0")
        and not begin.startswith((_PERCEVAL, "OPENQASM", "["))
    )
