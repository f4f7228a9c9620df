// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "store/database.h"

// The schema, as the steps that lead to it. Its description for people is
// docs/store.md; a test holds the two together.
namespace simwarden {

// Marks the file as ours: "SIMW".
inline constexpr int64_t kApplicationId = 0x53494d57;

// migrations()[n] leads from version n to n + 1. A released step is never
// changed; a new version is a new row at the end.
std::span<const std::string_view> migrations();
int64_t schema_version();  // what this program writes and reads

// Brings an empty or older database up to date, wholly or not at all. A
// database of another program or of a newer simwarden is refused and
// left as it is.
Status migrate(Database& database);

// The version that it has; 0: there is nothing in it yet. Refuses what
// migrate() refuses.
Result<int64_t> version_of(Database& database);
// The same by the file's header, of one that nobody opens; 0 also where there
// is none.
Result<int64_t> version_in(const std::string& path);

// For readers, which change nothing: refuses what is not exactly the current
// version.
Status check_version(Database& database);

}  // namespace simwarden
