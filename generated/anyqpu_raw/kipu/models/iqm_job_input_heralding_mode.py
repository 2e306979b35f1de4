from ..._core import OpenStrEnum


class IQMJobInputHeraldingMode(OpenStrEnum):
    """Heralding mode for the job. When set to 'zeros', a heralding measurement is performed before each circuit
    execution."""

    NONE = "none"
    ZEROS = "zeros"
