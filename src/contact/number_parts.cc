// SPDX-License-Identifier: Apache-2.0
#include "contact/number_parts.h"

#include <algorithm>

#include "contact/ascii.h"
#include "contact/told_words.h"

namespace simwarden {
namespace {

// Prices, lines and halves; shorter ones are counts.
constexpr size_t kPartMin = 3;
constexpr size_t kPartMax = 6;
// Without a country, numbers are of ten or eleven digits.
constexpr size_t kNumberMin = 10;
constexpr size_t kNumberMax = 11;
// Bytes from the first part to the last, and to the words on either side.
constexpr size_t kSpanMax = 320;
constexpr size_t kReach = 80;

// No part of a word, a fraction, a time or a share.
bool is_part(std::string_view t, const NumberPart& part) {
  const size_t size = part.digits.size();
  const char left = before(t, part.range.begin);
  const char right = at(t, part.range.end);
  const bool fraction =
      is_one_of(right, ".,:") && is_digit(at(t, part.range.end + 1));
  return size >= kPartMin && size <= kPartMax && !is_letter(left) &&
         !is_letter(right) && !is_one_of(left, "+#_@%") &&
         !is_one_of(right, "%@") && !fraction &&
         t.substr(part.range.begin, part.range.end - part.range.begin)
                 .find_first_of("+") == t.npos;
}

class Joiner {
 public:
  Joiner(const Scene& scene, const std::vector<NumberPart>& parts)
      : scene_(scene), t_(scene.text()), parts_(parts) {}

  // The number that begins with part `first`.
  std::optional<NumberPart> from(size_t first) const {
    NumberPart whole{parts_[first].range, ""};
    bool zero = false;
    for (size_t i = first; i < parts_.size(); ++i) {
      const NumberPart& part = parts_[i];
      if (!is_part(t_, part) || scene_.is_claimed(part.range)) break;
      whole.digits += part.digits;
      whole.range.end = part.range.end;
      zero = zero || part.digits[0] == '0';
      if (whole.digits.size() > kNumberMax) break;
      if (i == first || whole.digits.size() < kNumberMin) continue;
      if (is_told(whole.range, zero, i - first + 1)) return whole;
    }
    return std::nullopt;
  }

 private:
  bool is_told(Range span, bool zero, size_t count) const {
    constexpr size_t kPartsWithoutZero = 3;
    if (span.end - span.begin > kSpanMax) return false;
    if (!zero && count < kPartsWithoutZero) return false;
    const size_t begin = span.begin - std::min(span.begin, kReach);
    const std::string_view window = t_.substr(begin, span.end + kReach - begin);
    return told_words(Saying::join).found_in(window) &&
           (zero || asks_to_call(window));
  }

  const Scene& scene_;
  std::string_view t_;
  const std::vector<NumberPart>& parts_;
};

}  // namespace

std::optional<NumberPart> join_parts(const Scene& scene,
                                     const std::vector<NumberPart>& parts) {
  const Joiner joiner(scene, parts);
  for (size_t i = 0; i + 1 < parts.size(); ++i) {
    auto whole = joiner.from(i);
    if (whole) return whole;
  }
  return std::nullopt;
}

}  // namespace simwarden
