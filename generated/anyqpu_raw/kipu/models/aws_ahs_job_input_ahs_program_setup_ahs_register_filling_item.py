from ..._core import OpenIntEnum


class AwsAHSJobInputAhsProgramSetupAhsRegisterFillingItem(OpenIntEnum):
    """AwsAHSJobInputAhsProgramSetupAhsRegisterFillingItem"""

    VALUE_0 = 0
    VALUE_1 = 1
