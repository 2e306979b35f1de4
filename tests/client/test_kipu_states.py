"""Kipu's words: what follows from a status, and formats that the document knows."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from anyqpu import JobStatus
from anyqpu.providers.kipu import states
from anyqpu.providers.kipu.programs import WORDS

DOCUMENT = json.loads((Path(__file__).parents[2] / "specs" / "kipu" / "final.json").read_text())
SCHEMAS: dict[str, Any] = DOCUMENT["components"]["schemas"]


def test_every_failed_state_has_a_reason() -> None:
    assert set(states.FAILURE) == {word for word, status in states.JOB.items() if status is JobStatus.FAILED}


def test_every_status_of_a_device_but_unknown_says_whether_it_takes_jobs() -> None:
    said = {status for status in states.DEVICE.values() if status != "unknown"}
    assert said == set(states.ACCEPTING) == set(states.PROCESSING)


def test_the_formats_that_are_sent_are_formats_of_the_document() -> None:
    assert set(WORDS.values()) <= set(SCHEMAS["InputFormat"]["enum"])
