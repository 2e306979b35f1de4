"""Snapshots with methods: a client is attached to them, and is never part of their data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar, Generic, Self, TypeVar

from anyqpu.errors import ClientStateError, ValidationError
from anyqpu.model.handle import JobHandle
from anyqpu.model.pictured import HtmlRepr, ShortRepr
from anyqpu.model.serialize import Serializable

A = TypeVar("A")


@dataclass(frozen=True, slots=True)
class Origin:
    """What a copy keeps of its client: whose object it is and where, so that its handle says so too.

    Attributes:
        profile: The profile of the configuration file.
        account: The settings that say whose object it is.
        base_url: The address of the provider's API, where it is not the usual one.
    """

    profile: str | None = None
    account: Mapping[str, str] = field(default_factory=dict[str, str])
    base_url: str | None = None


class Attached(ShortRepr, HtmlRepr, Serializable, Generic[A]):
    """A snapshot from a client, whose methods call that client.

    The client is not a field: `dataclasses.asdict`, copies and pickles leave it out, since it holds connections and
    credentials. Subclasses are frozen dataclasses with the `InitVar` `_actions`, prepared by `keep_client`.
    """

    __slots__ = ("_attached",)
    _attached: A | Origin | None
    _json_derived: ClassVar[tuple[str, ...]] = ("handle",)
    _get_with: ClassVar[str]
    """The calls that return the object with a client."""

    def __post_init__(self, _actions: A | Origin | None) -> None:
        object.__setattr__(self, "_attached", _actions)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """Return the object that `to_dict` was called on, without its client and `raw`; see `Serializable`."""
        restored = super().from_dict(data)
        try:
            handle = JobHandle.parse(data["handle"])
        except (KeyError, ValidationError):
            # Not necessary: the fields say what the object is.
            return restored
        origin: Any = Origin(handle.profile, handle.account, handle.base_url)
        return replace(restored, _actions=origin)  # type: ignore[type-var]

    @property
    def _origin(self) -> Origin:
        """Whose object it is and where, as far as that is known."""
        client: Any = self._attached
        if client is None or isinstance(client, Origin):
            return client or Origin()
        return Origin(client.profile, client.account, client.base_url)

    @property
    def _client(self) -> A:
        if self._attached is None or isinstance(self._attached, Origin):
            kind = type(self).__name__.lower()
            raise ClientStateError(
                f"this {kind} has no client",
                hint=f"It is a copy, or from a pickle or a dictionary: get it from a client, with {self._get_with}",
            )
        return self._attached

    def __reduce__(self) -> tuple[Any, ...]:
        # Not `type(self)`: another thread may be mapping the fields of a listed job.
        names = self.__class__.__slots__
        return _rebuild, (self.__class__, {name: getattr(self, name) for name in names}, self._origin)


def _rebuild(kind: type[Any], values: dict[str, Any], origin: Origin | None = None) -> Any:
    return kind(**values, _actions=origin)


def keep_client(kind: type[Any]) -> None:
    """Make `dataclasses.replace` keep the client: it reads an `InitVar` from the attribute of the same name."""
    kind._actions = property(lambda snapshot: snapshot._attached)
