// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>

#include "audit/finding.h"
#include "store/database.h"

namespace simwarden {

// Whether the tables, views, indexes and triggers of a database of the newest
// version are those that migrations() makes, word for word: a view that was
// exchanged shows other verdicts than those that are proven, and a trigger
// changes what comes later. Each one that differs, is missing or is too much is
// told. What ANALYZE leaves is no finding. A table that is missing gets an
// empty one in its place, of this connection alone: so its rows are missing
// too, and all else can still be read.
Status check_schema(Database& database,
                    const std::function<void(AuditFinding)>& say);

// Whether each index leads to every row of its table, and the file's own
// structure holds: a row that an index passes over is not shown to whoever asks
// through it, though the row itself is as it was written.
Status check_indexes(Database& database,
                     const std::function<void(AuditFinding)>& say);

}  // namespace simwarden
