"""Idempotency keys: their form, the tags in which they travel, and the digest of what was submitted with one."""

from __future__ import annotations

import hashlib
import json
import re
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, cast

from anyqpu._json import PLAIN
from anyqpu.core.arguments import shown
from anyqpu.errors import Hint, ValidationError

if TYPE_CHECKING:
    from anyqpu.model.program import Program

KEY_FORM = re.compile(r"[A-Za-z0-9._-]{8,64}", re.ASCII)
MINTED_PREFIX = "anyqpu-"
MINTED_FORM = re.compile(r"anyqpu-[0-9a-f]{32}", re.ASCII)
# Marks of this library's tags; tags of the user's own do not begin so.
KEY_MARK = "anyqpu-key:"
CONTENT_MARK = "anyqpu-content:"
# Names the way in which a digest is made, so that a later release does not compare digests of two kinds.
CONTENT_VERSION = "1-"
_encode = json.JSONEncoder(separators=(",", ":"), sort_keys=True).encode


def new_key() -> str:
    """Return a key that no other submit has."""
    return MINTED_PREFIX + secrets.token_hex(16)


def checked_key(key: object, provider: str) -> str:
    """Return a key of the caller's; raise `ValidationError` for one of another form."""
    if isinstance(key, str) and KEY_FORM.fullmatch(key):
        return key
    length = f", which has {len(key)} characters" if isinstance(key, str) and not 8 <= len(key) <= 64 else ""
    problem = f"key is a text of 8 to 64 characters of A-Z, a-z, 0-9, '.', '_' and '-', not {shown(key)}{length}"
    hint = Hint("Such as key='sweep-7.circuit-12'", "Such as --key sweep-7.circuit-12")
    raise ValidationError(problem, provider=provider, fields=("key",), hint=hint)


def checked_keys(keys: object, provider: str) -> dict[str, None]:
    """Return keys of the caller's without repetitions, in their order; raise `ValidationError` for anything else."""
    if isinstance(keys, str | bytes) or not isinstance(keys, Iterable):
        raise ValidationError(f"keys is a list of keys, not {shown(keys)}", provider=provider, fields=("keys", "key"))
    return dict.fromkeys(checked_key(key, provider) for key in cast("Iterable[object]", keys))


def check_tags(tags: Iterable[str], provider: str) -> None:
    """Raise `ValidationError` for a tag that would be read as one of this library's."""
    reserved = next((tag for tag in tags if tag.startswith((KEY_MARK, CONTENT_MARK))), None)
    if reserved is not None:
        problem = f"tags that begin with {KEY_MARK!r} or {CONTENT_MARK!r} are reserved: {shown(reserved)}"
        hint = Hint("Give the key of a submit as key=", "Give the key of a submit as --key")
        raise ValidationError(problem, provider=provider, fields=("tags",), hint=hint)


def sent_tags(tags: Sequence[str], key: str, content: str | None = None) -> list[str]:
    """Return the tags to send: the user's own, then the digest of the content if there is one, then the key."""
    return [*tags, *([CONTENT_MARK + content] if content else []), tag_of(key)]


def is_minted(key: str) -> bool:
    """Return whether a key has the form of those that this library makes."""
    return MINTED_FORM.fullmatch(key) is not None


def tag_of(key: str) -> str:
    """Return the tag in which a key travels: one that this library made has a form of its own, others are marked."""
    return key if is_minted(key) else KEY_MARK + key


def has_key(tags: object, key: str) -> bool:
    """Return whether the tags that a provider sent, whatever they are, have a key, and not as a tag of the user's."""
    return sent_key(tags) == key


def sent_key(tags: object) -> str | None:
    """Return the key among the tags that a provider sent, whatever they are."""
    if not isinstance(tags, list | tuple):
        return None
    return key_among(tag for tag in cast("list[object]", tags) if isinstance(tag, str))


def key_among(tags: Iterable[str]) -> str | None:
    """Return the key among a job's tags; None if it was not submitted by this library.

    A tag of the user's own may look like a key that this library made: the last one counts, since ours comes last, and
    none where there is a marked one.
    """
    return tags_and_key(tags)[1]


def _key_tag(tags: Sequence[str]) -> str | None:
    minted: str | None = None
    for tag in reversed(tags):
        if tag.startswith(KEY_MARK):
            return tag
        if minted is None and is_minted(tag):
            minted = tag
    return minted


def content_among(tags: object) -> str | None:
    """Return the digest of the content among the tags that a provider sent; None without one that can be compared."""
    if not isinstance(tags, list | tuple):
        return None
    mark = CONTENT_MARK + CONTENT_VERSION
    texts = (tag for tag in cast("list[object]", tags) if isinstance(tag, str))
    return next((tag.removeprefix(CONTENT_MARK) for tag in texts if tag.startswith(mark)), None)


def library_tags(tags: Iterable[str]) -> tuple[str, ...]:
    """Return the tags of this library among a job's tags."""
    tags = tuple(tags)
    key = _key_tag(tags)
    return tuple(tag for tag in tags if tag == key or tag.startswith((KEY_MARK, CONTENT_MARK)))


def own_tags(tags: Iterable[str]) -> tuple[str, ...]:
    """Return the user's own tags among a job's tags."""
    return tags_and_key(tags)[0]


def tags_and_key(tags: Iterable[str]) -> tuple[tuple[str, ...], str | None]:
    """Return the user's own tags among a job's tags, and the key, as `key_among` does."""
    tags = tuple(tags)
    # All tags of this library begin alike. Most jobs have none of them, or the key that it made, as the last one.
    own, last = tags[:-1], tags[-1] if tags else ""
    if MINTED_FORM.fullmatch(last):
        if MINTED_PREFIX not in "\n".join(own):
            return own, last
    elif MINTED_PREFIX not in "\n".join(tags):
        return tags, None
    ours = [tag for tag in tags if tag.startswith(MINTED_PREFIX)]
    tag = _key_tag(ours)
    own = tuple([other for other in tags if other != tag and not other.startswith((KEY_MARK, CONTENT_MARK))])
    return own, None if tag is None else tag.removeprefix(KEY_MARK)


def content_of(
    programs: Sequence[Program], *, shots: object = None, parameters: object = None, options: object = None
) -> str:
    """Return a digest of what a submit runs, to compare with that of another submit with the same key.

    Name, tags, session and device are not part of it: the first two are labels, a session is a place to run, and the
    device is compared by itself, since it has several names.
    """
    parts = [[[program.format.value, program.text] for program in programs]]
    try:
        text = _encode(parts + [_plain(part) for part in (shots, parameters, options)])
    except RecursionError:
        raise ValidationError("the parameters are nested too deeply", fields=("parameters",)) from None
    return CONTENT_VERSION + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:20]


def _plain(value: Any) -> Any:
    """Return a value in JSON types, the same for values that mean the same."""
    if value.__class__ in PLAIN or isinstance(value, (str, bool)):
        return value
    if isinstance(value, int | float):
        return int(value) if isinstance(value, int) or value.is_integer() else float(value)
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in cast("Sequence[object]", value)]
    if isinstance(value, timedelta):
        return _plain(value.total_seconds())
    if isinstance(value, Mapping):
        items = cast("Mapping[object, object]", value).items()
        # Parameters of Qiskit have their names in an attribute.
        return {str(getattr(name, "name", name)): _plain(item) for name, item in items}
    if isinstance(value, set | frozenset):
        return sorted(str(item) for item in cast("frozenset[object]", value))
    if hasattr(value, "tolist"):
        return _plain(value.tolist())
    if isinstance(identifier := getattr(value, "id", None), str):
        return identifier
    if is_dataclass(value) and not isinstance(value, type):
        # What is None is left out, so that a new option does not change the digest of a submit without it.
        named = {field.name: getattr(value, field.name) for field in fields(value)}
        return {name: _plain(item) for name, item in named.items() if item is not None}
    return str(value)
