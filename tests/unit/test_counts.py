"""Counts: what was measured, and which end of a key is bit 0."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anyqpu import BitOrder, Counts
from anyqpu.errors import BitOrderUnknownError, ValidationError

KEYS = st.integers(1, 6).flatmap(
    lambda width: st.dictionaries(st.text("01", min_size=width, max_size=width), st.integers(1, 1000), min_size=1)
)


def test_counts_are_a_mapping_with_the_largest_first() -> None:
    counts = Counts({"00": 3, "11": 7})
    assert dict(counts) == {"11": 7, "00": 3}
    assert list(counts) == ["11", "00"]
    assert counts.shots == 10
    assert counts.num_bits == 2
    assert repr(counts) == "Counts({'11': 7, '00': 3})"
    assert counts == {"00": 3, "11": 7}


def test_bit_0_is_the_rightmost_character_unless_said_otherwise() -> None:
    counts = Counts({"01": 5}, bit_labels=("c[1]", "c[0]"))
    assert counts.order is BitOrder.MSB_LEFT
    turned = counts.to("lsb_left")
    assert dict(turned) == {"10": 5}
    assert turned.bit_labels == ("c[0]", "c[1]")


@given(KEYS)
def test_turning_twice_gives_the_same_counts(data: dict[str, int]) -> None:
    counts = Counts(data)
    assert counts.to("lsb_left").to("msb_left") == counts
    assert counts.to("lsb_left").shots == counts.shots == sum(data.values())


@pytest.mark.parametrize("order", ["unknown", "native_register"])
def test_an_order_that_is_not_known_is_not_guessed(order: str) -> None:
    with pytest.raises(BitOrderUnknownError, match="cannot turn keys"):
        Counts({"01": 5}, order=order).to("msb_left")


def test_marginal_counts_sum_over_the_other_bits() -> None:
    counts = Counts({"101": 1, "100": 2, "001": 4}, bit_labels=("a", "b", "c"))
    assert dict(counts.marginal(["a"])) == {"1": 3, "0": 4}
    assert dict(counts.marginal(["c", "a"])) == {"11": 1, "01": 2, "10": 4}
    with pytest.raises(ValidationError, match=r"there are no bits \['z'\]"):
        counts.marginal(["z"])
    with pytest.raises(ValidationError, match="no bit labels"):
        Counts({"1": 1}).marginal(["a"])


def test_probabilities_and_hex_keys() -> None:
    counts = Counts({"00": 1, "11": 3})
    assert counts.probabilities() == {"11": 0.75, "00": 0.25}
    assert counts.hex() == {"0x3": 3, "0x0": 1}
    assert Counts({"10": 1}, order="lsb_left").hex() == {"0x1": 1}
    assert Counts({}).probabilities() == {}


@pytest.mark.parametrize("data", [{"0": 1, "00": 1}, {"0x1": 1}, {"02": 1}, {"01": -1}, {"01": True}])
def test_invalid_counts_are_refused(data: dict[str, int]) -> None:
    with pytest.raises(ValidationError):
        Counts(data)


def test_counts_cannot_be_changed_and_can_be_pickled() -> None:
    counts = Counts({"01": 1}, order="lsb_left", bit_labels=("a", "b"))
    with pytest.raises(AttributeError, match="read-only"):
        counts.shots = 5
    again = pickle.loads(pickle.dumps(counts))
    assert again == counts
    assert hash(again) == hash(counts)
    assert again.bit_labels == ("a", "b")
