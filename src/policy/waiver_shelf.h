// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "policy/folders.h"
#include "policy/waiver_reader.h"

// All waivers of a ruleset, from all files, held against the rules that they
// name.
//
//   add* read_scopes* check take
namespace simwarden {

class WaiverShelf {
 public:
  explicit WaiverShelf(Issues& issues) : issues_(issues) {}

  void add(SourceText file, const FoundFile& found);

  // `pack` was read: waivers of its rules get their conditions. A pack's own
  // file reaches its rules, a shared one those of all packs beside it, one of
  // the command line every rule. Keeps `folder` and `environment` by reference.
  void read_scopes(size_t index, const PackFolder& folder, const Pack& pack,
                   const cel::Environment& environment);

  // After all packs: what names no rule, comes twice or is too much.
  // `elsewhere`: the rules of packs beside the file that are not loaded; none
  // when a pack could not be read, so that nobody knows which rules there are.
  using Rules = std::optional<std::set<std::string>>;
  void check(const std::function<Rules()>& elsewhere);

  // Those whose rule is there, by id.
  std::vector<Waiver> take();

 private:
  struct File {
    SourceText text;
    FoundFile found;
    std::optional<YamlNode> root;
    std::vector<WaiverDraft> drafts;
  };
  struct Reached {
    size_t index;
    const PackFolder* folder;
    const cel::Environment* environment;
    std::set<std::string> rules;  // ids
  };
  void check_id(const File& file, const WaiverDraft& draft);
  void check_rule(const File& file, const WaiverDraft& draft,
                  const std::set<std::string>& elsewhere);
  // The condition of a waiver whose rule nobody knows, against the pack in
  // which the least is wrong with it.
  // With the facts of the pack that has the rule `near`, or of the pack that
  // they fit best.
  void check_scope(const File& file, const WaiverDraft& draft,
                   const std::string& near = {});
  void warn(const File& file, const WaiverDraft& draft, const Rule& rule);

  Issues& issues_;
  std::vector<std::unique_ptr<File>> files_;
  std::set<const WaiverDraft*> known_;  // whose rule was found
  std::vector<Reached> packs_;
  std::vector<std::string> rule_ids_;       // for did-you-mean
  std::map<std::string, std::string> ids_;  // waiver -> where
};

}  // namespace simwarden
