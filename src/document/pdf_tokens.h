// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

// The words of PDF: of its objects, of the programs that draw pages, and of
// tables of characters (ISO 32000-2, 7.2 and 7.3). Linear in the bytes; what is
// broken is read as far as it goes.
namespace simwarden {

// A string that begins at `i`, "(…)" or "<…>", and where it ends. What is more
// than `bytes_max` is left out.
struct PdfString {
  std::string bytes;
  size_t end = 0;
};
PdfString literal_string(std::string_view bytes, size_t i, size_t bytes_max);
PdfString hex_string(std::string_view bytes, size_t i, size_t bytes_max);

struct PdfToken {
  enum class Kind : uint8_t {
    end,
    number,
    name,    // without its "/"
    string,  // as it is meant
    word,    // "obj", "R", "Tj"
    open,    // "[" or "<<"
    close,   // "]" or ">>"
  };
  bool is(std::string_view expected) const {
    return kind == Kind::word && text == expected;
  }

  Kind kind = Kind::end;
  double number = 0;
  std::string text;
  size_t begin = 0;
  size_t end = 0;
};

class PdfTokens {
 public:
  explicit PdfTokens(std::string_view bytes, size_t at = 0)
      : bytes_(bytes), at_(at) {}

  PdfToken next();
  size_t at() const { return at_; }
  void go_to(size_t at) { at_ = at; }
  std::string_view bytes() const { return bytes_; }

 private:
  void read_number(PdfToken& out);

  std::string_view bytes_;
  size_t at_;
};

// "9 0 R"
std::optional<uint32_t> reference_in(std::string_view value);
std::optional<uint32_t> next_reference(PdfTokens& tokens);

// The members of a dictionary that begins in `bytes`, before anything else:
// their names, and their values as they are written. At most `most`.
inline constexpr size_t kPdfMembersMax = 10'000;
using PdfMembers = std::vector<std::pair<std::string, std::string_view>>;
PdfMembers members_of(std::string_view bytes, size_t most = kPdfMembersMax);
// "" when there is none.
std::string_view value_of(const PdfMembers& members, std::string_view name);

}  // namespace simwarden
