"""Meta-analysis on plain figures: effects of studies, conversions, models, heterogeneity.

Nothing here reads a graph. `effects`, `counts` and `single_arm` make `Effects` from what studies
report, `conversions` mends what they report otherwise, `models` pools, and `subgroups`,
`sensitivity` and `asymmetry` look at a pool again. Importing this is cheap: SciPy and PyMARE, of
the extra ``analysis``, are loaded by the functions that need them.
"""

__all__: list[str] = []
