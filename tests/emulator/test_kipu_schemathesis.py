"""Requests that schemathesis makes up from the published document: never a 500, always the documented form."""

from __future__ import annotations

import copy

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error, response_schema_conformance

from anyqpu_emulator import Emulator
from anyqpu_emulator.clouds.kipu.catalogue import BACKENDS

from .kipu_document import DOCUMENT


def _document() -> dict:
    """The document with backends that there are, so that jobs begin."""
    document = copy.deepcopy(DOCUMENT)
    schemas = document["components"]["schemas"]
    for name in ("CreateJobRequest", "CreateSessionRequest"):
        schemas[name]["properties"]["backend_id"]["enum"] = list(BACKENDS)
    schemas["CreateJobRequest"]["properties"]["shots"]["maximum"] = 100
    for methods in document["paths"].values():
        for operation in methods.values():
            for parameter in operation["parameters"]:
                if "backend" in operation["operationId"].lower() and parameter["in"] == "path":
                    parameter["schema"]["enum"] = list(BACKENDS)
    return document


EMULATOR = Emulator(seed=1)
schema = schemathesis.openapi.from_dict(_document())
schema.app = EMULATOR.app
schema.config.update(base_url="http://emulator/kipu/quantum")
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
