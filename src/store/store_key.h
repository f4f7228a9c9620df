// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "diag/result.h"
#include "privacy/tokens.h"

// The site key of a store. Under another one the pseudonyms of before join with
// nothing and windows count anew, so that it is never exchanged silently.
namespace simwarden {

enum class OtherKey : uint8_t { refused, meant };

// The key of `key_path`, made where the store at `path` has no run yet or a
// change is meant. An Error where it is not the one of the store's newest run
// (of a merged store that has no blocks of its own yet: of some part's newest
// run), or is not there any more. No store is made.
Result<SiteKey> open_store_key(const std::string& path,
                               const std::string& key_path, OtherKey change);

}  // namespace simwarden
