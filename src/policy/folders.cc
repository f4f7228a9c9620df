// SPDX-License-Identifier: Apache-2.0
#include "policy/folders.h"

#include <algorithm>

#include <fmt/format.h>

namespace simwarden {
namespace {

constexpr char kPackFile[] = "pack.yaml";

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

class Finder {
 public:
  Finder(const PolicyFiles& files, Issues& issues)
      : files_(files), issues_(issues) {}

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
      add({path, parent_of(path), false});
      return Done{};
    }
    const size_t before = packs_.size();
    for (const std::string& name : *names) {
      const Status looked = look_below(path, name);
      if (!looked) return looked.error();
    }
    if (packs_.size() > before || issues_.has_errors()) return Done{};
    return Error{Trouble::usage,
                 fmt::format("{}: neither a pack ({} is not in it) nor a "
                             "folder of packs ({} is in no folder below it)",
                             path, kPackFile, kPackFile)};
  }

  std::vector<PackFolder> take() { return std::move(packs_); }

 private:
  Status look_below(const std::string& parent, const std::string& name) {
    if (name == "lists" || name == "profiles" || name == "controls" ||
        name.starts_with('.')) {
      return Done{};
    }
    const std::string path = join_path(parent, name);
    const auto names = files_.list(path);
    if (!names) {
      // A file has no business here but does no harm; a folder that cannot be
      // listed could hide a pack.
      if (files_.read(path)) return Done{};
      return names.error();
    }
    if (has(*names, kPackFile)) {
      add({path, parent, true});
    } else if (has(*names, "pack.yml")) {
      issues_.add(issue_of_path("P106", join_path(path, "pack.yml"),
                                "this file would not be read",
                                "rename it to pack.yaml"));
    } else {
      issues_.add(issue_of_path("P101", path, "no pack.yaml in this folder", {},
                                Severity::warning));
    }
    return Done{};
  }

  void add(PackFolder folder) {
    for (const PackFolder& known : packs_) {
      if (known.path == folder.path) return;
    }
    packs_.push_back(std::move(folder));
  }

  const PolicyFiles& files_;
  Issues& issues_;
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
    if (file.ends_with(".yml")) {
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
  Finder finder(files, issues);
  for (const std::string& path : paths) {
    const Status looked = finder.look_at(without_slashes(path));
    if (!looked) return looked.error();
  }
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
