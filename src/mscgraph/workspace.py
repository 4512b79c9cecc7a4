"""The four folders that hold the ontology, the shapes, the paper graphs and the questions."""

from dataclasses import dataclass
from pathlib import Path

from mscgraph.errors import WorkspaceError

__all__ = ["FOLDERS", "Workspace", "default"]

FOLDERS = ("graphs", "ontology", "queries", "shapes")

# Graphs that hold identities and cited works; they are no paper's own.
_SHARED_GRAPHS = frozenset({"trials", "papers"})


@dataclass(frozen=True)
class Workspace:
    """A set of the four folders below one root."""

    root: Path

    @property
    def ontology(self) -> Path:
        """The ontology file."""
        return self.root / "ontology" / "mscgraph.ttl"

    @property
    def dataset(self) -> Path:
        """The file that says what the collection is, for catalogues; it may be missing."""
        return self.root / "ontology" / "dataset.ttl"

    @property
    def mappings(self) -> Path:
        """The table of the terms' counterparts in public vocabularies; a workspace may lack it."""
        return self.root / "ontology" / "mappings.sssom.tsv"

    @property
    def reporting(self) -> Path:
        """The file of reporting lists, which a workspace may lack."""
        return self.root / "ontology" / "reporting.ttl"

    def shapes(self) -> list[Path]:
        """Return the files of SHACL shapes, sorted by name."""
        return sorted((self.root / "shapes").glob("*.ttl"))

    def graphs(self) -> list[Path]:
        """Return all graph files, those of papers and the shared ones, sorted by name."""
        return sorted((self.root / "graphs").glob("*.ttl"))

    def paper_graphs(self) -> list[Path]:
        """Return the files of paper graphs, sorted by name."""
        return [path for path in self.graphs() if path.stem not in _SHARED_GRAPHS]

    def shared_graphs(self) -> list[Path]:
        """Return the files that all paper graphs lean on: trial identities, cited papers."""
        return [path for path in self.graphs() if path.stem in _SHARED_GRAPHS]

    def questions(self) -> list[Path]:
        """Return the files of stored questions, sorted by name."""
        return sorted((self.root / "queries").glob("*.rq"))

    def checks(self) -> list[Path]:
        """Return the files of the kinds of discrepancy, sorted by name."""
        return sorted((self.root / "queries" / "checks").glob("*.rq"))

    @property
    def acknowledgements(self) -> Path:
        """The file of discrepancies that someone has reviewed; a workspace may lack it."""
        return self.root / "graphs" / "acknowledged.tsv"

    def fingerprint(self) -> str:
        """Return a short hash of the ontology folder and the graphs: on what answers rest.

        It changes with any byte of theirs, so that a figure can be traced to its data.
        """
        import hashlib

        digest = hashlib.sha256()
        for path in (*sorted((self.root / "ontology").glob("*.ttl")), *self.graphs()):
            content = hashlib.sha256(path.read_bytes()).hexdigest()
            digest.update(f"{path.parent.name}/{path.name} {content}\n".encode())
        return f"sha256:{digest.hexdigest()[:16]}"

    @classmethod
    def at(cls, root: Path) -> "Workspace":
        """Return the workspace at ``root``.

        Raises WorkspaceError when one of the four folders, or the ontology file, is missing.
        """
        missing = [name for name in FOLDERS if not (root / name).is_dir()]
        if missing:
            raise WorkspaceError(
                f"{root} is not a workspace: make the folder {missing[0]}/ in it, or name the "
                "folder that holds " + ", ".join(f"{name}/" for name in FOLDERS)
            )
        workspace = cls(root)
        if not workspace.ontology.is_file():
            raise WorkspaceError(f"{root} is not a workspace: ontology/mscgraph.ttl is missing")
        return workspace


def default() -> Workspace:
    """Return the workspace that ships with the program.

    In an installed wheel the folders lie inside the package; in a source checkout they lie at
    its top. Raises WorkspaceError when they are in neither place.
    """
    package = Path(__file__).resolve().parent
    for root in (package / "data", package.parent.parent):
        if all((root / name).is_dir() for name in FOLDERS):
            return Workspace(root)
    raise WorkspaceError("the data folders of mscgraph are missing: install the package again")
