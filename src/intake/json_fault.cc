// SPDX-License-Identifier: Apache-2.0
#include "intake/json_fault.h"

#include <fmt/format.h>
#include <simdjson.h>
#include <unicode/utf8.h>

#include "diag/ascii.h"
#include "diag/hex.h"

namespace simwarden {
namespace {

// Strict reading without recursion: what is open stands in `open_` ('{' or
// '['), and the depth is bounded.
class FaultFinder {
 public:
  explicit FaultFinder(std::string_view json) : json_(json) {}

  std::optional<JsonFault> find() {
    skip_blanks();
    if (at_end()) return fault("J101", "there is no JSON here");
    if (now() == '[') return array_of_records();
    if (now() != '{') return fault("J101", "a record is a JSON object: {…}");
    while (value()) {
      if (!close_and_separate()) break;
    }
    if (fault_) return fault_;
    skip_blanks();
    if (!at_end()) {
      return fault("J109",
                   now() == ','
                       ? "there is a comma after the object: JSON lines are "
                         "one object a line, without commas or brackets"
                       : "there is more text after the object");
    }
    return std::nullopt;
  }

 private:
  bool at_end() const { return at_ >= json_.size(); }
  char now() const { return json_[at_]; }
  void skip_blanks() {
    while (!at_end() &&
           (now() == ' ' || now() == '\t' || now() == '\n' || now() == '\r')) {
      ++at_;
    }
  }

  std::optional<JsonFault> fault(std::string code, std::string message) {
    if (!fault_) fault_ = JsonFault{std::move(code), std::move(message), at_};
    return fault_;
  }
  bool broken(std::string message) {
    if (at_end()) {
      fault("J111", "the row ends in the middle of its object: " + message);
      fault_->advice = "a record on several lines becomes one by jq -c .";
    } else {
      fault("J102", std::move(message));
    }
    return false;
  }
  std::optional<JsonFault> array_of_records() {
    fault("J110",
          "this is a JSON array: write one object a line, without the brackets "
          "and commas of an array");
    fault_->advice = "jq -c '.[]' FILE does that";
    return fault_;
  }

  // A scalar whole, or the opening of an object or array with everything up
  // to its first value. False when done with a fault.
  bool value() {
    while (true) {
      skip_blanks();
      if (at_end()) return broken("a value is missing");
      const char c = now();
      if (c == '"') return text();
      if (c == '-' || is_digit(c)) return number();
      if (c != '{' && c != '[') return word();
      if (open_.size() >= kJsonDepthMax) {
        fault("J105", fmt::format("nested deeper than {}", kJsonDepthMax));
        return false;
      }
      open_ += c;
      ++at_;
      skip_blanks();
      if (at_end()) {
        return broken(c == '{' ? "a } is missing" : "a ] is missing");
      }
      if (now() == (c == '{' ? '}' : ']')) return true;
      if (c == '{' && !key()) return false;
    }
  }

  // After a value: closes what ends here and steps over the comma before the
  // next value. False at the end of the object, or with a fault.
  bool close_and_separate() {
    while (!open_.empty()) {
      skip_blanks();
      const bool object = open_.back() == '{';
      if (at_end()) return broken(object ? "a } is missing" : "a ] is missing");
      if (now() == (object ? '}' : ']')) {
        ++at_;
        open_.pop_back();
        continue;
      }
      if (now() != ',') {
        return broken(object ? "a comma or } is missing here"
                             : "a comma or ] is missing here");
      }
      ++at_;
      skip_blanks();
      return !object || key();
    }
    return false;
  }

  bool key() {
    if (at_end() || now() != '"') return broken("a key in quotes is missing");
    if (!text()) return false;
    skip_blanks();
    if (at_end() || now() != ':') return broken("a colon is missing");
    ++at_;
    return true;
  }

  bool text() {
    ++at_;
    while (!at_end() && now() != '"') {
      if (uint8_t(now()) < 0x20) {
        return broken("a control character must be written as an escape");
      }
      if (now() != '\\') {
        ++at_;
        continue;
      }
      if (!escape()) return false;
    }
    if (at_end()) return broken("a quote is not closed");
    ++at_;
    return true;
  }

  bool escape() {
    ++at_;
    if (at_end()) return broken("a quote is not closed");
    constexpr std::string_view kPlain = "\"\\/bfnrt";
    if (kPlain.find(now()) != kPlain.npos) {
      ++at_;
      return true;
    }
    if (now() != 'u') return broken("there is no such escape");
    ++at_;
    const int unit = hex_unit();
    if (unit < 0) return false;
    if (unit >= 0xDC00 && unit <= 0xDFFF) {
      return broken("half a surrogate pair");
    }
    if (unit < 0xD800 || unit > 0xDBFF) return true;
    if (json_.substr(at_, 2) != "\\u") return broken("half a surrogate pair");
    at_ += 2;
    const int low = hex_unit();
    if (low < 0) return false;
    return (low >= 0xDC00 && low <= 0xDFFF) || broken("half a surrogate pair");
  }

  int hex_unit() {
    int unit = 0;
    for (int i = 0; i < 4; ++i, ++at_) {
      if (at_end() || !is_hex_digit(now())) {
        broken("four hex digits are missing after \\u");
        return -1;
      }
      const char c = now();
      unit = unit * 16 + (is_digit(c) ? c - '0' : (c | 32) - 'a' + 10);
    }
    return unit;
  }

  bool digits() {
    if (at_end() || !is_digit(now())) return broken("a digit is missing");
    while (!at_end() && is_digit(now())) ++at_;
    return true;
  }

  bool number() {
    if (now() == '-') ++at_;
    const bool zero = !at_end() && now() == '0';
    const size_t first = at_;
    if (!digits()) return false;
    if (zero && at_ - first > 1) {
      at_ = first;
      return broken("a number must not begin with 0");
    }
    if (!at_end() && now() == '.') {
      ++at_;
      if (!digits()) return false;
    }
    if (!at_end() && (now() == 'e' || now() == 'E')) {
      ++at_;
      if (!at_end() && (now() == '+' || now() == '-')) ++at_;
      if (!digits()) return false;
    }
    return true;
  }

  bool word() {
    for (const std::string_view known : {"true", "false", "null"}) {
      if (json_.substr(at_, known.size()) != known) continue;
      at_ += known.size();
      return true;
    }
    return broken("a value cannot begin like this");
  }

  std::string_view json_;
  size_t at_ = 0;
  std::string open_;
  std::optional<JsonFault> fault_;
};

}  // namespace

// NOLINTNEXTLINE(readability-function-size): U8_NEXT has branches
std::optional<size_t> find_bad_utf8(std::string_view text) {
  if (simdjson::validate_utf8(text.data(), text.size())) return std::nullopt;
  const auto* bytes = reinterpret_cast<const uint8_t*>(text.data());
  for (size_t at = 0; at < text.size();) {
    const size_t begin = at;
    UChar32 c = 0;
    U8_NEXT(bytes, at, text.size(), c);
    if (c < 0) return begin;
  }
  return std::nullopt;
}

std::string describe_bad_utf8(char byte) {
  return fmt::format("the byte 0x{:02x} is no UTF-8", uint8_t(byte));
}

std::optional<JsonFault> find_fault(std::string_view json) {
  if (const auto bad = find_bad_utf8(json)) {
    return JsonFault{"J103", describe_bad_utf8(json[*bad]), *bad,
                     kEncodingAdvice};
  }
  return FaultFinder(json).find();
}

}  // namespace simwarden
