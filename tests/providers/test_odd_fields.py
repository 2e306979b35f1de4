"""Odd values in the fields of responses: None in the model, kept in `raw`, counted; only identity and status matter."""

from __future__ import annotations

import copy
import json
import math
import pickle
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from anyqpu import drift
from anyqpu.errors import UnexpectedResponseError
from tests.providers.odd_fields import KINDS, Kind, problems

each_kind = pytest.mark.parametrize("name", KINDS)
# As `json.loads` reads them, with what JSON does not have but servers write.
ODD: Mapping[str, Any] = {
    "null": None, "true": True, "7": 7, "-1": -1, "1764000000": 1764000000, "2**63": 2**63, "400 digits": 10**400,
    "1.5": 1.5, "1e300": 1e300, "1e400": math.inf, "-1e400": -math.inf, "NaN": math.nan, "empty": "", "50": "50",
    "surrogate": "\ud800", "year 1": "0001-01-01T00:00:00+14:00", "year 9999": "9999-12-31T23:59:59-14:00",
    "list": [], "list of null": [None], "list of list": [["a"]], "list of text": ["a"], "object": {},
    "object of null": {"a": None}, "object of object": {"id": {"id": {}}},
}  # fmt: skip


def places(body: Mapping[str, Any], before: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    """Where a value can be replaced: each field, also of inner objects."""
    paths: list[tuple[str, ...]] = []
    for key, value in body.items():
        paths.append((*before, key))
        if isinstance(value, dict):
            paths += places(value, (*before, key))
    return paths


def replaced(kind: Kind, place: tuple[str, ...], value: Any) -> Any:
    """The model of the kind's body with another value in one place."""
    body: dict[str, Any] = copy.deepcopy(dict(kind.body))
    inner = body
    for key in place[:-1]:
        inner = inner[key]
    inner[place[-1]] = value
    return kind.model.from_dict(body)


def check(kind: Kind, place: tuple[str, ...], value: Any) -> None:
    """Every value in every place: a value of the common model with its documented types, or the one error."""
    raw = replaced(kind, place, value)
    required = len(place) == 1 and place[0] in kind.needs
    if required and not (isinstance(value, str) and value and value != "\ud800"):
        with pytest.raises(UnexpectedResponseError, match=f"invalid response: '{place[0]}' is missing or not a text"):
            kind.read(raw)
        return
    read = kind.read(raw)
    assert not problems(read)
    assert repr(read)
    if hasattr(read, "raw"):
        assert read.raw is raw


@each_kind
def test_a_good_response_is_read_without_drift(name: str) -> None:
    kind = KINDS[name]
    drift.forget()
    raw = kind.model.from_dict(kind.body)
    read = kind.read(raw)
    assert not problems(read)
    assert drift.seen() == ()


@each_kind
def test_an_odd_value_in_any_field_harms_nothing_else(name: str) -> None:
    kind = KINDS[name]
    for place in places(kind.body):
        for value in ODD.values():
            check(kind, place, value)


json_values = some.recursive(
    some.none() | some.booleans() | some.integers() | some.floats() | some.text(max_size=5),
    lambda inner: some.lists(inner, max_size=3) | some.dictionaries(some.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@each_kind
@settings(max_examples=50)
@given(data=some.data())
def test_any_value_in_any_field_is_read_or_left_out(name: str, data: some.DataObject) -> None:
    kind = KINDS[name]
    place = data.draw(some.sampled_from(places(kind.body)))
    check(kind, place, data.draw(json_values))


@each_kind
def test_an_invalid_object_is_an_error(name: str) -> None:
    """Such as None, for a success without a body, or an element of a list that could not be decoded."""
    for raw in (None, {}, {"id": 1}, [], "text", 7, math.nan):
        with pytest.raises(UnexpectedResponseError, match="invalid response"):
            KINDS[name].read(raw)


NEVER = "0001-01-01T00:00:00Z"
# Kind, field, what was sent, attribute, what the model has.
BY_HAND: list[tuple[str, str, Any, str, Any]] = [
    ("kipu job", "created_at", 1764000000, "created_at", None),
    ("kipu job", "created_at", "1764000000", "created_at", None),
    ("kipu job", "created_at", NEVER, "created_at", None),
    ("kipu job", "created_at", "2025-01-02T12:00:00+02:00", "created_at", datetime(2025, 1, 2, 10, tzinfo=UTC)),
    ("kipu job", "created_at", "9999-12-31T23:59:59-05:00", "created_at", None),
    ("kipu job", "ended_at", [], "ended_at", None),
    ("kipu job", "runtime", 1500, "execution_time", timedelta(seconds=1.5)),
    ("kipu job", "runtime", "1500", "execution_time", None),
    ("kipu job", "runtime", 2**63, "execution_time", None),
    ("kipu job", "runtime", math.inf, "execution_time", None),
    ("kipu job", "runtime", -1, "execution_time", None),
    ("kipu job", "shots", "50", "shots", None),
    ("kipu job", "shots", 12.0, "shots", 12),
    ("kipu job", "shots", 12.5, "shots", None),
    ("kipu job", "shots", True, "shots", None),
    ("kipu job", "shots", 10**400, "shots", None),
    ("kipu job", "tags", None, "tags", ()),
    ("kipu job", "tags", [None, "a", 7], "tags", ("a",)),
    ("kipu job", "tags", "a", "tags", ()),
    ("kipu job", "backend_id", ["ibm.qpu.fez"], "device_id", None),
    ("kipu job", "name", "\ud800", "name", None),
    ("kipu job", "status", "PAUSED", "raw_status", "PAUSED"),
    ("kipu job", "status", "PAUSED", "status", "unknown"),
    ("kipu session", "usage_time_millis", "5", "usage", None),
    ("kipu session", "tags", None, "tags", ()),
    ("kipu backend", "queue_size", "3", "queue_depth", None),
    ("kipu backend", "queue_size", [3], "queue_depth", None),
    ("kipu backend", "configuration", "lower word", "num_qubits", None),
    ("kipu backend", "availability", [math.nan], "availability", ()),
    ("kipu backend", "availability", 7, "availability", ()),
    ("kipu backend", "documentation", [], "description", None),
    ("kipu backend", "display_name", math.inf, "name", "fez"),
    ("kipu calibration", "calibrated_at", 1764000000, "effective_at", None),
    ("kipu calibration", "calibration", "text", "sites", ()),
    ("scaleway job", "created_at", {"seconds": "1735819200"}, "created_at", datetime(2025, 1, 2, 12, tzinfo=UTC)),
    ("scaleway job", "created_at", 1764000000, "created_at", None),
    ("scaleway job", "created_at", NEVER, "created_at", None),
    ("scaleway job", "created_at", {"seconds": "9" * 30}, "created_at", None),
    ("scaleway job", "job_duration", {"seconds": 2, "nanos": 5 * 10**8}, "execution_time", timedelta(seconds=2.5)),
    ("scaleway job", "job_duration", "9" * 30 + "s", "execution_time", None),
    ("scaleway job", "job_duration", 2, "execution_time", None),
    ("scaleway job", "tags", {"value": ["a", None]}, "tags", ("a",)),
    ("scaleway job", "parameters", '{"shots": 1e400}', "shots", None),
    ("scaleway job", "parameters", "[" * 100_000, "shots", None),
    ("scaleway job", "parameters", {"shots": 3}, "shots", None),
    ("scaleway process", "progress", "50", "progress", None),
    ("scaleway process", "progress", math.inf, "progress", None),
    ("scaleway process", "progress", 7, "progress", 1.0),
    ("scaleway session", "waiting_job_count", "4", "waiting_jobs", 4),
    ("scaleway session", "waiting_job_count", "four", "waiting_jobs", None),
    ("scaleway session", "max_duration", "99999999999999s", "expires_at", None),
    ("scaleway platform", "max_qubit_count", "5", "num_qubits", None),
    ("scaleway platform", "max_circuit_count", "2", "max_circuits", 2),
    ("scaleway platform", "booking_requirement", "60s", "booking_rules", None),
    ("scaleway booking", "started_at", NEVER, "start", None),
    ("scaleway application", "input_template", "[" * 100_000, "input_template", "[" * 100_000),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "field", "sent", "attribute", "expected"),
    BY_HAND,
    ids=[f"{name} {field} {number}" for number, (name, field, *_) in enumerate(BY_HAND)],
)
def test_what_the_model_has_for_an_odd_value(name: str, field: str, sent: Any, attribute: str, expected: Any) -> None:
    """The value itself stays in `raw`, under its key."""
    raw = replaced(KINDS[name], (field,), sent)
    read = KINDS[name].read(raw)
    assert getattr(read, attribute) == expected
    assert read.raw is raw


def test_an_odd_price_gives_none_and_one_in_text_is_exact() -> None:
    for units, expected in (("12", "12.000000005"), ("1e3", None), (math.nan, None), ([], None), (10**30, None)):
        price = {"currency_code": "EUR", "units": units, "nanos": 5}
        device = KINDS["scaleway platform"].read(replaced(KINDS["scaleway platform"], ("price_per_hour",), price))
        assert (None if expected is None else str(device.pricing.per_hour.amount)) == expected


def test_an_odd_value_is_counted_once_for_each_response() -> None:
    kind = KINDS["kipu job"]
    drift.forget()
    for _ in range(3):
        kind.read(replaced(kind, ("shots",), "many"))
    assert [(record.provider, record.kind, record.where, record.what, record.count) for record in drift.seen()] == [
        ("kipu", "type", "Job", "shots", 3)
    ]


def test_a_job_with_odd_values_can_be_copied_and_sent_on() -> None:
    kind = KINDS["kipu job"]
    raw = replaced(kind, ("input_params",), {"deep": json.loads("[" * 120 + "]" * 120), "nan": math.nan})
    job = kind.read(raw)
    assert pickle.loads(pickle.dumps(job)).id == job.id
    assert copy.deepcopy(job).raw.to_dict().keys() == kind.body.keys()


def test_all_to_all_couplings_of_thousands_of_qubits_are_not_listed() -> None:
    """4,000 qubits would have eight million couplings, half a gigabyte; nothing is allocated for them."""
    kind = KINDS["kipu topology"]
    for qubits in (1001, 4000, 10**9, 2**63):
        connectivity = {"qubit_count": qubits, "connectivity": {"fully_connected": True}}
        assert kind.read(replaced(kind, ("configuration",), connectivity)) is None
    small = kind.read(kind.model.from_dict(kind.body))
    assert (small.nodes, small.edges) == ((0, 1, 2), ((0, 1), (0, 2), (1, 2)))
