// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "diag/result.h"

// The text of the rulesets that judged what a database holds.
namespace simwarden {

struct StoredFile {
  std::string path;  // relative to its root, as it was hashed
  std::string text;
};

struct StoredRuleset {
  int64_t id = 0;
  std::string digest;  // "sha256:…", as it was when it judged
  // Empty: known by its digest only, from before texts were kept.
  std::vector<StoredFile> files;
};

// The text in the bytes of policy_file: path, NUL, size, NUL, text.
std::string text_of_file(std::string_view canonical);

// Where the file lay when it was read: waivers that lie beside the packs, or in
// one, are hashed as if they lay in a folder of their own.
std::string where_it_lay(std::string_view hashed_path);

// By id. Reads only. An Error when the file is no database of ours.
Result<std::vector<StoredRuleset>> stored_rulesets(const std::string& path);

}  // namespace simwarden
