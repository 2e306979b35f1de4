"""Lists that come in pages.

`Pager` is what users iterate over. The functions `numbered`, `offset`, `by_token` and `single` make one from a call
that gets one page, which is all that a provider's list method needs.
"""

from anyqpu.paging.pager import EMPTY_PAGES, REPEATS, ItemIterator, Page, PageIterator, Pager
from anyqpu.paging.styles import by_token, numbered, offset, single

__all__ = [
    "EMPTY_PAGES",
    "REPEATS",
    "ItemIterator",
    "Page",
    "PageIterator",
    "Pager",
    "by_token",
    "numbered",
    "offset",
    "single",
]
