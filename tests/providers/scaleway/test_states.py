"""Scaleway's words for what can be used."""

from __future__ import annotations

import json
from pathlib import Path

from anyqpu import DeviceStatus
from anyqpu.providers.scaleway import states

DOCUMENT = json.loads((Path(__file__).parents[3] / "specs" / "scaleway" / "final.json").read_text())
SCHEMAS = DOCUMENT["components"]["schemas"]


def test_what_is_usable_are_states_of_devices() -> None:
    assert set(states.DEVICE.values()) > states.USABLE
    assert DeviceStatus.MAINTENANCE not in states.USABLE
