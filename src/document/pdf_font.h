// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "document/pdf_objects.h"

// What the codes of a text in a PDF mean, and how wide they are drawn
// (ISO 32000-2, 9.6 to 9.10).
namespace simwarden {

// A stream that says which characters codes stand for (9.10.3).
class PdfCharacterMap {
 public:
  // Of at most so many ranges.
  static PdfCharacterMap read(std::string_view stream, size_t ranges_max);
  size_t size() const { return ranges_.size(); }
  bool empty() const { return ranges_.empty(); }
  bool is_cut() const { return cut_; }
  // The bytes of a code; 0 when it does not say.
  size_t code_bytes() const { return code_bytes_; }
  // UTF-16; "" when it has none.
  std::u16string of(uint32_t code) const;

 private:
  struct Range {
    uint32_t first;
    uint32_t last;
    std::u16string text;  // of the first; its last unit counts up
  };
  void read_ranges(PdfTokens& tokens, bool single, size_t ranges_max);
  void add(uint32_t first, uint32_t last, std::string_view utf16_bytes);

  std::vector<Range> ranges_;  // by `first`
  bool cut_ = false;           // there may be more
  size_t code_bytes_ = 0;
};

using PdfLetters = std::array<std::u16string, 256>;

class PdfFont {
 public:
  // Of a font's dictionary. `maps`: by the objects of their streams.
  // `widths_left`: of how many signs the width may be kept.
  PdfFont(const PdfMembers& font, PdfObjects& objects,
          const std::map<uint32_t, PdfCharacterMap>& maps, size_t& widths_left);

  struct Shown {
    std::u16string text;
    double width = 0;  // of all its codes, in ems
    size_t codes = 0;
    size_t blanks = 0;  // codes of one byte that are 32
    bool cut = false;   // there is more
  };
  // As far as the text has at most so many units.
  Shown show(std::string_view string, size_t units_max) const;
  // Widths are told, not guessed.
  bool has_widths() const { return !widths_.empty(); }
  // Its table of letters was longer than all may be together.
  bool lacks_letters() const { return lacks_letters_; }

 private:
  void read_simple(const PdfMembers& font, PdfObjects& objects);
  void read_composite(const PdfMembers& font, PdfObjects& objects,
                      size_t& widths_left);
  void read_differences(std::string_view array);
  void read_simple_widths(const PdfMembers& font, PdfObjects& objects);
  void read_composite_widths(std::string_view array, size_t widths_max);
  Shown show_as_charset(std::string_view string, size_t units_max) const;
  std::u16string meaning(uint32_t code) const;
  double width(uint32_t code) const;

  const PdfCharacterMap* map_ = nullptr;
  bool lacks_letters_ = false;
  size_t code_bytes_ = 1;
  PdfLetters letters_;   // of codes of one byte
  std::string charset_;  // of all its strings: those of CJK that have a name
  struct Width {
    uint32_t first;
    uint32_t last;
    double ems;
  };
  std::vector<Width> widths_;  // by `first`
  double usual_width_ = 0.5;
};

}  // namespace simwarden
