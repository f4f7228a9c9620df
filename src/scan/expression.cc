// SPDX-License-Identifier: Apache-2.0
#include "scan/expression.h"

#include <algorithm>

#include <re2/re2.h>

#include "diag/check.h"
#include "scan/options.h"

namespace simwarden {
namespace {

// RE2 refuses to work with less.
constexpr int64_t kLeastMemory = int64_t{16} << 10;

// Instructions that RE2 still walks with a bit for each of them and each byte;
// longer programs it would walk without, many times slower.
constexpr int kWalkedMax = 640;
// Instructions times bytes: a fifth of a millisecond at the very worst, a few
// microseconds as a rule.
constexpr size_t kWalkMax = size_t{64} << 10;
// Room for the program, and too little for an automaton of it.
constexpr int64_t kBytesOfInstruction = 64;

}  // namespace

re2::RE2::Options options_with(int64_t memory) {
  re2::RE2::Options options;
  options.set_encoding(re2::RE2::Options::EncodingUTF8);
  options.set_log_errors(false);
  options.set_max_mem(memory);
  return options;
}

Expression::Expression(std::string pattern, ScanMemory& memory, int64_t wanted)
    : pattern_(std::move(pattern)), memory_(memory), wanted_(wanted) {}

Expression::~Expression() = default;

// A program that does not fit into what is granted gets as little as it fits
// into: it walks texts without an automaton then.
const re2::RE2& Expression::compiled() const {
  std::call_once(once_, [&] {
    int64_t memory = std::max(memory_.grant(wanted_), kLeastMemory);
    auto made = std::make_unique<re2::RE2>(pattern_, options_with(memory));
    while (made->error_code() == re2::RE2::ErrorPatternTooLarge &&
           memory < kPatternMemoryMax) {
      memory *= 2;
      made = std::make_unique<re2::RE2>(pattern_, options_with(memory));
    }
    CHECK(made->ok(), "the caller looked at its error before");
    expression_ = std::move(made);
  });
  return *expression_;
}

const re2::RE2& Expression::walker() const {
  std::call_once(once_walked_, [&] {
    const int size = compiled().ProgramSize();
    if (size > kWalkedMax) return;
    const int64_t memory = memory_.grant(size * kBytesOfInstruction);
    auto made = std::make_unique<re2::RE2>(pattern_, options_with(memory));
    if (made->ok()) walker_ = std::move(made);
  });
  return walker_ ? *walker_ : compiled();
}

namespace {

bool find_with(const re2::RE2& expression, std::string_view text, size_t from,
               size_t to, Expression::Match& match) {
  re2::StringPiece found;
  if (!expression.Match(text, from, to, re2::RE2::UNANCHORED, &found, 1)) {
    return false;
  }
  match.begin = uint32_t(found.data() - text.data());
  match.end = match.begin + uint32_t(found.size());
  return true;
}

}  // namespace

bool Expression::find(std::string_view text, size_t from, size_t to,
                      Match& match) const {
  return find_with(compiled(), text, from, to, match);
}

bool Expression::find_once(std::string_view text, size_t from, size_t to,
                           Match& match) const {
  const auto size = size_t(compiled().ProgramSize());
  const bool is_short = size * (to - from) <= kWalkMax;
  return find_with(is_short ? walker() : compiled(), text, from, to, match);
}

bool Expression::matches(std::string_view text, size_t from, size_t to) const {
  return compiled().Match(text, from, to, re2::RE2::UNANCHORED, nullptr, 0);
}

}  // namespace simwarden
