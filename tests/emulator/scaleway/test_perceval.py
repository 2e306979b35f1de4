"""Perceval's own circuits: read as Perceval 1.3.1 wrote them, and compared with the unitaries that it computes."""

from __future__ import annotations

import base64
import json
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from anyqpu_emulator.engines import perceval, photonic_jobs, protobuf
from anyqpu_emulator.engines.errors import EngineError, InvalidProgramError, UnsupportedProgramError

from .support import DATA

WRITTEN: dict[str, Any] = json.loads((DATA / "perceval.json").read_text(encoding="utf-8"))
UNITARY = np.array([[complex(*entry) for entry in row] for row in WRITTEN["unitary"]])
RNG = np.random.default_rng(1)


def never() -> bool:
    return False


def run(job: dict[str, Any], shots: int = 1000) -> Any:
    return json.loads(photonic_jobs.run(json.dumps(job), shots, RNG, never))["results"]


@pytest.mark.parametrize("name", ["circuit", "plain", "experiment"])
def test_the_unitary_of_a_circuit_is_perceval_s(name: str) -> None:
    """Beam splitters in all conventions, phases, a permutation, a circuit in a circuit, a barrier, a matrix."""
    optics = perceval.optics(WRITTEN[name], name)
    assert np.allclose(optics.unitary, UNITARY, atol=1e-12)
    assert optics.state == ((1, 0, 1, 0) if name == "experiment" else None)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("heralded", "heralds"),
        ("threshold", "detectors"),
        ("noisy", "noise"),
        ("variable", "parameter without a value"),
    ],
)
def test_what_would_change_the_result_and_is_not_computed_is_refused(name: str, words: str) -> None:
    with pytest.raises(UnsupportedProgramError, match=words):
        perceval.optics(WRITTEN[name], name)


def test_each_command_gives_its_kind_of_result() -> None:
    job = {"experiment": WRITTEN["experiment"], "max_shots": 1000}
    shares = _pairs(run({**job, "command": "probs"}), "BSDistribution")
    assert sum(shares.values()) == pytest.approx(1)
    counts = _pairs(run({**job, "command": "sample_count"}), "BSCount")
    assert sum(counts.values()) == 1000
    assert all(abs(counts.get(state, 0) / 1000 - share) < 0.08 for state, share in shares.items())
    tag, content = perceval.read(run({**job, "command": "samples"}), "samples")
    states, _, order = content.partition("/")
    assert tag == "BSSamples"
    assert len(order.split(";")) == 1000
    assert set(states.split(";")) <= set(shares)


def _pairs(text: str, kind: str) -> dict[str, float]:
    tag, content = perceval.read(text, "results")
    assert tag == kind
    return {state: float(value) for state, _, value in (pair.rpartition("=") for pair in content[1:-1].split(";"))}


def test_a_job_of_the_older_form_says_its_photons_itself() -> None:
    job = {"circuit": WRITTEN["plain"], "input_state": ":PCVL:BasicState:|0,1,0,0>", "command": "probs"}
    shares = _pairs(run(job), "BSDistribution")
    assert shares["|1,0,0,0>"] == pytest.approx(abs(UNITARY[0, 1]) ** 2)


REFUSED: dict[str, tuple[dict[str, Any], str]] = {
    "another command": ({"command": "expectation"}, "expectation"),
    "an iteration": ({"iterator": [{"input_state": "x"}]}, "iterator"),
    "parameters": ({"parameters": {"g2": 0.1}}, "parameters"),
    "polarized photons": ({"input_state": ":PCVL:BasicState:|{P:H},0>"}, "P:H"),
    "no photons": ({"input_state": ":PCVL:BasicState:|0,0,0,0>"}, "no photon"),
    "too few modes": ({"input_state": ":PCVL:BasicState:|1,0>"}, "modes"),
    "another thing": ({"experiment": ":PCVL:Matrix:AAAA"}, "Matrix"),
    "no text": ({"experiment": 5}, "begins with"),
    "no base64": ({"experiment": ":PCVL:ACircuit:é"}, "base64"),
    "cut off": ({"experiment": WRITTEN["experiment"][:-20]}, "zlib|cut off"),
}


@pytest.mark.parametrize(("change", "words"), REFUSED.values(), ids=REFUSED)
def test_jobs_that_are_not_computed_say_why(change: dict[str, Any], words: str) -> None:
    with pytest.raises(EngineError, match=words):
        run({"experiment": WRITTEN["experiment"], **change})


def test_a_filter_that_no_outcome_passes_is_refused() -> None:
    filtered = perceval.Optics(np.eye(2, dtype=np.complex128), (1, 0), 2)
    assert filtered.fewest == 2
    message = bytes([0x40, 2, 0x50, 3]) + b"\x0a" + bytes([len(":PCVL:BasicState:|1,0>")]) + b":PCVL:BasicState:|1,0>"
    text = ":PCVL:Experiment:" + base64.b64encode(message).decode()
    with pytest.raises(InvalidProgramError, match="3 photons should be seen, and 1 enter"):
        run({"experiment": text})


@given(some.binary(max_size=60))
def test_no_bytes_break_the_reader(data: bytes) -> None:
    for tag in ("ACircuit", "Experiment"):
        try:
            perceval.optics(f":PCVL:{tag}:{base64.b64encode(data).decode()}", "it")
        except EngineError:
            continue


@given(some.lists(some.integers(0, 2**31 - 1), max_size=20), some.floats(allow_nan=False, allow_infinity=False))
def test_numbers_are_read_as_they_were_written(numbers: list[int], value: float) -> None:
    packed = b"".join(_varint(number) for number in numbers)
    data = b"\x0a" + _varint(len(packed)) + packed + b"\x11" + np.float64(value).tobytes()
    fields = protobuf.fields_of(data, "it")
    assert protobuf.wholes(fields, 1) == numbers
    assert protobuf.real(fields, 2) == value
    negative = protobuf.fields_of(b"\x08" + _varint((1 << 64) - 5), "it")
    assert protobuf.whole(negative, 1) == -5


def _varint(number: int) -> bytes:
    unpacked = bytearray()
    while number >= 128:
        unpacked.append(number & 127 | 128)
        number >>= 7
    return bytes([*unpacked, number])


def test_shots_are_those_of_the_job() -> None:
    assert photonic_jobs.shots_of(json.dumps({"experiment": "x", "max_shots": 9, "max_samples": 5})) == 5
    assert photonic_jobs.shots_of("{") is None
    assert photonic_jobs.shots_of(json.dumps({"unitary": [], "max_shots": 9})) is None
