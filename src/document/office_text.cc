// SPDX-License-Identifier: Apache-2.0
// A word may lie in many runs, and boxes and notes inside it: what is in boxes
// becomes lines of their own, so that none parts a word.
#include "document/office_text.h"

#include <algorithm>
#include <utility>

#include "diag/ascii.h"
#include "diag/characters.h"
#include "document/field.h"
#include "document/listed.h"

namespace simwarden {
namespace {

constexpr std::string_view kBlanks = " \t\r\n";

// ISO 29500-1, 22.9.2.7.
bool is_on(const XmlPiece& tag) {
  const auto value = xml_attribute(tag.body, "val");
  constexpr std::string_view kOff[] = {"0", "false", "off"};
  return !value || !is_one_of(kOff, *value);
}

}  // namespace

OfficeText::OfficeText(OfficeReading& out, DocumentBudget& budget)
    : out_(out), budget_(budget) {}

void OfficeText::read(std::string_view xml) {
  boxes_.assign(1, {});
  takes_ = Takes::nothing;
  at_root_ = true;
  in_run_ = is_hidden_ = is_formula_text_ = in_placeholder_ = false;
  deletions_ = 0;
  field_.clear();
  XmlReader reader(xml);
  while (const auto piece = reader.next()) {
    if (piece->what == XmlPiece::What::text) {
      text(*piece);
    } else if (piece->what == XmlPiece::What::close) {
      close(piece->name);
    } else {
      open(*piece);
      if (piece->alone) close(piece->name);
    }
  }
  while (boxes_.size() > 1) end_box();
  break_line();
  out_.text += boxes_.front().text;
  out_.text += std::exchange(behind_, {});
  break_line(boxes_.front().hidden);
  out_.hidden += boxes_.front().hidden;
  if (reader.partly()) note_partly();
}

void OfficeText::note_partly() {
  if (out_.reading == FileReading::read) out_.reading = FileReading::partly;
}

void OfficeText::begin_file(std::string_view root) {
  constexpr std::string_view kWord[] = {"document",  "hdr",      "ftr",
                                        "footnotes", "endnotes", "comments"};
  constexpr std::string_view kMasters[] = {"sldMaster", "sldLayout",
                                           "notesMaster", "handoutMaster"};
  at_root_ = false;
  is_master_ = is_one_of(kMasters, root);
  is_open_document_ = root.starts_with("document-") || root == "manifest";
  is_word_ = is_one_of(kWord, root);
}

void OfficeText::open(const XmlPiece& tag) {
  if (at_root_) begin_file(tag.name);
  takes_ = Takes::nothing;
  open_any(tag);
  is_open_document_ ? open_open_document(tag) : open_microsoft(tag);
}

void OfficeText::open_any(const XmlPiece& tag) {
  constexpr std::string_view kBoxes[] = {"txbxContent", "text-box",
                                         "annotation", "note-body"};
  if (is_one_of(kBoxes, tag.name)) return begin_box();
  if (tag.name == "ddeLink" || tag.name == "dde-source" ||
      tag.name == "dde-connection-decl") {
    out_.runs = true;
  }
  if (tag.body.find("href") == tag.body.npos) return;
  auto target = xml_attribute(tag.body, "href");
  if (target && (tag.name == "a" || is_address(*target))) {
    link(std::move(*target));
  }
}

// What the tags of Word, Excel and PowerPoint do.
struct OfficeText::Tags {
  struct Row {
    std::string_view name;
    void (*open)(OfficeText&, const XmlPiece&);
  };
  static constexpr auto kLine = [](OfficeText& it, const XmlPiece&) {
    it.break_line();
  };
  static constexpr auto kFeed = [](OfficeText& it, const XmlPiece&) {
    it.put("\n");
  };
  static constexpr auto kField = [](OfficeText& it, const XmlPiece&) {
    it.takes_ = Takes::field;
  };
  static constexpr auto kType = [](OfficeText& it, const XmlPiece& piece) {
    it.content_type(piece);
  };
  static constexpr Row kRows[] = {
      {"p", kLine},
      {"r",
       [](OfficeText& it, const XmlPiece&) {
         it.in_run_ = true;
         it.is_hidden_ = false;
       }},
      {"t",
       [](OfficeText& it, const XmlPiece& piece) {
         it.takes_ = Takes::text;
         it.trims_ =
             it.is_word_ && xml_attribute(piece.body, "space") != "preserve";
       }},
      {"vanish",
       [](OfficeText& it, const XmlPiece& piece) {
         it.is_hidden_ = it.is_hidden_ || (it.in_run_ && is_on(piece));
       }},
      {"delText",
       [](OfficeText& it, const XmlPiece&) { it.takes_ = Takes::deleted; }},
      {"br", kFeed},
      {"cr", kFeed},
      {"tab",
       [](OfficeText& it, const XmlPiece&) {
         if (it.in_run_) it.put("\t");
       }},
      {"noBreakHyphen", [](OfficeText& it, const XmlPiece&) { it.put("-"); }},
      {"textpath",
       [](OfficeText& it, const XmlPiece& piece) {
         const auto words = xml_attribute(piece.body, "string");
         if (words) it.put_line(*words);
       }},
      // Fields, and where else links stand.
      {"instrText", kField},
      {"delInstrText", kField},
      {"fldChar",
       [](OfficeText& it, const XmlPiece& piece) { it.field_mark(piece); }},
      {"fldSimple",
       [](OfficeText& it, const XmlPiece& piece) {
         if (const auto words = xml_attribute(piece.body, "instr")) {
           it.field(*words);
         }
       }},
      {"Relationship",
       [](OfficeText& it, const XmlPiece& piece) { it.relationship(piece); }},
      {"Override", kType},
      {"Default", kType},
      // Tables.
      {"si", kLine},
      {"is", kLine},
      {"c",
       [](OfficeText& it, const XmlPiece& piece) {
         it.is_formula_text_ = xml_attribute(piece.body, "t") == "str";
       }},
      {"v",
       [](OfficeText& it, const XmlPiece&) {
         it.takes_ = it.is_formula_text_ ? Takes::text : Takes::nothing;
         it.trims_ = false;
       }},
      {"f",
       [](OfficeText& it, const XmlPiece&) {
         it.takes_ = Takes::formula;
         it.formula_.clear();
       }},
      // Slides. A remark on one; that on a cell holds runs.
      {"text",
       [](OfficeText& it, const XmlPiece&) {
         it.break_line();
         it.takes_ = Takes::text;
         it.trims_ = true;
       }},
      {"sp",
       [](OfficeText& it, const XmlPiece&) { it.in_placeholder_ = false; }},
      {"ph", [](OfficeText& it, const XmlPiece&) {
         it.in_placeholder_ = it.is_master_;
       }}};
};

void OfficeText::open_microsoft(const XmlPiece& tag) {
  for (const Tags::Row& row : Tags::kRows) {
    if (row.name == tag.name) return row.open(*this, tag);
  }
}

void OfficeText::open_open_document(const XmlPiece& tag) {
  const std::string_view name = tag.name;
  if (name == "p" || name == "h") {
    break_line();
    ++boxes_.back().paragraphs;
  } else if (name == "s") {
    put(" ");
  } else if (name == "tab") {
    put("\t");
  } else if (name == "line-break") {
    put("\n");
  } else if (name == "deletion") {
    ++deletions_;
  } else if (name == "encryption-data") {
    out_.reading = FileReading::encrypted;
  }
}

void OfficeText::close(std::string_view name) {
  const Takes taken = takes_;
  takes_ = Takes::nothing;
  constexpr std::string_view kBoxes[] = {"txbxContent", "text-box",
                                         "annotation", "note-body"};
  constexpr std::string_view kLines[] = {"p", "h", "si", "is", "c", "text"};
  if (is_one_of(kBoxes, name)) return end_box();
  if (name == "r") {
    in_run_ = is_hidden_ = false;
  } else if (name == "sp") {
    in_placeholder_ = false;
  } else if (name == "f" && taken == Takes::formula) {
    formula(formula_);
  } else if (name == "deletion") {
    deletions_ -= deletions_ > 0 ? 1 : 0;
  } else if (is_one_of(kLines, name)) {
    size_t& paragraphs = boxes_.back().paragraphs;
    if (name == "p" || name == "h") paragraphs -= paragraphs > 0 ? 1 : 0;
    break_line();
  }
}

void OfficeText::text(const XmlPiece& piece) {
  const bool in_paragraph = is_open_document_ && boxes_.back().paragraphs > 0;
  if (in_placeholder_ || (takes_ == Takes::nothing && !in_paragraph)) return;
  std::string words =
      piece.literal ? std::string(piece.body) : xml_text(piece.body);
  if (takes_ == Takes::field || takes_ == Takes::formula) {
    std::string& to = takes_ == Takes::field ? field_ : formula_;
    to += cut(words,
              kOfficeFieldBytesMax - std::min(to.size(), kOfficeFieldBytesMax));
    return;
  }
  for (char& c : words) {
    if (kBlanks.find(c) != kBlanks.npos) c = ' ';
  }
  if (takes_ == Takes::deleted || deletions_ > 0) return put_hidden(words);
  put(takes_ == Takes::text && trims_ ? trimmed(words) : words);
}

void OfficeText::relationship(const XmlPiece& tag) {
  if (xml_attribute(tag.body, "TargetMode") != "External") return;
  auto target = xml_attribute(tag.body, "Target");
  const auto type = xml_attribute(tag.body, "Type");
  const bool is_link = type && type->ends_with("/hyperlink");
  if (target && (is_link || is_address(*target))) link(std::move(*target));
}

void OfficeText::content_type(const XmlPiece& tag) {
  const auto type = xml_attribute(tag.body, "ContentType");
  if (!type) return;
  const std::string small = small_letters(*type);
  for (const std::string_view word : {"vbaproject", "macrosheet"}) {
    out_.runs = out_.runs || small.find(word) != small.npos;
  }
  // Its tables are no XML.
  const bool is_binary = small.find("sheet.binary") != small.npos;
  if (is_binary) note_partly();
}

// The words of a field stand between "begin" and "separate", which the letters
// that it shows follow, and "end".
void OfficeText::field_mark(const XmlPiece& tag) {
  if (xml_attribute(tag.body, "fldCharType") == "begin") return;
  field(field_);
  field_.clear();
}

void OfficeText::field(std::string_view words) {
  const FieldReading read = read_field(words);
  out_.runs = out_.runs || read.runs;
  if (!read.target.empty()) link(std::string(read.target));
}

// =HYPERLINK("https://…"; "…"), WEBSERVICE("…"): what stands in quotes.
void OfficeText::formula(std::string_view words) {
  const bool leads = small_letters(words).find("hyperlink(") != words.npos;
  for (size_t at = words.find('"'); at != words.npos;
       at = words.find('"', at)) {
    const size_t end = std::min(words.find('"', at + 1), words.size());
    const std::string_view target = words.substr(at + 1, end - at - 1);
    if (is_address(target) || (leads && target.starts_with("www."))) {
      link(std::string(target));
    }
    at = end + 1;
  }
}

void OfficeText::link(std::string target) {
  if (!keep_link(target, budget_, out_.links)) note_partly();
}

void OfficeText::begin_box() {
  if (boxes_.size() < kOfficeBoxesMax) {
    boxes_.emplace_back();
  } else {
    break_line();
  }
  in_run_ = is_hidden_ = false;
}

// Word writes a box twice, for itself and for older ones.
void OfficeText::end_box() {
  in_run_ = is_hidden_ = false;
  if (boxes_.size() < 2) return;
  Box box = std::move(boxes_.back());
  boxes_.pop_back();
  break_line(box.text);
  if (boxes_seen_.insert(box.text).second) behind_ += box.text;
  break_line(box.hidden);
  out_.hidden += box.hidden;
}

void OfficeText::put(std::string_view words) {
  if (is_hidden_) return put_hidden(words);
  boxes_.back().text += words;
}

void OfficeText::put_line(std::string_view words) {
  break_line();
  put(words);
  break_line();
}

void OfficeText::put_hidden(std::string_view words) {
  boxes_.back().hidden += words;
}

void OfficeText::break_line() {
  break_line(boxes_.back().text);
}

void OfficeText::break_line(std::string& text) {
  while (text.ends_with(' ') || text.ends_with('\t')) text.pop_back();
  if (!text.empty() && text.back() != '\n') text += '\n';
}

}  // namespace simwarden
