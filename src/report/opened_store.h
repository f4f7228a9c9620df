// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include "diag/result.h"
#include "store/database.h"

namespace simwarden {

// One of the databases of a report, as it was at one moment.
struct OpenedStore {
  std::unique_ptr<Database> database;
  std::string path;
  std::string head;   // of its chain
  std::string links;  // how many it has
  // When something was stored last, as its links say.
  std::string newest;
  // What orders the stores: nothing that is written later changes it.
  std::string first_run;
  std::string first_link;
};

Result<OpenedStore> open_store(const std::string& path);

// The order of a report, however the databases were named.
bool comes_before(const OpenedStore& a, const OpenedStore& b);

}  // namespace simwarden
