"""Requests that schemathesis makes up from the document: never a 500, always the documented form."""

from __future__ import annotations

import copy

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error, response_schema_conformance

from anyqpu_emulator import Emulator
from anyqpu_emulator.clouds.pasqal.catalogue import DEVICES

from .document import ACCOUNT, DOCUMENT, SERVED
from .helpers import FLIP


def _document() -> dict:
    """What is served below one base, with devices and sequences that there are, so that jobs begin."""
    document = copy.deepcopy(DOCUMENT)
    for path, methods in list(document["paths"].items()):
        for method, operation in list(methods.items()):
            name = operation.get("operationId") if isinstance(operation, dict) else None
            if name not in SERVED or name in ACCOUNT:
                del methods[method]
        if not methods:
            del document["paths"][path]
    schemas = document["components"]["schemas"]
    schemas["DeviceTypeName"]["enum"] = list(DEVICES)
    schemas["CreateBatchRequest"]["properties"]["sequence_builder"] = {"type": "string", "enum": [FLIP, "{}"]}
    schemas["CreateJobRequest"]["properties"]["runs"] = {"type": "integer", "minimum": 0, "maximum": 600}
    return document


EMULATOR = Emulator(seed=1)
schema = schemathesis.openapi.from_dict(_document())
schema.app = EMULATOR.app
schema.config.update(base_url="http://emulator/pasqal/core-fast")
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
    case.call_and_validate(headers={"Authorization": "Bearer t"}, checks=checks)
