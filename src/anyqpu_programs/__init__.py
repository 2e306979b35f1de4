"""Programs read by their language's specification, and turned into other languages where that is exact.

The extra `convert` has what reading takes. The emulator has a reader of its own, so that an error in one shows.
"""

from anyqpu_programs.binding import bind, parameters
from anyqpu_programs.fitting import conversions, convert, fit
from anyqpu_programs.limits import Limits

__all__ = ["Limits", "bind", "conversions", "convert", "fit", "parameters"]
