"""Apply an OpenAPI Overlay (1.0.0), our own strictly: each action must match something and change something.

An action that no longer does either is the signal that the cloud has repaired its document, so it is an error and
not a silence. `update` merges objects recursively, appends to arrays what they lack, and replaces everything
else; `remove` deletes.
"""

from __future__ import annotations

import copy
from typing import Any

import jsonpath_rfc9535 as jsonpath

ACTION_FIELDS = {"target", "description", "update", "remove"}


class OverlayError(Exception):
    """An action that is malformed, matches nothing or changes nothing."""


class MatchesNothingError(OverlayError):
    """What the action is for is not there."""


class ChangesNothingError(OverlayError):
    """The document already says what the action would make it say."""


def apply_overlay(
    document: dict[str, Any], overlay: dict[str, Any], *, without_effect: list[str] | None = None
) -> dict[str, Any]:
    """The corrected document; the one given is left as it was.

    An overlay that is not ours needs no reasons, and its actions may have no effect: they are added to
    `without_effect`.
    """
    if not isinstance(overlay, dict):
        raise OverlayError(f"not an Overlay 1.0.0 document: a {type(overlay).__name__}")
    if overlay.get("overlay") != "1.0.0":
        raise OverlayError(f"not an Overlay 1.0.0 document: overlay is {overlay.get('overlay')!r}")
    result = copy.deepcopy(document)
    for number, action in enumerate(overlay.get("actions") or [], start=1):
        try:
            apply_action(result, action, where=f"action {number}", is_ours=without_effect is None)
        except (MatchesNothingError, ChangesNothingError) as error:
            if without_effect is None:
                raise
            without_effect.append(str(error))
    return result


def apply_action(
    document: dict[str, Any], action: dict[str, Any], *, where: str = "action", is_ours: bool = True
) -> None:
    """Apply one action to the document in place."""
    where = f"{where} ({action.get('target', 'no target')})"
    _check_form(action, where, is_ours=is_ours)
    nodes = list(jsonpath.find(action["target"], document))
    if not nodes:
        raise MatchesNothingError(f"{where} matches nothing: has the document been repaired? Then delete the action.")
    # Deepest and last first: removing an array's element moves those behind it.
    locations = sorted({node.location for node in nodes}, key=lambda location: (len(location), location), reverse=True)
    if action.get("remove"):
        for location in locations:
            del _parent(document, location, where)[location[-1]]
        return
    for location in locations:
        parent = _parent(document, location, where) if location else None
        value = document if parent is None else parent[location[-1]]
        merged = _merge(value, action["update"])
        if merged == value and is_ours:
            place = jsonpath_of(location)
            raise ChangesNothingError(f"{where} changes nothing at {place}: the document already says so.")
        if parent is None:
            document.clear()
            document.update(merged)
        else:
            parent[location[-1]] = merged


def jsonpath_of(location: tuple[int | str, ...]) -> str:
    return "$" + "".join(f"[{part!r}]" for part in location)


def _check_form(action: dict[str, Any], where: str, *, is_ours: bool) -> None:
    unknown = {key for key in action if key not in ACTION_FIELDS and not key.startswith("x-")}
    if unknown:
        raise OverlayError(f"{where} has unknown fields: {', '.join(sorted(unknown))}")
    if not action.get("target"):
        raise OverlayError(f"{where} needs a target")
    if ("update" in action) == bool(action.get("remove")):
        raise OverlayError(f"{where} needs exactly one of update and remove")
    for field in ("description", "x-evidence") if is_ours else ():
        if not action.get(field):
            raise OverlayError(f"{where} needs {field}: the reason and where it is known from")


def _parent(document: Any, location: tuple[int | str, ...], where: str) -> Any:
    if not location:
        raise OverlayError(f"{where} would remove the whole document")
    node = document
    for part in location[:-1]:
        node = node[part]
    return node


def _is_in(item: Any, items: list[Any]) -> bool:
    """Whether a list has an item, or a parameter of the same name in the same place."""
    if isinstance(item, dict) and "name" in item and "in" in item:
        return any(isinstance(other, dict) and _place(other) == _place(item) for other in items)
    return item in items


def _place(parameter: dict[str, Any]) -> tuple[Any, Any]:
    return parameter.get("in"), parameter.get("name")


def _merge(value: Any, update: Any) -> Any:
    if isinstance(value, dict) and isinstance(update, dict):
        changed = {k: _merge(value[k], new) if k in value else copy.deepcopy(new) for k, new in update.items()}
        return value | changed
    if isinstance(value, list):
        new = update if isinstance(update, list) else [update]
        # What is in the list already is what the document has got meanwhile.
        return value + copy.deepcopy([added for added in new if not _is_in(added, value)])
    return copy.deepcopy(update)
