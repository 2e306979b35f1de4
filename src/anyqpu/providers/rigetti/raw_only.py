"""Operations that are only in `raw`, with the reason."""

from __future__ import annotations

from collections.abc import Mapping

_FORWARDS = "a method could only forward to it"

RAW_ONLY: Mapping[str, str] = {
    "AuthEmailPasswordResetToken": _FORWARDS,
    "AuthResetPassword": _FORWARDS,
    "AuthResetPasswordWithToken": _FORWARDS,
    "CheckClientApplication": _FORWARDS,
    "GetClientApplication": _FORWARDS,
    "GetHealth": _FORWARDS,
    "HealthCheck": _FORWARDS,
    "ListClientApplications": _FORWARDS,
}
