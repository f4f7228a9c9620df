// SPDX-License-Identifier: Apache-2.0
#include "facts/contents.h"

#include <algorithm>

#include "diag/ascii.h"
#include "diag/characters.h"
#include "facts/group_items.h"

namespace simwarden {
namespace {

bool is_boundary(std::string_view text, size_t at) {
  return at >= text.size() || !is_continuation(text[at]);
}

// Digits under stripes are the number of a parcel or of goods. Nobody dials
// them.
bool is_number_of_goods(const Record& record, uint32_t index,
                        std::string_view content) {
  static const FieldId id = message_field("qr_codes[].kind");
  const Slot& kind = record.member(id, index);
  if (kind.state != SlotState::given) return false;
  constexpr std::string_view kStripes[] = {
      "code_128", "code_39", "code_93", "ean_8", "ean_13", "upc_a", "upc_e"};
  const auto name = field(id).choices[static_cast<size_t>(kind.integer)];
  return std::find(std::begin(kStripes), std::end(kStripes), name) !=
             std::end(kStripes) &&
         std::all_of(content.begin(), content.end(), is_digit);
}

}  // namespace

Span text_span(const Record& record, SpanFields fields, uint32_t index,
               std::string_view body, uint32_t text_begin) {
  const Slot& from = record.member(fields.begin, index);
  const Slot& to = record.member(fields.end, index);
  const Span nowhere{text_begin, text_begin};
  if (from.state != SlotState::given || to.state != SlotState::given) {
    return nowhere;
  }
  const auto size = static_cast<int64_t>(body.size() - text_begin);
  const bool fits =
      from.integer >= 0 && from.integer <= to.integer && to.integer <= size;
  if (!fits) return nowhere;
  const Span span{text_begin + static_cast<uint32_t>(from.integer),
                  text_begin + static_cast<uint32_t>(to.integer)};
  const bool whole =
      is_boundary(body, span.begin) && is_boundary(body, span.end);
  return whole ? span : nowhere;
}

std::vector<Content> contents_of(const Record& record, std::string_view body,
                                 uint32_t text_begin) {
  static const GroupId codes = *find_group(Kind::message, "qr_codes");
  static const FieldId content = message_field("qr_codes[].content");
  static const SpanFields span{message_field("qr_codes[].begin"),
                               message_field("qr_codes[].end")};
  static const GroupId links = *find_group(Kind::message, "file_links");
  static const FieldId target = message_field("file_links[].target");
  std::vector<Content> contents;
  for (uint32_t i = 0; i < count_of(record, codes); ++i) {
    const std::string_view text = text_of(record, content, i);
    if (text.empty() || is_number_of_goods(record, i, text)) continue;
    contents.push_back({text,
                        {Beside::What::qr_code, i},
                        text_span(record, span, i, body, text_begin)});
  }
  for (uint32_t i = 0; i < count_of(record, links); ++i) {
    const std::string_view text = text_of(record, target, i);
    contents.push_back(
        {text, {Beside::What::file_link, i}, {text_begin, text_begin}});
  }
  return contents;
}

}  // namespace simwarden
