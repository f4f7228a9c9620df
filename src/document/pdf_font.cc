// SPDX-License-Identifier: Apache-2.0
#include "document/pdf_font.h"

#include <algorithm>
#include <charconv>
#include <iterator>
#include <optional>

#include <unicode/unistr.h>

#include "diag/ascii.h"
#include "diag/hex.h"
#include "document/names.h"
#include "text/charset.h"

namespace simwarden {
namespace {

using namespace std::string_view_literals;
using Kind = PdfToken::Kind;

std::u16string utf16_of(std::string_view utf8) {
  const auto text = icu::UnicodeString::fromUTF8(
      icu::StringPiece(utf8.data(), static_cast<int32_t>(utf8.size())));
  return {text.getBuffer(), static_cast<size_t>(text.length())};
}

std::u16string one(char32_t character) {
  const icu::UnicodeString text(static_cast<UChar32>(character));
  return {text.getBuffer(), static_cast<size_t>(text.length())};
}

uint32_t number_of_bytes(std::string_view bytes) {
  uint32_t out = 0;
  for (const char c : bytes) out = out << 8 | static_cast<uint8_t>(c);
  return out;
}

// --- names of signs ---------------------------------------------------------

struct Sign {
  std::string_view name;
  std::u16string_view text;
};
// Of the Adobe Glyph List, what ASCII has besides letters, and what links and
// prices are written with. One letter is its own name.
constexpr Sign kSigns[] = {
    {"space", u" "},
    {"exclam", u"!"},
    {"quotedbl", u"\""},
    {"numbersign", u"#"},
    {"dollar", u"$"},
    {"percent", u"%"},
    {"ampersand", u"&"},
    {"quotesingle", u"'"},
    {"parenleft", u"("},
    {"parenright", u")"},
    {"asterisk", u"*"},
    {"plus", u"+"},
    {"comma", u","},
    {"hyphen", u"-"},
    {"minus", u"-"},
    {"period", u"."},
    {"slash", u"/"},
    {"zero", u"0"},
    {"one", u"1"},
    {"two", u"2"},
    {"three", u"3"},
    {"four", u"4"},
    {"five", u"5"},
    {"six", u"6"},
    {"seven", u"7"},
    {"eight", u"8"},
    {"nine", u"9"},
    {"colon", u":"},
    {"semicolon", u";"},
    {"less", u"<"},
    {"equal", u"="},
    {"greater", u">"},
    {"question", u"?"},
    {"at", u"@"},
    {"bracketleft", u"["},
    {"backslash", u"\\"},
    {"bracketright", u"]"},
    {"asciicircum", u"^"},
    {"underscore", u"_"},
    {"grave", u"`"},
    {"braceleft", u"{"},
    {"bar", u"|"},
    {"braceright", u"}"},
    {"asciitilde", u"~"},
    {"quoteleft", u"\u2018"},
    {"quoteright", u"\u2019"},
    {"quotedblleft", u"\u201C"},
    {"quotedblright", u"\u201D"},
    {"endash", u"\u2013"},
    {"emdash", u"\u2014"},
    {"bullet", u"\u2022"},
    {"ellipsis", u"\u2026"},
    {"fi", u"fi"},
    {"fl", u"fl"},
    {"ff", u"ff"},
    {"ffi", u"ffi"},
    {"ffl", u"ffl"},
    {"germandbls", u"\u00DF"},
    {"ae", u"\u00E6"},
    {"AE", u"\u00C6"},
    {"oe", u"\u0153"},
    {"OE", u"\u0152"},
    {"dotlessi", u"\u0131"},
    {"Euro", u"\u20AC"},
    {"sterling", u"\u00A3"},
    {"yen", u"\u00A5"},
    {"cent", u"\u00A2"},
    {"degree", u"\u00B0"},
    {"copyright", u"\u00A9"},
    {"registered", u"\u00AE"},
    {"trademark", u"\u2122"},
};
// "eacute" is "e" and the mark.
constexpr Sign kMarks[] = {
    {"grave", u"\u0300"},      {"acute", u"\u0301"},
    {"circumflex", u"\u0302"}, {"tilde", u"\u0303"},
    {"macron", u"\u0304"},     {"breve", u"\u0306"},
    {"dotaccent", u"\u0307"},  {"dieresis", u"\u0308"},
    {"ring", u"\u030A"},       {"hungarumlaut", u"\u030B"},
    {"caron", u"\u030C"},      {"cedilla", u"\u0327"},
    {"ogonek", u"\u0328"},
};

template <size_t size>
std::u16string_view find_sign(const Sign (&signs)[size],
                              std::string_view name) {
  const auto* found =
      std::find_if(std::begin(signs), std::end(signs),
                   [&](const Sign& sign) { return sign.name == name; });
  return found == std::end(signs) ? std::u16string_view() : found->text;
}

// "uni0041", "u1F600"
std::u16string by_number(std::string_view name) {
  const size_t front = name.starts_with("uni") ? 3 : 1;
  if (!name.starts_with('u') || name.size() < front + 4 ||
      name.size() > front + 6) {
    return {};
  }
  char32_t value = 0;
  for (const char c : name.substr(front)) {
    if (!is_hex_digit(c)) return {};
    value = value * 16 + static_cast<char32_t>(hex_digit(c));
  }
  return value > 0x10FFFF ? std::u16string() : one(value);
}

// "a65", where 65 is the code: fonts drawn dot by dot call their signs so.
bool is_called_by(std::string_view name, size_t code) {
  if (name.size() < 2 || !is_ascii_letter(name[0])) return false;
  size_t number = 0;
  const char* const end = name.data() + name.size();
  const auto read = std::from_chars(name.data() + 1, end, number);
  return read.ec == std::errc() && read.ptr == end && number == code;
}

std::u16string sign_named(std::string_view name) {
  name = name.substr(0, name.find('.'));  // "a.small"
  if (name.size() == 1) return utf16_of(name);
  if (const auto sign = find_sign(kSigns, name); !sign.empty()) {
    return std::u16string(sign);
  }
  if (auto number = by_number(name); !number.empty()) return number;
  if (name.empty() || !is_ascii_letter(name[0])) return {};
  const auto mark = find_sign(kMarks, name.substr(1));
  if (mark.empty()) return {};
  return utf16_of(name.substr(0, 1)).append(mark);
}

// --- encodings --------------------------------------------------------------

// The letters of a charset of one byte; that of Adobe is ASCII as far as it is
// read here.
PdfLetters letters_of(std::string_view charset) {
  PdfLetters letters;
  for (size_t code = ' '; code < letters.size(); ++code) {
    const char byte = static_cast<char>(code);
    const std::string_view bytes(&byte, 1);
    letters[code] = code < 0x80 ? utf16_of(bytes)
                                : utf16_of(to_utf8(bytes, charset).view.text);
  }
  return letters;
}

// The charset of a table of codes that has a name (9.7.5.2).
std::string_view charset_of(std::string_view name) {
  struct Row {
    std::string_view front;
    std::string_view charset;
  };
  constexpr Row kRows[] = {
      {"UniGB-", "utf-16be"},      {"UniCNS-", "utf-16be"},
      {"UniJIS", "utf-16be"},      {"UniKS-", "utf-16be"},
      {"GBK", "gb18030"},          {"GBpc-EUC", "gb18030"},
      {"GB-EUC", "gb18030"},       {"B5pc", "big5"},
      {"ETen-B5", "big5"},         {"HKscs-B5", "big5"},
      {"ETenms-B5", "big5"},       {"90ms-RKSJ", "shift_jis"},
      {"90msp-RKSJ", "shift_jis"}, {"90pv-RKSJ", "shift_jis"},
      {"EUC-", "euc-jp"},          {"KSC-EUC", "euc-kr"},
      {"KSCms-UHC", "euc-kr"},     {"KSCpc-EUC", "euc-kr"},
  };
  for (const auto& [front, charset] : kRows) {
    if (name.starts_with(front)) return charset;
  }
  return {};
}

std::string name_in(std::string_view value) {
  const PdfToken token = PdfTokens(value).next();
  return token.kind == Kind::name ? token.text : std::string();
}

std::optional<double> number_in(std::string_view value) {
  const PdfToken token = PdfTokens(value).next();
  if (token.kind != Kind::number) return {};
  return token.number;
}

constexpr double kEm = 1000;

}  // namespace

// --- character maps ---------------------------------------------------------

void PdfCharacterMap::add(uint32_t first, uint32_t last,
                          std::string_view utf16_bytes) {
  if (last < first) return;
  std::u16string text;
  constexpr size_t kUnitsMax = 32;  // a code is a letter, or a few
  for (size_t i = 0; i + 1 < utf16_bytes.size() && text.size() < kUnitsMax;
       i += 2) {
    text += static_cast<char16_t>(number_of_bytes(utf16_bytes.substr(i, 2)));
  }
  ranges_.push_back({first, last, std::move(text)});
}

// Behind "beginbfchar" and "beginbfrange", up to their ends.
void PdfCharacterMap::read_ranges(PdfTokens& tokens, bool single,
                                  size_t ranges_max) {
  while (ranges_.size() < ranges_max) {
    const PdfToken first = tokens.next();
    if (first.kind != Kind::string) return;
    const PdfToken last = single ? first : tokens.next();
    code_bytes_ = std::max(code_bytes_, std::min<size_t>(first.text.size(), 4));
    uint32_t code = number_of_bytes(first.text);
    PdfToken text = tokens.next();
    if (text.kind == Kind::string) {
      add(code, number_of_bytes(last.text), text.text);
      continue;
    }
    if (text.kind != Kind::open) return;
    for (text = tokens.next();
         text.kind == Kind::string && ranges_.size() < ranges_max;
         text = tokens.next()) {
      add(code, code, text.text);
      ++code;
    }
  }
}

PdfCharacterMap PdfCharacterMap::read(std::string_view stream,
                                      size_t ranges_max) {
  PdfCharacterMap out;
  PdfTokens tokens(stream);
  for (PdfToken token = tokens.next(); token.kind != Kind::end;
       token = tokens.next()) {
    if (token.is("beginbfchar")) out.read_ranges(tokens, true, ranges_max);
    if (token.is("beginbfrange")) out.read_ranges(tokens, false, ranges_max);
  }
  out.cut_ = out.ranges_.size() >= ranges_max;
  std::stable_sort(
      out.ranges_.begin(), out.ranges_.end(),
      [](const Range& a, const Range& b) { return a.first < b.first; });
  return out;
}

std::u16string PdfCharacterMap::of(uint32_t code) const {
  const auto after = std::upper_bound(
      ranges_.begin(), ranges_.end(), code,
      [](uint32_t wanted, const Range& range) { return wanted < range.first; });
  if (after == ranges_.begin()) return {};
  const Range& range = *std::prev(after);
  if (code > range.last) return {};
  std::u16string text = range.text;
  if (!text.empty()) {
    text.back() = static_cast<char16_t>(text.back() + (code - range.first));
  }
  return text;
}

// --- fonts ------------------------------------------------------------------

PdfFont::PdfFont(const PdfMembers& font, PdfObjects& objects,
                 const std::map<uint32_t, PdfCharacterMap>& maps,
                 size_t& widths_left) {
  if (const auto object = objects.reference(value_of(font, "ToUnicode"))) {
    const auto map = maps.find(*object);
    if (map != maps.end() && !map->second.empty()) map_ = &map->second;
    lacks_letters_ = map != maps.end() && map->second.is_cut();
  }
  if (name_in(value_of(font, "Subtype")) == "Type0") {
    read_composite(font, objects, widths_left);
  } else {
    read_simple(font, objects);
  }
}

void PdfFont::read_simple(const PdfMembers& font, PdfObjects& objects) {
  const std::string_view value = objects.resolved(value_of(font, "Encoding"));
  std::string encoding = name_in(value);
  const PdfMembers members = members_of(value);
  if (encoding.empty()) encoding = name_in(value_of(members, "BaseEncoding"));
  static const PdfLetters kMac = letters_of("macintosh");
  static const PdfLetters kWindows = letters_of("windows-1252");
  letters_ = encoding == "MacRomanEncoding" ? kMac : kWindows;
  read_differences(objects.resolved(value_of(members, "Differences")));
  read_simple_widths(font, objects);
}

// "[ 65 /A /B 97 /a ]"
void PdfFont::read_differences(std::string_view array) {
  PdfTokens tokens(array);
  if (tokens.next().kind != Kind::open) return;
  size_t code = 0;
  for (PdfToken token = tokens.next();
       token.kind == Kind::number || token.kind == Kind::name;
       token = tokens.next()) {
    if (token.kind == Kind::number) {
      const bool is_code = token.number >= 0 && token.number < 256;
      code = is_code ? static_cast<size_t>(token.number) : letters_.size();
    } else if (code < letters_.size()) {
      if (!is_called_by(token.text, code)) {
        letters_[code] = sign_named(token.text);
      }
      ++code;
    }
  }
}

void PdfFont::read_simple_widths(const PdfMembers& font, PdfObjects& objects) {
  PdfTokens tokens(objects.resolved(value_of(font, "Widths")));
  if (tokens.next().kind != Kind::open) return;
  const double first =
      number_in(objects.resolved(value_of(font, "FirstChar"))).value_or(0);
  if (first < 0 || first > 255) return;
  uint32_t code = static_cast<uint32_t>(first);
  // A font that programs draw has units of its own.
  double unit = 1 / kEm;
  PdfTokens matrix(objects.resolved(value_of(font, "FontMatrix")));
  if (matrix.next().kind == Kind::open) unit = matrix.next().number;
  for (PdfToken token = tokens.next();
       token.kind == Kind::number && code < letters_.size();
       token = tokens.next()) {
    widths_.push_back({code, code, token.number * unit});
    ++code;
  }
}

void PdfFont::read_composite(const PdfMembers& font, PdfObjects& objects,
                             size_t& widths_left) {
  code_bytes_ = map_ == nullptr ? 2 : map_->code_bytes();
  if (map_ == nullptr) {
    charset_ = charset_of(name_in(value_of(font, "Encoding")));
  }
  PdfTokens inner(objects.resolved(value_of(font, "DescendantFonts")));
  if (inner.next().kind != Kind::open) return;
  PdfMembers own;
  const size_t begin = skip_blanks_and_comments(inner.bytes(), inner.at());
  const PdfMembers& descendant =
      objects.dictionary(inner.bytes().substr(begin), own);
  usual_width_ =
      number_in(objects.resolved(value_of(descendant, "DW"))).value_or(kEm) /
      kEm;
  read_composite_widths(objects.resolved(value_of(descendant, "W")),
                        widths_left);
  widths_left -= widths_.size();
}

// "[ 3 [500 250] 10 20 600 ]"
void PdfFont::read_composite_widths(std::string_view array, size_t widths_max) {
  PdfTokens tokens(array);
  if (tokens.next().kind != Kind::open) return;
  const auto add = [&](double first, double last, double width) {
    if (first < 0 || last < first || last > UINT16_MAX) return;
    if (widths_.size() >= widths_max) return;
    widths_.push_back({static_cast<uint32_t>(first),
                       static_cast<uint32_t>(last), width / kEm});
  };
  for (PdfToken first = tokens.next();
       first.kind == Kind::number && widths_.size() < widths_max;
       first = tokens.next()) {
    PdfToken next = tokens.next();
    if (next.kind == Kind::number) {
      add(first.number, next.number, tokens.next().number);
    } else if (next.kind == Kind::open) {
      double code = first.number;
      for (next = tokens.next();
           next.kind == Kind::number && widths_.size() < widths_max;
           next = tokens.next()) {
        add(code, code, next.number);
        ++code;
      }
    }
  }
  std::stable_sort(
      widths_.begin(), widths_.end(),
      [](const Width& a, const Width& b) { return a.first < b.first; });
}

std::u16string PdfFont::meaning(uint32_t code) const {
  if (map_ != nullptr) {
    std::u16string text = map_->of(code);
    if (!text.empty()) return text;
  }
  return code_bytes_ == 1 && code < letters_.size() ? letters_[code]
                                                    : std::u16string();
}

double PdfFont::width(uint32_t code) const {
  const auto after = std::upper_bound(
      widths_.begin(), widths_.end(), code,
      [](uint32_t wanted, const Width& one) { return wanted < one.first; });
  if (after == widths_.begin()) return usual_width_;
  const Width& found = *std::prev(after);
  return code > found.last ? usual_width_ : found.ems;
}

PdfFont::Shown PdfFont::show_as_charset(std::string_view string,
                                        size_t units_max) const {
  constexpr size_t kBytesMax = 4;  // of one sign, in GB 18030
  Shown out;
  const std::string_view some = string.substr(0, units_max * kBytesMax);
  out.text = utf16_of(to_utf8(some, charset_).view.text);
  out.cut = some.size() < string.size() || out.text.size() > units_max;
  out.text.resize(std::min(out.text.size(), units_max));
  out.codes = some.size() / 2;
  out.width = static_cast<double>(out.codes);
  return out;
}

PdfFont::Shown PdfFont::show(std::string_view string, size_t units_max) const {
  if (!charset_.empty()) return show_as_charset(string, units_max);
  Shown out;
  const size_t step = std::max<size_t>(code_bytes_, 1);
  for (size_t i = 0; i + step <= string.size(); i += step) {
    const uint32_t code = number_of_bytes(string.substr(i, step));
    const std::u16string text = meaning(code);
    out.cut = out.text.size() + text.size() > units_max;
    if (out.cut) return out;
    out.text += text;
    out.width += width(code);
    ++out.codes;
    if (step == 1 && code == ' ') ++out.blanks;
  }
  return out;
}

}  // namespace simwarden
