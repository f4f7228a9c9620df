// SPDX-License-Identifier: Apache-2.0
// A mapping and rows that are read through it. Parts: mapping, JSON lines,
// CSV rows whose first line is the header.
#include "fuzz/input.h"
#include "intake/formats.h"
#include "intake/intake.h"
#include "intake/mapping.h"

using namespace simwarden;

int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const auto parts = fuzz::parts_of(fuzz::as_text(data, size), 3);
  const SourceText file("map.yaml", std::string(parts[0]));
  Issues issues;
  IntakeOptions options;
  options.mapping = Mapping::read(file, issues);
  (void)render(issues);
  CHECK((options.mapping != nullptr) != issues.has_errors(),
        "a mapping or a reason");
  if (options.mapping == nullptr) return 0;

  Chunk rows;
  rows.bytes = parts[1];
  std::vector<Item> items;
  parse_chunk(rows, Format::json_lines, options, items);

  const auto header =
      read_header(parts[2], true, Format::csv, options.mapping.get());
  if (!header) return 0;
  rows.bytes = parts[2].substr(header->size);
  rows.header = std::make_shared<const std::vector<std::string>>(header->names);
  rows.delimiter = header->delimiter;
  parse_chunk(rows, Format::csv, options, items);
  return 0;
}
