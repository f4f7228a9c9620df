// SPDX-License-Identifier: Apache-2.0
#include <map>
#include <set>

#include <fmt/format.h>

#include "diag/trouble.h"
#include "house/house.h"
#include "judge/load_options.h"

// A ruleset out of a database: its files are laid out as they were relative to
// each other, and what comes out must have the digest that judged.
namespace simwarden {
namespace {

constexpr std::string_view kPacks = "stored/";
// What was named by options beside the packs (policy/ruleset.cc names them so).
constexpr std::string_view kBeside = "beside/";
constexpr std::string_view kExtraLists = "extra/lists/";
constexpr std::string_view kExtraWaivers = "extra/waivers/";
constexpr std::string_view kExtraProfile = "profile/";

class StoredFiles final : public PolicyFiles {
 public:
  void put(std::string path, std::string text) {
    files_[std::move(path)] = std::move(text);
  }

  Result<std::string> read(const std::string& path) const override {
    const auto found = files_.find(path);
    if (found != files_.end()) return found->second;
    return trouble_with(path, "is not in the database");
  }

  Result<std::vector<std::string>> list(
      const std::string& folder) const override {
    std::set<std::string> names;
    const std::string prefix = folder + "/";
    for (auto at = files_.lower_bound(prefix);
         at != files_.end() && at->first.starts_with(prefix); ++at) {
      const std::string rest = at->first.substr(prefix.size());
      names.insert(rest.substr(0, rest.find('/')));
    }
    if (!names.empty()) return std::vector(names.begin(), names.end());
    return trouble_with(folder, "is not in the database");
  }

  Result<bool> has(const std::string& path) const override {
    return files_.contains(path) || list(path).ok();
  }

 private:
  std::map<std::string, std::string> files_;
};

Error cannot(const StoredRuleset& stored, std::string_view why) {
  return {Trouble::policy,
          fmt::format("ruleset {} of the database ({}) cannot be used: {}",
                      stored.id, stored.digest.substr(0, 19), why)};
}

}  // namespace

Result<std::unique_ptr<House>> House::open_stored(const StoredRuleset& stored) {
  if (stored.files.empty()) return cannot(stored, "its text was not kept");
  auto house = std::make_unique<House>();
  StoredFiles files;
  LoadOptions load = load_options(
      {std::string(kPacks.substr(0, kPacks.size() - 1))}, house->schema_);
  load.neighbours_are_gone = true;
  for (const StoredFile& file : stored.files) {
    const bool lists = file.path.starts_with(kExtraLists);
    const bool waivers = file.path.starts_with(kExtraWaivers);
    const bool profile = file.path.starts_with(kExtraProfile);
    std::string path(lists || waivers || profile ? kBeside : kPacks);
    path += where_it_lay(file.path);
    if (lists) load.extra_lists = {"beside/extra/lists"};
    if (waivers) load.extra_waivers.push_back(path);
    if (profile) load.extra_profile = path;
    files.put(path, file.text);
  }
  Issues issues;
  auto ruleset = load_ruleset(files, load, issues);
  if (!ruleset) return cannot(stored, ruleset.error().what);
  if (!*ruleset) {
    return cannot(stored,
                  "this simwarden finds mistakes in it; the one that "
                  "judged by it may not");
  }
  if ((*ruleset)->digest != stored.digest) {
    return cannot(stored, "its text makes another one");
  }
  house->profile_ = "generic";
  house->take(*ruleset, PlanOptions{});
  return house;
}

}  // namespace simwarden
