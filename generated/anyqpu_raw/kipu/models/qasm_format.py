from ..._core import OpenStrEnum, reader


class QasmFormat(OpenStrEnum):
    """Version of OpenQASM that a text is in."""

    OPENQASM_V2 = "openqasm.v2"
    OPENQASM_V3 = "openqasm.v3"


read = reader(QasmFormat)
