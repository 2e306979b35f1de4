"""The contract of a provider: a test suite that a provider's package subclasses and passes.

    class TestAcme(ContractSuite):
        provider = "acme"
        device = "acme-simulator"
        program = BELL
        expected_keys = frozenset({"00", "11"})

Each test runs on the event loops of anyio's pytest plugin (asyncio and trio). `client.capabilities` decides what
applies: for a verb that a provider lacks, a test checks that it raises `UnsupportedOperationError` instead. Nothing is
skipped, unless `exempt` names the test and says why. See docs/contract.md.
"""

from __future__ import annotations

import pytest

MODULES = (
    "cancelling", "configuration", "costs", "devices", "failures", "handles", "keys", "lifecycle", "lists",
    "reservations", "results", "sessions", "submitting", "verbs", "waiting",
)  # fmt: skip
# A failed assertion of the suite shows its values, as those in a test file do. Before the modules are imported.
pytest.register_assert_rewrite(*(f"{__name__}.{module}" for module in MODULES))

from anyqpu.testing.contract.suite import ContractSuite  # noqa: E402

__all__ = ["ContractSuite"]
