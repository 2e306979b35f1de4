"""Kipu passes the contract."""

from tests.contract.emulated import EmulatedContract
from tests.providers.kipu.test_results import X_ON_QUBIT_0


class TestKipu(EmulatedContract):
    provider = "kipu"
    device = "kipu.sim.qsim"
    secrets = {"token": "canary-kipu-token"}
    session_device = calibrated_device = "ibm.qpu.fez"
    session_program = X_ON_QUBIT_0["ibm.qpu.fez"]
