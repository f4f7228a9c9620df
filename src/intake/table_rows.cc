// SPDX-License-Identifier: Apache-2.0
// Cells to fields. What a column is was settled by the header, once a chunk;
// a row only carries its cells there. An empty cell says nothing: a table has
// no other way to leave a value out.
#include <algorithm>
#include <map>
#include <memory>

#include <fmt/format.h>

#include "diag/ascii.h"
#include "diag/characters.h"
#include "diag/counted.h"
#include "intake/columns.h"
#include "intake/csv.h"
#include "intake/json_fault.h"
#include "intake/json_rows.h"
#include "intake/kinds.h"
#include "intake/row_writer.h"
#include "intake/rows.h"
#include "record/time.h"

namespace simwarden {
namespace {

// What the header's columns are for records of one kind.
struct Columns {
  Columns(Kind kind, const std::vector<std::string>& header,
          const Mapping* mapping);

  std::vector<Column> all;
  // Of each list and of each group that has numbered columns: which of `all`,
  // by their item.
  std::map<FieldId, std::vector<size_t>> lists;
  std::map<GroupId, std::vector<size_t>> groups;
  std::map<FieldId, size_t> times;  // where a field's time of day stands
};

Columns::Columns(Kind kind, const std::vector<std::string>& header,
                 const Mapping* mapping) {
  for (size_t i = 0; i < header.size(); ++i) {
    const Column column = find_column(kind, header[i], mapping);
    all.push_back(column);
    if (column.what == Column::What::list_item) lists[column.id].push_back(i);
    if (column.what == Column::What::time_of) times[column.id] = i;
    if (column.what == Column::What::member) {
      groups[field(column.id).group].push_back(i);
    }
  }
  const auto by_item = [this](size_t a, size_t b) {
    return all[a].item < all[b].item;
  };
  for (auto& [id, of_list] : lists) {
    std::stable_sort(of_list.begin(), of_list.end(), by_item);
  }
  for (auto& [id, of_group] : groups) {
    std::stable_sort(of_group.begin(), of_group.end(), by_item);
  }
}

class TableParser {
 public:
  TableParser(const Chunk& chunk, const IntakeOptions& options,
              const ItemTaker& taker)
      : chunk_(chunk),
        options_(options),
        taker_(taker),
        json_(options),
        header_(chunk.header ? *chunk.header : std::vector<std::string>()),
        columns_{{Kind::request, header_, options.mapping.get()},
                 {Kind::message, header_, options.mapping.get()}} {
    for (const std::string& name : header_) votes_.count(name);
  }

  void parse() {
    std::string_view rest = chunk_.bytes;
    Position start{chunk_.first_line, chunk_.first_byte};
    while (!rest.empty()) {
      const CsvRow row =
          cut_csv_row(rest, chunk_.delimiter, true, &cells_, &ahead_);
      const std::string_view text = rest.substr(0, row.size);
      if (!is_blank(row, text)) take(row, text, start);
      start.line += count_csv_lines(text);
      start.byte += row.size;
      rest.remove_prefix(row.size);
    }
  }

 private:
  bool is_blank(const CsvRow& row, std::string_view text) const;
  void take(const CsvRow& row, std::string_view text, Position start);
  void read(const CsvRow& row, std::string_view text, Position start);
  std::optional<BadRow> fault(const CsvRow& row, std::string_view text,
                              Position start) const;
  std::string other_delimiter(std::string_view text) const;
  bool repeats_header() const;
  bool is_footer(RowWriter& writer) const;
  // What a cell adds to what is known of its row; nullopt: it is one of a
  // request.
  enum class Part : uint8_t { none, number, heading, wrong };
  std::optional<Part> part_of(size_t i, const Column& column,
                              RowWriter& writer) const;
  std::optional<Kind> kind_of_row(Position start, std::optional<BadRow>& bad);
  std::string_view cell(size_t i, const Column& column) const;
  // An empty cell, or one that says nothing in the mapping's words.
  bool is_empty(size_t i, const Column& column) const;
  // What has cells of its items and one of its own in this row; "": nothing.
  std::string_view fill(RowWriter& writer);
  // The cell of a field, with the time of day that has a cell of its own.
  std::string_view whole_cell(size_t i, const Columns& row);
  void put_field(FieldId id, std::string_view cell, RowWriter& writer);
  void put_group(GroupId id, std::string_view cell, RowWriter& writer);
  // False when the whole had a cell.
  bool put_list_items(FieldId id, const std::vector<size_t>& columns,
                      RowWriter& writer);
  bool put_members(GroupId id, const std::vector<size_t>& columns,
                   RowWriter& writer);
  const Columns& columns(Kind kind) const { return columns_[size_t(kind)]; }

  const Chunk& chunk_;
  const IntakeOptions& options_;
  const ItemTaker& taker_;
  JsonReader json_;
  KindVotes votes_{options_.mapping.get()};
  const std::vector<std::string> header_;
  const Columns columns_[2];
  CsvCells cells_;
  CsvAhead ahead_;
  std::vector<Slot> slots_;  // of one list
  std::string whole_;        // a date with its time
  Item item_;
};

// Spreadsheets write the rows behind their last one as delimiters alone.
bool TableParser::is_blank(const CsvRow& row, std::string_view text) const {
  const auto is_empty = [](std::string_view one) {
    return without_blank_ends(one).empty();
  };
  if (is_empty(text)) return true;
  return row.fault == CsvFault::none && row.cells == header_.size() &&
         std::all_of(cells_.begin(), cells_.end(), is_empty);
}

Position moved(Position start, std::string_view text, size_t byte) {
  start.line += count_csv_lines(text.substr(0, byte));
  start.byte += byte;
  return start;
}

// Whether the row is parted by another sign than its header.
std::string TableParser::other_delimiter(std::string_view text) const {
  if (header_.size() < 2) return "";
  const auto named = [](char sign) {
    return sign == '\t' ? std::string("tab") : fmt::format("\"{}\"", sign);
  };
  for (const char sign : kDelimiters) {
    if (find_csv_row(text, sign, true).cells != header_.size()) continue;
    return fmt::format(
        "; parted by {} it has as many, but the header is parted by {}",
        named(sign), named(chunk_.delimiter));
  }
  return "";
}

std::optional<BadRow> TableParser::fault(const CsvRow& row,
                                         std::string_view text,
                                         Position start) const {
  if (row.fault == CsvFault::unclosed) {
    return BadRow{"V102", "a quote is opened here and never closed",
                  moved(start, text, std::min(row.fault_byte, text.size()))};
  }
  if (row.fault == CsvFault::after_quote && row.fault_byte >= text.size()) {
    return BadRow{"V104",
                  "a quote is opened in this row and closed on a line behind "
                  "it, where text follows; a quote inside a quoted cell is "
                  "written twice",
                  start};
  }
  if (row.fault == CsvFault::after_quote) {
    return BadRow{"V104",
                  "text follows the quote that closes a cell; a quote inside "
                  "a quoted cell is written twice",
                  moved(start, text, row.fault_byte)};
  }
  if (const auto bad = find_bad_utf8(text)) {
    return BadRow{"V103", describe_bad_utf8(text[*bad]),
                  moved(start, text, *bad), kEncodingAdvice};
  }
  const size_t wanted = header_.size();
  if (row.cells != wanted) {
    return BadRow{
        "V101",
        fmt::format("the row has {} where the header has {}{}",
                    how_many(row.cells, "cell"), wanted, other_delimiter(text)),
        start};
  }
  return std::nullopt;
}

// So many cells are empty where a request says something.
constexpr size_t kEmptyNamesMin = 2;
// Cells that are none of their field's: sums with a currency, a count under a
// column of names. Of a request in another's words more are.
constexpr size_t kWrongMax = 2;

constexpr std::string_view kLeaveOut = "leave the row out of the file";

bool has_digit(std::string_view text) {
  return std::any_of(text.begin(), text.end(), is_digit);
}

// "Total", "Subtotal LJ-1", "Made on 3 March": no digit, or more than a word. A
// request's name has digits and no blanks.
bool is_heading(std::string_view text) {
  return !has_digit(text) || text.find(' ') != text.npos;
}

// A look that spares nearly all cells, long texts above all, the composing of
// their letters, which changes no first letter of a name that begins in ASCII.
bool may_be_name(std::string_view cell, std::string_view name) {
  constexpr size_t kComposedFrom = 12;  // bytes of a letter with its marks
  cell = without_blank_ends(cell);
  if (cell.empty() || name.empty()) return cell.empty() == name.empty();
  const bool ascii = static_cast<unsigned char>(name[0]) < 0x80;
  return cell.size() <= name.size() * kComposedFrom &&
         (!ascii || cell[0] == name[0]);
}

// Texts that a heading is none of.
bool has_form(FieldFormat format) {
  return format != FieldFormat::any && format != FieldFormat::prose &&
         format != FieldFormat::serial && format != FieldFormat::correlation &&
         format != FieldFormat::media_type;
}

// A number however a country parts it: 1.234,50 or 1 234.50.
bool is_amount(std::string_view text) {
  return has_digit(text) &&
         text.find_first_not_of("0123456789.,' -+%") == text.npos;
}

// A column of which no sum is made.
bool is_name(const Column& column) {
  if (column.what == Column::What::unknown ||
      column.what == Column::What::left_out ||
      column.what == Column::What::kind) {
    return false;
  }
  if (column.what == Column::What::group) return true;
  const FieldType type = field(column.id).type;
  return type != FieldType::integer && type != FieldType::number;
}

void TableParser::take(const CsvRow& row, std::string_view text,
                       Position start) {
  item_.bad.reset();
  item_.unknown_keys.clear();
  read(row, text, start);
  if (item_.bad) item_.record.clear(Kind::request);
  item_.record.position = start;
  taker_(item_);
}

void TableParser::read(const CsvRow& row, std::string_view text,
                       Position start) {
  item_.bad = fault(row, text, start);
  if (item_.bad) return;
  if (repeats_header()) {
    item_.bad = BadRow{"V109", "the row repeats the names of the columns",
                       start, std::string(kLeaveOut)};
    return;
  }
  const auto kind = kind_of_row(start, item_.bad);
  if (!kind) return;
  item_.record.clear(*kind);
  item_.record.position = start;
  RowWriter writer(item_, options_.mapping.get());
  if (*kind == Kind::request && is_footer(writer)) {
    item_.bad = BadRow{"V109",
                       "nothing valid in the row says what request it is: it "
                       "is a line of totals, or a last line",
                       start, std::string(kLeaveOut)};
    return;
  }
  if (const std::string_view twice = fill(writer); !twice.empty()) {
    item_.bad = BadRow{"V110",
                       fmt::format("\"{}\" has a cell of its own in this row, "
                                   "and cells of its items",
                                   twice),
                       start, "leave one of the two empty"};
    return;
  }
  writer.finish();
}

std::optional<Kind> TableParser::kind_of_row(Position start,
                                             std::optional<BadRow>& bad) {
  const auto& row = columns(Kind::request).all;
  for (size_t i = 0; i < row.size(); ++i) {
    if (row[i].what != Column::What::kind || is_empty(i, row[i])) continue;
    const auto kind = kind_named(cells_[i]);
    if (!kind) bad = BadRow{"V107", "kind must be request or message", start};
    return kind;
  }
  if (const auto told = kind_told(options_)) return told;
  const auto winner = votes_.winner();
  if (!winner) bad = votes_.complaint("V108", start);
  return winner;
}

// Of a table of one column the word may be a message.
bool TableParser::repeats_header() const {
  if (header_.size() < 2) return false;
  for (size_t i = 0; i < header_.size(); ++i) {
    if (!may_be_name(cells_[i], header_[i])) return false;
    if (column_name(cells_[i]) != header_[i]) return false;
  }
  return true;
}

std::optional<TableParser::Part> TableParser::part_of(size_t i,
                                                      const Column& column,
                                                      RowWriter& writer) const {
  using What = Column::What;
  const std::string_view cell = this->cell(i, column);
  const bool names = is_name(column);
  if (is_empty(i, column)) return Part::none;
  if (column.what == What::kind || column.what == What::group) {
    return std::nullopt;
  }
  if (!names && is_amount(cell)) return Part::number;
  const auto heading =
      is_heading(cell) ? std::optional(Part::heading) : std::optional<Part>();
  if (column.what == What::unknown || column.what == What::left_out ||
      column.what == What::time_of) {
    return heading;
  }
  const Field& row = field(column.id);
  const Slot slot = writer.read(column.id, cell, Written::cell);
  if (slot.state != SlotState::given) return Part::wrong;
  if (!names) return Part::number;
  return row.type == FieldType::text && !has_form(row.format) ? heading
                                                              : std::nullopt;
}

// Of a request that lost nearly all there is something valid: its name, a
// number, a time, a word of a choice. Totals and last lines ("Total;50",
// "合计;;;123", "Made on 3 March") have none of them.
bool TableParser::is_footer(RowWriter& writer) const {
  const auto& row = columns(Kind::request).all;
  size_t counts[4] = {};
  size_t empty_names = 0;  // columns of what no number can stand for
  for (size_t i = 0; i < row.size(); ++i) {
    const auto part = part_of(i, row[i], writer);
    if (!part) return false;
    ++counts[size_t(*part)];
    const bool says_nothing = *part == Part::none || *part == Part::wrong;
    empty_names += says_nothing && is_name(row[i]) ? 1 : 0;
  }
  const size_t headings = counts[size_t(Part::heading)];
  return headings + counts[size_t(Part::number)] > 0 && headings <= 1 &&
         counts[size_t(Part::wrong)] <= kWrongMax &&
         empty_names >= kEmptyNamesMin;
}

std::string_view TableParser::cell(size_t i, const Column& column) const {
  const bool fielded = column.what == Column::What::field ||
                       column.what == Column::What::list_item ||
                       column.what == Column::What::member;
  return fielded ? value_in(field(column.id), cells_[i])
                 : without_blank_ends(cells_[i]);
}

bool TableParser::is_empty(size_t i, const Column& column) const {
  const std::string_view cell = this->cell(i, column);
  if (cell.empty()) return true;
  const Mapping* mapping = options_.mapping.get();
  if (mapping == nullptr) return false;
  switch (column.what) {
    case Column::What::field:
    case Column::What::list_item:
    case Column::What::member: return mapping->is_absent(column.id, cell);
    default: return mapping->absent.contains(cell);
  }
}

std::string_view TableParser::fill(RowWriter& writer) {
  const Columns& row = columns(writer.record().kind());
  for (size_t i = 0; i < row.all.size(); ++i) {
    const Column& column = row.all[i];
    if (is_empty(i, column)) continue;
    switch (column.what) {
      case Column::What::field:
        put_field(column.id, whole_cell(i, row), writer);
        break;
      case Column::What::group:
        put_group(GroupId(column.id), cell(i, column), writer);
        break;
      case Column::What::unknown: writer.unknown_key(header_[i]); break;
      case Column::What::list_item:
      case Column::What::member:
      case Column::What::time_of:
      case Column::What::left_out:
      case Column::What::kind: break;
    }
  }
  for (const auto& [id, of_list] : row.lists) {
    if (!put_list_items(id, of_list, writer)) return field(id).name;
  }
  for (const auto& [id, of_group] : row.groups) {
    if (!put_members(id, of_group, writer)) return group(id).name;
  }
  return {};
}

// A date as ours and a time as ours are one as ours; all others are joined as
// a mapping's `times` has them. Of a date that is not there a time says
// nothing.
std::string_view TableParser::whole_cell(size_t i, const Columns& row) {
  const std::string_view date = cell(i, row.all[i]);
  const auto at = row.times.find(row.all[i].id);
  if (at == row.times.end()) return date;
  const size_t time_at = at->second;
  if (is_empty(time_at, row.all[time_at])) return date;
  constexpr size_t kMinutes = 5;  // "13:05"
  const std::string_view time = cell(time_at, row.all[time_at]);
  const bool ours = parse_date(date).has_value();
  whole_ = fmt::format("{}{}{}{}", date, ours ? 'T' : ' ', time,
                       ours && time.size() == kMinutes ? ":00" : "");
  return whole_;
}

// A list in one cell is a JSON array, or else its only element.
void TableParser::put_field(FieldId id, std::string_view cell,
                            RowWriter& writer) {
  if (!field(id).list) {
    writer.put_cell({id, 0}, cell);
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
    writer.put_cell({row.first, 0}, cell);
    return;
  }
  writer.put_group(id, writer.record().make_invalid(cell));
}

bool TableParser::put_list_items(FieldId id, const std::vector<size_t>& columns,
                                 RowWriter& writer) {
  const auto& row = this->columns(writer.record().kind()).all;
  slots_.clear();
  for (const size_t i : columns) {
    if (is_empty(i, row[i])) continue;
    slots_.push_back(writer.read(id, cells_[i], Written::cell));
  }
  return slots_.empty() || writer.put_list(id, slots_);
}

// Items without a single cell are left out, so that a table with room for
// three factors does not claim that there were three.
bool TableParser::put_members(GroupId id, const std::vector<size_t>& columns,
                              RowWriter& writer) {
  const auto& row = this->columns(writer.record().kind()).all;
  const auto for_cells = [&](auto&& act) {
    uint32_t items = 0;
    uint32_t last = 0;
    for (const size_t i : columns) {
      if (is_empty(i, row[i])) continue;
      if (items == 0 || row[i].item != last) ++items;
      last = row[i].item;
      act(i, items - 1);
    }
    return items;
  };
  const uint32_t items = for_cells([](size_t, uint32_t) {});
  if (items == 0) return true;
  if (!writer.put_group(id, items)) return false;
  for_cells([&](size_t i, uint32_t item) {
    writer.put_cell({row[i].id, item}, cells_[i]);
  });
  return true;
}

}  // namespace

void parse_table(const Chunk& chunk, const IntakeOptions& options,
                 const ItemTaker& take) {
  TableParser(chunk, options, take).parse();
}

}  // namespace simwarden
