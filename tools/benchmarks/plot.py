# SPDX-License-Identifier: Apache-2.0
"""Curves on two logarithmic axes, as SVG that reads on light and dark."""
import html
import math

WIDTH, HEIGHT = 760, 420
LEFT, RIGHT, TOP, BOTTOM = 80, 190, 50, 60
COLOURS = ["#0b6e99", "#c25400", "#4a7a1e", "#8a3a8f", "#8a6d00", "#b3261e"]


def decades(low, high):
    return [10 ** power for power in range(math.floor(math.log10(low)),
                                           math.ceil(math.log10(high)) + 1)]


class Axis:
    """Values to pixels."""

    def __init__(self, values, begin, end):
        ticks = decades(min(values), max(values))
        if len(ticks) == 1:
            ticks.append(ticks[0] * 10)
        self.ticks = ticks
        self.low, self.high = math.log10(ticks[0]), math.log10(ticks[-1])
        self.begin, self.end = begin, end

    def at(self, value):
        share = (math.log10(value) - self.low) / (self.high - self.low)
        return self.begin + share * (self.end - self.begin)


def text(x, y, words, **attributes):
    extra = "".join(f' {name.replace("_", "-")}="{value}"'
                    for name, value in attributes.items())
    return f'<text x="{x:.1f}" y="{y:.1f}"{extra}>{html.escape(words)}</text>'


def number(value):
    return f"{value:,.0f}" if value >= 1 else f"{value:g}"


def curve(colour, points, x, y):
    path = " ".join(f"{x.at(a):.1f},{y.at(b):.1f}" for a, b in points)
    dots = "".join(f'<circle cx="{x.at(a):.1f}" cy="{y.at(b):.1f}" r="3"/>'
                   for a, b in points)
    return (f'<g fill="{colour}" stroke="{colour}"><polyline fill="none" '
            f'stroke-width="2" points="{path}"/>{dots}</g>')


def ends_apart(curves, y):
    """Where the names of the curves stand, at least a line apart."""
    last = None
    for name, points in sorted(curves, key=lambda one: y.at(one[1][-1][1])):
        at = y.at(points[-1][1]) + 4
        last = at if last is None else max(at, last + 15)
        yield name, last


def svg(title, description, x_name, y_name, curves):
    """`curves`: [(name, [(x, y), …])], all values above 0."""
    xs = [a for _, points in curves for a, _ in points]
    ys = [b for _, points in curves for _, b in points]
    x = Axis(xs, LEFT, WIDTH - RIGHT)
    y = Axis(ys, HEIGHT - BOTTOM, TOP)
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} '
           f'{HEIGHT}" role="img" aria-labelledby="t d" '
           'font-family="sans-serif" font-size="12" fill="#333">',
           f'<title id="t">{html.escape(title)}</title>',
           f'<desc id="d">{html.escape(description)}</desc>',
           f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
           text(LEFT, 24, title, font_size=15, font_weight="bold")]
    for tick in x.ticks:
        out.append(f'<path stroke="#ddd" d="M{x.at(tick):.1f} {TOP}V'
                   f'{HEIGHT - BOTTOM}"/>')
        out.append(text(x.at(tick), HEIGHT - BOTTOM + 18, number(tick),
                        text_anchor="middle"))
    for tick in y.ticks:
        out.append(f'<path stroke="#ddd" d="M{LEFT} {y.at(tick):.1f}H'
                   f'{WIDTH - RIGHT}"/>')
        out.append(text(LEFT - 8, y.at(tick) + 4, number(tick),
                        text_anchor="end"))
    out.append(text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 18, x_name,
                    text_anchor="middle"))
    out.append(text(LEFT - 60, TOP - 12, y_name))
    colours = {name: COLOURS[i % len(COLOURS)]
               for i, (name, _) in enumerate(curves)}
    for name, points in curves:
        out.append(curve(colours[name], points, x, y))
    for name, at in ends_apart(curves, y):
        out.append(text(WIDTH - RIGHT + 10, at, name, fill=colours[name]))
    return "\n".join(out + ["</svg>"]) + "\n"
