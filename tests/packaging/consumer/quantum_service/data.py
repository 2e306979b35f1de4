"""Objects as dictionaries, copies and rows."""

from __future__ import annotations

import copy
import csv
import dataclasses
import json
import pickle
import sys
from decimal import Decimal
from typing import Any, assert_type

import anyqpu
from anyqpu import errors


def dictionaries(job: anyqpu.Job, result: anyqpu.Result, device: anyqpu.Device) -> None:
    """Write objects, and read each as its own class."""
    assert_type(job.to_dict(), dict[str, Any])
    assert_type(anyqpu.Job.from_dict(json.loads(json.dumps(job.to_dict()))), anyqpu.Job)
    assert_type(anyqpu.Result.from_dict(result.to_dict()), anyqpu.Result)
    assert_type(anyqpu.ResultItem.from_dict(result.items[0].to_dict()), anyqpu.ResultItem)
    assert_type(anyqpu.Counts.from_dict(result.counts.to_dict()), anyqpu.Counts)
    assert_type(anyqpu.Device.from_dict(device.to_dict()), anyqpu.Device)
    assert_type(anyqpu.JobHandle.from_dict(job.handle.to_dict()), anyqpu.JobHandle)
    assert_type(anyqpu.Money.from_dict({"amount": "1.50", "currency": "EUR"}), anyqpu.Money)
    assert_type(errors.AnyQPUError("a problem").to_dict(), dict[str, Any])


def copies(job: anyqpu.Job) -> list[anyqpu.Job]:
    """Copy a job in the ways of the standard library."""
    assert_type(dataclasses.replace(job, name="another"), anyqpu.Job)
    assert_type(dataclasses.asdict(job), dict[str, Any])
    unpickled: anyqpu.Job = pickle.loads(pickle.dumps(job))
    return [copy.copy(job), copy.deepcopy(job), unpickled]


def table(result: anyqpu.Result) -> None:
    """Write a result as CSV."""
    rows = result.to_records()
    assert_type(rows, list[dict[str, Any]])
    writer = csv.DictWriter(sys.stdout, rows[0].keys())
    writer.writeheader()
    writer.writerows(rows)


def counts(result: anyqpu.Result) -> dict[str, float]:
    """Read counts as a mapping, in another order, and by bit."""
    assert_type(result.items, tuple[anyqpu.ResultItem, ...])
    assert_type(result.kind, anyqpu.ResultKind)
    counted = result.counts
    assert_type(counted["00"], int)
    assert_type(counted.get("00", 0), int)
    assert_type(max(counted, key=counted.__getitem__), str)
    assert_type(counted.marginal(["a"]), anyqpu.Counts)
    assert_type(counted.to(anyqpu.BitOrder.LSB_LEFT), anyqpu.Counts)
    assert_type(counted.bit_labels, tuple[str, ...] | None)
    item = result.items[0]
    assert_type(item.statevector, tuple[complex, ...] | None)
    assert_type(item.registers, dict[str, anyqpu.Counts] | None)
    return counted.probabilities()


def money(amount: anyqpu.Money) -> anyqpu.Money:
    """Calculate with exact amounts."""
    assert_type(amount * 2, anyqpu.Money)
    assert_type(amount + anyqpu.Money(Decimal("0.10"), "EUR"), anyqpu.Money)
    assert_type(amount < anyqpu.Money(Decimal(1), "EUR"), bool)
    assert_type(amount.amount, Decimal)
    return amount * Decimal("1.19")
