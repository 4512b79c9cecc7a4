"""What a user can mend: one tree of errors, each with its exit status."""

__all__ = [
    "AcknowledgementError",
    "CheckHeaderError",
    "ExportError",
    "InconsistencyError",
    "MappingsError",
    "MissingExtraError",
    "MscgraphError",
    "OutputError",
    "ParameterError",
    "QueryError",
    "QuestionHeaderError",
    "ReasonsError",
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


class CheckHeaderError(MscgraphError):
    """The header of a kind of discrepancy is incomplete or is not YAML."""


class AcknowledgementError(MscgraphError):
    """The list of reviewed discrepancies cannot be read."""


class QuestionHeaderError(MscgraphError):
    """The header of a stored question is incomplete or is not YAML."""


class ReasonsError(MscgraphError):
    """The list of reasons for figures that stay unclaimed cannot be read."""


class UnknownQuestionError(MscgraphError):
    """No stored question has the given name."""


class MappingsError(MscgraphError):
    """The table of counterparts in public vocabularies cannot be read as it is meant."""


class ParameterError(MscgraphError):
    """A question or a computation does not take the given parameter, or not with this value."""


class QueryError(MscgraphError):
    """A query is not read-only SPARQL 1.1, or its engine refuses it."""


class ExportError(MscgraphError):
    """An export cannot be made, or cannot be written where it should go."""


class OutputError(MscgraphError):
    """A file cannot be written, or its name does not say in which form."""


class InconsistencyError(MscgraphError):
    """Products are described in a way that cannot be true; `products` holds their IRIs."""

    exit_status = 1

    def __init__(self, products: list[str]) -> None:
        """Name ``products``, which were selected for CD34 and are typed as mesenchymal."""
        self.products = products
        names = " and ".join(product.rpartition("/")[2] for product in products)
        super().__init__(
            f"inconsistent: {names or 'a product'}: selected for CD34, which mesenchymal stem "
            "cells do not carry, and typed as a mesenchymal stem cell; mend one of the two"
        )


class MissingExtraError(MscgraphError):
    """A part of the program is not installed."""

    def __init__(self, extra: str, *, instead: str = "") -> None:
        """Name the ``extra`` of the package that brings it, and what does ``instead``."""
        otherwise = f" (or {instead})" if instead else ""
        super().__init__(
            f"this needs the extra “{extra}”: pip install 'mscgraph[{extra}]'{otherwise}"
        )
