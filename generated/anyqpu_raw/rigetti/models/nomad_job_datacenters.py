from ..._core import OpenStrEnum, reader


class NomadJobDatacenters(OpenStrEnum):
    """An enumeration."""

    BERKELEY_775 = "berkeley-775"
    FREMONT_FAB = "fremont-fab"
    OXFORD_INSTRUMENTS = "oxford-instruments"


read = reader(NomadJobDatacenters)
