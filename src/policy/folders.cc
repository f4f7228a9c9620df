// SPDX-License-Identifier: Apache-2.0
#include "policy/folders.h"

#include <algorithm>

#include <fmt/format.h>

#include "diag/ascii.h"

namespace simwarden {
namespace {

constexpr char kPackFile[] = "pack.yaml";
// Where packs are kept in folders of folders, by country or team, they lie one
// or two too deep; further down is not a slip any more.
constexpr int kLostDepthMax = 4;
// Whoever names the folder of a whole disk waits no longer for that.
constexpr size_t kLostFoldersMax = 1000;

std::string without_slashes(std::string path) {
  while (path.size() > 1 && path.back() == '/') path.pop_back();
  return path;
}

std::string parent_of(const std::string& path) {
  const std::string base = base_name(path);
  if (base == "." || base == "..") return join_path(path, "..");
  const size_t slash = path.rfind('/');
  if (slash == std::string::npos) return ".";
  return slash == 0 ? "/" : path.substr(0, slash);
}

bool has(const std::vector<std::string>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// "Pack.yaml", "pack.yml", "packs.yaml", "pack.yaml.txt", "pack.json": meant to
// be a pack, and not called as one.
bool is_almost_pack_file(std::string_view name) {
  std::string small = small_letters(name);
  if (name == kPackFile || !small.starts_with("pack")) return false;
  small.erase(0, small.starts_with("packs") ? 5 : 4);
  return small.starts_with(".yaml") || small.starts_with(".yml") ||
         small.starts_with(".json");
}

bool has_yaml(const std::vector<std::string>& names) {
  return std::any_of(names.begin(), names.end(), [](const std::string& name) {
    return name.ends_with(".yaml");
  });
}

// What packs may share, in a pack or beside it.
const std::vector<std::string> kSharedFolders = {"lists", "profiles",
                                                 "controls"};
constexpr const char* kSharedFile = "waivers.yaml";

// Folders that have no packs in them, by their names.
bool is_no_place_for_packs(std::string_view name) {
  return has(kSharedFolders, name) || name.starts_with('.');
}

// Of a file that was meant to be YAML and is not called so. Copies that editors
// leave (.bak, .orig) are nobody's.
bool is_almost_yaml(std::string_view ending) {
  return ending == ".yaml" || ending == ".yml" || ending == ".yaml.txt" ||
         ending == ".yml.txt";
}

// "waiver.yaml", "Tests.yml", "list": the part of a pack that was meant, or
// what is shared beside packs; "" where none was. waivers.yml is told where
// waivers are looked for.
std::string part_meant(const std::string& name) {
  static const std::vector<std::string> kFiles = {"advice", "tests", "waivers"};
  if (name == "waivers.yml") return {};
  const std::string written = small_letters(name);
  const size_t dot = written.find('.');
  const std::string stem = written.substr(0, dot);
  const bool file = dot != std::string::npos;
  const std::string ending = file ? written.substr(dot) : "";
  const auto& parts = file ? kFiles : kSharedFolders;
  const std::string near = has(parts, stem) ? stem : nearest(stem, parts);
  const bool json = near == "waivers" && ending == ".json";
  if (file && !json && !is_almost_yaml(ending)) return {};
  const std::string meant = near.empty() || !file ? near : near + ".yaml";
  return meant == name ? "" : meant;
}

// Packs that nobody would read: what looks like one below a folder. All but the
// files is kept by itself.
//
//   (tell_misnamed tell_below)* told
class LostPacks {
 public:
  explicit LostPacks(const PolicyFiles& files) : files_(files) {}

  // A file in `folder` that is almost called pack.yaml.
  bool tell_misnamed(const std::string& folder,
                     const std::vector<std::string>& names) {
    bool any = false;
    for (const std::string& name : names) {
      const std::string path = join_path(folder, name);
      if (!is_almost_pack_file(name) || files_.list(path)) continue;
      lost_.push_back({folder, path, "this file would not be read",
                       "rename it to pack.yaml"});
      any = true;
    }
    return any;
  }

  // Packs in the folders of `folder`, which would be read in `home`, and in
  // theirs.
  bool tell_below(const std::string& folder,
                  const std::vector<std::string>& names,
                  const std::string& home, int depth = 1) {
    bool any = false;
    if (depth > kLostDepthMax) return any;
    for (const std::string& name : names) {
      if (is_no_place_for_packs(name)) continue;
      if (++looked_at_ > kLostFoldersMax) return any;
      const std::string path = join_path(folder, name);
      const auto below = files_.list(path);
      if (!below) continue;
      if (has(*below, kPackFile)) {
        tell_too_deep(path, home);
        any = true;
        continue;
      }
      any = tell_misnamed(path, *below) || any;
      any = tell_below(path, *below, home, depth + 1) || any;
    }
    return any;
  }

  bool empty() const { return lost_.empty(); }

  // But for those that were found after all, by another path of the user's.
  void told(const std::vector<PackFolder>& found, Issues& issues) const {
    for (const LostPack& lost : lost_) {
      const bool is_found = std::any_of(
          found.begin(), found.end(),
          [&](const PackFolder& pack) { return pack.path == lost.folder; });
      if (is_found) continue;
      issues.add(issue_of_path("P106", lost.path, lost.message, lost.help));
    }
  }

 private:
  struct LostPack {
    std::string folder;
    std::string path;
    std::string message;
    std::string help;
  };

  void tell_too_deep(const std::string& folder, const std::string& home) {
    lost_.push_back({folder, join_path(folder, kPackFile),
                     "this pack would not be read",
                     fmt::format("it lies too deep: move {} up into {}, or "
                                 "name it as a policy of its own",
                                 base_name(folder), home)});
  }

  const PolicyFiles& files_;
  std::vector<LostPack> lost_;
  size_t looked_at_ = 0;
};

// Whether packs that would not be read are looked for.
enum class Lost : uint8_t { told, ignored };

class Finder {
 public:
  Finder(const PolicyFiles& files, Issues& issues, Lost lost)
      : files_(files), issues_(issues), lost_(lost), lost_packs_(files) {}

  Status look_at(const std::string& path) {
    const auto names = files_.list(path);
    if (!names) {
      // Which is there as long as it is a folder.
      const auto itself = files_.has(join_path(path, "."));
      if (!itself || *itself) return names.error();
      return Error{Trouble::usage,
                   fmt::format("{} (a folder of policies is wanted)",
                               names.error().what)};
    }
    if (has(*names, kPackFile)) {
      add({path, parent_of(path), false}, *names);
      return Done{};
    }
    const size_t before = packs_.size();
    if (lost_ == Lost::told) {
      lost_packs_.tell_misnamed(path, *names);
      tell_nearly_named(path, *names, {kSharedFile});
    }
    for (const std::string& name : *names) {
      const Status looked = look_below(path, name);
      if (!looked) return looked.error();
    }
    if (packs_.size() > before || !lost_packs_.empty()) return Done{};
    return Error{Trouble::usage,
                 fmt::format("{}: neither a pack ({} is not in it) nor a "
                             "folder of packs ({} is in no folder below it){}",
                             path, kPackFile, kPackFile,
                             has_yaml(*names) ? "; files of lists are named by "
                                                "their folder: --lists"
                                              : "")};
  }

  std::vector<PackFolder> take() {
    lost_packs_.told(packs_, issues_);
    return std::move(packs_);
  }

 private:
  Status look_below(const std::string& parent, const std::string& name) {
    if (is_no_place_for_packs(name)) return Done{};
    const std::string path = join_path(parent, name);
    const auto names = files_.list(path);
    if (!names) {
      // A file has no business here but does no harm; a folder that cannot be
      // listed could hide a pack.
      if (files_.read(path)) return Done{};
      return names.error();
    }
    if (has(*names, kPackFile)) {
      add({path, parent, true}, *names);
    } else if (lost_ == Lost::told && !tell_shared(path, name, *names)) {
      tell_of_none(parent, path, *names);
    }
    return Done{};
  }

  // A folder beside packs that was meant to hold what they share.
  bool tell_shared(const std::string& path, const std::string& name,
                   const std::vector<std::string>& names) {
    const std::string meant = part_meant(name);
    if (meant.empty() || !has_yaml(names)) return false;
    // So evidence has the file that was named by --profile.
    const bool is_exported = name == "profile";
    issues_.add(issue_of_path(
        "P106", path, "this folder would not be read",
        fmt::format("rename it to {}{}", meant,
                    is_exported ? ", or name its file by --profile" : ""),
        is_exported ? Severity::warning : Severity::error));
    return true;
  }

  void tell_of_none(const std::string& parent, const std::string& path,
                    const std::vector<std::string>& names) {
    const bool misnamed = lost_packs_.tell_misnamed(path, names);
    if (lost_packs_.tell_below(path, names, parent) || misnamed) return;
    issues_.add(
        issue_of_path("P101", path, "no pack.yaml in this folder",
                      "of a folder of packs, only folders with one are read",
                      Severity::warning));
  }

  // A file or folder that is called nearly as it should be: a part of a pack,
  // or beside packs one of `parts`.
  void tell_nearly_named(const std::string& folder,
                         const std::vector<std::string>& names,
                         const std::vector<std::string>& parts = {}) {
    for (const std::string& name : names) {
      const std::string meant = part_meant(name);
      const std::string path = join_path(folder, name);
      if (meant.empty() || (!parts.empty() && !has(parts, meant))) continue;
      const bool wants_folder = meant.find('.') == std::string::npos;
      if (bool(files_.list(path)) != wants_folder) continue;
      issues_.add(issue_of_path("P106", path,
                                wants_folder ? "this folder would not be read"
                                             : "this file would not be read",
                                fmt::format("rename it to {}", meant)));
    }
  }

  // A pack in a pack is no part of it.
  void add(PackFolder folder, const std::vector<std::string>& names) {
    for (const PackFolder& known : packs_) {
      if (known.path == folder.path) return;
    }
    if (lost_ == Lost::told) {
      lost_packs_.tell_below(folder.path, names, parent_of(folder.path));
      tell_nearly_named(folder.path, names);
    }
    packs_.push_back(std::move(folder));
  }

  const PolicyFiles& files_;
  Issues& issues_;
  Lost lost_;
  LostPacks lost_packs_;
  std::vector<PackFolder> packs_;
};

struct Collected {
  FoundFile as;  // but for its path
  std::vector<FoundFile>& found;
  Issues& issues;
};

Status look_in(const PolicyFiles& files, const std::string& folder,
               Collected into) {
  const auto names = files.list(folder);
  if (!names) return names.error();
  for (const std::string& file : *names) {
    const std::string small = small_letters(file);
    const size_t dot = small.find('.');
    const bool almost = dot != small.npos && is_almost_yaml(small.substr(dot));
    if (almost && !file.ends_with(".yaml")) {
      into.issues.add(issue_of_path("P106", join_path(folder, file),
                                    "this file would not be read",
                                    "let its name end in .yaml"));
    }
    if (!file.ends_with(".yaml")) continue;
    into.as.path = join_path(folder, file);
    into.found.push_back(into.as);
  }
  return Done{};
}

Status look_beside(const PolicyFiles& files, const std::string& parent,
                   const std::string& name, const Collected& into) {
  const std::string folder = join_path(parent, name);
  const auto there = files.has(folder);
  if (!there) return there.error();
  if (!*there) return Done{};
  return look_in(files, folder, into);
}

}  // namespace

std::string join_path(const std::string& folder, const std::string& name) {
  if (folder == ".") return name == ".." ? name : "./" + name;
  return folder.ends_with('/') ? folder + name : folder + "/" + name;
}

std::string base_name(const std::string& path) {
  const size_t slash = path.rfind('/');
  return slash == std::string::npos ? path : path.substr(slash + 1);
}

Issue issue_of_path(std::string code, std::string path, std::string message,
                    std::string help, Severity severity) {
  Issue issue;
  issue.severity = severity;
  issue.code = std::move(code);
  issue.message = std::move(message);
  issue.file = std::move(path);
  issue.help = std::move(help);
  return issue;
}

Result<std::vector<PackFolder>> find_packs(
    const PolicyFiles& files, const std::vector<std::string>& paths,
    Issues& issues) {
  Finder finder(files, issues, Lost::told);
  for (const std::string& path : paths) {
    const Status looked = finder.look_at(without_slashes(path));
    if (!looked) return looked.error();
  }
  return finder.take();
}

std::vector<std::string> shared_beside(const PolicyFiles& files,
                                       const std::string& path) {
  const auto names = files.list(path);
  if (!names || !has(*names, kPackFile)) return {};
  std::vector<std::string> shared;
  for (const std::string& folder : kSharedFolders) {
    shared.push_back(join_path(parent_of(path), folder));
  }
  shared.push_back(join_path(parent_of(path), kSharedFile));
  return shared;
}

std::vector<PackFolder> packs_beside(const PolicyFiles& files,
                                     const PackFolder& pack) {
  Issues unheard;
  Finder finder(files, unheard, Lost::ignored);
  if (!finder.look_at(pack.parent)) return {};
  return finder.take();
}

Result<std::vector<FoundFile>> find_beside(const PolicyFiles& files,
                                           const std::vector<PackFolder>& packs,
                                           const std::string& name,
                                           Issues& issues) {
  std::vector<FoundFile> found;
  for (size_t i = 0; i < packs.size(); ++i) {
    const Status looked =
        look_beside(files, packs[i].path, name,
                    {{{}, i, packs[i].parent, false}, found, issues});
    if (!looked) return looked.error();
  }
  std::vector<std::string> parents;
  for (const PackFolder& pack : packs) {
    if (has(parents, pack.parent)) continue;
    parents.push_back(pack.parent);
    const Status looked =
        look_beside(files, pack.parent, name,
                    {{{}, std::nullopt, pack.parent, false}, found, issues});
    if (!looked) return looked.error();
  }
  return found;
}

Result<std::vector<FoundFile>> find_files_beside(
    const PolicyFiles& files, const std::vector<PackFolder>& packs,
    const std::string& name, Issues& issues) {
  std::vector<FoundFile> found;
  const auto look = [&](const std::string& folder, FoundFile as) -> Status {
    as.path = join_path(folder, name);
    const std::string misnamed = as.path.substr(0, as.path.rfind('.')) + ".yml";
    const auto slip = files.has(misnamed);
    if (!slip) return slip.error();
    if (*slip) {
      issues.add(issue_of_path("P106", misnamed, "this file would not be read",
                               "let its name end in .yaml"));
    }
    const auto there = files.has(as.path);
    if (!there) return there.error();
    if (*there) found.push_back(std::move(as));
    return Done{};
  };
  std::vector<std::string> parents;
  for (size_t i = 0; i < packs.size(); ++i) {
    if (Status own = look(packs[i].path, {{}, i, packs[i].parent, false}); !own)
      return own.error();
    if (has(parents, packs[i].parent)) continue;
    parents.push_back(packs[i].parent);
    const Status shared =
        look(packs[i].parent, {{}, std::nullopt, packs[i].parent, false});
    if (!shared) return shared.error();
  }
  return found;
}

Error no_list_in(const PolicyFiles& files, const std::string& folder) {
  const std::string home = without_slashes(folder);
  const std::string below = join_path(home, "lists");
  const auto names = files.list(below);
  const bool there = names && has_yaml(*names);
  return {Trouble::usage,
          fmt::format("--lists {}: no list is in it; {}", home,
                      there ? fmt::format("{} has some", below)
                            : "a list is a file of its own right in the "
                              "folder, as official_domains.yaml is")};
}

Result<std::vector<FoundFile>> find_in(const PolicyFiles& files,
                                       const std::string& folder,
                                       Issues& issues) {
  std::vector<FoundFile> found;
  const Status looked = look_in(files, without_slashes(folder),
                                {{{}, std::nullopt, {}, true}, found, issues});
  if (!looked) return looked.error();
  return found;
}

}  // namespace simwarden
