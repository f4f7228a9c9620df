// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory_resource>
#include <string>
#include <string_view>
#include <vector>

#include "intake/intake.h"
#include "policy/ruleset.h"
#include "privacy/tokens.h"
#include "record/record.h"
#include "record/verdict_json.h"
#include "store/verdict_store.h"

// What is stored of a judged record, and of a ruleset.
namespace simwarden {

// What a row is made with: tokens for numbers and senders, and the memory of
// its texts, which must outlive them.
struct RowMeans {
  TokenMaker& tokens;
  std::pmr::memory_resource* memory = std::pmr::get_default_resource();
};

// `keys` is what append_verdict_keys() writes of the verdict, and stays so.
VerdictRow verdict_row(const Record& record, const Verdict& verdict,
                       TextPen& keys, VerdictOrigin origin,
                       const RowMeans& means);

// Its files in canonical bytes, which its digest is over.
std::vector<RulesetFile> files_of(const Ruleset& ruleset);

// Beside the database unless the site keeps it elsewhere, as it should. Beside
// the file itself, whatever link names it; a key that lies beside the link
// alone, as older versions made it, is still the one.
std::string site_key_path(const std::string& db);

std::string_view name_of(KindChoice kind);

}  // namespace simwarden
