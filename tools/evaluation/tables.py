# SPDX-License-Identifier: Apache-2.0
"""The document as text, Markdown or JSON. The same document, same bytes."""
import json
import textwrap
import unicodedata

from evaluation.sets import ACTIONS

SAMPLE_CHARACTERS_MAX = 300


def percent(value):
    if value is None:
        return '-'
    # Small shares are what false alarms are about.
    return '%.2f' % (100 * value) if value < 0.1 else '%.1f' % (100 * value)


def with_interval(one):
    return '%s [%s, %s]' % (percent(one['share']), percent(one['low']),
                            percent(one['high']))


def decimal(value):
    return '-' if value is None else '%.3f' % value


def group_table(figures):
    head = ['language or profile', 'label', 'records', *ACTIONS, 'unreadable',
            'review+ %', 'hold+ %']
    rows = [[g['group'], g['label'], g['records'],
             *(g['actions'][a] for a in ACTIONS), g['unreadable'],
             with_interval(g['review_or_above']),
             with_interval(g['hold_or_above'])] for g in figures['groups']]
    return 'Actions', head, rows


def band_table(figures):
    head = ['label', 'records', 'inside the band', 'below', 'above']
    rows = [[b['label'], b['records'], b['inside'], b['below'], b['above']]
            for b in figures['bands']]
    return 'Bands', head, rows


def rule_table(figures):
    head = ['rule', 'points', 'label', 'hits', 'honest hits', 'precision',
            'recall', 'S/O', 'alone', 'honest alone']
    rows = [[r['rule'], '%g' % r['points'], r['label'] or '-', r['hits'],
             r['honest_hits'], decimal(r['precision']), decimal(r['recall']),
             decimal(r['s_o']), r['alone'], r['honest_alone']]
            for r in figures['rules']]
    return 'Rules', head, rows


def overlap_table(figures):
    head = ['label', 'first', 'second', 'together', 'first hits',
            'second hits', 'within']
    rows = [[o['label'], o['first'], o['second'], o['together'],
             o['first_hits'], o['second_hits'], o['within']]
            for o in figures['overlap']]
    return 'Rules that hit together', head, rows


def tables_of(figures):
    tables = [group_table(figures), band_table(figures), rule_table(figures),
              overlap_table(figures)]
    return [table for table in tables if table[2]]


def width_of(text):
    """Columns on a terminal: Chinese takes two."""
    return sum(2 if unicodedata.east_asian_width(c) in 'WF' else 1
               for c in text)


def text_table(head, rows):
    cells = [[str(c) for c in row] for row in [head] + rows]
    widths = [max(width_of(row[i]) for row in cells)
              for i in range(len(head))]
    numbers = [all(isinstance(row[i], int) for row in rows)
               for i in range(len(head))]
    for row in cells:
        parts = []
        for cell, width, number in zip(row, widths, numbers):
            room = ' ' * (width - width_of(cell))
            parts.append(room + cell if number else cell + room)
        yield '  '.join(parts).rstrip()


def markdown_table(head, rows):
    numbers = [all(isinstance(row[i], int) for row in rows)
               for i in range(len(head))]
    yield '| %s |' % ' | '.join(head)
    yield '|%s|' % '|'.join('---:' if n else '---' for n in numbers)
    for row in rows:
        cells = (str(c).replace('|', '\\|') for c in row)
        yield '| %s |' % ' | '.join(cells)


def sample_lines(title, samples):
    yield title
    for one in samples:
        text = ' '.join(one['text'].split())
        if len(text) > SAMPLE_CHARACTERS_MAX:
            text = text[:SAMPLE_CHARACTERS_MAX] + '…'
        text = ''.join(c if c.isprintable() else '\ufffd' for c in text)
        yield '  %s  %s %s  %s %g  %s' % (one['id'], one['label'],
                                         one['group'], one['action'],
                                         one['score'],
                                         ' '.join(one['rules']) or '-')
        yield '    ' + (text or '(read by the program itself)')


def samples_of(figures):
    for key, title in (('false_alarms', 'False alarms'),
                       ('misses', 'Misses')):
        if key in figures:
            yield '%s (%d shown)' % (title, len(figures[key])), figures[key]


def quiet_lines(document):
    names = document['rules_without_hit']
    yield from textwrap.wrap('Rules that hit nothing (%d): %s'
                             % (len(names), ', '.join(names) or '-'), 100,
                             break_on_hyphens=False)


def as_text(document):
    yield 'ruleset ' + document['ruleset']
    for figures in document['sets']:
        yield ''
        yield '%s: %d records' % (figures['name'], figures['records'])
        for title, head, rows in tables_of(figures):
            yield ''
            yield title
            yield from ('  ' + line for line in text_table(head, rows))
        for title, samples in samples_of(figures):
            yield ''
            yield from sample_lines(title, samples)
    yield ''
    yield from quiet_lines(document)


def as_markdown(document):
    yield 'Ruleset `%s`.' % document['ruleset']
    for figures in document['sets']:
        yield ''
        yield '### %s: %d records' % (figures['name'], figures['records'])
        for title, head, rows in tables_of(figures):
            yield ''
            yield '**%s**' % title
            yield ''
            yield from markdown_table(head, rows)
        for title, samples in samples_of(figures):
            yield ''
            yield '```text'
            yield from sample_lines(title, samples)
            yield '```'
    yield ''
    yield from quiet_lines(document)


def as_json(document):
    yield json.dumps(document, ensure_ascii=False, indent=1)


WRITERS = {'text': as_text, 'markdown': as_markdown, 'json': as_json}
