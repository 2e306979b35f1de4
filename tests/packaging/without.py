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
    # None may have come in with the interpreter: a module that is loaded is found without a finder.
    assert not packages & {name.partition(".")[0] for name in sys.modules}
    sys.meta_path[:] = [Without(finder, packages) for finder in sys.meta_path]
    program, sys.argv[1:] = sys.argv[2], []
    exec(compile(program, "<program>", "exec"), {"__name__": "__main__"})
