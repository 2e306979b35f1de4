"""gRPC calls, measured inside the process that makes them; and their server, as a program of its own.

python -m scripts.bench.inside_grpc SHOTS      serve until the standard input ends; a result has 84 times SHOTS values
"""

from __future__ import annotations

import asyncio
import gc
import sys
import time
from collections.abc import AsyncGenerator, Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from typing import Any

import grpc
from anyqpu_grpc.rigetti import controller_pb2 as controller
from anyqpu_grpc.rigetti import services

QUBITS = 84
OPTIONS = [("grpc.max_receive_message_length", -1), ("grpc.max_send_message_length", -1)]
AT_ONCE = 50
Call = Callable[[Any, Any], Awaitable[Any]]


@asynccontextmanager
async def ours(url: str) -> AsyncGenerator[Call]:
    """Call with anyqpu."""
    from anyqpu.transport.client import Transport, TransportConfig
    from anyqpu.transport.http import Http

    transport = Transport(TransportConfig(provider="rigetti", base_url=url, http=Http()))
    yield lambda method, request: transport.grpc.call(url, method, request)
    await transport.aclose()


@asynccontextmanager
async def grpcio(url: str) -> AsyncGenerator[Call]:
    """Call with the stubs of grpcio, whose futures call back into the event loop."""
    loop = asyncio.get_running_loop()
    with grpc.insecure_channel(url.removeprefix("http://"), options=OPTIONS) as channel:

        async def call(method: Any, request: Any) -> Any:
            stub = channel.unary_unary(
                method.path,
                request_serializer=method.request.SerializeToString,
                response_deserializer=method.response.FromString,
            )
            done = loop.create_future()
            future = stub.future(request, timeout=60)
            future.add_done_callback(lambda _: loop.call_soon_threadsafe(done.set_result, None))
            await done
            return future.result()

        yield call


CLIENTS = {"anyqpu": ours, "grpcio": grpcio}


async def gap(url: str, client: str) -> list[float]:
    """Return the longest gap in ms between two heartbeats beside a large result, by the clock and by the loop's CPU."""
    clock, busy = [0.0], [0.0]

    async def beat() -> None:
        last, last_cpu = time.perf_counter(), time.thread_time()
        while True:
            await asyncio.sleep(0)
            now, cpu = time.perf_counter(), time.thread_time()
            clock.append(now - last)
            busy.append(cpu - last_cpu)
            last, last_cpu = now, cpu

    request = controller.GetControllerJobResultsRequest(job_execution_id="j")
    async with CLIENTS[client](url) as call:
        await call(services.GET_CONTROLLER_JOB_STATUS, controller.GetControllerJobStatusRequest())
        gc.collect()
        heart = asyncio.create_task(beat())
        result = await call(services.GET_CONTROLLER_JOB_RESULTS, request)
        heart.cancel()
        assert len(result.result.readout_values) == QUBITS
    return [max(clock) * 1000, max(busy) * 1000]


async def cpu(url: str, client: str, calls: int) -> float:
    """Return the CPU of a small call in microseconds, with some at a time."""
    async with CLIENTS[client](url) as call:

        async def caller() -> None:
            for _ in range(max(1, calls // AT_ONCE)):
                await call(services.GET_CONTROLLER_JOB_STATUS, controller.GetControllerJobStatusRequest(job_id="j"))

        await caller()
        began = time.process_time()
        await asyncio.gather(*(caller() for _ in range(AT_ONCE)))
        return (time.process_time() - began) / (max(1, calls // AT_ONCE) * AT_ONCE) * 1e6


def serve(shots: int) -> None:
    """Serve results of a size, and statuses."""
    result = controller.GetControllerJobResultsResponse()
    for number in range(QUBITS):
        result.result.readout_values[f"q{number}"].integer_values.values.extend([number & 1] * shots)
    contents = {
        services.GET_CONTROLLER_JOB_RESULTS: result.SerializeToString(),
        services.GET_CONTROLLER_JOB_STATUS: controller.GetControllerJobStatusResponse(status=2).SerializeToString(),
    }
    server = grpc.server(ThreadPoolExecutor(4), options=OPTIONS)
    handlers = {
        method.name: grpc.unary_unary_rpc_method_handler(lambda request, context, content=content: content)
        for method, content in contents.items()
    }
    service = services.GET_CONTROLLER_JOB_STATUS.service
    server.add_generic_rpc_handlers((grpc.method_handlers_generic_handler(service, handlers),))
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    print(f"http://127.0.0.1:{port}", flush=True)
    sys.stdin.read()
    server.stop(0).wait()


if __name__ == "__main__":
    serve(int(sys.argv[1]))
