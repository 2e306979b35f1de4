from ..._core import OpenStrEnum


class AzureIonqJobInputGateset(OpenStrEnum):
    """Which gateset to apply"""

    QIS = "qis"
