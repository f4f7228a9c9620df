// SPDX-License-Identifier: Apache-2.0
#include "scan/expression.h"

#include <re2/re2.h>

#include "diag/check.h"
#include "scan/options.h"

namespace simwarden {

re2::RE2::Options options_with(int64_t memory) {
  re2::RE2::Options options;
  options.set_encoding(re2::RE2::Options::EncodingUTF8);
  options.set_log_errors(false);
  options.set_max_mem(memory);
  return options;
}

Expression::Expression(std::string pattern, int64_t memory)
    : pattern_(std::move(pattern)), memory_(memory) {}

Expression::~Expression() = default;

const re2::RE2& Expression::compiled() const {
  std::call_once(once_, [&] {
    auto made = std::make_unique<re2::RE2>(pattern_, options_with(memory_));
    if (made->error_code() == re2::RE2::ErrorPatternTooLarge) {
      made =
          std::make_unique<re2::RE2>(pattern_, options_with(kPatternMemoryMax));
    }
    CHECK(made->ok(), "the caller asked pattern_error() before");
    expression_ = std::move(made);
  });
  return *expression_;
}

bool Expression::find(std::string_view text, size_t from, size_t to,
                      Match& match) const {
  re2::StringPiece found;
  if (!compiled().Match(text, from, to, re2::RE2::UNANCHORED, &found, 1)) {
    return false;
  }
  match.begin = uint32_t(found.data() - text.data());
  match.end = match.begin + uint32_t(found.size());
  return true;
}

}  // namespace simwarden
