// SPDX-License-Identifier: Apache-2.0
#include "store/bulk_insert.h"

#include <algorithm>

#include <fmt/format.h>

namespace simwarden {
namespace {

std::string values(size_t rows, int columns) {
  std::string row = "(?";
  for (int i = 1; i < columns; ++i) row += ",?";
  row += ')';
  std::string all = row;
  for (size_t i = 1; i < rows; ++i) all += "," + row;
  return all;
}

}  // namespace

Result<std::unique_ptr<BulkInsert>> BulkInsert::prepare(
    Database& database, const std::string& table, const std::string& columns) {
  auto bulk = std::make_unique<BulkInsert>();
  bulk->columns_ = 1 + int(std::count(columns.begin(), columns.end(), ','));
  const std::string insert =
      fmt::format("INSERT OR ROLLBACK INTO {} ({}) VALUES ", table, columns);
  auto many = database.prepare(insert + values(kRows, bulk->columns_));
  if (!many) return many.error();
  auto one = database.prepare(insert + values(1, bulk->columns_));
  if (!one) return one.error();
  bulk->many_ = std::move(*many);
  bulk->one_ = std::move(*one);
  return bulk;
}

}  // namespace simwarden
