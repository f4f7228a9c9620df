// SPDX-License-Identifier: Apache-2.0
#include "cel/value/regex.h"

#include <utility>

#include <fmt/format.h>

#include "diag/ascii.h"

namespace cel {
namespace {

// "(?<year>": RE2 names no more of it than "(?<", which look-behind has too.
bool is_named_group(std::string_view pattern, std::string_view piece) {
  if (!piece.starts_with("(?<")) return false;
  const size_t at = pattern.find(piece);
  if (at == std::string_view::npos) return false;
  const std::string_view name = pattern.substr(at).substr(3, 1);
  return !name.empty() && name != "=" && name != "!";
}

// "(?=", "(?!", "(?<=", "(?<!"
bool is_look_around(std::string_view piece) {
  return piece.starts_with("(?=") || piece.starts_with("(?!") ||
         piece.starts_with("(?<");
}

// "\\1"
bool is_back_reference(std::string_view piece) {
  return piece.size() > 1 && piece[0] == '\\' &&
         simwarden::is_digit(piece[1]) && piece[1] != '0';
}

}  // namespace

std::string_view help_with(std::string_view pattern, std::string_view piece) {
  if (is_named_group(pattern, piece)) {
    return "a group with a name is written (?P<name>...)";
  }
  if (is_look_around(piece) || is_back_reference(piece)) {
    return "RE2 has no look-around and no back-references";
  }
  return {};
}

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
  made.help = help_with(pattern, made.piece);
  return made;
}

Regex make_dynamic_regex(std::string_view pattern) {
  if (pattern.size() <= kDynamicPatternBytesMax) {
    return make_regex(pattern, kDynamicRegexMemoryMax);
  }
  Regex refused;
  refused.problem = fmt::format("the pattern is longer than {} bytes",
                                kDynamicPatternBytesMax);
  return refused;
}

const re2::RE2* PatternCache::find(std::string_view pattern) {
  // Nothing is kept of what no entry may hold.
  if (pattern.size() > kDynamicPatternBytesMax) return nullptr;
  for (const Entry& entry : entries_) {
    if (entry.pattern == pattern) return entry.compiled.get();
  }
  Entry made{std::string(pattern), make_dynamic_regex(pattern).compiled};
  constexpr size_t kKept = 8;
  if (entries_.size() < kKept) {
    return entries_.emplace_back(std::move(made)).compiled.get();
  }
  Entry& place = entries_[oldest_++ % kKept];
  place = std::move(made);
  return place.compiled.get();
}

}  // namespace cel
