from ..._core import OpenStrEnum, reader


class NomadJobDatacenters(OpenStrEnum):
    """An enumeration."""

    BERKELEY_775 = "berkeley-775"
    FREMONT_FAB = "fremont-fab"
    OXFORD_INSTRUMENTS = "oxford-instruments"
    RIGETTI_GB_1 = "rigetti-gb-1"


read = reader(NomadJobDatacenters)
