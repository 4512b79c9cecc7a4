"""Evidence across trials, picked from the graph: what can be pooled, what cannot, and why."""

__all__: list[str] = []
