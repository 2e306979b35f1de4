"""Money: exact, ordered within a currency, and never converted. `fractions.Fraction` is the judge of exactness."""

from __future__ import annotations

import copy
import dataclasses
import json
import pickle
from collections.abc import Callable
from decimal import Decimal, localcontext
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anyqpu import Money
from anyqpu.errors import ValidationError

amounts = st.decimals(-(10**20), 10**20, places=9)
euros = st.builds(Money, amounts, st.just("EUR"))
factors = st.integers(-(10**9), 10**9) | st.decimals(-(10**6), 10**6, places=4)
price = Money("1.50", "EUR")


@given(euros, euros, euros)
def test_addition_is_commutative_associative_and_exact(a: Money, b: Money, c: Money) -> None:
    assert a + b == b + a
    assert (a + b) + c == a + (b + c)
    assert (a + b) - b == a
    assert Fraction((a + b).amount) == Fraction(a.amount) + Fraction(b.amount)
    assert Fraction((a - b).amount) == Fraction(a.amount) - Fraction(b.amount)


@given(euros, euros, factors)
def test_multiplication_is_exact_and_distributive(a: Money, b: Money, factor: int | Decimal) -> None:
    assert Fraction((a * factor).amount) == Fraction(a.amount) * Fraction(factor)
    assert a * factor == factor * a
    assert (a + b) * factor == a * factor + b * factor


@given(st.lists(euros))
def test_a_sum_is_exact_in_each_of_its_forms(several: list[Money]) -> None:
    total = Money.sum(several, "EUR")
    assert Fraction(total.amount) == sum((Fraction(money.amount) for money in several), Fraction(0))
    assert sum(several, Money(0, "EUR")) == total
    if several:
        assert sum(several) == total


@given(euros, euros)
def test_amounts_of_one_currency_have_an_order(a: Money, b: Money) -> None:
    x, y = Fraction(a.amount), Fraction(b.amount)
    assert (a < b, a <= b, a > b, a >= b, a == b) == (x < y, x <= y, x > y, x >= y, x == y)
    assert a != b or hash(a) == hash(b)
    assert [Fraction(money.amount) for money in sorted([a, b])] == sorted([x, y])


@given(euros)
def test_an_amount_survives_copies_and_json(money: Money) -> None:
    for again in (
        copy.copy(money),
        copy.deepcopy(money),
        pickle.loads(pickle.dumps(money)),
        dataclasses.replace(money),
        Money.from_dict(json.loads(json.dumps(money.to_dict()))),
        Money(**dataclasses.asdict(money)),
    ):
        assert (again, str(again), hash(again)) == (money, str(money), hash(money))


def test_the_precision_of_the_thread_does_not_matter() -> None:
    with localcontext(prec=2):
        assert Money("1234.56", "EUR") + Money("0.01", "EUR") == Money("1234.57", "EUR")
        assert Money("1234.56", "EUR") * 3 == Money("3703.68", "EUR")


def test_amounts_are_written_in_each_exact_form() -> None:
    assert Money(Decimal("1.50"), "EUR") == Money("1.50", "EUR") == Money("1.5", "EUR")
    assert Money(2, "EUR") == Money("2.00", "EUR")
    assert hash(Money("1.0", "EUR")) == hash(Money("1.00", "EUR"))
    assert Money(1, "EUR") != Money(1, "USD")
    assert str(Money(0, "EUR") * -1) == "0 EUR"


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: Money(1.5, "EUR"),  # type: ignore[arg-type]
        lambda: price * 1.5,  # type: ignore[operator]
        lambda: 1.5 * price,  # type: ignore[operator]
    ],
)
def test_a_float_is_a_type_error_with_the_decimal_to_use(wrong: Callable[[], Any]) -> None:
    with pytest.raises(TypeError, match=r"the float 1\.5; use Decimal\('1\.5'\)"):
        wrong()


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: Money(True, "EUR"),
        lambda: Money(None, "EUR"),  # type: ignore[arg-type]
        lambda: price * True,
        lambda: price * price,  # type: ignore[operator]
        lambda: price + 1,  # type: ignore[operator]
        lambda: 1 + price,
        lambda: price - 1,  # type: ignore[operator]
        lambda: price < 1,  # type: ignore[operator]
        lambda: price >= Decimal(1),  # type: ignore[operator]
    ],
)
def test_other_types_are_type_errors(wrong: Callable[[], Any]) -> None:
    with pytest.raises(TypeError):
        wrong()


@pytest.mark.parametrize(
    "wrong",
    [
        *("nan", "sNaN", "Infinity", "-inf", "", "1,50", "1.50 EUR", "9" * 70, "1e70", "1e-70"),
        *(Decimal("NaN"), Decimal("Infinity"), 10**100),
    ],
)
def test_an_amount_is_a_finite_number(wrong: Any) -> None:
    with pytest.raises(ValidationError) as caught:
        Money(wrong, "EUR")
    assert caught.value.fields == ("amount",)
    assert len(str(caught.value)) < 200


@pytest.mark.parametrize("wrong", ["eur", "EU", "EURO", "€", "", "E R", "ＥＵＲ", None, 978])
def test_a_currency_is_a_code_of_three_capitals(wrong: Any) -> None:
    with pytest.raises(ValidationError, match="invalid currency") as caught:
        Money(1, wrong)
    assert caught.value.fields == ("currency",)


@pytest.mark.parametrize(
    "mixed",
    [
        lambda dollar: price + dollar,
        lambda dollar: price - dollar,
        lambda dollar: price < dollar,
        lambda dollar: price <= dollar,
        lambda dollar: price > dollar,
        lambda dollar: price >= dollar,
        lambda dollar: sum([price, dollar]),
        lambda dollar: Money.sum([dollar], "EUR"),
    ],
)
def test_currencies_are_never_mixed(mixed: Callable[[Money], Any]) -> None:
    with pytest.raises(ValidationError) as caught:
        mixed(Money(1, "USD"))
    assert "EUR" in caught.value.message
    assert "USD" in caught.value.message
