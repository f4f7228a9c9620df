// SPDX-License-Identifier: Apache-2.0
// Cells to fields. What a column is was settled by the header, once a chunk;
// a row only carries its cells there. An empty cell says nothing: a table has
// no other way to leave a value out.
#include <algorithm>
#include <map>
#include <memory>

#include <fmt/format.h>

#include "intake/columns.h"
#include "intake/csv.h"
#include "intake/json_fault.h"
#include "intake/json_rows.h"
#include "intake/kinds.h"
#include "intake/row_writer.h"
#include "intake/rows.h"

namespace simwarden {
namespace {

class TableParser {
 public:
  TableParser(const Chunk& chunk, const IntakeOptions& options,
              std::vector<Item>& items)
      : chunk_(chunk), options_(options), items_(items), json_(options) {
    if (!chunk.header) return;
    for (const std::string& name : *chunk.header) {
      for (const Kind kind : {Kind::request, Kind::message}) {
        columns_[size_t(kind)].push_back(
            find_column(kind, name, options.mapping.get()));
      }
      votes_.count(name);
    }
  }

  void parse() {
    std::string_view rest = chunk_.bytes;
    Position start{chunk_.first_line, chunk_.first_byte};
    while (!rest.empty()) {
      const CsvRow row = cut_csv_row(rest, chunk_.delimiter, true, &cells_);
      take(row, rest.substr(0, row.size), start);
      start.line += count_csv_lines(rest.substr(0, row.size));
      start.byte += row.size;
      rest.remove_prefix(row.size);
    }
  }

 private:
  void take(const CsvRow& row, std::string_view text, Position start);
  std::optional<BadRow> fault(const CsvRow& row, std::string_view text,
                              Position start) const;
  std::optional<Kind> kind_of_row(Position start, std::optional<BadRow>& bad);
  void fill(RowWriter& writer);
  void put_field(FieldId id, std::string_view cell, RowWriter& writer);
  void put_group(GroupId id, std::string_view cell, RowWriter& writer);
  void put_list_items(RowWriter& writer);
  void put_members(RowWriter& writer);
  const std::vector<Column>& columns(Kind kind) const {
    return columns_[size_t(kind)];
  }

  const Chunk& chunk_;
  const IntakeOptions& options_;
  std::vector<Item>& items_;
  JsonReader json_;
  KindVotes votes_{options_.mapping.get()};
  std::vector<Column> columns_[2];
  CsvCells cells_;
};

Position moved(Position start, std::string_view text, size_t byte) {
  start.line += count_csv_lines(text.substr(0, byte));
  start.byte += byte;
  return start;
}

std::optional<BadRow> TableParser::fault(const CsvRow& row,
                                         std::string_view text,
                                         Position start) const {
  if (row.fault == CsvFault::unclosed) {
    return BadRow{"V102", "a quote is opened here and never closed",
                  moved(start, text, std::min(row.fault_byte, text.size()))};
  }
  if (row.fault == CsvFault::after_quote) {
    return BadRow{"V104",
                  "text follows the quote that closes a cell; a quote inside "
                  "a quoted cell is written twice",
                  moved(start, text, std::min(row.fault_byte, text.size()))};
  }
  if (const auto bad = find_bad_utf8(text)) {
    return BadRow{"V103", describe_bad_utf8(text[*bad]),
                  moved(start, text, *bad)};
  }
  const size_t wanted = columns_[0].size();
  if (row.cells != wanted) {
    return BadRow{"V101",
                  fmt::format("the row has {} cells where the header has {}",
                              row.cells, wanted),
                  start};
  }
  return std::nullopt;
}

void TableParser::take(const CsvRow& row, std::string_view text,
                       Position start) {
  if (text.find_first_not_of(" \t\r\n") == text.npos) return;
  Item& item = items_.emplace_back();
  item.record.position = start;
  item.bad = fault(row, text, start);
  if (item.bad) return;
  const auto kind = kind_of_row(start, item.bad);
  if (!kind) return;
  item.record.clear(*kind);
  item.record.position = start;
  RowWriter writer(item, options_.mapping.get());
  fill(writer);
  writer.finish();
}

std::optional<Kind> TableParser::kind_of_row(Position start,
                                             std::optional<BadRow>& bad) {
  const auto& row = columns(Kind::request);
  for (size_t i = 0; i < row.size(); ++i) {
    if (row[i].what != Column::What::kind || cells_[i].empty()) continue;
    const auto kind = kind_named(cells_[i]);
    if (!kind) bad = BadRow{"V107", "kind must be request or message", start};
    return kind;
  }
  if (const auto told = kind_told(options_)) return told;
  const auto winner = votes_.winner();
  if (!winner) bad = BadRow{"V108", votes_.complaint(), start};
  return winner;
}

void TableParser::fill(RowWriter& writer) {
  const auto& row = columns(writer.record().kind());
  bool lists = false;
  bool members = false;
  for (size_t i = 0; i < row.size(); ++i) {
    if (cells_[i].empty()) continue;
    switch (row[i].what) {
      case Column::What::field: put_field(row[i].id, cells_[i], writer); break;
      case Column::What::group:
        put_group(GroupId(row[i].id), cells_[i], writer);
        break;
      case Column::What::list_item: lists = true; break;
      case Column::What::member: members = true; break;
      case Column::What::unknown:
        writer.unknown_key((*chunk_.header)[i]);
        break;
      case Column::What::left_out:
      case Column::What::kind: break;
    }
  }
  if (lists) put_list_items(writer);
  if (members) put_members(writer);
}

// A list in one cell is a JSON array, or else its only element.
void TableParser::put_field(FieldId id, std::string_view cell,
                            RowWriter& writer) {
  if (!field(id).list) {
    writer.put({id, 0}, writer.read(id, cell, Written::cell));
    return;
  }
  if (cell[0] == '[' && json_.read_list(cell, id, writer)) return;
  writer.put_list(id, {cell[0] == '[' ? writer.record().make_invalid(cell)
                                      : writer.read(id, cell, Written::cell)});
}

void TableParser::put_group(GroupId id, std::string_view cell,
                            RowWriter& writer) {
  if (json_.read_group(cell, id, writer)) return;
  const Group& row = group(id);
  if (row.short_form && cell[0] != '[' && cell[0] != '{') {
    writer.put_group(id, 1);
    writer.put({row.first, 0}, writer.read(row.first, cell, Written::cell));
    return;
  }
  writer.put_group(id, writer.record().make_invalid(cell));
}

void TableParser::put_list_items(RowWriter& writer) {
  const auto& row = columns(writer.record().kind());
  std::map<FieldId, std::map<uint32_t, Slot>> lists;
  for (size_t i = 0; i < row.size(); ++i) {
    if (row[i].what != Column::What::list_item || cells_[i].empty()) continue;
    lists[row[i].id][row[i].item] =
        writer.read(row[i].id, cells_[i], Written::cell);
  }
  for (const auto& [id, items] : lists) {
    std::vector<Slot> slots;
    for (const auto& [item, slot] : items) slots.push_back(slot);
    writer.put_list(id, slots);
  }
}

// Items without a single cell are left out, so that a table with room for
// three factors does not claim that there were three.
void TableParser::put_members(RowWriter& writer) {
  const auto& row = columns(writer.record().kind());
  std::map<GroupId, std::map<uint32_t, std::vector<size_t>>> cells;
  for (size_t i = 0; i < row.size(); ++i) {
    if (row[i].what != Column::What::member || cells_[i].empty()) continue;
    cells[field(row[i].id).group][row[i].item].push_back(i);
  }
  for (const auto& [group, items] : cells) {
    writer.put_group(group, uint32_t(items.size()));
    uint32_t number = 0;
    for (const auto& [item, members] : items) {
      for (const size_t i : members) {
        writer.put({row[i].id, number},
                   writer.read(row[i].id, cells_[i], Written::cell));
      }
      ++number;
    }
  }
}

}  // namespace

void parse_table(const Chunk& chunk, const IntakeOptions& options,
                 std::vector<Item>& items) {
  TableParser(chunk, options, items).parse();
}

}  // namespace simwarden
