"""Rows of results: what pandas and csv take."""

from __future__ import annotations

import csv
import io
import json
import math
from typing import Any

import pandas as pd
import pytest

from anyqpu import Counts, Result, ResultItem, ResultKind


def result_of(*items: ResultItem) -> Result:
    return Result(job_id="5", provider="kipu", items=items)


def counted(data: dict[str, int]) -> ResultItem:
    return ResultItem(kind=ResultKind.COUNTS, counts=Counts(data))


def rows_of(item: ResultItem) -> list[dict[str, Any]]:
    """Return the rows of a circuit without the columns that all have."""
    rows = result_of(item).to_records()
    assert all(row.pop("job_id") == "5" and row.pop("circuit") == 0 for row in rows)
    return rows


def test_counts_have_a_row_for_each_bit_string() -> None:
    assert result_of(counted({"11": 6, "00": 2})).to_records() == [
        {"job_id": "5", "circuit": 0, "bitstring": "11", "count": 6, "probability": 0.75},
        {"job_id": "5", "circuit": 0, "bitstring": "00", "count": 2, "probability": 0.25},
    ]


def test_pandas_makes_a_table() -> None:
    frame = pd.DataFrame(result_of(counted({"11": 6, "00": 2}), counted({"01": 3})).to_records())
    assert list(frame.columns) == ["job_id", "circuit", "bitstring", "count", "probability"]
    assert frame.groupby("circuit")["count"].sum().to_dict() == {0: 8, 1: 3}
    assert frame.loc[frame["circuit"] == 0].set_index("bitstring")["probability"].to_dict() == {"11": 0.75, "00": 0.25}
    assert frame.dtypes["count"].kind == "i"


def test_csv_writes_and_reads_them() -> None:
    failed = ResultItem(kind=ResultKind.COUNTS, success=False, error="too many gates, by far")
    rows = result_of(counted({"1": 3}), failed).to_records()
    file = io.StringIO(newline="")
    writer = csv.DictWriter(file, rows[0].keys())
    writer.writeheader()
    writer.writerows(rows)
    assert file.getvalue().splitlines() == [
        "job_id,circuit,bitstring,count,probability,error",
        "5,0,1,3,1.0,",
        '5,1,,,,"too many gates, by far"',
    ]
    file.seek(0)
    assert [row["circuit"] for row in csv.DictReader(file)] == ["0", "1"]


@pytest.mark.parametrize(
    ("item", "rows"),
    [
        (
            ResultItem(kind=ResultKind.COUNTS, registers={"a": Counts({"1": 4}), "b": Counts({"0": 1, "1": 3})}),
            [
                {"register": "a", "bitstring": "1", "count": 4, "probability": 1.0},
                {"register": "b", "bitstring": "1", "count": 3, "probability": 0.75},
                {"register": "b", "bitstring": "0", "count": 1, "probability": 0.25},
            ],
        ),
        (
            ResultItem(kind=ResultKind.PROBABILITIES, probabilities={"0": 0.5, "1": 0.5}),
            [{"bitstring": "0", "probability": 0.5}, {"bitstring": "1", "probability": 0.5}],
        ),
        (
            ResultItem(kind=ResultKind.SAMPLES, samples=("rg", "gr")),
            [{"shot": 0, "outcome": "rg"}, {"shot": 1, "outcome": "gr"}],
        ),
        (
            ResultItem(kind=ResultKind.FOCK, fock={"|1,0>": 1, "|0,1>": 3}),
            [
                {"outcome": "|1,0>", "count": 1, "probability": 0.25},
                {"outcome": "|0,1>", "count": 3, "probability": 0.75},
            ],
        ),
        (
            ResultItem(kind=ResultKind.EXPECTATION, expectation=0.5, deviation=None),
            [{"expectation": 0.5, "deviation": None}],
        ),
        (
            ResultItem(kind=ResultKind.STATEVECTOR, statevector=(0.6 + 0j, 0j, 0j, 0.8j)),
            [
                {"bitstring": "00", "real": 0.6, "imaginary": 0.0, "probability": 0.36},
                {"bitstring": "01", "real": 0.0, "imaginary": 0.0, "probability": 0.0},
                {"bitstring": "10", "real": 0.0, "imaginary": 0.0, "probability": 0.0},
                {"bitstring": "11", "real": 0.0, "imaginary": 0.8, "probability": 0.64},
            ],
        ),
        (
            ResultItem(kind=ResultKind.AMPLITUDES, amplitudes={"1": -0.5 + 0j}),
            [{"bitstring": "1", "real": -0.5, "imaginary": 0.0, "probability": 0.25}],
        ),
        (
            ResultItem(kind=ResultKind.COUNTS, success=False),
            [{"error": "the provider gives no reason"}],
        ),
        (ResultItem(kind=ResultKind.RAW), []),
        (ResultItem(kind=ResultKind.COUNTS, counts=Counts({})), []),
        (
            ResultItem(kind=ResultKind.COUNTS, counts=Counts({"0": 0})),
            [{"bitstring": "0", "count": 0, "probability": 0.0}],
        ),
    ],
)
def test_every_kind_has_its_columns(item: ResultItem, rows: list[dict[str, Any]]) -> None:
    records = rows_of(item)
    assert [list(row) for row in records] == [list(row) for row in rows]
    for row, expected in zip(records, rows, strict=True):
        for column, value in expected.items():
            if isinstance(value, float):
                assert math.isclose(row[column], value, abs_tol=1e-12)
            else:
                assert row[column] == value
    json.dumps(records, allow_nan=False)


def test_values_are_plain_numbers() -> None:
    import numpy as np

    counts = Counts({"1": np.int64(3)})  # type: ignore[dict-item]
    (row,) = rows_of(ResultItem(kind=ResultKind.COUNTS, counts=counts))
    assert {name: type(value) for name, value in row.items()} == {"bitstring": str, "count": int, "probability": float}


def test_a_result_without_items_has_no_rows() -> None:
    assert result_of().to_records() == []


def test_an_amplitude_too_large_to_square_has_an_infinite_probability() -> None:
    """1e200 squared is 1e400, and the largest float is 1.8e308."""
    item = ResultItem(kind=ResultKind.STATEVECTOR, statevector=(1e200 + 0j, 0j))
    result = Result(provider="kipu", job_id="1", items=(item,))
    assert [row["probability"] for row in result.to_records()] == [math.inf, 0.0]
    assert "amplitude" in result._repr_html_()
