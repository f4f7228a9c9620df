// SPDX-License-Identifier: Apache-2.0
#include "audit/part_shift.h"

#include "audit/flat_json.h"

namespace simwarden {
namespace {

// Every key of a body that names a row. One that is missing here makes
// `audit merge` refuse its own work, for it verifies what it wrote.
struct RowKey {
  std::string_view key;
  int64_t PartShift::*shift;
};
constexpr RowKey kRowKeys[] = {
    {"block", &PartShift::block},
    {"block_shift", &PartShift::block},
    {"case", &PartShift::case_file},
    {"case_shift", &PartShift::case_file},
    {"decision", &PartShift::decision},
    {"decision_shift", &PartShift::decision},
    {"error_shift", &PartShift::error},
    {"first_error", &PartShift::error},
    {"first_verdict", &PartShift::verdict},
    {"opening", &PartShift::opening},
    {"opening_shift", &PartShift::opening},
    {"part", &PartShift::part},
    {"part_shift", &PartShift::part},
    {"purge", &PartShift::purge},
    {"purge_shift", &PartShift::purge},
    {"run", &PartShift::run},
    {"run_shift", &PartShift::run},
    {"source", &PartShift::source},
    {"source_shift", &PartShift::source},
    {"text", &PartShift::text},
    {"text_shift", &PartShift::text},
    {"verdict", &PartShift::verdict},
    {"verdict_shift", &PartShift::verdict},
};

}  // namespace

std::string as_in_part(std::string body, const PartShift& shift) {
  for (const RowKey& row : kRowKeys) {
    add_to_number(body, row.key, -(shift.*row.shift));
  }
  return body;
}

}  // namespace simwarden
