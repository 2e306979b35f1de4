"""Results in which one value is not what it should be: read, or an error of the tree, and never anything else."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import anyqpu
from anyqpu import JobStatus
from anyqpu.errors import AnyQPUError
from anyqpu.providers.kipu.braket import bits_of
from anyqpu.providers.kipu.results import decode

DATA = Path(__file__).parent / "data"
EXAMPLES: dict[str, Any] = json.loads((DATA / "per_backend_examples.json").read_text())
IBM: dict[str, Any] = json.loads((DATA / "ibm_sampler_bell.json").read_text())
BRAKET = {
    "measurements": [["1", "0"], ["1", "1"]],
    "measuredQubits": [0, 1],
    "additionalMetadata": {"action": {"source": "bit[2] c; qubit[2] q; c = measure q;"}},
}
BODIES: dict[str, tuple[str, Any]] = {
    "qsim": ("kipu.sim.qsim", EXAMPLES["kipu.sim.qsim"]["results"][0]["body"]),
    "qsim statevector": ("kipu.sim.qsim", EXAMPLES["kipu.sim.qsim"]["results"][1]["body"]),
    "qudora": ("qudora.sim.xg1", EXAMPLES["qudora.sim.xg1"]["result"]),
    "ionq": ("azure.ionq.simulator", EXAMPLES["azure.ionq.simulator"]["result"]),
    "iqm": ("iqm.qpu.garnet", EXAMPLES["iqm.qpu.garnet"]["result"]),
    "ibm shots": ("ibm.qpu.fez", IBM["result_ndarray_form"]),
    "ibm counts": ("ibm.qpu.fez", IBM["result_counts_form"]),
    "braket": ("aws.sim.sv1", BRAKET),
}
ODD: list[Any] = [
    *(None, "", "x", "0x", "²", "9" * 5000, 7, -1, 10**30, 1.5, float("inf"), float("nan"), True),
    *([], {}, ["a"], [[[]]], {"0": 1}, {"00": -1}, {"00": "x"}, {"é": 1}),
]


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield path
    pairs = value.items() if isinstance(value, dict) else enumerate(value[:2]) if isinstance(value, list) else ()
    for key, inner in pairs:
        yield from places(inner, (*path, key))


def changed(body: Any, path: tuple[Any, ...], value: Any) -> Any:
    if not path:
        return value
    whole = copy.deepcopy(body)
    inner = whole
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = value
    return whole


@pytest.mark.parametrize(("device", "body"), BODIES.values(), ids=BODIES)
def test_one_odd_value_is_read_or_is_an_error_of_the_tree(device: str, body: Any) -> None:
    job = anyqpu.Job(provider="kipu", id="j", device_id=device, status=JobStatus.COMPLETED, raw_status="COMPLETED")
    assert decode(job, body).success
    refused = 0
    for path in places(body):
        for value in ODD:
            try:
                repr(decode(job, changed(body, path, value)))
            except AnyQPUError:
                refused += 1
    assert refused


@pytest.mark.parametrize("piece", ["/*", "}", "\n", " ", "#pragma ", "x = measure ", ";", "a", "{", "$1"])
def test_a_long_program_in_a_result_takes_no_time(piece: str) -> None:
    """Each piece was tried a hundred thousand times; what grows with the square of it would not end."""
    assert bits_of(piece * 100_000) is None
