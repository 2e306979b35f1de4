from ..._core import OpenStrEnum, reader


class SdkProvider(OpenStrEnum):
    """SDK that made the job or session."""

    BRAKET = "BRAKET"
    CLIENT = "CLIENT"
    PERCEVAL = "PERCEVAL"
    QISKIT = "QISKIT"


read = reader(SdkProvider)
