// SPDX-License-Identifier: Apache-2.0
// JSON lines: every row that is not blank becomes an item, the fast parser
// and the slow one agree about what is broken, and faults lie in their row.
// With a mapping that has a say everywhere no row is read the fast way: what
// comes out is the same, but that a mapping looks into unknown objects.
#include "fuzz/input.h"
#include "intake/intake.h"
#include "intake/json_fault.h"
#include "intake/rows.h"
#include "intake/slow_mapping.h"

using namespace simwarden;

int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  Chunk chunk;
  chunk.bytes = fuzz::as_text(data, size);
  std::vector<Item> items;
  parse_chunk(chunk, Format::json_lines, {}, items);

  IntakeOptions mapped;
  mapped.mapping = mapping_with_a_say_everywhere();
  std::vector<Item> slow;
  parse_chunk(chunk, Format::json_lines, mapped, slow);
  CHECK(slow.size() == items.size(), "as many rows");
  for (size_t i = 0; i < items.size(); ++i) {
    CHECK(slow[i].bad || !items[i].bad, "what is bad is bad in both ways");
    CHECK(slow[i].bad || slow[i].record == items[i].record, "the same record");
  }

  size_t at = 0;
  for_each_line(chunk, [&](std::string_view line, Position start) {
    if (line.find_first_not_of(" \t\r") == line.npos) return;
    CHECK(at < items.size(), "no row is lost");
    const Item& item = items[at++];
    const auto fault = find_fault(line);
    if (fault) {
      CHECK(item.bad.has_value(), "what is broken is told");
    }
    if (!item.bad) return;
    const uint64_t byte = item.bad->position.byte;
    CHECK(byte >= start.byte && byte <= start.byte + line.size(), "in the row");
    CHECK(!fault || item.bad->code == fault->code || !find_bad_utf8(line),
          "the same fault, or the row is not UTF-8");
  });
  CHECK(at == items.size(), "no row is made up");
  return 0;
}
