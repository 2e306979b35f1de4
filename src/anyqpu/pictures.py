"""Text, HTML and figures of jobs, results and devices; the functions of `anyqpu_pictures` by the name users import."""

from anyqpu_pictures import histogram, html, plot_counts, plot_result, plot_topology, sketch, timeline

__all__ = ["histogram", "html", "plot_counts", "plot_result", "plot_topology", "sketch", "timeline"]
