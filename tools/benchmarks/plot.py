# SPDX-License-Identifier: Apache-2.0
"""Curves as SVG that reads on light and on dark, and without colours.

The x axis is logarithmic and has a tick at each value that was measured; the y
axis is logarithmic, or, with from_zero, begins at 0. Colours are those of Okabe
and Ito; each curve has a mark of its own shape besides, and its name stands
beside its end.
"""
import html
import math

WIDTH, HEIGHT = 780, 440
LEFT, RIGHT, TOP, BOTTOM = 76, 205, 64, 58
COLOURS = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9"]
LINE = 16  # between names
TICK_GAP = 26  # below which a tick has no number
STYLE = """
svg { font-family: sans-serif; font-size: 13px }
text { fill: #24292f } .ground { fill: #ffffff } .grid { stroke: #d8dee4 }
.axis { stroke: #6e7781 }
@media (prefers-color-scheme: dark) {
text { fill: #e6edf3 } .ground { fill: #0d1117 } .grid { stroke: #30363d }
.axis { stroke: #8b949e } }
"""


def steps(low, high):
    """1, 2, 5, 10, … around a span."""
    every = [digit * 10.0 ** power
             for power in range(math.floor(math.log10(low)) - 1,
                                math.ceil(math.log10(high)) + 2)
             for digit in (1, 2, 5)]
    first = max(step for step in every if step <= low * 1.001)
    last = min(step for step in every if step >= high * 0.999)
    return [step for step in every if first <= step <= last]


class Axis:
    """Values to pixels."""

    def __init__(self, ticks, begin, end, scale=math.log10):
        self.ticks, self.scale = ticks, scale
        self.low, self.high = scale(ticks[0]), scale(ticks[-1])
        self.begin, self.end = begin, end

    def at(self, value):
        span = self.high - self.low or 1
        share = (self.scale(value) - self.low) / span
        return self.begin + share * (self.end - self.begin)

    def is_crowded(self):
        places = [self.at(tick) for tick in self.ticks]
        return any(abs(a - b) < TICK_GAP
                   for a, b in zip(places, places[1:]))

    def labelled(self):
        """Ticks that get a number: all, or the powers of ten when that would
        be too many, or those that are far enough from the last one."""
        ticks = self.ticks
        round_ones = [tick for tick in ticks if f"{tick:e}".startswith("1.0")]
        if len(round_ones) > 1 and self.is_crowded():
            ticks = round_ones
        last = None
        for tick in ticks:
            at = self.at(tick)
            if last is None or abs(at - last) >= TICK_GAP:
                last = at
                yield tick, at


def x_axis(values):
    return Axis(sorted(set(values)), LEFT, WIDTH - RIGHT)


def y_axis(values, from_zero):
    if not from_zero:
        return Axis(steps(min(values), max(values)), HEIGHT - BOTTOM, TOP)
    step = next(one for one in steps(max(values) / 10, max(values))
                if one * 6 >= max(values))
    ticks = [step * i for i in range(math.ceil(max(values) / step) + 1)]
    return Axis(ticks, HEIGHT - BOTTOM, TOP, scale=float)


def text(x, y, words, **attributes):
    extra = "".join(f' {name.replace("_", "-")}="{value}"'
                    for name, value in attributes.items())
    return f'<text x="{x:.1f}" y="{y:.1f}"{extra}>{html.escape(words)}</text>'


def number(value):
    return f"{value:,.0f}" if value >= 1 else f"{value:g}"


def mark(shape, x, y):
    if shape == 0:
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4"/>'
    corners = [[(-4, -4), (4, -4), (4, 4), (-4, 4)],
               [(0, -5), (5, 4), (-5, 4)],
               [(0, -6), (5, 0), (0, 6), (-5, 0)],
               [(-5, -4), (5, -4), (0, 5)],
               [(-6, -2), (6, -2), (6, 2), (-6, 2)]][(shape - 1) % 5]
    path = " ".join(f"{x + a:.1f},{y + b:.1f}" for a, b in corners)
    return f'<polygon points="{path}"/>'


def curve(which, points, x, y):
    colour = COLOURS[which % len(COLOURS)]
    path = " ".join(f"{x.at(a):.1f},{y.at(b):.1f}" for a, b in points)
    marks = "".join(mark(which, x.at(a), y.at(b)) for a, b in points)
    return (f'<polyline fill="none" stroke="{colour}" stroke-width="2" '
            f'points="{path}"/><g fill="{colour}">{marks}</g>')


def names_apart(curves, x, y):
    """Each name at the height of its curve's end, a line from the next, with
    the mark of its curve and a thread to its end."""
    places = sorted(((y.at(points[-1][1]), i)
                     for i, (_, points) in enumerate(curves)))
    heights, last = {}, -math.inf
    for at, which in places:
        last = heights[which] = max(at, last + LINE)
    over = max(0, last - (HEIGHT - BOTTOM))
    for which, (name, points) in enumerate(curves):
        height = heights[which] - over
        end, begin = x.at(points[-1][0]), WIDTH - RIGHT + 22
        colour = COLOURS[which % len(COLOURS)]
        yield (f'<path class="axis" fill="none" d="M{end + 6:.1f} '
               f'{y.at(points[-1][1]):.1f}L{begin - 6} {height:.1f}"/>'
               f'<g fill="{colour}">{mark(which, begin, height)}</g>')
        yield text(begin + 10, height + 4.5, name)


def grid(x, y):
    for tick in x.ticks:
        yield (f'<path class="grid" d="M{x.at(tick):.1f} {TOP}V'
               f'{HEIGHT - BOTTOM}"/>')
    for tick, at in x.labelled():
        yield text(at, HEIGHT - BOTTOM + 18, number(tick),
                   text_anchor="middle")
    for tick in y.ticks:
        yield (f'<path class="grid" d="M{LEFT} {y.at(tick):.1f}H'
               f'{WIDTH - RIGHT}"/>')
    for tick, at in y.labelled():
        yield text(LEFT - 8, at + 4.5, number(tick), text_anchor="end")
    yield (f'<path class="axis" fill="none" d="M{LEFT} {TOP}V'
           f'{HEIGHT - BOTTOM}H{WIDTH - RIGHT}"/>')


def svg(title, description, x_name, y_name, curves, from_zero=False):
    """`curves`: [(name, [(x, y), …])], all values above 0. Both axes say their
    unit in their name."""
    x = x_axis([a for _, points in curves for a, _ in points])
    y = y_axis([b for _, points in curves for _, b in points], from_zero)
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} '
           f'{HEIGHT}" role="img" aria-labelledby="t d">',
           f'<title id="t">{html.escape(title)}</title>',
           f'<desc id="d">{html.escape(description)}</desc>',
           f'<style>{STYLE}</style>',
           f'<rect class="ground" width="{WIDTH}" height="{HEIGHT}"/>',
           text(LEFT, 26, title, font_size=16, font_weight="bold"),
           text(LEFT - 60, TOP - 14, y_name), *grid(x, y),
           text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 16, x_name,
                text_anchor="middle")]
    out += [curve(which, points, x, y)
            for which, (_, points) in enumerate(curves)]
    out += names_apart(curves, x, y)
    return "\n".join(out + ["</svg>"]) + "\n"
