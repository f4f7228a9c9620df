// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "cel/study/manual.h"
#include "cel/value/environment.h"
#include "policy/pack.h"

namespace simwarden {

// The lists that conditions of one pack can name, and which of them they do:
// noted while conditions are compiled, by several threads, and read afterwards
// for the warning about lists that nobody uses.
struct ListsInSight {
  std::map<std::string, std::shared_ptr<const NamedList>, std::less<>> lists;
  std::mutex mutex;
  std::set<std::string> asked;  // under the mutex
};

// What a pack adds to the facts.
struct PackScope {
  const std::map<std::string, Parameter>* parameters = nullptr;  // slot order
  uint32_t first_parameter_slot = 0;
  const std::vector<PatternSet>* patterns = nullptr;
  uint32_t first_pattern_slot = 0;
  const std::vector<DeclaredWindow>* windows = nullptr;
  uint32_t first_window_slot = 0;
  uint32_t late_slot = 0;  // of windows.late, when there are windows
  std::shared_ptr<ListsInSight> lists;
};

// The fact of every record in a pack with windows: it came later than its time
// allows, so that its figures are of what was there (windows/event_order.h).
inline constexpr std::string_view kLateWindow = "late";

// `facts` with profile.<name>, patterns.<set>, windows.<name> and in_list(name,
// value). Patterns and windows may be null.
cel::Environment pack_environment(const cel::Environment& facts,
                                  const PackScope& scope);

// in_list(name, value): what it takes and gives. `check` and `run` are the
// caller's.
cel::Function in_list_signature();

// As conditions see a window of the kind.
const cel::Type* window_type(WindowKind kind);

// What the manual says of the functions that a pack adds.
cel::ManualSection pack_manual();

}  // namespace simwarden
