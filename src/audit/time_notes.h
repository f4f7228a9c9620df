// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "store/database.h"

// Times that cannot all be right. Who may set the clock may do so honestly:
// these are notes, no findings.
//   open (link | purge | checkpoint)* take
namespace simwarden {

class TimeNotes {
 public:
  // The database must outlive it.
  static Result<std::unique_ptr<TimeNotes>> open(Database& database);

  // `last`: the time of the newest link before in this chain that has one, and
  // behind the call of this one.
  void link(std::string_view body, int64_t number, std::string& last);
  // A purge by a day that had not come, or by a clock that was wrong; `id` is
  // its key here.
  Status purge(std::string_view body, int64_t id);
  // A checkpoint of `time` that saw links up to one of the time `newest`.
  void checkpoint(std::string_view time, std::string_view newest);

  std::vector<std::string> take() { return std::move(notes_); }

 private:
  std::unique_ptr<Statement> purge_;
  std::vector<std::string> notes_;
};

}  // namespace simwarden
