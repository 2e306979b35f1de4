from ..._core import OpenIntEnum, reader


class SamplerV2InputVersion(OpenIntEnum):
    """For SamplerV2, version should always be 2"""

    VALUE_2 = 2


read = reader(SamplerV2InputVersion)
