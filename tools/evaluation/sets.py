# SPDX-License-Identifier: Apache-2.0
"""Labelled sets: what is to be judged, and what a person said about it.

    for one in find_sets('corpus'): ...            # a folder with labels.tsv
    for one in find_sets('messages.jsonl'): ...    # records with a label
    for one in find_sets('ham:mail=folder'): ...   # all have one label

The program never sees a label.
"""
import csv
import datetime
import gzip
import hashlib
import json
import os
import re
from typing import NamedTuple, Optional

# What a verdict should let through; all other labels are of records that it
# should stop, and 'unknown' is neither.
HONEST_LABELS = ('ham', 'honest')
UNKNOWN_LABEL = 'unknown'
NO_GROUP = '-'

# Words that data sets use for what the program calls a transport.
TRANSPORTS = {'sms': 'sms', 'chat': 'chat', 'email': 'email', 'mail': 'email',
              'comment': 'post', 'post': 'post', 'web': 'web'}
# What the program does not see, or sees under its own name.
KEPT_BACK = ('label', 'lang', 'channel')
ACTIONS = ('pass', 'review', 'hold', 'refuse')


class SetError(Exception):
    """A set that cannot be used; says where and why."""


class Case(NamedTuple):
    """One labelled record. `band` is the least and the greatest action."""
    label: str
    group: str                       # language of messages, profile of requests
    id: str
    text: str = ''
    band: Optional[tuple] = None


class Choice(NamedTuple):
    """Which records of a set are measured."""
    half: str = 'all'                # all | even | odd, by the digest of the id
    only: Optional[re.Pattern] = None

    def takes(self, case):
        if self.half != 'all':
            digest = hashlib.sha256(case.id.encode('utf-8')).digest()
            if (digest[0] % 2 == 0) != (self.half == 'even'):
                return False
        return self.only is None or self.only.search(case.text) is not None


def open_text(path):
    opener = gzip.open if path.endswith('.gz') else open
    return opener(path, 'rt', encoding='utf-8-sig', newline='\n')


def read_objects(path):
    """(line number, object) of each line that is not blank."""
    with open_text(path) as file:
        for number, line in enumerate(file, 1):
            if not line.strip():
                continue
            try:
                value = json.loads(line)
            except ValueError as error:
                raise SetError('%s:%d: %s' % (path, number, error)) from error
            if not isinstance(value, dict):
                raise SetError('%s:%d: no object' % (path, number))
            yield number, value


def event_time(record):
    """Seconds; None where the record does not say, or not in ISO 8601."""
    said = record.get('created_at') or record.get('received_at')
    if not isinstance(said, str):
        return None
    try:
        time = datetime.datetime.fromisoformat(said.replace('Z', '+00:00'))
        return time.timestamp() if time.tzinfo else None
    except (ValueError, OverflowError):
        return None


def in_order_of_time(pairs):
    """The (record, case) pairs by their events, as windows need them.

    One that has no time stays behind the one that it came after.
    """
    timed, last = [], float('-inf')
    for record, case in pairs:
        time = event_time(record)
        last = last if time is None else time
        timed.append((last, record, case))
    timed.sort(key=lambda one: one[0])
    return ((record, case) for _, record, case in timed)


def label_in(said, place):
    """A label as it is counted: in small letters, without blanks around."""
    label = said.strip().casefold() if isinstance(said, str) else ''
    if not label:
        raise SetError('%s: no label' % place)
    return label


def text_of(record):
    parts = (record.get('subject'), record.get('text'))
    return '\n'.join(p for p in parts if isinstance(p, str))


def group_of(record):
    return str(record.get('language') or record.get('lang')
               or record.get('policy_profile') or NO_GROUP)


class LabelledLines:
    """JSON lines that carry their label: id, text, label, lang, channel."""
    labels = None

    def __init__(self, name, path):
        self.name = name
        self.path = path

    def fed(self, choice):
        """(record for the program, its case), one by one."""
        for number, row in read_objects(self.path):
            label = label_in(row.get('label'),
                             '%s:%d' % (self.path, number))
            case = Case(label, group_of(row),
                        str(row.get('id', number)), text_of(row))
            if choice.takes(case):
                yield self.message_of(row, case), case

    @staticmethod
    def message_of(row, case):
        message = {k: v for k, v in row.items() if k not in KEPT_BACK}
        message['kind'] = 'message'
        message['id'] = case.id
        if 'lang' in row:
            message.setdefault('language', row['lang'])
        transport = TRANSPORTS.get(row.get('channel'))
        if transport:
            message.setdefault('transport', transport)
        return message


class Labels:
    """What labels.tsv says of the records of one file."""

    def __init__(self):
        self.rows = {}               # id -> (label, band, line)
        self.used = set()

    def add(self, name, row, place):
        known = self.rows.setdefault(name, row)
        if known[:2] != row[:2]:
            raise SetError('%s: %s is labelled otherwise in line %d'
                           % (place, name, known[2]))

    def of(self, *names):
        """(label, band) by the first of the names that has one, or None."""
        for name in names:
            if name in self.rows:
                self.used.add(name)
                return self.rows[name][:2]
        return None

    def unused(self):
        return [name for name in self.rows if name not in self.used]


class LabelledFile:
    """JSON lines whose labels stand in a labels.tsv."""

    def __init__(self, name, path, labels):
        self.name = name
        self.path = path
        self.labels = labels

    def fed(self, choice):
        for number, row in read_objects(self.path):
            name = str(row.get('id') or row.get('request_id') or '')
            found = self.labels.of(name)
            if not found:
                raise SetError('%s:%d: %s has no label'
                               % (self.path, number, name or 'it'))
            label, band = found
            case = Case(label, group_of(row), name, text_of(row), band)
            if choice.takes(case):
                yield row, case


class WholeFiles:
    """Files or folders that the program reads by itself: tables, text, mail.

    The case of a record is found when its verdict arrives.
    """

    def __init__(self, name, path, label=None, labels=None, form=None):
        self.name = name
        self.path = path
        self.label = label
        self.labels = labels
        self.form = form

    def arguments(self):
        """How the program is told to read them."""
        if self.form:
            return ['--format', self.form, self.path]
        stem, ending = os.path.splitext(self.path)
        if ending == '.txt' and os.path.isfile(self.path):
            return ['--format', 'text', '--kind', 'message', self.path]
        # requests_branch.csv is translated by branch_map.yaml beside it.
        table_map = os.path.join(os.path.dirname(self.path),
                                 stem.rsplit('_', 1)[-1] + '_map.yaml')
        if ending in ('.csv', '.tsv') and os.path.exists(table_map):
            return ['--map', table_map, self.path]
        return [self.path]

    def case_of(self, verdict):
        source = verdict.get('source', {})
        line = source.get('line') or verdict.get('error', {}).get('line')
        place = os.path.basename(source.get('name', self.path))
        place = '%s:%s' % (place, line) if line else place
        if self.label:
            return Case(self.label, NO_GROUP, place)
        name = verdict.get('id', '')
        found = self.labels.of(name, place)
        if not found:
            raise SetError('%s: %s has no label' % (self.path, name or place))
        group = verdict.get('policy', {}).get('profile', NO_GROUP)
        if verdict.get('kind') == 'message':
            group = self.language()
        return Case(found[0], group, name or place, '', found[1])

    def language(self):
        """en of article_demo.en.txt."""
        parts = os.path.basename(self.path).split('.')
        return parts[-2] if len(parts) > 2 else NO_GROUP


def band_of(row, place):
    """The least and the greatest action; None when the table has no bands."""
    if 'min_action' not in row and 'max_action' not in row:
        return None
    band = (row.get('min_action'), row.get('max_action'))
    for action in band:
        if action not in ACTIONS:
            raise SetError('%s: %s is no action; min_action and max_action '
                           'are %s or %s'
                           % (place, action or 'nothing',
                              ', '.join(ACTIONS[:-1]), ACTIONS[-1]))
    if ACTIONS.index(band[0]) > ACTIONS.index(band[1]):
        raise SetError('%s: min_action %s is above max_action %s'
                       % (place, *band))
    return band


def read_labels(path):
    """file -> Labels."""
    labels = {}
    with open(path, encoding='utf-8-sig', newline='') as file:
        rows = csv.DictReader(file, delimiter='\t', quoting=csv.QUOTE_NONE)
        for column in ('id', 'file', 'label'):
            if column not in (rows.fieldnames or ()):
                raise SetError('%s:1: no column %s' % (path, column))
        for row in rows:
            place = '%s:%d' % (path, rows.line_num)
            if not row['id'] or not row['file']:
                raise SetError('%s: no id or no file' % place)
            said = (label_in(row['label'], place), band_of(row, place),
                    rows.line_num)
            labels.setdefault(row['file'], Labels()).add(row['id'], said,
                                                         place)
    return labels


def labelled_folder(path):
    name = os.path.basename(os.path.abspath(path))
    for file, labels in sorted(read_labels(path + '/labels.tsv').items()):
        whole = os.path.join(path, file)
        kind = LabelledFile if file.endswith('.jsonl') else WholeFiles
        yield kind('%s/%s' % (name, file), whole, labels=labels)


def find_sets(argument):
    """The sets that one argument of the command line names."""
    label, _, path = argument.rpartition('=')
    if not os.path.exists(path):
        raise SetError('%s: no such file or folder' % path)
    name = os.path.basename(os.path.abspath(path))
    if label:
        label, _, form = label.partition(':')
        label = label_in(label, argument)
        return [WholeFiles(name, path, label=label, form=form)]
    if os.path.exists(os.path.join(path, 'labels.tsv')):
        return list(labelled_folder(path))
    if os.path.isdir(path):
        inside = os.path.join(path, 'messages.jsonl')
        if not os.path.exists(inside):
            raise SetError('%s: neither labels.tsv nor messages.jsonl is in '
                           'it; LABEL=%s gives all records one label'
                           % (path, path))
        return [LabelledLines(name, inside)]
    if name.startswith('messages.jsonl'):
        name = os.path.basename(os.path.dirname(os.path.abspath(path)))
    return [LabelledLines(name, path)]
