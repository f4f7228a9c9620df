// SPDX-License-Identifier: Apache-2.0
#include "cel/value/regex.h"

#include <utility>

namespace cel {
namespace {

// "(?=", "(?!", "(?<=", "(?<!" and "\\1".
bool is_lacking(std::string_view piece) {
  for (const std::string_view look : {"(?=", "(?!", "(?<"}) {
    if (piece.starts_with(look)) return true;
  }
  return piece.size() > 1 && piece[0] == '\\' && piece[1] >= '1' &&
         piece[1] <= '9';
}

}  // namespace

Regex make_regex(std::string_view pattern, size_t memory_max) {
  re2::RE2::Options options;
  options.set_log_errors(false);
  options.set_max_mem(static_cast<int64_t>(memory_max));
  Regex made;
  auto compiled = std::make_unique<const re2::RE2>(
      re2::StringPiece(pattern.data(), pattern.size()), options);
  if (compiled->ok()) {
    made.compiled = std::move(compiled);
    return made;
  }
  made.problem = compiled->error();
  made.piece = compiled->error_arg();
  made.lacks = is_lacking(made.piece);
  return made;
}

const re2::RE2* PatternCache::find(std::string_view pattern) {
  if (pattern.size() > kDynamicPatternBytesMax) return nullptr;
  for (const Entry& entry : entries_) {
    if (entry.pattern == pattern) return entry.compiled.get();
  }
  Entry made{std::string(pattern),
             make_regex(pattern, kDynamicRegexMemoryMax).compiled};
  constexpr size_t kKept = 8;
  if (entries_.size() < kKept) {
    return entries_.emplace_back(std::move(made)).compiled.get();
  }
  Entry& place = entries_[oldest_++ % kKept];
  place = std::move(made);
  return place.compiled.get();
}

}  // namespace cel
