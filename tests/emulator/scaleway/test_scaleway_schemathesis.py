"""Requests that schemathesis makes up from the published document: never a 500, always the documented form."""

from __future__ import annotations

import copy

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error, response_schema_conformance

from anyqpu_emulator import Emulator
from anyqpu_emulator.clouds.scaleway.catalogue import APPLICATIONS, PLATFORMS

from .support import DOCUMENT, ROOT


def _document() -> dict:
    """The document with platforms and applications that there are, so that sessions and processes begin."""
    document = copy.deepcopy(DOCUMENT)
    for methods in document["paths"].values():
        for operation in methods.values():
            for parameter in operation.get("parameters", []):
                if parameter["in"] == "path" and parameter["name"] == "platform_id":
                    parameter["schema"]["enum"] = list(PLATFORMS)
            if operation["operationId"] in ("CreateSession", "CreateProcess"):
                properties = operation["requestBody"]["content"]["application/json"]["schema"]["properties"]
                properties["platform_id"] = {"type": "string", "enum": list(PLATFORMS)}
                if "application_id" in properties:
                    properties["application_id"] = {"type": "string", "enum": list(APPLICATIONS)}
    return document


EMULATOR = Emulator(seed=1)
schema = schemathesis.openapi.from_dict(_document())
schema.app = EMULATOR.app
schema.config.update(base_url=ROOT)
schema.location = "/openapi.json"


@pytest.fixture(scope="module", autouse=True)
def closed():
    yield
    EMULATOR.close()


@schema.parametrize()
# Besides the values at every limit of the document, for each operation; `make fuzz` sends many more.
@settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))
def test_made_up_requests(case: schemathesis.Case) -> None:
    checks = [not_a_server_error, response_schema_conformance]
    case.call_and_validate(headers={"X-Auth-Token": "t"}, checks=checks)
