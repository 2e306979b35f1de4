"""The whole of the document has its place in the client, and what Scaleway lacks is said."""

from __future__ import annotations

import inspect
import json
import re
from pathlib import Path

import pytest

from anyqpu import errors
from anyqpu.providers.scaleway import ScalewayClient

DOCUMENT = json.loads((Path(__file__).parents[3] / "specs" / "scaleway" / "final.json").read_text())
OPERATIONS = {
    operation["operationId"] for methods in DOCUMENT["paths"].values() for operation in methods.values()
}  # fmt: skip
METHODS = {
    name: inspect.getdoc(method) or ""
    for name, method in inspect.getmembers(ScalewayClient, callable)
    if not name.startswith("_")
}


def test_every_operation_is_used_by_a_method_that_says_so() -> None:
    named = {word for text in METHODS.values() for found in re.findall(r"\(([^()]*)\)", text) for word in found.split()}
    words = {word.strip(",.;") for word in named}
    assert len(OPERATIONS) == 32
    assert not OPERATIONS - words


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("name", "hint"), [("find_slots", "booking_rules says what a booking"), ("calibration", "raw.metadata")]
)
async def test_what_there_is_not_names_the_nearest_thing(scaleway: ScalewayClient, name: str, hint: str) -> None:
    assert not getattr(scaleway.capabilities, name)
    with pytest.raises(errors.UnsupportedOperationError, match=hint):
        await getattr(scaleway, name)("EMU-AER-16C-128M")


def test_what_there_is_is_data() -> None:
    names = set(ScalewayClient.capabilities.names())
    assert names >= {"jobs", "delete", "tags", "sessions", "reservations", "workloads", "prices"}
    assert not names & {"drain", "find_slots", "calibration"}
