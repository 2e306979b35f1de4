from ..._core import OpenStrEnum


class SamplerV2InputOptionsTwirlingShotsPerRandomizationType1(OpenStrEnum):
    """SamplerV2InputOptionsTwirlingShotsPerRandomizationType1"""

    AUTO = "auto"
