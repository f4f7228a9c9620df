// SPDX-License-Identifier: Apache-2.0
#include "desk/decision_rows.h"

#include <algorithm>
#include <charconv>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>

#include <fmt/format.h>
#include <simdjson.h>

#include "diag/issue.h"
#include "intake/csv.h"
#include "intake/json_fault.h"
#include "notation/utf8.h"
#include "privacy/masks.h"
#include "store/stored_verdict.h"
#include "text/charset.h"

namespace simwarden {
namespace {

// To find a record is to look at every row of the store, while its door waits.
constexpr size_t kByRecordMax = 20;

using Take = bool (*)(Decision&, std::string_view);

bool take_verdict(Decision& to, std::string_view text) {
  const auto end =
      std::from_chars(text.data(), text.data() + text.size(), to.verdict_id);
  return end.ec == std::errc() && end.ptr == text.data() + text.size();
}

template <std::string Decision::*Member>
bool take_text(Decision& to, std::string_view text) {
  to.*Member = text;
  return true;
}

struct Column {
  std::string_view name;
  Take take;  // null: there for the reader
};

constexpr Column kColumns[] = {
    {"verdict_id", take_verdict},
    {"stored_as", take_text<&Decision::stored_as>},
    {"record_id", take_text<&Decision::record_id>},
    {"decided_by", take_text<&Decision::decided_by>},
    {"decided_at", take_text<&Decision::decided_at>},
    {"outcome", take_text<&Decision::outcome>},
    {"state", take_text<&Decision::state>},
    {"owner", take_text<&Decision::owner>},
    {"due", take_text<&Decision::due>},
    {"note", take_text<&Decision::note>},
    // Of reports, views and `audit cases`.
    {"decision_id", nullptr},
    {"stratum", nullptr},
    {"source", nullptr},
    {"line", nullptr},
    {"record", nullptr},
    {"kind", nullptr},
    {"action", nullptr},
    {"score", nullptr},
    {"top_rule", nullptr},
    {"subject", nullptr},
    {"event_time", nullptr},
    {"findings", nullptr},
};

const Column* find_column(std::string_view name) {
  const auto* const found =
      std::find_if(std::begin(kColumns), std::end(kColumns),
                   [name](const Column& c) { return c.name == name; });
  return found == std::end(kColumns) ? nullptr : found;
}

// The first one is as good as the last: nobody is guessed at.
std::string named_twice(std::string_view name) {
  return fmt::format("“{}” is named twice", name);
}

std::string unknown_column(std::string_view name) {
  std::vector<std::string> names;
  for (const Column& column : kColumns) {
    if (column.take != nullptr) names.emplace_back(column.name);
  }
  std::string all;
  for (const std::string& each : names) all += (all.empty() ? "" : ", ") + each;
  const std::string hint = did_you_mean(std::string(name), names);
  return fmt::format("“{}” is no column of a decision; {}", mask_text(name),
                     hint.empty() ? "they are " + all : hint);
}

class RowReader {
 public:
  explicit RowReader(const std::string& by) : by_(by) {}

  void begin(uint64_t line) {
    line_ = line;
    row_ = Decision{};
    wrong_ = false;
  }
  void put(const Column& column, std::string_view text) {
    if (column.take == nullptr || text.empty()) return;
    // A spreadsheet shows what begins with a quote as text.
    if (text.size() > 1 && text[0] == '\'' &&
        std::string_view("=+-@").find(text[1]) != std::string_view::npos) {
      text.remove_prefix(1);
    }
    if (!column.take(row_, text)) {
      fault(fmt::format("{} “{}”: is no whole number up to {}", column.name,
                        mask_text(text), INT64_MAX));
    }
  }
  void fault(std::string what) {
    rows_.faults.push_back({line_, std::move(what)});
    wrong_ = true;
  }
  void end() {
    if (wrong_) return;
    if (row_.outcome.empty()) {
      ++rows_.without_outcome;
      return;
    }
    if (row_.decided_by.empty()) row_.decided_by = by_;
    rows_.decisions.push_back(std::move(row_));
    rows_.lines.push_back(line_);
  }
  DecisionRows take() { return std::move(rows_); }

 private:
  const std::string& by_;
  DecisionRows rows_;
  Decision row_;
  uint64_t line_ = 0;
  bool wrong_ = false;
};

// What spreadsheets of different countries write between cells.
char delimiter_of(std::string_view text) {
  char best = ',';
  size_t most = 0;
  std::vector<std::string> cells;
  for (const char delimiter : {',', ';', '\t'}) {
    cut_csv_row(text, delimiter, true, &cells);
    const auto known = size_t(std::count_if(
        cells.begin(), cells.end(),
        [](const std::string& name) { return find_column(name) != nullptr; }));
    if (known > most) best = delimiter;
    most = std::max(most, known);
  }
  return best;
}

// False when a row of cells cannot be read at all.
bool is_row(const CsvRow& row, size_t cells, size_t columns,
            RowReader& reader) {
  if (row.fault != CsvFault::none) {
    reader.fault("a quote is not closed, or text stands behind one");
    return false;
  }
  if (cells > columns) {
    reader.fault(fmt::format("has {} cells, the heading {}", cells, columns));
    return false;
  }
  return true;
}

// False when it names what is none, or one twice.
bool read_heading(const std::vector<std::string>& cells,
                  std::vector<const Column*>& columns, RowReader& reader) {
  bool right = true;
  for (const std::string& name : cells) {
    const Column* column = find_column(name);
    const bool twice =
        column != nullptr &&
        std::find(columns.begin(), columns.end(), column) != columns.end();
    columns.push_back(column);
    if (column != nullptr && !twice) continue;
    reader.fault(twice ? named_twice(name) : unknown_column(name));
    right = false;
  }
  return right;
}

void read_csv(std::string_view text, RowReader& reader) {
  const char delimiter = delimiter_of(text);
  CsvAhead ahead;
  std::vector<std::string> cells;
  std::vector<const Column*> columns;
  uint64_t line = 1;
  bool heading = true;
  while (!text.empty()) {
    const CsvRow row = cut_csv_row(text, delimiter, true, &cells, &ahead);
    const std::string_view bytes = text.substr(0, row.size);
    reader.begin(line);
    const bool blank =
        std::all_of(cells.begin(), cells.end(),
                    [](const std::string& cell) { return cell.empty(); });
    if (heading) {
      heading = false;
      if (!read_heading(cells, columns, reader)) return;
    } else if (!blank && is_row(row, row.cells, columns.size(), reader)) {
      for (size_t at = 0; at < cells.size(); ++at) {
        reader.put(*columns[at], cells[at]);
      }
      reader.end();
    }
    line += count_csv_lines(bytes);
    text.remove_prefix(std::max<size_t>(row.size, 1));
  }
}

// `named`: what the object has named so far.
void put_json(const simdjson::dom::key_value_pair& pair,
              std::set<const Column*>& named, RowReader& reader) {
  const Column* column = find_column(pair.key);
  if (column == nullptr) return reader.fault(unknown_column(pair.key));
  if (!named.insert(column).second) {
    return reader.fault(named_twice(pair.key));
  }
  std::string_view text;
  int64_t number = 0;
  uint64_t large = 0;
  if (pair.value.get_string().get(text) == simdjson::SUCCESS) {
    return reader.put(*column, text);
  }
  if (pair.value.is_null()) return;
  if (pair.value.get_int64().get(number) == simdjson::SUCCESS) {
    return reader.put(*column, fmt::format("{}", number));
  }
  if (pair.value.get_uint64().get(large) == simdjson::SUCCESS) {
    return reader.put(*column, fmt::format("{}", large));
  }
  if (column->take != nullptr) {
    reader.fault(
        fmt::format("{}: is neither a text nor a whole number", pair.key));
  }
}

// REQUIRES: simdjson could not read it as an object.
std::string what_is_wrong(std::string_view row) {
  const auto fault = find_fault(row);
  // As a notation it is right: the one thing left.
  if (!fault) return "has a number that does not fit into 64 bits";
  return fmt::format("is no JSON object: {} (byte {} of the row)",
                     fault->message, fault->byte + 1);
}

void read_object(simdjson::dom::object object, RowReader& reader) {
  std::set<const Column*> named;
  for (const auto pair : object) put_json(pair, named, reader);
  reader.end();
}

// One object over several lines, or a list of them, whose numbers then are
// those of its members. False: it is neither.
bool read_json_whole(std::string_view text, RowReader& reader) {
  simdjson::dom::parser parser;
  simdjson::dom::element root;
  if (parser.parse(simdjson::padded_string(text)).get(root)) return false;
  simdjson::dom::object object;
  if (!root.get_object().get(object)) {
    reader.begin(1);
    read_object(object, reader);
    return true;
  }
  simdjson::dom::array array;
  if (root.get_array().get(array)) return false;
  uint64_t line = 0;
  for (const auto member : array) {
    reader.begin(++line);
    if (member.get_object().get(object)) {
      reader.fault("is no JSON object");
      continue;
    }
    read_object(object, reader);
  }
  return true;
}

void read_json_lines(std::string_view text, RowReader& reader) {
  simdjson::dom::parser parser;
  for (uint64_t line = 1; !text.empty(); ++line) {
    const size_t end = std::min(text.find('\n'), text.size());
    const std::string_view row = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (row.find_first_not_of(" \t\r") == std::string_view::npos) continue;
    reader.begin(line);
    simdjson::dom::object object;
    if (parser.parse(simdjson::padded_string(row)).get_object().get(object) !=
        simdjson::SUCCESS) {
      reader.fault(what_is_wrong(row));
      continue;
    }
    read_object(object, reader);
  }
}

void read_json(std::string_view text, bool is_list, RowReader& reader) {
  if (read_json_whole(text, reader)) return;
  if (!is_list) return read_json_lines(text, reader);
  reader.begin(1);
  reader.fault("begins a JSON list, which is broken");
}

std::optional<uint64_t> line_that_is_not_utf8(std::string_view text) {
  const size_t good = utf8_prefix(text);
  if (good < text.size()) return 1 + count_csv_lines(text.substr(0, good));
  return std::nullopt;
}

// Which verdict a row is about that says so by another thing than its number.
class VerdictNames {
 public:
  VerdictNames(DecisionRows& rows, const std::string& db)
      : rows_(rows), db_(db) {}

  Status find(size_t at) {
    at_ = at;
    const Decision& row = rows_.decisions[at];
    if (row.stored_as.empty() && row.verdict_id != 0) return Done{};
    if (row.stored_as.empty() && row.record_id.empty()) {
      fault("names no verdict: say verdict_id, stored_as or record_id");
      return Done{};
    }
    if (Status opened = open(); !opened) return opened;
    return row.stored_as.empty() ? find_record() : find_stored();
  }

 private:
  Status open() {
    if (finder_) return Done{};
    auto opened = VerdictFinder::open(db_);
    if (!opened) return opened.error();
    finder_ = std::move(*opened);
    return Done{};
  }
  void fault(std::string what) {
    rows_.faults.push_back({rows_.lines[at_], std::move(what)});
  }

  Status find_stored() {
    Decision& row = rows_.decisions[at_];
    const auto wrong = [&](std::string_view what) {
      fault(fmt::format("stored_as “{}”: {}", mask_text(row.stored_as), what));
    };
    const auto name = read_verdict_name(row.stored_as);
    if (!name) {
      wrong("is no name of a verdict, such as 3-4711");
      return Done{};
    }
    const auto found = finder_->number_of(*name);
    if (!found) return found.error();
    if (*found == 0) {
      wrong("this database has no such verdict");
    } else if (row.verdict_id != 0 && row.verdict_id != *found) {
      wrong(fmt::format("is verdict {}, not verdict_id {}", *found,
                        row.verdict_id));
    } else {
      row.verdict_id = *found;
    }
    return Done{};
  }

  Status find_record() {
    Decision& row = rows_.decisions[at_];
    const auto wrong = [&](std::string_view what) {
      fault(fmt::format("record_id “{}”: {}", mask_text(row.record_id), what));
    };
    if (++by_record_ > kByRecordMax) {
      wrong(
          fmt::format("only {} rows at once are found by record_id alone; say "
                      "verdict_id or stored_as, or send fewer",
                      kByRecordMax));
      return Done{};
    }
    const auto found = finder_->find_record(row.record_id);
    if (!found) return found.error();
    if (found->size() == 1) {
      row.verdict_id = found->front().verdict_id;
    } else if (found->empty()) {
      wrong("this database has no verdict on a record with this id");
    } else {
      wrong("several records have this id; say verdict_id: " +
            numbers_of(*found));
    }
    return Done{};
  }

  static std::string numbers_of(const std::vector<FoundVerdict>& found) {
    std::string all;
    for (const FoundVerdict& each : found) {
      all += fmt::format("{}{}", all.empty() ? "" : ", ", each.verdict_id);
    }
    return found.size() == kNamesakesMax ? all + ", …" : all;
  }

  DecisionRows& rows_;
  const std::string& db_;
  std::unique_ptr<VerdictFinder> finder_;
  size_t at_ = 0;
  size_t by_record_ = 0;
};

}  // namespace

DecisionRows read_decisions(std::string_view text, const std::string& by) {
  text = behind_utf8_mark(text);
  RowReader reader(by);
  if (const auto line = line_that_is_not_utf8(text)) {
    reader.begin(*line);
    reader.fault("is not UTF-8; save the file as UTF-8");
    return reader.take();
  }
  const size_t first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return reader.take();
  const char begin = text[first];
  if (begin == '{' || begin == '[') {
    read_json(text, begin == '[', reader);
  } else {
    read_csv(text, reader);
  }
  return reader.take();
}

Status find_named(DecisionRows& rows, const std::string& db) {
  VerdictNames names(rows, db);
  for (size_t at = 0; at < rows.decisions.size(); ++at) {
    if (Status found = names.find(at); !found) return found;
  }
  return Done{};
}

void leave_out_wrong(DecisionRows& rows) {
  std::set<uint64_t> wrong;
  for (const DecisionRows::Fault& fault : rows.faults) wrong.insert(fault.line);
  DecisionRows right;
  for (size_t at = 0; at < rows.decisions.size(); ++at) {
    if (wrong.contains(rows.lines[at])) continue;
    right.decisions.push_back(std::move(rows.decisions[at]));
    right.lines.push_back(rows.lines[at]);
  }
  rows.decisions = std::move(right.decisions);
  rows.lines = std::move(right.lines);
}

void add_faults(DecisionRows& rows, const std::vector<DecisionFault>& found) {
  for (const DecisionFault& fault : found) {
    rows.faults.push_back({rows.lines[fault.at], fault.what});
  }
  std::stable_sort(
      rows.faults.begin(), rows.faults.end(),
      [](const auto& a, const auto& b) { return a.line < b.line; });
}

std::string faults_of(const DecisionRows& rows) {
  constexpr size_t kShown = 5;
  std::string out;
  for (size_t i = 0; i < rows.faults.size() && i < kShown; ++i) {
    out += fmt::format("{}row {}: {}", out.empty() ? "" : "; ",
                       rows.faults[i].line, rows.faults[i].what);
  }
  if (rows.faults.size() > kShown) {
    out += fmt::format("; and {} more", rows.faults.size() - kShown);
  }
  return out;
}

}  // namespace simwarden
