// SPDX-License-Identifier: Apache-2.0
#include "document/names.h"

#include <algorithm>

#include "diag/ascii.h"
#include "diag/hex.h"

namespace simwarden {

PdfName read_name(std::string_view bytes, size_t begin) {
  constexpr std::string_view kEnds{"\0\t\n\f\r ()<>[]{}/%", 16};
  PdfName out{"", begin};
  size_t& i = out.end;
  for (; i < bytes.size() && kEnds.find(bytes[i]) == kEnds.npos; ++i) {
    char c = bytes[i];
    if (c == '#' && i + 2 < bytes.size() && hex_digit(bytes[i + 1]) >= 0 &&
        hex_digit(bytes[i + 2]) >= 0) {
      c = static_cast<char>(hex_digit(bytes[i + 1]) * 16 +
                            hex_digit(bytes[i + 2]));
      i += 2;
    }
    if (out.name.size() <= kPdfNameMax) out.name += c;
  }
  return out;
}

bool has_name(std::string_view bytes, std::string_view name) {
  for (size_t at = bytes.find('/'); at != bytes.npos;
       at = bytes.find('/', at)) {
    if (read_name(bytes, ++at).name == name) return true;
  }
  return false;
}

size_t skip_blanks_and_comments(std::string_view bytes, size_t i) {
  while (true) {
    i = std::min(bytes.find_first_not_of(kPdfBlanks, i), bytes.size());
    if (i == bytes.size() || bytes[i] != '%') return i;
    i = std::min(bytes.find_first_of("\r\n", i), bytes.size());
  }
}

size_t PdfBlanks::skip(size_t i) {
  i = std::min(bytes_.find_first_not_of(kPdfBlanks, i), bytes_.size());
  if (i == bytes_.size() || bytes_[i] != '%') return i;
  if (i >= end_) end_ = skip_blanks_and_comments(bytes_, i);
  return end_;
}

uint64_t number_of(std::string_view dictionary, std::string_view name) {
  PdfBlanks blanks(dictionary);
  for (size_t at = dictionary.find('/'); at != dictionary.npos;
       at = dictionary.find('/', at)) {
    const PdfName found = read_name(dictionary, ++at);
    if (found.name != name) continue;
    uint64_t value = 0;
    constexpr size_t kDigitsMax = 6;
    const size_t first = blanks.skip(found.end);
    size_t i = first;
    while (i < dictionary.size() && i - first < kDigitsMax &&
           is_digit(dictionary[i])) {
      value = value * 10 + static_cast<uint64_t>(dictionary[i++] - '0');
    }
    if (i > first) return value;
  }
  return 0;
}

}  // namespace simwarden
