// SPDX-License-Identifier: Apache-2.0
#include "text/charset.h"

#include <algorithm>
#include <array>

#include <unicode/ucnv.h>
#include <unicode/ucnv_cb.h>
#include <unicode/ucnv_err.h>
#include <unicode/utf16.h>

#include "diag/check.h"
#include "text/pieces.h"

namespace simwarden {
namespace {

using Converter = std::unique_ptr<UConverter, decltype(&ucnv_close)>;

Converter open(const std::string& icu) {
  UErrorCode error = U_ZERO_ERROR;
  Converter converter(ucnv_open(icu.c_str(), &error), &ucnv_close);
  if (U_FAILURE(error)) converter.reset();
  return converter;
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
  const Converter converter = open(charset.converter);
  if (converter) Decoder(bytes, text).run(converter.get(), at);
}

// What a byte sequence without meaning is on the way through UTF-16: half a
// pair. No converter makes one.
constexpr char16_t kBrokenUnit = 0xDFFF;
constexpr char kBrokenByte = '\xFF';

void U_CALLCONV mark_broken(const void* context, UConverterToUnicodeArgs* args,
                            const char*, int32_t,
                            UConverterCallbackReason reason,
                            UErrorCode* error) {
  if (reason > UCNV_IRREGULAR) return;
  ++*static_cast<uint64_t*>(const_cast<void*>(context));
  *error = U_ZERO_ERROR;
  ucnv_cbToUWriteUChars(args, &kBrokenUnit, 1, 0, error);
}

void U_CALLCONV write_broken(const void*, UConverterFromUnicodeArgs* args,
                             const UChar*, int32_t, UChar32,
                             UConverterCallbackReason reason,
                             UErrorCode* error) {
  if (reason > UCNV_IRREGULAR) return;
  *error = U_ZERO_ERROR;
  ucnv_cbFromUWriteBytes(args, &kBrokenByte, 1, 0, error);
}

}  // namespace

void CharsetStream::Closer::operator()(UConverter* converter) const {
  ucnv_close(converter);
}

Charset gsm_default_alphabet() {
  return {.name = "gsm-03.38", .converter = "gsm-03.38-2009"};
}

CharsetStream::CharsetStream(const Charset& charset) {
  CHECK(!charset.is_utf8(), "UTF-8 needs no decoding");
  UErrorCode error = U_ZERO_ERROR;
  from_.reset(ucnv_open(charset.converter.c_str(), &error));
  to_.reset(ucnv_open("utf-8", &error));
  CHECK(U_SUCCESS(error), "ICU has the charsets that were found");
  ucnv_setToUCallBack(from_.get(), mark_broken, &broken_, nullptr, nullptr,
                      &error);
  ucnv_setFromUCallBack(to_.get(), write_broken, nullptr, nullptr, nullptr,
                        &error);
}

CharsetStream::~CharsetStream() = default;

void CharsetStream::decode(std::string_view bytes, bool at_end,
                           std::string& text) {
  if (bytes.empty()) bytes = "";  // ICU wants an address for nothing, too
  const char* from = bytes.data();
  const char* const stop = from + bytes.size();
  UErrorCode error = U_ZERO_ERROR;
  do {
    std::array<char, 4096> piece;
    char* to = piece.data();
    error = U_ZERO_ERROR;
    ucnv_convertEx(to_.get(), from_.get(), &to, piece.data() + piece.size(),
                   &from, stop, pivot_.data(), &pivot_read_, &pivot_write_,
                   pivot_.data() + pivot_.size(), false, at_end, &error);
    text.append(piece.data(), to);
  } while (error == U_BUFFER_OVERFLOW_ERROR);
  CHECK(U_SUCCESS(error), "what is broken was marked");
  if (!at_end) return;
  ucnv_reset(from_.get());
  ucnv_reset(to_.get());
  pivot_read_ = pivot_write_ = pivot_.data();
}

namespace {

bool is_doubtful(const Utf8Count& count, const std::optional<Charset>& declared,
                 const Utf8Text& read) {
  return declared && !declared->is_wide() && declared->name != read.charset &&
         count.good > 0 && count.bad > 0;
}

Utf8Text by_counting(std::string_view bytes, const Utf8Count& count,
                     std::optional<Charset> charset) {
  Utf8Text text;
  const bool wide = charset && charset->is_wide();
  const bool stateful = charset && charset->name.starts_with("iso-2022");
  if (count.is_utf8() && !wide && (count.good != 0 || !stateful)) {
    convert(bytes, {"utf-8", "utf-8"}, 0, text);
    return text;
  }
  text.how = Utf8Text::How::declared;
  if (!charset || charset->is_utf8()) {
    const auto guess = detect_charset(bytes);
    charset = guess ? std::optional(guess->charset) : std::nullopt;
    text.how = Utf8Text::How::detected;
  }
  if (!charset) {
    charset = Charset{"windows-1252", "windows-1252"};
    text.how = Utf8Text::How::assumed;
  }
  convert(bytes, *charset, 0, text);
  return text;
}

}  // namespace

Utf8Text to_utf8(std::string_view bytes, std::string_view declared) {
  const bool cut = bytes.size() > kCharsetBytesMax;
  bytes = bytes.substr(0, kCharsetBytesMax);
  Utf8Text text;
  if (const CharsetMark* mark = find_mark(bytes)) {
    text.how = Utf8Text::How::marked;
    const std::string name(mark->charset);
    convert(bytes, {name, name}, mark->bytes.size(), text);
  } else {
    const std::optional<Charset> charset = find_charset(declared);
    const Utf8Count count = count_utf8(bytes);
    text = by_counting(bytes, count, charset);
    if (is_doubtful(count, charset, text)) text.doubted = charset->name;
  }
  text.cut = cut;
  return text;
}

Utf8Text to_utf8_as(std::string_view bytes, std::string_view declared) {
  std::optional<Charset> charset = find_charset(declared);
  if (!charset) charset = find_hiding_charset(declared);
  CHECK(charset, "the caller has looked it up");
  Utf8Text text;
  text.how = Utf8Text::How::declared;
  text.cut = bytes.size() > kCharsetBytesMax;
  convert(bytes.substr(0, kCharsetBytesMax), *charset, 0, text);
  return text;
}

}  // namespace simwarden
