"""Every example in the documents is read and written back as it stands there."""

from __future__ import annotations

import inspect
import json
from collections.abc import Iterator
from typing import Any

import pytest
from anyqpu_raw._core import ApiModel, encode

from scripts.documents import PROVIDERS, SPECS, load, operations
from tests.generated.samples import SCHEMAS, Body, Sampler, bodies, class_of, same


def examples_of(node: dict[str, Any]) -> list[Any]:
    """The examples of a media type or of a schema, in all the ways that OpenAPI has for them."""
    examples = [node["example"]] if "example" in node else []
    several = node.get("examples", [])
    return examples + ([example["value"] for example in several.values()] if isinstance(several, dict) else several)


def body_examples() -> list[Any]:
    return [
        pytest.param(body, example, id=f"{body}-{number}")
        for provider in PROVIDERS
        for body in bodies(provider)
        for number, example in enumerate(examples_of(body.media))
    ]


def component_examples() -> Iterator[tuple[str, str, Any]]:
    """(provider, component, example), where a component that is an object has one of its own."""
    for provider in PROVIDERS:
        for name, schema in SCHEMAS[provider].items():
            for example in examples_of(schema):
                if isinstance(example, dict):
                    yield provider, name, example


def components_with_property_examples() -> list[Any]:
    """Components whose examples stand beside the single properties."""
    return [
        pytest.param(provider, name, id=f"{provider}-{name}")
        for provider in PROVIDERS
        for name, schema in SCHEMAS[provider].items()
        if any("example" in inner for inner in schema.get("properties", {}).values())
    ]


@pytest.mark.parametrize(("body", "example"), body_examples())
def test_an_example_of_a_body_is_read_and_written_as_it_stands(body: Body, example: Any) -> None:
    """Requests by their model, responses by the parser of their operation; Pasqal's page has one for most bodies.

    Times are compared as instants (see `samples.same`); nothing else may differ.
    """
    read = body.read(example)
    assert same(encode(read), example)
    if body.status is None and not isinstance(example, list):
        request = body.module.build_request(**path_arguments(body), body=read)
        assert same(json.loads(request.content), example)


def path_arguments(body: Body) -> dict[str, str]:
    """A word for each required parameter but the body."""
    parameters = inspect.signature(body.module.build_request).parameters.values()
    required = [parameter.name for parameter in parameters if parameter.default is parameter.empty]
    return dict.fromkeys(set(required) - {"body"}, "some")


@pytest.mark.parametrize(
    ("provider", "name", "example"),
    [pytest.param(*item, id=f"{item[0]}-{item[1]}") for item in component_examples()],
)
def test_an_example_of_a_component_is_read_and_written_as_it_stands(provider: str, name: str, example: Any) -> None:
    """Components without fields of their own are dictionaries, and need no reading."""
    model = class_of(provider, name)
    if model is not None:
        assert same(model.from_dict(example).to_dict(), example)
    else:
        assert not SCHEMAS[provider][name].get("properties")


@pytest.mark.parametrize(("provider", "name"), components_with_property_examples())
def test_examples_of_properties_make_an_object(provider: str, name: str) -> None:
    """Each property as its example shows it, whatever its type says, and a made-up value without one."""
    body = Sampler(provider, examples=True).make(SCHEMAS[provider][name])
    model = class_of(provider, name)
    assert issubclass(model, ApiModel)
    shown = {
        key: inner["example"] for key, inner in SCHEMAS[provider][name]["properties"].items() if "example" in inner
    }
    assert {key: body[key] for key in shown} == shown
    assert same(model.from_dict(body).to_dict(), body)


def test_there_are_examples_to_test_with() -> None:
    """Pasqal's page shows most bodies, Kipu's document the inputs of its jobs, Scaleway's the single fields."""
    by_place = {
        "bodies": {str(example.id).split("-", maxsplit=1)[0] for example in body_examples()},
        "components": {provider for provider, _, _ in component_examples()},
        "properties": {str(example.id).split("-", maxsplit=1)[0] for example in components_with_property_examples()},
    }
    assert by_place == {
        "bodies": {"pasqal"},
        "components": {"kipu"},
        "properties": {"scaleway", "kipu", "rigetti"},
    }


def test_no_example_of_pasqals_page_is_forgotten() -> None:
    """Each sample of the page is an example of the document, and each such example is tested above."""
    document = load(SPECS / "pasqal" / "final.json")
    # In JSON, because that is where a sample cannot hide.
    text = json.dumps([operation for _, _, operation in operations(document)])
    assert text.count('"example": ') + text.count('"examples": ') == len(
        [example for example in body_examples() if str(example.id).startswith("pasqal")]
    )
