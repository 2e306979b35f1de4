"""Python source for types and decoders, from the generator's property tree.

One function per question (what type is it, how is it read, which classes does it name), instead of a template per
kind of property: the results are expressions, so models and operations need no statement per field.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from openapi_python_client.parser import properties as p
from openapi_python_client.parser.properties import EnumProperty, ListProperty, ModelProperty, UnionProperty

SIMPLE_TYPES = {
    p.AnyProperty: "Any",
    p.BooleanProperty: "bool",
    p.DateProperty: "date",
    p.DateTimeProperty: "datetime",
    p.FileProperty: "bytes",
    p.FloatProperty: "float",
    p.IntProperty: "int",
    p.NoneProperty: "None",
    p.StringProperty: "str",
    # Identifiers stay text: a cloud that once sends another form would otherwise make the whole response unreadable.
    p.UuidProperty: "str",
}


@dataclass(frozen=True)
class ClassRef:
    """A generated class and the module that holds it."""

    module: str
    name: str


def is_a(prop: Any, *kinds: type) -> bool:
    """Whether a property is of one of these kinds, which are protocols: `isinstance` would compare their methods."""
    return type(prop) in kinds


def class_ref(prop: Any) -> ClassRef:
    return ClassRef(str(prop.class_info.module_name), str(prop.class_info.name))


def is_nullable(prop: Any) -> bool:
    """Whether None is a value of its own here."""
    if is_a(prop, UnionProperty):
        return any(is_nullable(inner) for inner in prop.inner_properties)
    return is_a(prop, p.NoneProperty, p.AnyProperty)


def _alternatives(prop: UnionProperty) -> list[Any]:
    """What a union is made of, where its parts may be unions themselves."""
    parts = [_alternatives(inner) if is_a(inner, UnionProperty) else [inner] for inner in prop.inner_properties]
    return [inner for part in parts for inner in part]


def _reference(prop: Any) -> str:
    """How generated code names a class at run time: through its module, so that models may refer to each other."""
    ref = class_ref(prop)
    return f"_{ref.module}.{ref.name}"


class Expressions:
    """Types and decoders of one document. Needs all its models, because references are copies without fields."""

    def __init__(self, models: Iterable[ModelProperty], *, tolerant: bool = False) -> None:
        self._tolerant = tolerant
        self._models = {class_ref(model).name: model for model in models}

    def is_map(self, prop: Any) -> bool:
        """An object without fields of its own is a dictionary, not a class."""
        if not is_a(prop, ModelProperty):
            return False
        model = self.model_of(prop)
        return bool(model.additional_properties) and not model.required_properties and not model.optional_properties

    def model_of(self, prop: Any) -> ModelProperty:
        """The model that a property refers to."""
        return self._models[class_ref(prop).name]

    def fields_of(self, prop: ModelProperty) -> dict[str, Any]:
        """The properties of a model by their names in the document."""
        model = self.model_of(prop)
        both = (model.required_properties or []) + (model.optional_properties or [])
        return {field.name.get_untrusted_value(): field for field in both}

    def _map_value(self, prop: ModelProperty) -> Any:
        """The property of a map's values; None where they are free."""
        value = self.model_of(prop).additional_properties
        return None if isinstance(value, bool) else value

    def type_of(self, prop: Any) -> str:
        """The annotation of a property that is there."""
        if is_a(prop, UnionProperty):
            names = [self.type_of(inner) for inner in _alternatives(prop)]
            if "Any" in names:
                return "Any"
            # None last, as people write it.
            return " | ".join(sorted(dict.fromkeys(names), key=lambda name: name == "None"))
        if is_a(prop, ListProperty):
            return f"list[{self.type_of(prop.inner_property)}]"
        if self.is_map(prop):
            inner = self._map_value(prop)
            return f"dict[str, {self.type_of(inner) if inner else 'Any'}]"
        if is_a(prop, EnumProperty, ModelProperty):
            return class_ref(prop).name
        if is_a(prop, p.ConstProperty):
            return type(prop.value.raw_value).__name__ if prop.value.raw_value is not None else "None"
        return SIMPLE_TYPES[type(prop)]

    def annotation(self, prop: Any) -> str:
        """The annotation with `Unset`, where the property may be left out."""
        kind = self.type_of(prop)
        return kind if prop.required or kind == "Any" else f"{kind} | Unset"

    def argument_annotation(self, prop: Any) -> str:
        """The annotation of a parameter, which also takes None for "not given", as people pass it on."""
        kind = self.type_of(prop)
        if kind == "Any":
            return kind
        # Callers may write the word itself instead of the member of the enum.
        if is_a(prop, EnumProperty):
            kind += " | str" if prop.value_type is str else " | int"
        elif is_a(prop, ListProperty):
            inner = self.type_of(prop.inner_property)
            word = " | str" if is_a(prop.inner_property, EnumProperty) else ""
            kind = f"Sequence[{inner}{word}]"
        if prop.required:
            return kind
        return f"{kind} | Unset" if kind.endswith("| None") else f"{kind} | None | Unset"

    def classes_of(self, prop: Any) -> set[ClassRef]:
        """The generated classes that a property's type names."""
        if is_a(prop, UnionProperty):
            return {ref for inner in prop.inner_properties for ref in self.classes_of(inner)}
        if is_a(prop, ListProperty):
            return self.classes_of(prop.inner_property)
        if self.is_map(prop):
            inner = self._map_value(prop)
            return self.classes_of(inner) if inner else set()
        if is_a(prop, EnumProperty, ModelProperty):
            return {class_ref(prop)}
        return set()

    def decode(self, prop: Any, source: str) -> str:
        """An expression for the property's value, from the JSON value in `source`; `source` itself if they agree."""
        if is_a(prop, UnionProperty):
            return self._decode_union(prop, source)
        if is_a(prop, ListProperty):
            inner = prop.inner_property
            if is_a(inner, ModelProperty) and not self.is_map(inner):
                return f"{'fitting' if self._tolerant else 'decode'}_models({source}, {_reference(inner)})"
            item = self.decode(inner, "item")
            return source if item == "item" else f"decode_list({source}, lambda item: {item})"
        if self.is_map(prop):
            inner = self._map_value(prop)
            item = self.decode(inner, "item") if inner else "item"
            return source if item == "item" else f"decode_map({source}, lambda item: {item})"
        if is_a(prop, ModelProperty):
            return f"decode_model({source}, {_reference(prop)})"
        if is_a(prop, EnumProperty):
            return f"_{class_ref(prop).module}.read({source})"
        if is_a(prop, p.DateTimeProperty):
            return f"decode_datetime({source})"
        if is_a(prop, p.DateProperty):
            return f"decode_date({source})"
        return source

    def decode_once(self, prop: Any, source: str) -> str:
        """As `decode`, for a source that may be evaluated only once."""
        expression = self.decode(prop, "value")
        repeated = is_a(prop, UnionProperty) and expression != "value"
        return f"(lambda value: {expression})({source})" if repeated else self.decode(prop, source)

    def _decode_union(self, prop: UnionProperty, source: str) -> str:
        """Dispatch on the JSON type, never "the first that does not throw": several models go by their keys."""
        inner = [one for one in _alternatives(prop) if not is_a(one, p.NoneProperty)]
        if any(is_a(one, p.AnyProperty) or self.is_map(one) for one in inner):
            return source
        models = [one for one in inner if is_a(one, ModelProperty)]
        lists = [one for one in inner if is_a(one, ListProperty) and self.decode(one, "x") != "x"]
        texts = [one for one in inner if is_a(one, EnumProperty, p.DateTimeProperty, p.DateProperty)]
        others = [one for one in inner if is_a(one, p.StringProperty, p.IntProperty, p.FloatProperty)]
        expression = source
        if len(texts) == 1 and not others:
            expression = self.decode(texts[0], source)
        if len(lists) == 1:
            rest = expression
            expression = self.decode(lists[0], source)
            expression = expression if rest == source else f"{expression} if isinstance({source}, list) else {rest}"
        if models:
            rest = expression
            expression = f"decode_model({source}, {', '.join(_reference(model) for model in models)})"
            expression = expression if rest == source else f"{expression} if isinstance({source}, dict) else {rest}"
        if expression == source:
            return source
        return f"({expression})"

    def body_decoder(self, prop: Any, *, or_page: bool = False) -> str:
        """The decoder of a whole body: as `decode`, but a list where an object is due, or the reverse, is an error."""
        if is_a(prop, ModelProperty) and not self.is_map(prop):
            return f"expect_object({_reference(prop)})"
        if is_a(prop, ListProperty):
            inner = prop.inner_property
            if self._tolerant and is_a(inner, ModelProperty) and not self.is_map(inner):
                return f"expect_models({_reference(inner)})"
            item = self.decode(inner, "item")
            options = ", or_page=True" if or_page else ""
            return f"expect_list(lambda item: {item}{options})"
        if is_a(prop, p.FileProperty):
            return "raw_bytes"
        if is_a(prop, p.AnyProperty):
            return "any_body"
        expression = self.decode(prop, "value")
        return "json_body" if expression == "value" else f"lambda value: {expression}"
