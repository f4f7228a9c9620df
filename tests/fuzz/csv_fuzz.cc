// SPDX-License-Identifier: Apache-2.0
// Tables with their header. However the bytes arrive, the rows are the same
// ones. The first byte says csv or tsv, and how big the pieces are.
#include "fuzz/input.h"
#include "intake/chunk_reader.h"
#include "intake/columns.h"
#include "intake/csv.h"
#include "intake/formats.h"

using namespace simwarden;

namespace {

std::vector<Item> rows(std::string_view bytes, const Header& header,
                       Format format, size_t piece) {
  ReaderParts parts;
  parts.format = format;
  parts.source = std::make_unique<fuzz::MemorySource>(bytes, piece);
  parts.delimiter = header.delimiter;
  parts.header = std::make_shared<const std::vector<std::string>>(header.names);
  const auto reader = make_chunk_reader(std::move(parts));
  std::vector<Item> items;
  Chunk chunk;
  while (*reader->next(chunk)) parse_chunk(chunk, format, {}, items);
  return items;
}

void check_same(const std::vector<Item>& a, const std::vector<Item>& b) {
  CHECK(a.size() == b.size(), "as many rows");
  for (size_t i = 0; i < a.size(); ++i) {
    CHECK(a[i].record == b[i].record, "the same record");
    CHECK(a[i].record.position == b[i].record.position, "at the same place");
    CHECK(a[i].bad.has_value() == b[i].bad.has_value(), "bad or good");
    CHECK(!a[i].bad || (a[i].bad->code == b[i].bad->code &&
                        a[i].bad->position == b[i].bad->position),
          "the same fault");
  }
}

}  // namespace

int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  std::string_view text = fuzz::as_text(data, size);
  if (text.empty()) return 0;
  const auto choice = static_cast<unsigned char>(text.front());
  text.remove_prefix(1);
  const Format format = choice % 2 == 0 ? Format::csv : Format::tsv;
  const auto header = read_header(text, true, format, nullptr);
  if (!header || header_fault(header->names, nullptr)) return 0;
  CHECK(header->size <= text.size(), "the header is part of the file");
  const std::string_view rest = text.substr(header->size);
  check_same(rows(rest, *header, format, rest.size() + 1),
             rows(rest, *header, format, choice / 2 + 1));
  return 0;
}
