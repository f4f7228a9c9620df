// SPDX-License-Identifier: Apache-2.0
#include "policy/waiver_shelf.h"

#include <algorithm>

#include <fmt/format.h>

namespace simwarden {
namespace {

bool reaches(const FoundFile& found, size_t pack, const PackFolder& folder) {
  if (found.extra) return true;
  if (found.pack) return *found.pack == pack;
  return found.parent == folder.parent;
}

const Rule* rule_of(const Pack& pack, const std::string& id) {
  for (const Rule& rule : pack.rules) {
    if (rule.id == id) return &rule;
  }
  return nullptr;
}

}  // namespace

void WaiverShelf::add(SourceText text, const FoundFile& found) {
  auto file =
      std::make_unique<File>(File{std::move(text), found, std::nullopt, {}});
  file->root = salvage_yaml(file->text, issues_);
  if (file->root) {
    file->drafts = read_waivers(file->text, *file->root, issues_);
  }
  files_.push_back(std::move(file));
}

void WaiverShelf::read_scopes(size_t index, const PackFolder& folder,
                              const Pack& pack,
                              const cel::Environment& environment) {
  packs_.push_back({index, &folder, &environment, {}});
  for (const Rule& rule : pack.rules) packs_.back().rules.insert(rule.id);
  for (const Rule& rule : pack.rules) rule_ids_.push_back(rule.id);
  for (const auto& file : files_) {
    if (!reaches(file->found, index, folder)) continue;
    for (WaiverDraft& draft : file->drafts) {
      const Rule* rule = rule_of(pack, draft.waiver.rule);
      if (rule == nullptr) continue;
      known_.insert(&draft);
      read_scope(file->text, draft, environment, issues_);
      warn(*file, draft, *rule);
    }
  }
}

void WaiverShelf::warn(const File& file, const WaiverDraft& draft,
                       const Rule& rule) {
  const bool runs =
      rule.status == RuleStatus::active || rule.status == RuleStatus::shadow;
  if (runs) return;
  Issue issue = file.text.issue(
      "P194", draft.rule_place,
      fmt::format("the rule {} does not run: nothing is waived", rule.id), {},
      "take the waiver out");
  issue.severity = Severity::warning;
  issues_.add(std::move(issue));
}

void WaiverShelf::check_id(const File& file, const WaiverDraft& draft) {
  const std::string& id = draft.waiver.id;
  if (id.empty()) return;
  const Place place = draft.waiver.place;
  const auto known =
      ids_.emplace(id, fmt::format("{}:{}", file.text.name(), place.line));
  if (known.second) return;
  issues_.add(file.text.issue("P191", place,
                              fmt::format("the id {} is used twice", id),
                              fmt::format("first in {}", known.first->second)));
}

void WaiverShelf::check_rule(const File& file, const WaiverDraft& draft,
                             const std::set<std::string>& elsewhere) {
  const std::string& id = draft.waiver.rule;
  if (id.empty()) return check_scope(file, draft);
  if (!file.found.pack && !file.found.extra && elsewhere.contains(id)) return;
  const std::string near = nearest(id, rule_ids_);
  std::string help = near.empty() ? "" : fmt::format("did you mean {}?", near);
  const bool others =
      std::find(rule_ids_.begin(), rule_ids_.end(), id) != rule_ids_.end();
  if (others) {
    help = "move the waiver into that pack's folder, or beside the packs";
  } else if (help.empty() && file.found.pack) {
    help = "the file of a pack waives rules of that pack";
  }
  issues_.add(
      file.text.issue("P190", draft.rule_place,
                      others ? fmt::format("the rule {} is another pack's", id)
                             : fmt::format("there is no rule {}", id),
                      {}, std::move(help)));
  check_scope(file, draft, near);
}

void WaiverShelf::check_scope(const File& file, const WaiverDraft& draft,
                              const std::string& near) {
  std::optional<Issues> least;
  for (const Reached& pack : packs_) {
    if (!reaches(file.found, pack.index, *pack.folder)) continue;
    if (!near.empty() && !pack.rules.contains(near)) continue;
    Issues said = issues_.another();
    WaiverDraft unknown = draft;
    read_scope(file.text, unknown, *pack.environment, said);
    const bool better = !least || said.error_count() < least->error_count();
    if (better) least = std::move(said);
  }
  if (least) issues_.add_all(*least);
}

void WaiverShelf::check(const std::function<Rules()>& elsewhere) {
  std::optional<Rules> rules;
  size_t count = 0;
  for (const auto& file : files_) {
    for (const WaiverDraft& draft : file->drafts) {
      check_id(*file, draft);
      if (++count == kWaiversMax + 1) {
        issues_.add(file->text.issue(
            "P195", draft.waiver.place,
            fmt::format("a ruleset has at most {} waivers", kWaiversMax), {},
            "change the rule that so many records need not meet"));
      }
      if (known_.contains(&draft)) continue;
      if (!rules) rules = elsewhere();
      if (*rules) check_rule(*file, draft, **rules);
    }
  }
}

std::vector<Waiver> WaiverShelf::take() {
  std::vector<Waiver> all;
  for (const auto& file : files_) {
    for (WaiverDraft& draft : file->drafts) {
      if (known_.contains(&draft)) all.push_back(std::move(draft.waiver));
    }
  }
  std::sort(all.begin(), all.end(),
            [](const Waiver& a, const Waiver& b) { return a.id < b.id; });
  return all;
}

}  // namespace simwarden
