# SPDX-License-Identifier: Apache-2.0
"""From counts to figures: shares with intervals, precision, recall, S/O.

The result is a plain document (dicts and lists) that --format json prints
and that the tables are made of.
"""
import collections
import math

from evaluation.sets import ACTIONS, HONEST_LABELS, UNKNOWN_LABEL
from evaluation.tally import UNREADABLE

# 97.5 % of a normal distribution lies below.
Z_95 = 1.959963984540054
ALL_GROUPS = '(all)'
LABEL_ORDER = ('scam', 'violation', 'spam', 'illegal', 'ham', 'honest',
               UNKNOWN_LABEL)


def wilson(hits, count, z=Z_95):
    """The score interval of a share (E. B. Wilson, 1927)."""
    if not count:
        return 0.0, 1.0
    share = hits / count
    middle = share + z * z / (2 * count)
    spread = z * math.sqrt(share * (1 - share) / count
                           + z * z / (4 * count * count))
    whole = 1 + z * z / count
    # Rounding must not move the ends past 0 and 1.
    low = 0.0 if hits == 0 else (middle - spread) / whole
    high = 1.0 if hits == count else (middle + spread) / whole
    return low, high


def share(hits, count):
    low, high = wilson(hits, count)
    return {'count': hits, 'of': count,
            'share': hits / count if count else None,
            'low': low, 'high': high}


def label_key(label):
    known = label in LABEL_ORDER
    return (LABEL_ORDER.index(label) if known else len(LABEL_ORDER), label)


def ratio(part, whole):
    return part / whole if whole else None


def with_totals(actions):
    """One more group for each label that several groups have."""
    whole = collections.defaultdict(collections.Counter)
    for (_, label), found in actions.items():
        whole[ALL_GROUPS, label].update(found)
    if len({group for group, _ in actions}) > 1:
        return {**actions, **whole}
    return actions


def group_figures(tally):
    rows = []
    actions = with_totals(tally.actions)
    keys = sorted(actions, key=lambda k: (k[0] == ALL_GROUPS, k[0],
                                          label_key(k[1])))
    for group, label in keys:
        found = actions[group, label]
        count = sum(found.values())
        above = {a: sum(found[b] for b in ACTIONS[ACTIONS.index(a):])
                 for a in ACTIONS}
        rows.append({'group': group, 'label': label, 'records': count,
                     'actions': {a: found[a] for a in ACTIONS},
                     'unreadable': found[UNREADABLE],
                     'review_or_above': share(above['review'], count),
                     'hold_or_above': share(above['hold'], count)})
    return rows


def rule_figures(tally):
    """One row for each rule and each label that is not honest."""
    honest = [label for label in tally.labels if label in HONEST_LABELS]
    bad = sorted((label for label in tally.labels
                  if label not in HONEST_LABELS and label != UNKNOWN_LABEL),
                 key=label_key)
    honest_count = sum(tally.labels[h] for h in honest)
    rows = []
    for rule in sorted(tally.points):
        honest_hits = sum(tally.hits[h][rule] for h in honest)
        honest_alone = sum(tally.alone[h][rule] for h in honest)
        for label in bad or ['']:
            hits = tally.hits[label][rule]
            if not hits and not honest_hits:
                continue
            recall = ratio(hits, tally.labels[label])
            noise = ratio(honest_hits, honest_count)
            both = (recall or 0) + (noise or 0)
            rows.append({
                'rule': rule, 'points': tally.points[rule], 'label': label,
                'hits': hits, 'honest_hits': honest_hits,
                'precision': (ratio(hits, hits + honest_hits)
                              if honest_count else None),
                'recall': recall,
                's_o': ratio(recall or 0, both) if honest_count else None,
                'alone': tally.alone[label][rule],
                'honest_alone': honest_alone})
    return rows


def overlap_figures(tally, wanted, least):
    """Rules that hit together; `within` when one never hits without."""
    rows = []
    for label in sorted(tally.pairs, key=label_key):
        hits = tally.hits[label]
        pairs = [(n, a, b) for (a, b), n in tally.pairs[label].items()
                 if n >= least]
        pairs.sort(key=lambda p: (-p[0], p[1], p[2]))
        for both, a, b in pairs[:wanted]:
            inside = ('same' if both == hits[a] == hits[b] else
                      'first in second' if both == hits[a] else
                      'second in first' if both == hits[b] else '')
            rows.append({'label': label, 'first': a, 'second': b,
                         'together': both, 'first_hits': hits[a],
                         'second_hits': hits[b], 'within': inside})
    return rows


def band_figures(tally):
    return [{'label': label,
             'records': sum(tally.bands[label].values()),
             'inside': tally.bands[label]['inside'],
             'below': tally.bands[label]['below'],
             'above': tally.bands[label]['above']}
            for label in sorted(tally.bands, key=label_key)]


def quiet_rules(names_by_kind, tallies):
    """Rules that hit nothing in any set, though records of theirs came."""
    hit = {rule.rstrip('*') for tally in tallies for rule in tally.points}
    seen = {kind for tally in tallies for kind in tally.kinds}
    return [name for kind, names in names_by_kind.items() if kind in seen
            for name in names if name not in hit]


def figures_of(tally, pairs, pairs_least):
    figures = {'name': tally.name, 'records': sum(tally.labels.values()),
               'groups': group_figures(tally), 'bands': band_figures(tally),
               'rules': rule_figures(tally),
               'overlap': overlap_figures(tally, pairs, pairs_least)}
    if tally.false_alarms.wanted:
        figures['false_alarms'] = tally.false_alarms.sorted()
    if tally.misses.wanted:
        figures['misses'] = tally.misses.sorted()
    return figures
