"""The page that figures are drawn on: lengths in points from the top left, texts that are measured.

A page is as wide as the text of an A4 page, so that letters are printed in the size they have here.
"""

import math
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = [
    "DARK",
    "FULL_WIDTH",
    "LARGE",
    "LEADING",
    "MARGIN",
    "PLAIN",
    "RULE",
    "SMALL",
    "Page",
    "number",
    "width",
    "wrap",
]

# 183 mm, in points; letters are in points too. Journals refuse letters below some six points.
FULL_WIDTH = 518.0
SMALL, PLAIN, LARGE = 6.5, 7.0, 9.0
DARK, RULE = "#1a1a1a", "#8c8c8c"
# What stays empty around everything on a page.
MARGIN = 8.0

_POINTS_PER_INCH = 72
# How far the foot of a line of letters lies below its middle, and lines from one another, in sizes.
_DROP, LEADING = 0.36, 1.25


class Page:
    """A page that grows downwards while it is filled, and is cut to its height in the end."""

    def __init__(self, breadth: float = FULL_WIDTH) -> None:
        """Begin a page so many points wide."""
        from matplotlib.figure import Figure

        self.breadth = breadth
        self._figure = Figure(figsize=(breadth / _POINTS_PER_INCH, 1))
        self.axes: Axes = self._figure.add_axes((0, 0, 1, 1), xlim=(0, breadth))
        self.axes.set_axis_off()

    def write(self, left: float, middle: float, text: str, **more: Any) -> None:
        """Write one line of ``text``, with ``middle`` half way up its letters."""
        style: dict[str, Any] = {"fontsize": PLAIN, "color": DARK, "va": "baseline"}
        style |= more
        foot = middle + _DROP * style["fontsize"] if style["va"] == "baseline" else middle
        self.axes.text(left, foot, text, parse_math=False, **style)

    def write_lines(self, left: float, middle: float, lines: list[str], **more: Any) -> float:
        """Write ``lines`` below one another and return how high they are together."""
        step: float = LEADING * more.get("fontsize", PLAIN)
        for place, line in enumerate(lines):
            self.write(left, middle + place * step, line, **more)
        return len(lines) * step

    def line(self, across: tuple[float, float], down: tuple[float, float], **more: Any) -> None:
        """Draw a straight line between two points, given as both lefts and both tops."""
        style: dict[str, Any] = {"color": DARK, "linewidth": 0.7, "solid_capstyle": "butt"}
        self.axes.plot(across, down, **(style | more))

    def box(self, left: float, top: float, breadth: float, height: float, **more: Any) -> None:
        """Fill a box."""
        from matplotlib.patches import Rectangle

        style: dict[str, Any] = {"facecolor": DARK, "linewidth": 0}
        self.axes.add_patch(Rectangle((left, top), breadth, height, **(style | more)))

    def shape(self, corners: list[tuple[float, float]], **more: Any) -> None:
        """Fill a shape with these corners."""
        from matplotlib.patches import Polygon

        style: dict[str, Any] = {"facecolor": DARK, "linewidth": 0}
        self.axes.add_patch(Polygon(corners, closed=True, **(style | more)))

    def disc(self, centre: tuple[float, float], radius: float, **more: Any) -> None:
        """Fill a disc."""
        from matplotlib.patches import Circle

        style: dict[str, Any] = {"facecolor": DARK, "linewidth": 0}
        self.axes.add_patch(Circle(centre, radius, **(style | more)))

    def cut(self, height: float) -> "Figure":
        """Cut the page to so many points and return it."""
        self._figure.set_size_inches(self.breadth / _POINTS_PER_INCH, height / _POINTS_PER_INCH)
        self.axes.set_ylim(height, 0)
        self.axes.set_xlim(0, self.breadth)
        return self._figure


def width(text: str, size: float = PLAIN, *, weight: str = "normal") -> float:
    """Return how many points wide ``text`` is in letters of so many points."""
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import text_to_path

    font = FontProperties(size=size, weight=weight)
    return float(text_to_path.get_text_width_height_descent(text, font, ismath=False)[0])


def wrap(text: str, room: float, size: float = PLAIN, *, weight: str = "normal") -> list[str]:
    """Return ``text`` in lines no wider than ``room``.

    Lines break at blanks and behind hyphens; a word that is wider than the room is broken.
    """

    def fits(part: str) -> bool:
        # What was measured to fit must not fail by rounding.
        return width(part.rstrip(), size, weight=weight) <= room + 0.01

    lines: list[str] = []
    line = ""
    for part in re.findall(r"[^\s\-–/]*(?:[-–/]+|\s+|$)", text.strip()):
        rest = part
        if line and not fits(line + rest):
            lines.append(line.rstrip())
            line = ""
        while not line and not fits(rest) and len(rest) > 1:
            most = max((n for n in range(1, len(rest)) if fits(rest[:n])), default=1)
            lines.append(rest[:most])
            rest = rest[most:]
        line += rest
    return [*lines, line.rstrip()] if line.strip() else lines


def number(figure: float, places: int) -> str:
    """Return a figure with so many decimals and a true minus sign, never a minus nought.

    >>> number(-0.004, 2), number(-1.5, 1)
    ('0.00', '−1.5')
    """
    if math.isinf(figure):
        return "∞" if figure > 0 else "−∞"
    text = f"{figure:.{places}f}"
    if not text.strip("-0."):
        text = text.removeprefix("-")
    return text.replace("-", "−")
