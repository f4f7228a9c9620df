// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

#include <tbb/parallel_for.h>

#include "diag/issue.h"

namespace simwarden {

// More threads would gain little and take memory of their own.
inline constexpr int kReadersMax = 4;

// work(i, issues) for each i below `count`, several at a time and in no order,
// on the threads of the arena in which it is called. What they say comes to
// `issues` in the order of i, as if one had followed the other. REQUIRES: no
// two of them write to the same thing.
template <typename Work>
void side_by_side(size_t count, Issues& issues, const Work& work) {
  std::vector<Issues> said(count, issues.another());
  tbb::parallel_for(size_t{0}, count, [&](size_t i) { work(i, said[i]); });
  for (const Issues& one : said) issues.add_all(one);
}

}  // namespace simwarden
