"""Text, HTML and figures of jobs, results and devices; the public names of `anyqpu_pictures`."""

from anyqpu_pictures import histogram, html, plot_counts, plot_result, plot_topology, sketch, timeline

__all__ = ["histogram", "html", "plot_counts", "plot_result", "plot_topology", "sketch", "timeline"]
