// SPDX-License-Identifier: Apache-2.0
// Plain text: every line, or the whole file, is the text of one message. Its
// id is the line it began on, for a text has no other name.
#include <fmt/format.h>

#include "intake/json_fault.h"
#include "intake/row_writer.h"
#include "intake/rows.h"

namespace simwarden {
namespace {

Item read_text(std::string_view text, Position start,
               const IntakeOptions& options) {
  static const FieldId kId = *find_field(Kind::message, "id");
  static const FieldId kText = *find_field(Kind::message, "text");
  Item item;
  item.record.clear(Kind::message);
  item.record.position = start;
  if (const auto bad = find_bad_utf8(text)) {
    start.byte += *bad;
    item.bad =
        BadRow{"T101", describe_bad_utf8(text[*bad]), start, kEncodingAdvice};
    return item;
  }
  RowWriter writer(item, options.mapping.get());
  const std::string id = fmt::format("line-{}", start.line);
  writer.put({kId, 0}, writer.record().make_text(id));
  writer.put({kText, 0}, writer.record().make_text(text));
  writer.finish();
  return item;
}

}  // namespace

void parse_texts(const Chunk& chunk, const IntakeOptions& options,
                 std::vector<Item>& items) {
  constexpr std::string_view kBlanks = " \t\r\n";
  if (options.text_whole_file) {
    const std::string_view text = chunk.bytes;
    if (text.find_first_not_of(kBlanks) == text.npos) return;
    items.push_back(
        read_text(text, {chunk.first_line, chunk.first_byte}, options));
    return;
  }
  for_each_line(chunk, [&](std::string_view line, Position start) {
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.find_first_not_of(kBlanks) == line.npos) return;
    items.push_back(read_text(line, start, options));
  });
}

}  // namespace simwarden
