# SPDX-License-Identifier: Apache-2.0
"""The scripts of docs/audit.md, with which others check evidence."""
import os
import re

from outside import CHECKOUT


def scripts():
    """The Python fences of the manual, by the name in their usage line."""
    with open(os.path.join(CHECKOUT, "docs", "audit.md"),
              encoding="utf-8") as file:
        fences = re.findall(r"```python\n(.*?)```", file.read(), re.S)
    return {re.search(r"usage: (\S+)", fence).group(1): fence
            for fence in fences}
