// SPDX-License-Identifier: Apache-2.0
#include "facts/mail_links.h"

#include <algorithm>

#include "facts/contents.h"
#include "facts/group_items.h"

namespace simwarden {
namespace {

Span span_of(const Record& record, uint32_t index, std::string_view body,
             uint32_t text_begin) {
  static const SpanFields fields{message_field("html_links[].begin"),
                                 message_field("html_links[].end")};
  return text_span(record, fields, index, body, text_begin);
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

bool has_links_beside_text(const Record& record) {
  static const GroupId links = *find_group(Kind::message, "html_links");
  static const GroupId images = *find_group(Kind::message, "images");
  static const GroupId codes = *find_group(Kind::message, "qr_codes");
  static const GroupId files = *find_group(Kind::message, "file_links");
  return count_of(record, links) + count_of(record, images) +
             count_of(record, codes) + count_of(record, files) >
         0;
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
