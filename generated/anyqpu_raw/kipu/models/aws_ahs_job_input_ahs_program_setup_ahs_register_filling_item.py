from ..._core import OpenIntEnum, reader


class AwsAHSJobInputAhsProgramSetupAhsRegisterFillingItem(OpenIntEnum):
    """AwsAHSJobInputAhsProgramSetupAhsRegisterFillingItem"""

    VALUE_0 = 0
    VALUE_1 = 1


read = reader(AwsAHSJobInputAhsProgramSetupAhsRegisterFillingItem)
