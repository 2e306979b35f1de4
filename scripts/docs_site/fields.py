"""An extension of griffe: what of a class is for its users to see."""

from __future__ import annotations

from typing import Any

from griffe import Attribute, Class, Extension


class Fields(Extension):
    """Leaves out private fields of dataclasses, and lists the words of an enumeration with its own words."""

    def on_class_members(self, *, cls: Class, **_: Any) -> None:
        """Change a class before signatures are made of its fields."""
        for name in [name for name in cls.members if name.startswith("_") and not name.startswith("__")]:
            if isinstance(cls.members[name], Attribute) and "dataclass" in cls.labels | _decorators(cls):
                del cls.members[name]
        if cls.docstring is not None and any("Enum" in str(base) for base in cls.bases):
            words = [(name, each) for name, each in cls.members.items() if isinstance(each, Attribute)]
            lines = [f"    {name}: `{each.value}`" for name, each in words if each.docstring is None]
            if lines:
                cls.docstring.value += "\n\nAttributes:\n" + "\n".join(lines)


def _decorators(cls: Class) -> set[str]:
    return {str(each.value).partition("(")[0].rpartition(".")[2] for each in cls.decorators}
