"""Snapshots that can act: their client is attached to them, and never part of their data."""

from __future__ import annotations

from typing import Any, ClassVar, Generic, TypeVar

from anyqpu.errors import ClientStateError
from anyqpu.model.pictured import HtmlRepr
from anyqpu.model.serialize import Serializable

A = TypeVar("A")


class Attached(HtmlRepr, Serializable, Generic[A]):
    """What came from a client, and asks it for more.

    The client is not a field: `dataclasses.asdict`, copies and pickles leave it out, since it holds connections and
    credentials. Subclasses are frozen dataclasses that take it as `_actions`, an `InitVar`; `attached` prepares them.
    """

    __slots__ = ("_attached",)
    _attached: A | None
    _json_derived: ClassVar[tuple[str, ...]] = ("handle",)
    _get_with: ClassVar[str]
    """The calls that get it from a client again."""

    def __post_init__(self, _actions: A | None) -> None:
        object.__setattr__(self, "_attached", _actions)

    @property
    def _client(self) -> A:
        if self._attached is None:
            kind = type(self).__name__.lower()
            raise ClientStateError(
                f"this {kind} has no client",
                hint=f"It was copied or unpickled: get it from a client, with {self._get_with}",
            )
        return self._attached

    def __reduce__(self) -> tuple[Any, ...]:
        names = type(self).__slots__
        return _rebuild, (type(self), {name: getattr(self, name) for name in names})


def _rebuild(kind: type[Any], values: dict[str, Any]) -> Any:
    return kind(**values)


def attached(kind: type[Any]) -> None:
    """Let `dataclasses.replace` keep the client: it reads the value of an `InitVar` from the attribute of its name."""
    kind._actions = property(lambda snapshot: snapshot._attached)
