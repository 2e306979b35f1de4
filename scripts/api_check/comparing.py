"""What changed between two versions of the sources, for those who use the public names."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import griffe

CLOUDS = ("kipu", "pasqal", "rigetti", "scaleway")
# Where public names are; of the last ones, all that does not begin with `_`.
EXPORTING = ("", "config", "testing", *(f"providers.{cloud}" for cloud in CLOUDS))
WHOLE = ("errors", "options", "drift", "otel")


class Step(StrEnum):
    """How large a change is."""

    PATCH = "patch"
    MINOR = "minor"
    MAJOR = "major"


@dataclass(frozen=True, slots=True)
class Changes:
    """What breaks, what is new, and how many public names there are now."""

    broken: list[str]
    new: list[str]
    size: int

    @property
    def step(self) -> Step:
        """The step that the changes need."""
        return Step.MAJOR if self.broken else Step.MINOR if self.new else Step.PATCH


def needed(version: str, step: Step) -> str:
    """The version after one, for a step; before 1.0 a break is a minor step, and all else a patch."""
    major, minor, patch = (int(part) for part in version.split("."))
    if step is Step.PATCH:
        return version
    if major == 0:
        return f"0.{minor + 1}.0" if step is Step.MAJOR else f"0.{minor}.{patch + 1}"
    return f"{major + 1}.0.0" if step is Step.MAJOR else f"{major}.{minor + 1}.0"


def compare(old: Mapping[str, str], new: Mapping[str, str]) -> Changes:
    """Compare two versions of the package's files."""
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
        before, after = _load(Path(one), old), _load(Path(other), new)
        # Griffe reads the files again for some of what it says, so all is said while they are there.
        known, there = _public(before), _public(after)
        # A parameter that is gone or has changed is griffe's to tell, and its function's name stays.
        gone = {name for name in known - there if not name.endswith(")")}
        broken = {f"{name}: is public no more" for name in gone if name.rpartition(".")[0] not in gone}
        broken |= {
            _sentence(breakage)
            for breakage in griffe.find_breaking_changes(before, after)
            if breakage.kind is not griffe.BreakageKind.OBJECT_REMOVED and _belongs(breakage.obj, known)
        }
        new = {name for name in there - known if not name.endswith(")") or name.partition("(")[0] in known}
        return Changes(sorted(broken), sorted(new), sum(not name.endswith(")") for name in there))


def _load(folder: Path, files: Mapping[str, str]) -> griffe.Module:
    for name, source in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(source, encoding="utf-8")
    loader = griffe.GriffeLoader(search_paths=[folder], allow_inspection=False)
    package = loader.load("anyqpu")
    loader.resolve_aliases(external=False)
    assert isinstance(package, griffe.Module)
    return package


def _public(package: griffe.Module) -> set[str]:
    """The public names, and below them the members of what they stand for, each where it is defined.

    A parameter of a function is `path(name)`.
    """
    found = set[str]()
    for place in (*EXPORTING, *WHOLE):
        module = _member(package, place)
        if not isinstance(module, griffe.Module):
            continue
        names: Iterable[str] = [str(each) for each in module.exports or ()] if place in EXPORTING else module.members
        for name in names:
            if not name.startswith("_") and name in module.members:
                found.add(f"{module.path}.{name}")
                _add(found, module.members[name], package)
    connect = _member(package, "connecting.connect")
    if connect is not None:
        found |= _names(connect)
    return found


def _names(thing: griffe.Object | griffe.Alias) -> set[str]:
    parameters = thing.parameters if isinstance(thing, griffe.Function) else ()
    return {thing.path, *(f"{thing.path}({each.name})" for each in parameters)}


def _add(found: set[str], thing: griffe.Object | griffe.Alias, package: griffe.Module) -> None:
    """An object with its members, and the bases of a class with theirs."""
    if isinstance(thing, griffe.Alias):
        if not thing.target_path.startswith("anyqpu."):
            return
        try:
            thing = thing.final_target
        except griffe.AliasResolutionError:
            return
    if thing.path in found and thing.is_class:
        return
    found |= _names(thing)
    if isinstance(thing, griffe.Class):
        for name, each in thing.members.items():
            if not name.startswith("_"):
                found |= _names(each)
        for base in thing.mro():
            _add(found, base, package)


def _member(package: griffe.Module, place: str) -> griffe.Object | griffe.Alias | None:
    if not place:
        return package
    try:
        return package[place]
    except KeyError:
        return None


def _belongs(thing: griffe.Object | griffe.Alias, known: set[str]) -> bool:
    places = {thing.path}
    if not isinstance(thing, griffe.Alias):
        places.add(thing.canonical_path)
    return any(place in known or place.rpartition(".")[0] in known for place in places)


def _sentence(breakage: griffe.Breakage) -> str:
    detail = ", ".join(str(each) for each in (breakage.old_value, breakage.new_value) if _short(each))
    return f"{breakage.obj.path}: {breakage.kind.value}" + (f" ({detail})" if detail else "")


def _short(value: object) -> bool:
    return value is not None and len(str(value)) < 100
