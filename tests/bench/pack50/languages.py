# SPDX-License-Identifier: Apache-2.0
"""The conditions of pack50 in other languages, as somebody would write them
who wants them fast. A language says None where it has no words.

    python3 tests/bench/pack50/languages.py javascript     a module for node
"""
import json
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.realpath(__file__)))

from conditions import is_time, rules  # noqa: E402


class Unsayable(Exception):
    pass


class Language:
    """A way to say each kind of tree; the rest is the same in most."""

    SIGNS = {}

    def say(self, tree):
        kind, *parts = tree
        special = getattr(self, kind, None)
        if special:
            return special(*parts)
        left, right = map(self.say, parts)
        return f"({left} {self.SIGNS.get(kind, kind)} {right})"

    def number(self, value):
        return f"{value:g}"

    def span(self, seconds):
        return str(seconds)

    def said(self):
        """(id, kind, words) of those that it can say."""
        made = []
        for name, kind, tree in rules():
            try:
                made.append((name, kind, self.say(tree)))
            except Unsayable:
                pass
        return made


class JavaScript(Language):
    """Times are milliseconds when the record is read."""

    SIGNS = {"==": "===", "!=": "!=="}

    def __init__(self):
        self.sets = []

    def fact(self, path):
        return "r." + "?.".join(path)

    def member(self, path):
        return "f." + "?.".join(path)

    def text(self, value):
        return json.dumps(value)

    def span(self, seconds):
        return str(seconds * 1000)

    def list(self, elements):
        words = f"new Set([{', '.join(map(self.say, elements))}])"
        if words not in self.sets:
            self.sets.append(words)
        return f"set{self.sets.index(words)}"

    def exists(self, target, condition):
        return f"{self.say(target)}?.some(f => {self.say(condition)})"

    def all(self, target, condition):
        return f"{self.say(target)}?.every(f => {self.say(condition)})"

    def size(self, target):
        return f"{self.say(target)}?.length"

    def hours(self, target):
        if is_time(target):
            return f"new Date({self.say(target)}).getUTCHours()"
        return f"Math.trunc({self.say(target)} / 3600000)"

    def matches(self, target, expression):
        return f"/{expression}/.test({self.say(target)})"

    def module(self):
        said = self.said()
        sets = "".join(f"const set{i} = {words}\n"
                       for i, words in enumerate(self.sets))
        names = [{"id": name, "kind": kind} for name, kind, _ in said]
        tests = "".join(f"  out[{i}] = {words}\n"
                        for i, (_, _, words) in enumerate(said))
        return (f"{sets}export const rules = {json.dumps(names)}\n"
                f"export function ask(r, out) {{\n{tests}}}\n")


# A method that is no attribute name of Python's grammar.
setattr(JavaScript, "in", lambda self, left, right:
        f"{self.say(right)}.has({self.say(left)})")
setattr(JavaScript, "not", lambda self, tree: f"!{self.say(tree)}")


class Jq(Language):
    """jq 1.6 reads no time with a zone."""

    SIGNS = {"&&": "and", "||": "or"}

    def fact(self, path):
        if is_time(("fact", path)):
            raise Unsayable
        return "." + ".".join(path)

    member = fact

    def text(self, value):
        return json.dumps(value)

    def exists(self, target, condition):
        return f"any({self.say(target)}[]?; {self.say(condition)})"

    def all(self, target, condition):
        return f"all({self.say(target)}[]?; {self.say(condition)})"

    def size(self, target):
        return f"({self.say(target)} | length)"

    def hours(self, target):
        raise Unsayable

    def matches(self, target, expression):
        return (f'({self.say(target)} // "" | '
                f"test({json.dumps(expression)}))")

    def program(self):
        return "[" + ",\n".join(
            f'(if {words} then "{name}" else empty end)'
            for name, _, words in self.said()) + "]"


def _in_jq(self, left, right):
    words = ", ".join(map(self.say, right[1]))
    return f"({self.say(left)} | IN({words}))"


setattr(Jq, "in", _in_jq)
setattr(Jq, "not", lambda self, tree: f"({self.say(tree)} | not)")


class Sql(Language):
    """SQLite's, over a column `line` of JSON; without extensions it has no
    regular expressions."""

    SIGNS = {"==": "=", "!=": "<>", "&&": "AND", "||": "OR", "in": "IN"}

    def path(self, column, tree):
        words = f"{column} ->> '$.{'.'.join(tree[1])}'"
        return f"unixepoch({words})" if is_time(tree) else f"({words})"

    def fact(self, path):
        return self.path("line", ("fact", path))

    def member(self, path):
        return self.path("f.value", ("member", path))

    def text(self, value):
        return "'" + value.replace("'", "''") + "'"

    def list(self, elements):
        return f"({', '.join(map(self.say, elements))})"

    def each(self, target):
        return f"json_each(line, '$.{'.'.join(target[1])}') f"

    def exists(self, target, condition):
        return (f"EXISTS (SELECT 1 FROM {self.each(target)} "
                f"WHERE {self.say(condition)})")

    def all(self, target, condition):
        return (f"NOT EXISTS (SELECT 1 FROM {self.each(target)} "
                f"WHERE NOT {self.say(condition)})")

    def size(self, target):
        return f"json_array_length(line, '$.{'.'.join(target[1])}')"

    def hours(self, target):
        if is_time(target):
            return f"({self.say(target)} / 3600 % 24)"
        return f"({self.say(target)} / 3600)"

    def matches(self, target, expression):
        raise Unsayable


setattr(Sql, "not", lambda self, tree: f"(NOT {self.say(tree)})")


class Awk(Language):
    """mawk over a table: without lists, without times in zones, and without
    `{2,16}` in its expressions."""

    BOOLEAN = ("==", "!=", "<", "<=", ">", ">=", "in", "&&", "||", "not",
               "matches")

    def __init__(self):
        self.columns = []

    def fact(self, path):
        if is_time(("fact", path)):
            raise Unsayable
        name = ".".join(path)
        if name not in self.columns:
            self.columns.append(name)
        return f"${self.columns.index(name) + 1}"

    def holds(self, tree):
        words = self.say(tree)
        return words if tree[0] in self.BOOLEAN else f'({words} == "true")'

    def text(self, value):
        return json.dumps(value)

    def matches(self, target, expression):
        if "{" in expression:
            raise Unsayable
        return f"({self.say(target)} ~ /{expression}/)"

    def unsayable(self, *_):
        raise Unsayable

    exists = all = size = hours = member = unsayable

    def said(self):
        made = []
        for name, kind, tree in rules():
            known = list(self.columns)
            try:
                made.append((name, kind, self.holds(tree)))
            except Unsayable:
                self.columns = known
        return made

    def program(self, said):
        """Prints, of each row, the numbers of those that hold."""
        tests = "".join(f'  if ({words}) held = held " {i}"\n'
                        for i, (_, _, words) in enumerate(said))
        return f'{{\n  held = ""\n{tests}  print held\n}}\n'


def _in_awk(self, left, right):
    words = " || ".join(f"{self.say(left)} == {self.say(each)}"
                        for each in right[1])
    return f"({words})"


def _both_in_awk(sign):
    return lambda self, left, right: (
        f"({self.holds(left)} {sign} {self.holds(right)})")


setattr(Awk, "in", _in_awk)
setattr(Awk, "not", lambda self, tree: f"(!{self.holds(tree)})")
setattr(Awk, "&&", _both_in_awk("&&"))
setattr(Awk, "||", _both_in_awk("||"))

class Expr(Language):
    """Of expr-lang.org, over structs of Go that encoding/json fills: what is
    not recorded is the zero of its type."""

    SIGNS = {}

    def __init__(self):
        self.paths = []  # of facts, and of members below their lists
        self.spans = []  # of seconds, which the program has beforehand
        self.lists = []  # around what is said

    def note(self, path, kind="fact"):
        full = tuple(self.lists[-1] if kind == "member" else ()) + tuple(path)
        if full not in self.paths:
            self.paths.append(full)
        return full

    def fact(self, path):
        self.note(path)
        return ".".join(path) + self.moment(path)

    def member(self, path):
        self.note(path, "member")
        return "." + ".".join(path) + self.moment(path)

    @staticmethod
    def moment(path):
        return ".Time" if is_time(("fact", path)) else ""

    def text(self, value):
        return json.dumps(value)

    def span(self, seconds):
        if seconds not in self.spans:
            self.spans.append(seconds)
        return f"span{seconds}"

    def list(self, elements):
        return f"[{', '.join(map(self.say, elements))}]"

    def each(self, word, target, condition):
        self.lists.append(tuple(target[1]) + ("[]",))
        words = f"{word}({'.'.join(target[1])}, {self.say(condition)})"
        self.lists.pop()
        return words

    def exists(self, target, condition):
        return self.each("any", target, condition)

    def all(self, target, condition):
        return self.each("all", target, condition)

    def size(self, target):
        self.note(tuple(target[1]) + ("[]",))
        return f"len({'.'.join(target[1])})"

    def hours(self, target):
        if is_time(target):
            return f"{self.say(target)}.UTC().Hour()"
        return f"int({self.say(target)}.Hours())"

    def matches(self, target, expression):
        return f"({self.say(target)} matches {json.dumps(expression)})"

    def typed(self, paths, records, indent="\t"):
        """The fields of a struct of Go; records: the values met there."""
        made = ""
        for name in dict.fromkeys(path[0] for path in paths):
            below = [path[1:] for path in paths
                     if path[0] == name and len(path) > 1]
            values = [record[name] for record in records
                      if record.get(name) is not None]
            made += (f"{indent}F_{name} {self.type_of(name, below, values, indent)}"
                     f" `json:\"{name}\" expr:\"{name}\"`\n")
        return made

    def type_of(self, name, below, values, indent):
        more = indent + "\t"
        if below and below[0][0] == "[]":
            fields = self.typed([path[1:] for path in below if path[1:]],
                                sum(values, []), more)
            return f"[]struct {{\n{fields}{indent}}}"
        if below:
            return f"struct {{\n{self.typed(below, values, more)}{indent}}}"
        if is_time(("fact", (name,))):
            return "Moment"
        kinds = {bool: "bool", str: "string"}
        return kinds.get(type(values[0]) if values else float, "float64")

    def facts(self, lines):
        """The struct of a record, and where the spans are said."""
        spans = "".join(f"\tSpan{seconds} time.Duration "
                        f"`json:\"-\" expr:\"span{seconds}\"`\n"
                        for seconds in self.spans)
        given = "".join(f"\tfacts.Span{seconds} = {seconds} * time.Second\n"
                        for seconds in self.spans)
        fields = self.typed(self.paths, [json.loads(line) for line in lines])
        return (f"package main\n\nimport \"time\"\n\ntype Facts struct {{\n"
                f"{fields}{spans}}}\n\nfunc say(facts *Facts) {{\n{given}}}\n")


setattr(Expr, "not", lambda self, tree: f"!({self.say(tree)})")

if __name__ == "__main__":
    print({"javascript": JavaScript().module, "jq": Jq().program}[sys.argv[1]]())
