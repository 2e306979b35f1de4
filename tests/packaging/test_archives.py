"""The contents and metadata of the wheel and the source archive, both built here."""

from __future__ import annotations

import subprocess
import sys
import tarfile
import tomllib
import zipfile
from email.message import Message
from email.parser import Parser
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from anyqpu_cli.examples import EXAMPLES
from scripts import dist_check
from tests.packaging import smoke

ROOT = Path(__file__).parents[2]
# Where each folder of the repository is in the wheel.
PLACES = {
    "src/anyqpu/": "anyqpu/",
    "src/anyqpu_cli/": "anyqpu_cli/",
    "src/anyqpu_pictures/": "anyqpu_pictures/",
    "src/anyqpu_programs/": "anyqpu_programs/",
    "src/anyqpu_emulator/": "anyqpu_emulator/",
    "generated/anyqpu_raw/": "anyqpu_raw/",
    "generated/anyqpu_grpc/": "anyqpu_grpc/",
    "generated/anyqpu_sync/": "anyqpu_sync/",
    "examples/": "anyqpu/examples/",
}
IN_SOURCE_ARCHIVE = {
    *("LICENSE", "README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md", "Makefile", "pyproject.toml"),
    *("tests/conftest.py", "specs/kipu/final.json", "docs/cli.md", "examples/bell.qasm", ".pre-commit-config.yaml"),
    *("scripts/regenerate.py", "mkdocs.yml", ".ci/run"),
}


def build(root: Path, target: Path, *options: str) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "--directory", str(target), *options]
    subprocess.run(command, cwd=root, check=True, capture_output=True)


def read(wheel: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(wheel) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="module")
def archives(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the source archive and the wheel of this tree."""
    folder = tmp_path_factory.mktemp("archives")
    build(ROOT, folder)
    return folder


@pytest.fixture(scope="module")
def wheel(archives: Path) -> dict[str, bytes]:
    return read(next(archives.glob("*.whl")))


@pytest.fixture(scope="module")
def metadata(wheel: dict[str, bytes]) -> Message:
    return Parser().parsestr(next(data.decode() for name, data in wheel.items() if name.endswith("dist-info/METADATA")))


def test_the_wheel_has_the_files_of_its_packages_and_no_others(wheel: dict[str, bytes]) -> None:
    """What git ignores, tests, and packages beside ours would show here."""
    listed = ["git", "ls-files", "--cached", "--others", "--exclude-standard", *PLACES]
    names = subprocess.run(listed, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    expected = {
        place + name.removeprefix(folder)
        for name in names
        for folder, place in PLACES.items()
        if name.startswith(folder) and (ROOT / name).exists()
    }
    assert {f"anyqpu/examples/{name}" for name in EXAMPLES} <= expected
    assert {name for name in wheel if ".dist-info/" not in name} == expected


@pytest.mark.parametrize("package", sorted({place.partition("/")[0] for place in PLACES.values()}))
def test_each_package_is_typed(package: str, wheel: dict[str, bytes]) -> None:
    assert f"{package}/py.typed" in wheel


def test_the_wheel_has_its_licence(wheel: dict[str, bytes]) -> None:
    licences = [data for name, data in wheel.items() if name.endswith(".dist-info/licenses/LICENSE")]
    assert licences == [(ROOT / "LICENSE").read_bytes()]


def test_the_source_archive_makes_the_same_wheel(archives: Path, wheel: dict[str, bytes], tmp_path: Path) -> None:
    with tarfile.open(next(archives.glob("*.tar.gz"))) as archive:
        archive.extractall(tmp_path, filter="data")
    (root,) = tmp_path.iterdir()
    build(root, tmp_path / "again", "--target", "wheel")
    assert read(next((tmp_path / "again").glob("*.whl"))) == wheel


def test_the_source_archive_has_what_contributors_need(archives: Path) -> None:
    with tarfile.open(next(archives.glob("*.tar.gz"))) as archive:
        names = {member.name.partition("/")[2] for member in archive.getmembers()}
    assert names >= IN_SOURCE_ARCHIVE
    assert not [name for name in names if "__pycache__" in name]


def test_the_metadata_names_licence_pythons_and_extras(metadata: Message) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert (metadata["License-Expression"], metadata["Requires-Python"]) == ("Apache-2.0", ">=3.11")
    assert set(metadata.get_all("Provides-Extra") or []) == set(project["optional-dependencies"])


def test_every_dependency_has_a_lowest_version(metadata: Message) -> None:
    requirements = [Requirement(text) for text in metadata.get_all("Requires-Dist") or []]
    assert len(requirements) > 20
    lacking = [
        str(requirement) for requirement in requirements if requirement.name != "anyqpu" and not requirement.specifier
    ]
    assert lacking == []


def test_every_extra_is_tried_by_the_release_check() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert set(smoke.WORK) - {""} == set(project["optional-dependencies"]) - set(dist_check.DEVELOPMENT)
    assert set(dist_check.TESTED_EXTRAS) | set(dist_check.ENGINES) <= set(smoke.WORK)
    for name in dist_check.TESTS:
        assert (ROOT / name).exists(), name
