from ..._core import OpenIntEnum


class SamplerV2InputVersion(OpenIntEnum):
    """For SamplerV2, version should always be 2"""

    VALUE_2 = 2
