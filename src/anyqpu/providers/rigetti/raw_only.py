"""Operations that are only in `raw`, with the reason."""

from __future__ import annotations

from collections.abc import Mapping

_FORWARDS = "a method could only forward to it"
_PORTAL = "for Rigetti's web site"

RAW_ONLY: Mapping[str, str] = {
    "ActivateUser": _PORTAL,
    "AuthEmailPasswordResetToken": _FORWARDS,
    "AuthResetPassword": _FORWARDS,
    "AuthResetPasswordWithToken": _FORWARDS,
    "CheckClientApplication": _FORWARDS,
    "DismissViewerAnnouncement": _PORTAL,
    "GetClientApplication": _FORWARDS,
    "GetHealth": _FORWARDS,
    "GetUserEventBillingPrice": "a method could only forward to it: the document has no currency for its prices",
    "GetViewerUserOnboardingCompleted": _PORTAL,
    "HealthCheck": _FORWARDS,
    "HealthCheckDeprecated": "deprecated",
    "ListClientApplications": _FORWARDS,
    "ListViewerAnnouncements": _PORTAL,
    "PutViewerUserOnboardingCompleted": _PORTAL,
    "UpdateViewerUserProfile": _PORTAL,
}
