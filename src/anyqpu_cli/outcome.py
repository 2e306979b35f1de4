"""Exit codes."""

from __future__ import annotations

from anyqpu import errors

OK = 0
FAILED = 1
BAD_INPUT = 2
NOT_ALLOWED = 3
JOB_FAILED = 4
TIMED_OUT = 5
INTERRUPTED = 130
BROKEN_PIPE = 141

# The first that matches.
EXIT_CODES: tuple[tuple[type[errors.AnyQPUError], int], ...] = (
    (errors.WaitTimeoutError, TIMED_OUT),
    (errors.JobError, JOB_FAILED),
    (errors.MissingCredentialsError, NOT_ALLOWED),
    (errors.AuthenticationError, NOT_ALLOWED),
    (errors.PermissionDeniedError, NOT_ALLOWED),
    (errors.BudgetExceededError, NOT_ALLOWED),
    (errors.ConfigError, BAD_INPUT),
    (errors.ValidationError, BAD_INPUT),
    (errors.NotFoundError, BAD_INPUT),
    (errors.UnsupportedOperationError, BAD_INPUT),
)


def exit_code(error: Exception) -> int:
    """Return the exit code for an error; FAILED for a class without its own."""
    return next((code for kind, code in EXIT_CODES if isinstance(error, kind)), FAILED)
