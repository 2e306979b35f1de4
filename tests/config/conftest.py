"""A home directory of its own for every test, and a canary that must never be heard."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Protocol

import pytest

from anyqpu import config
from anyqpu.errors import ConfigError

CANARY = "canary-5f1e0c"


class Resolve(Protocol):
    def __call__(
        self, provider: str, environ: Mapping[str, str] = ..., profile: str | None = ..., **arguments: str | None
    ) -> config.Settings: ...


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def resolve(home: Path) -> Resolve:
    def resolved(
        provider: str, environ: Mapping[str, str] = {}, profile: str | None = None, **arguments: str | None
    ) -> config.Settings:
        return config.resolve(provider, arguments, profile=profile, environ=environ, home=home)

    return resolved


@pytest.fixture
def write(home: Path) -> Callable[[str, str | bytes], Path]:
    """Writes a file below the home directory."""

    def written(name: str, content: str | bytes) -> Path:
        path = home / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return written


def refused(resolve: Resolve, provider: str, environ: Mapping[str, str] = {}, profile: str | None = None) -> str:
    """What is said of a configuration that is wrong, in which CANARY is the secret."""
    with pytest.raises(ConfigError) as caught:
        resolve(provider, environ, profile)
    error = caught.value
    assert error.provider == provider
    assert CANARY not in f"{error!s}{error!r}"
    assert error.__context__ is None
    assert error.__cause__ is None
    # What a report with local variables would show of our own frames.
    entry = error.__traceback__
    while entry is not None:
        # By module, not by path: the folder of a clone may be called anyqpu too, and this frame has the secret.
        if entry.tb_frame.f_globals.get("__name__", "").split(".")[0] == "anyqpu":
            assert CANARY not in repr(entry.tb_frame.f_locals)
        entry = entry.tb_next
    return str(error)
