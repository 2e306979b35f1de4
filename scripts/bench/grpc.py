"""gRPC calls beside those of grpcio: CPU of a call, and how long a large result holds the event loop."""

from __future__ import annotations

from statistics import median

from scripts.bench.environments import python_of
from scripts.bench.processes import process, ratio, worker
from scripts.bench.report import Row
from scripts.bench.run import Found, Size

NAMES = ("grpc_gap_20mb", "grpc_call")
ENVIRONMENT = "anyqpu-grpc"


def measure(size: Size) -> Found:
    """Measure both clients in one process, in turn; the server is grpcio's, in another one."""
    shots = 1000 if size.tiny else 250_000
    gaps: list[tuple[list[float], list[float]]] = []
    calls: list[tuple[float, float]] = []
    with process(python_of(ENVIRONMENT), "scripts.bench.inside_grpc", str(shots)) as serving:
        assert serving.stdout is not None
        url = serving.stdout.readline().strip()
        for _ in range(size.rounds):
            with worker(ENVIRONMENT, "anyqpu", url) as at:
                gaps.append((at.do("grpc.gap", client="anyqpu"), at.do("grpc.gap", client="grpcio")))
                count = 20 if size.tiny else 2000
                ours, theirs = (at.do("grpc.cpu", client=client, calls=count) for client in ("anyqpu", "grpcio"))
                calls.append((ours, theirs))
    clock, busy = (([ours[kind] for ours, _ in gaps], [theirs[kind] for _, theirs in gaps]) for kind in (0, 1))
    ours, theirs = zip(*calls, strict=True)
    return Found(
        [
            Row("grpc_gap_20mb", median(clock[0]), "ms", median(clock[1]), ratio(*clock)),
            Row("grpc_gap_20mb_cpu", median(busy[0]), "ms"),
            Row("grpc_call", median(ours), "µs", median(theirs), ratio(ours, theirs)),
        ]
    )
