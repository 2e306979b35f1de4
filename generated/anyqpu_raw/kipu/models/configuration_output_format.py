from ..._core import OpenStrEnum, reader


class ConfigurationOutputFormat(OpenStrEnum):
    """Format in which job results are returned."""

    IONQ_RESULT_V1 = "IONQ_RESULT_V1"
    MICROSOFT_QUANTUM_RESULTS_V2 = "MICROSOFT_QUANTUM_RESULTS_V2"


read = reader(ConfigurationOutputFormat)
