// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <re2/re2.h>

// The one way that this room makes a regular expression.
namespace cel {

// RE2's own default: patterns that need more are no conditions, and the
// memory is taken for each pattern of each rule.
inline constexpr size_t kRegexMemoryMax = size_t{8} << 20;
// A pattern that comes from a record has less: nobody has read it before.
inline constexpr size_t kDynamicRegexMemoryMax = size_t{1} << 20;
inline constexpr size_t kDynamicPatternBytesMax = 1024;

struct Regex {
  std::shared_ptr<const re2::RE2> compiled;  // null when it is wrong
  std::string problem;
  std::string piece;  // of the pattern that is wrong; may be empty
  std::string_view help = {};
};
Regex make_regex(std::string_view pattern, size_t memory_max = kRegexMemoryMax);
// One that is known with a record only, within the bounds of such.
Regex make_dynamic_regex(std::string_view pattern);

// What authors who know another engine want to hear, by the piece of the
// pattern that RE2 refuses: that it has no look-around and no back-references,
// or how it writes a named group. "" for other mistakes.
std::string_view help_with(std::string_view pattern, std::string_view piece);

// The last few patterns that were no constants, so that a loop over many
// texts makes its pattern once. One thread at a time.
class PatternCache {
 public:
  // Null when it is no pattern, or too long a one. Stays valid until the next
  // call.
  const re2::RE2* find(std::string_view pattern);

 private:
  struct Entry {
    std::string pattern;
    std::shared_ptr<const re2::RE2> compiled;
  };
  std::vector<Entry> entries_;
  size_t oldest_ = 0;
};

}  // namespace cel
