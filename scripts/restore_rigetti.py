"""Give the Rigetti document back the indentation that its text has lost.

The text as received is an OpenAPI 3.0.2 document in YAML without leading spaces and blank lines. What a line
belongs to is still decided by what OpenAPI allows: the grammar names every kind of node that the document
holds, and a stack keeps the nodes that are open. A line goes to the innermost open node that accepts it; the
few lines that two nodes accept are settled by the named rules below. Nothing is corrected here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from ruamel.yaml.error import YAMLError

from scripts.documents import parse_yaml, to_yaml
from scripts.rigetti.grammar import ROOT, SCHEMA_KIND, ListOf, MapOf, Node, Obj, Prose, Shape, Word

HEADER = "# Made by scripts/restore_rigetti.py from upstream.txt. Do not edit: corrections go to overlay.yaml.\n"


class RestoreError(ValueError):
    """A line for which the document has no place."""


# --- The lines ---


@dataclass(frozen=True)
class Line:
    """One line, taken apart: an item's dash, the key if it has the form of one, and what stands after it."""

    number: int
    text: str
    dash: bool
    key: str | None
    value: str


# A key ends at the first colon before a space or the end of the line, for `/v1/auth:getUser:` has two colons.
KEY = re.compile(r'(?:"(?P<quoted>[^"]+)"|(?P<plain>[^\s"]\S*?)):(?: (?P<value>.*))?')
BLOCK = re.compile(r"[|>][+-]?")


def read_lines(text: str) -> list[Line]:
    return [read_line(number, raw.strip()) for number, raw in enumerate(text.splitlines(), 1) if raw.strip()]


def read_line(number: int, text: str) -> Line:
    dash = text.startswith("- ")
    rest = text[2:].strip() if dash else text
    if match := KEY.fullmatch(rest):
        key = match["quoted"] or match["plain"]
        return Line(number, text, dash, key, (match["value"] or "").strip())
    return Line(number, text, dash, None, rest)


# --- Whether a line has the shape that a place asks for ---


def child_shape(shape: Obj | MapOf, key: str) -> Shape | None:
    """What the key holds in such a node, or None where the key is not allowed."""
    if isinstance(shape, Obj):
        return shape.fields.get(key)
    return shape.value if re.fullmatch(shape.key, key) else None


def has_key(shape: Obj | MapOf, line: Line) -> bool:
    """Whether the line's key is allowed in such a node, with its value where that has to be on the line."""
    child = child_shape(shape, line.key) if line.key is not None else None
    if isinstance(child, Word | Prose):
        return line.value != "" or child == Prose(may_be_empty=True)
    return child is not None


def has_item(shape: ListOf, line: Line) -> bool:
    """Whether the line is an item of such a list; a list of words takes no `- key: value`."""
    if not line.dash:
        return False
    if isinstance(shape.item, Obj | MapOf):
        return has_key(shape.item, line)
    return line.key is None and line.value != ""


def value_fits(shape: Shape, value: str, following: Line | None) -> bool:
    """Whether the value on the key's line, or else the line that follows, can be of this shape.

    This distinguishes a keyword from a property of the same name: `type: string` has its value on the line, while
    the property `type:` has none and a schema begins on the next line; `required:` needs an item on the next
    line; `parameters:` and `securitySchemes:` need a first key there that fits.
    """
    match shape:
        case Word():
            return value != ""
        case Prose(may_be_empty=may_be_empty):
            return value != "" or may_be_empty
        case ListOf():
            begins = following is not None and has_item(shape, following)
            return value == "[]" or (value == "" and begins)
        case Obj() | MapOf():
            if isinstance(shape, Obj) and shape.or_word and value != "":
                return True
            begins = following is not None and not following.dash and has_key(shape, following)
            return value == "{}" or (value == "" and begins)


# --- The rules that settle what the shapes leave open ---


def type_allows(schema: dict[str, Any], key: str) -> bool:
    """Only an object has a list of required names: after a property of another type it is the parent's."""
    return key != "required" or schema.get("type", "object") == "object"


def is_closed(node: dict[str, Any]) -> bool:
    """A reference has no siblings in OpenAPI 3.0, so what follows it belongs further out."""
    return "$ref" in node


def is_repeated(node: dict[str, Any], key: str) -> bool:
    """A key that the node has already belongs further out, as `type: object` after the last property does."""
    return key in node


def order_points_outward(inner: dict[str, Any], outer: dict[str, Any], key: str) -> bool:
    """Keys are sorted in most nodes: a key that breaks the inner node's order may keep the outer one's.

    So `title:` after `items:` with its `type:` is the array's, and `parameters:` after an operation's `tags:`
    is the path's. Where the outer keys are not sorted anyway the order says nothing and the inner node wins:
    it keeps the `format:` that some schemas have after their `type:`.
    """
    names = list(outer)
    return bool(inner) and key < list(inner)[-1] and [*names, key] == sorted([*names, key])


# --- The stack machine ---


@dataclass
class Frame:
    """A node that is still open."""

    shape: Node
    node: Any

    def allows(self, line: Line) -> bool:
        """Whether the line itself may stand here."""
        if isinstance(self.shape, ListOf):
            return has_item(self.shape, line)
        if line.dash or line.key is None or not has_key(self.shape, line):
            return False
        if is_closed(self.node) or is_repeated(self.node, line.key):
            return False
        return self.shape.name != SCHEMA_KIND or type_allows(self.node, line.key)

    def accepts(self, line: Line, following: Line | None) -> bool:
        """Whether the line may stand here and the one that follows goes with it."""
        if not self.allows(line):
            return False
        node = self.shape.item if isinstance(self.shape, ListOf) else self.shape
        if line.key is None or not isinstance(node, Obj | MapOf):
            return True
        child = child_shape(node, line.key)
        return child is not None and value_fits(child, line.value, following)


class Restorer:
    """Reads the lines one after the other into `document`."""

    def __init__(self, text: str) -> None:
        self.lines = read_lines(text)
        self.index = 0
        self.document: dict[str, Any] = {}
        self.stack = [Frame(ROOT, self.document)]

    def run(self) -> dict[str, Any]:
        while self.index < len(self.lines):
            depth = self.innermost_home()
            if depth is None:
                raise self.misplaced(self.index)
            del self.stack[depth + 1 :]
            self.place()
        return self.document

    def line_after(self, index: int) -> Line | None:
        return self.lines[index + 1] if index + 1 < len(self.lines) else None

    def accepted_at(self, depth: int) -> bool:
        return self.stack[depth].accepts(self.lines[self.index], self.line_after(self.index))

    def innermost_home(self) -> int | None:
        """Where in the stack the line belongs."""
        line = self.lines[self.index]
        homes = [depth for depth in reversed(range(len(self.stack))) if self.accepted_at(depth)]
        if len(homes) > 1 and line.key is not None and not line.dash:
            inner, outer = (self.stack[depth] for depth in homes[:2])
            # The keys of a map are names, which come in any order.
            if isinstance(outer.shape, Obj) and order_points_outward(inner.node, outer.node, line.key):
                return homes[1]
        return homes[0] if homes else None

    def place(self) -> None:
        """Put the line, and the text that continues it, into the innermost frame."""
        line, frame = self.lines[self.index], self.stack[-1]
        self.index += 1
        if isinstance(frame.shape, ListOf):
            if not isinstance(frame.shape.item, Obj | MapOf):
                frame.node.append(self.word(line))
                return
            frame.node.append({})
            frame = Frame(frame.shape.item, frame.node[-1])
            self.stack.append(frame)
        assert line.key is not None
        assert not isinstance(frame.shape, ListOf)
        child = child_shape(frame.shape, line.key)
        assert child is not None
        if isinstance(child, Prose):
            frame.node[line.key] = self.prose(line)
        elif isinstance(child, Word) or line.value:
            frame.node[line.key] = self.word(line)
        else:
            frame.node[line.key] = [] if isinstance(child, ListOf) else {}
            self.stack.append(Frame(child, frame.node[line.key]))

    def word(self, line: Line) -> Any:
        """A value of one line, as YAML reads it."""
        try:
            value = parse_yaml(line.value)
        except YAMLError as error:
            raise RestoreError(f"line {line.number}: {line.text!r} has no readable value") from error
        if value is None or (isinstance(value, dict | list) and value):
            raise RestoreError(f"line {line.number}: {line.text!r} is not one word, number or boolean")
        return value

    def prose(self, line: Line) -> str:
        """A text in any of YAML's styles: block, quoted or plain."""
        if BLOCK.fullmatch(line.value):
            # Folded texts keep their line breaks too: their blank lines are lost, and folding the rest would
            # join the rows of tables and lists.
            return "\n".join(self.continuation()) + ("" if line.value.endswith("-") else "\n")
        if line.value.startswith('"'):
            return self.quoted(line)
        if line.value == "":
            return ""
        first = self.index
        parts = self.continuation()
        for index, part in enumerate(parts, first):
            # A plain text cannot hold a colon before a space: this line is a key that has no place.
            if ": " in part or part.endswith(":"):
                raise self.misplaced(index)
        return " ".join([line.value, *parts])

    def continuation(self) -> list[str]:
        """The lines of a running text, which any line that has a place among the open nodes ends."""
        texts: list[str] = []
        while self.index < len(self.lines):
            if any(map(self.accepted_at, range(len(self.stack)))):
                break
            texts.append(self.lines[self.index].text)
            self.index += 1
        return texts

    def quoted(self, line: Line) -> str:
        """A text in double quotes, which runs to its closing quote whatever its lines look like."""
        text = line.value
        while not re.fullmatch(r'"(?:[^"\\]|\\.)*"', text):
            if self.index == len(self.lines):
                raise RestoreError(f"line {line.number}: the quotes of {line.text!r} are never closed")
            text += " " + self.lines[self.index].text
            self.index += 1
        return str(parse_yaml(text))

    def misplaced(self, index: int) -> RestoreError:
        line, following = self.lines[index], self.line_after(index)
        if line.value == "" and following is not None and any(frame.allows(line) for frame in self.stack):
            # The key is in order; what it should hold is not.
            return RestoreError(
                f"line {following.number}: {following.text!r} cannot be what {line.text!r} before it holds"
            )
        trail = " > ".join(frame.shape.name for frame in self.stack)
        return RestoreError(f"line {line.number}: {line.text!r} has no place in {trail}")


def restore_document(text: str) -> dict[str, Any]:
    """Read the text without indentation into a document."""
    return Restorer(text).run()


def restore(text: str) -> str:
    """Return the YAML text of the document whose indentation was lost."""
    # The writer leaves a space where it breaks a long plain text; it means nothing, and no text here ends a
    # line with one, as `read_lines` has stripped them all.
    return HEADER + re.sub(r" +$", "", to_yaml(restore_document(text)), flags=re.MULTILINE)
