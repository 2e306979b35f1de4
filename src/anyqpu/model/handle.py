"""A job's address, for picking it up again later or elsewhere."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, cast
from urllib.parse import parse_qsl, quote, urlencode

from anyqpu.errors import ValidationError

EXAMPLE = "It looks like anyqpu:kipu:job:5904a9f2-..."


@dataclass(frozen=True, slots=True)
class JobHandle:
    """What it takes to find a job again and to read its result; never a credential.

    `str(handle)` is short, and enough for `anyqpu.resume`; `handle.to_json()` has every field. `JobHandle.parse` takes
    both. Two handles are equal if they stand for the same job.

    Attributes:
        kind: `job`, or `batch`, `process`, `workload` for what is awaited in the same way.
        session_id: The session that it is in.
        profile: The profile of your configuration file under which it was submitted.
        created_at: When it was submitted, in UTC.
        dedup_key: The key under which this library submitted it.
        decode: What it takes to read the result and the cloud does not keep, such as which bit is whose.
    """

    provider: str
    id: str
    kind: str = "job"
    session_id: str | None = field(default=None, compare=False)
    profile: str | None = field(default=None, compare=False)
    created_at: datetime | None = field(default=None, compare=False)
    dedup_key: str | None = field(default=None, compare=False)
    decode: Mapping[str, Any] = field(default_factory=dict[str, Any], compare=False)

    def __str__(self) -> str:
        details = {"profile": self.profile, "decode": _compact(self.decode) if self.decode else None}
        query = urlencode({name: value for name, value in details.items() if value}, quote_via=quote)
        return f"anyqpu:{self.provider}:{self.kind}:{self.id}" + (f"?{query}" if query else "")

    def to_json(self) -> str:
        """The handle with every field, as one line of JSON."""
        fields = {
            "provider": self.provider,
            "kind": self.kind,
            "id": self.id,
            "session_id": self.session_id,
            "profile": self.profile,
            "created_at": self.created_at.isoformat() if self.created_at else None,
            "dedup_key": self.dedup_key,
            "decode": dict(self.decode) or None,
        }
        return _compact({name: value for name, value in fields.items() if value is not None})

    @classmethod
    def parse(cls, text: str) -> JobHandle:
        """The handle that `text` stands for, either form of it; raises `ValidationError` if it is none."""
        if text.lstrip().startswith("{"):
            return cls._of_json(text)
        address, _, query = text.strip().partition("?")
        match address.split(":", 3):
            case ["anyqpu", provider, kind, identifier] if provider and kind and identifier:
                details = dict(parse_qsl(query))
                decode = _object(details["decode"]) if "decode" in details else {}
                return cls(provider, identifier, kind, profile=details.get("profile"), decode=decode)
            case _:
                raise ValidationError(f"{text!r} is no job handle", hint=EXAMPLE, fields=("handle",))

    @classmethod
    def _of_json(cls, text: str) -> JobHandle:
        fields = _object(text)
        texts = {name: fields.get(name) for name in ("provider", "id", "session_id", "profile", "dedup_key")}
        moment, decode = fields.get("created_at"), fields.get("decode", {})
        wrong = [name for name, value in texts.items() if value is not None and not isinstance(value, str)]
        if wrong or not texts["provider"] or not texts["id"] or not isinstance(decode, dict):
            raise ValidationError("this JSON is no job handle: it needs provider and id", fields=("handle",))
        try:
            created = datetime.fromisoformat(moment) if moment else None
        except (TypeError, ValueError) as error:
            raise ValidationError(f"created_at of the handle is no time: {moment!r}", fields=("handle",)) from error
        kind = str(fields.get("kind") or "job")
        return cls(**texts, kind=kind, created_at=created, decode=cast("dict[str, Any]", decode))  # type: ignore[arg-type]


def _compact(value: Mapping[str, Any]) -> str:
    return json.dumps(dict(value), separators=(",", ":"), sort_keys=True)


def _object(text: str) -> dict[str, Any]:
    try:
        value: Any = json.loads(text)
    except ValueError as error:
        raise ValidationError(f"the handle holds no JSON: {error}", hint=EXAMPLE, fields=("handle",)) from error
    if not isinstance(value, dict):
        raise ValidationError("the handle holds no JSON object", hint=EXAMPLE, fields=("handle",))
    return cast("dict[str, Any]", value)
