"""Emulated clouds of other packages, found by entry point (group `anyqpu.emulators`)."""

from __future__ import annotations

import logging
import sys
from collections.abc import Generator
from contextlib import contextmanager
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol

import sniffio

if TYPE_CHECKING:
    from .clouds import Cloud
    from .context import AppContext
    from .operations import Operation

GROUP = "anyqpu.emulators"
OWN = ("scaleway", "kipu", "pasqal", "rigetti")
"""The clouds of this package."""
_log = logging.getLogger("anyqpu_emulator")
_installed: list[CloudMaker] = []
_added: list[CloudMaker] = []


class CloudMaker(Protocol):
    """What an entry point leads to: it makes the cloud of each emulator. `anyqpu_emulator.stub.Stub` is one."""

    @property
    def name(self) -> str:
        """The name of the cloud, which is that of the entry point; its routes are below `/name`."""
        ...

    @property
    def operations(self) -> tuple[Operation, ...]:
        """Its operations, with paths that begin with `/name`."""
        ...

    def __call__(self, context: AppContext) -> Cloud:
        """Return the cloud of one emulator."""
        ...


def makers() -> tuple[CloudMaker, ...]:
    """Return the clouds of other packages, as of the last search, and those that were added."""
    return (*_installed, *_added)


def search() -> tuple[CloudMaker, ...]:
    """Search the import path for clouds of other packages, where it has changed, and return what `makers` does.

    A cloud that cannot be imported is logged and left out. In an event loop, which must not read files, nothing is
    searched; the first search is made when the emulator is imported.
    """
    try:
        sniffio.current_async_library()
    except sniffio.AsyncLibraryNotFoundError:
        _installed[:] = _search(tuple(sys.path))
    return makers()


@contextmanager
def added(*clouds: CloudMaker) -> Generator[None]:
    """Serve further clouds in emulators that are made within the block, as if their package was installed."""
    _added.extend(clouds)
    try:
        yield
    finally:
        for cloud in clouds:
            _added.remove(cloud)


@lru_cache(maxsize=8)
def _search(path: tuple[str, ...]) -> tuple[CloudMaker, ...]:
    from importlib.metadata import entry_points

    made: dict[str, CloudMaker] = {}
    for entry in entry_points(group=GROUP):
        if entry.name in made or entry.name in OWN:
            continue
        try:
            maker: CloudMaker = entry.load()
            if maker.name != entry.name:
                raise LookupError(f"it makes the cloud {maker.name!r}")
            made[entry.name] = maker
        except Exception as error:
            _log.warning("no emulator of %s: %s: %s: %s", entry.name, entry.value, type(error).__name__, error)
    return tuple(made.values())
