"""A Turtle document: its text, its statements, and the line on which a node is described."""

from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from mscgraph.errors import TurtleError
from mscgraph.names import graph_iri, short

__all__ = ["Document", "read_document", "read_quads"]


@dataclass(frozen=True)
class Document:
    """The text of a Turtle file, what a reader calls it, and the name of the graph it holds."""

    place: str
    name: str
    text: str

    def line_of(self, node: str) -> int | None:
        """Return the number of the line on which the description of ``node`` begins.

        In canonical form that is the line that holds the subject alone; in any other form, the
        first line that begins with it. None when no line does.
        """
        graph, _, local = node.partition("#")
        names = {f"<{node}>", short(node)}
        if local:
            names |= {f":{local}", f"<#{local}>"}
        elif graph == graph_iri(self.name):
            names.add("<>")
        for number, line in enumerate(self.text.splitlines(), start=1):
            first = line.split(maxsplit=1)[0] if line and not line[0].isspace() else ""
            if first.startswith("<"):
                first = line[: line.find(">") + 1]
            if first in names:
                return number
        return None


def read_document(path: Path) -> Document:
    """Read the file at ``path``; the file's stem is the name of its graph.

    Raises TurtleError when the file is missing, cannot be read or is not UTF-8.
    """
    try:
        return Document(str(path), path.stem, path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise TurtleError(f"{path}: there is no such file") from None
    except UnicodeDecodeError as error:
        raise TurtleError(f"{path}: not UTF-8 (byte {error.start}): save it as UTF-8") from None
    except OSError as error:
        raise TurtleError(f"{path}: cannot be read ({error.strerror})") from None


def read_quads(
    document: Document, *, lenient: bool = False, relabel: bool = False
) -> list[ox.Quad]:
    """Return the statements of ``document``, every literal as it is written.

    ``relabel`` gives the nodes without a name labels that no other document has. Raises
    TurtleError with the line of the first fault when it is not Turtle. An IRI with a space or a
    control character is not, and a language that cannot be one; ``lenient`` lets both pass.
    """
    try:
        return list(
            ox.parse(
                document.text,
                format=ox.RdfFormat.TURTLE,
                base_iri=graph_iri(document.name),
                lenient=lenient,
                rename_blank_nodes=relabel,
            )
        )
    except SyntaxError as error:
        line = f":{error.lineno}" if error.lineno else ""
        raise TurtleError(f"{document.place}{line}: not Turtle: {error.msg}") from None
