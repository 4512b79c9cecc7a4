"""How long a cold ``mscgraph ask`` takes against a bare script that does the same loading.

Both are whole processes, run in turn; the figure is the ratio of the medians. Run with
``make bench``, or ``python benchmarks/cold_ask.py [RUNS]``.
"""

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

from mscgraph.workspace import default

QUESTION = "outcomes-by-time"

_BARE = """
import sys
import pyoxigraph as ox

store = ox.Store()
for path, name in zip(sys.argv[2::2], sys.argv[3::2]):
    for graph in (ox.NamedNode(name), ox.DefaultGraph()):
        store.bulk_load(path=path, format=ox.RdfFormat.TURTLE, base_iri=name, to_graph=graph)
with open(sys.argv[1], encoding="utf-8") as stream:
    for row in store.query(stream.read()):
        print(*(term.value if term else "" for term in row), sep=",")
"""


def _seconds(command: list[str]) -> float:
    begun = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - our own commands
    return time.perf_counter() - begun


def main(runs: int) -> None:
    """Print the medians and their ratio over ``runs`` pairs of cold processes."""
    workspace = default()
    program = str(Path(sys.executable).with_name("mscgraph"))
    files = [(workspace.ontology, "https://w3id.org/mscgraph/ontology")]
    files += [(p, f"https://w3id.org/mscgraph/graph/{p.stem}") for p in workspace.graphs()]
    question = workspace.root / "queries" / f"{QUESTION}.rq"
    bare = [sys.executable, "-c", _BARE, str(question)]
    bare += [os.fspath(part) for pair in files for part in pair]
    ask = [program, "ask", QUESTION]
    pairs = [(_seconds(ask), _seconds(bare)) for _ in range(runs + 1)][1:]
    with_program, without = (statistics.median(side) for side in zip(*pairs, strict=True))
    print(f"mscgraph ask {QUESTION}: {with_program:.3f} s")
    print(f"bare script:             {without:.3f} s")
    print(f"ratio:                   {with_program / without:.2f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 15)
