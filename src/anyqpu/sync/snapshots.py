"""Jobs and batches whose methods block.

They are subclasses with the same fields, so that displays, JSON, copies and pickles work as for the asynchronous ones.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from functools import cache, partial, wraps
from typing import Any, cast

from anyqpu.model.attached import Attached
from anyqpu.model.unread import stages_of
from anyqpu.sync.blocking import blocking_words, blocks, call_blocking, short, to_asynchronous, to_blocking
from anyqpu.sync.runner import Runner

AnyAttached = Attached[Any]


class Link:
    """What a blocking snapshot is attached to: the client's actions, and the event loop in which they run."""

    __slots__ = ("actions", "runner")

    def __init__(self, actions: Any, runner: Runner) -> None:
        self.actions = actions
        self.runner = runner

    def __getattr__(self, name: str) -> Any:
        if name in Link.__slots__:
            raise AttributeError(name)
        return getattr(self.actions, name)


def blocking_snapshot(snapshot: AnyAttached, runner: Runner) -> AnyAttached:
    """Return a job or batch whose methods block."""
    # Not `type(snapshot)`: another thread may be mapping the fields of a listed job.
    kind = snapshot.__class__
    if _asynchronous_kind(kind) is not kind:
        return snapshot
    actions = snapshot._attached  # pyright: ignore[reportPrivateUsage]
    link = Link(actions, runner) if hasattr(actions, "profile") and not _is_origin(actions) else actions
    return _copy(snapshot, snapshot_class(cast("Any", kind)), link, partial(to_blocking, runner=runner))


def asynchronous_snapshot(snapshot: AnyAttached) -> AnyAttached:
    """Return a job or batch whose methods are asynchronous, for a call in the event loop."""
    kind = _asynchronous_kind(snapshot.__class__)
    if kind is snapshot.__class__:
        return snapshot
    attached: Any = snapshot._attached  # pyright: ignore[reportPrivateUsage]
    return _copy(snapshot, kind, attached.actions if isinstance(attached, Link) else attached, to_asynchronous)


def _is_origin(actions: object) -> bool:
    from anyqpu.model.attached import Origin

    return isinstance(actions, Origin)


def _asynchronous_kind(kind: type[AnyAttached]) -> type[AnyAttached]:
    return cast("type[AnyAttached]", vars(kind).get("_asynchronous", kind))


def _copy(snapshot: AnyAttached, kind: type[Any], attached: object, convert: Callable[[Any], Any]) -> AnyAttached:
    """Return an object of another class with the same slots; slots without a value, mapped later, stay so."""
    if type(snapshot) is not snapshot.__class__:
        # A listed job whose fields are not mapped yet.
        kind = stages_of(cast("Any", kind))[1]
    copy = object.__new__(kind)
    for owner in kind.__mro__:
        for name in cast("tuple[str, ...]", vars(owner).get("__slots__", ())):
            # Not the attribute, which would map the fields.
            slot: Any = vars(owner)[name]
            try:
                value = slot.__get__(snapshot)
            except AttributeError:
                continue
            if name == "_attached":
                value = attached
            elif isinstance(value, tuple) and value and isinstance(value[0], Attached):
                value = convert(value)
            slot.__set__(copy, value)
    return cast("AnyAttached", copy)


def _blocking_method(function: Any) -> Any:
    @wraps(function)
    def call(self: Any, *arguments: Any, **keywords: Any) -> Any:
        link = self._client
        return call_blocking(link.runner, function, (self, *arguments), keywords)

    call.__doc__ = blocking_words(function.__doc__ or "")
    return short(call)


@cache
def snapshot_class(kind: type[AnyAttached]) -> type[AnyAttached]:
    """Return the blocking class of a class of snapshots."""
    members: dict[str, Any] = {
        name: _blocking_method(member)
        for name, member in inspect.getmembers_static(kind)
        if not name.startswith("_") and blocks(member)
    }

    def from_dict(cls: type[Any], data: Mapping[str, Any]) -> Any:
        restored = kind.from_dict(data)
        return _copy(restored, cls, restored._attached, partial(to_blocking, runner=cast("Any", None)))  # pyright: ignore[reportPrivateUsage]

    from_dict.__doc__ = kind.from_dict.__doc__

    def reduce(self: AnyAttached) -> tuple[Any, ...]:
        return _restored, asynchronous_snapshot(self).__reduce__()

    return type(
        kind.__name__,
        (kind,),
        {
            **members,
            "__slots__": (),
            "__module__": "anyqpu.sync",
            "__doc__": kind.__doc__,
            "_asynchronous": kind,
            "from_dict": classmethod(from_dict),
            "__reduce__": reduce,
        },
    )


def _restored(function: Any, arguments: tuple[Any, ...]) -> AnyAttached:
    """Return a snapshot from a copy or pickle, which has no client."""
    snapshot: AnyAttached = function(*arguments)
    return blocking_snapshot(snapshot, cast("Any", None))
