"""What is to be run: a program's text and the language it is in."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from enum import StrEnum

import anyio

from anyqpu.errors import ValidationError


class ProgramFormat(StrEnum):
    """Languages that a program can be in."""

    OPENQASM2 = "openqasm2"
    OPENQASM3 = "openqasm3"


_COMMENT = re.compile(r"//[^\n]*|/\*.*?\*/", re.DOTALL)
_VERSION = re.compile(r"\s*OPENQASM\s+(\d+)(?:\.\d+)?\s*;")


@dataclass(frozen=True, slots=True)
class Program:
    """A program's text and its format."""

    text: str
    format: ProgramFormat

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


ProgramSource = str | os.PathLike[str] | Program
"""A program: its text, the path of a file that holds it, or a `Program`."""


async def load_program(source: ProgramSource) -> Program:
    """The program in a text or file; raises `ValidationError` for a missing file or a text that is no program."""
    if isinstance(source, Program):
        return source
    if not isinstance(source, (str, os.PathLike)):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise ValidationError(f"a program is a text or a path, not {type(source).__name__}", fields=("program",))
    if isinstance(source, str) and not _looks_like_path(source):
        return Program.from_text(source)
    path = anyio.Path(source)
    try:
        text = await path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise ValidationError(f"no such file: {path}", fields=("program",)) from None
    except (OSError, UnicodeDecodeError) as error:
        raise ValidationError(f"{path} cannot be read as text: {error}", fields=("program",)) from error
    return Program.from_text(text, where=str(path))


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
