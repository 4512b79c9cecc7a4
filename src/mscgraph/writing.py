"""Writing files whole or not at all."""

import os
import tempfile
from pathlib import Path

__all__ = ["write_whole"]


def write_whole(path: Path, content: bytes | str) -> None:
    """Write ``content`` to ``path``, wholly or not at all; text is written in UTF-8.

    A file that was there keeps its permissions, a new one has those that files get. Raises
    OSError when it cannot be written.
    """
    data = content.encode("utf-8") if isinstance(content, str) else content
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(data)
        Path(temporary).chmod(path.stat().st_mode if path.exists() else _mode_of_new_files())
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _mode_of_new_files() -> int:
    """Return the mode that ``open`` would give; that of ``mkstemp`` is for its owner alone."""
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
