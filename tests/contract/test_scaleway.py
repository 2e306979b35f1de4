"""Scaleway passes the contract."""

from tests.contract.emulated import EmulatedContract


class TestScaleway(EmulatedContract):
    provider = "scaleway"
    device = "EMU-AER-16C-128M"
    reservable_device = "QPU-FRESNEL-100PQ"
    options = {"project_id": "22222222-2222-4222-8222-222222222222"}
    secrets = {"secret_key": "canary-scaleway-key"}
