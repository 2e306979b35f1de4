from ..._core import OpenStrEnum, reader


class SdkName(OpenStrEnum):
    """SDK that can use a backend; what is QHUB now was PLANQK."""

    PENNYLANE = "PENNYLANE"
    PERCEVAL = "PERCEVAL"
    PLANQK = "PLANQK"
    QHUB = "QHUB"
    QISKIT = "QISKIT"
    QISKIT_RUNTIME = "QISKIT_RUNTIME"
    QOQO = "QOQO"


read = reader(SdkName)
