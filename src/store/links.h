// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "store/database.h"

// The hash chain over everything that is stored (docs/audit.md):
//
//   hash of a link = SHA-256(hash of the link before it + its body)
//
// hashes as 64 lower-case hex digits; before the first link stands the empty
// string. A body is one JSON object in the form of RFC 8785. It is worked out
// from the tables by one statement a kind, which the writer and `audit verify`
// share: what is not in its statement is not proven.
namespace simwarden {

enum class LinkKind : uint8_t {
  chain,  // the first link; id: how many blocks were there before the chain
  ruleset,
  ruleset_text,
  run,
  run_end,
  source,
  source_end,
  block,
  purge,
  decision,
  case_file,
  text,  // kept in clear under a case number
  opening,
  part,  // a database that was merged into this one, with its chain
};
inline constexpr std::array<std::string_view, 14> kLinkKinds = {
    "chain",     "ruleset",    "ruleset_text", "run",   "run_end",
    "source",    "source_end", "block",        "purge", "decision",
    "case_file", "text",       "opening",      "part"};

std::string hash_of_link(std::string_view before, std::string_view body);

// Works bodies out of the tables.
class LinkBodies {
 public:
  // The database must outlive it.
  static Result<std::unique_ptr<LinkBodies>> open(Database& database);
  // Empty when the row is not there.
  Result<std::string> body(LinkKind kind, int64_t id, int64_t link);

 private:
  std::array<std::unique_ptr<Statement>, kLinkKinds.size()> statements_;
};

// Adds links, inside the transaction of what they prove.
//   open (add* commit)*; after a rollback of an add: open again
class Chain {
 public:
  static Result<std::unique_ptr<Chain>> open(Database& database);
  Status add(LinkKind kind, int64_t id);
  int64_t links() const { return links_; }

 private:
  std::unique_ptr<LinkBodies> bodies_;
  std::unique_ptr<Statement> insert_;
  int64_t links_ = 0;
  std::string head_;
};

// Of a database that nothing was ever stored in.
Error no_chain(const std::string& path);

// What the key of a body is over: of "row", whose digest is over several, all
// their names ("decided_by or owner"); else the key itself.
std::string_view columns_of(LinkKind kind, std::string_view key);

}  // namespace simwarden
