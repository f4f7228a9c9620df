// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "diag/result.h"

// Writes what a third party needs to verify a database with public tools
// (docs/audit.md): digests and policies, no record and no verdict in clear.
//
//   chain.jsonl        {"body":"…","hash":"…"} a link, in order
//   rows.jsonl         {"block":1,"rows":["…"],"kept":[2,90,"…"]}: the digests
//                      of its rows; records, bytes, digest of its kept facts
//   parts/N.jsonl      of a merged database: the chain of each part
//   doubles.jsonl      {"part":2,"block":7,"stands_for":3}
//   rulesets/HEX       canonical bytes, whose SHA-256 is HEX
//   policies/HEX/…     the files of that ruleset, as --policy takes them
//   facts/BLOCK.jsonl.zst   on demand: what a block keeps of its records, in
//                      the order of its rows; pseudonyms and masked excerpts
//   SHA256SUMS         of the rulesets and the facts, for sha256sum -c
namespace simwarden {

// `folder` is made; one that is there must be empty. An Error leaves what was
// written so far.
Status export_evidence(const std::string& database, const std::string& folder,
                       bool with_facts = false);

}  // namespace simwarden
