"""Try the corrections of a document on a newer one, and count the places of each."""

from __future__ import annotations

import copy
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

import jsonpath_rfc9535 as jsonpath
from ruamel.yaml import YAML

from scripts.overlay import ChangesNothingError, MatchesNothingError, OverlayError, apply_action, jsonpath_of

Location = tuple[int | str, ...]
# The last step of a JSONPath.
_LAST = re.compile(r"(\.[^.\[\]]+|\[[^\[\]]*(?:\[[^\[\]]*\][^\[\]]*)*\])$")
_FAILURES = (OverlayError, jsonpath.JSONPathError, KeyError, IndexError, TypeError)


class Fate(StrEnum):
    """The outcome for an action."""

    APPLIES = "still applies"
    PARTLY = "is still needed at some places"
    REPAIRED = "is no longer needed"
    REWRITE = "must be rewritten"


@dataclass(frozen=True)
class Tried:
    """An action of an overlay, tried on a document.

    Attributes:
        before: The number of places that it matched in the earlier document.
        now: The number of places that it matches.
        needed: The number of places that it changes.
        repaired: Places that it matches and no longer changes.
        lost: Places that it matched before and does not match now, each with the reason.
        targets: For an action that is partly needed: what it has to match from now on.
        paths: Paths that it adds, and that the document has itself, with other names of their parameters.
    """

    number: int
    target: str
    fate: Fate
    reason: str = ""
    before: int = 0
    now: int = 0
    needed: int = 0
    repaired: tuple[str, ...] = ()
    lost: tuple[tuple[str, str], ...] = ()
    targets: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()

    def __str__(self) -> str:
        counts = f"matched {self.before} before, matches {self.now} now, needed at {self.needed}"
        text = f"action {self.number} {self.fate}: {self.target} ({counts}"
        return f"{text}; {self.reason})" if self.reason else f"{text})"

    @property
    def needs_decision(self) -> bool:
        """Whether the action is set aside, was narrowed, or misses a place that it corrected before."""
        return self.fate is not Fate.APPLIES or bool(self.lost)


def try_overlay(
    document: Mapping[str, Any], overlay: Mapping[str, Any], earlier: Mapping[str, Any] | None = None
) -> tuple[dict[str, Any], list[Tried]]:
    """Return the document with the actions where they apply, and the outcome of each action.

    Places are counted in the earlier document too; without one, they are those of the document itself.
    """
    result, before = copy.deepcopy(dict(document)), copy.deepcopy(dict(earlier or document))
    tried: list[Tried] = []
    for number, action in enumerate(overlay.get("actions") or [], start=1):
        places = _places(before, action)
        _apply(before, action, places.values())
        attempt = copy.deepcopy(result)
        tried.append(_try(number, action, attempt, places))
        if tried[-1].needed:
            result = attempt
    return result, tried


def _try(
    number: int, action: Mapping[str, Any], document: dict[str, Any], before: Mapping[Location, Location]
) -> Tried:
    """Apply an action to the document in place, where it changes something."""
    target = str(action.get("target", ""))
    if own := _own_paths(action, document):
        left = {path: item for path, item in action["update"].items() if path not in own}
        tried = _try(number, {**action, "update": left}, document, before)
        said = "; ".join(f"path {path} is {other} in the document itself" for path, other in own.items())
        fate = Fate.PARTLY if tried.fate is Fate.APPLIES else tried.fate
        reason = "; ".join(filter(None, (said, tried.reason)))
        return replace(tried, fate=fate, reason=reason, targets=(target,), paths=tuple(own))
    places = _places(document, action)
    lost = tuple((jsonpath_of(place), _why_lost(place, document)) for key, place in before.items() if key not in places)
    counts: dict[str, Any] = {"before": len(before), "now": len(places), "lost": lost}
    try:
        # A malformed action is refused before its target is used.
        apply_action({}, dict(action))
    except MatchesNothingError:
        pass
    except _FAILURES as error:
        return Tried(number, target, Fate.REWRITE, str(error), **counts)
    if not places:
        return _without_match(number, target, action, document, counts)
    changed, problem = _apply(document, action, places.values())
    if problem:
        return Tried(number, target, Fate.REWRITE, problem, **counts)
    repaired = tuple(jsonpath_of(place) for place in places.values() if place not in changed)
    if not changed:
        reason = "the document says so itself now"
        return Tried(number, target, Fate.REPAIRED, reason, repaired=repaired, **counts)
    counts["needed"] = len(changed)
    reasons = [f"{count} lost: {why}" for why, count in Counter(why for _, why in lost).items()]
    if not repaired:
        return Tried(number, target, Fate.APPLIES, "; ".join(reasons), **counts)
    reason = "; ".join([f"the document says so itself at {', '.join(repaired)}", *reasons])
    return Tried(
        number, target, Fate.PARTLY, reason, repaired=repaired, targets=tuple(_targets(changed, document)), **counts
    )


def _own_paths(action: Mapping[str, Any], document: Mapping[str, Any]) -> dict[str, str]:
    """Return the paths that an action adds and the document has with other names of parameters, and its own words."""
    update, paths = action.get("update"), document.get("paths") or {}
    if action.get("target") not in ("$.paths", "$['paths']") or not isinstance(update, Mapping):
        return {}
    return {path: same for path in update if path not in paths and (same := _same_path(path, paths))}


def _places(document: Any, action: Mapping[str, Any]) -> dict[Location, Location]:
    """Return the places that an action matches, by their names: an item of a list has one that does not move."""
    try:
        nodes = list(jsonpath.find(str(action.get("target", "")), document))
    except jsonpath.JSONPathError:
        return {}
    return {_names(document, node.location): node.location for node in nodes}


def _names(node: Any, place: Location) -> Location:
    names: list[int | str] = []
    if place[:1] == ("paths",) and len(place) > 1:
        # A path is the same with other names of its parameters.
        names, node, place = ["paths", _bare(str(place[1]))], node["paths"][place[1]], place[2:]
    for step in place:
        node = node[step]
        named = isinstance(step, int) and isinstance(node, Mapping)
        name = node.get("$ref") or (f"{node.get('in', '')} {node['name']}" if "name" in node else "") if named else ""
        names.append(name or step)
    return tuple(names)


def _apply(
    document: dict[str, Any], action: Mapping[str, Any], places: Iterable[Location]
) -> tuple[list[Location], str]:
    """Apply an action to each place alone; return the places that it changes, and a problem."""
    changed: list[Location] = []
    # Deepest and last first: removing an item of a list moves those behind it.
    for place in sorted(places, key=lambda place: (len(place), [str(part).zfill(9) for part in place]), reverse=True):
        try:
            apply_action(document, {**action, "target": jsonpath_of(place)})
        except ChangesNothingError:
            continue
        except _FAILURES as error:
            return changed, str(error)
        changed.append(place)
    return changed[::-1], ""


def _why_lost(place: Location, document: Any) -> str:
    """Return why a place of the earlier document is not in this one: the first step that is not there."""
    other = ""
    if place[:1] == ("paths",) and len(place) > 1 and place[1] not in (document.get("paths") or ()):
        other = _same_path(str(place[1]), document.get("paths") or ())
    node = document
    reason = f"path {place[1]} is {other} now" if other else "it is there, but its own content does not match"
    place = ("paths", other, *place[2:]) if other else place
    for depth, step in enumerate(place):
        try:
            node = node[step]
        except (KeyError, IndexError, TypeError):
            where = jsonpath_of(place[:depth])
            if depth and place[depth - 1] == "content":
                others = ", ".join(node) if isinstance(node, Mapping) and node else "none"
                return f"media type {step} is gone at {where}, which has {others}"
            kinds = {1: "path", 2: "operation"} if place[0] == "paths" else {}
            return f"{kinds.get(depth, 'part')} {step} is gone at {where}"
    return reason


def _same_path(path: str, paths: Iterable[str]) -> str:
    """Return the path that only has other names of its parameters."""
    return next((other for other in paths if _bare(other) == _bare(path)), "")


def _bare(path: str) -> str:
    return re.sub("{.*?}", "{}", path)


def _targets(places: Iterable[Location], document: Any) -> Iterator[str]:
    """Return JSONPaths for places: one for those that differ in one step only, else one for each."""
    paths = [list(_selectors(place, document)) for place in places]
    first = paths[0]
    steps = [step for step in range(len(first)) if len({path[step] for path in paths if step < len(path)}) > 1]
    if len(paths) == 1 or len({len(path) for path in paths}) > 1 or len(steps) != 1:
        yield from ("$" + "".join(f"[{selector}]" for selector in path) for path in paths)
        return
    first[steps[0]] = ", ".join(path[steps[0]] for path in paths)
    yield "$" + "".join(f"[{selector}]" for selector in first)


def _selectors(place: Location, node: Any) -> Iterator[str]:
    """Yield the selectors of a place; items of a list are selected by their names, since their numbers change."""
    for step in place:
        node = node[step]
        if isinstance(step, int) and isinstance(node, Mapping) and "name" in node and "in" in node:
            yield f"?@.name == {node['name']!r} && @.in == {node['in']!r}"
        elif isinstance(step, int) and isinstance(node, Mapping) and "$ref" in node:
            yield f"?@['$ref'] == {node['$ref']!r}"
        else:
            yield repr(step)


def _without_match(
    number: int, target: str, action: Mapping[str, Any], document: dict[str, Any], counts: Mapping[str, Any]
) -> Tried:
    """Judge an action without a match: a removal is repaired if the parent is still there; others must be rewritten."""
    place = _LAST.sub("", target)
    if action.get("remove") and place != target and list(jsonpath.find(place, document)):
        return Tried(number, target, Fate.REPAIRED, "what it removes is gone", **counts)
    reasons = dict.fromkeys(why for _, why in counts["lost"])
    return Tried(number, target, Fate.REWRITE, "; ".join(reasons) or "it matches nothing", **counts)


def split_overlay(file: Path, tried: list[Tried], aside: Path, *, removed: Mapping[str, str] | None = None) -> None:
    """Leave the actions that apply in an overlay file, with its comments, and put the others into `aside`.

    An action that is partly needed is narrowed to the places that still need it. Operations that are `removed`, such as
    `GET /jobs`, get an action each, with the reason.
    """
    if all(entry.fate is Fate.APPLIES for entry in tried) and not removed:
        return
    yaml = YAML(typ="rt")
    # So that lines stay as they are.
    yaml.width = 100_000
    yaml.preserve_quotes = True
    yaml.indent(mapping=2, sequence=4, offset=2)
    overlay = yaml.load(file.read_text(encoding="utf-8"))
    set_aside: dict[str, Any] = {
        "overlay": "1.0.0",
        "info": {"title": "Actions that do not apply", "version": "1.0.0"},
        "actions": [],
    }
    for entry in reversed(tried):
        if entry.fate is Fate.PARTLY:
            action = overlay["actions"][entry.number - 1]
            action["target"] = entry.targets[0]
            action["x-narrowed-from"] = ", ".join(entry.paths) or entry.target
            for path in entry.paths:
                del action["update"][path]
            for target in reversed(entry.targets[1:]):
                overlay["actions"].insert(entry.number, {**copy.deepcopy(dict(action)), "target": target})
        elif entry.fate is not Fate.APPLIES:
            action = overlay["actions"].pop(entry.number - 1)
            action["x-fate"] = f"{entry.fate}: {entry.reason}"
            set_aside["actions"].insert(0, action)
    for place, reason in (removed or {}).items():
        method, path = place.split(" ", 1)
        action = {"target": jsonpath_of(("paths", path, method.lower())), "description": f"Left out: {reason}"}
        overlay["actions"].append(
            {**action, "x-evidence": "the generator's own message", "x-removed": place, "remove": True}
        )
    with file.open("w", encoding="utf-8") as out:
        yaml.dump(overlay, out)
    if set_aside["actions"]:
        with aside.open("w", encoding="utf-8") as out:
            yaml.dump(set_aside, out)
