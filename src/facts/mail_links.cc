// SPDX-License-Identifier: Apache-2.0
#include "facts/mail_links.h"

#include <algorithm>

namespace simwarden {
namespace {

FieldId message_field(std::string_view name) {
  return *find_field(Kind::message, name);
}

uint32_t count_of(const Record& record, GroupId id) {
  const Slot& slot = record.group_slot(id);
  return slot.state == SlotState::given ? slot.list.count : 0;
}

std::string_view text_of(const Record& record, FieldId id, uint32_t index) {
  const Slot& slot = record.member(id, index);
  return slot.state == SlotState::given ? record.text(slot)
                                        : std::string_view();
}

bool is_boundary(std::string_view text, size_t at) {
  return at >= text.size() ||
         (static_cast<unsigned char>(text[at]) & 0xC0) != 0x80;
}

// The span of a link's shown text. What stands in no text, or not where the
// record says, has an empty one.
Span span_of(const Record& record, uint32_t index, std::string_view body,
             uint32_t text_begin) {
  static const FieldId begin = message_field("html_links[].begin");
  static const FieldId end = message_field("html_links[].end");
  const Slot& from = record.member(begin, index);
  const Slot& to = record.member(end, index);
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

void add_pictures(const Record& record, uint32_t text_begin,
                  std::vector<MarkupLink>& links) {
  static const GroupId images = *find_group(Kind::message, "images");
  static const FieldId name = message_field("images[].name");
  for (uint32_t i = 0; i < count_of(record, images); ++i) {
    const std::string_view target = text_of(record, name, i);
    if (target.find("://") == target.npos) continue;
    links.push_back({target, "", {text_begin, text_begin}, true});
  }
}

}  // namespace

bool has_markup_links(const Record& record) {
  static const GroupId links = *find_group(Kind::message, "html_links");
  static const GroupId images = *find_group(Kind::message, "images");
  return count_of(record, links) + count_of(record, images) > 0;
}

std::vector<MarkupLink> markup_links_of(const Record& record,
                                        std::string_view body,
                                        uint32_t text_begin) {
  static const GroupId group = *find_group(Kind::message, "html_links");
  static const FieldId target = message_field("html_links[].target");
  static const FieldId shown = message_field("html_links[].shown");
  std::vector<MarkupLink> links;
  for (uint32_t i = 0; i < count_of(record, group); ++i) {
    links.push_back({text_of(record, target, i), text_of(record, shown, i),
                     span_of(record, i, body, text_begin), false});
  }
  add_pictures(record, text_begin, links);
  return links;
}

}  // namespace simwarden
