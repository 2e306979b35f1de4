"""Strict emulation: what the clouds of hardware refuse, and what they run."""

from __future__ import annotations

import itertools
import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

import anyqpu
from anyqpu.errors import AnyQPUError, ConfigError, JobFailedError
from anyqpu.model.program import Program, ProgramFormat
from anyqpu.model.status import DeviceKind
from anyqpu.testing import EmulatedClouds, emulated
from anyqpu_emulator import Emulator

from . import native_programs as native
from .pasqal.helpers import FLIP
from .rigetti.conftest import rigetti

pytestmark = pytest.mark.anyio

HEAD = 'OPENQASM 3.0;\ninclude "stdgates.inc";\n'
BIT, ONE = f"{HEAD}bit[1] c;\n", f"{HEAD}qubit q; bit[1] c;\n"
TWO, TWENTY = f"{HEAD}qubit[2] q; bit[1] c;\n", f"{HEAD}qubit[20] q; bit[1] c;\n"
BELL = f"{HEAD}qubit[20] q; bit[2] c;\nh q[0];\ncx q[0],q[19];\nc[0] = measure q[0]; c[1] = measure q[19];\n"
QUIL_BELL = "DECLARE ro BIT[2]\nH 0\nCNOT 0 1\nMEASURE 0 ro[0]\nMEASURE 1 ro[1]\n"
PHOTONS = {"unitary": [[0.6, 0.8], [0.8, -0.6]], "input_state": [1, 1]}
WIDE = {"unitary": [[float(row == column) for column in range(25)] for row in range(25)], "input_state": [1] + [0] * 24}
FEZ, GARNET, SCALEWAY_GARNET = "ibm.qpu.fez", "iqm.qpu.garnet", "QPU-GARNET-20PQ"
AQUILA, BELENOS, SCALEWAY_FRESNEL = "aws.quera.aquila", "QPU-BELENOS-12PQ", "QPU-FRESNEL-100PQ"
HARDWARE = {
    "kipu": {FEZ, GARNET, AQUILA},
    "scaleway": {SCALEWAY_GARNET, BELENOS, SCALEWAY_FRESNEL},
    "pasqal": {"FRESNEL"},
    "rigetti": {"Aspen-9", "Aspen-M-3", "Ankaa-3"},
}


@pytest.fixture
async def clouds() -> AsyncIterator[EmulatedClouds]:
    async with emulated(speed="instant", strict=True) as clouds:
        yield clouds


def photons(program: dict[str, Any]) -> Program:
    return Program(json.dumps(program), ProgramFormat.PERCEVAL_JSON)


async def run(clouds: EmulatedClouds, device: str, program: Any, shots: int = 100, **more: Any) -> Any:
    """The counts of a program."""
    cloud = next(name for name, devices in HARDWARE.items() if device in devices)
    async with clouds.connect(cloud) as client:
        job = await client.submit(program, device=device, shots=shots, **more)
        result = await job.result(timeout=120)
        item = result.items[0]
        return item.fock or (item.samples if device == AQUILA else result.counts)


async def refusal(clouds: EmulatedClouds, device: str, program: Any, **more: Any) -> str:
    """The error of a program that is refused."""
    with pytest.raises(AnyQPUError) as refused:
        await run(clouds, device, program, **more)
    return str(refused.value)


async def made_for(clouds: EmulatedClouds, device: str, **changes: Any) -> str:
    """A pi pulse on one atom, for the device as its specifications have it."""
    transport = httpx.ASGITransport(clouds.emulator.app)
    headers = {"authorization": "Bearer any", "x-auth-token": "any"}
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1", headers=headers) as client:
        if device == "FRESNEL":
            response = await client.get("/pasqal/core-fast/api/v1/devices/specs/FRESNEL")
            specs = json.loads(response.json()["data"]["specs"])
        else:
            response = await client.get("/scaleway/qaas/v1alpha1/platforms", params={"name": device})
            specs = json.loads(json.loads(response.json()["platforms"][0]["metadata"])["specs"])
    return json.dumps({**json.loads(FLIP), "device": {**specs, **changes}})


# ---- which devices


@pytest.mark.parametrize("cloud", list(HARDWARE))
async def test_devices_that_stand_for_hardware_have_rules(clouds: EmulatedClouds, cloud: str) -> None:
    async with clouds.connect(cloud) as client:
        listed = {device.id: device async for device in client.devices()}
    names = {device.name for device in listed.values() if device.kind is not DeviceKind.SIMULATOR}
    ids = {device.id for device in listed.values() if device.kind is not DeviceKind.SIMULATOR}
    assert HARDWARE[cloud] in (names, ids)


async def test_each_rule_has_a_source(clouds: EmulatedClouds) -> None:
    transport = httpx.ASGITransport(clouds.emulator.app)
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1/_control") as client:
        view = (await client.get("/strictness")).json()
    assert view["strict"] is True
    assert view["devices"] == dict.fromkeys(itertools.chain.from_iterable(HARDWARE.values()), True)
    assert all(rule["source"] and rule["demand"] and rule["refusal"] for rule in view["rules"])
    assert {device for rule in view["rules"] for device in rule["devices"]} == set(view["devices"])


# ---- programs as they are written, and as the devices run them


@pytest.mark.parametrize(
    ("device", "program", "words"),
    [
        (FEZ, BELL, "line 4: h on q[0]: ibm.qpu.fez runs cz, id, rx, rz, rzz, sx, x, measure"),
        (SCALEWAY_GARNET, BELL, "line 4: h on q[0]: QPU-GARNET-20PQ runs r, cz, id, prx, measure"),
        (
            GARNET,
            native.iqm({"name": "h", "qubits": ["QB1"]}),
            "instructions[0]: h on QB1: iqm.qpu.garnet runs prx, cz",
        ),
        ("Aspen-9", QUIL_BELL, "line 2: H on 0: Aspen-9 runs RX, RZ, I, CZ, CPHASE, XY"),
        ("Aspen-M-3", QUIL_BELL, "line 2: H on 0: Aspen-M-3 runs RX, RZ, I, CZ, CPHASE, XY"),
        ("Ankaa-3", QUIL_BELL, "line 2: H on 0: Ankaa-3 runs RX, RZ, I, ISWAP, CZ"),
        ("FRESNEL", FLIP, "was made for no device; FRESNEL runs sequences that were made for it"),
        (SCALEWAY_FRESNEL, FLIP, "was made for no device; QPU-FRESNEL-100PQ runs sequences"),
        (AQUILA, native.aquila((0.0, 0.0), amplitude=([0.0, 1e-6], [3e6, 3e6])), "begins and ends at 0"),
        (BELENOS, photons(WIDE), "25 modes"),
    ],
)
async def test_what_is_not_native_is_refused(clouds: EmulatedClouds, device: str, program: Any, words: str) -> None:
    assert words in await refusal(clouds, device, program)


@pytest.mark.parametrize(
    ("device", "program", "outcomes"),
    [
        (FEZ, native.IBM, {"00", "11"}),
        (SCALEWAY_GARNET, native.IQM_OPENQASM, {"00", "11"}),
        (GARNET, native.IQM, {"00", "11"}),
        ("Aspen-9", native.RIGETTI, {"00", "11"}),
        ("Aspen-M-3", native.RIGETTI, {"00", "11"}),
        ("Ankaa-3", native.RIGETTI, {"00", "11"}),
        ("Ankaa-3", native.RIGETTI_ISWAP, {"00", "11"}),
    ],
)
async def test_what_is_native_runs(clouds: EmulatedClouds, device: str, program: Any, outcomes: set[str]) -> None:
    counts = await run(clouds, device, program, 1000)
    assert set(counts) == outcomes
    # Six standard deviations of 1000 fair coins are 95.
    assert all(abs(count - 500) < 95 for count in counts.values())


@pytest.mark.parametrize("device", ["FRESNEL", SCALEWAY_FRESNEL])
async def test_a_sequence_for_the_device_runs(clouds: EmulatedClouds, device: str) -> None:
    assert dict(await run(clouds, device, await made_for(clouds, device), 20)) == {"1": 20}


async def test_photons_and_atoms_within_the_limits_run(clouds: EmulatedClouds) -> None:
    assert sum((await run(clouds, BELENOS, photons(PHOTONS))).values()) == 100
    assert len(await run(clouds, AQUILA, native.aquila((0.0, 0.0), (6e-6, 0.0)))) == 100


# ---- gates and qubits


@pytest.mark.parametrize(
    ("device", "program", "words"),
    [
        (
            FEZ,
            f"{BIT}cz $0, $5;\nc[0] = measure $0;",
            "line 4: cz on $0, $5: ibm.qpu.fez does not couple qubits 0 and 5; 0 is coupled with 1",
        ),
        (FEZ, f"{BIT}x $156;\nc[0] = measure $156;", "line 4: x on $156: ibm.qpu.fez has no qubit $156"),
        (
            FEZ,
            f"{HEAD}qubit[200] q; bit[1] c;\nx q[3];\nc[0] = measure q[170];",
            "line 5: measure on q[170]: ibm.qpu.fez has no qubit q[170]",
        ),
        (FEZ, f"{ONE}inv @ sx q;\nc[0] = measure q;", "line 4: inv @ sx on q: ibm.qpu.fez runs"),
        (FEZ, f"{ONE}gate turn a {{ x a; }}\nturn q;\nc[0] = measure q;", "line 5: turn on q: ibm.qpu.fez runs"),
        (
            FEZ,
            f"{TWO}x q;\nfor int i in [0:1] {{ y q[i]; }}\nc[0] = measure q[0];",
            "line 5: y on q[0]: ibm.qpu.fez runs",
        ),
        (
            FEZ,
            f"{TWO}c[0] = measure q[0];\nif (c[0]) {{ h q[1]; }}\nc[0] = measure q[1];",
            "line 5: h on q[1]: ibm.qpu.fez runs",
        ),
        (
            FEZ,
            f"{TWO}c[0] = measure q[0];\nwhile (c[0]) {{ c[0] = measure q[0]; }}",
            "line 5: a loop that measured bits decide: ibm.qpu.fez runs",
        ),
        (
            FEZ,
            f"{TWO}rzz(2.0) q[0], q[1];\nc[0] = measure q[0];",
            "line 4: rzz on q[0], q[1]: the angle 2; ibm.qpu.fez takes from 0 up to 0.5 pi for rzz",
        ),
        (FEZ, f"{HEAD}qubit[2] q;\nx q[0];", "the program measures nothing"),
        (
            FEZ,
            f"{HEAD}qubit[157] q; bit[1] c;\nx q[0];\nc[0] = measure q[0];",
            "the program has 157 qubits: ibm.qpu.fez has 156",
        ),
        (
            SCALEWAY_GARNET,
            f"{TWENTY}cz q[0], q[19];\nc[0] = measure q[0];",
            "line 4: cz on q[0], q[19]: QPU-GARNET-20PQ does not couple qubits 0 and 19; 0 is coupled with 1, 3",
        ),
        (
            SCALEWAY_GARNET,
            f"{HEAD}qubit[21] q; bit[1] c;\nid q[20];\nc[0] = measure q[0];",
            "line 4: id on q[20]: QPU-GARNET-20PQ has no qubit q[20]",
        ),
        (
            SCALEWAY_GARNET,
            f"{TWO}c[0] = measure q[0];\nif (c[0]) {{ id q[1]; }}",
            "a condition on measured bits: QPU-GARNET-20PQ runs",
        ),
        (
            SCALEWAY_GARNET,
            'OPENQASM 2.0;\ninclude "qelib1.inc";\nqreg a[1]; qreg b[1]; creg c[1];\nu3(1,2,3) b[0];\nmeasure a -> c;',
            "line 4: u3 on b[0]: QPU-GARNET-20PQ runs",
        ),
        (
            GARNET,
            native.iqm(native.cz("QB1", "QB20"), native.measure("QB1")),
            "instructions[0]: cz on QB1, QB20: iqm.qpu.garnet does not couple qubits 0 and 19",
        ),
        (
            GARNET,
            native.iqm(native.prx("QB21", 0.5), native.measure("QB1")),
            "instructions[0]: prx on QB21: iqm.qpu.garnet has no qubit QB21",
        ),
        (
            GARNET,
            native.iqm(native.prx("Alice", 0.5), native.measure("QB1")),
            "instructions[0]: prx on Alice: iqm.qpu.garnet has no qubit Alice",
        ),
        (
            GARNET,
            native.iqm({"name": "reset", "qubits": ["QB1"]}, native.measure("QB1")),
            "instructions[0]: reset on QB1: iqm.qpu.garnet runs",
        ),
        (
            "Aspen-9",
            "DECLARE ro BIT\nCZ 0 3\nMEASURE 0 ro[0]",
            "line 2: CZ on 0, 3: Aspen-9 does not couple qubits 0 and 3; 0 is coupled with 1, 7",
        ),
        (
            "Aspen-9",
            "DECLARE ro BIT\nRX(0.3) 0\nMEASURE 0 ro[0]",
            "line 2: RX on 0: the angle 0.3; Aspen-9 takes multiples of 0.5 pi from -1 pi up to 1 pi for RX",
        ),
        (
            "Aspen-9",
            "DECLARE ro BIT\nDECLARE t REAL\nRX(t) 0\nMEASURE 0 ro[0]",
            "line 3: RX on 0: an angle that is computed during the run; Aspen-9 takes",
        ),
        ("Aspen-9", "DECLARE ro BIT\nDAGGER RZ(1.0) 0\nMEASURE 0 ro[0]", "line 2: DAGGER RZ on 0: Aspen-9 runs"),
        (
            "Aspen-9",
            "DECLARE ro BIT\nDEFGATE TURN:\n    0, 1\n    1, 0\n\nTURN 0\nMEASURE 0 ro[0]",
            "line 6: TURN on 0: Aspen-9 runs",
        ),
    ],
)
async def test_the_refusal_names_gate_qubits_and_line(
    clouds: EmulatedClouds, device: str, program: Any, words: str
) -> None:
    assert words in await refusal(clouds, device, program)


async def test_ibm_has_its_own_code(clouds: EmulatedClouds) -> None:
    async with clouds.connect("kipu") as client:
        job = await client.submit(BELL, device=FEZ, shots=10)
        await job.wait(timeout=60)
        assert (await client.raw.get_job_result(job.id))["error"]["code"] == "1517"


async def test_registers_gate_phases_and_conditions_that_ibm_runs(clouds: EmulatedClouds) -> None:
    text = f"""{HEAD}qubit[1] a; qubit[2] b; bit[2] c;
        gphase(0.5); x a[0]; barrier a, b; delay[100ns] b[0]; reset b[1];
        c[0] = measure a[0]; if (c[0]) {{ x b[1]; }} c[1] = measure b[1];"""
    assert dict(await run(clouds, FEZ, text, 50)) == {"11": 50}


async def test_parameters_that_rigetti_runs(clouds: EmulatedClouds) -> None:
    """Between RX(pi/2) and RX(-pi/2), RZ(pi) from memory turns a qubit around."""
    quil = "DECLARE ro BIT\nDECLARE t REAL\nRX(pi/2) 0\nRZ(t) 0\nRX(-pi/2) 0\nMEASURE 0 ro[0]"
    assert dict(await run(clouds, "Aspen-9", quil, 50, patch_values={"t": [3.141592653589793]})) == {"1": 50}


async def test_couplings_are_those_of_the_architecture() -> None:
    """Each pair of qubits of Aspen-9, in both orders; ring and bridges of the octagons were counted by hand."""
    async with Emulator(strict=True) as emulator, rigetti(emulator) as client:
        path = "/v1/quantumProcessors/Aspen-9"
        isa = (await client.get(f"{path}/instructionSetArchitecture")).json()
        nodes = [node["node_id"] for node in isa["architecture"]["nodes"]]
        edges = {tuple(edge["node_ids"]) for edge in isa["architecture"]["edges"]}
        # Four rings of eight, and two bridges between neighbours.
        assert (len(nodes), len(edges)) == (32, 4 * 8 + 3 * 2)
        accepted = set()
        for pair in itertools.combinations(nodes, 2):
            quil = f"CZ {pair[1]} {pair[0]}\n"
            body = {"quil": quil, "numShots": 1}
            response = await client.post(f"{path}:translateNativeQuilToEncryptedBinary", json=body)
            assert response.status_code in (200, 400)
            accepted |= {pair} if response.status_code == 200 else set()
        assert accepted == edges


async def test_couplings_are_those_of_the_configuration(clouds: EmulatedClouds) -> None:
    """Qubit 3 of IBM's heavy-hex lattice with each other one; it is between 2 and 4, and 16 hangs below it."""
    coupled = set()
    async with clouds.connect("kipu") as client:
        for other in [*range(3), *range(4, 30)]:
            job = await client.submit(f"{HEAD}bit c; cz ${other}, $3; c = measure $3;", device=FEZ, shots=1)
            await job.wait(timeout=60)
            coupled |= {other} if (await client.job(job.id)).status == "completed" else set()
    assert coupled == {2, 4, 16}


# ---- atoms


@pytest.mark.parametrize("device", ["FRESNEL", SCALEWAY_FRESNEL])
@pytest.mark.parametrize("name", ["MockDevice", "AnalogDevice", "EMU_FREE"])
async def test_a_sequence_for_another_device_is_refused(clouds: EmulatedClouds, device: str, name: str) -> None:
    text = await refusal(clouds, device, await made_for(clouds, device, name=name))
    assert f"was made for the device '{name}'; {device} runs sequences that were made for it" in text


@pytest.mark.parametrize(
    ("operations", "words"),
    [
        ([{"amplitude": 13.0}], "amplitude reaches 13 rad/us"),
        ([{"duration": 8}], "takes 16 ns at least"),
        ([{"duration": 6004}], "takes 6000 ns at most"),
        ([{"duration": 4000}, {"duration": 4000}], "6000"),
    ],
)
async def test_the_limits_are_the_devices_and_not_those_of_the_sequence(
    clouds: EmulatedClouds, operations: list[dict[str, float]], words: str
) -> None:
    document = json.loads(await made_for(clouds, "FRESNEL"))
    [pulse] = document["operations"]
    document["operations"] = [
        {
            **pulse,
            "amplitude": {"kind": "constant", "duration": op.get("duration", 500), "value": op.get("amplitude", 1.0)},
            "detuning": {"kind": "constant", "duration": op.get("duration", 500), "value": 0.0},
        }
        for op in operations
    ]
    for channel in document["device"]["channels"]:
        channel |= {"max_amp": 100.0, "min_duration": 1, "max_duration": None}
    document["device"]["max_sequence_duration"] = None
    assert words in await refusal(clouds, "FRESNEL", json.dumps(document))


@pytest.mark.parametrize(
    ("program", "words"),
    [
        (native.aquila((0.0, 0.0), (3e-6, 0.0)), "sites 0 and 1 are 3 um apart; it takes 4 um and more"),
        (native.aquila((0.0, 0.0), (8e-6, 1e-6)), "rows of sites 0 and 1 are 1 um apart; it takes 2 um and more"),
        (native.aquila((0.0, 0.0), (8e-5, 0.0)), "80 um wide along axis 0; it has 75 um"),
        (native.aquila((0.0, 0.0), amplitude=([0.0, 1e-6, 2e-6], [0.0, 2e7, 0.0])), "2e+07; it takes 0 to 1.58e+07"),
        (native.aquila((0.0, 0.0), detuning=2e8), "2e+08; it takes -1.25e+08 to 1.25e+08"),
        (native.aquila((0.0, 0.0), amplitude=([0.0, 1e-6, 5e-6], [0.0, 1e6, 0.0])), "5e-06 s; it takes up to 4e-06 s"),
        (native.aquila((0.0, 0.0), amplitude=([0.0, 1e-8, 1e-6], [0.0, 1e6, 0.0])), "times 1e-08 s apart"),
        (native.aquila((0.0, 0.0), localDetuning=[{}]), "it has no local detuning"),
    ],
)
async def test_limits_of_aquila(clouds: EmulatedClouds, program: Any, words: str) -> None:
    assert words in await refusal(clouds, AQUILA, program)


# ---- modes


async def test_lenient_devices_run_everything() -> None:
    async with emulated(speed="instant", strict=False) as clouds:
        assert set(await run(clouds, FEZ, BELL)) == {"00", "11"}
        assert set(await run(clouds, SCALEWAY_GARNET, BELL)) == {"00", "11"}
        assert set(await run(clouds, "Aspen-9", QUIL_BELL)) == {"00", "11"}
        assert set(await run(clouds, "FRESNEL", FLIP, 10)) == {"1"}


async def test_simulators_stay_lenient(clouds: EmulatedClouds) -> None:
    for cloud, device in (("kipu", "aws.sim.sv1"), ("scaleway", "EMU-AER-16C-128M")):
        async with clouds.connect(cloud) as client:
            job = await client.submit(BELL, device=device, shots=100)
            assert set((await job.result(timeout=60)).counts) == {"00", "11"}


@pytest.mark.parametrize(("mode", "runs"), [("strict", False), ("lenient", True)])
async def test_connect_has_a_mode(mode: str, runs: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    async def counts(**options: Any) -> Any:
        async with anyqpu.connect("kipu", **options) as client:
            job = await client.submit(BELL, device=FEZ, shots=10)
            return (await job.result(timeout=60)).counts

    for options in ({"emulator": mode}, {}):
        monkeypatch.setenv("ANYQPU_EMULATOR", mode)
        if runs:
            assert set(await counts(**options)) <= {"00", "11"}
        else:
            with pytest.raises(JobFailedError, match="h on q"):
                await counts(**options)


def test_there_is_no_other_mode() -> None:
    with pytest.raises(ConfigError, match="emulator"):
        anyqpu.connect("kipu", emulator="strictly")


async def test_the_control_api_changes_the_mode_of_a_device(clouds: EmulatedClouds) -> None:
    transport = httpx.ASGITransport(clouds.emulator.app)
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1/_control") as client:
        view = (await client.post("/strictness", json={"device": FEZ, "strict": False})).json()
        assert (view["strict"], view["devices"][FEZ], view["devices"][GARNET]) == (True, False, True)
        devices = {row["id"]: row["strict"] for row in (await client.get("/state")).json()["devices"]}
        assert (devices[FEZ], devices[GARNET], devices["aws.sim.sv1"]) == (False, True, False)
        assert set(await run(clouds, FEZ, BELL, 10)) <= {"00", "11"}
        assert "instructions[0]: h" in await refusal(clouds, GARNET, native.iqm({"name": "h", "qubits": ["QB1"]}))
        assert (await client.post("/strictness", json={"strict": True})).json()["devices"][FEZ] is True
        for body, status in (
            ({"strict": 1}, 400),
            ({"strict": True, "devices": []}, 400),
            ({"strict": True, "device": "x"}, 404),
        ):
            assert (await client.post("/strictness", json=body)).status_code == status


async def test_a_job_keeps_its_mode_over_a_restart(tmp_path: Any) -> None:
    """A job that waits when the emulator stops is computed again, as strictly as it was submitted."""
    state = str(tmp_path / "state.sqlite")
    async with emulated(speed="real", strict=False, state=state) as clouds, clouds.connect("kipu") as client:
        clouds.set_pace(queue=3600)
        job = await client.submit(BELL, device=FEZ, shots=10)
    async with emulated(speed="instant", strict=True, state=state) as clouds, clouds.connect("kipu") as client:
        clouds.advance(7200)
        result = await (await client.job(job.id)).result(timeout=600)
        assert set(result.counts) <= {"00", "11"}
