// SPDX-License-Identifier: Apache-2.0
#include "house/unused_lists.h"

#include <algorithm>
#include <filesystem>

#include "lint/lints.h"

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
    const bool idle = issue.code == "P164" || issue.code == kNotRegistrable;
    if (named && idle) unused.add(issue);
  }
  return unused;
}

}  // namespace simwarden
