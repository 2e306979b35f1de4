"""What openapi-python-client does too slowly or gives names that our templates cannot take."""

from __future__ import annotations

import copy
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from openapi_python_client.config import Config
from openapi_python_client.parser import openapi
from openapi_python_client.parser.errors import ParseError
from openapi_python_client.parser.properties import model_property
from openapi_python_client.parser.responses import Responses
from openapi_python_client.schema.untrusted_string import UntrustedString
from openapi_python_client.strings import PythonIdentifier

# Attributes of `ApiModel`, and a type that fields of the same name would hide from those behind it.
_FIELDS = {"additional_properties", "date", "from_dict", "to_dict"}
# Names that generated functions use.
_ARGUMENTS = {
    *("as_json", "body", "bytes_content", "date", "deep", "form_content", "header_values", "joined", "json_content"),
    *("multipart_content", "path_segment", "query_pairs", "spread"),
}


@contextmanager
def applied() -> Iterator[None]:
    """Parse documents with our replacements."""
    ours: list[tuple[Any, str, Any]] = [
        (openapi, "deepcopy", _copy_endpoint),
        (model_property, "_resolve_naming_conflict", _distinct_names),
        (openapi.Endpoint, "_check_parameters_for_conflicts", _name_arguments),
    ]
    present = [(owner, name, getattr(owner, name)) for owner, name, _ in ours]
    for owner, name, function in ours:
        setattr(owner, name, function)
    try:
        yield
    finally:
        for owner, name, function in present:
            setattr(owner, name, function)


def _copy_endpoint(endpoint: Any) -> Any:
    """Copy an endpoint's lists; a deep copy of all the schemas in it takes most of the time of a large document."""
    new = copy.copy(endpoint)
    for name, value in vars(new).items():
        if isinstance(value, list | set):
            setattr(new, name, value.copy())
    new.responses = Responses(patterns=list(endpoint.responses.patterns), default=endpoint.responses.default)
    return new


def _distinct_names(new: Any, present: Any, config: Config) -> None:
    """Name two fields that would have one name; where only signs differ, the new one has their names: `plus_sign_1`."""
    names = [_plain_name(prop, config) for prop in (new, present)]
    if names[0] != names[1]:
        for prop in (new, present):
            prop.set_python_name(prop.name, config=config, skip_snake_case=True)
        return
    text = new.name.get_untrusted_value()
    spelt = "".join(c if c.isalnum() or c == "_" else f" {unicodedata.name(c, f'u{ord(c)}')} " for c in text)
    new.set_python_name(UntrustedString(spelt.lower()), config=config)


def _name_arguments(endpoint: Any, *, config: Config) -> Any:
    """Name arguments that would have one name by where they are; one in the path keeps it: `get_job(id, id_query=)`."""
    groups: dict[str, list[tuple[str, Any]]] = {}
    for location, prop in endpoint.iter_all_parameters():
        groups.setdefault(str(prop.python_name), []).append((str(location), prop))
    for name, group in groups.items():
        locations = [location for location, _ in group]
        for location, prop in group:
            if locations.count(location) > 1:
                prop.set_python_name(prop.name, config=config, skip_snake_case=True)
            elif name in {"client", "url"} or (len(group) > 1 and location != "path"):
                prop.set_python_name(UntrustedString(f"{name}_{location}"), config=config)
    names = [str(prop.python_name) for _, prop in endpoint.iter_all_parameters()]
    if twice := [name for name in names if names.count(name) > 1]:
        return ParseError(detail=f"Parameters with same Python identifier {twice[0]} detected")
    return endpoint


def _plain_name(prop: Any, config: Config) -> str:
    return PythonIdentifier(prop.name, prefix=config.field_prefix, skip_snake_case=True)


def rename_reserved(data: Any, config: Config) -> None:
    """Add an underscore to names of fields and of arguments that generated code uses for something else."""
    for model in data.models:
        for prop in [*(model.required_properties or []), *(model.optional_properties or [])]:
            if str(prop.python_name) in _FIELDS:
                prop.set_python_name(UntrustedString(f"{prop.python_name}_"), config=config, skip_snake_case=True)
    for collection in data.endpoint_collections_by_tag.values():
        for endpoint in collection.endpoints:
            for _, prop in endpoint.iter_all_parameters():
                name = str(prop.python_name)
                if name in _ARGUMENTS:
                    prop.set_python_name(UntrustedString(f"{name}_"), config=config, skip_snake_case=True)
                    path = endpoint.path.get_untrusted_value().replace(f"{{{name}}}", f"{{{prop.python_name}}}")
                    endpoint.path = UntrustedString(path)
