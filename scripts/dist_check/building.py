"""The two archives, built as a release builds them."""

from __future__ import annotations

import subprocess
import sys
import tarfile
import zipfile
from dataclasses import dataclass
from email.message import Message
from email.parser import Parser
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Built:
    """A source archive, the wheel made from it, and the wheel made from the tree."""

    sdist: Path
    wheel: Path
    wheel_of_tree: Path

    @property
    def metadata(self) -> Message:
        """What the wheel says of itself."""
        with zipfile.ZipFile(self.wheel) as archive:
            name = next(each for each in archive.namelist() if each.endswith(".dist-info/METADATA"))
            return Parser().parsestr(archive.read(name).decode())

    @property
    def extras(self) -> list[str]:
        """The extras, in their order."""
        return list(self.metadata.get_all("Provides-Extra") or [])

    def requirements(self, extra: str, python: str) -> list[str]:
        """What it needs by itself on a version of Python; an extra that names others of ours has theirs."""
        found: list[str] = []
        for text in self.metadata.get_all("Requires-Dist") or []:
            requirement = Requirement(text)
            if requirement.marker is not None and not requirement.marker.evaluate(
                {"extra": extra, "python_version": python}
            ):
                continue
            if requirement.name == "anyqpu":
                found += [each for name in sorted(requirement.extras) for each in self.requirements(name, python)]
            else:
                requirement.marker = None
                found.append(str(requirement))
        return list(dict.fromkeys(found))

    def files_of_wheel(self, wheel: Path | None = None) -> dict[str, bytes]:
        """What is in a wheel."""
        with zipfile.ZipFile(wheel or self.wheel) as archive:
            return {name: archive.read(name) for name in archive.namelist() if not name.endswith("/")}

    def files_of_sdist(self) -> set[str]:
        """The names in the source archive, without its folder."""
        with tarfile.open(self.sdist) as archive:
            return {member.name.partition("/")[2] for member in archive.getmembers() if member.isfile()}


def build(place: Path) -> Built:
    """Build from the tree as it stands; raises `CalledProcessError` where that fails."""
    command = [sys.executable, "-m", "build", "--installer", "uv", str(ROOT)]
    _run([*command, "--outdir", str(place / "dist")])
    _run([*command, "--wheel", "--outdir", str(place / "tree")])
    (sdist,), (wheel,) = (place / "dist").glob("*.tar.gz"), (place / "dist").glob("*.whl")
    (other,) = (place / "tree").glob("*.whl")
    _run([sys.executable, "-m", "twine", "check", "--strict", str(sdist), str(wheel)])
    return Built(sdist, wheel, other)


def _run(command: list[str]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(command)} failed:\n{done.stdout}{done.stderr}")
