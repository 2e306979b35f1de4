"""Cut the page's text into its operations.

The page is what a Redoc page leaves when only its text is kept. Every operation ends with the JSON of its
response sample, so whatever line follows that JSON begins the next operation. Eight operations lost their
title, and with it everything before "Response samples".
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import Any

PATH = "path Parameters"
QUERY = "query Parameters"
BODY = "Request Body schema: application/jsonrequired"
RESPONSES = "Responses"
REQUEST_SAMPLES = "Request samples"
RESPONSE_SAMPLES = "Response samples"
MARKERS = (PATH, QUERY, BODY, RESPONSES, REQUEST_SAMPLES, RESPONSE_SAMPLES)
DOWNLOAD = "Download OpenAPI specification:Download"
HEADING = re.compile(r"(?P<title>[\w.]+) \((?P<version>\d+\.\d+\.\d+)\)")
# The bullets that Redoc draws before what can be folded; inside a quoted text a hyphen is the text's own.
QUOTED_OR_BULLET = re.compile(r'"(?:[^"\\]|\\.)*"|- ')


class PageError(Exception):
    """A line of the page that cannot be read."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(f"line {line}: {message}")
        self.line = line


@dataclass(frozen=True)
class Line:
    """A line of the page with its number, counted from 1."""

    number: int
    text: str


@dataclass(frozen=True)
class Sample:
    """A JSON sample and the line on which it starts."""

    line: int
    value: Any


@dataclass
class Block:
    """One operation as the page shows it."""

    line: int
    title: str | None = None
    docstring: list[str] = field(default_factory=list)
    path_rows: list[Line] = field(default_factory=list)
    query_rows: list[Line] = field(default_factory=list)
    body_rows: list[Line] = field(default_factory=list)
    request: Sample | None = None
    response: Sample | None = None


@dataclass(frozen=True)
class Page:
    """The page's heading and its operations in order."""

    title: str
    version: str
    blocks: list[Block]


class _Reader:
    """The lines of the page and how far they have been read."""

    def __init__(self, text: str) -> None:
        self.lines = [Line(number, line) for number, line in enumerate(text.splitlines(), start=1)]
        self.position = 0

    @property
    def done(self) -> bool:
        return self.position >= len(self.lines)

    def peek(self) -> Line:
        if self.done:
            raise PageError(len(self.lines), "the page ends in the middle of an operation")
        return self.lines[self.position]

    def take(self) -> Line:
        line = self.peek()
        self.position += 1
        return line

    def expect(self, text: str) -> Line:
        line = self.take()
        if line.text != text:
            raise PageError(line.number, f"expected {text!r}, found {line.text!r}")
        return line


def read_page(text: str) -> Page:
    """The whole page; every line is part of some operation or an error."""
    reader = _Reader(text)
    heading = reader.take()
    named = HEADING.fullmatch(heading.text)
    if named is None:
        raise PageError(heading.number, f"expected a title and a version, found {heading.text!r}")
    reader.expect(DOWNLOAD)
    blocks = []
    while not reader.done:
        blocks.append(_read_block(reader))
    return Page(title=named["title"], version=named["version"], blocks=blocks)


def _read_block(reader: _Reader) -> Block:
    first = reader.peek()
    block = Block(line=first.number)
    if first.text != RESPONSE_SAMPLES:
        block.title = _prose(reader.take())
        while reader.peek().text not in MARKERS:
            block.docstring.append(_prose(reader.take()))
        _read_sections(reader, block)
    reader.expect(RESPONSE_SAMPLES)
    # Redoc's two tabs: only the first one's sample is part of the page's text.
    reader.expect("- 200")
    reader.expect("- 422")
    block.response = _read_sample(reader)
    return block


def _read_sections(reader: _Reader, block: Block) -> None:
    """Everything between the docstring and the response sample, in the page's fixed order."""
    for marker, rows in ((PATH, block.path_rows), (QUERY, block.query_rows), (BODY, block.body_rows)):
        if reader.peek().text != marker:
            continue
        head = reader.take()
        while reader.peek().text not in MARKERS:
            rows.append(_row(reader.take()))
        if not rows:
            raise PageError(head.number, f"{marker!r} has no rows")
    reader.expect(RESPONSES)
    if block.body_rows:
        reader.expect(REQUEST_SAMPLES)
        reader.expect("- Payload")
        block.request = _read_sample(reader)


def _prose(line: Line) -> str:
    """A title or a line of a docstring: free text, but nothing that belongs elsewhere."""
    if not line.text.strip() or line.text.endswith("|") or line.text[0] in "{[]}|-":
        raise PageError(line.number, f"expected a title or a docstring, found {line.text!r}")
    return line.text


def _row(line: Line) -> Line:
    if not line.text.endswith("|"):
        raise PageError(line.number, f"expected a row of a table, found {line.text!r}")
    return line


def _read_sample(reader: _Reader) -> Sample:
    """JSON from a line that opens a bracket to the line that closes it."""
    first = reader.peek()
    if not first.text.startswith(("{", "[")):
        raise PageError(first.number, f"expected a JSON sample, found {first.text!r}")
    cleaned: list[str] = []
    depth = 0
    while depth or not cleaned:
        text = QUOTED_OR_BULLET.sub(lambda match: "" if match[0] == "- " else match[0], reader.take().text)
        cleaned.append(text)
        brackets = re.sub(r'"(?:[^"\\]|\\.)*"', "", text)
        depth += sum(brackets.count(bracket) for bracket in "{[") - sum(brackets.count(b) for b in "}]")
    try:
        return Sample(first.number, json.loads("\n".join(cleaned)))
    except json.JSONDecodeError as error:
        number = first.number + error.lineno - 1
        raise PageError(number, f"not JSON: {reader.lines[number - 1].text!r} ({error.msg})") from error
