"""What a console shows of objects: the important first, on two lines, without control characters and signatures."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

import anyqpu
from anyqpu import Counts, Device, DeviceStatus, Job, JobStatus, Result, ResultItem, ResultKind, Topology
from anyqpu.model.items import Items

CLOUDS = ("kipu", "scaleway", "pasqal", "rigetti")
CANARY = "canary-51c0"
BELL = 'OPENQASM 2.0; include "qelib1.inc"; qreg q[2]; creg c[2]; h q[0]; cx q[0],q[1]; measure q -> c;'


def test_a_device_begins_with_what_matters() -> None:
    device = Device(
        id="ibm.qpu.fez",
        provider="kipu",
        name="IBM Fez",
        status=DeviceStatus.ONLINE,
        num_qubits=156,
        queue_depth=3,
        raw={"secret": CANARY},
    )
    assert repr(device) == (
        "Device(id='ibm.qpu.fez', status='online', num_qubits=156, queue_depth=3, provider='kipu', name='IBM Fez', "
        "kind='unknown', technology='unknown', ...)"
    )


def test_a_job_begins_with_what_matters() -> None:
    job = Job(
        provider="kipu",
        id="5",
        device_id="ibm.qpu.fez",
        status=JobStatus.QUEUED,
        raw_status="PENDING",
        queue_position=2,
        shots=100,
        created_at=datetime(2030, 1, 31, 12, tzinfo=UTC),
        decode={"key": CANARY},
    )
    assert repr(job) == (
        "Job(id='5', status='queued', device_id='ibm.qpu.fez', queue_position=2, provider='kipu', shots=100, "
        "created_at='2030-01-31T12:00:00Z', ...)"
    )


def test_long_values_are_counted_or_cut() -> None:
    topology = Topology(nodes=tuple(range(156)), edges=tuple((node, node + 1) for node in range(155)))
    assert repr(topology) == "Topology(nodes=<156 items>, edges=<155 items>, ...)"
    state = ResultItem(kind=ResultKind.STATEVECTOR, statevector=(0j,) * 1024)
    assert repr(state) == "ResultItem(kind='statevector', statevector=<1024 items>, success=True, ...)"
    counted = ResultItem(kind=ResultKind.COUNTS, counts=Counts({f"{key:010b}": 1 for key in range(1000)}))
    assert "counts=<Counts>" in repr(counted)
    assert repr(Counts({"0": 1})) == "Counts({'0': 1})"
    many = Result(job_id="5", provider="kipu", items=(counted,) * 40)
    assert repr(many).startswith("Result(job_id='5', kind='counts', success=True, items=<40 items>")


def test_texts_of_servers_are_harmless() -> None:
    evil = f"\x1b[2J\u202e https://user:{CANARY}@example.org/a?signature={CANARY}"
    device = Device(id=evil, provider="kipu", name=evil)
    assert repr(device).isprintable()
    assert CANARY not in repr(device)
    assert "\\x1b[2J\\u202e" in repr(device)


def test_a_list_has_a_line_for_each_item() -> None:
    devices = Items([Device(id=id, provider="kipu", name=id) for id in "ab"])
    lines = repr(devices).splitlines()
    assert (lines[0], lines[-1]) == ("[", "]")
    assert [line.strip() for line in lines[1:-1]] == [f"{device!r}," for device in devices]
    assert repr(Items()) == "[]"
    assert repr(Items([1])) == "[1]"


@pytest.mark.anyio
@pytest.mark.parametrize("cloud", CLOUDS)
async def test_every_device_fits_two_lines(cloud: str) -> None:
    async with anyqpu.connect(cloud, emulator=True) as client:
        devices = await client.devices().collect()
    assert isinstance(devices, list)
    for device in devices:
        assert repr(device).startswith(f"Device(id={device.id!r}, status=")
        assert len(repr(device)) <= 200


@pytest.mark.anyio
async def test_no_display_has_a_credential(anyio_backend: str) -> None:
    async with anyqpu.connect("kipu", emulator=True, token=CANARY) as kipu:
        job = await kipu.submit(BELL, device="kipu.sim.qsim", shots=10)
        result = await job.result(timeout=60)
        pager = kipu.jobs()
        jobs = await pager.collect()
        for thing in (kipu, job, result, jobs, jobs[0], pager, kipu.devices()):
            assert CANARY not in repr(thing)
            if hasattr(thing, "_repr_html_"):
                assert CANARY not in thing._repr_html_()
