"""Figures of a pool as people read them: an estimate with its interval, a P, a heterogeneity."""

from mscgraph.pooling.heterogeneity import Heterogeneity
from mscgraph.pooling.models import Pooled

__all__ = [
    "MODEL_NAMES",
    "bare_p",
    "heterogeneity",
    "heterogeneity_cells",
    "interval",
    "model_name",
    "number",
    "p_text",
    "short_model",
    "test",
]

MODEL_NAMES = {
    "fixed": "fixed effect",
    "dl": "random effects (DerSimonian–Laird)",
    "reml": "random effects (REML)",
    "pm": "random effects (Paule–Mandel)",
}
_SHORT_MODELS = {"fixed": "fixed", "dl": "random, DL", "reml": "random, REML", "pm": "random, PM"}
_METHODS = {"mantel-haenszel": "Mantel–Haenszel", "peto": "Peto", "inverse variance": ""}
_LEAST_P = 0.00001
# From here on two decimals tell which side of the usual limits a P lies.
_NEAR_THE_LIMIT = 0.1


def number(value: float | None, places: int = 2) -> str:
    """Return ``value`` with so many decimals and a true minus; empty for None."""
    if value is None:
        return ""
    text = f"{value:.{places}f}"
    return (text.removeprefix("-") if float(text) == 0 else text).replace("-", "−")


def interval(estimate: float, low: float, high: float, places: int = 2) -> str:
    """Return an estimate with its interval as a forest plot prints it.

    >>> interval(-1.678, -2.415, -0.941)
    '−1.68 [−2.42, −0.94]'
    """
    return f"{number(estimate, places)} [{number(low, places)}, {number(high, places)}]"


def p_text(p: float) -> str:
    """Return a P as journals print it.

    >>> p_text(0.217), p_text(0.0481), p_text(0.00046), p_text(8e-6)
    ('P = 0.22', 'P = 0.048', 'P = 0.0005', 'P < 0.00001')
    """
    if p < _LEAST_P:
        return f"P < {_LEAST_P:.5f}"
    places = 2 if p >= _NEAR_THE_LIMIT else 3 if p >= 0.001 else 4 if p >= 0.0001 else 5
    return f"P = {p:.{places}f}"


def bare_p(p: float) -> str:
    """Return a P for a column headed so.

    >>> bare_p(0.0481), bare_p(8e-6)
    ('0.048', '< 0.00001')
    """
    return p_text(p).removeprefix("P ").removeprefix("= ")


def heterogeneity_cells(
    found: Heterogeneity | None, *, with_interval: bool = True
) -> dict[str, str]:
    """Return Q, its P and I² for the columns of a table; empty for a single study."""
    if found is None:
        return {"Q (df)": "", "P of Q": "", "I², %": ""}
    span = found.i_squared_interval
    told = f" ({span[0]:.0f} to {span[1]:.0f})" if span and with_interval else ""
    return {
        "Q (df)": f"{found.q:.2f} ({found.df})",
        "P of Q": bare_p(found.p_value),
        "I², %": f"{found.i_squared:.0f}{told}",
    }


def short_model(pooled: Pooled) -> str:
    """Return the model of a pool for a column headed so."""
    if pooled.k == 1:
        return "one study"
    more = [_METHODS[pooled.method]] if _METHODS[pooled.method] else []
    more += ["Hartung–Knapp"] if pooled.is_knapp_hartung else []
    return ", ".join([_SHORT_MODELS[pooled.model], *more])


def model_name(pooled: Pooled) -> str:
    """Return the model of a pool in words, with its method and kind of interval."""
    if pooled.k == 1:
        return "one study, nothing to pool"
    more = [_METHODS[pooled.method]] if _METHODS[pooled.method] else []
    more += ["Hartung–Knapp"] if pooled.is_knapp_hartung else []
    return ", ".join([MODEL_NAMES[pooled.model], *more])


def test(pooled: Pooled) -> str:
    """Return the test of a pool's effect: z, or t with its degrees of freedom, and P."""
    name = "Z" if pooled.df is None else f"t({pooled.df})"
    return f"{name} = {abs(pooled.statistic):.2f} ({p_text(pooled.p_value)})"


def heterogeneity(found: Heterogeneity | None, tau_squared: float | None = None) -> str:
    """Return Q with its df and P, I² with its interval, and τ² where it is given, in one line."""
    if found is None:
        return ""
    span = found.i_squared_interval
    told = f" ({span[0]:.0f} to {span[1]:.0f})" if span else ""
    text = (
        f"Q = {found.q:.2f}, df = {found.df} ({p_text(found.p_value)}); "
        f"I² = {found.i_squared:.0f} %{told}"
    )
    return text if tau_squared is None else f"{text}; τ² = {tau_squared:.2f}"
