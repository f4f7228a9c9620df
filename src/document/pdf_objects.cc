// SPDX-License-Identifier: Apache-2.0
#include "document/pdf_objects.h"

#include <algorithm>

#include "diag/ascii.h"
#include "document/names.h"

namespace simwarden {
namespace {

constexpr std::string_view kObj = "obj";

// The digits that end at `end`, behind blanks; moves `end` in front of them.
// Nothing for none, and for more than any object has.
std::optional<uint32_t> number_before(std::string_view bytes, size_t& end) {
  constexpr size_t kDigitsMax = 8;
  while (end > 0 && kPdfBlanks.find(bytes[end - 1]) != kPdfBlanks.npos) --end;
  size_t begin = end;
  while (begin > 0 && is_digit(bytes[begin - 1]) && end - begin <= kDigitsMax) {
    --begin;
  }
  if (begin == end || end - begin > kDigitsMax) return {};
  uint32_t value = 0;
  for (size_t i = begin; i < end; ++i) {
    value = value * 10 + static_cast<uint32_t>(bytes[i] - '0');
  }
  end = begin;
  return value;
}

// The number in front of an "obj" that stands at `at`.
std::optional<uint32_t> object_at(std::string_view bytes, size_t at) {
  if (!number_before(bytes, at)) return {};  // its generation
  return number_before(bytes, at);
}

}  // namespace

uint32_t last_object(std::string_view bytes) {
  const size_t at = bytes.rfind(kObj);
  return at == bytes.npos ? 0 : object_at(bytes, at).value_or(0);
}

void PdfObjects::add(uint32_t object, std::string_view text) {
  if (object == 0) return;
  const auto known = texts_.find(object);
  if (known != texts_.end()) {
    known->second = text;
  } else if (texts_.size() < kPdfObjectsMax) {
    texts_.emplace(object, text);
  } else {
    spent_ = true;
  }
}

void PdfObjects::add_clear(std::string_view bytes) {
  uint32_t open = 0;
  size_t begin = 0;
  for (size_t at = bytes.find(kObj); at != bytes.npos;
       at = bytes.find(kObj, at + kObj.size())) {
    const bool ends = at >= 3 && bytes.substr(at - 3, 3) == "end";
    const auto next = ends ? std::optional<uint32_t>(0) : object_at(bytes, at);
    if (!next) continue;
    add(open, bytes.substr(begin, at - begin));
    open = *next;
    begin = at + kObj.size();
  }
  add(open, bytes.substr(begin));
  constexpr std::string_view kRoot = "/Root";
  const size_t root = bytes.rfind(kRoot);
  if (root == bytes.npos) return;
  root_ = reference_in(bytes.substr(root + kRoot.size())).value_or(root_);
}

// "9 0 12 57 <<…>> <<…>>": numbers and places, counted from /First.
void PdfObjects::add_packed(std::string_view dictionary, std::string bytes) {
  const std::string_view text = packed_.emplace_back(std::move(bytes));
  const size_t first = number_of(dictionary, "First");
  if (first == 0 || first > text.size()) return;
  PdfTokens head(text.substr(0, first));
  uint32_t open = 0;
  size_t begin = 0;
  while (true) {
    const PdfToken object = head.next();
    const PdfToken place = head.next();
    const bool more = object.kind == PdfToken::Kind::number &&
                      place.kind == PdfToken::Kind::number &&
                      object.number >= 0 && object.number < UINT32_MAX;
    const size_t left = text.size() - first;
    const bool inside =
        more && place.number >= double(begin) && place.number <= double(left);
    const size_t at = inside ? static_cast<size_t>(place.number) : left;
    add(open, text.substr(first + begin, at - begin));
    if (!inside) return;
    open = static_cast<uint32_t>(object.number);
    begin = at;
  }
}

bool PdfObjects::pay(size_t bytes) {
  const bool paid = budget_.pay_for_work(bytes);
  spent_ = spent_ || !paid;
  return paid;
}

// Remarks of any length may stand between its numbers.
std::optional<uint32_t> PdfObjects::reference(std::string_view value) {
  const bool may_be =
      value.starts_with('+') || (!value.empty() && is_digit(value.front()));
  return may_be && pay(value.size()) ? reference_in(value) : std::nullopt;
}

const PdfMembers& PdfObjects::members(uint32_t object) {
  static const PdfMembers kNone;
  const auto known = members_.find(object);
  if (known != members_.end()) return known->second;
  const auto text = texts_.find(object);
  if (text == texts_.end() || !pay(text->second.size())) return kNone;
  PdfMembers& members = members_[object];
  const size_t most = std::min(members_left_, kPdfMembersMax);
  members = members_of(text->second, most);
  members_left_ -= members.size();
  spent_ = spent_ || members.size() >= most;
  return members;
}

const PdfMembers& PdfObjects::dictionary(std::string_view value,
                                         PdfMembers& own) {
  if (const auto object = reference(value)) return members(*object);
  own = pay(value.size()) ? members_of(value) : PdfMembers();
  spent_ = spent_ || own.size() >= kPdfMembersMax;
  return own;
}

std::string_view PdfObjects::resolved(std::string_view value) {
  if (const auto object = reference(value)) {
    const auto text = texts_.find(*object);
    value = text == texts_.end() ? std::string_view() : text->second;
  }
  return pay(value.size()) ? value : std::string_view();
}

std::vector<uint32_t> PdfObjects::references(std::string_view value) {
  std::vector<uint32_t> out;
  PdfTokens tokens(resolved(value));
  if (tokens.next().kind != PdfToken::Kind::open) return out;
  while (const auto object = next_reference(tokens)) out.push_back(*object);
  return out;
}

}  // namespace simwarden
