"""Edits of a response body: where, what, and with which odd value. An edit is JSON, so that it can be repeated.

`["content", 0, "created_at"], "set", "unix seconds"` puts a number in the place of a time. Steps into what a text holds
are `#json`, `#base64`, `#zlib` and `#npy`.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from tests.fuzz import odd, packed

Step = str | int
Path = tuple[Step, ...]
MOST_PLACES = 600
LARGE = 200_000


@dataclass(frozen=True, slots=True)
class Edit:
    """One change of the body of one exchange."""

    exchange: int
    path: Path
    action: str
    value: str | None = None

    def to_json(self) -> list[Any]:
        """The edit as it is written on a command line."""
        return [self.exchange, list(self.path), self.action, *([] if self.value is None else [self.value])]

    @classmethod
    def from_json(cls, value: list[Any]) -> Edit:
        """The edit that `to_json` wrote."""
        exchange, path, action, *rest = value
        return cls(exchange, tuple(path), action, rest[0] if rest else None)


# What is done at a place, by name: each takes the container, the key and the odd value's name.
def _set(holder: Any, key: Step, value: str | None) -> None:
    holder[key] = _odd(value)


def _delete(holder: Any, key: Step, _value: str | None) -> None:
    del holder[key]


def _add(holder: Any, key: Step, value: str | None) -> None:
    inner = holder[key]
    if isinstance(inner, dict):
        inner["unknownField"] = _odd(value)
    elif isinstance(inner, list):
        inner.append(_odd(value))
    else:
        holder[key] = [inner, _odd(value)]


def _wrap(holder: Any, key: Step, _value: str | None) -> None:
    holder[key] = [holder[key]]


def _wrap_in_object(holder: Any, key: Step, _value: str | None) -> None:
    holder[key] = {"value": holder[key]}


def _unwrap(holder: Any, key: Step, _value: str | None) -> None:
    inner = holder[key]
    values = list(inner.values()) if isinstance(inner, dict) else inner if isinstance(inner, list) else [None]
    holder[key] = values[0] if values else None


def _as_list(holder: Any, key: Step, _value: str | None) -> None:
    inner = holder[key]
    holder[key] = [list(pair) for pair in inner.items()] if isinstance(inner, dict) else [inner]


def _as_object(holder: Any, key: Step, _value: str | None) -> None:
    inner = holder[key]
    holder[key] = (
        {str(place): element for place, element in enumerate(inner)} if isinstance(inner, list) else {"": inner}
    )


def _as_text(holder: Any, key: Step, _value: str | None) -> None:
    inner = holder[key]
    holder[key] = inner + "x" if isinstance(inner, str) else json.dumps(inner)


def _cut(holder: Any, key: Step, _value: str | None) -> None:
    inner = holder[key]
    if isinstance(inner, str | list):
        holder[key] = inner[: len(inner) // 2]
    elif isinstance(inner, dict):
        holder[key] = dict(list(inner.items())[: len(inner) // 2])
    else:
        holder[key] = None


def _double(holder: Any, key: Step, _value: str | None) -> None:
    inner = holder[key]
    if isinstance(inner, str | list):
        holder[key] = inner + inner
    elif isinstance(inner, int | float) and not isinstance(inner, bool):
        holder[key] = -inner - 1
    elif isinstance(inner, dict):
        holder[key] = {**inner, **{f" {name}": element for name, element in inner.items()}}


def _rename(holder: Any, key: Step, _value: str | None) -> None:
    if isinstance(holder, dict):
        holder[f"{key}_"] = holder.pop(key)
    else:
        holder.insert(0, holder.pop(key))


def _enlarge(holder: Any, key: Step, _value: str | None) -> None:
    inner = holder[key]
    if isinstance(inner, list) and inner:
        # As many as a body of some hundred kilobytes holds: work that grows with a body does not count as a hang.
        holder[key] = inner * min(max(1, 2_000 // len(inner)), max(1, LARGE // len(text_of(inner))))
    elif isinstance(inner, str) and inner:
        holder[key] = inner * max(1, 20_000 // len(inner))
    elif isinstance(inner, int | float) and not isinstance(inner, bool):
        holder[key] = inner * 1_000_000_007 + 1_000_000_000


ACTIONS: dict[str, Callable[[Any, Step, str | None], None]] = {
    "set": _set,
    "delete": _delete,
    "add": _add,
    "wrap": _wrap,
    "wrap in object": _wrap_in_object,
    "unwrap": _unwrap,
    "as list": _as_list,
    "as object": _as_object,
    "as text": _as_text,
    "cut": _cut,
    "double": _double,
    "rename": _rename,
    "enlarge": _enlarge,
}
# How often each is chosen; `set` has a hundred values.
WEIGHTS = {"set": 60, "delete": 8, "add": 4, "enlarge": 3}
NAMES = list(ACTIONS)
COUNTS = [WEIGHTS.get(name, 2) for name in NAMES]
VALUES = list(odd.ODD)
BODIES = list(odd.BODIES)


def _odd(name: str | None) -> Any:
    value = odd.ODD[name or "null"]
    return json.loads(json.dumps(value)) if isinstance(value, dict | list) else value


def text_of(value: Any) -> bytes:
    """JSON with the numbers that `json.dumps` does not write."""
    text = json.dumps(value)
    if "@@" in text:
        for token, real in odd.TOKENS.items():
            text = text.replace(f'"{token}"', real)
    return text.encode()


def edited(body: bytes, edits: list[Edit]) -> bytes:
    """A body after its edits; one that does not fit it (after another one) changes nothing."""
    holder: dict[str, Any] | None = None
    for edit in edits:
        if edit.action == "body":
            holder, body = None, odd.BODIES[edit.value or "empty"]
        elif edit.action == "truncate":
            holder, body = None, _halved(body if holder is None else text_of(holder.get("")))
        elif edit.action in packed.ACTIONS:
            holder, body = None, packed.ACTIONS[edit.action](body)
        elif edit.action in ACTIONS:
            if holder is None:
                try:
                    holder = {"": json.loads(body)}
                except (ValueError, RecursionError):
                    continue
            _apply(holder, "", edit.path, edit)
    return body if holder is None else text_of(holder.get(""))


def _halved(body: bytes) -> bytes:
    return body[: len(body) // 2]


def _apply(holder: Any, key: Step, path: Path, edit: Edit) -> None:
    try:
        for place, step in enumerate(path):
            if isinstance(step, str) and step in packed.OPENERS:
                opened = packed.OPENERS[step].open(holder[key])
                inner = {"": opened}
                _apply(inner, "", path[place + 1 :], edit)
                content = text_of(inner[""]).decode() if step == "#json" else inner[""]
                holder[key] = packed.OPENERS[step].close(content)
                return
            holder, key = holder[key], step
        if isinstance(holder, dict) and key not in holder and edit.action != "set":
            return
        if isinstance(holder, dict | list):
            ACTIONS[edit.action](holder, key, edit.value)
    except (KeyError, IndexError, TypeError, AttributeError, ValueError, RecursionError):
        return


def places(value: Any, path: Path = ()) -> Iterator[Path]:
    """Every place in a value, into texts that hold more; of long lists the first two elements and the last."""
    yield path
    if isinstance(value, dict):
        for key, inner in list(value.items())[:60]:
            yield from places(inner, (*path, key))
    elif isinstance(value, list):
        for number in sorted({0, 1, len(value) - 1}):
            if 0 <= number < len(value):
                yield from places(value[number], (*path, number))
    elif isinstance(value, str) and (step := packed.kind_of(value)) is not None:
        opened = packed.OPENERS[step].open(value)
        if opened is not None:
            yield from places(opened, (*path, step))


def places_of(body: bytes) -> list[Path]:
    """The places of a body, none if it is not JSON; not more than `MOST_PLACES`, evenly chosen."""
    try:
        paths = list(places(json.loads(body)))
    except (ValueError, RecursionError):
        return []
    return paths if len(paths) <= MOST_PLACES else paths[:: len(paths) // MOST_PLACES + 1]


def choose(chance: random.Random, exchange: int, paths: list[Path]) -> Edit:
    """An edit of a body that has these places."""
    if not paths or chance.random() < 0.02:
        kind = chance.random()
        if kind < 0.7:
            return Edit(exchange, (), "body", chance.choice(BODIES))
        return Edit(exchange, (), chance.choice(["truncate", *packed.ACTIONS]))
    path = chance.choice(paths)
    action = chance.choices(NAMES, COUNTS)[0]
    return Edit(exchange, path, action, chance.choice(VALUES) if action in ("set", "add") else None)
