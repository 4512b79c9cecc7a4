"""The states that an item of a reporting list can be in, and how they are written."""

from enum import StrEnum

__all__ = ["ABSENT", "SIGNS", "STATED", "State", "state_of"]


class State(StrEnum):
    """What a graph tells of an item, from what is known best to what is known least.

    The words of the absences are the labels of the ontology.
    """

    STATED = "stated"
    INFERRED = "inferred or derived"
    PARTLY = "partly stated"
    EARLIER = "stated of earlier cells"
    IN_FIGURE_ONLY = "in a figure only"
    TESTED_NOT_REPORTED = "tested, not reported"
    NOT_TESTED = "not tested"
    NOT_REPORTED = "not reported"
    NOT_APPLICABLE = "not applicable"
    NOT_EXTRACTED = "not yet extracted"


# What counts as stated in a summary.
STATED = frozenset({State.STATED, State.INFERRED})

# What counts as absent with a reason.
ABSENT = frozenset(
    {
        State.IN_FIGURE_ONLY,
        State.TESTED_NOT_REPORTED,
        State.NOT_TESTED,
        State.NOT_REPORTED,
        State.NOT_APPLICABLE,
    }
)

# One sign for each state, in tables and in the heat map; each differs from the others in print.
SIGNS = {
    State.STATED: "+",
    State.INFERRED: "i",
    State.PARTLY: "±",
    State.EARLIER: "(+)",
    State.IN_FIGURE_ONLY: "f",
    State.TESTED_NOT_REPORTED: "t",
    State.NOT_TESTED: "u",
    State.NOT_REPORTED: "−",
    State.NOT_APPLICABLE: "/",
    State.NOT_EXTRACTED: "?",
}

# The status of an evidence, or a result that is an absence → the state it speaks for.
_STATUSES = {
    "AsPrinted": State.STATED,
    "Repaired": State.STATED,
    "Derived": State.INFERRED,
    "Inferred": State.INFERRED,
    "InFigureOnly": State.IN_FIGURE_ONLY,
    "TestedNotReported": State.TESTED_NOT_REPORTED,
    "NotTested": State.NOT_TESTED,
    "NotReported": State.NOT_REPORTED,
    "NotApplicable": State.NOT_APPLICABLE,
}


def state_of(status: str) -> State:
    """Return the state that a status of evidence speaks for, by its local name.

    >>> state_of("Repaired")
    <State.STATED: 'stated'>
    """
    return _STATUSES[status]
