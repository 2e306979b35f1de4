"""Griffe extension that adapts classes for the reference."""

from __future__ import annotations

from typing import Any

from griffe import Attribute, Class, Extension, Function, Module

_CLIENTS = ("kipu.client.KipuClient", "pasqal.client.PasqalClient", "rigetti.client.RigettiClient",
            "scaleway.client.ScalewayClient")  # fmt: skip
_ATTRIBUTES = "\n\nAttributes:"


class Fields(Extension):
    """Omits private fields of dataclasses; lists the values of enumerations and the attributes of all clients."""

    def on_package(self, *, pkg: Module, **_: Any) -> None:
        """Say of each client what its base class says of all: members are inherited, what docstrings list is not."""
        if pkg.path != "anyqpu":
            return
        base = pkg["providers.base.BaseClient"]
        # Of its own type for each cloud, which a type variable does not tell.
        base.members["raw"].annotation = None
        listed = base.docstring.value.partition(_ATTRIBUTES)[2]
        for path in _CLIENTS:
            docstring = pkg[f"providers.{path}"].docstring
            if _ATTRIBUTES not in docstring.value:
                docstring.value += _ATTRIBUTES + listed

    def on_class_members(self, *, cls: Class, **_: Any) -> None:
        """Change a class before its signature is made from its fields."""
        for name in [name for name in cls.members if name.startswith("_") and not name.startswith("__")]:
            if isinstance(cls.members[name], Attribute) and "dataclass" in cls.labels | _decorators(cls):
                del cls.members[name]
        _set_types(cls)
        if cls.docstring is not None and any("Enum" in str(base) for base in cls.bases):
            words = [(name, each) for name, each in cls.members.items() if isinstance(each, Attribute)]
            lines = [f"    {name}: `{each.value}`" for name, each in words if each.docstring is None]
            if lines:
                cls.docstring.value += "\n\nAttributes:\n" + "\n".join(lines)


def _decorators(cls: Class) -> set[str]:
    return {str(each.value).partition("(")[0].rpartition(".")[2] for each in cls.decorators}


def _set_types(cls: Class) -> None:
    """Give an attribute that holds an argument of `__init__` the type of that argument."""
    init = cls.members.get("__init__")
    if isinstance(init, Function):
        for each in cls.members.values():
            if isinstance(each, Attribute) and each.annotation is None and str(each.value) in init.parameters:
                each.annotation = init.parameters[str(each.value)].annotation
