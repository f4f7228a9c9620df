// SPDX-License-Identifier: Apache-2.0
#include "house/unused_lists.h"

#include <algorithm>
#include <filesystem>

namespace simwarden {
namespace {

bool is_within(const std::string& file, const std::filesystem::path& folder) {
  return file.starts_with((folder / "").string());
}

}  // namespace

Issues unused_lists(const Issues& issues,
                    const std::vector<std::string>& folders) {
  Issues unused;
  for (const Issue& issue : issues.sorted()) {
    const bool named = std::any_of(folders.begin(), folders.end(),
                                   [&](const std::string& folder) {
                                     return is_within(issue.file, folder);
                                   });
    if (named && issue.code == "P164") unused.add(issue);
  }
  return unused;
}

}  // namespace simwarden
