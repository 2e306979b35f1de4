"""An extension of griffe that selects what the reference shows of a class."""

from __future__ import annotations

from typing import Any

from griffe import Attribute, Class, Extension, Function, Module

_CLIENTS = ("kipu.client.KipuClient", "pasqal.client.PasqalClient", "rigetti.client.RigettiClient",
            "scaleway.client.ScalewayClient")  # fmt: skip
_ATTRIBUTES = "\n\nAttributes:"


class Fields(Extension):
    """Omit private fields of dataclasses, list the values of enumerations and the attributes of every client."""

    def on_package(self, *, pkg: Module, **_: Any) -> None:
        """Add the documented attributes of base classes to each client: docstrings are not inherited."""
        if pkg.path != "anyqpu":
            return
        for path in _CLIENTS:
            client = pkg[f"providers.{path}"]
            own, _, documented = client.docstring.value.partition(_ATTRIBUTES)
            for base in client.mro():
                if base.docstring is not None:
                    documented += base.docstring.value.partition(_ATTRIBUTES)[2]
                if "raw" in base.members:
                    # The annotation is a type variable, or Any, which is of no use to a reader.
                    base.members["raw"].annotation = None
            client.docstring.value = f"{own}{_ATTRIBUTES}{documented}"

    def on_class_members(self, *, cls: Class, **_: Any) -> None:
        """Change a class before its fields become signatures."""
        for name in [name for name in cls.members if name.startswith("_") and not name.startswith("__")]:
            if isinstance(cls.members[name], Attribute) and "dataclass" in cls.labels | _decorators(cls):
                del cls.members[name]
        _add_types(cls)
        if cls.docstring is not None and any("Enum" in str(base) for base in cls.bases):
            values = [(name, member) for name, member in cls.members.items() if isinstance(member, Attribute)]
            lines = [f"    {name}: `{member.value}`" for name, member in values if member.docstring is None]
            if lines:
                cls.docstring.value += "\n\nAttributes:\n" + "\n".join(lines)


def _decorators(cls: Class) -> set[str]:
    return {str(decorator.value).partition("(")[0].rpartition(".")[2] for decorator in cls.decorators}


def _add_types(cls: Class) -> None:
    """Give an attribute that stores an argument of `__init__` the type of that argument."""
    init = cls.members.get("__init__")
    if isinstance(init, Function):
        for member in cls.members.values():
            if isinstance(member, Attribute) and member.annotation is None and str(member.value) in init.parameters:
                member.annotation = init.parameters[str(member.value)].annotation
