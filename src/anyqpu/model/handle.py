"""Job handles, for resuming a job later or in another process."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, ClassVar, NoReturn, cast
from urllib.parse import parse_qsl, quote, unquote

from anyqpu.errors import ValidationError
from anyqpu.model.serialize import Serializable

EXAMPLE = "Such as anyqpu:kipu:job:5904a9f2-..."
# Far more than any handle needs.
LONGEST = 2**20
DEEPEST = 100
MOST_DETAILS = 30
# Begins the name of an account's setting in a handle's text.
ACCOUNT = "account."
# Fields that are texts.
TEXTS = ("provider", "id", "kind", "session_id", "profile", "dedup_key", "base_url")
# Characters that are not quoted in an identifier; `?` and `%` have a meaning in a handle.
SAFE = "!$&'()*+,/:;=@~"
_UNQUOTED = re.compile(r"[A-Za-z0-9_.~-]*")


@dataclass(frozen=True, slots=True)
class JobHandle(Serializable):
    """The address of a job, with what decoding its result needs. It contains no credential.

    `str(handle)` is printable ASCII and sufficient for `anyqpu.resume`; `handle.to_json()` has every field.
    `JobHandle.parse` reads both, also those of earlier releases, which have fewer fields. Two handles are equal if they
    refer to the same job.

    Attributes:
        kind: `job`, or another kind that is awaited in the same way: `batch`, `process`, `workload`.
        session_id: The job's session.
        profile: The profile of your configuration file that the submit used.
        created_at: The time of the submit, in UTC.
        dedup_key: The idempotency key of the submit, also as `key`.
        account: The settings that say whose job it is, such as `project_id`. None of them is a credential.
        base_url: The address of the provider's API, where it is not the usual one: a region, an emulator. It is data
            from outside: credentials are only sent there if it is the address of your own client.
        decode: What decoding the result needs and the provider does not store, such as the bit order.
    """

    provider: str
    id: str
    kind: str = "job"
    session_id: str | None = field(default=None, compare=False)
    profile: str | None = field(default=None, compare=False)
    created_at: datetime | None = field(default=None, compare=False)
    dedup_key: str | None = field(default=None, compare=False)
    account: Mapping[str, str] = field(default_factory=dict[str, str], compare=False)
    base_url: str | None = field(default=None, compare=False)
    decode: Mapping[str, Any] = field(default_factory=dict[str, Any], compare=False)
    _json_keys: ClassVar[Mapping[str, str]] = {}

    @property
    def key(self) -> str | None:
        """The idempotency key of the submit."""
        return self.dedup_key

    @property
    def short(self) -> str:
        """The text without key, account and address, for people and the command line; sufficient to resume the job."""
        return self._text({})

    def __str__(self) -> str:
        account = {ACCOUNT + name: value for name, value in self.account.items()}
        return self._text({"key": self.dedup_key, **account, "base_url": self.base_url})

    def _text(self, origin: Mapping[str, str | None]) -> str:
        details = {
            "profile": self.profile,
            **origin,
            "decode": _compact(self.decode) if self.decode else None,
        }
        query = "&".join([f"{_quoted(name, ':/')}={_quoted(value, ':/')}" for name, value in details.items() if value])
        address = f"anyqpu:{_quoted(self.provider)}:{_quoted(self.kind)}:{_quoted(self.id, SAFE)}"
        return address + (f"?{query}" if query else "")

    def _to_json(self) -> str:
        # Within other objects a handle is its text.
        return str(self)

    def to_json(self) -> str:
        """Return the handle with every field, as one line of JSON."""
        fields = {
            "provider": self.provider,
            "kind": self.kind,
            "id": self.id,
            "session_id": self.session_id,
            "profile": self.profile,
            "created_at": self.created_at.isoformat() if self.created_at else None,
            "dedup_key": self.dedup_key,
            "account": dict(self.account) or None,
            "base_url": self.base_url,
            "decode": dict(self.decode) or None,
        }
        return _compact({name: value for name, value in fields.items() if value is not None})

    @classmethod
    def parse(cls, text: str) -> JobHandle:
        """Return the handle from its text or JSON.

        Raises:
            ValidationError: The text is not a job handle.
        """
        if not isinstance(text, str):  # pyright: ignore[reportUnnecessaryIsInstance]
            _refuse(f"expected a text, not {type(text).__name__}")
        if len(text) > LONGEST:
            _refuse(f"the text has more than {LONGEST} characters")
        _check_text("the text", text)
        handle = cls._from_json(text) if text.lstrip().startswith("{") else cls._from_address(text)
        for name in TEXTS:
            _check_text(name, getattr(handle, name) or "", null=True)
        for name, value in handle.account.items():
            _check_text("account", name + value, null=True)
        return handle

    @classmethod
    def _from_address(cls, text: str) -> JobHandle:
        address, _, query = text.strip().partition("?")
        match address.split(":", 3):
            case ["anyqpu", provider, kind, identifier] if provider and kind and identifier:
                pass
            case _:
                _refuse(repr(text if len(text) <= 100 else f"{text[:99]}…"))
        try:
            provider, kind, identifier = (unquote(part, errors="strict") for part in (provider, kind, identifier))
            details = dict(parse_qsl(query, errors="strict", max_num_fields=MOST_DETAILS))
        except ValueError:
            _refuse("an escape with % is not UTF-8")
        decode = _object(details["decode"]) if "decode" in details else {}
        return cls(
            provider,
            identifier,
            kind,
            profile=details.get("profile"),
            dedup_key=details.get("key"),
            account={
                name.removeprefix(ACCOUNT): value
                for name, value in details.items()
                if name.startswith(ACCOUNT) and name != ACCOUNT
            },
            base_url=_address(details.get("base_url")),
            decode=decode,
        )

    @classmethod
    def _from_json(cls, text: str) -> JobHandle:
        fields = _object(text)
        texts = {name: fields.get(name) for name in TEXTS}
        created_at: Any = fields.get("created_at")
        decode: Any = fields.get("decode") or {}
        account: Any = fields.get("account") or {}
        for name, value in texts.items():
            if value is not None and not isinstance(value, str):
                _refuse(f"{name} is not a text")
        if not texts["provider"] or not texts["id"]:
            _refuse("the JSON has no provider or no id")
        if not isinstance(decode, dict):
            _refuse("decode is not an object")
        if not isinstance(account, dict) or any(
            not isinstance(value, str) for value in cast("dict[str, object]", account).values()
        ):
            _refuse("account is not an object of texts")
        texts["base_url"] = _address(texts["base_url"])
        try:
            created = datetime.fromisoformat(created_at) if created_at is not None else None
        except (TypeError, ValueError):
            _refuse("created_at is not a time")
        if created is not None and created.tzinfo is None:
            created = created.replace(tzinfo=UTC)
        texts["kind"] = texts["kind"] or "job"
        return cls(
            **texts,  # type: ignore[arg-type]
            created_at=created,
            account=cast("dict[str, str]", account),
            decode=cast("dict[str, Any]", decode),
        )


def _refuse(reason: str) -> NoReturn:
    raise ValidationError(f"invalid job handle: {reason}", hint=EXAMPLE, fields=("handle",))


def _check_text(name: str, text: str, *, null: bool = False) -> None:
    """Refuse characters that requests and files cannot contain; `null` allows a null character, from %00."""
    if "\0" in text and not null:
        _refuse(f"{name} has a null character")
    try:
        text.encode()
    except UnicodeEncodeError:
        _refuse(f"{name} has a surrogate, half of a character")


def _address(text: str | None) -> str | None:
    """Return an address; refuse one that is not an address, or may hold a password."""
    if text is None:
        return None
    is_address = text.startswith(("https://", "http://")) and text.isascii() and text.isprintable()
    if not is_address or any(sign in text for sign in "@?#\\ "):
        _refuse("base_url is not an address without user name and query")
    return text


def _quoted(text: str, safe: str = "") -> str:
    # Most identifiers are as they are.
    return text if _UNQUOTED.fullmatch(text) else quote(text, safe=safe, errors="surrogatepass")


def _compact(value: Mapping[str, Any]) -> str:
    return json.dumps(dict(value), separators=(",", ":"), sort_keys=True)


def _object(text: str) -> dict[str, Any]:
    try:
        value: Any = json.loads(text)
    except (ValueError, RecursionError):
        # The parser's message is about a text that the user does not see.
        value = None
    if _levels(value) > DEEPEST:
        _refuse("the JSON is nested too deeply")
    if not isinstance(value, dict):
        _refuse("the JSON is not an object")
    return cast("dict[str, Any]", value)


def _levels(value: Any) -> int:
    """Return the nesting depth of lists and objects, at most `DEEPEST` + 1."""
    level: list[Any] = [value]
    for depth in range(DEEPEST + 1):
        level = [part for part in level if isinstance(part, dict | list)]
        if not level:
            return depth
        level = [
            inner
            for part in level
            for inner in (cast("dict[str, Any]", part).values() if isinstance(part, dict) else part)
        ]
    return DEEPEST + 1
