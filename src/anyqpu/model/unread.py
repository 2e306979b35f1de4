"""Snapshots whose fields are mapped from what a provider sent when one of them is first used.

Until then a snapshot has a class of its own, in which each of these fields is a property. So nothing is checked where a
field of another snapshot is used, and the first use of one takes a third of the time that `__getattr__` needs.
To `__class__` and `isinstance` a snapshot is always of the class that it gets in the end.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import FrozenInstanceError
from functools import cache
from typing import Any

set_class: Callable[[Any, type[Any]], None] = vars(object)["__class__"].__set__


@cache
def stages_of(kind: type[Any]) -> tuple[type[Any], type[Any]]:
    """Return the classes that snapshots of a class have before it: while fields are set, and then until one is used.

    Setting them takes a tenth of the time that a frozen class needs: the interpreter has a short way for classes that
    have neither `__setattr__` nor `__delattr__` of their own. The class has a slot `_read` for what does it.
    """
    owner: Any = next(base for base in kind.__mro__ if vars(base).get("__slots__"))
    names = frozenset(owner.__slots__) - {"id", "raw", "raw_status"}

    def read(snapshot: Any) -> Any:
        mapping, raw = snapshot._read, snapshot.raw
        try:
            set_class(snapshot, draft)
            mapping(raw, snapshot)
        except FrozenInstanceError:
            # Another thread read the snapshot at the same time, and was faster.
            return
        except BaseException:
            # The next use of a field reads all of them again.
            set_class(snapshot, unread)
            raise
        set_class(snapshot, kind)

    def attribute(snapshot: Any, name: str) -> Any:
        # Another thread is setting the fields.
        if name not in names:
            raise AttributeError(f"{kind.__name__!r} object has no attribute {name!r}", name=name, obj=snapshot)
        read(snapshot)
        return getattr(snapshot, name)

    def field(name: str) -> property:
        return property(lambda snapshot: read(snapshot) or getattr(snapshot, name))

    def refuse(_: Any, name: str, *__: Any) -> None:
        raise FrozenInstanceError(f"cannot change field {name!r}")

    def new(_: Any, *args: Any, **kwargs: Any) -> Any:
        return kind(*args, **kwargs)

    def before(**members: Any) -> type[Any]:
        named = {"__module__": kind.__module__, "__qualname__": kind.__qualname__, "__doc__": kind.__doc__}
        same = {"__slots__": (), "__new__": new, "__class__": property(lambda _: kind)}
        return type(kind.__name__, (kind,), {**named, **same, **members})

    draft = before(__setattr__=object.__setattr__, __delattr__=object.__delattr__, __getattr__=attribute)
    unread = before(__setattr__=refuse, __delattr__=refuse, **{name: field(name) for name in names})
    return draft, unread
