"""Figures, one module each; they need the extra “analysis”, which brings matplotlib."""

__all__: list[str] = []
