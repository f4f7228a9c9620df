// SPDX-License-Identifier: Apache-2.0
// Which charset a text is in: by a label, by a mark, by its bytes.
#include <algorithm>
#include <map>

#include <unicode/ucnv.h>
#include <unicode/ucsdet.h>
#include <unicode/utf8.h>

#include "diag/ascii.h"
#include "text/charset.h"
#include "text/tables.h"

namespace simwarden {
namespace {

using Converter = std::unique_ptr<UConverter, decltype(&ucnv_close)>;
using Labels = std::map<std::string, Charset, std::less<>>;

Labels read_labels() {
  Labels labels;
  for (const TableRow& row : rows_of(tables::charsets, 3)) {
    const Charset charset{std::string(row[0]), std::string(row[1])};
    std::string_view rest = row[2];
    while (!rest.empty()) {
      const size_t end = std::min(rest.find(' '), rest.size());
      labels.emplace(rest.substr(0, end), charset);
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
  }
  return labels;
}

const Labels& labels() {
  static const Labels kLabels = read_labels();
  return kLabels;
}

// Text in these can look like other ASCII than it is: a filter that reads them
// otherwise than the victim's program is blind. And ASCII: of bytes beyond it,
// it says nothing.
constexpr std::array<std::string_view, 10> kRefused = {
    "ascii", "us-ascii",   "utf-7",       "utf7",        "unicode-1-1-utf-7",
    "hz",    "hz-gb-2312", "iso-2022-cn", "iso-2022-kr", "imap-mailbox-name"};

constexpr size_t kLabelMax = 60;  // ICU's own bound

std::string plain_name(std::string_view text) {
  return small_letters(trimmed(text, " \t\r\n\"'"));
}

// EBCDIC and its like do not: nothing that people exchange is in these.
bool keeps_ascii(UConverter* converter) {
  constexpr std::string_view kSome = "AZaz09@./:";
  UErrorCode error = U_ZERO_ERROR;
  std::array<UChar, 2 * kSome.size()> units{};
  const int32_t size =
      ucnv_toUChars(converter, units.data(), units.size(), kSome.data(),
                    static_cast<int32_t>(kSome.size()), &error);
  ucnv_reset(converter);
  return U_SUCCESS(error) && static_cast<size_t>(size) == kSome.size() &&
         std::equal(kSome.begin(), kSome.end(), units.begin());
}

// A name that only ICU knows.
std::optional<Charset> find_in_icu(const std::string& label) {
  UErrorCode error = U_ZERO_ERROR;
  const Converter converter(ucnv_open(label.c_str(), &error), &ucnv_close);
  if (U_FAILURE(error)) return std::nullopt;
  const UConverterType type = ucnv_getType(converter.get());
  const char* name = ucnv_getName(converter.get(), &error);
  const std::string own = U_FAILURE(error) ? label : plain_name(name);
  // The refused charsets by another alias.
  const bool refused = type == UCNV_UTF7 || type == UCNV_HZ ||
                       own.starts_with("iso_2022,locale=zh") ||
                       own.starts_with("iso_2022,locale=ko") ||
                       type == UCNV_IMAP_MAILBOX || type == UCNV_SCSU ||
                       type == UCNV_BOCU1 || type == UCNV_CESU8;
  const Charset charset{label, label};
  if (refused) return std::nullopt;
  if (!charset.is_wide() && !keeps_ascii(converter.get())) return std::nullopt;
  return charset;
}

constexpr std::string_view kUtf8Mark = "\xEF\xBB\xBF";

// The longest first: UTF-32LE begins as UTF-16LE does.
constexpr std::array kMarks = {
    CharsetMark{std::string_view("\0\0\xFE\xFF", 4), "utf-32be"},
    CharsetMark{std::string_view("\xFF\xFE\0\0", 4), "utf-32le"},
    CharsetMark{kUtf8Mark, "utf-8"},
    CharsetMark{"\xFE\xFF", "utf-16be"},
    CharsetMark{"\xFF\xFE", "utf-16le"},
};

// Of 100; below it the detector's first guess is wrong more often than not.
constexpr int32_t kConfidenceMin = 20;

// A stray byte or two in ASCII are a mistake, not a charset.
constexpr uint64_t kForeignMin = 8;
// The detector looks at what is common in a charset, not at what is nothing in
// it; a text in windows-1256 it calls ISO-8859-6.
constexpr uint64_t kForeignToOneBroken = 50;

bool is_readable(std::string_view bytes, const Charset& charset) {
  if (charset.is_utf8()) return true;
  const auto foreign = static_cast<uint64_t>(std::count_if(
      bytes.begin(), bytes.end(), [](char c) { return (c & 0x80) != 0; }));
  if (foreign < kForeignMin && !charset.is_wide()) return false;
  CharsetStream stream(charset);
  std::string text;
  stream.decode(bytes, false, text);
  return foreign >= kForeignToOneBroken * stream.broken();
}

// In a charset of single bytes any byte means something, so that a guess has
// only its confidence; a short Chinese text is guessed so at up to this.
constexpr int32_t kUnsureMax = 50;

bool is_single_byte(const Charset& charset) {
  UErrorCode error = U_ZERO_ERROR;
  const std::unique_ptr<UConverter, decltype(&ucnv_close)> converter(
      ucnv_open(charset.converter.c_str(), &error), &ucnv_close);
  return U_SUCCESS(error) && ucnv_getMaxCharSize(converter.get()) == 1;
}

// Every character beyond ASCII is one of a charset with several bytes.
bool may_be_chinese(std::string_view bytes) {
  for (const std::string_view label : {"gb18030", "big5"}) {
    CharsetStream stream(*find_charset(label));
    std::string text;
    stream.decode(bytes, false, text);
    if (stream.broken() == 0) return true;
  }
  return false;
}

}  // namespace

std::optional<Charset> find_charset(std::string_view label) {
  const std::string small = plain_name(label);
  if (small.empty() || small.size() > kLabelMax) return std::nullopt;
  if (std::find(kRefused.begin(), kRefused.end(), small) != kRefused.end()) {
    return std::nullopt;
  }
  const auto known = labels().find(small);
  return known != labels().end() ? known->second : find_in_icu(small);
}

std::optional<Charset> find_hiding_charset(std::string_view label) {
  const std::string small = plain_name(label);
  if (small.empty() || small.size() > kLabelMax) return std::nullopt;
  if (small.ends_with("ascii") || find_charset(label)) return std::nullopt;
  UErrorCode error = U_ZERO_ERROR;
  const Converter converter(ucnv_open(small.c_str(), &error), &ucnv_close);
  if (U_FAILURE(error)) return std::nullopt;
  return Charset{small, small};
}

std::vector<std::string> charset_labels() {
  std::vector<std::string> names;
  for (const auto& [label, charset] : labels()) names.push_back(label);
  return names;
}

const CharsetMark* find_mark(std::string_view bytes) {
  const auto* found = std::find_if(
      kMarks.begin(), kMarks.end(),
      [&](const CharsetMark& mark) { return bytes.starts_with(mark.bytes); });
  return found == kMarks.end() ? nullptr : found;
}

std::string_view behind_utf8_mark(std::string_view text) {
  return text.substr(text.starts_with(kUtf8Mark) ? kUtf8Mark.size() : 0);
}

Utf8Count count_utf8(std::string_view bytes) {
  const auto* data = reinterpret_cast<const uint8_t*>(bytes.data());
  const auto size = static_cast<int32_t>(bytes.size());
  Utf8Count count;
  for (int32_t at = 0; at < size;) {
    const int32_t begin = at;
    UChar32 c = 0;
    U8_NEXT(data, at, size, c);
    count.good += c >= 0x80 ? 1 : 0;
    // A text that was cut may end in half a character.
    const bool half = at == size && U8_IS_LEAD(data[begin]) && count.good != 0;
    count.bad += c < 0 && !half ? 1 : 0;
  }
  return count;
}

std::optional<CharsetGuess> detect_charset(std::string_view bytes) {
  bytes = bytes.substr(0, kDetectBytesMax);
  UErrorCode error = U_ZERO_ERROR;
  const std::unique_ptr<UCharsetDetector, decltype(&ucsdet_close)> detector(
      ucsdet_open(&error), &ucsdet_close);
  ucsdet_setText(detector.get(), bytes.data(),
                 static_cast<int32_t>(bytes.size()), &error);
  const UCharsetMatch* match = ucsdet_detect(detector.get(), &error);
  if (U_FAILURE(error) || match == nullptr) return std::nullopt;
  const int32_t confidence = ucsdet_getConfidence(match, &error);
  const char* name = ucsdet_getName(match, &error);
  if (U_FAILURE(error) || confidence < kConfidenceMin) return std::nullopt;
  const auto charset = find_charset(name);
  if (!charset || !is_readable(bytes, *charset)) return std::nullopt;
  if (confidence <= kUnsureMax && is_single_byte(*charset) &&
      may_be_chinese(bytes)) {
    return std::nullopt;
  }
  return CharsetGuess{*charset, confidence};
}

}  // namespace simwarden
