// SPDX-License-Identifier: Apache-2.0
#include "notation/json_text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstring>

#include "notation/plain_scalar.h"
#include "notation/utf8.h"

namespace simwarden {
namespace {

// Most bytes of most texts: ASCII that needs no look.
bool is_plain(unsigned char c) {
  return c >= 0x20 && c < 0x7F && c != '"' && c != '\\';
}

constexpr uint64_t of_all(uint8_t byte) {
  return uint64_t{0x0101010101010101} * byte;
}

// A high bit where a byte is 0, if no byte has one already.
constexpr uint64_t zeros(uint64_t bytes) {
  return bytes - of_all(1);
}

// is_plain() of eight bytes at once.
bool are_plain(uint64_t bytes) {
  const uint64_t odd =
      bytes | (bytes - of_all(0x20)) | zeros(bytes ^ of_all('"')) |
      zeros(bytes ^ of_all('\\')) | zeros(bytes ^ of_all(0x7F));
  return (odd & of_all(0x80)) == 0;
}

template <typename Word>
uint64_t word_at(const char* at) {
  Word word = 0;
  std::memcpy(&word, at, sizeof word);
  return word;
}

bool is_plain(std::string_view text) {
  const char* const begin = text.data();
  const char* const end = begin + text.size();
  if (text.size() < 4) {
    return std::all_of(begin, end, [](char c) { return is_plain(uint8_t(c)); });
  }
  if (text.size() < 8) {
    return are_plain(word_at<uint32_t>(begin) | word_at<uint32_t>(end - 4)
                                                    << 32);
  }
  for (const char* at = begin; end - at > 8; at += 8) {
    if (!are_plain(word_at<uint64_t>(at))) return false;
  }
  return are_plain(word_at<uint64_t>(end - 8));
}

// What stands for an ASCII character that is not plain.
std::string escaped(unsigned char c) {
  switch (c) {
    case '"': return "\\\"";
    case '\\': return "\\\\";
    case '\n': return "\\n";
    case '\r': return "\\r";
    case '\t': return "\\t";
    default: return fmt::format("\\u{:04x}", c);
  }
}

// What stands for a character that is not plain; empty: it stands for itself.
// U+2028 and U+2029 are line breaks to some readers of lines. REQUIRES: it is
// one character, or nothing where there is no UTF-8.
std::string replacement(std::string_view character) {
  if (character.empty()) return "\xEF\xBF\xBD";
  if (character.size() == 1) return escaped(uint8_t(character[0]));
  if (character == "\xE2\x80\xA8") return "\\u2028";
  if (character == "\xE2\x80\xA9") return "\\u2029";
  return {};
}

void append_integer(std::string& out, std::string_view digits) {
  if (digits.starts_with("0x") || digits.starts_with("0o")) {
    append_json_number(out, plain_number(digits));
    return;
  }
  const bool negative = digits[0] == '-';
  if (negative || digits[0] == '+') digits.remove_prefix(1);
  const size_t first = digits.find_first_not_of('0');
  if (negative) out.push_back('-');
  out += first == std::string_view::npos ? "0" : digits.substr(first);
}

void append_scalar(std::string& out, const YamlNode& node) {
  const PlainKind kind =
      node.quoted ? PlainKind::text : plain_kind(node.scalar);
  switch (kind) {
    case PlainKind::null: out += "null"; return;
    case PlainKind::boolean:
      out += (node.scalar[0] | 0x20) == 't' ? "true" : "false";
      return;
    case PlainKind::integer: append_integer(out, node.scalar); return;
    case PlainKind::number:
      append_json_number(out, plain_number(node.scalar));
      return;
    case PlainKind::text: append_json_string(out, node.scalar); return;
  }
}

// Readers take a whole number of more for none: simdjson refuses it from 2^64
// on, and with it the line that it stands in.
bool in_64_bits(double number) {
  return number < 0x1p63 && number >= -0x1p63;
}

template <typename Out>
void append_number(Out& out, double number) {
  if (!std::isfinite(number)) {
    out += "null";
    return;
  }
  std::array<char, 32> digits{};  // the longest double takes 24
  char* const begin = digits.data();
  // Most are small and whole, which takes a tenth of the time. From 1e+05 on
  // the shortest text has an exponent.
  const bool plain = std::abs(number) < 1e5 && number == std::trunc(number) &&
                     !(number == 0 && std::signbit(number));
  char* const room = begin + digits.size();
  const auto end =
      plain ? std::to_chars(begin, room, int(number))
      : in_64_bits(number)
          ? std::to_chars(begin, room, number)
          : std::to_chars(begin, room, number, std::chars_format::scientific);
  out += std::string_view(begin, size_t(end.ptr - begin));
}

// Depth is bounded: trees come from parse_yaml, or have such laid over such
// (policy/case_record.h); kYamlDepthMax levels each.
void append_node(std::string& out, const YamlNode& node) {
  switch (node.type) {
    case YamlNode::Type::null: out += "null"; return;
    case YamlNode::Type::scalar: append_scalar(out, node); return;
    case YamlNode::Type::sequence:
    case YamlNode::Type::mapping: break;
  }
  const bool list = node.type == YamlNode::Type::sequence;
  out.push_back(list ? '[' : '{');
  for (size_t i = 0; i < node.items.size(); ++i) {
    if (i > 0) out.push_back(',');
    append_node(out, node.items[i]);
  }
  for (size_t i = 0; i < node.entries.size(); ++i) {
    if (i > 0) out.push_back(',');
    append_json_string(out, node.entries[i].key.scalar);
    out.push_back(':');
    append_node(out, node.entries[i].value);
  }
  out.push_back(list ? ']' : '}');
}

}  // namespace

void append_json_string(std::string& out, std::string_view text) {
  out.push_back('"');
  if (is_plain(text)) {
    out += text;
    out.push_back('"');
    return;
  }
  size_t written = 0;
  for (size_t at = 0; at < text.size();) {
    if (is_plain(static_cast<unsigned char>(text[at]))) {
      ++at;
      continue;
    }
    const size_t size = utf8_size_at(text, at);
    const std::string instead = replacement(text.substr(at, size));
    const size_t next = at + std::max<size_t>(size, 1);
    if (!instead.empty()) {
      out += text.substr(written, at - written);
      out += instead;
      written = next;
    }
    at = next;
  }
  out += text.substr(written);
  out.push_back('"');
}

void append_json_string(TextPen& out, std::string_view text) {
  if (is_plain(text)) {
    char* const at = out.room(text.size() + 2);
    at[0] = '"';
    TextPen::put(at + 1, text);
    at[1 + text.size()] = '"';
    out.wrote(text.size() + 2);
    return;
  }
  std::string escaped;
  append_json_string(escaped, text);
  out += escaped;
}

void append_json_number(std::string& out, double number) {
  append_number(out, number);
}
void append_json_number(TextPen& out, double number) {
  append_number(out, number);
}

std::string to_json(const YamlNode& node) {
  std::string out;
  append_node(out, node);
  return out;
}

}  // namespace simwarden
