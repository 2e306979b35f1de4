"""Limits and prices that a client is connected with. Nothing here is sent."""

from __future__ import annotations

import json
import pickle
from decimal import Decimal
from typing import Any

import pytest

import anyqpu
from anyqpu import Money, Pricing
from anyqpu.errors import BudgetExceededError, ConfigError, ValidationError
from anyqpu.model.cost import estimate

CENT = Money("0.01", "EUR")


def connect(**options: Any) -> Any:
    return anyqpu.connect("kipu", token="t", **options)


@pytest.mark.parametrize("wrong", [5, 5.0, "5 EUR", Decimal(5), True, Pricing(per_shot=CENT)])
def test_a_limit_is_money(wrong: Any) -> None:
    with pytest.raises(ConfigError, match="invalid option max_cost: expected Money"):
        connect(max_cost=wrong)


def test_a_negative_limit_is_refused() -> None:
    with pytest.raises(ValidationError, match=r"max_cost cannot be negative: -0\.01 EUR") as caught:
        connect(max_cost=CENT * -1)
    assert caught.value.fields == ("max_cost",)


@pytest.mark.parametrize("wrong", ["a text", [("a", CENT)], CENT, Pricing(per_shot=CENT)])
def test_prices_are_a_dictionary(wrong: Any) -> None:
    with pytest.raises(ConfigError, match="invalid option prices: expected a dictionary of prices by device"):
        connect(prices=wrong)


@pytest.mark.parametrize(
    ("wrong", "problem"),
    [
        (0.01, "expected Pricing"),
        (None, "expected Pricing"),
        ("0.01 EUR", "expected Pricing"),
        (CENT, "0.01 EUR for what"),
        ({"per_minute": CENT}, "no price is called 'per_minute'"),
        ({1: CENT}, "no price is called 1"),
        ({"per_shot": 0.01}, "per_shot is Money, not 0.01"),
        (Pricing(per_hour=Decimal(1)), "per_hour is Money"),  # type: ignore[arg-type]
        (Pricing(per_shot=CENT * -1), "per_shot cannot be negative: -0.01 EUR"),
        (Pricing(model="token"), "it has no price"),
        ({}, "it has no price"),
        (Pricing(per_shot=CENT, per_circuit=Money(1, "USD")), "in several currencies: EUR, USD"),
    ],
)
def test_the_error_of_a_price_names_its_entry(wrong: Any, problem: str) -> None:
    with pytest.raises(ValidationError) as caught:
        connect(prices={"kipu.sim.qsim": Money(0, "EUR"), "ibm.qpu.fez": wrong})
    assert "prices['ibm.qpu.fez']" in caught.value.message
    assert problem in caught.value.message
    assert (caught.value.provider, caught.value.fields) == ("kipu", ("prices",))
    assert caught.value.hint


@pytest.mark.parametrize("device", ["", " ", None, 7, "\ud800"])
def test_prices_are_by_the_name_of_a_device(device: Any) -> None:
    with pytest.raises(ValidationError, match="a device is a text"):
        connect(prices={device: Pricing(per_shot=CENT)})


@pytest.mark.parametrize("key", ["ibm.qpu.fez", "kipu:ibm.qpu.fez"])
def test_a_limit_and_a_price_in_two_currencies_are_refused(key: str) -> None:
    with pytest.raises(ValidationError) as caught:
        connect(prices={key: {"per_shot": CENT}}, max_cost=Money(1, "USD"))
    assert caught.value.message == f"prices['{key}'] in EUR cannot be compared with max_cost in USD"


def test_prices_of_other_providers_may_be_in_other_currencies() -> None:
    prices = {"scaleway:QPU-GARNET-20PQ": Pricing(per_hour=CENT), "kipu.sim.qsim": Money(0, "EUR")}
    assert connect(prices=prices, max_cost=Money(1, "USD")).provider == "kipu"


def test_the_error_survives_pickling_and_json() -> None:
    cost = estimate(Pricing(per_shot=CENT), shots=200)
    error = BudgetExceededError(
        "a job on x costs at least 2.00 EUR", provider="kipu", device="x", minimum=cost.minimum, max_cost=CENT,
        estimate=cost, hint="Raise max_cost",
    )  # fmt: skip
    again = pickle.loads(pickle.dumps(error))
    assert str(again) == "kipu: a job on x costs at least 2.00 EUR. Raise max_cost"
    assert (again.device, again.minimum, again.max_cost) == ("x", Money(2, "EUR"), CENT)
    assert again.estimate == cost
    data = json.loads(json.dumps(error.to_dict()))
    assert (data["type"], data["device"]) == ("BudgetExceededError", "x")
    assert data["minimum"] == {"amount": "2.00", "currency": "EUR"}
