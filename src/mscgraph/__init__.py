"""A knowledge graph of trials that give mesenchymal stem cells to people with liver disease."""

__version__ = "0.1.0"
