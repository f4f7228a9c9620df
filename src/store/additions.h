// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "store/database.h"
#include "store/links.h"
#include "store/writer_lock.h"

// What is added to a store that has its verdicts: inside one transaction, with
// its links in the chain. A store that is open for a run does it itself
// (VerdictStore::add).
namespace simwarden {

using Addition = std::function<Status(Database&, Chain&)>;

// Takes the writer's lock of an existing database, brings it up to date and
// runs `write` as one transaction; an Error of `write` rolls it back.
Status add_to_store(const std::string& path, const Addition& write);

// Random, for the digests of what a purge takes: gone with it, so that what is
// left of it cannot be tried out.
std::string new_salt();

}  // namespace simwarden
