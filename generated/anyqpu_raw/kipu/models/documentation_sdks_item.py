from ..._core import OpenStrEnum, reader


class DocumentationSdksItem(OpenStrEnum):
    """Third-party SDK a backend is reachable from. Each value carries a documentation URL the client can open for
    setup details."""

    PENNYLANE = "PENNYLANE"
    PERCEVAL = "PERCEVAL"
    PLANQK = "PLANQK"
    QISKIT = "QISKIT"
    QISKIT_RUNTIME = "QISKIT_RUNTIME"
    QOQO = "QOQO"


read = reader(DocumentationSdksItem)
