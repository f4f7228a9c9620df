// SPDX-License-Identifier: Apache-2.0
// Rows of CSV to their cells, beside libcsv where libcsv-dev is installed; over
// the corpus' export, which quotes what has commas. Both have all the cells of
// a row at once, unquoted: ours lie in the text, libcsv's are there for a call
// each and are put into strings that are used again. Both must come to the
// same ones.
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>
#ifdef SIMWARDEN_LIBCSV
#include <csv.h>
#endif

#include "files.h"
#include "intake/csv.h"

namespace simwarden {
namespace {

const std::string& table() {
  static const std::string read = read_all(CORPUS "/requests_export.csv");
  return read;
}

// What is compared.
struct Sums {
  size_t rows = 0;
  size_t bytes = 0;  // of all cells
};

struct Cells : Sums {
  std::vector<std::string> row;
  size_t in_row = 0;

  void add(const char* text, size_t size) {
    bytes += size;
    if (in_row == row.size()) row.emplace_back();
    row[in_row++].assign(text, size);
  }
  void end_row() {
    in_row = 0;
    ++rows;
  }
};

Sums by_us() {
  Sums sums;
  CsvCells cells;
  CsvAhead ahead;
  std::string_view rest = table();
  while (!rest.empty()) {
    const CsvRow row = cut_csv_row(rest, ',', true, &cells, &ahead);
    for (const std::string_view cell : cells) sums.bytes += cell.size();
    rest.remove_prefix(row.size);
    ++sums.rows;
  }
  return sums;
}

void report(benchmark::State& state, size_t rows) {
  state.SetBytesProcessed(int64_t(state.iterations() * table().size()));
  state.SetItemsProcessed(int64_t(state.iterations() * rows));
}

void ours(benchmark::State& state) {
  size_t rows = 0;
  for (auto _ : state) {
    Sums sums = by_us();
    benchmark::DoNotOptimize(sums);
    rows = sums.rows;
  }
  report(state, rows);
}
BENCHMARK(ours);

#ifdef SIMWARDEN_LIBCSV
Cells by_libcsv() {
  Cells cells;
  csv_parser parser{};
  csv_init(&parser, 0);
  const auto cell = [](void* text, size_t size, void* to) {
    static_cast<Cells*>(to)->add(static_cast<const char*>(text), size);
  };
  const auto row = [](int, void* to) { static_cast<Cells*>(to)->end_row(); };
  csv_parse(&parser, table().data(), table().size(), cell, row, &cells);
  csv_fini(&parser, cell, row, &cells);
  csv_free(&parser);
  return cells;
}

void libcsv(benchmark::State& state) {
  const Sums here = by_us();
  const Sums there = by_libcsv();
  if (here.rows != there.rows || here.bytes != there.bytes) {
    std::fprintf(stderr, "%zu rows of %zu bytes, libcsv %zu of %zu\n",
                 here.rows, here.bytes, there.rows, there.bytes);
    std::exit(1);
  }
  for (auto _ : state) {
    Sums sums = by_libcsv();
    benchmark::DoNotOptimize(sums);
  }
  report(state, there.rows);
}
BENCHMARK(libcsv);
#endif

}  // namespace
}  // namespace simwarden
