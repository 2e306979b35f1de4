"""Scaleway's exchange format: what is sent, and each form of result that comes back."""

from __future__ import annotations

import base64
import json
import zlib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from anyqpu import BitOrder, ResultKind
from anyqpu.errors import BitOrderUnknownError
from anyqpu.model.program import Program, ProgramFormat
from anyqpu.providers.scaleway import pulser, qio
from anyqpu_emulator.engines import qio as other_side


def wrapped(result: object, form: int, *, compressed: bool) -> dict[str, Any]:
    text = json.dumps(result)
    content = base64.b64encode(zlib.compress(text.encode())).decode() if compressed else text
    return {
        "compression_format": 2 if compressed else 1,
        "serialization_format": form,
        "serialization": content,
    }


def qiskit(counts: dict[str, int], header: dict[str, Any]) -> dict[str, Any]:
    return {"results": [{"shots": 100, "success": True, "data": {"counts": counts}, "header": header}]}


@given(texts=some.lists(some.text(), min_size=1, max_size=3), format=some.sampled_from(sorted(qio.PROGRAMS)))
def test_what_is_sent_is_read_as_it_was(texts: list[str], format: ProgramFormat) -> None:
    programs = [Program(text, format) for text in texts]
    text = qio.payload(programs, platform="EMU-AER-16C-128M", version="1.0.0")
    payload = json.loads(text)
    number = qio.PROGRAMS[format][1]
    assert (other_side.FORMATS[number],) == qio.words_of([format])
    for place, program in enumerate(texts):
        assert other_side.decode_program(payload["programs"][place], "") == (number, program)
    assert payload["backend"]["name"] == "EMU-AER-16C-128M"
    assert qio.programs_in(text) == tuple(programs)


@pytest.mark.parametrize("compressed", [True, False])
def test_qiskit_counts_are_padded_to_the_classical_registers(compressed: bool) -> None:
    header = {"n_qubits": 5, "memory_slots": 3, "creg_sizes": [["a", 2], ["b", 1]]}
    [item] = qio.decode(wrapped(qiskit({"0x0": 48, "0x3": 52}, header), 2, compressed=compressed))
    assert item.counts == {"011": 52, "000": 48}
    assert item.counts is not None
    assert item.counts.bit_labels == ("b[0]", "a[1]", "a[0]")


def test_a_result_with_nothing_but_a_number_of_qubits_is_enough() -> None:
    [item] = qio.decode(wrapped(qiskit({"00": 40, "11": 60}, {"n_qubits": 2}), 2, compressed=True))
    assert item.counts == {"11": 60, "00": 40}


def test_an_empty_register_in_front_of_the_measured_one_is_dropped() -> None:
    [item] = qio.decode(qiskit({"0xc": 100}, {"n_qubits": 2}))
    assert item.counts == {"11": 100}


def test_cirq_puts_the_first_qubit_first_and_we_put_it_last() -> None:
    # Eight shots of two qubits, of which the second to last is (1, 1) and the first is (1, 0).
    bits = "10" + "00" * 5 + "11" + "00"
    record = {
        "packed_digits": f"{int(bits, 2):04x}",
        "binary": True,
        "dtype": "int64",
        "shape": [8, 1, 2],
    }
    [item] = qio.decode(wrapped({"params": {}, "records": {"m": record}}, 1, compressed=True))
    assert item.counts == {"00": 6, "01": 1, "11": 1}
    assert item.counts is not None
    assert (item.counts.order, item.counts.bit_labels) == (BitOrder.MSB_LEFT, ("m[1]", "m[0]"))


def test_several_measurement_keys_of_cirq_are_joined_shot_by_shot() -> None:
    # Three shots: (a, b) = (1, [1, 0]), (0, [0, 1]), (1, [1, 0]); each key's first qubit is its bit 0.
    a = {"packed_digits": f"{0b10100000:02x}", "binary": True, "dtype": "int64", "shape": [3, 1, 1]}
    b = {"packed_digits": f"{0b10011000:02x}", "binary": True, "dtype": "int64", "shape": [3, 1, 2]}
    [item] = qio.decode(wrapped({"records": {"a": a, "b": b}}, 1, compressed=True))
    assert item.counts == {"011": 2, "100": 1}
    assert item.counts is not None
    assert item.counts.bit_labels == ("b[1]", "b[0]", "a[0]")
    assert item.registers is not None
    assert {name: dict(counts) for name, counts in item.registers.items()} == {
        "a": {"1": 2, "0": 1},
        "b": {"01": 2, "10": 1},
    }


def test_registers_of_a_qiskit_result_are_counted_by_themselves_too() -> None:
    # 0b101: register a (2 bits) is 01, register b (1 bit) is 1; 0b001 has b = 0.
    header = {"n_qubits": 3, "memory_slots": 3, "creg_sizes": [["a", 2], ["b", 1]]}
    [item] = qio.decode(qiskit({"0x5": 30, "0x1": 70}, header))
    assert item.counts == {"101": 30, "001": 70}
    assert item.registers is not None
    assert {name: dict(counts) for name, counts in item.registers.items()} == {
        "a": {"01": 100},
        "b": {"1": 30, "0": 70},
    }
    assert item.registers["a"].bit_labels == ("a[1]", "a[0]")


def test_the_older_form_names_the_bits_of_an_openqasm_program() -> None:
    """It has Cirq's records besides, one for each bit, which do not say what the registers are."""
    record = {"packed_digits": "80", "binary": True, "dtype": "int8", "shape": [1, 1, 1]}
    header = {"n_qubits": 2, "memory_slots": 2, "creg_sizes": [["c", 2]]}
    body = {**qiskit({"0x3": 1}, header), "records": {"c_1": record, "c_0": record}}
    [item] = qio.decode(body)
    assert item.counts is not None
    assert (dict(item.counts), item.counts.bit_labels) == ({"11": 1}, ("c[1]", "c[0]"))


def test_atoms_have_no_bit_0() -> None:
    [item] = qio.decode({"counter": {"0101": 7}})
    assert item.counts == {"0101": 7}
    assert item.counts is not None
    with pytest.raises(BitOrderUnknownError):
        item.counts.to("msb_left")


@pytest.mark.parametrize(
    "body", [None, "text", [], {"results": {"a": 5}}, wrapped([1, 2], 3, compressed=False), ":PCVL:Matrix:x"]
)
def test_other_forms_are_kept_as_they_came(body: object) -> None:
    [item] = qio.decode(body)
    assert item.kind is ResultKind.RAW


def test_an_experiment_that_failed_says_why_and_leaves_the_others() -> None:
    good = {"success": True, "data": {"counts": {"0x1": 5}}, "header": {"n_qubits": 1}}
    bad = {"success": False, "status": "ERROR: out of memory", "data": {}, "header": {"n_qubits": 1}}
    silent = {"success": False, "data": {}, "header": {}}
    items = qio.decode({"results": [good, bad, silent], "success": False, "status": "PARTIAL COMPLETED"})
    assert [item.success for item in items] == [True, False, False]
    assert items[0].counts == {"1": 5}
    assert [item.error for item in items] == [None, "out of memory", "PARTIAL COMPLETED"]


def test_the_memory_of_a_circuit_is_its_samples() -> None:
    data = {"counts": {"0x1": 2, "0x2": 1}, "memory": ["0x1", "0x2", "0x1"]}
    [item] = qio.decode({"results": [{"data": data, "header": {"n_qubits": 2}}]})
    assert item.samples == ("01", "10", "01")


def test_pulsers_own_results_name_their_atoms() -> None:
    results = {"atom_order": ["a", "b"], "tagmap": {"bitstrings": "t"}, "results": {"t": [{"00": 1}, {"01": 7}]}}
    for body in (results, {"serialised_results": json.dumps(results)}):
        [item] = qio.decode(body)
        assert item.counts == {"01": 7}
        assert item.counts is not None
        assert item.counts.bit_labels == ("a", "b")
    assert qio.decode({**results, "tagmap": {"energy": "t"}})[0].kind is ResultKind.RAW
    [item] = qio.decode({"counter": {"01": 7}})
    labelled = pulser.labelled(item, ["x", "y"]).counts
    assert labelled is not None
    assert labelled.bit_labels == ("x", "y")
    assert pulser.labelled(item, ["x"]) == item


WORDS = (
    *("results", "header", "data", "counts", "counter", "memory", "n_qubits", "creg_sizes", "success", "records"),
    *("tagmap", "bitstrings", "serialised_results", "results_list", "shape", "packed_digits", "|1,0>", "0x1"),
)
JSON = some.recursive(
    some.none() | some.booleans() | some.integers(-5, 10**7) | some.floats() | some.text(max_size=5),
    lambda inner: (
        some.lists(inner, max_size=3)
        | some.dictionaries(
            some.sampled_from(WORDS),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(body=JSON, form=some.sampled_from([None, 1, 2, 3, 4]))
def test_whatever_comes_is_read_or_is_an_error_of_its_form(body: Any, form: int | None) -> None:
    try:
        items = qio.decode(body if form is None else wrapped(body, form, compressed=True))
    except qio.MALFORMED:
        return
    assert all(item.kind in ResultKind for item in items)


BROKEN: dict[str, dict[str, Any]] = {
    "too wide": {"results": [{"data": {"counts": {"0x1": 1}}, "header": {"n_qubits": 10**12}}]},
    "no number": {"results": [{"data": {"counts": {"0x1": float("inf")}}, "header": {"n_qubits": 1}}]},
    "no times": {"tagmap": {"bitstrings": "t"}, "results": {"t": []}},
    "no zlib": {"compression_format": 2, "serialization_format": 2, "serialization": "eHg="},
    "no base64": {"compression_format": 2, "serialization_format": 2, "serialization": "é"},
    "cut off": {
        "compression_format": 2,
        "serialization_format": 2,
        "serialization": base64.b64encode(zlib.compress(b"{}" * 100)[:-5]).decode(),
    },
    "no JSON": {"compression_format": 1, "serialization_format": 2, "serialization": "{"},
    "no header": wrapped({"results": [{"data": {"counts": {}}}]}, 2, compressed=True),
    "too wide registers": {
        "results": [
            {
                "data": {"counts": {"0x1": 1}},
                "header": {"n_qubits": 1, "memory_slots": 1, "creg_sizes": [["c", 10**12], ["d", 1 - 10**12]]},
            }
        ]
    },
    "no bits, and endless shots": wrapped(
        {"records": {"m": {"packed_digits": "", "binary": True, "shape": [10**12, 1, 0]}}}, 1, compressed=True
    ),
    "different shots": wrapped(
        {
            "records": {
                "a": {"packed_digits": "80", "binary": True, "shape": [2, 1, 1]},
                "b": {"packed_digits": "80", "binary": True, "shape": [3, 1, 1]},
            }
        },
        1,
        compressed=True,
    ),
    "too few bits": wrapped(
        {"records": {"m": {"packed_digits": "80", "binary": True, "shape": [9, 1, 2]}}}, 1, compressed=True
    ),
}


@pytest.mark.parametrize("body", BROKEN.values(), ids=BROKEN)
def test_what_is_broken_is_an_error_and_no_result(body: dict[str, Any]) -> None:
    with pytest.raises(qio.MALFORMED):
        qio.decode(body)
