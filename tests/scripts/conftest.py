"""The client of the small document, generated once and imported as any package."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from scripts.generator import environment
from tests.conftest import USER_HOME
from tests.scripts.small import write_client
from tests.support import forks

Generate = Callable[[dict[str, Any], str], Any]


@pytest.fixture(autouse=True, scope="session")
def generator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The generator's environment, which `make test` has made already; pip reads the user's configuration."""
    with pytest.MonkeyPatch.context() as patch:
        if USER_HOME is not None:
            patch.setenv("HOME", USER_HOME)
        environment.ensure()
    with pytest.MonkeyPatch.context() as patch:
        if forks.can_run({}):
            folder = tmp_path_factory.mktemp("generator")
            patch.setattr(environment, "PYTHON", forks.shim(environment.PYTHON, "scripts.generator.build", folder))
        yield


@pytest.fixture(scope="session")
def client_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the generated client; its parent is a package with a name that nothing else has."""
    return write_client(tmp_path_factory.mktemp("generated") / f"raw_{uuid4().hex}")


@pytest.fixture(scope="session")
def small(client_folder: Path) -> Iterator[Callable[[str], Any]]:
    """`small("models")` imports that module of the generated client; `small("core")` is the shared runtime."""
    package = client_folder.parent.name
    sys.path.insert(0, str(client_folder.parent.parent))

    def get(name: str) -> Any:
        return import_module(f"{package}._core" if name == "core" else f"{package}.small.{name}")

    yield get
    sys.path.remove(str(client_folder.parent.parent))
    for name in [name for name in sys.modules if name.split(".")[0] == package]:
        del sys.modules[name]


@pytest.fixture
def client(tmp_path: Path) -> Iterator[Generate]:
    """`client(document, "models")` generates a client and imports a module of it."""
    package = f"raw_{uuid4().hex}"
    sys.path.insert(0, str(tmp_path))

    def get(source: dict[str, Any], module: str) -> Any:
        write_client(tmp_path / package, source)
        return import_module(f"{package}.small.{module}")

    yield get
    sys.path.remove(str(tmp_path))
