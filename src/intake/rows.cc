// SPDX-License-Identifier: Apache-2.0
// Chunks to items: one function a format, picked here.
#include "intake/rows.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include <fmt/format.h>

#include "intake/each_item.h"
#include "intake/intake.h"
#include "intake/json_rows.h"

namespace simwarden {
namespace {

bool is_blank(std::string_view row) {
  return row.find_first_not_of(" \t\r") == std::string_view::npos;
}

void parse_json_lines(const Chunk& chunk, const IntakeOptions& options,
                      const ItemTaker& take) {
  JsonReader reader(options);
  Item item;
  for_each_line(chunk, [&](std::string_view line, Position start) {
    if (is_blank(line)) return;
    const size_t end = start.byte - chunk.first_byte + line.size();
    reader.read(line, start, chunk.bytes.size() - end, item);
    take(item);
  });
}

using RowsParser = void (*)(const Chunk&, const IntakeOptions&,
                            std::vector<Item>&);

// Of these formats a chunk is read as a whole.
void parse_all(RowsParser parse, const Chunk& chunk,
               const IntakeOptions& options, const ItemTaker& take) {
  std::vector<Item> items;
  parse(chunk, options, items);
  for (Item& item : items) take(item);
}

void parse_rows(const Chunk& chunk, Format format, const IntakeOptions& options,
                const ItemTaker& take) {
  switch (format) {
    case Format::json_lines: return parse_json_lines(chunk, options, take);
    case Format::csv:
    case Format::tsv: return parse_table(chunk, options, take);
    case Format::text: return parse_all(parse_texts, chunk, options, take);
    case Format::mail: return parse_all(parse_mails, chunk, options, take);
    case Format::automatic: return;  // open_source never hands it out
  }
}

// In a source that was decoded, what is no UTF-8 was nothing in its charset.
void name_charset(const std::string& charset, BadRow& bad) {
  if (bad.code != "J103" && bad.code != "V103" && bad.code != "T101") return;
  bad.message = fmt::format("bytes here mean nothing in {}", charset);
  bad.advice.clear();
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

void for_each_item(const Chunk& chunk, Format format,
                   const IntakeOptions& options, const ItemTaker& take) {
  const bool decoded = !chunk.charset.empty() && chunk.charset != "utf-8";
  parse_rows(chunk, format, options, [&](Item& item) {
    if (item.bad && decoded) name_charset(chunk.charset, *item.bad);
    take(item);
  });
  for (const BadRow& bad : chunk.too_long) {
    Item item;
    item.bad = bad;
    item.record.position = bad.position;
    take(item);
  }
}

void parse_chunk(const Chunk& chunk, Format format,
                 const IntakeOptions& options, std::vector<Item>& items) {
  for_each_item(chunk, format, options,
                [&items](Item& item) { items.push_back(std::move(item)); });
}

std::string with_advice(const BadRow& bad) {
  if (bad.advice.empty()) return bad.message;
  return fmt::format("{}; {}", bad.message, bad.advice);
}

Item parse_json(std::string_view json, const IntakeOptions& options) {
  JsonReader reader(options);
  return reader.read(json, Position{1, 0}, 0);
}

}  // namespace simwarden
