// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <istream>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "cel/value/environment.h"
#include "diag/result.h"
#include "notation/yaml.h"
#include "policy/control.h"
#include "policy/digest.h"
#include "policy/pack.h"
#include "scan/scanner.h"

// Packs + profiles + lists, compiled into one immutable value.
//
//   folders -> read -> check -> Ruleset
//
// `policy` is handed the schema of facts; it does not know them. Slots of
// variables, in this order:
//   [0, schema slots)      facts, numbered by the caller
//   profile_slot(i)        profile.<parameter i>
//   pattern_slot(i)        patterns.<set i>  (bool)
//   window_slot(i)         windows.<window i>
//   late_slot()            windows.late      (bool)
namespace simwarden {

// Where things stood in the file system, and how to read them: tests hand in
// a map of texts. Paths use '/'.
class PolicyFiles {
 public:
  virtual ~PolicyFiles() = default;
  virtual Result<std::string> read(const std::string& path) const = 0;
  // Names of entries in a folder, sorted; an Error when it is none.
  virtual Result<std::vector<std::string>> list(
      const std::string& folder) const = 0;
  // Whether something is called so, be it a file or a folder, readable or not;
  // an Error when nobody can say.
  virtual Result<bool> has(const std::string& path) const = 0;
  // A plain list, which may be longer than what people write by hand.
  virtual Result<std::string> read_plain(const std::string& path) const {
    return read(path);
  }
};
// Pipes and devices are no files of policies, but below /dev.
std::unique_ptr<PolicyFiles> disk_files();
// Of a file that a user names himself, be it a pipe: all of it, or so many
// bytes and perhaps a few more.
Result<std::string> read_first_bytes(const std::string& path, size_t bytes_max);
Result<std::string> read_first_bytes(std::istream& in, const std::string& name,
                                     size_t bytes_max);

struct LoadOptions {
  std::vector<std::string> paths;  // pack folders or folders of packs
  // Facts a pack may use, by what it asks: facts of a request or a message.
  const cel::Environment* request_facts = nullptr;
  const cel::Environment* message_facts = nullptr;
  uint32_t schema_slots = 0;  // the caller's slots are below this
  std::string extra_profile;  // a profile file named on the command line
  // Folders of lists named on the command line. A list in one takes the place
  // of the packs' lists of its name, or is laid over one (`adds_to`).
  std::vector<std::string> extra_lists;
  // Files of waivers named on the command line.
  std::vector<std::string> extra_waivers;
  // The packs were read before, beside others that are not there any more:
  // what shared files say to those was looked at then.
  bool neighbours_are_gone = false;
};

// One compiled pattern set: which scanner patterns belong to which set.
struct PatternPlan {
  PatternView view;
  std::unique_ptr<const Scanner> scanner;
  std::vector<uint32_t> set_of;  // scanner pattern -> index of its set
};

class Ruleset {
 public:
  std::vector<Pack> packs;  // sorted by name
  std::map<std::string, Profile> profiles;
  // By name; where a pack's own list is called like a shared one, by
  // "pack/name" (a single pack's own list takes the shared one's place).
  std::map<std::string, std::shared_ptr<const NamedList>> lists;
  std::vector<Waiver> waivers;  // sorted by id
  Controls controls;            // obligations that rules serve, by name
  std::vector<std::string> parameter_names;  // slot order
  // Slot order: the sets of packs[0], of packs[1] … A name can be there twice.
  std::vector<std::string> pattern_names;
  // Slot order likewise: the windows of packs[0], of packs[1] …
  std::vector<std::string> window_names;
  std::vector<PatternPlan> patterns;  // at most one a view
  uint32_t schema_slots = 0;
  // "sha256:…" over the canonical bytes of every file that was read, in order
  // of path relative to its root. Does not depend on where the files lie.
  std::string digest;
  // Those files, in that order.
  std::vector<DigestedFile> files;
  // The name of the profile that LoadOptions::extra_profile held; "" without.
  std::string extra_profile;

  uint32_t profile_slot(size_t parameter) const {
    return schema_slots + static_cast<uint32_t>(parameter);
  }
  uint32_t pattern_slot(size_t set) const {
    return schema_slots + static_cast<uint32_t>(parameter_names.size() + set);
  }
  uint32_t window_slot(size_t window) const {
    return pattern_slot(pattern_names.size() + window);
  }
  uint32_t late_slot() const { return window_slot(window_names.size()); }
  const Profile* profile(std::string_view name) const;
  const NamedList* list(std::string_view name) const;
  // What families are called in another language than English, by name: an
  // English reader knows them by that.
  std::map<std::string, std::string> family_titles(
      std::string_view language) const;
};

// How the files of a ruleset are written, for who judges that (lint/).
struct PolicySources {
  struct OfPack {
    SourceText file;
    YamlNode root;
  };
  struct OfList {
    SourceText file;
    std::shared_ptr<const NamedList> list;
  };
  std::vector<OfPack> packs;  // in the order of Ruleset::packs
  std::vector<OfList> lists;  // overlays too
};

// Null when any error was found; all of them are in `issues`. A path that
// cannot be read is an Error (of the world), a wrong pack is Issues. `sources`
// is filled when a ruleset was made.
Result<std::shared_ptr<const Ruleset>> load_ruleset(
    const PolicyFiles& files, const LoadOptions& options, Issues& issues,
    PolicySources* sources = nullptr);

}  // namespace simwarden
