"""What a user can mend: one tree of errors, each with its exit status."""

__all__ = [
    "MscgraphError",
    "ParameterError",
    "QueryError",
    "QuestionHeaderError",
    "TurtleError",
    "UnknownQuestionError",
    "WorkspaceError",
]


class MscgraphError(Exception):
    """A mistake in what the program was given; the message says what to change.

    `exit_status` is what the command line ends with: 2, wrong usage or unreadable input.
    """

    exit_status = 2


class WorkspaceError(MscgraphError):
    """A workspace lacks one of its four folders."""


class TurtleError(MscgraphError):
    """A Turtle file cannot be read, or would lose something when it is written again."""


class QuestionHeaderError(MscgraphError):
    """The header of a stored question is incomplete or is not YAML."""


class UnknownQuestionError(MscgraphError):
    """No stored question has the given name."""


class ParameterError(MscgraphError):
    """A question does not take the given parameter, or not with this value."""


class QueryError(MscgraphError):
    """A query is not read-only SPARQL 1.1, or its engine refuses it."""
