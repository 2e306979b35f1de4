from ..._core import OpenStrEnum, reader


class InputFormat(OpenStrEnum):
    """Format of a job's input; the backend's configuration lists those it takes."""

    AQT_JOB_INPUT_V1 = "AQT_JOB_INPUT_V1"
    BRAKET_AHS_PROGRAM = "BRAKET_AHS_PROGRAM"
    BRAKET_OPEN_QASM_V3 = "BRAKET_OPEN_QASM_V3"
    IONQ_CIRCUIT_V1 = "IONQ_CIRCUIT_V1"
    IQM_JOB_INPUT_V1 = "IQM_JOB_INPUT_V1"
    OPEN_QASM_V1 = "OPEN_QASM_V1"
    OPEN_QASM_V2 = "OPEN_QASM_V2"
    OPEN_QASM_V3 = "OPEN_QASM_V3"
    PERCEVAL = "PERCEVAL"
    QIR_V1 = "QIR_V1"
    QISKIT_QPY = "QISKIT_QPY"
    QOQO = "QOQO"


read = reader(InputFormat)
