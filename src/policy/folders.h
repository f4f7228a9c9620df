// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "diag/issue.h"
#include "policy/ruleset.h"

// Where the files of packs lie.
//
//   --policy policies         every folder below it that has a pack.yaml
//   --policy policies/demo    this pack
//
// In both cases the folders lists/ and profiles/ in a pack and beside it are
// looked through.
namespace simwarden {

struct PackFolder {
  std::string path;
  std::string parent;         // the folder beside whose packs it lies
  bool among_others = false;  // the whole parent was asked for
};

// A file of lists/ or profiles/.
struct FoundFile {
  std::string path;
  std::optional<size_t> pack;  // index of the pack it belongs to, or shared
  std::string parent;          // of the pack, or the shared folder's
  bool extra = false;          // in a folder named on the command line
};

// An Error names what was looked for. Issues: P101, P106 (what looks like a
// pack and is none by its name or its depth).
Result<std::vector<PackFolder>> find_packs(
    const PolicyFiles& files, const std::vector<std::string>& paths,
    Issues& issues);

// All packs of the folder that `pack` lies in, itself among them; none when
// that cannot be looked through.
std::vector<PackFolder> packs_beside(const PolicyFiles& files,
                                     const PackFolder& pack);

// What is read besides a pack that was named by itself: the folders and the
// file that it shares with those beside it, whether they are there or not. None
// of a folder of packs, which holds them.
std::vector<std::string> shared_beside(const PolicyFiles& files,
                                       const std::string& path);

// All .yaml files of the folder `name` ("lists", "profiles"): those in packs
// first, then those beside them. An Error when such a folder is there and
// cannot be listed.
Result<std::vector<FoundFile>> find_beside(const PolicyFiles& files,
                                           const std::vector<PackFolder>& packs,
                                           const std::string& name,
                                           Issues& issues);

// The file `name` ("waivers.yaml") in packs and beside them, where it is there.
Result<std::vector<FoundFile>> find_files_beside(
    const PolicyFiles& files, const std::vector<PackFolder>& packs,
    const std::string& name, Issues& issues);

// What to say of a folder in which find_in() found nothing.
Error no_list_in(const PolicyFiles& files, const std::string& folder);

// All .yaml files of a folder that was named on the command line; an Error
// when it cannot be listed.
Result<std::vector<FoundFile>> find_in(const PolicyFiles& files,
                                       const std::string& folder,
                                       Issues& issues);

std::string join_path(const std::string& folder, const std::string& name);
std::string base_name(const std::string& path);

// An issue about a file or folder as a whole.
Issue issue_of_path(std::string code, std::string path, std::string message,
                    std::string help, Severity severity = Severity::error);

}  // namespace simwarden
