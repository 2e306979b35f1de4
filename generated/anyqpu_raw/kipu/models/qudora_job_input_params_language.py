from ..._core import OpenStrEnum, reader


class QudoraJobInputParamsLanguage(OpenStrEnum):
    """The quantum circuit language to use for the job"""

    OPENQASM2 = "OpenQASM2"
    OPENQASM3 = "OpenQASM3"


read = reader(QudoraJobInputParamsLanguage)
