"""Differences of two documents, each with its effect on callers of the API."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from scripts.spec_changes.kinds import LIMITS, is_stricter, python_name, rule_text
from scripts.spec_changes.pairing import bare, pairs, renamed_components, renamed_in_path, renamed_schemes
from scripts.spec_changes.shapes import Document, Field, Shape


class Level(IntEnum):
    """Effect of a change on users."""

    PATCH = 1
    """Nothing that worked stops working."""
    MINOR = 2
    """Something new can be sent, or may be received."""
    MAJOR = 3
    """Something that worked stops working."""


@dataclass(frozen=True)
class Change:
    """One difference.

    Attributes:
        kind: `operation added`, `field removed`, ...; for filters and tests.
        where: The operation or component, as the document names it.
        subject: The parameter, field, status or word.
        detail: The values before and after.
        operations: The operationIds that it touches, as they are now, or as they were if removed.
        words: Words of an enum that were added.
    """

    kind: str
    where: str
    subject: str = ""
    detail: str = ""
    level: Level = Level.PATCH
    operations: tuple[str, ...] = ()
    words: tuple[Any, ...] = ()

    def __str__(self) -> str:
        return ": ".join(
            part for part in (self.where, self.kind, " ".join((self.subject, self.detail)).strip()) if part
        )


def compare(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Change]:
    """Return the differences that matter to a program; descriptions are not compared."""
    return sorted(_Comparison(Document(old), Document(new)).changes(), key=lambda change: (-change.level, change.where))


@dataclass(frozen=True)
class _Owner:
    """The owner of a set of fields. `sent`: clients send it; `received`: they receive it."""

    kind: str
    where: str
    users: tuple[str, ...]
    sent: bool
    received: bool


class _Comparison:
    def __init__(self, old: Document, new: Document) -> None:
        self.old, self.new = old, new
        self.pairs = dict(pairs(old.operations, new.operations))
        self.renamed = dict(renamed_components(old, new))
        self.schemes = dict(renamed_schemes(old, new))

    def changes(self) -> Iterator[Change]:
        yield from self._operations()
        for before, after in self.pairs.items():
            yield from self._operation(self.old.operations[before], self.new.operations[after])
        yield from self._components()
        yield from self._document()

    # Operations

    def _operations(self) -> Iterator[Change]:
        for id, shape in self.new.operations.items():
            if id not in self.pairs.values():
                yield Change("operation added", id, detail=_request_line(shape), level=Level.MINOR, operations=(id,))
        for id, shape in self.old.operations.items():
            if id not in self.pairs:
                yield Change("operation removed", id, detail=_request_line(shape), level=Level.MAJOR, operations=(id,))

    def _operation(self, old: Shape, new: Shape) -> Iterator[Change]:
        def change(kind: str, subject: str = "", detail: str = "", level: Level = Level.PATCH, **more: Any) -> Change:
            return Change(kind, new.id, subject, detail, level, (new.id,), **more)

        if old.id != new.id:
            # Callers in Python use the name of the method.
            level = Level.PATCH if python_name(old.id) == python_name(new.id) else Level.MAJOR
            yield change("operation renamed", detail=f"{old.id} -> {new.id}", level=level)
        if bare(old) != bare(new):
            # Old clients call the old address.
            yield change("operation moved", detail=f"{_request_line(old)} -> {_request_line(new)}", level=Level.MAJOR)
        if new.deprecated != old.deprecated:
            event, level = ("deprecated", Level.MINOR) if new.deprecated else ("no longer deprecated", Level.PATCH)
            yield change(f"operation {event}", level=level)
        auth, other = self._auth(old), self._auth(new)
        if auth != other:
            # One more alternative, or no authentication at all.
            more = bool(auth) and auth < other
            detail = f"{_auth(old.auth)} -> {_auth(new.auth)}"
            yield change("auth changed", detail=detail, level=Level.MINOR if more or not other else Level.MAJOR)
        sent, names = _Owner("parameter", new.id, (new.id,), True, False), renamed_in_path(old, new)
        for before, after in names.items():
            # The request is the same, but callers in Python may pass the argument by name.
            level = Level.PATCH if python_name(before) == python_name(after) else Level.MAJOR
            yield change("parameter renamed", after, f"{before} -> {after}", level)
        moved = {f"path {before}": f"path {after}" for before, after in names.items()}
        earlier = {moved.get(name, name): parameter for name, parameter in old.parameters.items()}
        yield from self._fields(sent, earlier, new.parameters)
        yield from self._request(old, new)
        yield from self._responses(old, new)
        for subject in sorted(old.media.keys() & new.media.keys()):
            yield from _media(new, subject, old.media[subject], new.media[subject])

    def _request(self, old: Shape, new: Shape) -> Iterator[Change]:
        def change(kind: str, level: Level) -> Change:
            return Change(kind, new.id, level=level, operations=(new.id,))

        if new.media["body"] and not old.media["body"]:
            yield change("body added", Level.MAJOR if new.request_required else Level.MINOR)
        elif old.media["body"] and not new.media["body"]:
            yield change("body removed", Level.MAJOR)
        else:
            if new.request_required != old.request_required:
                event, level = ("newly", Level.MAJOR) if new.request_required else ("no longer", Level.MINOR)
                yield change(f"body {event} required", level)
            sent = _Owner("body field", new.id, (new.id,), True, False)
            yield from self._fields(sent, old.request, new.request)

    def _responses(self, old: Shape, new: Shape) -> Iterator[Change]:
        """Compare by what a caller gets: a success may have another status, if the value stays the same."""

        def change(event: str, status: str, values: list[Any], value: Any, level: Level) -> Change:
            breaks = status.startswith("2") and value not in values
            return Change(f"response {event}", new.id, status, "", level if breaks else Level.PATCH, (new.id,))

        def successes(shape: Shape) -> list[Any]:
            return [_value(fields) for status, fields in shape.responses.items() if status.startswith("2")]

        for status in sorted(new.responses.keys() - old.responses.keys()):
            yield change("added", status, successes(old), _value(new.responses[status]), Level.MINOR)
        for status in sorted(old.responses.keys() - new.responses.keys()):
            # An undocumented success without a body gives None, as a documented one does.
            gone = _value(old.responses[status])
            yield change("removed", status, [*successes(new), None], gone, Level.MAJOR)
        for status in sorted(old.responses.keys() & new.responses.keys()):
            # An error is raised whatever its body is.
            place = _Owner("response field", f"{new.id} {status}", (new.id,), False, status.startswith("2"))
            yield from self._fields(place, old.responses[status], new.responses[status])

    # Components

    def _components(self) -> Iterator[Change]:
        for name, fields in self.old.components.items():
            after = self.renamed.get(name, name)
            if after not in self.new.components:
                yield Change("schema removed", name, operations=self._users(name, self.old))
                continue
            users = self._users(after, self.new)
            if after != name:
                yield Change("schema renamed", after, detail=f"{name} -> {after}", operations=users)
            sent = any(after in self.new.operations[id].sends for id in users)
            received = any(after in self.new.operations[id].receives for id in users)
            place = _Owner("field", after, users, sent, received)
            yield from self._fields(place, fields, self.new.components[after])
        before = {self.renamed.get(name, name) for name in self.old.components}
        for name in sorted(self.new.components.keys() - before):
            yield Change("schema added", name, operations=self._users(name, self.new))

    def _users(self, name: str, document: Document) -> tuple[str, ...]:
        return tuple(
            shape.id for shape in document.operations.values() if name in shape.sends or name in shape.receives
        )

    def _fields(self, place: _Owner, old: Mapping[str, Field], new: Mapping[str, Field]) -> Iterator[Change]:
        sent, received = place.sent, place.received

        def change(event: str, name: str, detail: str, level: Level, words: tuple[Any, ...] = ()) -> Change:
            kind = f"{place.kind} {event}"
            if not place.users or not (sent or received):
                level = Level.PATCH
            return Change(kind, place.where, name.lstrip("."), detail, level, place.users, words)

        for name, after in new.items():
            if name not in old and not _is_item(name) and not _inside(name, new.keys() - old.keys()):
                needed = after.required and sent and _is_needed(name, new)
                level = Level.MAJOR if needed else Level.MINOR
                yield change("added", name, f"{after.kind}{', required' if after.required else ''}", level, after.words)
        for name, before in old.items():
            if name not in new and not _is_item(name) and not _inside(name, old.keys() - new.keys()):
                yield change("removed", name, before.kind, Level.MAJOR)
        for name in (key for key in old if key in new):
            before, after = old[name], new[name]
            kind, types = self._kind(before.kind), self._types(before)
            if not _is_item(name) and (kind != after.kind or types != after.types):
                level = self._breaks(types, after.types, sent=sent, received=received)
                event = "described in other words" if types == after.types else "changed type"
                yield change(event, name, f"{kind} -> {after.kind}", level)
            if before.form != after.form:
                yield change(
                    "written otherwise", name, f"{before.form or 'as usual'} -> {after.form or 'as usual'}", Level.MAJOR
                )
            if after.deprecated != before.deprecated:
                event, level = (
                    ("deprecated", Level.MINOR) if after.deprecated else ("no longer deprecated", Level.PATCH)
                )
                yield change(event, name, "", level)
            yield from _presence(change, name, before, after, place)
            # The words of items are those of their list too.
            parent = name[:-2] or "." if _is_item(name) else ""
            if parent not in new or new[parent].words != after.words:
                yield from self._words(change, name, before, after, sent)
            yield from _rules(change, name, before, after, place)

    def _breaks(self, old: frozenset[str], new: frozenset[str], *, sent: bool, received: bool) -> Level:
        """Return the effect of other types: what is sent may become wider, and what is received narrower."""
        if old == new:
            return Level.PATCH
        wider = old <= new or "Any" in new or {"float" if name == "int" else name for name in old} <= new
        levels = [Level.PATCH]
        if sent:
            levels.append(Level.MINOR if wider else Level.MAJOR)
        if received and not new <= old:
            # A value that Python had no class for stays as it was.
            levels.append(Level.MINOR if old <= new or "Any" in old else Level.MAJOR)
        return max(levels)

    def _words(self, change: Any, name: str, before: Field, after: Field, sent: bool) -> Iterator[Change]:
        added = tuple(word for word in after.words if word not in before.words)
        removed = tuple(word for word in before.words if word not in after.words)
        if added and before.words:
            yield change("words added", name, ", ".join(map(str, added)), Level.MINOR, added)
        if removed and after.words:
            yield change("words removed", name, ", ".join(map(str, removed)), Level.MAJOR if sent else Level.PATCH)
        if before.words and not after.words:
            yield change("words no longer listed", name, "", Level.MINOR)
        if after.words and not before.words:
            listed = ", ".join(map(str, after.words))
            yield change("words now listed", name, listed, Level.MAJOR if sent else Level.PATCH, after.words)

    def _kind(self, kind: str) -> str:
        """Return an earlier kind with the present names of components."""
        return " ".join(self.renamed.get(word, word) for word in kind.split(" "))

    def _types(self, earlier: Field) -> frozenset[str]:
        return frozenset(
            re.sub(r"[\w.-]+", lambda match: self.renamed.get(match[0], match[0]), name) for name in earlier.types
        )

    def _auth(self, shape: Shape) -> set[tuple[str, ...]]:
        """Return the alternatives of an operation's authentication; schemes that are the same have one name."""
        present, earlier = self.new.security_schemes, self.old.security_schemes

        def named(requirement: str) -> str:
            name, space, scopes = requirement.partition(" ")
            text = present.get(name, earlier.get(name))
            return next((other for other in present if present[other] == text), name) + space + scopes

        return {tuple(sorted(map(named, alternative))) for alternative in shape.auth}

    # The rest

    def _document(self) -> Iterator[Change]:
        all_operations = tuple(self.new.operations)
        old, new = self.old.security_schemes, self.new.security_schemes
        for before, after in self.schemes.items():
            yield Change("auth scheme renamed", after, detail=f"{before} -> {after}")
        for name in sorted(new.keys() - old.keys() - set(self.schemes.values())):
            yield Change("auth scheme added", name, detail=new[name], level=Level.MINOR)
        for name in sorted(old.keys() - new.keys() - self.schemes.keys()):
            yield Change("auth scheme removed", name, detail=old[name], level=Level.MAJOR)
        for name in sorted(old.keys() & new.keys()):
            if old[name] != new[name]:
                yield Change("auth scheme changed", name, detail=f"{old[name]} -> {new[name]}", level=Level.MAJOR)
        if self.old.servers != self.new.servers:
            detail = f"{', '.join(self.old.servers)} -> {', '.join(self.new.servers)}"
            yield Change("servers changed", "servers", detail=detail, level=Level.MINOR, operations=all_operations)


def _presence(change: Any, name: str, before: Field, after: Field, place: _Owner) -> Iterator[Change]:
    """Compare whether a field has to be there, and whether it may be null."""
    if after.required and not before.required:
        yield change("newly required", name, "", Level.MAJOR if place.sent else Level.PATCH)
    if before.required and not after.required:
        yield change("no longer required", name, "", Level.MINOR)
    if after.nullable and not before.nullable:
        yield change("may be null", name, "", Level.MINOR if place.received else Level.PATCH)
    if before.nullable and not after.nullable:
        yield change("may not be null", name, "", Level.MAJOR if place.sent else Level.PATCH)


def _rules(change: Any, name: str, before: Field, after: Field, place: _Owner) -> Iterator[Change]:
    """Compare bounds, patterns, defaults and whether other keys are allowed.

    A bound that is stricter than another one breaks what was sent; a first bound or pattern may only say what was so.
    """
    old, new = dict(before.rules), dict(after.rules)
    for key in sorted(old.keys() | new.keys()):
        if old.get(key) == new.get(key):
            continue
        level = Level.MINOR
        if key in LIMITS and key in old and key in new:
            stricter = is_stricter(key, old[key], new[key])
            level = Level.MAJOR if stricter and place.sent else Level.PATCH if stricter else Level.MINOR
        elif not place.sent:
            level = Level.PATCH
        yield change(f"{key} changed", name, f"{rule_text(key, old.get(key))} -> {rule_text(key, new.get(key))}", level)


def _media(operation: Shape, subject: str, old: tuple[str, ...], new: tuple[str, ...]) -> Iterator[Change]:
    """Compare media types. Only the first is used, which a body or a response without one has not."""
    added, removed = [name for name in new if name not in old], [name for name in old if name not in new]
    if not old or not new or not (added or removed):
        return
    where = "body" if subject == "body" else f"response {subject}"
    same = old[0] == new[0] or ("json" in old[0] and "json" in new[0])
    level = Level.MAJOR if not same else Level.MINOR if added else Level.PATCH
    if level is Level.MAJOR and not (subject == "body" or subject.startswith("2")):
        level = Level.PATCH
    detail = f"{', '.join(old)} -> {', '.join(new)}"
    yield Change("media types changed", operation.id, where, detail, level, (operation.id,))


def _value(fields: Mapping[str, Field]) -> Any:
    """Return what decides about the value that a caller gets; None without a body."""
    return {name: (field.types, field.nullable) for name, field in fields.items()} or None


def _inside(name: str, names: Iterable[str]) -> bool:
    """Whether a field is inside another one of these, which is reported instead."""
    return any(name != other and name.startswith((f"{other}.", f"{other}[", f"{other}{{")) for other in names)


def _is_item(name: str) -> bool:
    """Whether a field is the item of a list or map, whose kind is part of the kind of that."""
    return name.endswith(("[]", "{}"))


def _is_needed(name: str, fields: Mapping[str, Field]) -> bool:
    """Whether the object that has a required field is itself required."""
    parent = name.rpartition(".")[0]
    return parent in {"", "."} or "[" in parent or fields.get(parent, Field("", True)).required


def _request_line(shape: Shape) -> str:
    return f"{shape.method} {shape.path}"


def _auth(auth: tuple[tuple[str, ...], ...]) -> str:
    return " or ".join(" and ".join(schemes) or "none" for schemes in auth) or "none"
