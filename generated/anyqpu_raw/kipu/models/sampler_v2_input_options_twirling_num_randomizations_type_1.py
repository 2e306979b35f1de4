from ..._core import OpenStrEnum


class SamplerV2InputOptionsTwirlingNumRandomizationsType1(OpenStrEnum):
    """SamplerV2InputOptionsTwirlingNumRandomizationsType1"""

    AUTO = "auto"
