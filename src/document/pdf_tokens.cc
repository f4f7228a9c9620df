// SPDX-License-Identifier: Apache-2.0
#include "document/pdf_tokens.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "diag/ascii.h"
#include "diag/hex.h"
#include "document/names.h"

namespace simwarden {
namespace {

bool ends_word(char c) {
  constexpr std::string_view kEnds{"\0\t\n\f\r ()<>[]{}/%", 16};
  return kEnds.find(c) != kEnds.npos;
}

// What stands behind a backslash at `i`; leaves `i` at its last byte.
void escape(std::string_view bytes, size_t& i, std::string& out) {
  constexpr std::string_view kEscapes = "nrtbf";
  constexpr std::string_view kMeant = "\n\r\t\b\f";
  const size_t known = kEscapes.find(bytes[i]);
  if (known != kEscapes.npos) {
    out += kMeant[known];
  } else if (bytes[i] >= '0' && bytes[i] <= '7') {
    int value = 0;
    size_t end = i;
    while (end < std::min(i + 3, bytes.size()) && bytes[end] >= '0' &&
           bytes[end] <= '7') {
      value = value * 8 + bytes[end++] - '0';
    }
    out += static_cast<char>(value);
    i = end - 1;
  } else if (bytes[i] == '\r') {
    if (i + 1 < bytes.size() && bytes[i + 1] == '\n') ++i;
  } else if (bytes[i] != '\n') {
    out += bytes[i];
  }
}

// How far a string is read that begins at `i`: what says nothing may stand in
// it without an end, and many strings before it.
size_t end_of_reading(size_t i, size_t bytes_max) {
  constexpr size_t kWritten = 4;  // bytes for one: "\101"
  return i + 2 + kWritten * bytes_max;
}

}  // namespace

PdfString literal_string(std::string_view bytes, size_t i, size_t bytes_max) {
  PdfString out;
  bytes = bytes.substr(0, end_of_reading(i, bytes_max));
  int depth = 0;
  for (; i < bytes.size() && out.bytes.size() < bytes_max; ++i) {
    const char c = bytes[i];
    if (c == '(' && depth++ == 0) continue;
    if (c == ')' && --depth == 0) break;
    if (c != '\\') {
      out.bytes += c;
      continue;
    }
    if (++i >= bytes.size()) break;
    escape(bytes, i, out.bytes);
  }
  out.end = std::min(i + 1, bytes.size());
  return out;
}

PdfString hex_string(std::string_view bytes, size_t i, size_t bytes_max) {
  PdfString out;
  bytes = bytes.substr(0, end_of_reading(i, bytes_max));
  int half = -1;
  for (++i; i < bytes.size() && bytes[i] != '>'; ++i) {
    const int value = hex_digit(bytes[i]);
    if (value < 0) continue;
    if (half < 0) {
      half = value;
      continue;
    }
    out.bytes += static_cast<char>(half * 16 + value);
    half = -1;
    if (out.bytes.size() >= bytes_max) break;
  }
  if (half >= 0) out.bytes += static_cast<char>(half * 16);
  out.end = std::min(i + 1, bytes.size());
  return out;
}

void PdfTokens::read_number(PdfToken& out) {
  const char* const begin = bytes_.data() + out.begin;
  const char* const end = bytes_.data() + out.end;
  const char* digits = begin != end && *begin == '+' ? begin + 1 : begin;
  const auto read = std::from_chars(digits, end, out.number);
  // "inf" and "nan" are words.
  if (read.ec == std::errc() && read.ptr == end && std::isfinite(out.number)) {
    out.kind = PdfToken::Kind::number;
  }
}

PdfToken PdfTokens::next() {
  using Kind = PdfToken::Kind;
  PdfToken out;
  at_ = skip_blanks_and_comments(bytes_, at_);
  out.begin = at_;
  out.end = at_;
  if (at_ >= bytes_.size()) return out;
  const char c = bytes_[at_];
  const bool twice = bytes_.substr(at_ + 1).starts_with(c);
  if (c == '(' || (c == '<' && !twice)) {
    PdfString string = c == '(' ? literal_string(bytes_, at_, bytes_.size())
                                : hex_string(bytes_, at_, bytes_.size());
    out.kind = Kind::string;
    out.text = std::move(string.bytes);
    out.end = string.end;
  } else if (c == '/') {
    PdfName name = read_name(bytes_, at_ + 1);
    out.kind = Kind::name;
    out.text = std::move(name.name);
    out.end = name.end;
  } else if (c == '[' || c == '<') {
    out.kind = Kind::open;
    out.end = at_ + (c == '<' ? 2 : 1);
  } else if (c == ']' || (c == '>' && twice)) {
    out.kind = Kind::close;
    out.end = at_ + (c == '>' ? 2 : 1);
  } else {
    out.kind = Kind::word;
    for (++out.end; out.end < bytes_.size() && !ends_word(c) &&
                    !ends_word(bytes_[out.end]);) {
      ++out.end;
    }
    constexpr size_t kWordMax = 32;  // "endcodespacerange", a number
    if (out.end - out.begin <= kWordMax) {
      read_number(out);
      out.text = bytes_.substr(out.begin, out.end - out.begin);
    }
  }
  at_ = out.end;
  return out;
}

std::optional<uint32_t> reference_in(std::string_view value) {
  PdfTokens tokens(value);
  return next_reference(tokens);
}

std::optional<uint32_t> next_reference(PdfTokens& tokens) {
  constexpr double kObjectsMax = 8'388'607;  // Annex C
  const PdfToken object = tokens.next();
  const PdfToken generation = tokens.next();
  if (object.kind != PdfToken::Kind::number || object.number < 0 ||
      object.number > kObjectsMax ||
      generation.kind != PdfToken::Kind::number || !tokens.next().is("R")) {
    return {};
  }
  return static_cast<uint32_t>(object.number);
}

namespace {

// Where the value ends that begins with the next token.
size_t end_of_value(PdfTokens& tokens) {
  using Kind = PdfToken::Kind;
  size_t depth = 0;
  PdfToken token;
  do {
    token = tokens.next();
    if (token.kind == Kind::open) ++depth;
    if (token.kind == Kind::close && depth > 0) --depth;
  } while (depth > 0 && token.kind != Kind::end);
  if (token.kind != Kind::number) return token.end;
  // "9 0 R", or a number alone.
  const size_t end = token.end;
  if (tokens.next().kind == Kind::number) {
    const PdfToken last = tokens.next();
    if (last.is("R")) return last.end;
  }
  tokens.go_to(end);
  return end;
}

}  // namespace

PdfMembers members_of(std::string_view bytes, size_t most) {
  using Kind = PdfToken::Kind;
  PdfMembers out;
  PdfTokens tokens(bytes);
  const PdfToken open = tokens.next();
  if (open.kind != Kind::open || bytes[open.begin] != '<') return out;
  while (out.size() < most) {
    PdfToken name = tokens.next();
    if (name.kind == Kind::end || name.kind == Kind::close) break;
    if (name.kind != Kind::name) continue;
    const size_t begin = skip_blanks_and_comments(bytes, tokens.at());
    const size_t end = end_of_value(tokens);
    out.emplace_back(std::move(name.text), bytes.substr(begin, end - begin));
  }
  return out;
}

std::string_view value_of(const PdfMembers& members, std::string_view name) {
  for (const auto& [key, value] : members) {
    if (key == name) return value;
  }
  return {};
}

}  // namespace simwarden
