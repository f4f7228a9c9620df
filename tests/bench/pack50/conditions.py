# SPDX-License-Identifier: Apache-2.0
"""The conditions of pack50 as trees, for languages that are no CEL.

Only the forms that pack50 has. A tree is a tuple:
    ("fact", ("channel", "type"))       of the request
    ("member", ("type",))               of the element that a macro looks at
    ("text", "store_own") ("number", 3.0) ("span", 3600)    seconds
    ("list", (tree, …)) ("not", tree) ("&&", tree, tree) … ("in", tree, tree)
    ("exists", list, condition) ("all", list, condition)
    ("size", list) ("hours", tree) ("matches", tree, "^89")
"""
import os
import re

PACK = os.path.join(os.path.dirname(os.path.realpath(__file__)), "pack.yaml")
TOKEN = re.compile(r"""(?:
    (?P<text>r?'[^']*') | (?P<number>\d+(?:\.\d+)?) |
    (?P<name>[a-z_A-Z][\w]*) | (?P<sign>&&|\|\||[=!<>]=|[-*!<>()\[\],.]))\s*""",
                   re.VERBOSE)
# From the loosest to the tightest.
LEVELS = [("||",), ("&&",), ("==", "!=", "<", "<=", ">", ">=", "in"), ("-",),
          ("*",)]
SECONDS = {"h": 3600, "s": 1}
TIMES = {"created_at", "verified_at", "approved_at", "activated_at", "sent_at",
         "email_changed_at", "latest_sim_change", "expiry_date"}


def is_time(tree):
    return tree[0] in ("fact", "member") and tree[1][-1] in TIMES


class Reader:
    def __init__(self, text):
        self.tokens, at = [], 0
        while at < len(text):
            found = TOKEN.match(text, at)
            if not found:
                raise ValueError(f"no form of pack50: {text[at:]}")
            self.tokens.append((found.lastgroup, found[found.lastgroup]))
            at = found.end()
        self.at = 0
        self.variables = []

    def peek(self):
        return self.tokens[self.at][1] if self.at < len(self.tokens) else None

    def take(self, wanted=None):
        kind, word = self.tokens[self.at]
        if wanted and word != wanted:
            raise ValueError(f"{word} where {wanted} should be")
        self.at += 1
        return kind, word

    def whole(self):
        tree = self.level(0)
        if self.peek() is not None:
            raise ValueError(f"{self.peek()} is left over")
        return tree

    def level(self, which):
        if which == len(LEVELS):
            return self.unary()
        tree = self.level(which + 1)
        while self.peek() in LEVELS[which]:
            tree = (self.take()[1], tree, self.level(which + 1))
        return tree

    def unary(self):
        if self.peek() != "!":
            return self.primary()
        self.take()
        return "not", self.unary()

    def listed(self, end):
        made = []
        while self.peek() != end:
            made.append(self.level(0))
            if self.peek() == ",":
                self.take()
        self.take(end)
        return tuple(made)

    def primary(self):
        kind, word = self.take()
        if kind == "text":
            return "text", word.lstrip("r")[1:-1]
        if kind == "number":
            return "number", float(word)
        if word == "(":
            return self.calls(self.listed(")")[0])
        if word == "[":
            return "list", self.listed("]")
        if word in ("true", "false"):
            return "number", int(word == "true")
        if word == "duration":
            self.take("(")
            (_, span), = self.listed(")")
            return "span", int(span[:-1]) * SECONDS[span[-1]]
        return self.calls(("member" if word in self.variables else "fact", ()))

    def calls(self, tree):
        while self.peek() == ".":
            self.take()
            name = self.take()[1]
            if self.peek() != "(":
                tree = tree[0], tree[1] + (name,)
                continue
            self.take("(")
            tree = self.call(name, tree)
        return tree

    def call(self, name, target):
        if name in ("exists", "all"):
            self.variables.append(self.take()[1])
            self.take(",")
            condition = self.level(0)
            self.variables.pop()
            self.take(")")
            return name, target, condition
        arguments = self.listed(")")
        if name == "matches":
            return "matches", target, arguments[0][1]
        return {"size": "size", "getHours": "hours"}[name], target


def rules():
    """(id, "flag" or "require", tree) of the fifty."""
    with open(PACK, encoding="utf-8") as file:
        found = re.findall(r"^  - id: (\S+)$.*?^    (flag|require): >-\n"
                           r"((?:      [^\n]*\n)+)", file.read(), re.M | re.S)
    return [(name, kind, Reader(" ".join(text.split())).whole())
            for name, kind, text in found]
