"""Every model of every provider: what a cloud sends can be read, kept, pickled and sent back without loss."""

from __future__ import annotations

import pickle
import sys
from enum import Enum, IntEnum
from functools import cache
from typing import Any

import pytest
from anyqpu_raw._core import UNSET, ApiModel, encode
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scripts.documents import PROVIDERS, ROOT
from tests.generated.samples import (
    MODELS,
    SCHEMAS,
    TURNS,
    Sampler,
    bodies,
    class_of,
    classes,
    known_words,
    models_in,
    same,
)

each_provider = pytest.mark.parametrize("provider", PROVIDERS)


def each_class(kind: type) -> Any:
    """A test per generated class, named by provider and class."""
    params = [pytest.param(class_, id=f"{p}-{class_.__name__}") for p in PROVIDERS for class_ in classes(p, kind)]
    return pytest.mark.parametrize("model" if kind is ApiModel else "enum", params)


@cache
def samples(provider: str) -> dict[type, list[dict[str, Any]]]:
    """Objects of each model, from the document's schemas: full and minimal, with every alternative and word."""
    examples: dict[type, list[dict[str, Any]]] = {}
    for variant in range(TURNS):
        for full in (True, False):
            sampler = Sampler(provider, variant=variant, full=full)
            read = [
                model.from_dict(sampler.make(schema))
                for name, schema in SCHEMAS[provider].items()
                if isinstance(model := class_of(provider, name), type) and issubclass(model, ApiModel)
            ]
            read += [body.read(sampler.make(body.media["schema"])) for body in bodies(provider)]
            for model in models_in(read):
                body = model.to_dict()
                if body not in examples.setdefault(type(model), []):
                    examples[type(model)].append(body)
    return examples


def provider_of(model: type) -> str:
    return model.__module__.split(".")[1]


# --- the package


@each_provider
def test_every_class_is_in_a_module_of_its_own(provider: str) -> None:
    """`models.Job` and `models.job.Job` are the same; the package offers a class per module."""
    models = MODELS[provider]
    folder = ROOT / "generated" / "anyqpu_raw" / provider / "models"
    modules = {file.stem for file in folder.glob("*.py")} - {"__init__"}
    assert {getattr(models, name).__module__.rsplit(".", 1)[1] for name in models.__all__} == modules
    assert len(modules) == len(models.__all__) == len(set(models.__all__))
    assert {getattr(models, name).__name__ for name in models.__all__} == set(models.__all__)
    assert set(models.__all__) <= set(dir(models))


@each_provider
def test_an_unknown_model_is_an_attribute_error(provider: str) -> None:
    """Lazy importing does not hide a typing error."""
    with pytest.raises(AttributeError, match="has no attribute 'NoSuchModel'"):
        MODELS[provider].NoSuchModel  # noqa: B018


@each_provider
def test_names_of_classes_do_not_carry_the_package_of_the_cloud(provider: str) -> None:
    """`Session`, not `ScalewayQaasV1Alpha1Session`."""
    for name in MODELS[provider].__all__:
        assert "ScalewayQaas" not in name
        assert "V1Alpha1" not in name


def test_type_checkers_find_the_types() -> None:
    """The marker of a typed package is there, for the whole and for each provider."""
    raw = ROOT / "generated" / "anyqpu_raw"
    assert all((folder / "py.typed").is_file() for folder in (raw, *(raw / provider for provider in PROVIDERS)))


# --- round trips


@each_class(ApiModel)
def test_an_object_as_documented_is_written_as_it_was_read(model: type[ApiModel]) -> None:
    """Nothing is lost, added or changed, with all fields or with the required ones only."""
    bodies_of_model = samples(provider_of(model)).get(model)
    assert bodies_of_model, "no schema of the document leads to this class"
    for body in bodies_of_model:
        read = model.from_dict(body)
        assert read.to_dict() == body
        assert type(read) is model
        assert pickle.loads(pickle.dumps(read)) == read
        assert set(body) >= model.REQUIRED


@each_provider
def test_every_component_is_read_as_its_class(provider: str) -> None:
    """The object of each component schema comes back from its class as it was."""
    compared = 0
    for variant in range(TURNS):
        for name, schema in SCHEMAS[provider].items():
            model = class_of(provider, name)
            if isinstance(model, type) and issubclass(model, ApiModel):
                body = Sampler(provider, variant=variant).make(schema)
                assert model.from_dict(body).to_dict() == body, name
                compared += 1
    assert compared > 10 * TURNS


@pytest.mark.parametrize("body", [item for p in PROVIDERS for item in bodies(p)], ids=str)
def test_every_body_is_read_as_documented(body: Any) -> None:
    """Requests by their model, responses by the operation's parser."""
    for variant in range(TURNS):
        value = Sampler(body.provider, variant=variant).make(body.media["schema"])
        assert encode(body.read(value)) == value


plain = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=6)
# No objects among the values: one of a nested model without its required keys is refused, which is tested elsewhere.
odd = plain | st.lists(plain, max_size=3) | st.sampled_from(["UNKNOWN", "2025-01-02T12:00:00.5", "2025-01-02", [[]]])


@st.composite
def altered(draw: st.DrawFn, model: type[ApiModel]) -> dict[str, Any]:
    """An object of the model, in which fields are of any type, null or missing, and others are new."""
    body = dict(draw(st.sampled_from(samples(provider_of(model))[model])))
    for _, key in model.FIELDS:
        fate = draw(st.sampled_from(["kept", "kept", "odd", "null", "missing"]))
        if fate == "odd":
            body[key] = draw(odd)
        elif fate == "null":
            body[key] = None
        elif fate == "missing" and key not in model.REQUIRED:
            body.pop(key, None)
    return body | draw(st.dictionaries(st.text(max_size=6).map("x-{}".format), odd, max_size=2))


@each_class(ApiModel)
@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_an_object_not_as_documented_is_kept_too(model: type[ApiModel], data: st.DataObject) -> None:
    """Wrong types, nulls and unknown keys: extra content is sent back with its value, and reading again is the same."""
    body = data.draw(altered(model))
    read = model.from_dict(body)
    written = read.to_dict()
    assert all(same(written[key], value) for key, value in body.items() if value is not None)
    assert set(written) <= set(body)
    assert model.from_dict(written) == read
    assert pickle.loads(pickle.dumps(read)) == read


@each_class(ApiModel)
def test_a_missing_required_key_is_named(model: type[ApiModel]) -> None:
    """The `KeyError` of which a parser makes a `ResponseError`; all other keys may be missing together."""
    body = samples(provider_of(model))[model][0]
    for key in model.REQUIRED:
        with pytest.raises(KeyError, match=key):
            model.from_dict({name: value for name, value in body.items() if name != key})
    least = model.from_dict({key: body[key] for key in model.REQUIRED})
    assert [key for name, key in model.FIELDS if getattr(least, name) is not UNSET] == [
        key for _, key in model.FIELDS if key in model.REQUIRED
    ]


# --- enums


@each_class(Enum)
def test_every_enum_is_open(enum: Any) -> None:
    """A value that the document does not list is kept: it equals the text, and is marked as unknown."""
    value: Any = 987_654 if issubclass(enum, IntEnum) else "never listed"
    member = enum(value)
    assert (type(member), member, member.value, member.is_known) == (enum, value, value, False)
    assert pickle.loads(pickle.dumps(member)) == member
    assert type(pickle.loads(pickle.dumps(member))) is enum
    read = sys.modules[enum.__module__].read
    assert read([]) == []
    assert type(read(value)) is enum
    assert len(enum) > 0


@each_class(Enum)
def test_every_member_of_an_enum_is_known(enum: Any) -> None:
    """A listed value is the member itself, also after pickling; asking for unknown ones does not add any."""
    enum("never listed" if not issubclass(enum, IntEnum) else 987_654)
    for member in enum:
        assert enum(member.value) is member
        assert pickle.loads(pickle.dumps(member)) is member
        assert member.is_known


@each_provider
def test_every_documented_word_is_a_member(provider: str) -> None:
    """No value of an enum got lost on the way, for instance because two would have the same name in Python."""
    for name, schema in SCHEMAS[provider].items():
        if "enum" in schema:
            words = [word for word in schema["enum"] if word is not None]
            assert sorted(member.value for member in class_of(provider, name)) == sorted(words), name
    inline = {word for words in enums_in(SCHEMAS[provider]) for word in words if word is not None}
    assert inline <= known_words(provider)


def enums_in(node: Any) -> list[list[Any]]:
    """The word lists of all schemas, at any depth; a property that is itself called `enum` is not one."""
    if isinstance(node, list):
        return [words for element in node for words in enums_in(element)]
    if not isinstance(node, dict):
        return []
    # A reference stands for its target; what is beside it is not read.
    here = [node["enum"]] if isinstance(node.get("enum"), list) and "$ref" not in node else []
    return here + [words for value in node.values() for words in enums_in(value)]


# --- secrets


def has_password(provider: str, schema: dict[str, Any]) -> bool:
    """Whether a schema is a password or has one below it; not for schemas that refer to themselves."""
    if "$ref" in schema:
        schema = SCHEMAS[provider][schema["$ref"].rsplit("/", 1)[1]]
    below = schema.get("properties", {}).values()
    return schema.get("format") == "password" or any(has_password(provider, field) for field in below)


@each_provider
def test_passwords_are_hidden(provider: str) -> None:
    """Each field of `format: password`, and each that holds such a field, is left out of `repr`."""
    for name, schema in SCHEMAS[provider].items():
        fields = schema.get("properties", {})
        secret = {key for key, field in fields.items() if field.get("format") == "password"}
        if secret:
            model = class_of(provider, name)
            holding = {key for key, field in fields.items() if has_password(provider, field)}
            assert {key for attribute, key in model.FIELDS if attribute in model.SECRETS} == holding
            body = Sampler(provider).make(schema) | dict.fromkeys(secret, "hush")
            assert "hush" not in repr(model.from_dict(body))


def test_some_passwords_are_there_to_be_hidden() -> None:
    """The test above has something to look at: Rigetti's documents say which of their texts are passwords."""
    assert [model.__name__ for model in classes("rigetti", ApiModel) if model.SECRETS]
