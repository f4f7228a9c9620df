// SPDX-License-Identifier: Apache-2.0
#include "notation/yaml_wide_signs.h"

#include <algorithm>

#include "diag/ascii.h"

namespace simwarden {
namespace {

// Nobody types longer lines.
constexpr size_t kLineBytesMax = 4096;

constexpr std::string_view kWideColon = "\xEF\xBC\x9A";
constexpr std::string_view kWideComma = "\xEF\xBC\x8C";

bool is_in_name(char c) {
  return is_ascii_word(c) || c == '-' || c == '.' || c == '/';
}

// The end of the word at `at`; `at` where none begins.
size_t end_of_name(std::string_view text, size_t at) {
  while (at < text.size() && is_in_name(text[at])) ++at;
  return at;
}

// Behind blanks of either kind.
size_t behind_blanks(std::string_view text, size_t at) {
  while (at < text.size()) {
    const size_t odd = odd_blank_bytes(text, at);
    if (text[at] != ' ' && odd == 0) break;
    at += std::max(odd, size_t{1});
  }
  return at;
}

bool has_at(std::string_view text, size_t at, std::string_view part) {
  return at < text.size() && text.substr(at).starts_with(part);
}

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= 0; });
}

class LineReader {
 public:
  explicit LineReader(std::string_view line) : line_(line) {}

  std::vector<size_t> read() {
    at_ = wide_indentation(line_).bytes;
    while (has_at(line_, at_, "- ")) at_ = behind_blanks(line_, at_ + 1);
    while (at_ < line_.size() && line_[at_] != '#') node();
    return std::move(signs_);
  }

 private:
  // What begins here: brackets, a text in quotes, a key, or plain text.
  void node() {
    at_ = behind_blanks(line_, at_);
    if (at_ >= line_.size()) return;
    const char c = line_[at_];
    if (c == '{' || c == '[') {
      ++depth_;
      ++at_;
    } else if (c == '"' || c == '\'' || is_wide_quote(at_)) {
      quoted();
      behind_value();
    } else if (!key()) {
      plain();
      behind_value();
    }
  }

  bool is_wide_quote(size_t at) const {
    const char sign = narrow_of(line_, at);
    return sign == '"' || sign == '\'';
  }

  // A closing quote of the same kind, full-width or not, that ends a value.
  void quoted() {
    const bool wide = is_wide_quote(at_);
    const char quote = wide ? narrow_of(line_, at_) : line_[at_];
    if (wide) signs_.push_back(at_);
    at_ += wide ? kWideSignBytes : 1;
    const size_t narrow = line_.find(quote, at_);
    if (!wide && narrow != std::string_view::npos) {
      at_ = narrow + 1;
      return;
    }
    for (; at_ < line_.size(); ++at_) {
      if (narrow_of(line_, at_) != quote) continue;
      if (!ends_value(at_ + kWideSignBytes)) continue;
      signs_.push_back(at_);
      at_ += kWideSignBytes;
      return;
    }
  }

  bool ends_value(size_t at) const {
    at = behind_blanks(line_, at);
    if (at >= line_.size()) return true;
    return std::string_view(",}]#:").find(line_[at]) !=
               std::string_view::npos ||
           has_at(line_, at, kWideComma) || has_at(line_, at, kWideColon);
  }

  // Outside brackets a line has one.
  bool key() {
    const size_t end = end_of_name(line_, at_);
    if (end == at_ || (depth_ == 0 && keyed_)) return false;
    if (has_at(line_, end, kWideColon)) {
      signs_.push_back(end);
      at_ = end + kWideSignBytes;
      return keyed_ = true;
    }
    const size_t odd =
        has_at(line_, end, ":") ? odd_blank_bytes(line_, end + 1) : 0;
    if (odd > 0) signs_.push_back(end + 1);
    const bool narrow =
        odd > 0 || (has_at(line_, end, ":") &&
                    (end + 1 == line_.size() || line_[end + 1] == ' '));
    if (narrow) at_ = end + 1 + odd;
    keyed_ |= narrow;
    return narrow;
  }

  // To the end of the line, or in brackets to what ends a value there.
  void plain() {
    if (depth_ == 0) {
      at_ = line_.size();
      return;
    }
    for (; at_ < line_.size(); ++at_) {
      if (std::string_view(",}]").find(line_[at_]) != std::string_view::npos) {
        return;
      }
      if (has_at(line_, at_, kWideComma) && key_begins(at_)) return;
    }
  }

  // Behind the comma at `comma`.
  bool key_begins(size_t comma) const {
    const size_t name = behind_blanks(line_, comma + kWideSignBytes);
    const size_t end = end_of_name(line_, name);
    return end > name &&
           (has_at(line_, end, kWideColon) || has_at(line_, end, ": "));
  }

  // Signs between this value and the next.
  void behind_value() {
    for (;;) {
      at_ = behind_blanks(line_, at_);
      const bool comma = depth_ > 0 && has_at(line_, at_, kWideComma);
      if (comma || has_at(line_, at_, kWideColon)) {
        signs_.push_back(at_);
        at_ += kWideSignBytes;
      } else if (has_at(line_, at_, "}") || has_at(line_, at_, "]")) {
        depth_ -= depth_ > 0;
        ++at_;
      } else if (has_at(line_, at_, ",") || has_at(line_, at_, ":")) {
        ++at_;
      } else {
        if (depth_ == 0) at_ = line_.size();
        return;
      }
    }
  }

  std::string_view line_;
  size_t at_ = 0;
  size_t depth_ = 0;
  bool keyed_ = false;
  std::vector<size_t> signs_;
};

}  // namespace

std::vector<size_t> wide_syntax_signs(std::string_view line) {
  if (line.size() > kLineBytesMax) return {};
  return LineReader(line).read();
}

WideIndentation wide_indentation(std::string_view line) {
  WideIndentation found;
  found.bytes = behind_blanks(line, 0);
  for (size_t at = 0; at < found.bytes; ++at) {
    found.wide += odd_blank_bytes(line, at) > 0;
  }
  return found;
}

std::vector<size_t> wide_signs_of_key(std::string_view scalar) {
  const size_t end = end_of_name(scalar, 0);
  if (end > 0 && has_at(scalar, end, kWideColon)) return {end};
  return {};
}

std::vector<size_t> wide_signs_of_value(std::string_view scalar) {
  const size_t comma = scalar.find(kWideComma);
  if (comma == std::string_view::npos) return {};
  const size_t name = behind_blanks(scalar, comma + kWideSignBytes);
  const size_t end = end_of_name(scalar, name);
  const bool key = end > name && has_at(scalar, end, kWideColon);
  if (!key || !is_ascii(scalar.substr(0, comma))) return {};
  return {comma, end};
}

std::vector<size_t> wide_signs_of_item(std::string_view scalar) {
  std::vector<size_t> commas;
  for (size_t name = 0;;) {
    const size_t end = end_of_name(scalar, name);
    if (end == name) return wide_signs_of_value(scalar);
    if (end == scalar.size()) return commas;
    if (!has_at(scalar, end, kWideComma)) return wide_signs_of_value(scalar);
    commas.push_back(end);
    name = behind_blanks(scalar, end + kWideSignBytes);
  }
}

}  // namespace simwarden
