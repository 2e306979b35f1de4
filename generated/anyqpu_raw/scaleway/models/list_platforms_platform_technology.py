from ..._core import OpenStrEnum, reader


class ListPlatformsPlatformTechnology(OpenStrEnum):
    """ListPlatformsPlatformTechnology"""

    GENERAL_PURPOSE = "general_purpose"
    NEUTRAL_ATOM = "neutral_atom"
    PHOTONIC = "photonic"
    SUPERCONDUCTING = "superconducting"
    TRAPPED_ION = "trapped_ion"
    UNKNOWN_TECHNOLOGY = "unknown_technology"


read = reader(ListPlatformsPlatformTechnology)
