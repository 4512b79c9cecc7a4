"""A synthesis as a few short tables for people."""

from collections.abc import Iterable, Mapping

import pyoxigraph as ox

from mscgraph.answer import Answer
from mscgraph.pooling.models import Pooled
from mscgraph.synthesis.arms import Group
from mscgraph.synthesis.figures import (
    bare_p,
    heterogeneity_cells,
    interval,
    number,
    p_text,
    short_model,
)
from mscgraph.synthesis.pools import Part, Synthesis
from mscgraph.synthesis.tables import asymmetry_rows, form_name, left_out_rows

__all__ = ["notes", "sections", "table_of"]


def sections(synthesis: Synthesis) -> list[tuple[str, Answer]]:
    """Return a synthesis as tables for people: studies, pools, and what was left out."""
    told: list[tuple[str, Answer]] = []
    if synthesis.effects and synthesis.pooled:
        told.append(("Studies", table_of(_study_lines(synthesis))))
        told.append(("Pool", table_of(_pool_lines(synthesis, synthesis.pooled))))
    if asymmetry := asymmetry_rows(synthesis):
        lines = [
            {
                "test": str(row["row"]),
                "result": p_text(float(row["pValue"] or 0.0)),
                "warning": str(row.get("reason", "")),
            }
            for row in asymmetry
        ]
        told.append(("Asymmetry of the funnel plot", table_of(lines)))
    if left := left_out_rows(synthesis):
        lines = [
            {"trial": str(row["trial"]), "paper": str(row["paper"]), "why": str(row["reason"])}
            for row in left
        ]
        told.append(("Left out", table_of(lines)))
    return told


def notes(synthesis: Synthesis) -> list[str]:
    """Return what must be said of a synthesis beside its figures, and what was derived how."""
    told = list(synthesis.notes)
    for study in synthesis.used:
        told += [f"† {study.label}: {words}." for words in study.derived]
    return told


def table_of(lines: Iterable[Mapping[str, str]]) -> Answer:
    """Return lines as an answer, without the columns that are empty in all of them."""
    listed = list(lines)
    columns = [name for name in listed[0] if any(line[name] for line in listed)] if listed else []
    return Answer(
        tuple(columns), tuple(tuple(ox.Literal(line[name]) for name in columns) for line in listed)
    )


# Of means, and of events.
_ARM_HEADS = {False: "cells: mean ± SD (n)", True: "cells: with the event"}


def _study_lines(synthesis: Synthesis) -> list[dict[str, str]]:
    level, spans = synthesis.options.level, synthesis.spans
    forms = {study.form for study in synthesis.used if study.form}
    weights = synthesis.pooled.weights if synthesis.pooled else ()
    return [
        {
            "trial": study.label + ("†" if study.derived else ""),
            "told by": study.account.paper,
            "week": f"{study.weeks:g}" if study.weeks is not None else "not told",
            "figures": form_name(study.form) if len(forms) > 1 else "",
            _ARM_HEADS[synthesis.selection.rule.counts_events]: _arm_text(study.experimental),
            "comparator": _arm_text(study.comparator),
            f"effect [{100 * level:g} % CI]": interval(*spans[place]),
            "weight, %": f"{weights[place]:.1f}",
        }
        for place, study in enumerate(synthesis.used)
    ]


def _arm_text(group: Group | None) -> str:
    if group is None:
        return ""
    if group.events is not None:
        return f"{group.events:g} of {group.n:g}"
    return f"{number(group.mean)} ± {number(group.sd)} ({group.n:g})"


def _pool_lines(synthesis: Synthesis, pooled: Pooled) -> list[dict[str, str]]:
    lines = [_pool_line(part) for part in (Part("pool", "all", pooled), *synthesis.parts)]
    if between := synthesis.difference:
        lines.append(
            dict.fromkeys(lines[0], "")
            | {
                "of": "between subgroups",
                "Q (df)": f"{between.q:.2f} ({between.df})",
                "P of Q": bare_p(between.p_value),
                "I², %": f"{between.i_squared:.0f}",
            }
        )
    return lines


def _pool_line(part: Part) -> dict[str, str]:
    told = part.pooled.natural
    prediction = ""
    if told.prediction_low is not None and told.prediction_high is not None:
        prediction = f"{number(told.prediction_low)} to {number(told.prediction_high)}"
    tau_squared = part.pooled.tau_squared if part.pooled.model != "fixed" else None
    return {
        "of": part.label if part.kind in ("pool", "subgroup") else f"{part.kind} {part.label}",
        "model": short_model(part.pooled),
        "studies": str(part.pooled.k),
        f"effect [{100 * part.pooled.level:g} % CI]": interval(
            told.estimate, told.ci_low, told.ci_high
        ),
        "P": "" if part.pooled.measure == "Proportion" else bare_p(part.pooled.p_value),
        **heterogeneity_cells(part.pooled.heterogeneity),
        "τ²": number(tau_squared),
        "prediction": prediction,
    }
