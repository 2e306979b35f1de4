"""What can be read in a figure."""

from __future__ import annotations

from typing import Any

from matplotlib.text import Text


def bars_of(ax: Any) -> dict[str, float]:
    """The keys that stand at an axis, and how long their bars are."""
    keys = [label.get_text() for label in ax.get_yticklabels()]
    assert len(keys) == len(ax.patches)
    return dict(zip(keys, (bar.get_width() for bar in ax.patches), strict=True))


def words_of(figure: Any) -> list[str]:
    """All that can be read in a figure, as it is drawn."""
    figure.draw_without_rendering()
    return [text.get_text().replace(r"\$", "$") for text in figure.findobj(Text) if text.get_visible()]


def overlapping(figure: Any, texts: list[Any]) -> list[tuple[str, str]]:
    """Pairs of texts that lie on each other."""
    figure.draw_without_rendering()
    boxes = [(text.get_text(), text.get_window_extent()) for text in texts if text.get_text()]
    return [(a, b) for place, (a, box) in enumerate(boxes) for b, other in boxes[:place] if box.overlaps(other)]
