"""Expand the `:::` lines of reference pages to plain text, as mkdocstrings does to HTML."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import griffe
import yaml

from scripts.docs_site.outside import ROOT

_DIRECTIVE = re.compile(r"^::: (?P<path>[\w.]+)\n(?P<options>(?:[ ]{4}.*\n)*)", re.MULTILINE)
_DEEPEST = 6


@cache
def _loader() -> griffe.GriffeLoader:
    extensions = griffe.load_extensions(str(ROOT / "scripts" / "docs_site" / "fields.py"))
    loader = griffe.GriffeLoader(extensions=extensions, search_paths=[str(ROOT / "src")])
    for package in ("anyqpu", "anyqpu_pictures", "anyqpu_programs", "anyqpu_emulator"):
        loader.load(package)
    loader.resolve_aliases()
    return loader


def expanded(markdown: str) -> str:
    """Return a page with signatures and docstrings instead of `:::` lines."""

    def one(match: re.Match[str]) -> str:
        options: dict[str, Any] = (yaml.safe_load(match["options"]) or {}).get("options", {})
        target: Any = _loader().modules_collection[match["path"]]
        if target.is_alias:  # its members are aliases too
            target = target.final_target
        level = int(options.get("heading_level", 2))
        return "\n".join(_lines(target, level, options, heading=bool(options.get("show_root_heading", True))))

    return _DIRECTIVE.sub(one, markdown + "\n").rstrip() + "\n"


def _lines(target: Any, level: int, options: dict[str, Any], *, heading: bool = True, within: str = "") -> list[str]:
    name = f"{within}{target.name}"
    lines = [f"{'#' * min(level, _DEEPEST)} {name}", ""] if heading else []
    if heading and not target.is_module:
        lines += ["```python", *_signatures(target, options), "```", ""]
    if target.docstring is not None:
        lines += [target.docstring.value.rstrip(), ""]
    if target.is_class or target.is_module:
        wanted = options.get("members")
        for member in target.all_members.values():
            if member.is_alias and not member.inherited:
                continue
            named = member.name in wanted if wanted else not member.name.startswith("_")
            said = member.docstring is not None or options.get("show_if_no_docstring", False)
            if named and said and not member.is_module:
                inner = f"{name}." if target.is_class else ""
                lines += _lines(member, level + 1, {**options, "members": None}, within=inner)
    return lines


def _signatures(target: Any, options: dict[str, Any]) -> list[str]:
    if target.is_function:
        several = target.overloads or [target]
        asynchronous = "async " if "async" in target.labels else ""
        return [f"{asynchronous}def {one.signature()}" for one in several]
    if target.is_class:
        bases = [str(base) for base in target.bases if not str(base).startswith("_")]
        made = target.parameters and options.get("merge_init_into_class", True)
        own = target.signature() if made else target.name
        return [f"class {own}{'  # ' + ', '.join(bases) if bases else ''}"]
    annotation = f": {target.annotation}" if target.annotation is not None else ""
    value = (
        f" = {target.value}" if getattr(target, "value", None) is not None and "property" not in target.labels else ""
    )
    return [f"{target.name}{annotation}{value}"]
