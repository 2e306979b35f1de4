"""Checks of a program's text without parsing its statements: encoding, comments, version, brackets."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, cast

from anyqpu.errors import ValidationError

BOM = "\ufeff"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
# Strings end with their line. A comment that is never closed extends to the end of the text, and is refused.
_QUIET = re.compile(r"//[^\n]*|/\*.*?(?:\*/|\Z)|\"[^\"\n]*\"|'[^'\n]*'", re.DOTALL)
_VERSION = re.compile(r"\s*OPENQASM\s+(\d+)(?:\.\d+)?\s*(;?)")
_ANY_VERSION = re.compile(r"\s*OPENQASM\b")
_LATE_VERSION = re.compile(r"\bOPENQASM\s+\d")
# Braket's dialect differs from OpenQASM 3 in its pragmas and its gate names, where a gate is called. The length of
# the angles in the pattern is bounded, so that the time is linear in the length of the text.
_PRAGMA = re.compile(r"#pragma\s+braket\b")
_BRAKET_CALL = re.compile(
    r"(?:^|[;{}@)])\s*(cnot|ccnot|phaseshift|cphaseshift(?:00|01|10)?|si|ti|vi?|xx|yy|zz|xy|gpi2?|ms)"
    r"\s*(?:\([^;{}]{0,200}\)\s*|\s)[A-Za-z_$]"
)
_DEFINED = re.compile(r"\b(?:gate|def)\s+([A-Za-z_]\w*)")
_INCLUDE = re.compile(r"\binclude\b")
_KINDS: Mapping[type, str] = {list: "a list", str: "a text", bool: "true or false", type(None): "null"}
_PAIRS = {")": "(", "]": "[", "}": "{"}


def decoded(content: bytes, where: str) -> str:
    """Return the text of a file's bytes; raises `ValidationError` where they are not UTF-8."""
    if content.startswith(_UTF16):
        raise _refused(f"{where} cannot be read as text: it is UTF-16", hint="Save it as UTF-8")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise _refused(
            f"{where} cannot be read as text: line {line} has the byte {content[error.start]:#04x}, "
            "which is not part of UTF-8 text",
            hint="Save it as UTF-8",
        ) from None


def cleaned(text: str, where: str) -> str:
    """Return the text without a byte order mark.

    Raises `ValidationError` where it is empty, or has NUL characters or half of a surrogate pair.
    """
    text = text.removeprefix(BOM)
    check_unicode(text, where)
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise _refused(
            f"{where} cannot be read as text: line {line} has a NUL character",
            hint="Save it as UTF-8, without binary data",
        )
    if not text.strip():
        raise _refused(f"{where} is empty: it does not begin with a version such as 'OPENQASM 2.0;'")
    return text


def check_unicode(text: str, where: str) -> None:
    """Raise `ValidationError` for half of a surrogate pair, which cannot be written in UTF-8 and so cannot be sent."""
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise _refused(
            f"{where} cannot be read as text: line {_line(text, error.start)} has half of a surrogate pair "
            f"(U+{ord(text[error.start]):04X})",
            hint="Read the file with encoding='utf-8'",
        ) from None


def without_comments(text: str, where: str) -> str:
    """Return the text with comments and strings replaced by spaces; line breaks stay.

    Raises `ValidationError` for a comment that is never closed.
    """
    for match in _QUIET.finditer(text):
        if match[0].startswith("/*") and not (match[0].endswith("*/") and len(match[0]) > 3):
            raise _refused(f"{where}, line {_line(text, match.start())}: the comment is never closed with '*/'")
    return _QUIET.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)


def version_of(code: str, where: str) -> str | None:
    """Return the version of OpenQASM, `2` or `3`, of a text without comments; None without a version.

    Raises `ValidationError` for another version, or a version line that is not complete or not the first.
    """
    match = _VERSION.match(code)
    if match is None:
        if (begun := _ANY_VERSION.match(code)) is not None:
            line = _line(code, begun.end() - 1)
            raise _refused(
                f"{where}, line {line}: 'OPENQASM' is not followed by a version", hint="Such as OPENQASM 2.0;"
            )
        if (late := _LATE_VERSION.search(code)) is not None:
            raise _refused(
                f"{where} does not begin with a version such as 'OPENQASM 2.0;': it is in line "
                f"{_line(code, late.start())}, after other statements",
                hint="Move it to the beginning",
            )
        return None
    if not match[2]:
        line = _line(code, match.end(1))
        written = match[0].strip()
        raise _refused(f"{where}, line {line}: the version line has no ';' at its end", hint=f"Write {written};")
    if match[1] not in {"2", "3"}:
        raise _refused(f"{where} is OpenQASM {match[1][:20]}", hint="Use 2 or 3")
    return match[1]


def is_braket(code: str) -> bool:
    """Return whether OpenQASM 3 without comments is in Braket's dialect: no includes, and Braket's own names."""
    if _INCLUDE.search(code):
        return False
    if _PRAGMA.search(code):
        return True
    own = set(_DEFINED.findall(code))
    return any(name not in own for name in _BRAKET_CALL.findall(code))


def check_brackets(code: str, where: str) -> None:
    """Raise `ValidationError` for an unmatched bracket in a text without comments and strings."""
    opened: list[tuple[str, int]] = []
    for number, line in enumerate(code.split("\n"), start=1):
        for character in re.findall(r"[()\[\]{}]", line):
            if character in "([{":
                opened.append((character, number))
            elif not opened or opened.pop()[0] != _PAIRS[character]:
                raise _refused(f"{where}, line {number}: {character!r} closes nothing")
    if opened:
        bracket, number = opened[-1]
        raise _refused(f"{where}, line {number}: {bracket!r} is never closed")


def json_object(text: str, where: str) -> Mapping[str, Any]:
    """Return the object of a JSON text; raises `ValidationError` for any other text."""
    try:
        value: Any = json.loads(text)
    except json.JSONDecodeError as error:
        reason = error.msg[:1].lower() + error.msg[1:]
        raise _refused(f"{where} is not valid JSON: line {error.lineno}, column {error.colno}: {reason}") from None
    except RecursionError:
        raise _refused(f"{where} is not valid JSON for a program: it is nested too deeply") from None
    except ValueError:
        # Python reads no numbers of more than 4300 digits.
        raise _refused(f"{where} is not valid JSON for a program: it has a number with too many digits") from None
    if not isinstance(value, dict):
        kind = _KINDS.get(type(cast("object", value)), "a number")
        raise _refused(f"{where} is not a JSON object but {kind}", hint="A program in JSON is an object, {...}")
    return cast("dict[str, Any]", value)


def json_text(value: Mapping[str, Any], where: str) -> str:
    """Return an object as JSON; raises `ValidationError` where it cannot be represented."""
    try:
        return json.dumps(dict(value), allow_nan=False)
    except RecursionError:
        reason = "it is nested too deeply"
    except TypeError:
        reason = "it contains a value that is not a number, text, true, false, null, list or object"
    except ValueError:
        reason = "it contains itself, or a number that is infinite, NaN, or has too many digits"
    raise _refused(f"{where} cannot be written as JSON: {reason}")


def _line(text: str, place: int) -> int:
    return text.count("\n", 0, place) + 1


def _refused(message: str, *, hint: str | None = None) -> ValidationError:
    return ValidationError(message, hint=hint, fields=("program",))
