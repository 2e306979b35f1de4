"""The whole of the document has its place in the client, and what Scaleway lacks is said."""

from __future__ import annotations

import inspect
import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

import anyqpu
from anyqpu import errors
from anyqpu.providers.scaleway import ScalewayClient
from anyqpu.providers.scaleway.adapter import ScalewayAdapter
from anyqpu.providers.scaleway.resources.applications import Applications
from anyqpu.providers.scaleway.resources.bookings import ScalewayBookings
from anyqpu.providers.scaleway.resources.models import Models
from anyqpu.providers.scaleway.resources.processes import Processes
from anyqpu.providers.scaleway.resources.sessions import ScalewaySessions
from anyqpu.providers.scaleway.results import JobResults

DOCUMENT = json.loads((Path(__file__).parents[3] / "specs" / "scaleway" / "final.json").read_text())
OPERATIONS = {
    operation["operationId"] for methods in DOCUMENT["paths"].values() for operation in methods.values()
}  # fmt: skip
SERVICES = (Models, Applications, Processes, ScalewaySessions, ScalewayBookings, JobResults)
METHODS = {
    f"{kind.__name__}.{name}": inspect.getdoc(method) or ""
    for kind in (ScalewayClient, ScalewayAdapter, *SERVICES)
    for name, method in inspect.getmembers(kind, callable)
    if not name.startswith("_")
}


def test_every_operation_is_used_by_a_method_that_says_so() -> None:
    named = {word for text in METHODS.values() for names in re.findall(r"\(([^()]*)\)", text) for word in names.split()}
    words = {word.strip(",.;") for word in named}
    assert OPERATIONS
    assert not OPERATIONS - words


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("name", "hint"), [("find_slots", "booking_rules has the rules of a booking"), ("calibration", "raw.metadata")]
)
async def test_what_there_is_not_names_the_nearest_thing(scaleway: ScalewayClient, name: str, hint: str) -> None:
    assert not getattr(scaleway.capabilities, name)
    with pytest.raises(errors.UnsupportedOperationError, match=hint):
        if name == "find_slots":
            await scaleway.find_slots("EMU-AER-16C-128M", start=datetime.now(UTC), duration=60).first()
        else:
            await scaleway.calibration("EMU-AER-16C-128M")


def test_what_there_is_is_data() -> None:
    names = set(anyqpu.available_providers()["scaleway"].current_capabilities().names())
    assert names >= {"jobs", "delete", "tags", "sessions", "reservations", "workloads", "prices"}
    assert not names & {"drain", "find_slots", "calibration"}
