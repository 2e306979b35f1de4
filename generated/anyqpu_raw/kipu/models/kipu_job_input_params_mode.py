from ..._core import OpenStrEnum, reader


class KipuJobInputParamsMode(OpenStrEnum):
    """Simulation mode. `sample` returns measurement counts (uses `shots`); `statevector` returns the full final
    state vector; `amplitudes` returns amplitudes for the bitstrings listed in `bitstrings`."""

    AMPLITUDES = "amplitudes"
    SAMPLE = "sample"
    STATEVECTOR = "statevector"


read = reader(KipuJobInputParamsMode)
