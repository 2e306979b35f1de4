"""Buffers become counts; an invalid buffer is an error with its reason."""

from __future__ import annotations

import struct
from collections import Counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anyqpu.core.results.forms import FormError
from anyqpu.model.result import ResultKind
from anyqpu.providers.rigetti.results import decode

LETTERS = {"int8": "b", "uint8": "B", "int16": "h", "int32": "i", "int64": "q", "uint64": "Q"}


@given(
    st.lists(st.lists(st.integers(0, 1), min_size=3, max_size=3), min_size=1, max_size=20),
    st.sampled_from([*LETTERS]),
    st.permutations([0, 1, 2]),
)
def test_bits_are_counted_with_bit_0_on_the_right(shots: list[list[int]], dtype: str, order: list[int]) -> None:
    buffers = {
        f"q{bit}": {
            "shape": [len(shots), 1],
            "dtype": dtype,
            "data": struct.pack(f"<{len(shots)}{LETTERS[dtype]}", *(shot[bit] for shot in shots)),
        }
        for bit in range(3)
    }
    item = decode(buffers, [(f"ro[{bit}]", f"q{bit}") for bit in order], len(shots))
    expected = ["".join(str(bit) for bit in reversed(shot)) for shot in shots]
    assert item.samples == tuple(expected)
    assert item.counts is not None
    assert dict(item.counts) == dict(Counter(expected))
    assert item.counts.bit_labels == ("ro[2]", "ro[1]", "ro[0]")


def bits(*data: int, **changes: Any) -> dict[str, Any]:
    return {"shape": [len(data)], "dtype": "int8", "data": bytes(data), **changes}


def test_regions_of_memory_are_joined_shot_by_shot() -> None:
    # Two shots: (a, b-2) = (1, 1) and (0, 1); the first region is the rightmost.
    item = decode({"q0": bits(1, 0), "q1": bits(1, 1)}, [("a[0]", "q0"), ("b-2", "q1")], 2)
    assert item.counts == {"11": 1, "10": 1}
    assert item.counts is not None
    assert item.counts.bit_labels == ("b-2[0]", "a[0]")
    assert item.samples == ("11", "10")
    assert item.registers == {"a": {"0": 1, "1": 1}, "b-2": {"1": 2}}


def test_bits_that_were_not_measured_are_left_out() -> None:
    item = decode({"q5": bits(1)}, [("ro[3]", "q5")], 1)
    assert item.counts is not None
    assert (dict(item.counts), item.counts.bit_labels) == ({"1": 1}, ("ro[3]",))


def test_signals_are_left_as_they_are() -> None:
    signal = {"shape": [1], "dtype": "complex64", "data": bytes(8)}
    assert decode({"q0": signal}, [("ro[0]", "q0")], 1).kind is ResultKind.RAW
    assert decode({}, [], None).kind is ResultKind.RAW


@pytest.mark.parametrize(
    ("buffer", "message"),
    [
        (None, "no buffer 'q0'"),
        ({}, "no type, shape or data"),
        (bits(1, dtype="object"), "no type, shape or data"),
        (bits(1, data="1"), "no type, shape or data"),
        (bits(1, shape=[2]), "1 bytes, which is not 2 times 1"),
        (bits(1, shape=[-1]), "has no shape"),
        (bits(1, shape=[True]), "has no shape"),
        (bits(1, dtype="int16"), "1 bytes, which is not 1 times 2"),
        (bits(1, 1), "2 outcomes for 1 shots"),
        (bits(2), "neither 0 nor 1"),
        (bits(1, dtype="int16", data=b"\x00\x01"), "neither 0 nor 1"),
    ],
)
def test_an_invalid_buffer_is_an_error(buffer: Any, message: str) -> None:
    with pytest.raises(FormError, match=message):
        decode({"q0": buffer}, [("ro[0]", "q0")], 1)


def test_an_invalid_result_is_an_error() -> None:
    with pytest.raises(FormError, match="not a map"):
        decode([], [("ro[0]", "q0")], 1)
    with pytest.raises(FormError, match="not a place in memory"):
        decode({}, [("ro[x]", "q0")], 1)
    with pytest.raises(FormError, match="different numbers of shots"):
        decode({"q0": bits(1), "q1": bits(1, 0)}, [("ro[0]", "q0"), ("ro[1]", "q1")], None)
