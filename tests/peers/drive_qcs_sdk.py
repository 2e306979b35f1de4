"""qcs-sdk-python: processors and their ISA, and programs over gRPC on every way to a processor."""

import asyncio
import json
import math
import re
from datetime import timedelta
from urllib.request import Request, urlopen

from qcs_files import BELL, SWEEP, configure, expired_token, token
from steps import EMULATOR, finish, refused, step

ADDRESSES = configure()

from qcs_sdk.client import AuthServer, ExternallyManaged, OAuthSession, QCSClient  # noqa: E402
from qcs_sdk.qpu import list_quantum_processors  # noqa: E402
from qcs_sdk.qpu.api import (  # noqa: E402
    APIExecutionOptions,
    ConnectionStrategy,
    EndpointLiveness,
    ExecutionOptions,
    cancel_job,
    cancel_jobs,
    retrieve_results,
    retrieve_results_async,
    submit,
    submit_async,
    submit_with_parameter_batch,
)
from qcs_sdk.qpu.isa import get_instruction_set_architecture  # noqa: E402
from qcs_sdk.qpu.translation import TranslationOptions, get_quilt_calibrations, translate, translate_async  # noqa: E402

ANKAA = "Ankaa-3"


def control(path: str, **body: object) -> dict:
    """Call the emulator's control API."""
    data = json.dumps(body).encode() if body else None
    request = Request(f"{EMULATOR}/_control{path}", data, {"content-type": "application/json"})
    with urlopen(request) as response:
        return json.load(response)


def bits(translated, results) -> dict[str, list[int]]:
    """The outcomes by memory reference."""
    outcomes = {}
    for reference, source in translated.ro_sources.items():
        buffer = results.buffers[source]
        assert (buffer.dtype, buffer.shape[1]) == ("integer", 1), (buffer.dtype, buffer.shape)
        outcomes[reference] = list(buffer.data)
    return outcomes


def is_bell(outcomes: dict[str, list[int]], shots: int) -> bool:
    """Whether both qubits agree in each shot, and half of the shots are 1, within five standard deviations."""
    first, second = outcomes["ro[0]"], outcomes["ro[1]"]
    return first == second and len(first) == shots and abs(sum(first) - shots / 2) < 5 * math.sqrt(shots) / 2


with step("the addresses of the files and those of the variables agree"):
    client = QCSClient.load()
    assert (client.api_url, client.grpc_api_url) == (ADDRESSES["http"], ADDRESSES["grpc"])
with step("all processors, page after page until there is no token"):
    assert set(list_quantum_processors()) == {"Aspen-9", "Aspen-M-3", ANKAA}
with step("the ISA of each"):
    for name, qubits in (("Aspen-9", 32), ("Aspen-M-3", 80), (ANKAA, 82)):
        isa = get_instruction_set_architecture(name)
        assert (isa.name, len(isa.architecture.nodes)) == (name, qubits)
    assert {one.name for one in isa.instructions} >= {"RX", "RZ", "ISWAP", "CZ", "MEASURE", "RESET"}
with step("translate: an encrypted job, and where each outcome is"):
    bell = translate(BELL, 1000, ANKAA)
    assert bell.ro_sources == {"ro[0]": "q0", "ro[1]": "q1"}
    assert json.loads(bell.program).keys() == {"job", "encryption"}
    assert "ISWAP" not in bell.program
with step("a program that does not translate: line and reason"):
    with refused("TranslationError", "line 2", "H on 0"):
        translate("DECLARE ro BIT\nH 0\nMEASURE 0 ro\n", 10, ANKAA)
    with refused("TranslationError", "line 2"):
        translate("RX(pi) 0\nRX(pi 0\n", 10, ANKAA)
    with refused("TranslationError", "Nowhere-1"):
        translate(BELL, 10, "Nowhere-1")
    with refused("TranslationError", "100000"):
        translate(BELL, 1_000_000, ANKAA)
with step("options of both back ends"):
    for options in (TranslationOptions.v1(), TranslationOptions.v2(passive_reset_delay_seconds=1e-4)):
        assert translate(BELL, 10, ANKAA, None, options).ro_sources
with step("submit, and results: a Bell pair of ISWAP"):
    job = submit(bell.program, {}, ANKAA)
    results = retrieve_results(job, ANKAA)
    assert is_bell(bits(bell, results), 1000)
    assert results.execution_duration_microseconds > 0
with step("results of a finished job, again"):
    assert bits(bell, retrieve_results(job, ANKAA)) == bits(bell, results)
with step("a sweep: one request, a job for each set of parameters"):
    swept = translate(SWEEP, 400, ANKAA)
    jobs = submit_with_parameter_batch(
        swept.program, [{"theta": [0.0]}, {"theta": [math.pi / 2]}, {"theta": [math.pi]}], ANKAA
    )
    none, half, full = (sum(bits(swept, retrieve_results(job, ANKAA))["ro[0]"]) for job in jobs)
    assert (none, full) == (0, 400)
    assert abs(half - 200) < 5 * 10
with step("memory of a wrong name or length is refused"):
    with refused("QpuApiError", "invalid argument", "theta"):
        submit(swept.program, {"theta": [1.0, 2.0]}, ANKAA)
    with refused("QpuApiError", "invalid argument", "phi"):
        submit(swept.program, {"phi": [1.0]}, ANKAA)
with step("each way to the processor"):
    endpoint = "ankaa-3-default"
    ways = {
        "gateway": ConnectionStrategy.Gateway(),
        "simulated": ConnectionStrategy.Gateway(EndpointLiveness.SIMULATED_ONLY),
        "either": ConnectionStrategy.Gateway(EndpointLiveness.LIVE_OR_SIMULATED),
        "gateway and endpoint": ConnectionStrategy.Gateway(EndpointLiveness.LIVE_ONLY, endpoint),
        "direct": ConnectionStrategy.DirectAccess(),
        "endpoint": ConnectionStrategy.EndpointId(endpoint),
        "address": ConnectionStrategy.EndpointAddress(ADDRESSES["grpc"]),
        "address with a path": ConnectionStrategy.EndpointAddress(ADDRESSES["grpc"] + "/some/path"),
    }
    for name, way in ways.items():
        execution = ExecutionOptions(way, timedelta(seconds=20), APIExecutionOptions(timeout=timedelta(seconds=60)))
        job = submit(bell.program, {}, ANKAA, None, execution)
        assert is_bell(bits(bell, retrieve_results(job, ANKAA, None, execution)), 1000), name
with step("no gateway of a processor that executes over ZeroMQ; no job of that name; a foreign job"):
    aspen = translate("DECLARE ro BIT\nRX(pi) 0\nMEASURE 0 ro\n", 10, "Aspen-9")
    with refused("QpuApiError", "gateway"):
        submit(aspen.program, {}, "Aspen-9")
    with refused("QpuApiError", "not found", "no job"):
        retrieve_results("nothing", ANKAA)
    with refused("QpuApiError", "Aspen-9"):
        submit(aspen.program, {}, ANKAA)
    with refused("QpuApiError", "damaged"):
        damaged = json.loads(bell.program)
        damaged["job"] = damaged["job"][:-8] + "AAAAAAA="
        submit(json.dumps(damaged), {}, ANKAA)
with step("a call for results is held until the job ends"):
    control("/faults", operation="ExecuteControllerJob", stuck="running", count=1)
    job = submit(bell.program, {}, ANKAA)

    async def release() -> None:
        await asyncio.sleep(1)
        control(f"/jobs/rigetti/{job}", state=None)

    async def both() -> object:
        results, _ = await asyncio.gather(retrieve_results_async(job, ANKAA), release())
        return results

    assert is_bell(bits(bell, asyncio.run(both())), 1000)
with step("jobs that wait are cancelled, and say so"):
    for cancel in (cancel_job, lambda job, device: cancel_jobs([job], device)):
        control("/faults", operation="ExecuteControllerJob", stuck="queued", count=1)
        job = submit(bell.program, {}, ANKAA)
        cancel(job, ANKAA)
        with refused("QpuApiError", "USER_CANCELLATION"):
            retrieve_results(job, ANKAA)
with step("a call whose response is UNAVAILABLE, before it was handled, is repeated"):
    control("/faults", operation="ExecuteControllerJob", grpc_status="UNAVAILABLE", count=1)
    assert is_bell(bits(bell, retrieve_results(submit(bell.program, {}, ANKAA), ANKAA)), 1000)
with step("one whose response is UNAUTHENTICATED is repeated once"):
    control("/faults", operation="GetControllerJobResults", grpc_status="UNAUTHENTICATED", count=1)
    assert is_bell(bits(bell, retrieve_results(submit(bell.program, {}, ANKAA), ANKAA)), 1000)
with step("other statuses and dropped connections are errors at once"):
    for fault in ({"grpc_status": "INTERNAL"}, {"grpc_status": "RESOURCE_EXHAUSTED"}, {"drop": "before"}):
        control("/faults", operation="ExecuteControllerJob", count=1, **fault)
        with refused("QpuApiError"):
            submit(bell.program, {}, ANKAA)
with step("calibrations in Quil-T"):
    text = get_quilt_calibrations(ANKAA)
    assert len(re.findall(r"^DEFFRAME ", text, re.MULTILINE)) == 2 * 82
    assert "DEFCAL RX(pi/2) 5" in text


async def many() -> None:
    translated = await translate_async(BELL, 100, ANKAA)
    jobs = await asyncio.gather(*(submit_async(translated.program, {}, ANKAA) for _ in range(20)))
    for results in await asyncio.gather(*(retrieve_results_async(job, ANKAA) for job in jobs)):
        assert is_bell(bits(translated, results), 100)


with step("twenty at a time, asynchronously"):
    asyncio.run(many())
with step("a token from a function of the caller's replaces one that has expired"):
    calls = []

    def renew(server: AuthServer) -> str:
        calls.append(server.client_id)
        return token()

    issuer, stale = AuthServer("peer", "https://issuer.example"), expired_token()
    own = QCSClient(OAuthSession(ExternallyManaged(renew), issuer, stale), ADDRESSES["http"], ADDRESSES["grpc"])
    job = submit(translate(BELL, 100, ANKAA, own).program, {}, ANKAA, own)
    assert is_bell(bits(bell, retrieve_results(job, ANKAA, own)), 100)
    assert calls == ["peer"]
finish(at_once=True)
