"""Programs in the native form of a device, by Qiskit (extra `qiskit`).

`transpiled` runs Qiskit in a process of its own: its compiled code holds Python's lock for seconds, which would stop
every event loop of the process. `worker` is what runs there. `writing` and `targets` are used by both sides.
"""

from anyqpu_programs.transpiling.apart import Source, transpiled

__all__ = ["Source", "transpiled"]
