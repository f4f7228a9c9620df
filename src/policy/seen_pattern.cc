// SPDX-License-Identifier: Apache-2.0
#include "policy/seen_pattern.h"

#include <algorithm>

#include "cel/value/code_points.h"
#include "diag/ascii.h"
#include "diag/characters.h"
#include "notation/utf8.h"
#include "text/part.h"
#include "text/views.h"

namespace simwarden {
namespace {

constexpr std::string_view kQuantifiers = "?*+{";

bool is_wide(char c) {
  return static_cast<unsigned char>(c) >= 0x80;
}

bool is_letter(char c) {
  return is_small(c) || is_digit(c) || is_wide(c);
}

// U+0300 to U+036F, U+3099 and U+309A: what macOS and Japanese keyboards put
// behind a letter of its own.
bool is_mark(std::string_view c) {
  return (c >= "\xCC\x80" && c <= "\xCD\xAF") || c == "\xE3\x82\x99" ||
         c == "\xE3\x82\x9A";
}

size_t size_at(std::string_view text, size_t at) {
  return std::max<size_t>(utf8_size_at(text, at), 1);
}

// Where the last letter of a text begins, which its marks belong to.
size_t last_letter(std::string_view text) {
  size_t at = text.size();
  while (at > 0) {
    --at;
    while (at > 0 && (text[at] & 0xC0) == 0x80) --at;
    if (!is_mark(text.substr(at))) break;
    text = text.substr(0, at);
  }
  return at;
}

std::string quoted(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (!is_letter(c)) out += '\\';
    out += c;
  }
  return out;
}

class Seer {
 public:
  explicit Seer(std::string_view pattern) : pattern_(pattern) {}

  SeenPattern run() {
    while (at_ < pattern_.size()) step();
    return std::move(made_);
  }

 private:
  void step() {
    const char c = pattern_[at_];
    if (c == '\\') {
      escape();
    } else if (c == '[') {
      class_of_signs();
    } else if (is_letter(c)) {
      letters();
    } else {
      copy(1);
    }
  }

  void copy(size_t size) {
    made_.text += pattern_.substr(at_, size);
    at_ = std::min(at_ + size, pattern_.size());
  }

  void escape() {
    if (!pattern_.substr(at_).starts_with("\\Q")) return copy(2);
    const size_t end = pattern_.find("\\E", at_);
    copy(end == pattern_.npos ? end : end + 2 - at_);
  }

  // A quantifier is for the last letter alone.
  void letters() {
    size_t end = at_;
    while (end < pattern_.size() && is_letter(pattern_[end])) ++end;
    const std::string_view run = pattern_.substr(at_, end - at_);
    const bool counted = end < pattern_.size() &&
                         kQuantifiers.find(pattern_[end]) != std::string::npos;
    const size_t whole = counted ? last_letter(run) : run.size();
    write(run.substr(0, whole), false);
    write(run.substr(whole), true);
    at_ = end;
  }

  void write(std::string_view run, bool as_one) {
    const std::string shown = fold_part(run);
    if (shown == run) {
      made_.text += run;
    } else if (shown.empty() || shown.find(' ') != std::string::npos) {
      made_.text += run;
      tell_blank(run);
    } else if (as_one && count_characters(shown) > 1) {
      made_.text += "(?:" + quoted(shown) + ")";
    } else {
      made_.text += quoted(shown);
    }
  }

  void tell_blank(std::string_view run) {
    const auto start = static_cast<size_t>(run.data() - pattern_.data());
    for (size_t i = 0; i < run.size(); i += size_at(run, i)) {
      const std::string_view sign = run.substr(i, size_at(run, i));
      const std::string shown = fold_part(sign);
      if (shown == sign) continue;
      if (shown.empty() || shown.find(' ') != std::string::npos) {
        return tell(start + i, sign, shown);
      }
    }
  }

  void tell(size_t at, std::string_view sign, const std::string& shown) {
    if (!made_.unseen) made_.unseen = {at, std::string(sign), shown};
  }

  void class_of_signs() {
    copy(1);
    const bool excludes = pattern_.substr(at_).starts_with("^");
    if (excludes) copy(1);
    const size_t first = at_;
    while (at_ < pattern_.size() && (pattern_[at_] != ']' || at_ == first)) {
      class_member(first, excludes);
    }
  }

  void class_member(size_t first, bool excludes) {
    const std::string_view rest = pattern_.substr(at_);
    if (rest[0] == '\\') return copy(2);
    if (rest.starts_with("[:")) {
      const size_t end = rest.find(":]");
      return copy(end == rest.npos ? 1 : end + 2);
    }
    const size_t size = size_at(rest, 0);
    const bool begins =
        rest.size() > size + 1 && rest[size] == '-' && rest[size + 1] != ']';
    const bool ends = at_ > first + 1 && pattern_[at_ - 1] == '-';
    const std::string_view sign = rest.substr(0, size);
    const bool stays = excludes || begins || ends || !is_wide(rest[0]);
    std::string shown = stays ? simplify(sign) : fold_part(sign);
    const bool fits = count_characters(shown) == 1 && shown != " ";
    if (shown != sign && !fits) {
      tell(at_, sign, shown);
      shown = sign;
    }
    if (begins && !excludes && is_wide(rest[0])) {
      look_at_range(rest.substr(0, size + 1 + size_at(rest, size + 1)));
    }
    made_.text += stays ? shown : quoted(shown);
    at_ += size;
  }

  // "À-Ö": capitals alone, which the view has none of.
  void look_at_range(std::string_view range) {
    const size_t dash = range.find('-');
    const std::string_view from = range.substr(0, dash);
    const std::string_view to = range.substr(dash + 1);
    if (!is_wide(to[0]) || holds_seen_sign(from, to)) return;
    const std::string first = fold_part(from);
    const std::string last = fold_part(to);
    const bool moved = count_characters(first) == 1 &&
                       count_characters(last) == 1 && first[0] != ' ';
    tell(at_, range, moved ? first + "-" + last : first);
    if (made_.unseen->at == at_) made_.unseen->range = moved;
  }

  // A longer one holds some: no script has so many capitals in a row.
  static bool holds_seen_sign(std::string_view from, std::string_view to) {
    constexpr uint32_t kSignsMax = 1024;
    const auto first = cel::decode_code_point(from, 0);
    const auto last = cel::decode_code_point(to, 0);
    if (!first || !last || *last - *first >= kSignsMax) return true;
    for (uint32_t c = *first; c <= *last; ++c) {
      std::string sign;
      if (cel::append_code_point(sign, c) && fold_part(sign) == sign) {
        return true;
      }
    }
    return false;
  }

  std::string_view pattern_;
  size_t at_ = 0;
  SeenPattern made_;
};

}  // namespace

SeenPattern see_pattern(std::string_view pattern) {
  if (std::none_of(pattern.begin(), pattern.end(), is_wide)) {
    return {std::string(pattern), std::nullopt};
  }
  return Seer(pattern).run();
}

}  // namespace simwarden
