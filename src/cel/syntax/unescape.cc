// SPDX-License-Identifier: Apache-2.0
#include <cstdint>

#include "cel/syntax/lexer.h"
#include "cel/value/code_points.h"
#include "diag/hex.h"

// Escapes of string and bytes literals. \x and octal escapes are code points
// in a string and octets in bytes.
namespace cel {
namespace {

class Unescaper {
 public:
  Unescaper(std::string_view token, bool bytes)
      : token_(token), bytes_(bytes) {}

  Unescaped run() {
    strip_prefix_and_quotes();
    while (out_.ok && at_ < end_) {
      if (token_[at_] == '\\' && !raw_) {
        escape();
      } else {
        plain();
      }
    }
    return std::move(out_);
  }

 private:
  void strip_prefix_and_quotes() {
    while (token_[at_] != '\'' && token_[at_] != '"') {
      if (token_[at_] == 'r' || token_[at_] == 'R') raw_ = true;
      ++at_;
    }
    const std::string triple(3, token_[at_]);
    const size_t quotes =
        token_.size() - at_ >= 6 && token_.substr(at_).starts_with(triple) ? 3
                                                                           : 1;
    at_ += quotes;
    end_ = token_.size() - quotes;
  }

  // CEL reads a CR LF or a lone CR inside a text as LF.
  void plain() {
    const char c = token_[at_++];
    if (c != '\r') {
      out_.text.push_back(c);
      return;
    }
    if (at_ < end_ && token_[at_] == '\n') ++at_;
    out_.text.push_back('\n');
  }

  void complain(size_t begin, size_t end, std::string_view problem) {
    if (!out_.ok) return;
    out_.ok = false;
    out_.problem = problem;
    out_.problem_begin = begin;
    out_.problem_end = end;
  }

  void escape() {
    constexpr std::string_view kNames = "abfnrtv\\?\"'`";
    constexpr std::string_view kMeans = "\a\b\f\n\r\t\v\\?\"'`";
    const size_t begin = at_;
    const char c = token_[at_ + 1];
    at_ += 2;
    const size_t known = kNames.find(c);
    if (known != std::string::npos) {
      out_.text.push_back(kMeans[known]);
    } else if (c == 'x' || c == 'X') {
      digits(begin, 2, 16, bytes_);
    } else if (c == 'u' && !bytes_) {
      digits(begin, 4, 16, false);
    } else if (c == 'U' && !bytes_) {
      digits(begin, 8, 16, false);
    } else if (c >= '0' && c <= '3') {
      --at_;
      digits(begin, 3, 8, bytes_);
    } else {
      complain(begin, at_, "no such escape");
    }
  }

  void digits(size_t begin, size_t count, uint32_t radix, bool octet) {
    uint32_t number = 0;
    for (size_t i = 0; i < count; ++i, ++at_) {
      const int digit = at_ < end_ ? simwarden::hex_digit(token_[at_]) : -1;
      if (digit < 0 || static_cast<uint32_t>(digit) >= radix) {
        return complain(begin, at_, "the escape needs more digits");
      }
      number = number * radix + static_cast<uint32_t>(digit);
    }
    if (octet) {
      out_.text.push_back(static_cast<char>(number));
    } else if (!append_code_point(out_.text, number)) {
      complain(begin, at_, "the escape is no code point");
    }
  }

  std::string_view token_;
  bool bytes_;
  bool raw_ = false;
  size_t at_ = 0;
  size_t end_ = 0;
  Unescaped out_;
};

}  // namespace

Unescaped unescape(std::string_view token, bool bytes) {
  return Unescaper(token, bytes).run();
}

}  // namespace cel
