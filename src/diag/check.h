// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdio>
#include <cstdlib>

// CHECK(condition, "why it holds"): a bug of ours, never reachable from
// input. Prints the place and aborts, in every build.
#define CHECK(condition, why)                                          \
  do {                                                                 \
    if (!(condition)) {                                                \
      (void)std::fprintf(stderr, "%s:%d: bug: %s does not hold: %s\n", \
                         __FILE__, __LINE__, #condition, why);         \
      std::abort();                                                    \
    }                                                                  \
  } while (false)
