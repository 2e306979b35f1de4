from ..._core import OpenStrEnum, reader


class SamplerV2InputOptionsTwirlingShotsPerRandomizationType1(OpenStrEnum):
    """SamplerV2InputOptionsTwirlingShotsPerRandomizationType1"""

    AUTO = "auto"


read = reader(SamplerV2InputOptionsTwirlingShotsPerRandomizationType1)
