"""Texts of configuration files, read into values and the lines where they stand.

The parsers are imported when there is a file to read: most people have one of these files, and many have none.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from typing import Any, cast

Lines = dict[tuple[str, ...], int]
Parsed = tuple[Any, Lines]
Parser = Callable[[str], Parsed]

_TOML_KEY = r"""(?:[\w-]+|"[^"]*"|'[^']*')"""
_TOML_PATH = rf"{_TOML_KEY}(?:\s*\.\s*{_TOML_KEY})*"
_TOML_LINE = rf"\s*(?:\[\s*(?P<table>{_TOML_PATH})\s*\]|(?P<key>{_TOML_PATH})\s*=)"
_JSON_PIECE = r'"(?:\\.|[^"\\])*"|[{}\[\]:]'
_YAML_DEPTH = 3
"""How deep keys are located."""
MOST_VALUES = 20_000
"""Values of a YAML file once its anchors are written out; a file of a few lines can stand for billions."""
LONGEST_YAML = 2**16
"""Characters of YAML: a parser written in Python takes seconds for a longer text."""
MOST_DOTS = 100
"""Dots in a line of TOML: reading a key takes time that grows with the square of its parts."""


class FormatError(Exception):
    """A text that cannot be read. Holds a line and nothing of the text, which may be full of secrets."""

    def __init__(self, language: str, line: int | None) -> None:
        super().__init__(language, line)
        self.language = language
        self.line = line


def toml(text: str) -> Parsed:
    """TOML. Lines are found by looking at the text, so a key inside an inline table has the line of the table."""
    import tomllib

    for number, row in enumerate(text.split("\n"), 1):
        if row.count(".") > MOST_DOTS:
            raise FormatError(f"TOML with at most {MOST_DOTS} dots in a line", number)
    try:
        return tomllib.loads(text), _toml_lines(text)
    except (ValueError, RecursionError) as error:  # its own error, or that of a number with too many digits
        match = re.search(r"\(at line (\d+)", str(error))
        last = text.rstrip().count("\n") + 1 if "at end of document" in str(error) else None
        line = int(match[1]) if match else last
    raise FormatError("TOML", line)


def json(text: str) -> Parsed:
    """JSON."""
    import json as standard

    try:
        return standard.loads(text), dict(_json_lines(text))
    except (ValueError, RecursionError) as error:
        line = error.lineno if isinstance(error, standard.JSONDecodeError) else None
    raise FormatError("JSON", line)


def yaml(text: str) -> Parsed:
    """YAML, plain values only."""
    if len(text) > LONGEST_YAML:
        raise FormatError(f"YAML of at most {LONGEST_YAML // 1024} KiB", None)
    # Not an import statement: PyYAML brings no types.
    library: Any = importlib.import_module("yaml")
    try:
        loader = library.SafeLoader(text)
        node = loader.get_single_node()
        if node is None:
            return {}, {}
        _check_size(node)
        return loader.construct_document(node), dict(islice(_yaml_lines(node), MOST_VALUES))
    except FormatError:
        raise
    except Exception as error:  # besides its own errors, PyYAML lets through those of int() and date()
        mark = getattr(error, "problem_mark", None)
        line = None if mark is None else mark.line + 1
    raise FormatError("YAML", line)


def assignments(text: str) -> Parsed:
    """Lines of `key = value`, as qrmi reads them.

    A line that begins with # or ; is a comment; quotes around a value are not part of it; case does not matter in keys,
    and of two equal ones the last counts.
    """
    values: dict[str, str] = {}
    lines: Lines = {}
    for number, line in enumerate(text.split("\n"), 1):
        stripped = line.strip()
        if not stripped or stripped[0] in "#;":
            continue
        key, equals, value = (part.strip() for part in stripped.partition("="))
        if not equals or not key:
            raise FormatError("a list of key=value lines", number)
        if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
            value = value[1:-1]
        values[key.lower()] = value
        lines[key.lower(),] = number
    return values, lines


def _toml_lines(text: str) -> Lines:
    lines: Lines = {}
    around: Lines = {}  # tables that have no line of their own, such as `a` in [a.b]
    table: tuple[str, ...] = ()
    in_string = False
    for number, line in enumerate(text.split("\n"), 1):
        match = None if in_string else re.match(_TOML_LINE, line)
        if (line.count('"""') + line.count("'''")) % 2:
            in_string = not in_string
        if not match:
            continue
        path = tuple(part.strip("\"'") for part in re.findall(_TOML_KEY, match["table"] or match["key"]))
        if match["table"]:
            table = path
        key = path if match["table"] else (*table, *path)
        lines[key] = number
        for n in range(1, len(key)):
            around.setdefault(key[:n], number)
    return around | lines


def _json_lines(text: str) -> Iterator[tuple[tuple[str, ...], int]]:
    # The text was parsed before, so quotes and brackets are known to match.
    path: list[str] = []
    key = last = ""
    line, counted = 1, 0
    for token in re.finditer(_JSON_PIECE, text):
        if token[0] in "{[":
            path.append(key)
        elif token[0] in "}]":
            path.pop()
        elif token[0] == ":":
            key = last
            line, counted = line + text.count("\n", counted, token.start()), token.start()
            yield (*path[1:], key), line
        else:
            last = token[0][1:-1]


def _check_size(root: Any) -> None:
    """Refuse a document with more values than any configuration has, once its anchors are written out."""
    sizes: dict[int, int] = {}
    stack = [(root, False)]
    while stack:
        node, is_left = stack.pop()
        children: list[Any] = []
        if node.id == "mapping":
            children = [part for pair in node.value for part in pair]
        elif node.id == "sequence":
            children = list(node.value)
        if is_left:
            sizes[id(node)] = 1 + sum(sizes[id(child)] for child in children)
        elif id(node) not in sizes:
            sizes[id(node)] = 1  # until it is known: a node that is inside itself is not written out again
            stack.append((node, True))
            stack += [(child, False) for child in children]
    if sizes[id(root)] > MOST_VALUES:
        raise FormatError(f"YAML with at most {MOST_VALUES} values", None)


def _yaml_lines(node: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], int]]:
    if node.id != "mapping" or len(path) >= _YAML_DEPTH:
        return
    for key, value in node.value:
        if key.id == "scalar":
            here = (*path, cast("str", key.value))
            yield here, key.start_mark.line + 1
            yield from _yaml_lines(value, here)


def line_of(lines: Mapping[tuple[str, ...], int], keys: tuple[str, ...]) -> int | None:
    """The line of a key, or of the nearest table around it that is known."""
    return next((lines[keys[:n]] for n in range(len(keys), 0, -1) if keys[:n] in lines), None)
