// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string_view>
#include <vector>

#include "intake/each_item.h"
#include "intake/intake.h"

// The formats' parsers behind parse_chunk (intake.h).
namespace simwarden {

using LineTaker = std::function<void(std::string_view, Position)>;
// Lines of a chunk without their line feeds; a carriage return stays.
void for_each_line(const Chunk& chunk, const LineTaker& take);

// CSV and TSV: a row of cells a record, columns named by chunk.header. Each is
// read into the same Item.
void parse_table(const Chunk& chunk, const IntakeOptions& options,
                 const ItemTaker& take);

// A message a line, or one for the whole chunk (options.text_whole_file).
void parse_texts(const Chunk& chunk, const IntakeOptions& options,
                 std::vector<Item>& items);

// The mails of a mailbox, or one for the whole chunk.
void parse_mails(const Chunk& chunk, const IntakeOptions& options,
                 std::vector<Item>& items);

}  // namespace simwarden
