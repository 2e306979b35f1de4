"""Runs a program where some packages are not installed: `python without.py PACKAGE,... PROGRAM`."""

from __future__ import annotations

import sys
from typing import Any


class Without:
    """A finder of modules that does not find some packages, as where they are not installed."""

    def __init__(self, finder: Any, packages: frozenset[str]) -> None:
        self._finder = finder
        self._packages = packages

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> Any:
        if name.partition(".")[0] in self._packages:
            return None
        return self._finder.find_spec(name, path, target)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._finder, name)


if __name__ == "__main__":
    packages = frozenset(sys.argv[1].split(","))
    # Whatever has loaded them: a module that is loaded is found without a finder.
    for name in [name for name in sys.modules if name.partition(".")[0] in packages]:
        del sys.modules[name]
    assert not [name for name in sys.modules if name.startswith("anyqpu")]
    sys.meta_path[:] = [Without(finder, packages) for finder in sys.meta_path]
    program, sys.argv[1:] = sys.argv[2], []
    exec(compile(program, "<program>", "exec"), {"__name__": "__main__"})
