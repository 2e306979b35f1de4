"""An offline emulator of quantum clouds: real simulators behind the clouds' own HTTP interfaces.

It shares no code with the client package, so that the two are able to disagree. Names are imported on first
use: importing this package loads neither the web framework nor numpy.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .app import Emulator
    from .server import serve

    __version__: str

__all__ = ["Emulator", "__version__", "serve"]

_HOMES = {"Emulator": "app", "serve": "server"}


def __getattr__(name: str) -> Any:
    if name == "__version__":
        from importlib.metadata import version

        value: Any = version("anyqpu")
    elif name in _HOMES:
        value = getattr(importlib.import_module(f".{_HOMES[name]}", __name__), name)
    else:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals()[name] = value
    return value
