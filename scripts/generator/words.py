"""Names for the words of enums, as the generator would write them."""

from __future__ import annotations

from typing import Any

from openapi_python_client.strings import snake_case


def name_words(node: Any) -> None:
    """Name the words of an enum of which two would get one name in Python: the generator would keep the last."""
    if isinstance(node, dict):
        words = [word for word in node["enum"] if word is not None] if isinstance(node.get("enum"), list) else []
        names = [_word_name(word, place) for place, word in enumerate(words)]
        if len(set(names)) < len(names) and "x-enum-varnames" not in node:
            node["enum"] = words if len(words) == len(node["enum"]) else node["enum"]
            node["x-enum-varnames"] = _apart(names)
        for value in node.values():
            name_words(value)
    elif isinstance(node, list):
        for value in node:
            name_words(value)


def _word_name(word: Any, place: int) -> str:
    text = str(word)
    return snake_case(text.upper()).upper() if text[:1].isalpha() else f"VALUE_{place}"


def _apart(names: list[str]) -> list[str]:
    """The same names, the second of a kind with a number."""
    out: list[str] = []
    for name in names:
        number = sum(taken == name or taken.startswith(f"{name}_OTHER") for taken in out)
        out.append(f"{name}_OTHER_{number}" if number else name)
    return out
