"""Scaleway's words: every one that the document lists is classified, and a new one fails here by name."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from anyqpu import DeviceStatus
from anyqpu.providers.scaleway import states

DOCUMENT = json.loads((Path(__file__).parents[3] / "specs" / "scaleway" / "final.json").read_text())
SCHEMAS = DOCUMENT["components"]["schemas"]


@pytest.mark.parametrize(
    ("table", "schema", "field"),
    [
        (states.JOB, "Job", "status"),
        (states.SESSION, "Session", "status"),
        (states.PROCESS, "Process", "status"),
        (states.BOOKING, "Booking", "status"),
        (states.DEVICE, "Platform", "availability"),
        (states.KIND, "Platform", "type"),
        (states.TECHNOLOGY, "Platform", "technology"),
    ],
)
def test_every_word_of_the_document_is_classified(table: Mapping[str, object], schema: str, field: str) -> None:
    words = set(SCHEMAS[f"scaleway.qaas.v1alpha1.{schema}"]["properties"][field]["enum"])
    assert not words - set(table), f"new words of {schema}.{field}"
    assert not set(table) - words, f"words of {schema}.{field} that are no more"


def test_what_is_usable_are_states_of_devices() -> None:
    assert set(states.DEVICE.values()) > states.USABLE
    assert DeviceStatus.MAINTENANCE not in states.USABLE
