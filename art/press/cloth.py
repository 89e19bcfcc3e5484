"""The host's own weave as a pattern for a sleeve or a table cloth."""

from core.design.weave import DYES, _patterns, draft

DARK = dict(
    krapp="#b5324a",
    indigo="#3a4b95",
    vau="#dfab30",
    mossa="#4b7c58",
    ros="#dd958b",
    himmel="#84b2ce",
    lin="#e9dfcc",
    svart="#120f14",
)


def pattern(name, key, unit=5, turn=0, x=0, y=0):
    d = draft(name)
    r = d.repeat
    fills = [f"var(--dye-{t},{DYES[t]})" for t in d.threads]
    s = _patterns(key, r, fills, 2 * (r.width // 2), 2 * (r.height // 2))
    s = s[: s.index(f'<pattern id="{key}t"')]
    return s.replace(
        'patternUnits="userSpaceOnUse">',
        f'patternUnits="userSpaceOnUse" patternTransform="translate({x} {y})rotate({turn})scale({unit})">',
        1,
    ), d


def again(key, new, unit, turn, x, y):
    return f'<pattern id="{new}" href="#{key}" patternTransform="translate({x} {y})rotate({turn})scale({unit})"/>'


def dark_of(d):
    return {f"dye-{t}": DARK[t] for t in d.threads}
