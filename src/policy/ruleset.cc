// SPDX-License-Identifier: Apache-2.0
#include "policy/ruleset.h"

#include <algorithm>
#include <iterator>
#include <set>

#include <fmt/format.h>
#include <tbb/info.h>
#include <tbb/parallel_invoke.h>
#include <tbb/task_arena.h>

#include "policy/control_reader.h"
#include "policy/digest.h"
#include "policy/folders.h"
#include "policy/list_shelf.h"
#include "policy/pack_environment.h"
#include "policy/pack_reader.h"
#include "policy/profile_reader.h"
#include "policy/side_by_side.h"
#include "policy/usage.h"
#include "policy/value_trial.h"
#include "policy/waiver_shelf.h"

// Nothing stops at the first mistake: every step works with what the one
// before could read, so that all issues of all files are shown in one run.
// Only a file that the world does not hand out ends the load.
namespace simwarden {
namespace {

struct ControlDraft {
  SourceText file;
  FoundFile found;
  Control read;
};

// What two declarations of one parameter disagree about; "" for nothing.
std::string_view difference(const Parameter& one, const Parameter& other) {
  if (one.type != other.type) return "type";
  if (one.value != other.value) return "default";
  return one.range == other.range ? "" : "range";
}

class Builder {
 public:
  Builder(const PolicyFiles& files, const LoadOptions& options, Issues& issues,
          PolicySources* sources)
      : files_(files),
        options_(options),
        issues_(issues),
        lists_(files, folders_, issues, sources),
        waivers_(issues),
        sources_(sources),
        ruleset_(std::make_shared<Ruleset>()),
        values_(ruleset_->parameter_names, options.schema_slots, issues) {}

  Result<std::shared_ptr<const Ruleset>> build() {
    const size_t errors_before = issues_.error_count();
    auto folders = find_packs(files_, options_.paths, issues_);
    if (!folders) return folders.error();
    folders_ = std::move(*folders);
    if (Status read = read_packs(); !read) return read.error();
    if (Status read = read_lists(); !read) return read.error();
    declare();
    if (Status read = read_profiles(); !read) return read.error();
    if (Status read = read_waivers(); !read) return read.error();
    if (Status read = read_controls(); !read) return read.error();
    order_packs();
    const bool sound = issues_.error_count() == errors_before;
    // Neither knows the other.
    tbb::parallel_invoke([this] { read_all_rules(); },
                         [this, sound] {
                           if (sound) make_scanners();
                         });
    waivers_.check([this] { return rules_of_neighbours(); });
    if (sound) try_values();
    if (issues_.error_count() > errors_before) {
      return std::shared_ptr<const Ruleset>();
    }
    ruleset_->waivers = waivers_.take();
    warn_about_usage();
    return finish();
  }

 private:
  // The file, which from now on takes part in the digest as `relative`.
  Result<SourceText> open(const std::string& path) {
    auto text = files_.read(path);
    if (!text) return text.error();
    return SourceText(path, std::move(*text));
  }
  void digest(std::string relative, const SourceText& file) {
    digested_.push_back({std::move(relative), file.text()});
  }

  Status read_packs() {
    for (const PackFolder& folder : folders_) {
      auto file = open(join_path(folder.path, "pack.yaml"));
      if (!file) return file.error();
      drafts_.push_back({.file = std::move(*file)});
    }
    side_by_side(drafts_.size(), issues_, [this](size_t i, Issues& issues) {
      drafts_[i] = read_declarations(std::move(drafts_[i].file),
                                     folders_[i].path, issues);
    });
    for (size_t i = 0; i < drafts_.size(); ++i) {
      const PackDraft& draft = drafts_[i];
      digest(relative_name(i) + "/pack.yaml", draft.file);
      const auto known = packs_by_name_.emplace(draft.pack.name, i);
      if (known.second || draft.pack.name.empty()) continue;
      issues_.add(draft.file.issue(
          "P105", draft.place,
          fmt::format("there is another pack {}", draft.pack.name),
          fmt::format("also in {}", folders_[known.first->second].path)));
    }
    return Done{};
  }

  // Packs are called by their name where the folder has none (".").
  std::string relative_name(size_t pack) const {
    const std::string& name = drafts_[pack].pack.name;
    return name.empty() ? base_name(folders_[pack].path) : name;
  }

  Status read_lists() {
    auto all = find_beside(files_, folders_, "lists", issues_);
    if (!all) return all.error();
    for (const std::string& folder : options_.extra_lists) {
      const auto extra = find_in(files_, folder, issues_);
      if (!extra) return extra.error();
      if (extra->empty()) return no_list_in(files_, folder);
      all->insert(all->end(), extra->begin(), extra->end());
    }
    for (const FoundFile& found : *all) {
      auto file = open(found.path);
      if (!file) return file.error();
      Status added = lists_.add(std::move(*file), found,
                                relative_path(found, "lists"), digested_);
      if (!added) return added.error();
    }
    lists_.lay_over();
    ruleset_->lists =
        lists_.by_name([this](size_t pack) { return relative_name(pack); });
    return Done{};
  }

  std::string relative_path(const FoundFile& found, const char* folder) const {
    std::string own = found.pack ? relative_name(*found.pack) + "/" : "";
    if (found.extra) own = "extra/";
    return fmt::format("{}{}/{}", own, folder, base_name(found.path));
  }

  // Parameters of all packs; a name that two packs declare is one parameter.
  void declare() {
    for (const PackDraft& draft : drafts_) {
      for (const ParameterDraft& made : draft.parameters) {
        const auto known =
            declared_.emplace(made.parameter.name, made.parameter);
        if (known.second) {
          declared_in_[made.parameter.name] = draft.file.name();
          values_.set_default(made.parameter.name, draft.file, made.value_at);
          continue;
        }
        const Parameter& first = known.first->second;
        const std::string_view other = difference(first, made.parameter);
        if (other.empty()) continue;
        issues_.add(draft.file.issue(
            "P151", made.place,
            fmt::format("the parameter {} has another {} elsewhere", first.name,
                        other),
            {},
            fmt::format("declared in {}: give this one another name, or the "
                        "same {}",
                        declared_in_[first.name], other)));
      }
    }
    for (const auto& entry : declared_) {
      ruleset_->parameter_names.push_back(entry.first);
    }
  }

  Status read_profiles() {
    const auto all = find_beside(files_, folders_, "profiles", issues_);
    if (!all) return all.error();
    const std::vector<FoundFile>& found = *all;
    for (const FoundFile& one : found) {
      auto file = open(one.path);
      if (!file) return file.error();
      digest(relative_path(one, "profiles"), *file);
      add_profile(*file, one);
    }
    if (!options_.extra_profile.empty()) {
      auto file = open(options_.extra_profile);
      if (!file) return file.error();
      digest("profile/" + base_name(options_.extra_profile), *file);
      ProfileContext context{&declared_, elsewhere(), false};
      ProfileFile read = read_profile(*file, context, issues_);
      const std::string name = read.profile.name;
      ruleset_->extra_profile = name;
      ruleset_->profiles[name] = std::move(read.profile);
      values_.set_by(name, *file, read.values);
    }
    if (ruleset_->profiles.contains("generic")) return Done{};
    if (found.empty()) {
      ruleset_->profiles["generic"] = profile_of_defaults(declared_);
    } else {
      issues_.add(issue_of_path(
          "P154", found.front().path.substr(0, found.front().path.rfind('/')),
          "no profile is called generic",
          "records that name no profile are judged by it: write "
          "profiles/generic.yaml, or name policies that have one, too"));
    }
    return Done{};
  }

  void add_profile(const SourceText& file, const FoundFile& found) {
    ProfileContext context{&declared_, elsewhere(), true};
    ProfileFile read = read_profile(file, context, issues_);
    const std::string name = read.profile.name;
    if (name.empty()) return;
    const bool own = found.pack.has_value();
    const auto known = profile_files_.emplace(name, found);
    const FoundFile& first = known.first->second;
    if (known.second) {
      ruleset_->profiles[name] = std::move(read.profile);
      values_.set_by(name, file, read.values);
    } else if (first.pack.has_value() == own) {
      issues_.add(file.issue(
          "P155", read.place, fmt::format("there is another profile {}", name),
          fmt::format("also in {}", first.path),
          "give one of them another name, or take this file out of "
          "profiles/ and name it by --profile, which takes "
          "the other's place when records are judged"));
    }
    // Otherwise the pack's own profile hides the shared one.
  }

  Status read_waivers() {
    auto all = find_files_beside(files_, folders_, "waivers.yaml", issues_);
    if (!all) return all.error();
    for (const std::string& path : options_.extra_waivers) {
      all->push_back({path, std::nullopt, {}, true});
    }
    for (const FoundFile& found : *all) {
      auto file = open(found.path);
      if (!file) return file.error();
      digest(relative_path(found, "waivers"), *file);
      waivers_.add(std::move(*file), found);
    }
    return Done{};
  }

  // Shared profiles speak to packs that were not asked for, too.
  std::function<bool(const std::string&)> elsewhere() {
    return [this](const std::string& name) {
      if (!neighbours_) neighbours_ = parameters_of_neighbours();
      return !*neighbours_ || (*neighbours_)->contains(name);
    };
  }

  // None when a pack could not be read: nobody knows what it declares, and
  // what asks for that is not judged.
  using Declared = std::optional<std::set<std::string>>;

  Declared parameters_of_neighbours() const {
    std::set<std::string> names;
    const bool all_read = visit_neighbours([&](const PackDraft& draft) {
      for (const ParameterDraft& made : draft.parameters) {
        names.insert(made.parameter.name);
      }
    });
    return all_read ? Declared(std::move(names)) : std::nullopt;
  }

  // Shared waivers do so as well.
  Declared rules_of_neighbours() const {
    std::set<std::string> ids;
    const bool all_read = visit_neighbours([&](const PackDraft& draft) {
      const YamlNode* rules = draft.root ? draft.root->find("rules") : nullptr;
      if (rules == nullptr) return;
      for (const YamlNode& rule : rules->items) {
        const YamlNode* id = rule.find("id");
        if (id != nullptr) ids.insert(id->scalar);
      }
    });
    return all_read ? Declared(std::move(ids)) : std::nullopt;
  }

  // Packs beside those that were asked for alone. False when one of them, or
  // one that was asked for, could not be read.
  template <typename Visit>
  bool visit_neighbours(Visit visit) const {
    if (options_.neighbours_are_gone) return false;
    bool all_read = std::all_of(
        drafts_.begin(), drafts_.end(),
        [](const PackDraft& draft) { return draft.could_be_read(); });
    for (const PackFolder& folder : folders_) {
      if (folder.among_others) continue;
      Issues unheard;
      for (const PackFolder& pack : packs_beside(files_, folder)) {
        const auto text = files_.read(join_path(pack.path, "pack.yaml"));
        if (!text) continue;
        const PackDraft draft =
            read_declarations(SourceText(pack.path, *text), pack.path, unheard);
        all_read = all_read && draft.could_be_read();
        visit(draft);
      }
    }
    return all_read;
  }

  Status read_controls() {
    const auto all = find_beside(files_, folders_, "controls", issues_);
    if (!all) return all.error();
    std::vector<std::string> profiles;
    for (const auto& entry : ruleset_->profiles) {
      profiles.push_back(entry.first);
    }
    for (const FoundFile& found : *all) {
      auto file = open(found.path);
      if (!file) return file.error();
      digest(relative_path(found, "controls"), *file);
      Control read = read_control(*file, profiles, issues_);
      const auto known = ruleset_->controls.emplace(read.name, read);
      if (!known.second && !read.name.empty()) {
        issues_.add(
            file->issue("P181", read.place,
                        fmt::format("there is another control {}", read.name)));
      }
      controls_.push_back({std::move(*file), found, std::move(read)});
    }
    return Done{};
  }

  // In order of names, as the packs will stand in the ruleset.
  void order_packs() {
    for (size_t i = 0; i < drafts_.size(); ++i) order_.push_back(i);
    std::stable_sort(order_.begin(), order_.end(), [this](size_t a, size_t b) {
      return drafts_[a].pack.name < drafts_[b].pack.name;
    });
  }

  void read_all_rules() {
    uint32_t slot = options_.schema_slots +
                    static_cast<uint32_t>(ruleset_->parameter_names.size());
    for (const size_t pack : order_) {
      first_pattern_[pack] = slot;
      slot += static_cast<uint32_t>(drafts_[pack].patterns.size());
      sights_[pack] = lists_.in_sight(pack);
    }
    slot = read_all_windows(slot);
    for (const size_t pack : order_) make_environment(pack, slot);
    side_by_side(order_.size(), issues_, [this](size_t i, Issues& issues) {
      read_rules_of(drafts_[order_[i]], issues);
    });
    for (const size_t pack : order_) {
      const Pack& read = drafts_[pack].pack;
      check_ids(drafts_[pack]);
      waivers_.read_scopes(pack, folders_[pack], read, *read.environment);
    }
  }

  const cel::Environment& facts_of(const PackDraft& draft) const {
    return draft.pack.asks == "message" ? *options_.message_facts
                                        : *options_.request_facts;
  }

  PackScope scope_of(size_t pack) const {
    return {.parameters = &declared_,
            .first_parameter_slot = options_.schema_slots,
            .lists = sights_.at(pack)};
  }

  // The slot after the last window.
  uint32_t read_all_windows(uint32_t slot) {
    const uint32_t first = slot;
    for (const size_t pack : order_) {
      PackDraft& draft = drafts_[pack];
      first_window_[pack] = slot;
      read_pack_windows(draft,
                        pack_environment(facts_of(draft), scope_of(pack)),
                        options_.schema_slots, issues_);
      slot += static_cast<uint32_t>(draft.windows.size());
      if (slot - first <= kWindowsMax || draft.windows.empty()) continue;
      issues_.add(draft.file.issue(
          "P203", draft.windows.back(),
          fmt::format("there are {} windows; at most {} are counted",
                      slot - first, kWindowsMax)));
    }
    return slot;
  }

  void make_environment(size_t pack, uint32_t late_slot) {
    PackDraft& draft = drafts_[pack];
    PackScope scope = scope_of(pack);
    scope.patterns = &draft.pack.patterns;
    scope.first_pattern_slot = first_pattern_[pack];
    scope.windows = &draft.pack.windows;
    scope.first_window_slot = first_window_[pack];
    scope.late_slot = late_slot;
    draft.pack.environment = std::make_shared<const cel::Environment>(
        pack_environment(facts_of(draft), scope));
  }

  void read_rules_of(PackDraft& draft, Issues& issues) const {
    read_rules(draft,
               {draft.pack.environment.get(), options_.schema_slots,
                &draft.pack.families,
                controls_.empty() ? nullptr : &ruleset_->controls},
               issues);
  }

  void check_ids(const PackDraft& draft) {
    for (const Rule& rule : draft.pack.rules) {
      if (rule.id.empty()) continue;
      if (rule.id == kWaiverEndedRule) {
        issues_.add(draft.file.issue(
            "P111", rule.place,
            fmt::format("{} is the program's own finding", rule.id), {},
            "it says that a waiver is over; use another id"));
      }
      std::string here =
          fmt::format("{}:{}", draft.file.name(), rule.place.line);
      const auto known = ids_.emplace(rule.id, std::move(here));
      if (known.second) continue;
      issues_.add(draft.file.issue(
          "P111", rule.place, fmt::format("the id {} is used twice", rule.id),
          fmt::format("first in {}", known.first->second)));
    }
  }

  void try_values() {
    for (const size_t pack : order_) {
      values_.try_pack(drafts_[pack].pack, ruleset_->profiles);
    }
  }

  void warn_about_usage() {
    std::set<uint32_t> in_use;
    for (const PackDraft& draft : drafts_) {
      in_use.merge(slots_in_use(draft.pack));
    }
    for (const Waiver& waiver : ruleset_->waivers) {
      const auto read = waiver.when.program->slots();
      in_use.insert(read.begin(), read.end());
    }
    for (size_t i = 0; i < drafts_.size(); ++i) {
      warn_of_unused(drafts_[i], in_use,
                     {&ruleset_->parameter_names, options_.schema_slots,
                      first_pattern_[i], first_window_[i]},
                     issues_);
    }
    lists_.warn_of_unused(
        sights_, [this](const FoundFile& found) { return all_near(found); });
    std::set<std::string> served;
    for (const PackDraft& draft : drafts_) {
      collect_references(draft.pack, served);
    }
    for (const ControlDraft& draft : controls_) {
      if (!all_near(draft.found)) continue;
      warn_of_unserved(draft.file, draft.read, served, issues_);
    }
  }

  // Every pack that sees the file is loaded: none can use it unseen.
  bool all_near(const FoundFile& found) const {
    bool all = found.pack.has_value() || found.extra;
    for (const PackFolder& folder : folders_) {
      all = all || (found.parent == folder.parent && folder.among_others);
    }
    return all;
  }

  Result<std::shared_ptr<const Ruleset>> finish() {
    Ruleset& made = *ruleset_;
    made.schema_slots = options_.schema_slots;
    for (const size_t pack : order_) {
      PackDraft& draft = drafts_[pack];
      made.packs.push_back(std::move(draft.pack));
      if (sources_) {
        sources_->packs.push_back(
            {std::move(draft.file), std::move(*draft.root)});
      }
    }
    for (const Pack& pack : made.packs) {
      for (const PatternSet& set : pack.patterns) {
        made.pattern_names.push_back(set.name);
      }
      for (const DeclaredWindow& window : pack.windows) {
        made.window_names.push_back(window.name);
      }
    }
    made.digest = digest_of(digested_);
    made.files = std::move(digested_);
    sort_for_digest(made.files);
    return std::shared_ptr<const Ruleset>(ruleset_);
  }

  void make_scanners() {
    for (const PatternView view :
         {PatternView::raw, PatternView::plain, PatternView::squeezed}) {
      add_plan(view);
    }
  }

  void add_plan(PatternView view) {
    std::vector<Pattern> patterns;
    std::vector<uint32_t> set_of;
    uint32_t set_index = 0;
    for (const size_t pack : order_) {
      for (PatternDraft& draft : drafts_[pack].patterns) {
        const uint32_t index = set_index++;
        if (draft.set.view != view) continue;
        patterns.insert(patterns.end(),
                        std::make_move_iterator(draft.read.begin()),
                        std::make_move_iterator(draft.read.end()));
        set_of.insert(set_of.end(), draft.read.size(), index);
      }
    }
    if (patterns.empty()) return;
    ruleset_->patterns.push_back(
        {view, build_scanner(patterns, {.memory = scan_memory_}),
         std::move(set_of)});
  }

  const PolicyFiles& files_;
  const LoadOptions& options_;
  Issues& issues_;
  ListShelf lists_;
  WaiverShelf waivers_;
  PolicySources* sources_;  // null: nobody wants them
  std::shared_ptr<Ruleset> ruleset_;
  ValueTrial values_;
  std::vector<PackFolder> folders_;
  std::vector<PackDraft> drafts_;  // same order as folders_
  std::map<std::string, size_t> packs_by_name_;
  std::vector<size_t> order_;
  std::vector<ControlDraft> controls_;
  std::map<size_t, std::shared_ptr<ListsInSight>> sights_;
  std::map<size_t, uint32_t> first_pattern_;
  std::map<size_t, uint32_t> first_window_;
  std::map<std::string, Parameter> declared_;
  std::map<std::string, std::string> declared_in_;
  std::map<std::string, FoundFile> profile_files_;  // the first of a name
  std::optional<Declared> neighbours_;
  std::map<std::string, std::string> ids_;  // rule -> where
  std::vector<DigestedFile> digested_;
  std::shared_ptr<ScanMemory> scan_memory_ = std::make_shared<ScanMemory>();
};

}  // namespace

const Profile* Ruleset::profile(std::string_view name) const {
  const auto found = profiles.find(std::string(name));
  return found == profiles.end() ? nullptr : &found->second;
}

const NamedList* Ruleset::list(std::string_view name) const {
  const auto found = lists.find(std::string(name));
  return found == lists.end() ? nullptr : found->second.get();
}

std::map<std::string, std::string> Ruleset::family_titles(
    std::string_view language) const {
  std::map<std::string, std::string> titles;
  if (language == "en") return titles;
  for (const Pack& pack : packs) {
    for (const auto& [family, known] : pack.families) {
      const auto title = find_in_language(known, language);
      const bool there = title != known.end() && title->first != "en";
      if (there) titles.try_emplace(family, title->second);
    }
  }
  return titles;
}

Result<std::shared_ptr<const Ruleset>> load_ruleset(const PolicyFiles& files,
                                                    const LoadOptions& options,
                                                    Issues& issues,
                                                    PolicySources* sources) {
  const int readers = std::min(kReadersMax, tbb::info::default_concurrency());
  return tbb::task_arena(readers).execute(
      [&] { return Builder(files, options, issues, sources).build(); });
}

}  // namespace simwarden
