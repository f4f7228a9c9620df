# SPDX-License-Identifier: Apache-2.0
"""Counts of one set: actions by label and group, rules, pairs, bands.

Labels are never added together: what stops adverts may say nothing about
fraud.
"""
import collections
import hashlib
import heapq
import itertools

from evaluation.sets import ACTIONS, HONEST_LABELS, UNKNOWN_LABEL

UNREADABLE = 'unreadable'
# A record that hits more rules than this is counted, but not in pairs.
RULES_IN_PAIRS_MAX = 40
# The program's own finding that a waiver has ended: nobody's rule.
ENDED_WAIVER = 'WVR-001'


class Samples:
    """The N records with the smallest keys, whatever order they come in."""

    def __init__(self, wanted):
        self.wanted = wanted
        self.heap = []
        self.seen = 0

    def offer(self, key, sample):
        self.seen += 1
        if not self.wanted:
            return
        # heapq pops the smallest, so keys are turned round.
        entry = (tuple(-k for k in key), -self.seen, sample)
        if len(self.heap) < self.wanted:
            heapq.heappush(self.heap, entry)
        elif entry > self.heap[0]:
            heapq.heapreplace(self.heap, entry)

    def sorted(self):
        return [e[2] for e in sorted(self.heap, key=lambda e: e[:2],
                                     reverse=True)]


class Tally:
    """Everything that is counted of one set."""

    def __init__(self, name, false_alarms=0, misses=0):
        self.name = name
        counters = collections.Counter
        self.actions = collections.defaultdict(counters)   # (group, label)
        self.labels = counters()
        self.hits = collections.defaultdict(counters)      # label -> rule
        self.alone = collections.defaultdict(counters)
        self.pairs = collections.defaultdict(counters)
        self.bands = collections.defaultdict(counters)
        self.points = {}
        self.false_alarms = Samples(false_alarms)
        self.misses = Samples(misses)
        self.ruleset = ''
        self.kinds = set()

    def add(self, verdict, case):
        self.labels[case.label] += 1
        if 'error' in verdict:
            self.actions[case.group, case.label][UNREADABLE] += 1
            return
        if not self.ruleset:
            self.ruleset = verdict['policy']['digest']
        self.kinds.add(verdict['kind'])
        action = verdict['action']
        self.actions[case.group, case.label][action] += 1
        rules = self.add_rules(verdict, case.label)
        if case.band:
            self.add_band(action, case)
        self.keep(verdict, case, rules)

    def has_honest(self):
        return any(label in self.labels for label in HONEST_LABELS)

    def add_rules(self, verdict, label):
        rules = []
        for finding in verdict.get('findings', ()):
            if finding['outcome'] != 'hit' or finding['rule'] == ENDED_WAIVER:
                continue
            name = finding['rule'] + ('*' if finding.get('shadow') else '')
            self.points[name] = finding['score']
            rules.append(name)
        rules.sort()
        self.hits[label].update(rules)
        if len(rules) == 1:
            self.alone[label].update(rules)
        if len(rules) <= RULES_IN_PAIRS_MAX:
            self.pairs[label].update(itertools.combinations(rules, 2))
        return rules

    def add_band(self, action, case):
        least, greatest = (ACTIONS.index(a) for a in case.band)
        place = ACTIONS.index(action)
        where = ('below' if place < least else
                 'above' if place > greatest else 'inside')
        self.bands[case.label][where] += 1

    def keep(self, verdict, case, rules):
        """False alarms with most points; misses drawn by their ids."""
        sample = {'id': case.id, 'label': case.label, 'group': case.group,
                  'action': verdict['action'], 'score': verdict['score'],
                  'rules': rules, 'text': case.text}
        if case.label in HONEST_LABELS:
            if verdict['action'] != 'pass':
                self.false_alarms.offer((-verdict['score'],), sample)
        elif case.label != UNKNOWN_LABEL and verdict['action'] == 'pass':
            digest = hashlib.sha256(case.id.encode('utf-8')).digest()
            self.misses.offer((int.from_bytes(digest[:8], 'big'),), sample)
