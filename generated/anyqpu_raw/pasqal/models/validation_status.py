from ..._core import OpenStrEnum, reader


class ValidationStatus(OpenStrEnum):
    """An enumeration."""

    APPROVED = "APPROVED"
    DRAFT = "DRAFT"
    REJECTED = "REJECTED"
    REQUIRING_UPDATE = "REQUIRING_UPDATE"
    REVIEWER_DRAFT = "REVIEWER_DRAFT"
    UNDER_REVIEW = "UNDER_REVIEW"
    UPDATED = "UPDATED"


read = reader(ValidationStatus)
