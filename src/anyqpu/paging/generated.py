"""Pagers from the descriptions of list operations that are generated from the API documents."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Hashable, Iterable
from operator import attrgetter
from typing import TYPE_CHECKING, Any, TypeVar, cast, overload

from anyqpu_raw._core import UNSET, ApiModel

from anyqpu.errors import ValidationError
from anyqpu.paging.pager import Pager
from anyqpu.paging.reading import unreadable
from anyqpu.paging.styles import by_token, numbered, offset, single

if TYPE_CHECKING:
    from anyqpu_raw._pages import Pages

PageT = TypeVar("PageT")
Item = TypeVar("Item")
T = TypeVar("T")

# Where a cloud states no maximum. More items than this in one response are a mistake.
MAX_SIZE = 10_000


@overload
def paginate(
    fetch: Callable[..., Awaitable[PageT]],
    description: Pages[PageT, Item],
    /,
    *,
    page_size: int | None = None,
    resume_token: str | None = None,
    name: str | None = None,
) -> Pager[Item]: ...


@overload
def paginate(
    fetch: Callable[..., Awaitable[PageT]],
    description: Pages[PageT, Item],
    /,
    *,
    to_items: Callable[[list[Item]], Iterable[T] | Awaitable[Iterable[T]]],
    page_size: int | None = None,
    resume_token: str | None = None,
    keep: Callable[[T], bool] | None = None,
    name: str | None = None,
) -> Pager[T]: ...


def paginate(
    fetch: Callable[..., Awaitable[Any]],
    description: Pages[Any, Any],
    /,
    *,
    to_items: Callable[[list[Any]], Iterable[Any] | Awaitable[Iterable[Any]]] | None = None,
    page_size: int | None = None,
    resume_token: str | None = None,
    keep: Callable[[Any], bool] | None = None,
    name: str | None = None,
) -> Pager[Any]:
    """Return a pager of a list operation; nothing is sent yet.

        paginate(partial(self.raw.search_jobs, sort=sort), pages.SEARCH_JOBS, to_items=self._jobs_of, page_size=size)

    Args:
        fetch: The method of the raw client with the arguments of the query bound, or a function that calls it. It
            gets the position and the size of a page by keyword.
        description: The generated description of the operation.
        to_items: Makes the items of the list from elements as the cloud sent them; without it these are the items.
            Elements that came before are not among them, and the result may be shorter. It may be asynchronous.
        page_size: Number of items to request per page, from 1 to the cloud's maximum; None for the default.
        resume_token: `resume_token` of a pager of the same list.
        keep: Which of the items belong to the list; all of them if None.
        name: Name of the list in its tokens, where several operations serve it; the operationId if None.

    Raises:
        ValidationError: `page_size` or `resume_token` is not valid for this list.
    """
    size = check_page_options(description, page_size)
    try:
        pager = _pager_of(fetch, description, size, to_items, keep, name=name, resume_token=resume_token)
    except ValidationError as error:
        error.provider, error.operation = description.api, description.operation.id
        raise
    return pager.titled(f"{description.api} {description.operation.id}")


def _pager_of(
    fetch: Callable[..., Awaitable[Any]],
    description: Pages[Any, Any],
    size: int,
    to_items: Callable[[list[Any]], Iterable[Any] | Awaitable[Iterable[Any]]] | None,
    keep: Callable[[Any], bool] | None,
    *,
    name: str | None,
    resume_token: str | None,
) -> Pager[Any]:
    position, size_parameter = description.position or "", description.size or ""

    def fetch_at(at: int | str | None) -> Awaitable[Any]:
        return fetch(**{position: at, size_parameter: size})

    options: dict[str, Any] = {
        "items": _items_at(description),
        "identity": _identity_of(description),
        "keep": keep,
        "convert": to_items,
        "name": description.operation.id if name is None else name,
        "resume_token": resume_token,
    }
    if description.style == "single":
        return single(fetch, size=size, **options)
    total, pages = _value_at(description.total), _value_at(description.pages)
    if description.style == "numbered":
        return numbered(fetch_at, first=description.first, size=size, total=total, pages=pages, **options)
    if description.style == "offset":
        return offset(fetch_at, size=size, end=_value_at(description.end), total=total, **options)
    return by_token(fetch_at, next_token=_value_at(description.next_token), **options)


def check_page_options(description: Pages[Any, Any], page_size: object) -> int:
    """Return the number of items to request per page; the default of the operation for None.

    Raises:
        ValidationError: It is not a whole number from 1 to the cloud's maximum.
    """
    most = description.max_size or MAX_SIZE
    if page_size is None:
        return description.default_size or most
    if isinstance(page_size, int) and not isinstance(page_size, bool) and 1 <= page_size <= most:
        return page_size
    raise ValidationError(
        f"page_size must be a whole number from 1 to {most}, not {_shown(page_size)}",
        provider=description.api,
        operation=description.operation.id,
        fields=("page_size",),
    )


def _shown(value: object) -> str:
    try:
        return f"{value!r:.80}"
    except Exception:  # numbers of thousands of digits, objects of the user's own
        return type(value).__name__


def _at(value: Any, place: tuple[str, ...]) -> Any:
    """Return the value at a path of a response; None where it is missing."""
    for name in place:
        value = cast("dict[str, Any]", value).get(name) if isinstance(value, dict) else getattr(value, name, None)
    return None if value is UNSET else value


def _value_at(place: tuple[str, ...] | None) -> Callable[[Any], Any]:
    return lambda response: None if place is None else _at(response, place)


def _items_at(description: Pages[Any, Any]) -> Callable[[Any], list[Any]]:
    """Return a function that returns the elements of a page; null and a missing field are an empty list."""

    def items(response: Any) -> list[Any]:
        # A success without a body, which the document does not promise, is None here.
        if description.items and not isinstance(response, ApiModel):
            raise unreadable("an object was expected")
        value = _at(response, description.items)
        if value is None:
            return []
        if isinstance(value, list | tuple):
            return list(cast("list[Any]", value))
        raise unreadable("a list was expected")

    return items


def _identity_of(description: Pages[Any, Any]) -> Callable[[Any], Hashable] | None:
    """Return a function that returns what identifies an element; None where elements have no identity."""
    names = description.identity
    if names is None:
        return None
    if len(names) != 1:

        def values(item: Any) -> Hashable:
            identity = tuple(_at(item, (name,)) for name in names)
            return None if None in identity else identity or item

        return values
    (name,) = names
    get = attrgetter(name)

    def value(item: Any) -> Hashable:
        try:
            identity = get(item)
        except AttributeError:
            # An object that is not of the model.
            identity = _at(item, (name,))
        return None if identity is UNSET else identity

    return value
