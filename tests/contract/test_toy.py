"""A provider of another package is found by its entry point, and passes the contract."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import anyqpu
from anyqpu import Job
from anyqpu.testing.contract import ContractSuite
from tests.contract.emulated import BELL, FLIP_QUBIT_0
from tests.contract.toy_cloud import ToyCloud

PACKAGE = Path(__file__).parent / "toy_provider"


@pytest.fixture(scope="module")
def toy_package() -> Iterator[None]:
    """The package as if it was installed."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(PACKAGE)
        yield


class TestToy(ContractSuite):
    provider = "toy"
    device = "toy-two"
    program = BELL
    expected_keys = frozenset({"00", "11"})
    asymmetric_program = FLIP_QUBIT_0
    asymmetric_key = "01"
    secrets = {"token": "canary-toy-token"}
    short = 0.1
    patience = 10.0

    @pytest.fixture(autouse=True)
    def cloud(self, toy_package: None) -> None:
        self.toy = ToyCloud()
        self.options = {**self.secrets, "transport": self.toy.transport()}

    async def hold_job(self, job: Job) -> None:
        self.toy.held.add(job.id)

    async def release_job(self, job: Job) -> None:
        self.toy.held.remove(job.id)

    async def fail_job(self, job: Job, reason: str) -> None:
        self.toy.fail(job.id, reason)

    async def elapse(self, seconds: float) -> None:
        """Do nothing: the cloud gives each job a later time than the one before."""

    async def break_requests(self, status: int) -> None:
        self.toy.broken = status


def test_a_provider_is_found_by_its_entry_point(toy_package: None) -> None:
    spec = anyqpu.available_providers()["toy"]
    assert (spec.name, spec.title) == ("toy", "Toy QPU")
    client: anyqpu.Client = anyqpu.connect("toy", token="t")
    assert client.provider == "toy"
    with pytest.raises(anyqpu.errors.ConfigError, match="toy"):
        anyqpu.connect("toi")


def test_the_toy_provider_is_small() -> None:
    assert sum(len(file.read_text(encoding="utf-8").splitlines()) for file in PACKAGE.rglob("*.py")) <= 150
