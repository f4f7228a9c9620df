# SPDX-License-Identifier: Apache-2.0
"""Two types of one name in one namespace are one type to the linker: templates
over them get mixed up, and nothing but a crash tells (the one definition rule,
C++ standard [basic.def.odr]). Types outside of anonymous namespaces must have
one home.

usage: names_test.py SRC"""
import collections
import pathlib
import re
import sys

NAMESPACE = re.compile(r"namespace(?: ([\w:]+))? \{")
CLOSED = re.compile(r"\}  // namespace(?: ([\w:]+))?$")
TYPE = re.compile(r"(?:struct|class|enum class) ([\w:]+)(?: final)?(?: : [^{;]*)? \{")


def types_of(path):
    """The types that a file defines at the outermost level, by namespace."""
    inside = []
    for line in path.read_text(encoding="utf-8").splitlines():
        opened = NAMESPACE.match(line)
        if opened:
            inside.append(opened.group(1))
        elif CLOSED.match(line):
            inside.pop()
        found = TYPE.match(line)
        if found and inside and None not in inside:
            yield "::".join([*inside, found.group(1)])


def main():
    homes = collections.defaultdict(set)
    for path in sorted(pathlib.Path(sys.argv[1]).rglob("*")):
        if path.suffix in (".h", ".cc"):
            for name in types_of(path):
                homes[name].add(str(path))
    assert len(homes) > 100, "the types of the house were not found"
    shared = {name: paths for name, paths in homes.items() if len(paths) > 1}
    for name, paths in sorted(shared.items()):
        print(f"{name} is defined in {' and in '.join(sorted(paths))}")
    return 1 if shared else 0


if __name__ == "__main__":
    sys.exit(main())
