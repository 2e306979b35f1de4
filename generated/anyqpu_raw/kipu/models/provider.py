from ..._core import OpenStrEnum, reader


class Provider(OpenStrEnum):
    """Cloud through which a backend is reached."""

    AQT = "AQT"
    AWS = "AWS"
    AZURE = "AZURE"
    IBM = "IBM"
    IQM = "IQM"
    KIPU = "KIPU"
    QRYD = "QRYD"
    QUANDELA = "QUANDELA"
    QUDORA = "QUDORA"


read = reader(Provider)
