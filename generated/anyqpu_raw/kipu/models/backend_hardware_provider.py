from ..._core import OpenStrEnum, reader


class BackendHardwareProvider(OpenStrEnum):
    """Hardware manufacturer of the backend. May differ from the cloud Provider that exposes the backend (e.g. IonQ
    hardware accessed via AWS Braket)."""

    AQT = "AQT"
    AWS = "AWS"
    AZURE = "AZURE"
    IBM = "IBM"
    IONQ = "IONQ"
    IQM = "IQM"
    KIPU = "KIPU"
    OQC = "OQC"
    QUANDELA = "QUANDELA"
    QUANTINUUM = "QUANTINUUM"
    QUDORA = "QUDORA"
    QUERA = "QUERA"
    RIGETTI = "RIGETTI"


read = reader(BackendHardwareProvider)
