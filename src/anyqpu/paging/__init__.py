"""Lists that come in pages.

`Pager` is what users iterate over. `paginate` makes one from a generated description of a list operation; `numbered`,
`offset`, `by_token` and `single` make one from functions that read a page.
"""

from anyqpu.paging.generated import check_page_options, paginate
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
    "check_page_options",
    "numbered",
    "offset",
    "paginate",
    "single",
]
