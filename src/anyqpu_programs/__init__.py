"""Reading of programs by their language's specification, and exact conversion to other languages.

Reading needs the extra `convert`. The emulator has its own reader, so that tests reveal an error in either.
"""

from anyqpu_programs.binding import bind, parameters
from anyqpu_programs.fitting import conversions, convert, fit
from anyqpu_programs.limits import Limits

__all__ = ["Limits", "bind", "conversions", "convert", "fit", "parameters"]
