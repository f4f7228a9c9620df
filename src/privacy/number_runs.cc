// SPDX-License-Identifier: Apache-2.0
#include "privacy/number_runs.h"

#include "diag/ascii.h"
#include "privacy/signs.h"

namespace simwarden {
namespace {

// "  -  " and ") - (" are the longest that anybody writes.
constexpr size_t kJoinersMax = 4;
constexpr size_t kFullStopsMax = 3;
// "21*", "24/7" and "1/2" are no groups of a number.
constexpr size_t kGroupMin = 3;

enum class Between : uint8_t { nothing, invisible, joiner, full_stop, parter };

Between between_of(char32_t c) {
  switch (c) {
    case '.':
    case U'．': return Between::full_stop;
    case '*':
    case '/':
    case '|': return Between::parter;
    case ' ':
    case '\t':
    case '(':
    case ')':
    case '-':
    case '~':
    case '_':
    case 0xa0:
    case 0xb7:
    case 0x2022:
    case 0x202f:
    case 0x205f:
    case 0x2212:
    case 0x3000:
    case 0x301c:
    case 0x30fb:
    case U'（':
    case U'）':
    case U'－':
    case U'～':
    case U'＿': return Between::joiner;
    default: break;
  }
  if (c >= 0x2000 && c <= 0x200a) return Between::joiner;  // blanks
  if (c >= 0x2010 && c <= 0x2015) return Between::joiner;  // dashes
  return is_invisible(c) ? Between::invisible : Between::nothing;
}

class RunReader {
 public:
  explicit RunReader(std::string_view text) : text_(text) {}

  std::vector<ByteRange> all() {
    std::vector<ByteRange> runs;
    while (next_ < text_.size()) {
      const size_t begin = next_;
      if (take_digit()) {
        runs.push_back(read(begin));
      } else {
        (void)take_code_point(text_, next_);
      }
    }
    return runs;
  }

 private:
  // False where none stands.
  bool take_digit() {
    const size_t size = digit_size(text_, next_);
    next_ += size;
    return size > 0;
  }

  // From the digit at `begin`; goes on behind what ends the run.
  ByteRange read(size_t begin) {
    size_t end = next_;
    size_t group = 1;
    const bool starred = begin > 0 && text_[begin - 1] == '*';
    while (next_ < text_.size()) {
      if (take_digit()) {
        end = next_;
        ++group;
        continue;
      }
      if (!pass_between(group, starred)) break;
      group = 0;
    }
    return {begin, end};
  }

  // Goes to the next digit, or to what no number has between its digits.
  bool pass_between(size_t group, bool starred) {
    size_t joiners = 0;
    size_t full_stops = 0;
    bool parted = false;
    while (next_ < text_.size()) {
      if (digit_size(text_, next_) > 0) {
        return !parted || (joiners + full_stops == 0 && is_group(next_));
      }
      size_t after = next_;
      const char32_t c = take_code_point(text_, after);
      const size_t escape = escape_size(text_, next_);
      if (escape > 0) after = next_ + escape;
      next_ = after;
      switch (escape > 0 ? Between::joiner : between_of(c)) {
        case Between::invisible: continue;
        case Between::joiner: ++joiners; break;
        case Between::full_stop: ++full_stops; break;
        case Between::parter:
          if (parted || group < kGroupMin || (c == '*' && starred)) {
            return false;
          }
          parted = true;
          break;
        case Between::nothing: return false;
      }
      if (joiners > 0 && full_stops > 0) return false;
      if (joiners > kJoinersMax || full_stops > kFullStopsMax) return false;
    }
    return false;
  }

  bool is_group(size_t at) const {
    for (size_t i = 0; i < kGroupMin; ++i) {
      const size_t size = digit_size(text_, at);
      if (size == 0) return false;
      at += size;
    }
    return true;
  }

  std::string_view text_;
  size_t next_ = 0;
};

bool is_hex(char c) {
  return is_digit(c) || (c >= 'A' && c <= 'F') || (c >= 'a' && c <= 'f');
}

}  // namespace

size_t escape_size(std::string_view text, size_t at) {
  constexpr size_t kSize = 3;
  const bool escape = at + kSize <= text.size() && text[at] == '%' &&
                      is_hex(text[at + 1]) && is_hex(text[at + 2]);
  return escape ? kSize : 0;
}

namespace {

bool is_quoted(std::string_view text, size_t at) {
  return at + 2 < text.size() && text[at] == '=' && text[at + 1] == '3' &&
         is_digit(text[at + 2]);
}

size_t html_digit_size(std::string_view text) {
  constexpr std::string_view kEntity = "&#";
  constexpr size_t kZerosMax = 5;
  if (!text.starts_with(kEntity)) return 0;
  size_t at = kEntity.size();
  const bool hex = text.substr(at, 1) == "x" || text.substr(at, 1) == "X";
  at += hex ? 1 : 0;
  for (size_t n = 0; n < kZerosMax && text.substr(at, 1) == "0"; ++n) ++at;
  const std::string_view number = text.substr(at, 2);
  const bool digit =
      hex ? number >= "30" && number <= "39" : number >= "48" && number <= "57";
  if (number.size() < 2 || !is_digit(number[1]) || !digit) return 0;
  at += number.size();
  return at + (text.substr(at, 1) == ";" ? 1 : 0);
}

}  // namespace

size_t digit_size(std::string_view text, size_t at) {
  if (at >= text.size()) return 0;
  const auto is_escape = [&](std::string_view prefix) {
    const size_t last = at + prefix.size();
    return last < text.size() && is_digit(text[last]) &&
           text.substr(at, prefix.size()) == prefix;
  };
  switch (text[at]) {
    case '%': return is_escape("%3") ? 3 : is_escape("%253") ? 5 : 0;
    case '\\': return is_escape("\\u003") ? 6 : 0;
    case '&': return html_digit_size(text.substr(at));
    case '=': {
      const bool beside =
          is_quoted(text, at + 3) || (at >= 3 && is_quoted(text, at - 3));
      return is_quoted(text, at) && beside ? 3 : 0;
    }
    default: break;
  }
  size_t end = at;
  return is_any_digit(take_code_point(text, end)) ? end - at : 0;
}

std::vector<ByteRange> find_number_runs(std::string_view text) {
  return RunReader(text).all();
}

}  // namespace simwarden
