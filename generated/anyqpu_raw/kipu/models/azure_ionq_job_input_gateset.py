from ..._core import OpenStrEnum, reader


class AzureIonqJobInputGateset(OpenStrEnum):
    """Which gateset to apply"""

    QIS = "qis"


read = reader(AzureIonqJobInputGateset)
