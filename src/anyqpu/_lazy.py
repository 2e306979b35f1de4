"""Modules that are imported when something of them is first used.

A process that makes one call should not pay for what that call does not touch. Type checkers see a plain import, under
`TYPE_CHECKING`; at run time its place is taken by one of these.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from typing import Any


class LazyModule:
    """A module, as far as reading its names goes."""

    def __init__(self, module: str) -> None:
        """`module` is its full name, such as `anyqpu.providers.kipu.mapping`."""
        self.__module = module

    def __getattr__(self, name: str) -> Any:
        value = getattr(importlib.import_module(self.__module), name)
        # The next time it is found without coming here.
        setattr(self, name, value)
        return value

    def __repr__(self) -> str:
        return f"<{self.__module}, imported when it is used>"


def lazy_names(package: str, modules: Mapping[str, str]) -> Callable[[str], Any]:
    """Return a package's `__getattr__`, which imports its public names when they are used.

    Args:
        package: Name of the package.
        modules: Module of each name, relative to the package.
    """

    def get(name: str) -> Any:
        if name not in modules:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        return getattr(importlib.import_module(f"{package}.{modules[name]}"), name)

    return get
