"""Snapshots with methods: a client is attached to them, and is never part of their data."""

from __future__ import annotations

from typing import Any, ClassVar, Generic, TypeVar

from anyqpu.errors import ClientStateError
from anyqpu.model.pictured import HtmlRepr, ShortRepr
from anyqpu.model.serialize import Serializable

A = TypeVar("A")


class Attached(ShortRepr, HtmlRepr, Serializable, Generic[A]):
    """A snapshot from a client, whose methods call that client.

    The client is not a field: `dataclasses.asdict`, copies and pickles leave it out, since it holds connections and
    credentials. Subclasses are frozen dataclasses with the `InitVar` `_actions`, prepared by `keep_client`.
    """

    __slots__ = ("_attached",)
    _attached: A | None
    _json_derived: ClassVar[tuple[str, ...]] = ("handle",)
    _get_with: ClassVar[str]
    """The calls that return the object with a client."""

    def __post_init__(self, _actions: A | None) -> None:
        object.__setattr__(self, "_attached", _actions)

    @property
    def _client(self) -> A:
        if self._attached is None:
            kind = type(self).__name__.lower()
            raise ClientStateError(
                f"this {kind} has no client",
                hint=f"It is a copy, or from a pickle or a dictionary: get it from a client, with {self._get_with}",
            )
        return self._attached

    def __reduce__(self) -> tuple[Any, ...]:
        names = type(self).__slots__
        return _rebuild, (type(self), {name: getattr(self, name) for name in names})


def _rebuild(kind: type[Any], values: dict[str, Any]) -> Any:
    return kind(**values)


def keep_client(kind: type[Any]) -> None:
    """Make `dataclasses.replace` keep the client: it reads an `InitVar` from the attribute of the same name."""
    kind._actions = property(lambda snapshot: snapshot._attached)
