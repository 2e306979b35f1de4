"""Compare the public API with that of the last release, and check that the version fits the changes.

python -m scripts.api_check              compare; exit code 1 if the version is too low
python -m scripts.api_check --release    keep the sources of this version in api/released.zip

The last release is the nearest version tag, or, in a clone without tags, the sources that it kept. Griffe reads both
and finds what breaks; only additions and the choice of public modules are decided here.
"""

from __future__ import annotations

import argparse
import ast
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import griffe
from packaging.version import Version

ROOT = Path(__file__).parents[1]
SOURCE = "src/anyqpu"
# Documented modules; the packages below `providers` are public too.
MODULES = ("", "config", "drift", "errors", "options", "otel", "testing")
SHOWN = 40


class Step(StrEnum):
    """The size of a change."""

    PATCH = "patch"
    MINOR = "minor"
    MAJOR = "major"


@dataclass(frozen=True, slots=True)
class Changes:
    """What breaks, what is new, and the number of public names."""

    breaking: list[str]
    new: list[str]
    size: int

    @property
    def step(self) -> Step:
        """The version step that the changes need."""
        return Step.MAJOR if self.breaking else Step.MINOR if self.new else Step.PATCH


def main(arguments: list[str], root: Path = ROOT) -> int:
    """Compare, or keep the sources of a release."""
    parser = argparse.ArgumentParser(prog="python -m scripts.api_check", description="check the public API")
    parser.add_argument("--release", action="store_true", help="keep the sources of this version")
    options = parser.parse_args(arguments)
    package = load(root)
    version, snapshot = version_of(package), root / "api" / "released.zip"
    if options.release:
        shutil.make_archive(str(snapshot.with_suffix("")), "zip", root, SOURCE)
        print(f"{snapshot.name} has the sources of {version}")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        where = unpack_last_release(root, snapshot, Path(folder))
        if where is None:
            print(f"no release yet: {compare(package, package).size} public names, and nothing to compare them with")
            return 0
        last = load(Path(folder))
        changes = compare(last, package)
    for title, lines in (("breaks", changes.breaking), ("new", changes.new)):
        for line in lines[:SHOWN]:
            print(f"{title}: {line}")
        if len(lines) > SHOWN:
            print(f"{title}: and {len(lines) - SHOWN} more")
    lowest = needed(version_of(last), changes.step)
    size = "nothing changed" if changes.step is Step.PATCH else f"a {changes.step} change"
    too_low = Version(version) < Version(lowest)
    print(
        f"since {version_of(last)} ({where}): {size}; that needs {lowest} or later, and this is {version}"
        + (". Set it in src/anyqpu/_version.py" if too_low else "")
    )
    return 1 if too_low else 0


def load(root: Path) -> griffe.Module:
    """Read the package of a tree without importing it."""
    package = griffe.load(
        "anyqpu",
        search_paths=[root / Path(SOURCE).parent],
        allow_inspection=False,
        resolve_aliases=True,
        resolve_external=False,
    )
    assert isinstance(package, griffe.Module)
    return package


def version_of(package: griffe.Module) -> str:
    """The version that a package states."""
    return str(ast.literal_eval(str(package["_version.__version__"].value)))


def unpack_last_release(root: Path, snapshot: Path, folder: Path) -> str | None:
    """Unpack the sources of the last release and return where they were; None before the first release."""
    tag = _git(root, "describe", "--tags", "--abbrev=0", "--match=v[0-9]*", "--exclude=v*[a-z]*")
    if tag:
        archive = folder / "tag.zip"
        _git(root, "archive", f"--output={archive}", tag, SOURCE)
        shutil.unpack_archive(archive, folder)
        return f"tag {tag}"
    if not snapshot.exists():
        return None
    shutil.unpack_archive(snapshot, folder)
    return f"file {snapshot.name}"


def _git(root: Path, *arguments: str) -> str | None:
    try:
        done = subprocess.run(["git", *arguments], cwd=root, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        return None
    return done.stdout.strip() if done.returncode == 0 else None


def needed(version: str, step: Step) -> str:
    """The lowest version after one, for a step; before 1.0 a break is a minor step, and all else a patch."""
    major, minor, patch = Version(version).release
    if step is Step.PATCH:
        return version
    if major == 0:
        return f"0.{minor + 1}.0" if step is Step.MAJOR else f"0.{minor}.{patch + 1}"
    return f"{major + 1}.0.0" if step is Step.MAJOR else f"{major}.{minor + 1}.0"


def compare(old: griffe.Module, new: griffe.Module) -> Changes:
    """Compare the public names of two versions of the package."""
    before, after = public_names(old), public_names(new)
    # A parameter that is gone or has changed is reported by griffe.
    gone = {name for name in before - after if not name.endswith(")")}
    breaking = {f"{name}: removed from the public API" for name in gone if name.rpartition(".")[0] not in gone}
    for breakage in griffe.find_breaking_changes(old, new):
        path = breakage.obj.canonical_path
        if breakage.kind is not griffe.BreakageKind.OBJECT_REMOVED and before & {path, path.rpartition(".")[0]}:
            breaking.add(_sentence(breakage))
    added = {name for name in after - before if not name.endswith(")") or name.partition("(")[0] in before}
    return Changes(sorted(breaking), sorted(added), sum(not name.endswith(")") for name in after))


def public_names(package: griffe.Module) -> set[str]:
    """The public names, and the members of what they stand for; a parameter of a function is `path(name)`."""
    names = set[str]()
    for module in _public_modules(package):
        for member in module.members.values():
            if member.is_public and (not member.is_module or member.name in (module.exports or ())):
                names.update({member.path, *_names(member)})
    return names


def _public_modules(package: griffe.Module) -> Iterator[griffe.Module]:
    modules = package.modules
    yield from (package if not name else modules[name] for name in MODULES if not name or name in modules)
    if "providers" in modules:
        yield from (
            module for module in modules["providers"].modules.values() if module.is_init_module and module.exports
        )


def _names(member: griffe.Object | griffe.Alias) -> Iterator[str]:
    """The path where an object is defined, with its parameters, or with its own and inherited members."""
    try:
        target = member.final_target if isinstance(member, griffe.Alias) else member
    except griffe.AliasResolutionError:
        return
    if target.package.name != "anyqpu":
        return
    yield target.path
    if isinstance(target, griffe.Function):
        yield from (f"{target.path}({parameter.name})" for parameter in target.parameters)
    elif isinstance(target, griffe.Class):
        for name, inner in target.all_members.items():
            if not name.startswith("_"):
                yield from _names(inner)


def _sentence(breakage: griffe.Breakage) -> str:
    values = [str(value) for value in (breakage.old_value, breakage.new_value) if value is not None]
    detail = ", ".join(value for value in values if len(value) < 100)
    return f"{breakage.obj.canonical_path}: {breakage.kind.value}" + (f" ({detail})" if detail else "")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
