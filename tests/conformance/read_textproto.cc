// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cctype>

#include <fmt/format.h>

#include "cel/value/code_points.h"
#include "conformance/tree.h"

// protobuf's text format, as far as the cases use it:
//
//   message := {name [':'] (scalar | '{' message '}' | '[' values ']')}
//   name    := word | '[' type/url ']'
//   scalar  := word | number | string {string}
namespace conformance {
namespace {

using simwarden::Error;
using simwarden::Result;
using simwarden::Trouble;

constexpr int kDepthMax = 64;  // our recursion; no case nests deeper

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  Result<Tree> run() {
    Tree tree{true, {}, {}};
    fields(tree);
    if (at_ < text_.size()) fail("a field is expected");
    if (!problem_.empty()) return Error{Trouble::input, problem_};
    return tree;
  }

 private:
  // The first problem ends the text.
  void fail(std::string_view what) {
    if (problem_.empty()) problem_ = fmt::format("byte {}: {}", at_, what);
    at_ = text_.size();
  }

  char peek() {
    for (; at_ < text_.size(); ++at_) {
      if (text_[at_] == '#')
        at_ = std::min(text_.find('\n', at_), text_.size());
      if (at_ >= text_.size()) break;
      if (!std::isspace(static_cast<unsigned char>(text_[at_]))) {
        return text_[at_];
      }
    }
    return '\0';
  }

  bool accept(char c) {
    if (peek() != c) return false;
    ++at_;
    return true;
  }

  void expect(char c) {
    if (!accept(c)) fail(fmt::format("{} is expected", c));
  }

  static bool is_word(char c) {
    return std::isalnum(static_cast<unsigned char>(c)) ||
           std::string_view("_.+-/").find(c) != std::string::npos;
  }

  std::string word() {
    peek();
    const size_t begin = at_;
    while (at_ < text_.size() && is_word(text_[at_])) ++at_;
    if (at_ == begin) fail("a word is expected");
    return std::string(text_.substr(begin, at_ - begin));
  }

  void fields(Tree& to) {
    if (++depth_ > kDepthMax) return fail("too deep");
    while (at_ < text_.size() && peek() != '}' && peek() != '\0') {
      std::string name;
      if (accept('[')) {
        name = "[" + word() + "]";
        expect(']');
      } else {
        name = word();
      }
      accept(':');
      if (accept('[')) {
        while (at_ < text_.size() && !accept(']')) {
          to.add(name, value());
          accept(',');
        }
      } else {
        to.add(name, value());
      }
      if (!accept(',')) accept(';');
    }
    --depth_;
  }

  Tree value() {
    const char c = peek();
    if (c == '{') {
      ++at_;
      Tree inner{true, {}, {}};
      fields(inner);
      expect('}');
      return inner;
    }
    if (c != '"' && c != '\'') return Tree::scalar(word());
    Tree text = Tree::scalar({});
    while (peek() == '"' || peek() == '\'') string(text.text);
    return text;
  }

  void string(std::string& out) {
    const char quote = text_[at_++];
    while (at_ < text_.size() && text_[at_] != quote) {
      if (text_[at_] != '\\') {
        out += text_[at_++];
      } else {
        ++at_;
        escape(out);
      }
    }
    if (at_ >= text_.size()) return fail("the string has no end");
    ++at_;
  }

  void escape(std::string& out) {
    constexpr std::string_view kNames = "abfnrtv\\'\"?";
    constexpr std::string_view kMeans = "\a\b\f\n\r\t\v\\'\"?";
    if (at_ >= text_.size()) return;
    const char c = text_[at_++];
    const size_t known = kNames.find(c);
    if (known != std::string::npos) {
      out += kMeans[known];
    } else if (c == 'x' || c == 'X') {
      out += static_cast<char>(digits(2, 16));
    } else if (c == 'u' || c == 'U') {
      if (!cel::append_code_point(out, digits(c == 'u' ? 4 : 8, 16))) {
        fail("no code point");
      }
    } else if (c >= '0' && c <= '7') {
      --at_;
      out += static_cast<char>(digits(3, 8));
    } else {
      fail("no such escape");
    }
  }

  // At most `count` digits.
  uint32_t digits(size_t count, int radix) {
    size_t end = at_;
    while (end < text_.size() && end - at_ < count &&
           std::isxdigit(static_cast<unsigned char>(text_[end])) &&
           (radix == 16 || text_[end] < '8')) {
      ++end;
    }
    if (end == at_) {
      fail("digits are expected");
      return 0;
    }
    const std::string read(text_.substr(at_, end - at_));
    at_ = end;
    return static_cast<uint32_t>(std::stoul(read, nullptr, radix));
  }

  std::string_view text_;
  size_t at_ = 0;
  int depth_ = 0;
  std::string problem_;
};

}  // namespace

Result<Tree> read_textproto(std::string_view text) {
  return Reader(text).run();
}

}  // namespace conformance
