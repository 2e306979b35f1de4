"""Blocking forms of asynchronous objects, made at run time from their classes.

`anyqpu_sync` has the same classes for type checkers, written by `python -m scripts.sync`.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import is_dataclass, replace
from functools import cache, partial, wraps
from typing import Any, ClassVar, cast

from anyqpu import _tracebacks
from anyqpu.errors import AnyQPUError
from anyqpu.model.attached import Attached
from anyqpu.model.batch import BatchResults
from anyqpu.model.items import Items
from anyqpu.sync.blocks import Block, Stream
from anyqpu.sync.loops import outside
from anyqpu.sync.runner import EventLoop, Runner

NAMES = {
    "__aenter__": "__enter__",
    "__aexit__": "__exit__",
    "__aiter__": "__iter__",
    "__anext__": "__next__",
    "aclose": "close",
}
"""Names of asynchronous methods whose blocking form has another."""
ASYNCHRONOUS = re.compile(r"\b(Async\w+|AbstractAsync\w+|Awaitable|Coroutine|Pager|RawPager|\w+Block)\b")
"""What annotations of asynchronous results contain."""
_WORDS = ((re.compile(r"\basync (with|for)\b"), r"\1"), (re.compile(r"\bawait (?=[\w(])"), ""))


def blocking_words(text: str) -> str:
    """Return a docstring or hint in the words of blocking code: `with` for `async with`."""
    for pattern, replacement in _WORDS:
        text = pattern.sub(replacement, text)
    return text


class Blocking:
    """An asynchronous object, whose methods block."""

    __slots__ = ("__weakref__", "_block", "_iterator", "_runner", "_target")
    _kind: ClassVar[type[Any]] = object

    def __init__(self, target: Any, runner: Runner) -> None:
        self._target = target
        self._runner = runner
        self._block: Block | None = None

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}", name=name, obj=self)
        return to_blocking(getattr(self._target, name), self._runner)

    def __dir__(self) -> list[str]:
        names = {NAMES.get(name, name) for name in dir(self._target) if not name.startswith("_")}
        return sorted({*super().__dir__(), *names})

    def __repr__(self) -> str:
        return blocking_words(repr(self._target))

    def _repr_html_(self) -> str | None:
        display = getattr(self._target, "_repr_html_", None)
        return None if display is None else blocking_words(display())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Blocking) and other._target == self._target

    def __hash__(self) -> int:
        return hash(self._target)

    def __reduce__(self) -> Any:
        return self._target.__reduce__()


def is_asynchronous(kind: type[Any]) -> bool:
    """Return whether objects of a class have a blocking form."""
    return not issubclass(kind, type) and _is_asynchronous(cast("Any", kind))


@cache
def _is_asynchronous(kind: type[Any]) -> bool:
    if kind.__module__ in {"builtins", "datetime", "decimal"} or is_dataclass(kind) or issubclass(kind, Exception):
        return issubclass(kind, Attached)
    if any(hasattr(kind, name) for name in NAMES):
        return True
    return any(blocks(member) for name, member in inspect.getmembers_static(kind) if not name.startswith("_"))


def blocks(function: object) -> bool:
    """Return whether a function of a class returns something asynchronous."""
    if not inspect.isfunction(function):
        return False
    returns = str(getattr(function, "__annotations__", {}).get("return", ""))
    return inspect.iscoroutinefunction(function) or bool(ASYNCHRONOUS.search(returns))


def to_blocking(value: Any, runner: Runner) -> Any:
    """Return the blocking form of what an asynchronous method returns; other values are returned as they are."""
    kind: type[Any] = cast("type[Any]", type(value))
    if kind in (list, tuple, Items):
        return _converted(kind, value, lambda item: to_blocking(item, runner))
    if isinstance(value, Attached):
        from anyqpu.sync.snapshots import blocking_snapshot

        return blocking_snapshot(cast("Any", value), runner)
    if isinstance(value, BatchResults):
        return BatchResults(to_blocking(value.batch, runner), dict(value), value.failures)
    if inspect.isasyncgen(value):
        return BlockingStream(Stream(runner.start, cast("Any", value)), runner)
    if inspect.ismethod(value) or inspect.isfunction(value):
        return _blocking_function(value, runner)
    if is_asynchronous(kind):
        return blocking_class(cast("Any", kind))(value, runner)
    if is_dataclass(value) and not isinstance(value, type):
        return _blocking_fields(value, runner)
    return value


def _blocking_fields(value: Any, runner: Runner) -> Any:
    """Return a dataclass whose fields that have jobs have blocking ones."""
    fields: dict[str, Any] = {
        name: getattr(value, name) for name in cast("Mapping[str, Any]", value.__dataclass_fields__) if name != "raw"
    }
    changed = {
        name: to_blocking(field, runner)
        for name, field in fields.items()
        if isinstance(field, list | tuple) and field and isinstance(field[0], Attached)
    }
    return replace(value, **changed) if changed else value


def to_asynchronous(value: Any) -> Any:
    """Return the asynchronous form of an argument; other values are returned as they are."""
    if isinstance(value, Blocking):
        return value._target  # pyright: ignore[reportPrivateUsage]
    if isinstance(value, Attached):
        from anyqpu.sync.snapshots import asynchronous_snapshot

        return asynchronous_snapshot(cast("Any", value))
    kind: type[Any] = cast("type[Any]", type(value))
    return _converted(kind, value, to_asynchronous) if kind in (list, tuple, set, frozenset, Items) else value


def _converted(kind: Any, items: Iterable[Any], convert: Callable[[Any], Any]) -> Any:
    """Return a collection of converted items; the same one if that changes none."""
    pairs = [(item, convert(item)) for item in items]
    return kind(new for _, new in pairs) if any(new is not old for old, new in pairs) else items


def _arguments(
    function: Any, runner: Runner, arguments: tuple[Any, ...], keywords: dict[str, Any]
) -> tuple[list[Any], dict[str, Any]]:
    """Return the arguments of an asynchronous function, whose callbacks get blocking objects."""
    callbacks = _callbacks(getattr(function, "__func__", function))
    converted = {
        name: _callback(value, runner) if name in callbacks and callable(value) else to_asynchronous(value)
        for name, value in keywords.items()
    }
    return [to_asynchronous(argument) for argument in arguments], converted


@cache
def _callbacks(function: Any) -> frozenset[str]:
    """Return the names of the parameters that are functions without a result to wait for."""
    notes: Mapping[str, Any] = getattr(inspect.unwrap(function), "__annotations__", {})
    return frozenset(name for name, note in notes.items() if "Callable" in str(note) and "Awaitable" not in str(note))


def _callback(function: Callable[..., Any], runner: Runner) -> Callable[..., Any]:
    def call(*arguments: Any) -> Any:
        return to_asynchronous(function(*(to_blocking(argument, runner) for argument in arguments)))

    return call


def call_blocking(runner: Runner, function: Any, arguments: tuple[Any, ...], keywords: dict[str, Any]) -> Any:
    """Call a function; what it returns is awaited, and converted to its blocking form."""
    converted, options = _arguments(function, runner, arguments, keywords)
    prepared = partial(function, *converted, **options)
    if inspect.iscoroutinefunction(inspect.unwrap(getattr(function, "__func__", function))):
        return to_blocking(runner.call(prepared), runner)
    value = runner.read(prepared)
    return to_blocking(runner.call(partial(_awaited, value)) if inspect.isawaitable(value) else value, runner)


async def _awaited(value: Any) -> Any:
    return await value


def short(function: Callable[..., Any]) -> Callable[..., Any]:
    """Make a function raise errors of this package, and interrupts, without the frames below it."""

    @wraps(function)
    def call(*arguments: Any, **keywords: Any) -> Any:
        try:
            return function(*arguments, **keywords)
        except (AnyQPUError, KeyboardInterrupt) as error:
            problem = _tracebacks.shortened(error)
            if not isinstance(problem, AnyQPUError):
                _tracebacks.shorten_display(problem)
            elif type(problem.hint) is str:
                problem.hint = blocking_words(problem.hint)
        raise problem

    return call


def _blocking_function(function: Any, runner: Runner) -> Callable[..., Any]:
    """Return the blocking form of a function, or of a bound method."""

    @wraps(function)
    def call(*arguments: Any, **keywords: Any) -> Any:
        return call_blocking(runner, function, arguments, keywords)

    return _documented(short(call))


def _documented(function: Callable[..., Any]) -> Callable[..., Any]:
    if function.__doc__:
        function.__doc__ = blocking_words(function.__doc__)
    return function


def _blocking_method(function: Any) -> Any:
    """Return the blocking form of a method of a class."""

    @wraps(function)
    def call(self: Blocking, *arguments: Any, **keywords: Any) -> Any:
        bound = getattr(self._target, function.__name__)  # pyright: ignore[reportPrivateUsage]
        return call_blocking(self._runner, bound, arguments, keywords)  # pyright: ignore[reportPrivateUsage]

    return _documented(short(call))


def _blocking_property(name: str, member: Any) -> property:
    def get(self: Blocking) -> Any:
        runner = self._runner  # pyright: ignore[reportPrivateUsage]
        return to_blocking(runner.read(partial(getattr, self._target, name)), runner)  # pyright: ignore[reportPrivateUsage]

    return property(short(get), doc=blocking_words(member.__doc__ or ""))


@cache
def blocking_class(kind: type[Any]) -> type[Any]:
    """Return the class of the blocking forms of objects of a class."""
    if issubclass(kind, Attached):
        from anyqpu.sync.snapshots import snapshot_class

        return snapshot_class(cast("Any", kind))
    members: dict[str, Any] = {}
    for name, member in inspect.getmembers_static(kind):
        if name.startswith("_") or name == "aclose":
            # The block of an object closes it.
            continue
        if inspect.isfunction(member):
            members[NAMES.get(name, name)] = _blocking_method(member)
        elif isinstance(member, property) or inspect.isdatadescriptor(member):
            members[name] = _blocking_property(name, member)
    bases: tuple[type[Any], ...] = (Blocking,)
    if hasattr(kind, "__aiter__"):
        bases = (_Iteration, *bases)
    if hasattr(kind, "__aenter__"):
        bases = (_ClosingBlock if hasattr(kind, "aclose") else _Block, *bases)
    names = {"__slots__": (), "__module__": "anyqpu.sync", "__doc__": blocking_words(kind.__doc__ or ""), "_kind": kind}
    return type(kind.__name__, bases, {**names, **members})


class _Iteration:
    """`for` over an object that has `async for`."""

    __slots__ = ()

    def __iter__(self: Any) -> Any:
        iterator = self._target.__aiter__()
        return self if iterator is self._target else to_blocking(iterator, self._runner)

    @short
    def __next__(self: Any) -> Any:
        try:
            return to_blocking(self._runner.call(self._target.__anext__), self._runner)
        except StopAsyncIteration:
            pass
        raise StopIteration


class BlockingStream(Blocking):
    """The items of an asynchronous generator."""

    __slots__ = ()

    def __iter__(self) -> BlockingStream:
        return self

    def __next__(self) -> Any:
        return to_blocking(self._target.next(), self._runner)

    def close(self) -> None:
        """End it early."""
        self._target.close()


class _Block:
    """`with` on an object that has `async with`. A client's is that of its runner, which the first call enters too."""

    __slots__ = ()

    @short
    def __enter__(self: Any) -> Any:
        if self._runner.owns(self._target):
            self._runner.open()
            return self
        self._block = Block(self._runner.start, self._target)
        value = self._block.enter()
        return self if value is self._target else to_blocking(value, self._runner)

    @short
    def __exit__(self: Any, *details: Any) -> Any:
        return self._runner.close(details) if self._runner.owns(self._target) else self._block.exit(*details)


class _ClosingBlock(_Block):
    """A block that can be left without `with`."""

    __slots__ = ()

    @short
    def close(self: Any) -> None:
        """Close the connections, and sessions that `submit` opened and whose jobs have ended; end the thread.

        Jobs keep running, and so do their sessions: these end when they have been idle for their limit. Closing again
        does nothing. Calls in other threads are cancelled, and raise `ClientStateError`.
        """
        if self._runner.owns(self._target):
            self._runner.close()
        else:
            self._runner.call(self._target.aclose)


def constructed(kind: type[Any], name: str) -> type[Any]:
    """Return a blocking class whose objects a user makes, with the arguments of the asynchronous class.

    It takes `event_loop` besides, and blocking clients in the place of asynchronous ones. `name` is for messages.
    """

    def start(self: Blocking, *arguments: Any, event_loop: EventLoop = "asyncio", **options: Any) -> None:
        try:
            positional = [to_asynchronous(argument) for argument in arguments]
            target = outside(lambda: kind(*positional, **options))
        finally:
            # Credentials must not be seen in a traceback with local variables.
            options.clear()
        Blocking.__init__(self, target, Runner(target, event_loop, name=name))

    members = {
        "__slots__": (),
        "__module__": "anyqpu.sync",
        "__init__": start,
        "__doc__": blocking_words(kind.__doc__ or ""),
        "close": _ClosingBlock.close,
    }
    return type(kind.__name__, (blocking_class(cast("Any", kind)),), members)
