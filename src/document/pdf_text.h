// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "document/pdf_font.h"
#include "document/pdf_objects.h"
#include "document/pdf_program.h"

// The text that the first pages of a PDF show, as far as its fonts say which
// letters they draw (ISO 32000-2, 9.4): in the order in which a page draws it,
// a line for each line, a blank where a gap is as wide as one; behind it that
// of the forms and remarks on the page, once, however often they are drawn.
// What is drawn without being seen (white, behind a picture, by a scanner) is
// text like any other.
//
// Streams are taken in any order; read() once, at the end. One thread.
namespace simwarden {

// A stream of a file, unpacked: the number of its object, what stands before
// it, and its bytes.
struct PdfStream {
  uint32_t object = 0;
  std::string_view dictionary;
  std::string bytes;
};

// Programs of a file, unpacked. Those of some hundred pages of text are one
// MiB, drawings are more.
inline constexpr size_t kPdfProgramsMax = size_t{16} << 20;

// What somebody wants to be read stands in front; the words of a book meet by
// chance.
inline constexpr size_t kPdfPagesMax = 5;

// Of the tables of all its fonts together: twenty of all codes of two bytes,
// which have some ranges each, or a letter a row.
inline constexpr size_t kPdfRangesMax = 200'000;

// How wide the signs of all its fonts are: all codes of two bytes, thrice.
inline constexpr size_t kPdfWidthsMax = 200'000;

class PdfText {
 public:
  // The budget must live as long as this.
  explicit PdfText(DocumentBudget& budget)
      : budget_(budget), objects_(budget) {}

  // What stands between two streams. It must live as long as this.
  void add_clear(std::string_view bytes) { objects_.add_clear(bytes); }
  // Whether a stream may have something that text needs.
  static bool wants(std::string_view dictionary, std::string_view bytes);
  // REQUIRES: it is wanted; its dictionary lives as long as this.
  void add(PdfStream stream);
  // UTF-8, as much as the budget has.
  std::string read();
  // There was more than a bound.
  bool is_cut() const { return cut_; }

 private:
  struct Drawn {
    std::string_view dictionary;
    std::string program;
    bool shown = false;
  };
  // References, or fonts that are written there.
  using FontNames = std::map<std::string, std::string_view, std::less<>>;

  void add_program(PdfStream stream);
  void leave_out();
  void show_page(const PdfMembers& page);
  void show_contents(const PdfMembers& page);
  void show_forms_on(const PdfMembers& page);
  void show_form(Drawn& form, std::vector<uint32_t>& wanted);
  void show_what_is_left();
  void run(Drawn& drawn, PdfProgram& program);
  Drawn* drawn(std::optional<uint32_t> object);
  std::string_view resources_of(const PdfMembers& owner);
  std::string_view inherited(uint32_t parent);
  uint64_t key_of(std::string_view value);
  std::vector<uint32_t> forms_of(std::string_view resources);
  std::vector<uint32_t> remarks_on(const PdfMembers& page);
  // `names` must live as long as the program.
  PdfProgram program_with(const FontNames& names);
  const FontNames& names_in(std::string_view resources);
  const PdfFont* font(std::string_view written);

  DocumentBudget& budget_;
  PdfObjects objects_;
  std::map<uint32_t, PdfCharacterMap> maps_;  // by the objects of their streams
  std::vector<Drawn> drawn_;
  std::unordered_map<uint32_t, size_t> drawn_of_;  // an object's place there
  size_t programs_left_ = kPdfProgramsMax;         // bytes of them
  size_t unlikely_left_ = kPdfProgramsMax / 4;
  size_t ranges_left_ = kPdfRangesMax;
  size_t widths_left_ = kPdfWidthsMax;
  // By the object that is referred to, or by where they are written.
  std::unordered_map<uint64_t, std::unique_ptr<const PdfFont>> fonts_;
  std::unordered_map<uint64_t, FontNames> names_;
  std::unordered_set<uint64_t> looked_into_;  // resources
  std::unordered_set<uint64_t> looked_for_forms_;
  std::unordered_set<uint32_t> remarks_;
  std::unordered_map<uint32_t, std::string_view> inherited_;
  FontNames seen_;  // all together, for forms that have none of their own
  std::unordered_set<uint32_t> not_kept_;  // programs over their bound
  size_t units_max_ = 0;
  std::u16string out_;
  bool cut_ = false;
};

}  // namespace simwarden
