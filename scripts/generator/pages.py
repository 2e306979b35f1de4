"""Pagination of a list operation, from the overlay extensions `x-pages` and `x-dedup`.

    x-pages:
      style: numbered         # or offset, token, single
      position: page          # parameter with the number, offset or token of a page
      size: page_size         # parameter with the number of items per page
      first: 1                # number of the first page; 0 if left out
      default-size: 50        # items per page to request
      max-size: 100           # the server's maximum, where the parameter does not have one
      items: sessions         # place of the items; left out where the response is the list
      total: total_count      # place of the number of items; `pages`: of pages; `end`: of the offset behind the page
    x-dedup: id               # field that identifies an item; a list of several; [] for the item itself; or null

`next-token` is the place of a token. A dot separates the parts of a place: `pagination.end`. `x-pages: false` says
that an operation looks like a list but returns something else. Each parameter and each place has to exist in the
document, so that a change at the cloud is an error here and not a list that ends early.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from openapi_python_client.parser.properties import ListProperty, ModelProperty, UnionProperty

from scripts.generator.errors import UnsupportedDocumentError
from scripts.generator.expressions import ClassRef, Expressions

_SIZED = {"position", "size", "default-size", "items"}
REQUIRED = {
    "numbered": _SIZED,
    "offset": _SIZED | {"total", "end"},
    "token": _SIZED | {"next-token"},
    "single": set[str](),
}
OPTIONAL = {
    "numbered": {"first", "max-size", "total", "pages"},
    "offset": {"max-size"},
    "token": {"max-size"},
    "single": {"items"},
}
PLACES = {"items", "total", "pages", "end", "next-token"}


@dataclass(frozen=True)
class PagesView:
    """The pagination of one operation, ready to be written down."""

    fields: dict[str, Any]
    """Arguments of the generated description; those at their default are left out."""
    item_type: str
    item_classes: set[ClassRef]


class PagesReader:
    """Reads and checks the extensions of one operation."""

    def __init__(
        self, raw: dict[str, Any], declared: list[dict[str, Any]], where: str, expressions: Expressions
    ) -> None:
        self._raw = raw
        self._declared = declared
        self._where = where
        self._expressions = expressions

    def view(self, response: Any, parameters: list[Any]) -> PagesView:
        """Return the pagination; raise `UnsupportedDocumentError` where it does not fit the operation."""
        extension = self._checked_extension()
        fields: dict[str, Any] = {"style": extension["style"]}
        by_name = {parameter.name.get_untrusted_value(): parameter for parameter in parameters}
        for key in ("position", "size"):
            if key in extension:
                if extension[key] not in by_name:
                    raise self._problem(f"{key} is the parameter {extension[key]!r}, which the operation does not have")
                fields[key] = str(by_name[extension[key]].python_name)
        fields["first"] = extension.get("first", 0)
        fields["default_size"] = extension.get("default-size")
        fields["max_size"] = self._max_size(extension)
        listed = response
        for key in sorted(PLACES & extension.keys()):
            names, prop = self._place(response, extension[key], key)
            fields[key.replace("-", "_")] = names
            listed = prop if key == "items" else listed
        item = self._item(listed)
        if "x-dedup" not in self._raw:
            raise self._problem("x-dedup is missing, the field that identifies an item; null without one")
        dedup = self._raw["x-dedup"]
        if dedup is not None:
            names = [dedup] if isinstance(dedup, str) else dedup
            fields["identity"] = tuple(self._place(item, name, "x-dedup")[0][0] for name in names)
        types, classes = self._expressions.type_of(item), self._expressions.classes_of(item)
        written = {key: value for key, value in fields.items() if value is not None and (key, value) != ("first", 0)}
        return PagesView(written, types, classes)

    def _problem(self, problem: str) -> UnsupportedDocumentError:
        return UnsupportedDocumentError(f"{self._where}: x-pages: {problem}")

    def _checked_extension(self) -> dict[str, Any]:
        extension = self._raw["x-pages"]
        style = extension.get("style") if isinstance(extension, dict) else None
        if style not in REQUIRED:
            raise self._problem(f"style is one of {', '.join(REQUIRED)}, not {style!r}")
        if missing := REQUIRED[style] - extension.keys():
            raise self._problem(f"{', '.join(sorted(missing))} missing")
        if unknown := extension.keys() - REQUIRED[style] - OPTIONAL[style] - {"style"}:
            raise self._problem(f"{', '.join(sorted(unknown))} unknown for the style {style}")
        return dict(extension)

    def _max_size(self, extension: dict[str, Any]) -> int | None:
        sizes = [parameter["schema"] for parameter in self._declared if parameter["name"] == extension.get("size")]
        documented = sizes[0].get("maximum") if sizes else None
        stated = extension.get("max-size")
        if stated is not None and documented is not None:
            raise self._problem(f"max-size is in the document: the parameter has the maximum {documented}")
        most = documented if stated is None else stated
        if most is not None and extension["default-size"] > most:
            raise self._problem(f"default-size {extension['default-size']} is above the maximum {most}")
        return most

    def _place(self, prop: Any, place: str, key: str) -> tuple[tuple[str, ...], Any]:
        """Return the attributes that lead to a place, and the property there."""
        names: list[str] = []
        for name in place.split("."):
            model = next((one for one in _alternatives(prop) if isinstance(one, ModelProperty)), None)
            if model is not None and self._expressions.is_map(model):
                names.append(name)
                continue
            fields = self._expressions.fields_of(model) if model is not None else {}
            if name not in fields:
                raise self._problem(f"{key} is at {place!r}, which the response does not have")
            prop = fields[name]
            names.append(str(prop.python_name))
        return tuple(names), prop

    def _item(self, prop: Any) -> Any:
        listed = next((one for one in _alternatives(prop) if isinstance(one, ListProperty)), None)
        if listed is None:
            raise self._problem("items is not a list in the document")
        return listed.inner_property


def _alternatives(prop: Any) -> Iterator[Any]:
    if isinstance(prop, UnionProperty):
        for inner in prop.inner_properties:
            yield from _alternatives(inner)
    else:
        yield prop
