"""The options of ``mscgraph pool``: what is picked, how it is pooled, what is drawn."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

__all__ = ["TRAITS", "pool_options"]

_MODELS = ("fixed", "dl", "reml", "pm")
_EFFECTS = ("md", "smd", "rr", "or", "peto", "rd", "hr", "mean-change", "proportion")


_Command = TypeVar("_Command", bound=Callable[..., Any])

_figure = click.Path(dir_okay=False, path_type=Path)


_TRAIT_HELP = {
    "route": "Cells that went in so, narrower routes among them; can be repeated.",
    "source": "Cells of this tissue; can be repeated.",
    "donor": "Autologous or allogeneic.",
    "disease": "Participants with this disease; can be repeated.",
    "cause": "Participants with this cause, such as hepatitis B; can be repeated.",
    "cell-type": "Cells of this type; mesenchymal unless told, “any” for all.",
}


TRAITS = tuple(_TRAIT_HELP)


_TRAIT_OPTIONS = tuple(
    click.option(f"--{name}", multiple=True, metavar="TERM", help=words)
    for name, words in _TRAIT_HELP.items()
)

_OPTIONS = (
    click.argument("measure", required=False),
    click.option(
        "--as-published",
        metavar="PAPER#EFFECT",
        help="Compute a published pool again from its own rows, such as pan-2014#pooled-meld.",
    ),
    click.option(
        "--weeks", type=float, metavar="N", help="The time, in weeks from the first infusion."
    ),
    click.option(
        "--tolerance",
        type=click.FloatRange(min=0),
        metavar="N",
        help="How many weeks a time may be off; a tenth of the time, and half a week, unless told.",
    ),
    click.option(
        "--effect",
        type=click.Choice(_EFFECTS),
        help="md: mean difference; smd: standardised, Hedges' g; rr, or, peto, rd: of participants "
        "with an event; hr: hazard ratio; mean-change, proportion: of one arm. Mean difference "
        "for a measure and risk ratio for an event unless told.",
    ),
    click.option(
        "--form",
        "form_of",
        type=click.Choice(("change", "final")),
        help="Changes from baseline, or values at the time, alone.",
    ),
    click.option("--unit", metavar="UCUM", help="Figures in this unit alone, such as g/L."),
    click.option(
        "--mix",
        multiple=True,
        type=click.Choice(("forms", "units")),
        help="Pool changes with values at the time, or different units.",
    ),
    click.option(
        "--correlation",
        type=float,
        metavar="R",
        help="Between baseline and later values: gives a change its SD where none is printed.",
    ),
    click.option("--no-derive", is_flag=True, help="Take printed figures alone."),
    click.option(
        "--model",
        type=click.Choice(_MODELS),
        help="fixed effect, or random effects by DerSimonian–Laird, REML or Paule–Mandel; REML "
        "unless told.",
    ),
    click.option(
        "--method",
        type=click.Choice(("inverse-variance", "mantel-haenszel")),
        default="inverse-variance",
        show_default=True,
        help="How studies of events are weighted; Peto odds ratios have their own way.",
    ),
    click.option("--knapp-hartung", is_flag=True, help="Hartung and Knapp's interval."),
    click.option(
        "--level",
        type=click.FloatRange(50, 99.9),
        default=95.0,
        show_default=True,
        help="Of intervals, in percent.",
    ),
    *_TRAIT_OPTIONS,
    click.option("--trial", "trials", multiple=True, metavar="TRIAL", help="This trial alone."),
    click.option("--paper", "papers", multiple=True, metavar="PAPER", help="This paper alone."),
    click.option("--subgroup", type=click.Choice(TRAITS), help="Pool within subgroups, too."),
    click.option("--leave-one-out", is_flag=True, help="Pool without each study in turn, too."),
    click.option("--cumulative", is_flag=True, help="Pool what was known by each year, too."),
    click.option("--asymmetry", is_flag=True, help="Egger's and Begg's tests, too."),
    click.option(
        "--plot", type=_figure, metavar="FILE", help="Draw a forest plot (.svg, .png, .pdf)."
    ),
    click.option("--funnel", type=_figure, metavar="FILE", help="Draw a funnel plot."),
    click.option(
        "--evidence-map",
        type=_figure,
        metavar="FILE",
        help="Draw which tissues and outcomes trials speak of; needs no MEASURE.",
    ),
    click.option(
        "--directions",
        type=_figure,
        metavar="FILE",
        help="Draw which way outcomes went in each trial, without numbers: of MEASURE, or of all.",
    ),
)


def pool_options(command: _Command) -> _Command:
    """Add the argument and the options of ``pool`` to its command, in the order of its help."""
    for add in reversed(_OPTIONS):
        command = add(command)
    return command
