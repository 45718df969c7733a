"""The path of an alignment as an SVG picture: where in the translation the pivot's text went."""

from __future__ import annotations

from typing import TYPE_CHECKING

from align.formats.report.rows import confidence_level

if TYPE_CHECKING:
    from lxml import etree

    from align.beads import Alignment, Bead

SIDE = 300
LEFT, TOP, RIGHT, BOTTOM = 52, 46, 10, 10
SMALLEST_MARK = 3.0
TICK = 7


def alignment_plot(
    alignment: Alignment, *, identifier: str, source_name: str, target_name: str
) -> str:
    """Draws an alignment: pivot segments from left to right, the translation's downwards.

    Each aligned bead is a cell, coloured by its confidence and linked to its row of the report;
    a moved one has a ring and lies off the path. Unaligned segments are ticks on their axis.

    Args:
        alignment: The alignment, with the pivot as its source.
        identifier: Unique in the page; rows are linked to as `identifier-number`.
        source_name: Name of the pivot's language.
        target_name: Name of the translation's language.

    Returns:
        An `<svg>` element that takes its colours from the page's style sheet.
    """
    from lxml import etree

    across = SIDE / max(alignment.source_size, 1)
    down = SIDE / max(alignment.target_size, 1)
    svg = etree.Element(
        "svg",
        {
            "class": "plot",
            "viewBox": f"0 0 {LEFT + SIDE + RIGHT} {TOP + SIDE + BOTTOM}",
            "role": "img",
            "aria-labelledby": f"{identifier}-plot-title {identifier}-plot-text",
        },
    )
    title = _add(svg, "title", id=f"{identifier}-plot-title")
    title.text = f"Alignment of {source_name} and {target_name}"
    _add(svg, "desc", id=f"{identifier}-plot-text").text = _description(
        alignment, source_name, target_name
    )
    area = _add(svg, "g", transform=f"translate({LEFT} {TOP})")
    _axes(area, alignment, across, down, source_name, target_name)
    _path(area, alignment, across, down)
    for number, bead in enumerate(alignment):
        _bead(area, bead, f"{identifier}-{number}", across, down)
    return etree.tostring(svg, encoding="unicode")


def _description(alignment: Alignment, source_name: str, target_name: str) -> str:
    beads = list(alignment)
    only_source = sum(len(bead.source) for bead in beads if not len(bead.target))
    only_target = sum(len(bead.target) for bead in beads if not len(bead.source))
    return (
        f"{alignment.source_size} segments of {source_name} from left to right, "
        f"{alignment.target_size} of {target_name} from top to bottom; "
        f"{sum(bead.is_aligned for bead in beads)} aligned beads, of which "
        f"{sum(bead.moved for bead in beads)} moved; only in {source_name}: {only_source}, "
        f"only in {target_name}: {only_target}. The table that follows says the same in words."
    )


def _axes(
    area: etree._Element,
    alignment: Alignment,
    across: float,
    down: float,
    source_name: str,
    target_name: str,
) -> None:
    _add(area, "rect", **{"class": "frame"}, width=SIDE, height=SIDE)
    for value in axis_ticks(alignment.source_size):
        x = _round(value * across)
        _add(area, "path", **{"class": "grid"}, d=f"M{x} 0V{SIDE}")
        _add(area, "text", **{"class": "tick-x"}, x=x, y=-11).text = str(value)
    for value in axis_ticks(alignment.target_size):
        y = _round(value * down)
        _add(area, "path", **{"class": "grid"}, d=f"M0 {y}H{SIDE}")
        _add(area, "text", **{"class": "tick-y"}, x=-11, y=y).text = str(value)
    middle = SIDE / 2
    _add(area, "text", **{"class": "axis"}, x=middle, y=-30).text = f"{source_name} →"
    label = _add(area, "text", **{"class": "axis"}, transform=f"translate(-40 {middle}) rotate(90)")
    label.text = f"{target_name} →"


def axis_ticks(size: int) -> range:
    """Round numbers from 0, at most six of them, for an axis of so many segments.

    >>> list(axis_ticks(31)), list(axis_ticks(4))
    ([0, 10, 20, 30], [0, 1, 2, 3, 4])
    """
    step = 1
    while size // step > 5:
        step = step * 5 // 2 if str(step)[0] == "2" else step * 2
    return range(0, size + 1, step)


def _path(area: etree._Element, alignment: Alignment, across: float, down: float) -> None:
    """A thin line through the beads that keep the order, so that a gap or a jump shows."""
    points = []
    for bead in alignment:
        if bead.is_aligned and not bead.moved:
            for source, target in (
                (bead.source.start, bead.target.start),
                (bead.source.stop, bead.target.stop),
            ):
                points.append(f"{_round(source * across)},{_round(target * down)}")
    if points:
        _add(area, "polyline", **{"class": "path"}, points=" ".join(points))


def _bead(area: etree._Element, bead: Bead, row: str, across: float, down: float) -> None:
    # Links help the pointer; the keyboard has the table, so they are no stops for it.
    link = _add(area, "a", href=f"#{row}", tabindex=-1)
    x, width = bead.source.start * across, len(bead.source) * across
    y, height = bead.target.start * down, len(bead.target) * down
    if not bead.is_aligned:
        if len(bead.source):
            _rectangle(link, "unaligned", x, -TICK, max(width, 1), TICK)
        else:
            _rectangle(link, "unaligned", -TICK, y, TICK, max(height, 1))
        return
    width, x = max(width, SMALLEST_MARK), x - max(SMALLEST_MARK - width, 0) / 2
    height, y = max(height, SMALLEST_MARK), y - max(SMALLEST_MARK - height, 0) / 2
    _rectangle(link, f"cell level-{confidence_level(bead.confidence)}", x, y, width, height)
    if bead.moved:
        _add(
            link,
            "circle",
            **{"class": "ring"},
            cx=_round(x + width / 2),
            cy=_round(y + height / 2),
            r=_round(max(width, height) / 2 + 4),
        )


def _rectangle(
    link: etree._Element, kind: str, x: float, y: float, width: float, height: float
) -> None:
    _add(
        link,
        "rect",
        **{"class": kind},
        x=_round(x),
        y=_round(y),
        width=_round(width),
        height=_round(height),
    )


def _add(parent: etree._Element, tag: str, **attributes: object) -> etree._Element:
    from lxml import etree

    return etree.SubElement(parent, tag, {name: str(value) for name, value in attributes.items()})


def _round(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
