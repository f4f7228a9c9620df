// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "document/budget.h"
#include "document/pdf_tokens.h"

// The objects of a PDF by their numbers (ISO 32000-2, 7.3.10 and 7.5.7), found
// by their own words: "9 0 obj". Of a number that stands there twice the last
// one counts, as in a file that was changed by adding to it.
namespace simwarden {

// A book of a thousand pages has some ten thousand.
inline constexpr size_t kPdfObjectsMax = 200'000;
// Of the objects that are looked into: pages, fonts, what these are made of.
inline constexpr size_t kPdfAllMembersMax = 500'000;

// Each byte that is read is paid for before it is (DocumentBudget::work): what
// many may name, as often as it is read.
class PdfObjects {
 public:
  // The budget must live as long as this.
  explicit PdfObjects(DocumentBudget& budget) : budget_(budget) {}

  // What stands between two streams. The bytes must live as long as this.
  void add_clear(std::string_view bytes);
  // Of a stream that holds objects: its dictionary and what it unpacks to.
  void add_packed(std::string_view dictionary, std::string bytes);

  // The object that a value refers to.
  std::optional<uint32_t> reference(std::string_view value);
  // The members of an object that is a dictionary, read once; none otherwise.
  const PdfMembers& members(uint32_t object);
  // A dictionary that is referred to, or is written there, which `own` keeps.
  const PdfMembers& dictionary(std::string_view value, PdfMembers& own);
  // What is written there, or the text of the object that it refers to, to be
  // read now; "" when it costs too much.
  std::string_view resolved(std::string_view value);
  // Of a list of references, that is written there or referred to.
  std::vector<uint32_t> references(std::string_view value);
  // What the file says that it begins with; the last one counts.
  uint32_t root() const { return root_; }
  // Something was not read, since there is too much.
  bool is_spent() const { return spent_; }
  // False when there is no more.
  bool pay(size_t bytes);
  // By number.
  const std::map<uint32_t, std::string_view>& all() const { return texts_; }

 private:
  void add(uint32_t object, std::string_view text);

  std::map<uint32_t, std::string_view> texts_;
  std::unordered_map<uint32_t, PdfMembers> members_;
  std::deque<std::string> packed_;
  DocumentBudget& budget_;
  bool spent_ = false;
  size_t members_left_ = kPdfAllMembersMax;
  uint32_t root_ = 0;
};

// The number of the object whose dictionary stands at the end of `bytes`: of
// the last "9 0 obj"; 0 when there is none.
uint32_t last_object(std::string_view bytes);

}  // namespace simwarden
