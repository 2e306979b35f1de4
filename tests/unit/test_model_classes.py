"""Every public class of the model is data: it survives JSON, copies, pickles and pydantic, and shows no secret."""

from __future__ import annotations

import copy
import dataclasses
import inspect
import json
import pickle
import pkgutil
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cache
from importlib import import_module
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

import anyqpu
import anyqpu.model
from anyqpu.model.serialize import JsonForm
from tests.unit.model_values import json_values, money, objects, times

# Other public classes of the model, and what they are.
OTHERS = {
    "BatchResults": "holds errors, which are written but not read: tests/unit/test_to_dict.py",
    "BatchActions": "a protocol",
    "JobActions": "a protocol",
    "JobMapping": "a protocol",
    "Attached": "a base class",
    "Origin": "part of a handle",
    "NativeForm": "what a transpiler takes",
    "NativeProgram": "a program that was transpiled, and its size",
    "Register": "part of a native program",
    "Shape": "part of a native program",
    "TranspileOptions": "arguments of a call",
    "HtmlRepr": "a base class",
    "JsonForm": "a base class",
    "Serializable": "a base class",
    "ShortRepr": "a base class",
    "Items": "a list: tests/unit/test_paging.py",
    "PollPolicy": "a setting",
    "WaitOptions": "arguments of a call",
}


def public_classes() -> set[type[Any]]:
    """Return the classes that the modules of the model define, without enumerations."""
    modules = [import_module(f"anyqpu.model.{module.name}") for module in pkgutil.iter_modules(anyqpu.model.__path__)]
    return {
        kind
        for module in modules
        for name, kind in vars(module).items()
        if inspect.isclass(kind)
        and kind.__module__ == module.__name__
        and not name.startswith("_")
        and not hasattr(kind, "__members__")
    }


def test_every_class_of_the_model_is_tested_here() -> None:
    names = {kind.__name__ for kind in public_classes() - objects.keys()}
    assert names == OTHERS.keys()
    exported = {getattr(anyqpu, name) for name in anyqpu.__all__}
    data = {kind for kind in exported if inspect.isclass(kind) and issubclass(kind, JsonForm)}
    # The second is tested with the ledger.
    assert {kind.__name__ for kind in data - objects.keys()} == {"BatchResults", "Outcome"}


def fields(value: Any) -> dict[str, Any]:
    """Return all fields but `raw`, also those that equality ignores, such as a handle's `decode`."""
    if not dataclasses.is_dataclass(value):
        return {}
    return {field.name: getattr(value, field.name) for field in dataclasses.fields(value) if field.name != "raw"}


each_class = pytest.mark.parametrize("kind", objects, ids=lambda kind: kind.__name__)
some = settings(max_examples=15)


@each_class
@settings(max_examples=25)
@given(data=st.data())
def test_a_round_trip_through_json_is_exact(kind: type[Any], data: st.DataObject) -> None:
    value = data.draw(objects[kind])
    text = json.dumps(value.to_dict(), allow_nan=False)
    again = kind.from_dict(json.loads(text))
    assert type(again) is kind
    assert again == value
    assert fields(again) == fields(value)
    assert json.dumps(again.to_dict()) == text


COPIES: list[Callable[[Any], Any]] = [
    copy.copy,
    copy.deepcopy,
    *(lambda value, n=protocol: pickle.loads(pickle.dumps(value, n)) for protocol in range(2, 6)),
]


@each_class
@some
@given(data=st.data())
def test_copies_are_equal(kind: type[Any], data: st.DataObject) -> None:
    value = data.draw(objects[kind])
    for make in COPIES:
        again = make(value)
        assert type(again) is kind
        assert (again, fields(again)) == (value, fields(value))
        assert getattr(again, "raw", None) == getattr(value, "raw", None)


@each_class
@some
@given(data=st.data())
def test_functions_for_dataclasses_work(kind: type[Any], data: st.DataObject) -> None:
    value = data.draw(objects[kind])
    if not dataclasses.is_dataclass(value):
        assert dict(value) == {key: value[key] for key in value}
        return
    names = [field.name for field in dataclasses.fields(value)]
    assert list(dataclasses.asdict(value)) == names  # type: ignore[arg-type]
    assert len(dataclasses.astuple(value)) == len(names)  # type: ignore[arg-type]
    assert not [name for name in names if name.startswith("_")]
    again = dataclasses.replace(value)  # type: ignore[type-var]
    assert (again, fields(again)) == (value, fields(value))


@cache
def validator_of(kind: type[Any]) -> jsonschema.Draft202012Validator:
    schema = TypeAdapter(kind).json_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


@each_class
@some
@given(data=st.data())
def test_the_json_schema_describes_the_dictionary(kind: type[Any], data: st.DataObject) -> None:
    validator = validator_of(kind)
    written = json.loads(json.dumps(data.draw(objects[kind]).to_dict()))
    validator.validate(written)
    assert written.keys() <= validator.schema["properties"].keys()
    assert not validator.is_valid(written | {"v": "new"})


@each_class
@some
@given(data=st.data())
def test_pydantic_writes_to_dict_and_reads_from_dict(kind: type[Any], data: st.DataObject) -> None:
    value = data.draw(objects[kind])
    adapter = TypeAdapter(list[kind])  # type: ignore[valid-type]
    text = adapter.dump_json([value])
    assert json.loads(text) == [value.to_dict()]
    assert adapter.dump_python([value]) == [value.to_dict()]
    assert adapter.validate_json(text) == [value]
    assert adapter.validate_python([value]) == [value]
    with pytest.raises(ValueError, match=f"invalid {kind.__name__}: expected a dictionary, not int"):
        adapter.validate_python([5])


SECRET = "c0ffee-not-to-be-shown"
LONG = f"https://user:{SECRET}@example.org/?signature={SECRET} \x1b[2J" + "x" * 500


@each_class
@some
@given(data=st.data())
def test_a_repr_is_printable_and_a_display_is_harmless(kind: type[Any], data: st.DataObject) -> None:
    value = data.draw(objects[kind])
    shown = repr(value)
    assert shown.isprintable()
    if hasattr(kind, "_repr_names"):
        assert len(shown) <= 200
    if hasattr(value, "_repr_html_"):
        assert value._repr_html_().count("<div") == value._repr_html_().count("</div>")


@pytest.mark.parametrize(
    "kind", [kind for kind in objects if hasattr(kind, "_repr_names")], ids=lambda kind: kind.__name__
)
@some
@given(data=st.data())
def test_a_repr_cuts_long_texts_and_hides_signatures(kind: type[Any], data: st.DataObject) -> None:
    value = data.draw(objects[kind])
    hints = {field.name: str(field.type) for field in dataclasses.fields(kind)}
    texts = {name: LONG for name, hint in hints.items() if hint in {"str", "str | None"}}
    shown = repr(dataclasses.replace(value, **texts))
    assert SECRET not in shown
    assert shown.isprintable()
    assert len(shown) <= 200


# Records of services that only one provider has. An engagement has keys, and a computation model a secret link.
RECORDS = [
    kind
    for module in (
        "rigetti.records",
        "pasqal.resources.devices",
        "pasqal.resources.projects",
        "pasqal.results",
        "scaleway.resources.applications",
    )
    for kind in vars(import_module(f"anyqpu.providers.{module}")).values()
    if inspect.isclass(kind) and kind.__module__.endswith(module) and dataclasses.is_dataclass(kind)
    if kind.__name__ != "Engagement"
]


def values_of(hint: Any) -> st.SearchStrategy[Any]:
    """Return values of a type as annotated, and JSON for those of any type."""
    if hint is Any:
        return json_values
    if get_origin(hint) in (Union, UnionType):
        return st.none() | values_of(get_args(hint)[0])
    if get_origin(hint) is tuple and Ellipsis in get_args(hint):
        return st.lists(values_of(get_args(hint)[0]), max_size=2).map(tuple)
    if dataclasses.is_dataclass(hint) and isinstance(hint, type) and hint in RECORDS:
        return record_of(hint)
    if get_origin(hint) is Mapping:
        return st.dictionaries(*map(values_of, get_args(hint)), max_size=2)
    ours: dict[Any, st.SearchStrategy[Any]] = {datetime: times, anyqpu.Money: money}
    return ours[hint] if hint in ours else st.from_type(hint)


def record_of(kind: type[Any]) -> st.SearchStrategy[Any]:
    hints = get_type_hints(kind)
    return st.builds(kind, **{name: values_of(hints[name]) for name in kind.__dataclass_fields__ if name != "raw"})


@pytest.mark.parametrize("kind", RECORDS, ids=lambda kind: kind.__name__)
@some
@given(data=st.data())
def test_records_of_one_provider_are_data_too(kind: type[Any], data: st.DataObject) -> None:
    value = data.draw(record_of(kind))
    adapter = TypeAdapter(kind)
    text = json.dumps(value.to_dict(), allow_nan=False)
    assert json.loads(adapter.dump_json(value)) == json.loads(text)
    validator = jsonschema.Draft202012Validator(adapter.json_schema())
    validator.validate(json.loads(text))
    assert json.dumps(kind.from_dict(json.loads(text)).to_dict()) == text
    for make in COPIES:
        assert make(value).to_dict() == value.to_dict()
