"""rdflib's long Turtle with subjects in one order, and literals exactly as they are written."""

import re
from typing import Any

from rdflib import XSD, BNode, Literal
from rdflib.plugins.serializers.longturtle import LongTurtleSerializer

__all__ = ["SortedLongTurtle"]

# What may stand without quotes: the numbers and booleans of Turtle 1.1, section 2.5. rdflib
# leaves the quotes off by datatype alone, which makes 5.0 of the decimal 5.
_PLAIN = {
    XSD.boolean: re.compile(r"true|false"),
    XSD.decimal: re.compile(r"[+-]?[0-9]*\.[0-9]+"),
    XSD.double: re.compile(r"[+-]?([0-9]+\.[0-9]*|\.?[0-9]+)[eE][+-]?[0-9]+"),
    XSD.integer: re.compile(r"[+-]?[0-9]+"),
}


class SortedLongTurtle(LongTurtleSerializer):
    """rdflib's long Turtle, with all subjects in one alphabetical order."""

    def orderSubjects(self) -> list[Any]:  # noqa: N802 - rdflib's name
        """Return the named subjects A–Z, then those without a name."""
        return sorted(self._subjects, key=lambda node: (isinstance(node, BNode), str(node)))

    def label(self, node: Any, position: int) -> str:
        """Return how ``node`` is written; a literal keeps every character of its own."""
        if not isinstance(node, Literal) or node.datatype not in _PLAIN:
            return str(super().label(node, position))  # type: ignore[no-untyped-call]
        if _PLAIN[node.datatype].fullmatch(node):
            return str(node)
        kind = self.get_pname(node.datatype, gen_prefix=False)  # type: ignore[no-untyped-call]
        return f"{Literal(str(node)).n3()}^^{kind or node.datatype.n3()}"
