"""Pasqal passes the contract."""

from anyqpu import BitOrder
from anyqpu_emulator.clouds.pasqal.catalogue import PROJECT_ID
from tests.contract.emulated import EmulatedContract
from tests.emulator.pasqal.helpers import PI, constant, pulse, sequence


class TestPasqal(EmulatedContract):
    provider = "pasqal"
    device = "EMU_FREE"
    program = sequence([pulse(constant(500, 2 * PI))], places=[(0, 0), (100, 0)])
    program_name = "program.json"
    expected_keys = frozenset({"11"})
    asymmetric_program = sequence(
        [{"op": "target", "channel": "one", "target": 0}, pulse(constant(500, 2 * PI), channel="one")],
        places=[(0, 0), (100, 0)],
        channels={"one": "rydberg_local"},
    )
    asymmetric_key = "10"
    bit_order = BitOrder.NATIVE_REGISTER
    options = {"project_id": PROJECT_ID}
    secrets = {"token": "canary-pasqal-token"}
