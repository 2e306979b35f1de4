"""The check of what is released: what it says of archives that lack something, or have too much."""

from __future__ import annotations

import tarfile
import tomllib
import zipfile
from pathlib import Path

import pytest

from scripts.dist_check import contents, environments, smoke
from scripts.dist_check.building import ROOT, Built

OURS = [f"{package}/{name}" for package in contents.PACKAGES for name in ("__init__.py", "py.typed")]
WHEEL = [*OURS, "anyqpu/examples/bell.qasm", "anyqpu/examples/ghz3.qasm", "anyqpu-1.dist-info/licenses/LICENSE"]
TRACKED = [
    *("src/anyqpu/__init__.py", "src/anyqpu/py.typed", "src/anyqpu_emulator/__init__.py"),
    *(f"src/anyqpu_{name}/{file}" for name in ("cli", "pictures", "programs") for file in ("__init__.py", "py.typed")),
    *("src/anyqpu_emulator/py.typed", "generated/anyqpu_raw/__init__.py", "generated/anyqpu_raw/py.typed"),
    *("examples/bell.qasm", "examples/ghz3.qasm", "tests/conftest.py", "README.md"),
]
METADATA = """Metadata-Version: 2.4
Name: anyqpu
Version: 1
License-Expression: Apache-2.0
Requires-Python: >=3.11
Requires-Dist: httpx>=0.27
Requires-Dist: typer>=0.26; extra == 'cli'
Requires-Dist: numpy>=1.26; (python_version < '3.13') and extra == 'emulator'
Requires-Dist: numpy>=2.1; (python_version >= '3.13') and extra == 'emulator'
Requires-Dist: anyqpu[cli,emulator]; extra == 'all'
Requires-Dist: ruff==1.0; extra == 'all'
Provides-Extra: cli
Provides-Extra: emulator
Provides-Extra: all

"""


def test_a_wheel_with_all_that_it_should_have() -> None:
    assert contents.of_wheel(WHEEL, TRACKED) == []


@pytest.mark.parametrize(
    ("more", "less", "said"),
    [
        ([], ["anyqpu_raw/py.typed"], ["the wheel lacks anyqpu_raw/py.typed"]),
        ([], ["anyqpu/examples/bell.qasm"], ["the wheel lacks anyqpu/examples/bell.qasm"]),
        ([], ["anyqpu-1.dist-info/licenses/LICENSE"], ["the wheel lacks its licence"]),
        (["tests/conftest.py"], [], ["the wheel would install tests/conftest.py beside our packages"]),
        (["anyqpu/tests/x.py"], [], ["the wheel has anyqpu/tests/x.py"]),
        (["anyqpu/secret.txt"], [], ["the wheel has anyqpu/secret.txt, which git does not know"]),
    ],
)
def test_a_wheel_with_less_or_more(more: list[str], less: list[str], said: list[str]) -> None:
    found = contents.of_wheel([name for name in [*WHEEL, *more] if name not in less], TRACKED)
    assert set(said) <= set(found)
    assert all(any(name in line for name in [*more, *less, "licence"]) for line in found)


@pytest.fixture
def built(tmp_path: Path) -> Built:
    """Archives that have what is asked for; the wheel of the tree has another text in one file."""
    sdist, wheel, other = tmp_path / "a.tar.gz", tmp_path / "a.whl", tmp_path / "b.whl"
    with tarfile.open(sdist, "w:gz") as archive:
        for name in contents.SOURCE_NEEDS:
            if name != "LICENSE":
                archive.add(ROOT / "LICENSE", arcname=f"anyqpu-1/{name}")
    for path, text in ((wheel, ""), (other, "x = 1")):
        with zipfile.ZipFile(path, "w") as archive:
            for name in WHEEL:
                archive.writestr(name, text if name == "anyqpu/__init__.py" else "")
            archive.writestr("anyqpu-1.dist-info/METADATA", METADATA.replace("httpx>=0.27", "httpx"))
    return Built(sdist, wheel, other)


def test_archives_that_differ_or_lack_something(built: Built, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contents, "_tracked", list)
    assert contents.problems(built) == [
        "the source archive lacks LICENSE",
        "anyqpu/__init__.py differs between the wheel of the source archive and that of the tree",
        "httpx has no lowest version",
    ]


def test_what_an_extra_needs(built: Built) -> None:
    assert built.extras == ["cli", "emulator", "all"]
    assert built.requirements("", "3.11") == ["httpx"]
    assert built.requirements("emulator", "3.11") == ["httpx", "numpy>=1.26"]
    assert built.requirements("emulator", "3.13") == ["httpx", "numpy>=2.1"]
    # An extra that is made of others has theirs.
    assert built.requirements("all", "3.12") == ["httpx", "typer>=0.26", "numpy>=1.26", "ruff==1.0"]


def test_every_extra_has_work_to_do_and_every_dependency_a_floor() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert set(smoke.WORK) - {""} == set(project["optional-dependencies"]) - {"dev", "docs", "release"}
    assert set(environments.TESTED_EXTRAS) <= set(smoke.WORK)
    for each in environments.TESTS:
        assert (ROOT / each).exists(), each
