// SPDX-License-Identifier: Apache-2.0
#include "text/charset.h"

#include <algorithm>
#include <array>
#include <memory>
#include <optional>

#include <unicode/ucnv.h>
#include <unicode/ucsdet.h>
#include <unicode/utf16.h>
#include <unicode/utf8.h>

#include "text/pieces.h"

namespace simwarden {
namespace {

struct Charset {
  std::string name;  // what is told
  std::string icu;   // what ICU calls the converter
};

struct Label {
  std::string_view label;
  std::string_view name;
  std::string_view icu;
};

// Where the Encoding Standard (4.2, "Names and labels") reads a label as a
// larger charset than ICU does. ICU's other names and aliases are as good.
constexpr std::array kLabels = {
    Label{"big5", "big5", "big5-hkscs"},
    Label{"cp936", "gb18030", "gb18030"},
    Label{"euc-kr", "euc-kr", "windows-949"},
    Label{"euckr", "euc-kr", "windows-949"},
    Label{"gb18030", "gb18030", "gb18030"},
    Label{"gb2312", "gb18030", "gb18030"},
    Label{"gb_2312", "gb18030", "gb18030"},
    Label{"gb_2312-80", "gb18030", "gb18030"},
    Label{"gbk", "gb18030", "gb18030"},
    Label{"iso-8859-1", "windows-1252", "windows-1252"},
    Label{"iso-8859-11", "windows-874", "windows-874-2000"},
    Label{"iso-8859-9", "windows-1254", "windows-1254"},
    Label{"ks_c_5601-1987", "euc-kr", "windows-949"},
    Label{"latin1", "windows-1252", "windows-1252"},
    Label{"shift-jis", "shift_jis", "ibm-943_P15A-2003"},
    Label{"shift_jis", "shift_jis", "ibm-943_P15A-2003"},
    Label{"sjis", "shift_jis", "ibm-943_P15A-2003"},
    Label{"tis-620", "windows-874", "windows-874-2000"},
    Label{"utf8", "utf-8", "utf-8"},
    Label{"windows-874", "windows-874", "windows-874-2000"},
    Label{"x-gbk", "gb18030", "gb18030"},
    Label{"x-sjis", "shift_jis", "ibm-943_P15A-2003"},
};

// Text in these can look like other ASCII than it is: a filter that reads them
// otherwise than the victim's program is blind. And ASCII: of bytes beyond it,
// it says nothing.
constexpr std::array<std::string_view, 10> kRefused = {
    "ascii", "us-ascii",   "utf-7",       "utf7",        "unicode-1-1-utf-7",
    "hz",    "hz-gb-2312", "iso-2022-cn", "iso-2022-kr", "imap-mailbox-name"};

std::string lower(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\r\n\"'";
  const size_t first = std::min(text.find_first_not_of(kBlanks), text.size());
  const size_t last = text.find_last_not_of(kBlanks);
  std::string small(
      text.substr(first, last == text.npos ? 0 : last - first + 1));
  for (char& c : small) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
  }
  return small;
}

using Converter = std::unique_ptr<UConverter, decltype(&ucnv_close)>;

Converter open(const std::string& icu) {
  UErrorCode error = U_ZERO_ERROR;
  Converter converter(ucnv_open(icu.c_str(), &error), &ucnv_close);
  if (U_FAILURE(error)) converter.reset();
  return converter;
}

bool is_wide(std::string_view name) {
  return name.starts_with("utf-16") || name.starts_with("utf-32");
}

}  // namespace

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

std::optional<Charset> charset_of(std::string_view label) {
  constexpr size_t kLabelMax = 60;  // ICU's own bound
  const std::string small = lower(label);
  if (small.empty() || small.size() > kLabelMax) return std::nullopt;
  if (std::find(kRefused.begin(), kRefused.end(), small) != kRefused.end()) {
    return std::nullopt;
  }
  const auto* known =
      std::find_if(kLabels.begin(), kLabels.end(),
                   [&](const Label& l) { return l.label == small; });
  if (known != kLabels.end()) {
    return Charset{std::string(known->name), std::string(known->icu)};
  }
  const Converter converter = open(small);
  if (!converter) return std::nullopt;
  UErrorCode error = U_ZERO_ERROR;
  const UConverterType type = ucnv_getType(converter.get());
  const char* name = ucnv_getName(converter.get(), &error);
  const std::string own = U_FAILURE(error) ? small : lower(name);
  // The same charsets by another alias.
  const bool refused = type == UCNV_UTF7 || type == UCNV_HZ ||
                       own.starts_with("iso_2022,locale=zh") ||
                       own.starts_with("iso_2022,locale=ko") ||
                       type == UCNV_IMAP_MAILBOX || type == UCNV_SCSU ||
                       type == UCNV_BOCU1 || type == UCNV_CESU8;
  if (refused || !(is_wide(small) || keeps_ascii(converter.get()))) {
    return std::nullopt;
  }
  return Charset{small, small};
}

struct Mark {
  std::string_view bytes;
  std::string_view charset;
};

// The longest first: UTF-32LE begins as UTF-16LE does.
constexpr std::array kMarks = {
    Mark{std::string_view("\0\0\xFE\xFF", 4), "utf-32be"},
    Mark{std::string_view("\xFF\xFE\0\0", 4), "utf-32le"},
    Mark{"\xEF\xBB\xBF", "utf-8"},
    Mark{"\xFE\xFF", "utf-16be"},
    Mark{"\xFF\xFE", "utf-16le"},
};

struct Utf8Count {
  size_t good = 0;  // characters beyond ASCII
  size_t bad = 0;   // sequences that are none
};

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

// Text in another charset has hardly a valid sequence in it; one bad byte in a
// text that was glued together does not make it another charset's.
bool is_utf8(const Utf8Count& count) {
  constexpr size_t kGoodToOneBad = 4;
  return count.good >= kGoodToOneBad * count.bad;
}

// More bytes make ICU's detector slower and no surer.
constexpr size_t kDetectBytesMax = size_t{64} << 10;
// Of 100; below it the detector's first guess is wrong more often than not.
constexpr int32_t kConfidenceMin = 20;

std::optional<Charset> detect(std::string_view bytes) {
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
  return charset_of(name);
}

void U_CALLCONV count_and_replace(const void* context,
                                  UConverterToUnicodeArgs* args,
                                  const char* units, int32_t length,
                                  UConverterCallbackReason reason,
                                  UErrorCode* error) {
  if (reason <= UCNV_IRREGULAR) {
    auto* replaced = static_cast<uint32_t*>(const_cast<void*>(context));
    *replaced += static_cast<uint32_t>(length);
  }
  UCNV_TO_U_CALLBACK_SUBSTITUTE(nullptr, args, units, length, reason, error);
}

// Decodes all of `bytes` from `at` on into `text`.
class Decoder {
 public:
  Decoder(std::string_view bytes, Utf8Text& text)
      : bytes_(bytes), writer_(text.view, bytes), text_(text) {}

  void run(UConverter* converter, size_t at) {
    UErrorCode error = U_ZERO_ERROR;
    ucnv_setToUCallBack(converter, count_and_replace, &text_.replaced, nullptr,
                        nullptr, &error);
    const char* from = bytes_.data() + at;
    const char* const stop = bytes_.data() + bytes_.size();
    do {
      constexpr size_t kUnits = 4096;
      std::array<UChar, kUnits> units;
      std::array<int32_t, kUnits> offsets;
      const auto base = static_cast<uint32_t>(from - bytes_.data());
      UChar* to = units.data();
      error = U_ZERO_ERROR;
      ucnv_toUnicode(converter, &to, to + kUnits, &from, stop, offsets.data(),
                     true, &error);
      const auto got = static_cast<size_t>(to - units.data());
      for (size_t i = 0; i < got; ++i) {
        const bool known = offsets[i] >= 0;
        take(units[i], known ? base + static_cast<uint32_t>(offsets[i]) : base);
      }
    } while (error == U_BUFFER_OVERFLOW_ERROR);
    flush(static_cast<uint32_t>(bytes_.size()));
  }

 private:
  void take(UChar unit, uint32_t begin) {
    if (U16_IS_TRAIL(unit) && U16_IS_LEAD(pending_.c)) {
      pending_.c = static_cast<char32_t>(
          U16_GET_SUPPLEMENTARY(static_cast<UChar>(pending_.c), unit));
      return;
    }
    flush(begin);
    pending_ = {unit, std::max(begin, pending_.begin), 0};
    waits_ = true;
  }

  // The character that waits ends where the next one begins.
  void flush(uint32_t end) {
    if (!waits_) return;
    constexpr char32_t kReplacement = 0xFFFD;
    if (U16_IS_SURROGATE(pending_.c)) pending_.c = kReplacement;
    // Two characters of one sequence share its bytes.
    pending_.end = std::max(end, pending_.begin + 1);
    writer_.put(pending_);
    waits_ = false;
  }

  std::string_view bytes_;
  ViewWriter writer_;
  Utf8Text& text_;
  Piece pending_;
  bool waits_ = false;
};

void convert(std::string_view bytes, const Charset& charset, size_t at,
             Utf8Text& text) {
  text.charset = charset.name;
  const Converter converter = open(charset.icu);
  if (converter) Decoder(bytes, text).run(converter.get(), at);
}

Utf8Text to_utf8(std::string_view bytes, std::string_view declared) {
  Utf8Text text;
  text.cut = bytes.size() > kCharsetBytesMax;
  bytes = bytes.substr(0, kCharsetBytesMax);
  for (const Mark& mark : kMarks) {
    if (!bytes.starts_with(mark.bytes)) continue;
    text.how = Utf8Text::How::marked;
    const std::string name(mark.charset);
    convert(bytes, {name, name}, mark.bytes.size(), text);
    return text;
  }
  std::optional<Charset> charset = charset_of(declared);
  const Utf8Count count = count_utf8(bytes);
  const bool wide = charset && is_wide(charset->name);
  const bool stateful = charset && charset->name.starts_with("iso-2022");
  if (is_utf8(count) && !wide && (count.good != 0 || !stateful)) {
    convert(bytes, {"utf-8", "utf-8"}, 0, text);
    return text;
  }
  text.how = Utf8Text::How::declared;
  if (!charset || charset->name == "utf-8") {
    charset = detect(bytes);
    text.how = Utf8Text::How::detected;
  }
  if (!charset) {
    charset = Charset{"windows-1252", "windows-1252"};
    text.how = Utf8Text::How::assumed;
  }
  convert(bytes, *charset, 0, text);
  return text;
}

}  // namespace simwarden
