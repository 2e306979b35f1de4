from ..._core import OpenStrEnum, reader


class SamplerV2InputOptionsTwirlingNumRandomizationsType1(OpenStrEnum):
    """SamplerV2InputOptionsTwirlingNumRandomizationsType1"""

    AUTO = "auto"


read = reader(SamplerV2InputOptionsTwirlingNumRandomizationsType1)
