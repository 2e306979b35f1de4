"""Pages of lists, as the extension `x-pages` describes them, or as usual names suggest."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, TypeVar

from anyqpu_emulator.http import ProblemError

T = TypeVar("T")
FieldPath = tuple[str, ...]
# Usual names, without what is not a letter.
_SIZES = ("limit", "size", "pagesize", "perpage", "maxresults", "top")
_POSITIONS = {
    "offset": ("offset", "skip", "start"),
    "numbered": ("page", "pagenumber", "pageindex"),
    "token": ("pagetoken", "cursor", "nexttoken", "token", "after", "continuationtoken"),
}
_FACTS = {
    "total": ("total", "totalcount", "totalelements", "totalitems", "count"),
    "pages": ("pages", "totalpages", "pagecount"),
    "end": ("end", "nextoffset"),
    "next-token": ("nextpagetoken", "nexttoken", "nextcursor", "cursor", "next", "continuationtoken"),
}
_NEEDED = {"offset": ("total", "end"), "numbered": (), "token": ("next-token",)}
_TAKEN = {"offset": ("total", "end"), "numbered": ("total", "pages"), "token": ("next-token",)}
DEFAULT_SIZE = 50


def usual_pages(
    parameters: Mapping[str, Mapping[str, Any]], items: FieldPath, places: Collection[FieldPath]
) -> dict[str, Any] | None:
    """Return `x-pages` as the names of an operation suggest it; None where they suggest pages that cannot be described.

    `parameters` are the schemas of its query parameters, `items` is the place of the list in the response, and `places`
    are those of single values beside it.
    """

    def first(names: Collection[str], usual: Sequence[str]) -> str | None:
        by_letters = {_letters(name): name for name in names}
        return next((by_letters[name] for name in usual if name in by_letters), None)

    single: dict[str, Any] = {"style": "single", **({"items": ".".join(items)} if items else {})}
    size = first(parameters, _SIZES)
    last_names = {place[-1]: place for place in places}
    for style, usual in _POSITIONS.items():
        position = first(parameters, usual)
        if position is None or size is None or not items:
            continue
        names = {fact: first(last_names, _FACTS[fact]) for fact in _TAKEN[style]}
        facts = {fact: ".".join(last_names[name]) for fact, name in names.items() if name is not None}
        if any(fact not in facts for fact in _NEEDED[style]):
            continue
        schema, limit = parameters[position], parameters[size]
        start = schema.get("default", schema.get("minimum", 1))
        pages: dict[str, Any] = {"style": style, "position": position, "size": size}
        if style == "numbered" and start:
            pages["first"] = int(start)
        default = int(limit.get("default") or min(DEFAULT_SIZE, limit.get("maximum", DEFAULT_SIZE)))
        return {**pages, "default-size": default, "items": ".".join(items), **facts}
    return None if any(first(parameters, usual) for usual in _POSITIONS.values()) else single


def page_of(
    rows: Sequence[T], query: Mapping[str, Any], pages: Mapping[str, Any]
) -> tuple[Sequence[T], dict[FieldPath, Any]]:
    """Return the rows of the requested page, and what the response says of the list, by place.

    Raises a 400 for a token that is not of this list.
    """
    size = int(query.get(pages.get("size", ""), pages.get("default-size", DEFAULT_SIZE)))
    position = query.get(pages.get("position", ""))
    first = int(pages.get("first", 0))
    match pages.get("style"):
        case "numbered":
            start = (int(first if position is None else position) - first) * size
        case "offset":
            start = int(position or 0)
        case "token":
            start = _start(str(position)) if position else 0
        case _:
            start, size = 0, len(rows)
    start = max(start, 0)
    end = min(start + size, len(rows))
    facts: dict[str, Any] = {
        "total": len(rows),
        "pages": -(-len(rows) // size) if size else 0,
        "end": max(end, min(start, len(rows))),
        "next-token": f"rows:{end}" if end < len(rows) else None,
    }
    places = {tuple(str(pages[name]).split(".")): value for name, value in facts.items() if name in pages}
    return rows[start:end], places


def _letters(name: str) -> str:
    return "".join(letter for letter in name.lower() if letter.isalnum())


def _start(token: str) -> int:
    head, _, number = token.partition(":")
    if head != "rows" or not number.isdecimal():
        raise ProblemError(400, f"{token!r:.80} is not a token of this list")
    return int(number)
