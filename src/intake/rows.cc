// SPDX-License-Identifier: Apache-2.0
// Chunks to items: one function a format, picked here.
#include "intake/rows.h"

#include <algorithm>
#include <cstring>

#include <fmt/format.h>

#include "intake/intake.h"
#include "intake/json_rows.h"

namespace simwarden {
namespace {

bool is_blank(std::string_view row) {
  return row.find_first_not_of(" \t\r") == std::string_view::npos;
}

void parse_json_lines(const Chunk& chunk, const IntakeOptions& options,
                      std::vector<Item>& items) {
  JsonReader reader(options);
  for_each_line(chunk, [&](std::string_view line, Position start) {
    if (is_blank(line)) return;
    const size_t end = start.byte - chunk.first_byte + line.size();
    items.push_back(reader.read(line, start, chunk.bytes.size() - end));
  });
}

// In a source that was decoded, what is no UTF-8 was nothing in its charset.
void name_charset(const std::string& charset, BadRow& bad) {
  if (bad.code != "J103" && bad.code != "V103" && bad.code != "T101") return;
  bad.message = fmt::format("bytes here mean nothing in {}", charset);
}

}  // namespace

void for_each_line(const Chunk& chunk, const LineTaker& take) {
  const std::string_view bytes = chunk.bytes;
  Position start{chunk.first_line, chunk.first_byte};
  for (size_t at = 0; at < bytes.size();) {
    const size_t found = bytes.find('\n', at);
    const size_t end = std::min(found, bytes.size());
    start.byte = chunk.first_byte + at;
    take(bytes.substr(at, end - at), start);
    at = end + 1;
    ++start.line;
  }
}

void parse_chunk(const Chunk& chunk, Format format,
                 const IntakeOptions& options, std::vector<Item>& items) {
  const size_t before = items.size();
  switch (format) {
    case Format::json_lines: parse_json_lines(chunk, options, items); break;
    case Format::csv:
    case Format::tsv: parse_table(chunk, options, items); break;
    case Format::text: parse_texts(chunk, options, items); break;
    case Format::mail: parse_mails(chunk, options, items); break;
    case Format::automatic: break;  // open_source never hands it out
  }
  if (!chunk.charset.empty() && chunk.charset != "utf-8") {
    for (size_t i = before; i < items.size(); ++i) {
      if (items[i].bad) name_charset(chunk.charset, *items[i].bad);
    }
  }
  for (const BadRow& bad : chunk.too_long) {
    Item& item = items.emplace_back();
    item.bad = bad;
    item.record.position = bad.position;
  }
}

Item parse_json(std::string_view json, const IntakeOptions& options) {
  JsonReader reader(options);
  return reader.read(json, Position{1, 0}, 0);
}

}  // namespace simwarden
