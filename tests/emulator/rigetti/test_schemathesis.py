"""Requests that schemathesis makes up from the published document: never a 500, always the documented form."""

from __future__ import annotations

import copy

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error, response_schema_conformance

from anyqpu_emulator import Emulator
from anyqpu_emulator.clouds.rigetti.catalogue import APPLICATIONS, PROCESSORS

from .conftest import ME
from .document import DOCUMENT

# Things that there are, so that more than 404s are seen.
KNOWN = {
    "quantumProcessorId": list(PROCESSORS),
    "userId": [ME, "00u0emulator0user002"],
    "groupName": ["emulator-lab", "other-lab"],
    "clientApplicationName": list(APPLICATIONS),
    "endpointId": ["aspen-9-default", "nothing"],
}


def _document() -> dict:
    document = copy.deepcopy(DOCUMENT)
    for methods in document["paths"].values():
        shared = methods.get("parameters", [])
        for operation in (item for key, item in methods.items() if key != "parameters"):
            for parameter in [*shared, *operation.get("parameters", [])]:
                if parameter.get("name") in KNOWN:
                    parameter["schema"] = {"type": "string", "enum": KNOWN[parameter["name"]]}
    schemas = document["components"]["schemas"]
    for name in ("CreateReservationRequest", "CreateEngagementRequest"):
        schemas[name]["properties"]["quantumProcessorId"]["enum"] = list(PROCESSORS)
    quil = schemas["TranslateNativeQuilToEncryptedBinaryRequest"]["properties"]["quil"]
    quil["enum"] = ["X 0", "RX(pi) 0\nMEASURE 0", "X", "DECLARE ro BIT\nMEASURE 0 ro", "", "\u0000("]
    return document


EMULATOR = Emulator(seed=1)
schema = schemathesis.openapi.from_dict(_document())
schema.app = EMULATOR.app
schema.config.update(base_url="http://emulator/rigetti")
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
    case.call_and_validate(headers={"Authorization": "Bearer emulator"}, checks=checks)
