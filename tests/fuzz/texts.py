"""Edits of a text: lines and values of a configuration file, a handle, a program. Each is JSON, so that it can be
repeated: `["line", 3, "value", "surrogate"]`.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from typing import Any

from tests.fuzz import odd

# Odd values as they stand in a text.
WORDS: dict[str, str] = {
    name: odd.TOKENS.get(value, value) if isinstance(value, str) else repr(value)
    for name, value in odd.ODD.items()
    if not isinstance(value, dict | list) or len(value) < 50
} | {
    "an anchor": "&a [*a, *a]",
    "aliases": "{a: &a [x,x,x,x,x,x,x,x,x], b: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a], c: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]}",
    "python tag": "!!python/object/apply:os.system ['true']",
    "merge key": "{<<: 1}",
    "binary tag": "!!binary =",
    "timestamp tag": "!!timestamp x",
    "inline table": "{a = 1, a = 2}",
    "dotted": 'a.b.c."d.e"',
    "multi line": '"""\nx\n"""',
    "open quote": '"x',
    "toml time": "1979-05-27T07:32:00Z",
    "toml date": "9999-99-99",
    "toml number": "0x_",
    "block": "|\n  x\n",
    "tab": "\t",
    "comment": "# x",
    "semicolons": ";;;;",
    "a thousand braces": "{" * 1_000,
    "a thousand brackets": "[" * 1_000,
    "a thousand parentheses": "(" * 1_000 + "1" + ")" * 1_000,
    "a thousand minus": "-" * 1_000,
    "a thousand newlines": "\n" * 1_000,
    "loop": "for uint i in [0:1000000000] { x q[0]; }",
    "endless loop": "while (true) { x q[0]; }",
    "million qubits": "qubit[1000000000] zz;",
    "million bits": "bit[1000000000] zz;",
    "recursive gate": "gate g a { g a; } g q[0];",
    "recursive function": "def f(int n) -> int { return f(n + 1); } int zz = f(0);",
    "power": "pow(1000000000) @ x q[0];",
    "controls": "ctrl(1000000000) @ x q[0];",
    "big integer": "const int zz = 2 ** 1000000000;",
    "division by zero": "const float zz = 1 / 0;",
    "log of zero": "rx(log(0)) q[0];",
    "include": 'include "/etc/passwd";',
    "unknown include": 'include "x.inc";',
    "reset": "reset q[0];",
    "pragma": "pragma braket result state_vector",
    "defcal": "defcal x $0 { }",
    "comment open": "/* ",
    "minus": "-",
    "colon": ":",
    "brace": "}",
}
NAMES = list(WORDS)
# Whole contents, as bytes.
CONTENTS: dict[str, bytes] = {
    **odd.BODIES,
    "random bytes": bytes(random.Random(1).randrange(256) for _ in range(500)),
    "carriage returns": b"a = 1\rb = 2\r",
    "gzip": b"\x1f\x8b\x08\x00\x00\x00\x00\x00",
    "a million newlines": b"\n" * 1_000_000,
    "a million spaces": b" " * 1_000_000,
    "a million quotes": b'"' * 1_000_000,
    "hundred thousand keys": b"".join(b"k%d = 1\n" % n for n in range(20_000)),
    "deep TOML": b"a = " + b"[" * 5_000 + b"]" * 5_000,
    "deep YAML": b"- " * 3_000 + b"x",
    "deep flow YAML": b"{a: " * 3_000 + b"}" * 3_000,
    "alias bomb": b"a: &a [x,x,x,x,x,x,x,x,x]\n"
    + b"".join(b"%c: &%c [%s]\n" % (c + 1, c + 1, b",".join([b"*%c" % c] * 9)) for c in range(97, 106)),
    "self alias": b"a: &a\n  b: *a\n",
    "many documents": b"---\na: 1\n" * 100,
    "dotted TOML": b"a" + b".a" * 5_000 + b" = 1",
    "table headers": b"[a]\n[a]\n[[a]]\n",
}
ACTIONS = ("value", "key", "delete", "double", "insert", "append", "swap", "cut")
TOKEN = re.compile(r"\w+|[^\w\s]")


def edited(text: str, edits: list[Any]) -> bytes:
    """A text after its edits, as bytes; surrogates stay what they are."""
    for edit in edits:
        match edit:
            case ["content", str(name)]:
                return CONTENTS[name]
            case ["token", int(number), str(action), *rest]:
                text = _of_token(text, number, action, str(rest[0]) if rest else "x")
            case ["line", int(number), str(action), *rest]:
                text = _of_line(text, number, action, str(rest[0]) if rest else "x")
            case _:
                raise ValueError(f"unknown edit {edit}")
    return text.encode("utf-8", "surrogatepass")


def _of_token(text: str, number: int, action: str, name: str) -> str:
    tokens = list(TOKEN.finditer(text))
    if not tokens:
        return WORDS[name]
    token = tokens[number % len(tokens)]
    before, word, after = text[: token.start()], token[0], text[token.end() :]
    new = {"delete": "", "double": word + word, "insert": WORDS[name] + word, "append": word + WORDS[name]}
    if action == "swap":
        other = tokens[(number * 7 + 3) % len(tokens)][0]
        return before + other + after
    if action == "cut":
        return before
    return before + new.get(action, WORDS[name]) + after


def _of_line(text: str, number: int, action: str, name: str) -> str:
    lines = text.split("\n")
    place = number % len(lines)
    line, word = lines[place], WORDS[name]
    match action:
        case "value":
            key, sign, _ = re.split(r"([=:])", line, maxsplit=1) if re.search("[=:]", line) else (line, "=", "")
            lines[place] = f"{key}{sign} {word}"
        case "key":
            _, sign, value = re.split(r"([=:])", line, maxsplit=1) if re.search("[=:]", line) else ("", "=", line)
            lines[place] = f"{word}{sign}{value}"
        case "delete":
            del lines[place]
        case "double":
            lines.insert(place, line)
        case "insert":
            lines.insert(place, word)
        case "append":
            lines[place] = line + word
        case "swap":
            other = (number * 7 + 3) % len(lines)
            lines[place], lines[other] = lines[other], line
        case _:
            del lines[place:]
    return "\n".join(lines)


def choose(chance: random.Random, *, lines: bool = True, names: Sequence[str] = NAMES) -> list[Any]:
    """An edit; `names`: of the odd values that it may bring in."""
    if chance.random() < 0.05:
        return ["content", chance.choice(list(CONTENTS))]
    kind = "line" if lines and chance.random() < 0.5 else "token"
    return [kind, chance.randrange(1_000), chance.choice(ACTIONS), chance.choice(names)]
