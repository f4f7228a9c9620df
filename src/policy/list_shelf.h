// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "policy/digest.h"
#include "policy/folders.h"
#include "policy/list_reader.h"
#include "policy/pack_environment.h"

// All lists of a ruleset, from all files: which of them a pack sees, and which
// lie over which.
//
//   add* lay_over by_name in_sight* warn_of_unused
namespace simwarden {

class ListShelf {
 public:
  // Keeps all but `sources` by reference; `packs` may be filled in later.
  ListShelf(const PolicyFiles& files, const std::vector<PackFolder>& packs,
            Issues& issues, PolicySources* sources)
      : files_(files), packs_(packs), issues_(issues), sources_(sources) {}

  // Reads a list and, where its entries are in a plain file, that one too. Both
  // take part in the digest, the first as `relative`.
  Status add(SourceText file, const FoundFile& found,
             const std::string& relative, std::vector<DigestedFile>& digested);

  // Overlays go into the lists that they add to and are none themselves.
  void lay_over();

  // One name, one list; a single pack's own list hides the shared one, and
  // among several it is called by the pack, too.
  using Names = std::function<std::string(size_t pack)>;
  std::map<std::string, std::shared_ptr<const NamedList>> by_name(
      const Names& pack_name);

  std::shared_ptr<ListsInSight> in_sight(size_t pack) const;

  // `all_near`: every pack that sees the file is loaded, so that none can use
  // it unseen.
  void warn_of_unused(
      const std::map<size_t, std::shared_ptr<ListsInSight>>& sights,
      const std::function<bool(const FoundFile&)>& all_near);

 private:
  struct Draft {
    SourceText file;
    FoundFile found;
    ListFile read;
  };
  Status add_plain(const ListFile& read, const SourceText& file,
                   const FoundFile& found, const std::string& relative,
                   std::vector<DigestedFile>& digested);
  bool lies_under(const Draft& base, const Draft& over) const;
  void tell_of_no_base(const Draft& over);
  bool is_beside(const Draft& draft, const std::string& parent) const;
  bool has_beside(const std::string& parent, const std::string& name) const;
  // Of its own pack, of all beside it, of all. A shared one is seen beside
  // other folders, too, that have none of its name.
  bool is_seen_by(size_t pack, const Draft& draft) const;

  const PolicyFiles& files_;
  const std::vector<PackFolder>& packs_;
  Issues& issues_;
  PolicySources* sources_;  // null: nobody wants them
  std::vector<Draft> drafts_;
};

}  // namespace simwarden
