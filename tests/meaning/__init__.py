"""The differential suite: programs of every construct on every route, judged by independent implementations."""
