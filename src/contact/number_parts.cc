// SPDX-License-Identifier: Apache-2.0
#include "contact/number_parts.h"

#include <algorithm>
#include <array>
#include <utility>

#include "spelling/phone_words.h"
#include "spelling/told_words.h"
#include "text/look_around.h"

namespace simwarden {
namespace {

// Prices, lines and halves; shorter ones are counts.
constexpr size_t kPartMin = 3;
constexpr size_t kPartMax = 6;
// Without a country, numbers are of ten or eleven digits.
constexpr size_t kNumberMin = 10;
// Where each part is told to stand behind the one before.
constexpr size_t kLinkedMin = 9;
constexpr size_t kNumberMax = 11;
// Bytes from the first part to the last, and to the words on either side.
constexpr size_t kSpanMax = 320;
constexpr size_t kReach = 80;

// "2,450.00" of which "450.00" is left.
bool is_amount(std::string_view t, const NumberPart& part) {
  const size_t begin = part.range.begin;
  const bool goes_on =
      begin >= 2 && is_one_of(t[begin - 1], ".,") && is_digit(t[begin - 2]);
  return goes_on ||
         t.substr(begin, part.range.end - begin).find_first_of(".,") != t.npos;
}

// No part of a word, an amount, a time or a share.
bool is_part(std::string_view t, const NumberPart& part) {
  const size_t size = part.digits.size();
  const char left = before(t, part.range.begin);
  const char right = at(t, part.range.end);
  const bool fraction =
      is_one_of(right, ".,:") && is_digit(at(t, part.range.end + 1));
  return size >= kPartMin && size <= kPartMax && !is_letter(left) &&
         !is_letter(right) && !is_one_of(left, "+#_@%") &&
         !is_one_of(right, "%@") && !fraction && !is_amount(t, part) &&
         t.substr(part.range.begin, part.range.end - part.range.begin)
                 .find_first_of("+") == t.npos;
}

// Which piece of the number the words in front of a part say that it is.
enum class Order : uint8_t { first, middle, last, untold };

Order order_of(std::string_view t, const NumberPart& part) {
  constexpr size_t kOrderReach = 32;
  const size_t from =
      part.range.begin - std::min(part.range.begin, kOrderReach);
  const std::string_view window = t.substr(from, part.range.begin - from);
  Order nearest = Order::untold;
  size_t place = 0;
  for (const auto& [saying, order] : {std::pair{Saying::first, Order::first},
                                      std::pair{Saying::middle, Order::middle},
                                      std::pair{Saying::last, Order::last}}) {
    const size_t word = told_words(saying).last_in(window);
    if (word == window.npos || (nearest != Order::untold && word < place)) {
      continue;
    }
    place = word;
    nearest = order;
  }
  return nearest;
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
      if (i == first || whole.digits.size() < kLinkedMin) continue;
      if (!is_told(whole, zero, first, i - first + 1)) continue;
      whole.digits = in_order(first, i + 1);
      return whole;
    }
    return std::nullopt;
  }

  // "Read only the numbers": all of them make one.
  std::optional<NumberPart> all() const {
    if (parts_.empty()) return std::nullopt;
    NumberPart whole{parts_[0].range, ""};
    for (const NumberPart& part : parts_) {
      if (part.digits.size() > kPartMax || whole.digits.size() > kNumberMax ||
          scene_.is_claimed(part.range)) {
        return std::nullopt;
      }
      whole.digits += part.digits;
      whole.range.end = part.range.end;
    }
    const size_t size = whole.digits.size();
    const bool told = size >= kNumberMin && size <= kNumberMax &&
                      whole.range.end - whole.range.begin <= kSpanMax &&
                      told_words(Saying::figures).found_in(around(whole.range));
    if (!told) return std::nullopt;
    const bool asked =
        whole.digits[0] == '0' || asks_to_call(around(whole.range));
    return asked ? std::optional(whole) : std::nullopt;
  }

 private:
  std::string_view around(Range span) const {
    const size_t begin = span.begin - std::min(span.begin, kReach);
    return t_.substr(begin, span.end + kReach - begin);
  }

  // "The last four are …, the first three …": as the words say, when each part
  // has its own.
  std::string in_order(size_t begin, size_t end) const {
    std::array<const NumberPart*, 3> ordered{};
    std::string as_written;
    bool told = true;
    for (size_t i = begin; i < end; ++i) {
      as_written += parts_[i].digits;
      const Order order = order_of(t_, parts_[i]);
      told = told && order != Order::untold &&
             ordered[static_cast<size_t>(order)] == nullptr;
      if (told) ordered[static_cast<size_t>(order)] = &parts_[i];
    }
    if (!told) return as_written;
    std::string digits;
    for (const NumberPart* part : ordered) {
      if (part != nullptr) digits += part->digits;
    }
    return digits;
  }

  // "138, then 0013, last 8000": a word between each two says so.
  bool is_linked(size_t first, size_t count) const {
    constexpr size_t kGapMax = 32;
    for (size_t i = first + 1; i < first + count; ++i) {
      const size_t begin = parts_[i - 1].range.end;
      const size_t size = parts_[i].range.begin - begin;
      if (size > kGapMax) return false;
      const std::string_view gap = t_.substr(begin, size);
      const bool behind = told_words(Saying::then).found_in(gap) ||
                          told_words(Saying::last).found_in(gap);
      if (!behind || told_words(Saying::other).found_in(gap)) return false;
    }
    return true;
  }

  bool is_told(const NumberPart& whole, bool zero, size_t first,
               size_t count) const {
    constexpr size_t kPartsWithoutZero = 3;
    const Range span = whole.range;
    const size_t size = whole.digits.size();
    if (span.end - span.begin > kSpanMax) return false;
    const std::string_view window = around(span);
    const bool enough = zero || count >= kPartsWithoutZero;
    if (enough && is_linked(first, count) && asks_to_call(window)) return true;
    if (size < kNumberMin) return false;
    if (!enough && !told_words(Saying::half).found_in(window)) return false;
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
  return joiner.all();
}

}  // namespace simwarden
