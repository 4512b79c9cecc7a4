"""How every figure is written: by the file's ending, with its data named, twice the same bytes."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from mscgraph.errors import MissingExtraError, OutputError

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["FORMATS", "check_target", "house_style", "save"]

FORMATS = ("svg", "png", "pdf")

_DOTS_PER_INCH = 200


def check_target(path: Path) -> None:
    """Raise what would stop a figure from being written to ``path``, before any work is done.

    OutputError where the ending is none of `FORMATS` or the folder is missing; MissingExtraError
    where matplotlib is not installed.
    """
    if _form(path) not in FORMATS:
        endings = ", ".join(f".{form}" for form in FORMATS)
        raise OutputError(f"{path}: end the name of a figure in one of {endings}")
    if not path.parent.is_dir():
        raise OutputError(f"{path}: cannot be written (there is no folder {path.parent})")
    try:
        import matplotlib  # noqa: F401
    except ModuleNotFoundError:
        raise MissingExtraError("analysis") from None


@contextmanager
def house_style() -> Iterator[None]:
    """Draw and save within this, so that no setting of the user's own changes a figure."""
    import matplotlib as mpl

    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rcParams.update(
            {
                "font.family": "sans-serif",
                "font.sans-serif": ["DejaVu Sans"],
                "hatch.linewidth": 0.6,
                "pdf.fonttype": 42,
                # Names of shared parts are drawn by chance unless they are salted.
                "svg.hashsalt": "mscgraph",
                # Texts stay texts: they can be searched and edited.
                "svg.fonttype": "none",
                # Letters are as wide in a PNG as in a PDF, and as they were measured.
                "text.hinting": "no_hinting",
            }
        )
        yield


def save(figure: "Figure", path: Path, *, title: str, source: str) -> None:
    """Write ``figure`` to ``path`` in the form of its ending, PNG with 200 dots an inch.

    ``title`` and ``source`` (which program and data it was made from) go into the file's metadata;
    no date does, so that the same data give the same bytes. Raises OutputError where the file
    cannot be written; a figure that was there before is kept then.
    """
    form = _form(path)
    metadata: dict[str, dict[str, str | None]] = {
        "svg": {"Title": title, "Source": source, "Creator": "mscgraph", "Date": None},
        "png": {"Title": title, "Source": source, "Software": "mscgraph"},
        "pdf": {
            "Title": title,
            "Subject": source,
            "Creator": "mscgraph",
            "Producer": None,
            "CreationDate": None,
        },
    }
    drawn = io.BytesIO()
    figure.savefig(drawn, format=form, dpi=_DOTS_PER_INCH, metadata=metadata[form])
    try:
        path.write_bytes(drawn.getvalue())
    except OSError as error:
        raise OutputError(f"{path}: cannot be written ({error.strerror})") from None


def _form(path: Path) -> str:
    return path.suffix.removeprefix(".").lower()
