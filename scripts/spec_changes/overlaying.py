"""Try the corrections of a document on a newer one."""

from __future__ import annotations

import copy
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

import jsonpath_rfc9535 as jsonpath
from ruamel.yaml import YAML

from scripts.overlay import ChangesNothingError, MatchesNothingError, OverlayError, apply_action

# The last step of a JSONPath.
_LAST = re.compile(r"(\.[^.\[\]]+|\[[^\[\]]*(?:\[[^\[\]]*\][^\[\]]*)*\])$")


class Fate(StrEnum):
    """The outcome for an action."""

    APPLIES = "still applies"
    REPAIRED = "is no longer needed"
    REWRITE = "must be rewritten"


@dataclass(frozen=True)
class Tried:
    """An action of an overlay, tried on a document."""

    number: int
    target: str
    fate: Fate
    reason: str = ""

    def __str__(self) -> str:
        return f"action {self.number} {self.fate}: {self.target}" + (f" ({self.reason})" if self.reason else "")


def try_overlay(document: Mapping[str, Any], overlay: Mapping[str, Any]) -> tuple[dict[str, Any], list[Tried]]:
    """Return the document with the actions that apply, and the outcome of each action."""
    result = copy.deepcopy(dict(document))
    tried: list[Tried] = []
    for number, action in enumerate(overlay.get("actions") or [], start=1):
        target = str(action.get("target", ""))
        attempt = copy.deepcopy(result)
        try:
            apply_action(attempt, action)
        except ChangesNothingError:
            tried.append(Tried(number, target, Fate.REPAIRED, "the document says so itself now"))
        except MatchesNothingError:
            tried.append(_without_match(number, target, action, result))
        except (OverlayError, jsonpath.JSONPathError, KeyError, IndexError, TypeError) as error:
            tried.append(Tried(number, target, Fate.REWRITE, str(error)))
        else:
            result = attempt
            tried.append(Tried(number, target, Fate.APPLIES))
    return result, tried


def _without_match(number: int, target: str, action: Mapping[str, Any], document: dict[str, Any]) -> Tried:
    """Judge an action without a match: a removal is repaired if the parent is still there; others must be rewritten."""
    place = _LAST.sub("", target)
    if action.get("remove") and place != target and list(jsonpath.find(place, document)):
        return Tried(number, target, Fate.REPAIRED, "what it removes is gone")
    return Tried(number, target, Fate.REWRITE, "it matches nothing: moved, renamed or gone")


def split_overlay(file: Path, tried: list[Tried], aside: Path) -> None:
    """Leave the actions that apply in an overlay file, with its comments, and put the others into `aside`."""
    others = [entry for entry in tried if entry.fate is not Fate.APPLIES]
    if not others:
        return
    yaml = YAML(typ="rt")
    yaml.width = 110
    yaml.preserve_quotes = True
    yaml.indent(mapping=2, sequence=4, offset=2)
    overlay = yaml.load(file.read_text(encoding="utf-8"))
    set_aside = {"overlay": "1.0.0", "info": {"title": "Actions that do not apply", "version": "1.0.0"}, "actions": []}
    for entry in reversed(others):
        action = overlay["actions"].pop(entry.number - 1)
        action["x-fate"] = f"{entry.fate}: {entry.reason}"
        set_aside["actions"].insert(0, action)
    with file.open("w", encoding="utf-8") as out:
        yaml.dump(overlay, out)
    with aside.open("w", encoding="utf-8") as out:
        yaml.dump(set_aside, out)
