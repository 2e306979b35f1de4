"""Qiskit's own form of circuits: read where Qiskit is installed, and named where it is not."""

from __future__ import annotations

import base64
import sys
import types
import zlib
from typing import Any

import pytest

from anyqpu_emulator.engines import qpy
from anyqpu_emulator.engines.errors import EngineError
from tests.support.inside import most_qpy_bytes


def packed(raw: bytes) -> dict[str, Any]:
    return {"__type__": "QuantumCircuit", "__value__": base64.b64encode(zlib.compress(raw)).decode()}


def pretend(monkeypatch: pytest.MonkeyPatch, version: str) -> None:
    """As if Qiskit were installed."""
    for name in ("qiskit", "qiskit.qpy", "qiskit.qasm3"):
        monkeypatch.setitem(sys.modules, name, types.ModuleType(name))
    sys.modules["qiskit"].__version__ = version  # type: ignore[attr-defined]


def test_the_extra_is_named_where_it_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "qiskit", None)
    with pytest.raises(EngineError, match=r"pip install 'anyqpu\[qiskit\]'"):
        qpy.openqasm3(packed(b"QISKIT"))


@pytest.mark.parametrize(("value", "words"), [({}, "__value__"), ({"__value__": "%%"}, "base64")])
def test_an_invalid_circuit_is_an_error(monkeypatch: pytest.MonkeyPatch, value: dict[str, Any], words: str) -> None:
    pretend(monkeypatch, "2.0.0")
    with pytest.raises(EngineError, match=words):
        qpy.openqasm3(value)
    with pytest.raises(EngineError, match="more than"):
        qpy.openqasm3(packed(bytes(most_qpy_bytes() + 1)))


def test_an_unsafe_version_reads_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    pretend(monkeypatch, "1.4.1")
    with pytest.raises(EngineError, match=r"1\.4\.1 does not read QPY safely"):
        qpy.openqasm3(packed(b"QISKIT"))
