// SPDX-License-Identifier: Apache-2.0
#include "report/publish.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "report/words.h"

// A table is read as who wants to know a hidden count would: every hidden cell
// is a range, every row and column that adds up to something known narrows the
// ranges of its cells. While one comes down to a single number, more is hidden.
namespace simwarden {
namespace {

// More than any count, and small enough that sums of many are exact.
constexpr double kCountMax = 1e12;
// Ranges narrow quickly or by one a round; what needs more rounds than this to
// be found is left.
constexpr int kRoundsMax = 64;

struct Range {
  double low = 0;
  double high = 0;

  bool is_known() const { return low >= high; }
};

// Cells whose signed numbers add up to what a reader knows.
struct Sum {
  std::vector<size_t> cells;
  std::vector<double> signs;  // 1, or -1 for the whole of a row
  double total = 0;
};

class Hiding {
 public:
  explicit Hiding(ReportTable& table) : table_(table), truth_(table) {}

  // All counts of these rows, too.
  void run(const std::set<std::string>& names) {
    for (auto& row : table_.rows) {
      for (Cell& cell : row) {
        if (is_count(cell) && is_small_count(cell.number)) hide(cell, "<5");
      }
      hide_all_but_few(row);
      if (names.contains(row[0].text)) hide_row(row);
    }
    // Only hides, so it comes to an end.
    while (hide_more()) {
    }
    hide_derived();
  }

 private:
  static bool is_count(const Cell& cell) {
    return cell.kind == Cell::Kind::count;
  }
  static bool is_hidden(const Cell& cell) {
    return cell.kind == Cell::Kind::hidden;
  }
  static void hide(Cell& cell, std::string_view mark) {
    cell = hidden_cell(mark);
  }

  static void hide_row(std::vector<Cell>& row) {
    for (Cell& cell : row) {
      if (is_count(cell) && cell.number > 0) hide(cell, "*");
    }
  }
  // A count that leaves a small rest of its whole says how small.
  static void hide_all_but_few(std::vector<Cell>& row) {
    for (const Cell& share : row) {
      if (!leaves_few(share)) continue;
      for (Cell& cell : row) {
        const bool is_part = is_count(cell) && cell.number == share.part;
        if (is_part && cell.number > 0) hide(cell, "*");
      }
    }
  }
  static bool leaves_few(const Cell& cell) {
    return cell.kind == Cell::Kind::share &&
           is_small_count(cell.whole - cell.part);
  }

  size_t width() const { return table_.columns.size(); }
  Cell& at(size_t place) {
    return table_.rows[place / width()][place % width()];
  }
  const Cell& true_at(size_t place) const {
    return truth_.rows[place / width()][place % width()];
  }
  // The parts of a row against their whole.
  std::optional<Sum> sum_of_row(size_t row) const {
    if (table_.parts_end == 0) return std::nullopt;
    Sum sum;
    double rest = 0;
    for (size_t at = table_.parts_begin - 1; at < table_.parts_end; ++at) {
      const size_t place = row * width() + at;
      if (!is_count(true_at(place))) continue;
      sum.cells.push_back(place);
      sum.signs.push_back(at < table_.parts_begin ? -1 : 1);
      rest += sum.signs.back() * true_at(place).number;
    }
    if (rest != 0) return std::nullopt;
    return sum;
  }

  // Of one column, by group. Where nothing is shown there is no sum either.
  void add_sums_of_column(size_t column, std::vector<Sum>& sums) {
    std::map<size_t, Sum> groups;
    std::map<size_t, bool> shows;
    for (size_t row = 0; row < table_.rows.size(); ++row) {
      const size_t place = row * width() + column;
      if (!is_count(true_at(place))) continue;
      const size_t group = table_.groups.empty() ? 0 : table_.groups[row];
      Sum& sum = groups[group];
      sum.cells.push_back(place);
      sum.signs.push_back(1);
      sum.total += true_at(place).number;
      const Cell& shown = at(place);
      shows[group] = shows[group] || (is_count(shown) && shown.number > 0);
    }
    for (auto& [group, sum] : groups) {
      if (shows[group]) sums.push_back(std::move(sum));
    }
  }

  std::vector<Sum> known_sums() {
    std::vector<Sum> sums;
    for (size_t row = 0; row < table_.rows.size(); ++row) {
      if (auto sum = sum_of_row(row)) sums.push_back(*std::move(sum));
    }
    for (size_t at = 0; table_.rows_add_up && at < width(); ++at) {
      add_sums_of_column(at, sums);
    }
    std::erase_if(sums, [this](const Sum& sum) {
      return std::none_of(sum.cells.begin(), sum.cells.end(),
                          [this](size_t cell) { return is_hidden(at(cell)); });
    });
    return sums;
  }

  // Zeros are shown: "<5" says 1 to 4, "*" anything above, or both.
  Range range_of(size_t place) {
    const Cell& cell = at(place);
    if (!is_hidden(cell)) return {cell.number, cell.number};
    if (cell.text != "*") return {1, kSmallCount - 1};
    return {may_be_small_.contains(place) ? 1 : kSmallCount, kCountMax};
  }
  std::vector<Range> first_ranges() {
    std::vector<Range> ranges;
    for (size_t place = 0; place < width() * table_.rows.size(); ++place) {
      ranges.push_back(range_of(place));
    }
    return ranges;
  }

  // What the others of a sum leave to each cell; whether that is news.
  static bool narrow(const Sum& sum, std::vector<Range>& ranges) {
    double low = 0;
    double high = 0;
    for (size_t i = 0; i < sum.cells.size(); ++i) {
      const Range& range = ranges[sum.cells[i]];
      low += sum.signs[i] > 0 ? range.low : -range.high;
      high += sum.signs[i] > 0 ? range.high : -range.low;
    }
    bool news = false;
    for (size_t i = 0; i < sum.cells.size(); ++i) {
      Range& range = ranges[sum.cells[i]];
      const bool adds = sum.signs[i] > 0;
      const double most = sum.total - low + (adds ? range.low : -range.high);
      const double least = sum.total - high + (adds ? range.high : -range.low);
      const Range left = {std::max(range.low, adds ? least : -most),
                          std::min(range.high, adds ? most : -least)};
      if (left.low <= range.low && left.high >= range.high) continue;
      low += adds ? left.low - range.low : range.high - left.high;
      high += adds ? left.high - range.high : range.low - left.low;
      range = left;
      news = true;
    }
    return news;
  }

  // Those that give a hidden cell away, each after the ones it builds on.
  std::vector<const Sum*> telling_sums(const std::vector<Sum>& sums) {
    std::vector<Range> ranges = first_ranges();
    std::vector<const Sum*> telling;
    bool news = true;
    for (int round = 0; news && round < kRoundsMax; ++round) {
      news = false;
      for (const Sum& sum : sums) {
        const size_t before = known_of(sum, ranges);
        news = narrow(sum, ranges) || news;
        if (known_of(sum, ranges) > before) telling.push_back(&sum);
      }
    }
    return telling;
  }
  size_t known_of(const Sum& sum, const std::vector<Range>& ranges) {
    return size_t(
        std::count_if(sum.cells.begin(), sum.cells.end(), [&](size_t cell) {
          return is_hidden(at(cell)) && ranges[cell].is_known();
        }));
  }

  bool hide_smallest(const Sum& sum) {
    Cell* smallest = nullptr;
    for (const size_t place : sum.cells) {
      Cell& cell = at(place);
      if (!is_count(cell) || cell.number == 0) continue;
      if (!smallest || cell.number <= smallest->number) smallest = &cell;
    }
    if (smallest == nullptr) return false;
    hide(*smallest, "*");
    return true;
  }

  // Of a row without anything left to show: that it is small.
  bool hide_smallness(const Sum& sum) {
    for (const size_t place : sum.cells) {
      if (!is_hidden(at(place)) || at(place).text == "*") continue;
      hide(at(place), "*");
      may_be_small_.insert(place);
      return true;
    }
    return false;
  }

  bool hide_more() {
    const std::vector<Sum> sums = known_sums();
    const std::vector<const Sum*> telling = telling_sums(sums);
    bool changed = false;
    for (const Sum* sum : telling) changed = hide_smallest(*sum) || changed;
    if (changed) return true;
    for (const Sum* sum : telling) changed = hide_smallness(*sum) || changed;
    return changed;
  }

  void hide_derived() {
    for (auto& row : table_.rows) {
      const bool any = std::any_of(row.begin(), row.end(), is_hidden);
      for (Cell& cell : row) {
        const bool share = cell.kind == Cell::Kind::share;
        const bool derived = share || cell.kind == Cell::Kind::number;
        const bool small =
            share && (is_small_count(cell.part) || leaves_few(cell));
        if (derived && (any || small)) {
          hide(cell, "*");
        }
      }
    }
  }

  ReportTable& table_;
  const ReportTable truth_;
  std::set<size_t> may_be_small_;  // of those that say "*"
};

// The names of the rows of a table of which something is hidden.
std::set<std::string> hidden_rows(Document& document, const std::string& id) {
  std::set<std::string> names;
  each_table(document, [&](const ReportTable& table) {
    if (table.id != id) return;
    for (const auto& row : table.rows) {
      const bool any = std::any_of(row.begin(), row.end(), [](const Cell& at) {
        return at.kind == Cell::Kind::hidden;
      });
      if (any) names.insert(row[0].text);
    }
  });
  return names;
}

}  // namespace

void hide_small_counts(ReportTable& table) {
  Hiding(table).run({});
}

void hide_small_counts(Document& document) {
  document.published = true;
  for (ReportSection& section : document.sections) {
    for (ReportItem& item : section.items) {
      const auto* table = std::get_if<ReportTable>(&item);
      const auto* figure = std::get_if<Figure>(&item);
      const bool personal =
          (table && table->personal) || (figure && figure->table.personal);
      if (!personal) continue;
      item = Paragraph{std::string(word(document.language, "left_out")), true};
    }
  }
  each_table(document, [](ReportTable& table) {
    if (table.beside.empty()) hide_small_counts(table);
  });
  each_table(document, [&document](ReportTable& table) {
    if (table.beside.empty()) return;
    Hiding(table).run(hidden_rows(document, table.beside));
  });
}

}  // namespace simwarden
