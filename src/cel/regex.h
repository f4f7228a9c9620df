// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include <re2/re2.h>

// The one way that this room makes a regular expression.
namespace cel {

// RE2's own default: patterns that need more are no conditions, and the
// memory is taken for each pattern of each rule.
inline constexpr int64_t kRegexMemoryMax = int64_t{8} << 20;

struct Regex {
  std::shared_ptr<const re2::RE2> compiled;  // null when it is wrong
  std::string problem;
  std::string piece;  // of the pattern that is wrong; may be empty
};
Regex make_regex(std::string_view pattern);

}  // namespace cel
