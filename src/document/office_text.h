// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "document/office.h"
#include "document/xml.h"

namespace simwarden {

// Boxes inside each other; what is deeper stands in the line of the last.
inline constexpr size_t kOfficeBoxesMax = 16;
// Of a field's or a formula's words; longer ones are cut.
inline constexpr size_t kOfficeFieldBytesMax = size_t{8} << 10;

// Puts together what the files of one office file say.
class OfficeText {
 public:
  // Keeps both by reference.
  OfficeText(OfficeReading& out, DocumentBudget& budget);

  void read(std::string_view xml);

 private:
  enum class Takes : uint8_t { nothing, text, deleted, field, formula };
  // A line that stands beside the one around it.
  struct Box {
    std::string text;
    std::string hidden;
    size_t paragraphs = 0;  // of OpenDocument, inside each other
  };

  struct Tags;

  void open(const XmlPiece& tag);
  void close(std::string_view name);
  void text(const XmlPiece& piece);

  void open_microsoft(const XmlPiece& tag);
  void open_open_document(const XmlPiece& tag);
  void open_any(const XmlPiece& tag);
  void begin_file(std::string_view root);
  void relationship(const XmlPiece& tag);
  void content_type(const XmlPiece& tag);
  void field_mark(const XmlPiece& tag);
  void field(std::string_view words);
  void formula(std::string_view words);
  void link(std::string target);

  void note_partly();
  void begin_box();
  void end_box();
  void put(std::string_view words);
  void put_line(std::string_view words);
  void put_hidden(std::string_view words);
  void break_line();
  static void break_line(std::string& text);

  OfficeReading& out_;
  DocumentBudget& budget_;
  std::vector<Box> boxes_;
  std::unordered_set<std::string> boxes_seen_;
  std::string behind_;  // what stands in boxes of this file
  Takes takes_ = Takes::nothing;
  bool trims_ = false;  // this text, at its ends
  // Of this file, by its first tag.
  bool is_open_document_ = false;
  bool is_word_ = false;
  bool is_master_ = false;        // of slides, or of their notes
  bool at_root_ = false;          // no tag of this file was seen
  bool in_placeholder_ = false;   // of a master: slides have their own
  bool in_run_ = false;           // letters of one look
  bool is_hidden_ = false;        // this run
  bool is_formula_text_ = false;  // this cell of a table
  size_t deletions_ = 0;          // of OpenDocument, inside each other
  std::string field_;
  std::string formula_;
};

}  // namespace simwarden
