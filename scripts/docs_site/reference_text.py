"""Reference pages as Markdown: `:::` lines as mkdocstrings renders them, without HTML."""

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
    """Return a page with its `:::` lines replaced by signatures and docstrings."""

    def one(match: re.Match[str]) -> str:
        options: dict[str, Any] = (yaml.safe_load(match["options"]) or {}).get("options", {})
        member: Any = _loader().modules_collection[match["path"]]
        if member.is_alias:  # its members are aliases, too
            member = member.final_target
        level = int(options.get("heading_level", 2))
        return "\n".join(_lines(member, level, options, heading=bool(options.get("show_root_heading", True))))

    return _DIRECTIVE.sub(one, markdown + "\n").rstrip() + "\n"


def _lines(each: Any, level: int, options: dict[str, Any], *, heading: bool = True, within: str = "") -> list[str]:
    name = f"{within}{each.name}"
    lines = [f"{'#' * min(level, _DEEPEST)} {name}", ""] if heading else []
    if heading and not each.is_module:
        lines += ["```python", *_signatures(each, options), "```", ""]
    if each.docstring is not None:
        lines += [each.docstring.value.rstrip(), ""]
    if each.is_class or each.is_module:
        wanted = options.get("members")
        for member in each.all_members.values():
            if member.is_alias and not member.inherited:
                continue
            named = member.name in wanted if wanted else not member.name.startswith("_")
            shown = member.docstring is not None or options.get("show_if_no_docstring", False)
            if named and shown and not member.is_module:
                inner = f"{name}." if each.is_class else ""
                lines += _lines(member, level + 1, {**options, "members": None}, within=inner)
    return lines


def _signatures(each: Any, options: dict[str, Any]) -> list[str]:
    if each.is_function:
        several = each.overloads or [each]
        asynchronous = "async " if "async" in each.labels else ""
        return [f"{asynchronous}def {one.signature()}" for one in several]
    if each.is_class:
        bases = [str(base) for base in each.bases if not str(base).startswith("_")]
        made = each.parameters and options.get("merge_init_into_class", True)
        own = each.signature() if made else each.name
        return [f"class {own}{'  # ' + ', '.join(bases) if bases else ''}"]
    annotation = f": {each.annotation}" if each.annotation is not None else ""
    value = f" = {each.value}" if getattr(each, "value", None) is not None and "property" not in each.labels else ""
    return [f"{each.name}{annotation}{value}"]
