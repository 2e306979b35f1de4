"""What is to be run: a program's text and the language it is in."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol, cast, runtime_checkable

import anyio

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
    PULSER_JSON = "pulser_json"
    """A sequence of pulses on neutral atoms, as Pulser's `Sequence.to_abstract_repr()` writes it."""


_COMMENT = re.compile(r"//[^\n]*|/\*.*?\*/", re.DOTALL)
_VERSION = re.compile(r"\s*OPENQASM\s+(\d+)(?:\.\d+)?\s*;")


# The key by which a JSON program is known.
_JSON_KEYS: Mapping[str, ProgramFormat] = {
    "circuit": ProgramFormat.IONQ_JSON,
    "circuits": ProgramFormat.IQM_JSON,
    "pubs": ProgramFormat.IBM_PUBS,
    "operations": ProgramFormat.PULSER_JSON,
}


@dataclass(frozen=True, slots=True)
class Program:
    """A program's text and its format. JSON programs are kept as text too; `content` is the object."""

    text: str
    format: ProgramFormat

    @property
    def is_text(self) -> bool:
        """Whether it is a language, and not a JSON object."""
        return self.format not in _JSON_KEYS.values()

    @property
    def content(self) -> Any:
        """What the text stands for: itself, or the object of a JSON program."""
        return self.text if self.is_text else json.loads(self.text)

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Program:
        """The program that a JSON object is; raises `ValidationError` if it is none that is known."""
        found = [format for key, format in _JSON_KEYS.items() if key in value]
        if len(found) != 1:
            raise ValidationError(
                f"a JSON program has one of the keys {', '.join(_JSON_KEYS)}; this has {', '.join(value) or 'none'}",
                hint="They mean IonQ's, IQM's, IBM's and Pulser's formats",
                fields=("program",),
            )
        try:
            text = json.dumps(value, allow_nan=False)
        except (TypeError, ValueError) as error:
            raise ValidationError(f"the program is no JSON: {error}", fields=("program",)) from error
        return cls(text, found[0])

    @classmethod
    def from_text(cls, text: str, *, where: str = "program") -> Program:
        """The program that `text` holds; raises `ValidationError` if it is no OpenQASM 2 or 3.

        Whether each statement is right is for the cloud to say, since clouds differ in what they accept.
        """
        code = _COMMENT.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)
        version = _VERSION.match(code)
        if version is None:
            raise ValidationError(
                f"{where} does not begin with a version such as 'OPENQASM 2.0;'",
                hint="Programs are OpenQASM 2 or 3",
                fields=("program",),
            )
        if version[1] not in {"2", "3"}:
            raise ValidationError(f"{where} is OpenQASM {version[1]}", hint="Use 2 or 3", fields=("program",))
        _check_brackets(code, where)
        return cls(text, ProgramFormat.OPENQASM2 if version[1] == "2" else ProgramFormat.OPENQASM3)


@runtime_checkable
class PulserSequence(Protocol):
    """What is asked of a Pulser sequence. Pulser itself is never imported here."""

    def to_abstract_repr(self) -> str:
        """The sequence as JSON."""
        ...


ProgramSource = str | os.PathLike[str] | Program | Mapping[str, Any] | PulserSequence
"""A program: its text, the path of a file that holds it, a JSON object, a `Program`, or a Pulser `Sequence`."""


async def load_program(source: ProgramSource) -> Program:
    """The program in a text or file; raises `ValidationError` for a missing file or a text that is no program."""
    if isinstance(source, Program):
        return source
    if isinstance(source, Mapping):
        return Program.from_json(source)
    if isinstance(source, PulserSequence):
        return Program.from_json(_object_in(source.to_abstract_repr(), "the sequence"))
    if not isinstance(source, (str, os.PathLike)):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise ValidationError(
            f"a program is a text, a path or a JSON object, not {type(source).__name__}", fields=("program",)
        )
    if isinstance(source, str) and source.lstrip().startswith("{"):
        return Program.from_json(_object_in(source, "program"))
    if isinstance(source, str) and not _looks_like_path(source):
        return Program.from_text(source)
    path = anyio.Path(source)
    try:
        text = await path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise ValidationError(f"no such file: {path}", fields=("program",)) from None
    except (OSError, UnicodeDecodeError) as error:
        raise ValidationError(f"{path} cannot be read as text: {error}", fields=("program",)) from error
    if path.suffix == ".json":
        return Program.from_json(_object_in(text, str(path)))
    return Program.from_text(text, where=str(path))


def _object_in(text: str, where: str) -> Mapping[str, Any]:
    try:
        value = json.loads(text)
    except ValueError as error:
        raise ValidationError(f"{where} is no JSON: {error}", fields=("program",)) from error
    if not isinstance(value, dict):
        raise ValidationError(f"{where} holds no JSON object", fields=("program",))
    return cast("dict[str, Any]", value)


def _looks_like_path(text: str) -> bool:
    """Program texts have statements; a path of one line without `;` cannot be one."""
    return bool(text) and "\n" not in text and ";" not in text


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
