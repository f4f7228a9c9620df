// SPDX-License-Identifier: Apache-2.0
#include "document/xml.h"

#include <charconv>

#include <unicode/utf8.h>

#include "text/charset.h"

namespace simwarden {
namespace {

using namespace std::string_view_literals;

constexpr std::string_view kBlanks = " \t\r\n";
constexpr std::string_view kWideLittle = "<\0"sv;
constexpr std::string_view kWideBig = "\0<"sv;

std::string_view without_prefix(std::string_view name) {
  return name.substr(name.find(':') + 1);
}

// What the declaration names; "" when there is none.
std::string_view declared_charset(std::string_view bytes) {
  if (!bytes.starts_with("<?xml")) return {};
  constexpr size_t kDeclarationMax = 256;
  bytes = bytes.substr(0, std::min(bytes.find("?>"), kDeclarationMax));
  const size_t at = bytes.find("encoding");
  if (at == bytes.npos) return {};
  const size_t open = bytes.find_first_of("\"'", at);
  if (open == bytes.npos) return {};
  const size_t end = bytes.find_first_of("\"'", open + 1);
  return bytes.substr(open + 1, end - open - 1);
}

std::string_view charset_of(std::string_view bytes) {
  if (bytes.starts_with(kWideLittle)) return "utf-16le";
  if (bytes.starts_with(kWideBig)) return "utf-16be";
  return declared_charset(bytes);
}

bool is_utf8(std::string_view bytes) {
  if (const CharsetMark* mark = find_mark(bytes)) {
    return mark->charset == "utf-8";
  }
  const std::string_view label = charset_of(bytes);
  if (label.empty()) return true;
  const auto charset = find_charset(label);
  return !charset || charset->is_utf8();
}

void add_number(uint32_t number, std::string& to) {
  constexpr uint32_t kBeyond = 0x110000;
  constexpr uint32_t kReplacement = 0xFFFD;
  const bool is_half = number >= 0xD800 && number < 0xE000;
  if (number == 0 || number >= kBeyond || is_half) number = kReplacement;
  char units[U8_MAX_LENGTH];
  size_t size = 0;
  U8_APPEND_UNSAFE(units, size, number);
  to.append(units, size);
}

// "amp", "#8203" or "#x200B"; false for what nobody knows.
bool add_entity(std::string_view name, std::string& to) {
  struct Row {
    std::string_view name;
    char meant;
  };
  constexpr Row kRows[] = {
      {"amp", '&'}, {"lt", '<'}, {"gt", '>'}, {"quot", '"'}, {"apos", '\''}};
  for (const Row& row : kRows) {
    if (row.name != name) continue;
    to += row.meant;
    return true;
  }
  if (!name.starts_with('#')) return false;
  name.remove_prefix(1);
  const int base = name.starts_with('x') ? 16 : 10;
  if (base == 16) name.remove_prefix(1);
  uint32_t number = 0;
  const char* end = name.data() + name.size();
  const auto [at, error] = std::from_chars(name.data(), end, number, base);
  if (at != end || error != std::errc()) return false;
  add_number(number, to);
  return true;
}

// The ">" that ends a tag; none stands in quotes.
size_t find_tag_end(std::string_view text) {
  for (size_t at = text.find_first_of(">\"'"); at != text.npos;
       at = text.find_first_of(">\"'", at + 1)) {
    if (text[at] == '>') return at;
    at = text.find(text[at], at + 1);
    if (at == text.npos) break;
  }
  return text.npos;
}

}  // namespace

XmlReader::XmlReader(std::string_view bytes) : rest_(behind_utf8_mark(bytes)) {
  if (is_utf8(bytes)) return;
  Utf8Text text = to_utf8(bytes, charset_of(bytes));
  partly_ = text.cut;
  own_ = std::move(text.view.text);
  rest_ = own_;
}

std::optional<XmlPiece> XmlReader::next() {
  while (!rest_.empty()) {
    if (rest_.front() != '<') {
      XmlPiece piece;
      piece.body = rest_.substr(0, rest_.find('<'));
      rest_.remove_prefix(piece.body.size());
      return piece;
    }
    constexpr std::string_view kCdata = "<![CDATA[";
    if (rest_.starts_with(kCdata)) {
      XmlPiece piece{.literal = true};
      piece.body = rest_.substr(kCdata.size());
      piece.body = piece.body.substr(0, piece.body.find("]]>"));
      skip(kCdata, "]]>");
      return piece;
    }
    if (skip("<!--", "-->") || skip("<?", "?>")) continue;
    if (rest_.starts_with("<!")) {
      skip_doctype();
      continue;
    }
    if (auto found = tag()) return found;
  }
  return {};
}

std::optional<XmlPiece> XmlReader::tag() {
  const size_t end = find_tag_end(rest_);
  if (end == rest_.npos) {
    partly_ = true;
    rest_ = {};
    return {};
  }
  std::string_view inside = rest_.substr(1, end - 1);
  rest_.remove_prefix(end + 1);
  XmlPiece piece{.what = XmlPiece::What::open};
  if (inside.starts_with('/')) {
    piece.what = XmlPiece::What::close;
    inside.remove_prefix(1);
  } else if (inside.ends_with('/')) {
    piece.alone = true;
    inside.remove_suffix(1);
  }
  const size_t name_end =
      std::min(inside.find_first_of(kBlanks), inside.size());
  piece.name = without_prefix(inside.substr(0, name_end));
  piece.body = inside.substr(name_end);
  return piece;
}

// False when nothing of the kind begins here.
bool XmlReader::skip(std::string_view begin, std::string_view end) {
  if (!rest_.starts_with(begin)) return false;
  const size_t at = rest_.find(end, begin.size());
  partly_ = partly_ || at == rest_.npos;
  rest_.remove_prefix(at == rest_.npos ? rest_.size() : at + end.size());
  return true;
}

// Office files have none (ISO 29500-2, 9.1.1.3); what it declares is not read.
void XmlReader::skip_doctype() {
  partly_ = true;
  const size_t end = rest_.find_first_of("[>");
  if (end == rest_.npos || rest_[end] == '>') {
    rest_.remove_prefix(end == rest_.npos ? rest_.size() : end + 1);
    return;
  }
  const size_t close = rest_.find(']', end);
  rest_.remove_prefix(close == rest_.npos ? rest_.size() : close + 1);
  rest_.remove_prefix(std::min(rest_.find('>'), rest_.size()));
  if (!rest_.empty()) rest_.remove_prefix(1);
}

bool may_be_xml(std::string_view bytes) {
  if (bytes.starts_with(kWideLittle) || bytes.starts_with(kWideBig)) {
    return true;
  }
  if (const CharsetMark* mark = find_mark(bytes)) {
    return mark->charset != "utf-8" ||
           bytes.substr(mark->bytes.size()).starts_with('<');
  }
  const size_t first = bytes.find_first_not_of(kBlanks);
  return first != bytes.npos && bytes[first] == '<';
}

std::string xml_text(std::string_view text) {
  constexpr size_t kEntityMax = 12;
  std::string out;
  size_t at = 0;
  while (at < text.size()) {
    const size_t sign = std::min(text.find('&', at), text.size());
    out.append(text.substr(at, sign - at));
    at = sign;
    if (at == text.size()) break;
    const size_t end = text.substr(at, kEntityMax).find(';');
    if (end != text.npos && add_entity(text.substr(at + 1, end - 1), out)) {
      at += end + 1;
    } else {
      out += text[at++];
    }
  }
  return out;
}

std::optional<std::string> xml_attribute(std::string_view body,
                                         std::string_view name) {
  while (true) {
    const size_t equals = body.find('=');
    if (equals == body.npos) return {};
    std::string_view before = body.substr(0, equals);
    while (!before.empty() && kBlanks.find(before.back()) != kBlanks.npos) {
      before.remove_suffix(1);
    }
    before.remove_prefix(before.find_last_of(kBlanks) + 1);
    const size_t open = body.find_first_of("\"'", equals);
    if (open == body.npos) return {};
    const size_t close = body.find(body[open], open + 1);
    if (close == body.npos) return {};
    if (without_prefix(before) == name) {
      return xml_text(body.substr(open + 1, close - open - 1));
    }
    body.remove_prefix(close + 1);
  }
}

}  // namespace simwarden
