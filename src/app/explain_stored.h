// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "app/options.h"
#include "store/stored_verdict.h"
#include "terminal/terminal.h"

namespace simwarden {

// A stored verdict for a person, without how it is proven.
struct ToldVerdict {
  FoundVerdict found;
  std::string text;
};

// What `options.verdict` names, drawn. An Error when it is not there, or its
// findings cannot be read.
Result<ToldVerdict> tell_stored(const ExplainOptions& options,
                                const Paint& paint);

// Whether verdict and decisions are as they were written; else an Error that
// says what is not.
Status check_told(const std::string& db, const FoundVerdict& found);

// What is to be said of a verdict whose findings were purged.
Error no_longer_kept(const ExplainOptions& options);

// explain --db: draws a stored verdict as it was told then, with the rules'
// words of then, and what people decided about it. Nothing is judged; of
// the policy of then only the names of families are read. Returns the exit
// code.
int explain_stored(const ExplainOptions& options);

}  // namespace simwarden
