"""What is to be run: a program's text and the language it is in."""

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


# A declaration, a pragma, or a gate in capitals on qubits by number.
_QUIL = re.compile(
    r"(?:\s|#[^\n]*\n)*(?:(?:DECLARE|DEFGATE|DEFCIRCUIT|DEFCAL|DEFFRAME|DEFWAVEFORM|PRAGMA|RESET|HALT|FENCE)\b"
    r"|(?!OPENQASM\b)(?:MEASURE|[A-Z][A-Z0-9-]*(?:\([^)\n]*\))?)[ \t]+\d)"
)
_PERCEVAL = ":PCVL:"
_QPY = b"QISKIT"
# Far more than any program has; a path may lead to something that never ends.
MOST_BYTES = 64 * 1024 * 1024

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
    """A program's text and its format.

    Attributes:
        text: The program itself. JSON programs are kept as text too, binary ones as base64.
        format: The language that it is in.
        bits: How many bits of the result, from bit 0, are the program's; None: all. A conversion for a machine that
            measures every qubit sets it where helper qubits come after the program's own. Programs that differ only
            in this are equal: it says how a result is read, and not what is run.
    """

    text: str
    format: ProgramFormat
    bits: int | None = field(default=None, compare=False)

    @property
    def is_text(self) -> bool:
        """Whether it is a language, and neither a JSON object nor binary."""
        return self.format not in _OBJECTS and self.format is not ProgramFormat.QPY

    @property
    def content(self) -> Any:
        """What the text stands for: itself, the object of a JSON program, or the bytes of a binary one.

        Raises `ValidationError` where the text does not hold that.
        """
        if self.format is ProgramFormat.QPY:
            try:
                return base64.b64decode(self.text, validate=True)
            except ValueError:
                raise ValidationError("the program is not QPY in base64", fields=("program",)) from None
        return self.text if self.is_text else json_object(self.text, "the program")

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Program:
        """The program that a JSON object is; raises `ValidationError` if it is none that is known."""
        found = next((format for keys, format in _JSON_KEYS if keys <= value.keys()), None)
        if found is None:
            known = "; ".join(f"{', '.join(sorted(keys))} ({format})" for keys, format in _JSON_KEYS)
            names = ", ".join(str(name)[:40] for name in list(value)[:10])
            raise ValidationError(
                f"a JSON program is known by its keys; this has {names or 'none'}",
                hint=f"There are {known}",
                fields=("program",),
            )
        return cls(json_text(value, "the program"), found)

    @classmethod
    def from_bytes(cls, content: bytes, *, where: str = "program") -> Program:
        """The program in a file: Qiskit's QPY, or text in UTF-8; raises `ValidationError` if it is neither."""
        if content.startswith(_QPY):
            return cls(base64.b64encode(content).decode(), ProgramFormat.QPY)
        return cls.from_text(decoded(content, where), where=where)

    @classmethod
    def from_text(cls, text: str, *, where: str = "program") -> Program:
        """The program that `text` holds; raises `ValidationError` if it is none that is known.

        Whether each statement is right is for the cloud to say, since clouds differ in what they accept. A byte order
        mark at the beginning is left out.
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
"""A program: its text, the path of a file that holds it, QPY as bytes, a JSON object, a `Program`, or an object of
Qiskit, Cirq, Pulser, Perceval, Braket, pyQuil or quil."""


async def load_program(source: ProgramSource) -> Program:
    """The program in a text, file or object; raises `ValidationError` for a missing file, or anything else."""
    if isinstance(source, Program):
        check_unicode(source.text, "program")
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
    return Program.from_bytes(await _read(path), where=str(path))


async def load_programs(source: ProgramSource | Sequence[ProgramSource]) -> tuple[Program, ...]:
    """The programs in a list or tuple of them, in order, or the one that something else is.

    Raises `ValidationError` as `load_program` does, and for an empty list.
    """
    if not isinstance(source, list | tuple):
        return (await load_program(source),)
    sources = cast("Sequence[ProgramSource]", source)
    if not sources:
        raise ValidationError("the list of programs is empty", fields=("program",))
    found: list[Program] = []
    for place, each in enumerate(sources):
        try:
            if isinstance(each, list | tuple):
                raise ValidationError("a list within a list of programs", fields=("program",))
            found.append(await load_program(each))
        except ValidationError as error:
            problem = f"programs[{place}]: {error.message}"
            raise ValidationError(problem, hint=error.hint, fields=error.fields) from error
    return tuple(found)


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
    """Program texts have statements or are objects; a path is one line, without `;`, and no such thing."""
    begin = text.removeprefix(BOM).lstrip()
    return (
        bool(begin)
        and not any(sign in text for sign in "\n;{\0")
        and not begin.startswith((_PERCEVAL, "OPENQASM", "["))
    )
