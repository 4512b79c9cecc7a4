"""Judges of who wrote what is cited."""

import unicodedata

from mscgraph.check.judges.verdict import Row, Verdict

__all__ = ["other_author"]


def other_author(row: Row) -> Verdict | None:
    """Hold the authors of the entries that are cited for a trial to the name of the trial."""
    expected = row["expected"]
    cited = sorted(row["authors"].split(";"))
    if not expected or any(_plain(expected) in _plain(author) for author in cited):
        return None
    return Verdict(expected, " and ".join(cited))


def _plain(name: str) -> str:
    """Return ``name`` in small letters and without accents, which papers set as they like."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    return "".join(c for c in letters if c.isalpha())
