"""The methods of the execution endpoint: msgpack maps tagged `_type`, as the `rpcq` package has them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from anyqpu_emulator.engines.errors import EngineError
from anyqpu_emulator.engines.quil import parse
from anyqpu_emulator.lifecycle import State
from anyqpu_emulator.shapes import is_list, is_object

from .executions import Execution, Executions
from .translation import Binary, memory


class RpcError(Exception):
    """An error that becomes an `RPCError`."""


@dataclass(frozen=True, slots=True)
class Later:
    """A result that waits for the end of a run."""

    run: Execution
    give: Callable[[Execution], Any]


class Methods:
    """The methods that a client may call. `serves` are the processors of the engaged endpoint."""

    def __init__(self, executions: Executions) -> None:
        """The runs are the cloud's."""
        self._executions = executions

    def call(self, request: Mapping[str, Any], serves: list[str]) -> Any:
        """The result, or `Later`. Raises RpcError."""
        params = request.get("params")
        named = params if is_object(params) else {}
        listed: Any = named.get("*args", params if is_list(params) else [])
        values: list[Any] = listed if is_list(listed) else []
        match request.get("method"):
            case "execute_qpu_request":
                return self._execute(_argument(named, values, "request"), serves)
            case "get_buffers":
                run = self._run(_argument(named, values, "job_id"))
                wait = named.get("wait", values[1] if len(values) > 1 else True)
                return self._when_over(run, wait, Execution.buffers)
            case "get_execution_results":
                return self._when_over(self._run(_argument(named, values, "job_id")), True, _results)
            case other:
                raise RpcError(f"there is no method {other!r}")

    def resume(self, later: Later) -> Any:
        """Return the result, or `Later` again. Raises RpcError."""
        self._executions.find(later.run.job.id)
        job = later.run.job
        if not job.state.terminal:
            return later
        if job.state is not State.COMPLETED:
            reason = job.failure.message if job.failure else "it was cancelled"
            raise RpcError(f"job {job.id} failed: {reason}")
        return later.give(later.run)

    def _when_over(self, run: Execution, wait: Any, give: Callable[[Execution], Any]) -> Any:
        result = self.resume(Later(run, give))
        if isinstance(result, Later) and not wait:
            raise RpcError(f"job {run.job.id} is not over yet")
        return result

    def _execute(self, request: Any, serves: list[str]) -> str:
        if not is_object(request) or not isinstance(request.get("program"), str):
            raise RpcError("request should be a QPURequest with a program")
        try:
            binary = Binary.unpack(request["program"])
            if binary.processor not in serves:
                raise RpcError(f"the program is for {binary.processor}; this endpoint leads to {serves}")
            values = memory(request.get("patch_values") or {})
            # Clients that fill all memory send the region that is read out as well; it has no use here.
            regions = parse(binary.quil).regions
            return self._executions.start(binary, {name: items for name, items in values.items() if name in regions})
        except (ValueError, EngineError) as error:
            raise RpcError(str(error)) from None

    def _run(self, job_id: Any) -> Execution:
        run = self._executions.find(job_id) if isinstance(job_id, str) else None
        if run is None:
            raise RpcError(f"there is no job {job_id!r}")
        return run


def _argument(named: Mapping[str, Any], listed: list[Any], name: str) -> Any:
    if name in named:
        return named[name]
    if not listed:
        raise RpcError(f"{name} is missing")
    return listed[0]


def _results(run: Execution) -> dict[str, Any]:
    started, ended = run.job.started_at or 0.0, run.job.ended_at or 0.0
    microseconds = max(0, round((ended - started) * 1e6))
    body = {"buffers": run.buffers(), "execution_duration_microseconds": microseconds}
    return {"_type": "GetExecutionResultsResponse", **body}
