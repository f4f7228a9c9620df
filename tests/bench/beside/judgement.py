# SPDX-License-Identifier: Apache-2.0
"""Is one program slower than another? Figures in, sentences out.

    slow = slower(Compared("a request", [46.1, 45.9], [60.2, 60.0]), Limits())
"""
import dataclasses
import statistics


@dataclasses.dataclass(frozen=True)
class Limits:
    """What `here` may take, times what the base takes."""

    # The halves of a program's own turns lie up to 5 % apart on a machine that
    # has six times as much to do as it has cores.
    time: float = 1.10
    # The same program twice: less than one in ten thousand. The same code
    # beside other code: up to one in a hundred, because the compiler decides
    # anew what it writes in place.
    instructions: float = 1.02


@dataclasses.dataclass(frozen=True)
class Compared:
    """One kind of work. Of `base` and `here` the same turns, in which one ran
    after the other; above 0, in any unit. Empty: time was not compared."""
    what: str
    base: list = dataclasses.field(default_factory=list)
    here: list = dataclasses.field(default_factory=list)
    base_instructions: float = None
    here_instructions: float = None

    def ratios(self):
        return sorted(here / base for base, here in zip(self.base, self.here))

    def time_ratio(self):
        return statistics.median(self.ratios()) if self.base else None

    def middle_half(self):
        """What the middle half of the turns lies between."""
        ratios = self.ratios()
        quarter = len(ratios) // 4
        return ratios[quarter], ratios[-1 - quarter]

    def instructions_ratio(self):
        if self.base_instructions is None:
            return None
        return self.here_instructions / self.base_instructions


def time_is_over(compared, limits):
    """Three turns of four have to say so too: a neighbour that woke up in some
    of them is no slower program."""
    ratio = compared.time_ratio()
    return (ratio is not None and ratio > limits.time and
            compared.middle_half()[0] > 1)


def instructions_are_over(compared, limits):
    ratio = compared.instructions_ratio()
    return ratio is not None and ratio > limits.instructions


def slower(compared, limits):
    """A sentence for each limit that is exceeded."""
    said = []
    if time_is_over(compared, limits):
        low, high = compared.middle_half()
        said.append(f"{compared.what} takes {compared.time_ratio():.2f} times "
                    f"the CPU time of the base ({low:.2f} to {high:.2f} in the "
                    f"middle half of {len(compared.base)} turns); "
                    f"{limits.time:.2f} is allowed")
    if instructions_are_over(compared, limits):
        said.append(f"{compared.what} takes "
                    f"{compared.instructions_ratio():.3f} times the "
                    f"instructions of the base; {limits.instructions:.3f} is "
                    "allowed")
    return said


def only_time_is_over(all_compared, limits):
    """Where instructions were counted too and say that nothing grew."""
    over = [one for one in all_compared if time_is_over(one, limits)]
    return (bool(over) and
            not any(instructions_are_over(one, limits)
                    for one in all_compared) and
            all(one.instructions_ratio() is not None for one in over))
