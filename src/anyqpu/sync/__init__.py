"""The same clients without `await`, for scripts and notebooks.

    with anyqpu.sync.connect("kipu", emulator=True) as kipu:
        job = kipu.submit("bell.qasm", device="kipu.sim.qsim", shots=1000)
        print(job.result(timeout=60).counts)

Methods block; pagers and events are iterators; sessions are `with` blocks. All else is as in `anyqpu`.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from anyqpu_sync import *  # noqa: F403

CLASSES = {
    "Batch": "anyqpu.model.batch",
    "BatchResults": "anyqpu.model.batch",
    "Client": "anyqpu.core.client",
    "Fleet": "anyqpu.fleet",
    "ItemIterator": "anyqpu.paging",
    "Job": "anyqpu.model.job",
    "PageIterator": "anyqpu.paging",
    "Pager": "anyqpu.paging",
    "SessionBlock": "anyqpu.core.sessions",
    "Ticket": "anyqpu.fleet",
}
"""The module of the asynchronous class of each name. `python -m scripts.sync` writes their types."""
CONSTRUCTED: Mapping[str, str] = {"Fleet": "fleet"}
"""Those of them whose objects a user makes with the class, with the word for one in messages."""
_FUNCTIONS = ("connect", "resume")


# Hidden from type checkers, which would accept any name; the real ones are imported above.
if not TYPE_CHECKING:

    def __getattr__(name: str) -> Any:
        if name in _FUNCTIONS:
            value = getattr(import_module("anyqpu.sync.opening"), name)
        elif (asynchronous := _asynchronous(name)) is not None:
            blocking = import_module("anyqpu.sync.blocking")
            if name in CONSTRUCTED:
                value = blocking.constructed(asynchronous, CONSTRUCTED[name])
            else:
                value = (
                    blocking.blocking_class(asynchronous) if blocking.is_asynchronous(asynchronous) else asynchronous
                )
        else:
            raise AttributeError(f"module 'anyqpu.sync' has no attribute {name!r}")
        globals()[name] = value
        return value


def _asynchronous(name: str) -> type[Any] | None:
    """Return the asynchronous class of a name; that of a provider's client too."""
    if name in CLASSES:
        kind: type[Any] = getattr(import_module(CLASSES[name]), name)
        return kind
    if not name.endswith("Client"):
        return None
    from anyqpu.core.provider import load
    from anyqpu.core.registry import available_providers

    paths = (spec.client for spec in available_providers().values())
    return next((load(path) for path in paths if path.rpartition(":")[2] == name), None)


def __dir__() -> list[str]:
    return sorted([*globals(), *CLASSES, *_FUNCTIONS])
