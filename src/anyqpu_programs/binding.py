"""Values for the `input` parameters of an OpenQASM 3 program.

A value replaces the parameter's name, since more readers accept numbers than constants. The lines of the text stay.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import SupportsFloat, SupportsIndex

from anyqpu.errors import ValidationError
from anyqpu.model.program import Program, ProgramFormat

_OPAQUE = re.compile(r"//[^\n]*|/\*.*?(?:\*/|\Z)|\"[^\"\n]*\"|'[^'\n]*'", re.DOTALL)
_INPUT = re.compile(r"\binput\s+([a-z]+)\s*(\[[^\[\];]*\])?\s+([^\W\d]\w*)\s*;")
_OTHER_INPUT = re.compile(r"\binput\b[^;]*;?")
# A definition with its own parameters.
_DEFINITION = re.compile(r"\b(?:gate|def)\s+\w+\s*(\([^()]*\))?[^{;]{0,2000}\{")
_NAME = re.compile(r"(?<![\w$])[^\W\d]\w*")
# The text before a name in its declaration.
_DECLARING = re.compile(r"(?:const\s+)?(?:float|angle|int|uint|bool|bit|for\s+\w+)(?:\[[^\]]*\])?|let")
_TYPES = {"float", "angle", "int", "uint", "bool", "bit"}


def parameters(program: Program) -> dict[str, str]:
    """Return the types of the program's parameters, such as `{"theta": "float[64]"}`; empty in other languages."""
    if program.format not in (ProgramFormat.OPENQASM3, ProgramFormat.BRAKET_QASM3):
        return {}
    return {match[3]: match[1] + (match[2] or "") for match in _INPUT.finditer(_masked(program.text))}


def bind(program: Program, values: Mapping[str, object]) -> Program:
    """Return the program with values for all of its parameters.

    Raises:
        ValidationError: A parameter has no value, there is no such parameter, or a value is of another type.
    """
    declared = parameters(program)
    code = _masked(program.text)
    for match in _OTHER_INPUT.finditer(code) if program.format is ProgramFormat.OPENQASM3 else ():
        declaration = _INPUT.fullmatch(match[0])
        if declaration is None or declaration[1] not in _TYPES:
            line = code.count("\n", 0, match.start()) + 1
            raise _problem(f"line {line}: the type of {' '.join(match[0].split())!r} takes no value")
    for name in values:
        if name not in declared:
            near = get_close_matches(name, declared, 1)
            hint = f"did you mean {near[0]!r}?" if near else f"it has {', '.join(declared) or 'none'}"
            raise _problem(f"the program has no parameter {name!r}", hint)
    missing = [name for name in declared if name not in values]
    if missing:
        example = ", ".join(f"{name!r}: ..." for name in missing)
        raise _problem(f"the program's parameters {', '.join(missing)} have no value", f"give parameters={{{example}}}")
    written = {name: _written(name, kind, values[name]) for name, kind in declared.items()}
    return Program(_substituted(program.text, code, written), program.format, program.bits)


def _substituted(text: str, code: str, written: Mapping[str, str]) -> str:
    """Return the text with names replaced by values. `code` is the text with comments and strings blanked."""
    for declaration in _INPUT.finditer(code):
        begin, end = declaration.span()
        blank = re.sub(r"[^\n]", " ", code[begin:end])
        text, code = text[:begin] + blank + text[end:], code[:begin] + blank + code[end:]
    shadows = _shadows(code, written.keys())
    pieces: list[str] = []
    place = 0
    for match in _NAME.finditer(code):
        name, begin = match[0], match.start()
        if name not in written or any(start <= begin < end and name in own for start, end, own in shadows):
            continue
        before = code[max(code.rfind(";", 0, begin), code.rfind("{", 0, begin)) + 1 : begin].strip()
        if _DECLARING.fullmatch(before):
            line = code.count("\n", 0, begin) + 1
            raise _problem(f"line {line}: {name!r} is declared again, but is already a parameter", "rename one of them")
        pieces += [text[place:begin], written[name]]
        place = match.end()
    return "".join([*pieces, text[place:]])


def _shadows(code: str, names: Iterable[str]) -> list[tuple[int, int, set[str]]]:
    """Return the ranges of definitions whose own parameters have some of the names, with those names."""
    wanted = set(names)
    shadows: list[tuple[int, int, set[str]]] = []
    for definition in _DEFINITION.finditer(code):
        own = wanted & set(_NAME.findall(definition[0].split("(", 1)[-1]))
        if own:
            depth, place = 1, definition.end()
            while depth and place < len(code):
                depth += {"{": 1, "}": -1}.get(code[place], 0)
                place += 1
            shadows.append((definition.start(), place, own))
    return shadows


def _written(name: str, kind: str, value: object) -> str:
    base, _, size = kind.partition("[")
    width = int(size[:-1]) if size[:-1].strip().isdigit() else None
    if isinstance(value, str) and base == "bit" and width == len(value) and not set(value) - {"0", "1"}:
        return f'"{value}"'
    value = _plain(value)
    if not isinstance(value, bool | int | float):
        raise _problem(f"the parameter {name!r} is of type {kind}, and {value!r} is not a number")
    if base in ("float", "angle"):
        if isinstance(value, bool) or not math.isfinite(value):
            raise _problem(f"the parameter {name!r} is of type {kind}, and {value!r} is not a finite number")
        return f"({float(value)!r})" if value < 0 or math.copysign(1, value) < 0 else repr(float(value))
    if base in ("int", "uint"):
        if isinstance(value, bool) or value != int(value):
            raise _problem(f"the parameter {name!r} is of type {kind}, and {value!r} is not an integer")
        low = 0 if base == "uint" else -(1 << ((width or 64) - 1))
        high = (1 << ((width or 64) - (base == "int"))) - 1
        if not low <= value <= high:
            raise _problem(f"the parameter {name!r} is of type {kind}: {value!r} is not from {low} to {high}")
        return f"({int(value)})" if value < 0 else str(int(value))
    if base == "bool" or (base == "bit" and width is None):
        if value not in (0, 1):
            raise _problem(f"the parameter {name!r} is of type {kind}, and {value!r} is neither true nor false")
        return "true" if value else "false"
    if width is None or isinstance(value, float) or not 0 <= value < 1 << width:
        raise _problem(f"the parameter {name!r} is of type {kind}, and {value!r} does not fit", "give a text of bits")
    return f'"{value:0{width}b}"'


def _plain(value: object) -> object:
    """Convert a number of another library, such as numpy, to Python's type."""
    if isinstance(value, SupportsIndex):
        return value if isinstance(value, bool) else value.__index__()
    if isinstance(value, SupportsFloat) and not isinstance(value, str):
        return float(value)
    return value


def _masked(text: str) -> str:
    """Return the text with comments and strings blanked, of the same length."""
    return _OPAQUE.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)


def _problem(message: str, hint: str | None = None) -> ValidationError:
    return ValidationError(message, hint=hint, fields=("parameters",))
