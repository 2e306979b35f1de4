"""What the drivers of Qiskit and Cirq have in common: an object is submitted, and its counts are compared."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import anyqpu
from tests.meaning import routes
from tests.meaning.compare import internals


async def submitted(
    client: Any, device: str, program: Any, parameters: Mapping[str, float], exact: Mapping[str, float]
) -> tuple[Any, str]:
    """The verdict on a program: right, wrong or refused, and the detail."""
    options: dict[str, Any] = {"parameters": parameters} if parameters else {}
    try:
        job = await client.submit(program, device=device, shots=routes.SHOTS, **options)
        result = await job.result(timeout=60)
    except anyqpu.AnyQPUError as error:
        leak = internals(str(error))
        return ("wrong", f"the message shows {leak!r}: {error}") if leak else ("refused", str(error))
    except Exception as error:  # nothing else may be raised
        return "wrong", f"outside the error tree: {type(error).__name__}: {error}"
    return routes.compared(result, exact, routes.SHOTS)
