from ..._core import OpenStrEnum, reader


class IQMJobInputHeraldingMode(OpenStrEnum):
    """Heralding mode for the job. When set to 'zeros', a heralding measurement is performed before each circuit
    execution."""

    NONE = "none"
    ZEROS = "zeros"


read = reader(IQMJobInputHeraldingMode)
