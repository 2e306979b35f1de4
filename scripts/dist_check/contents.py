"""What has to be in the archives, and what must not be."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable

from packaging.requirements import Requirement

from scripts.dist_check.building import ROOT, Built

PACKAGES = {
    "anyqpu": "src/anyqpu",
    "anyqpu_cli": "src/anyqpu_cli",
    "anyqpu_pictures": "src/anyqpu_pictures",
    "anyqpu_programs": "src/anyqpu_programs",
    "anyqpu_emulator": "src/anyqpu_emulator",
    "anyqpu_raw": "generated/anyqpu_raw",
}
EXAMPLES = "anyqpu/examples"
SOURCE_NEEDS = (
    *("LICENSE", "README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md", "Makefile", "pyproject.toml"),
    *("tests/conftest.py", "specs/kipu/final.json", "docs/cli.md", "examples/bell.qasm", ".pre-commit-config.yaml"),
)


def problems(built: Built) -> list[str]:
    """All that is wrong with what was built, in sentences."""
    files = built.files_of_wheel()
    return [
        *of_wheel(files, _tracked()),
        *_missing(SOURCE_NEEDS, built.files_of_sdist(), "the source archive"),
        *_different(files, built.files_of_wheel(built.wheel_of_tree)),
        *of_metadata(built),
    ]


def of_wheel(names: Iterable[str], tracked: Iterable[str]) -> list[str]:
    """What is wrong with the files of a wheel, given those that git knows."""
    there = set(names)
    ours = {name for name in there if not name.partition("/")[0].endswith(".dist-info")}
    wanted = set[str]()
    for path in tracked:
        for package, folder in PACKAGES.items():
            if path.startswith(f"{folder}/"):
                wanted.add(package + path.removeprefix(folder))
        if path.startswith("examples/"):
            wanted.add(EXAMPLES + path.removeprefix("examples"))
    found = [f"the wheel has {name}, which git does not know" for name in sorted(ours - wanted)] if wanted else []
    found += [f"the wheel lacks {name}" for name in sorted(wanted - ours)]
    needed = [f"{package}/py.typed" for package in PACKAGES] + [f"{EXAMPLES}/bell.qasm", f"{EXAMPLES}/ghz3.qasm"]
    found += _missing(needed, there, "the wheel")
    strange = sorted(name for name in ours if name.partition("/")[0] not in PACKAGES)
    found += [f"the wheel would install {name} beside our packages" for name in strange]
    found += [f"the wheel has {name}" for name in sorted(ours) if "__pycache__" in name or "/tests/" in name]
    if not any(".dist-info/licenses/LICENSE" in name for name in there):
        found.append("the wheel lacks its licence")
    return found


def of_metadata(built: Built) -> list[str]:
    """What is wrong with what the wheel says of itself."""
    metadata = built.metadata
    found = [f"the metadata lacks {name}" for name in ("License-Expression", "Requires-Python") if not metadata[name]]
    for text in metadata.get_all("Requires-Dist") or []:
        requirement = Requirement(text)
        if requirement.name != "anyqpu" and not requirement.specifier:
            found.append(f"{requirement.name} has no lowest version")
    return found


def _missing(wanted: Iterable[str], there: set[str], where: str) -> list[str]:
    return [f"{where} lacks {name}" for name in wanted if name not in there]


def _different(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    names = sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))
    return [f"{name} differs between the wheel of the source archive and that of the tree" for name in names]


def _tracked() -> list[str]:
    done = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout.splitlines() if done.returncode == 0 else []
