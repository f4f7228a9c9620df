// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

// Names, blanks and numbers of PDF (ISO 32000-2, 7.2 and 7.3).
namespace simwarden {

inline constexpr std::string_view kPdfBlanks{"\0\t\n\f\r ", 6};

// A name without its "/", each "#55" undone; longer ones mean nothing.
inline constexpr size_t kPdfNameMax = 32;
struct PdfName {
  std::string name;
  size_t end;
};
PdfName read_name(std::string_view bytes, size_t begin);

// Whether a name stands there, however it is written.
bool has_name(std::string_view bytes, std::string_view name);

size_t skip_blanks_and_comments(std::string_view bytes, size_t i);

// The same at many places in turn: linear in the bytes, however many of these
// stand in one comment. REQUIRES: each place is behind the one before.
class PdfBlanks {
 public:
  explicit PdfBlanks(std::string_view bytes) : bytes_(bytes) {}

  size_t skip(size_t i);

 private:
  std::string_view bytes_;
  size_t end_ = 0;  // of the comments that were skipped last, with what follows
};

// "/Width 120" -> 120; 0 when the name is not there.
uint64_t number_of(std::string_view dictionary, std::string_view name);

}  // namespace simwarden
