// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "mail/mail.h"

namespace simwarden {

// The tables of a page whose cells could be a drawing: told what begins and
// ends, in the order of the page; tables may lie inside each other.
//
//   (begin_table (begin_row begin_cell*)* end_table)*
class CellTables {
 public:
  // Adds to `tables`, kept by reference, those that could be one: no fewer
  // and no more cells than codes have, and their colour changes everywhere.
  explicit CellTables(std::vector<MailTable>& tables) : tables_(tables) {}

  // `text_at`: where the table stands in the shown text.
  void begin_table(size_t text_at);
  void begin_row();
  // `background`: of the cell (css.h). `colspan`: the attribute, as it is.
  void begin_cell(int32_t background, std::string_view colspan);
  void end_table();

  bool cut() const { return cut_; }  // there were more than kMailTablesMax

 private:
  struct Open {
    uint32_t begin = 0;
    std::vector<std::vector<uint32_t>> rows;
    bool wants_row = true;
    bool too_large = false;
  };

  std::vector<MailTable>& tables_;
  std::vector<Open> open_;
  bool cut_ = false;
};

}  // namespace simwarden
