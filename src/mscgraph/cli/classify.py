"""``mscgraph classify``: the marker panel of each infused product."""

import click

from mscgraph.cli.output import emit
from mscgraph.rendering import FORMATS
from mscgraph.workspace import Workspace

__all__ = ["classify"]


@click.command()
@click.option(
    "--engine",
    type=click.Choice(("hermit", "rules")),
    default="hermit",
    show_default=True,
    help="HermiT, the OWL reasoner (the extra “reason”), or rules that give the same verdicts.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice((*FORMATS, "trig")),
    help="How the rows are written; trig gives the inferred classes as a graph of their own.",
)
@click.pass_obj
def classify(workspace: Workspace, engine: str, form: str | None) -> None:
    """Tell which infused products conform to the marker panel of mesenchymal stem cells.

    The panel is CD73, CD90 and CD105 positive, CD34 and CD45 negative, measured on the product
    itself. A product with all five is conformant, one with an opposite result contradicting;
    of any other it cannot be told, and the row says what is missing. A product that was selected
    for CD34 and is typed as mesenchymal cannot be: it is named, and the exit status is 1.
    """
    from mscgraph.panel import as_answer, as_graph, products, verdicts_by_rules
    from mscgraph.store import load

    store = load(workspace)
    if engine == "hermit":
        from mscgraph.reasoner import verdicts_by_reasoner

        verdicts = verdicts_by_reasoner(store)
    else:
        verdicts = verdicts_by_rules(store)
    if form == "trig":
        click.echo(as_graph(verdicts, engine), nl=False)
        return
    emit(as_answer(products(store), verdicts), form)
