// SPDX-License-Identifier: Apache-2.0
#include "house/house.h"

#include <cstdlib>
#include <filesystem>
#include <set>

#include <fmt/format.h>

#include "diag/ascii.h"
#include "diag/counted.h"
#include "house/unused_lists.h"
#include "judge/load_options.h"
#include "lint/lints.h"
#include "notation/yaml.h"
#include "record/verdict_json.h"
#include "terminal/terminal.h"

namespace simwarden {
namespace {

namespace fs = std::filesystem;

// Whoever names what is not there, or is another thing, is told so as of other
// slips; who opens it says what else is wrong.
Status check_named(const std::string& path, fs::file_type wanted) {
  std::error_code why;
  const fs::file_type type = fs::status(path, why).type();
  if (type == fs::file_type::not_found) {
    return Error{Trouble::usage,
                 fmt::format("{}: cannot be read: {}", path, why.message())};
  }
  const bool is_folder = type == fs::file_type::directory;
  if (wanted == fs::file_type::directory && !is_folder && !why) {
    return Error{Trouble::usage, path + ": is a file, not a folder"};
  }
  if (wanted == fs::file_type::regular && is_folder) {
    return Error{Trouble::usage, path + ": is a folder, not a file"};
  }
  return Done{};
}

bool holds_policies(const fs::path& folder) {
  std::error_code none;
  return fs::is_directory(folder / "profiles", none) ||
         fs::is_directory(folder / "lists", none);
}

// What no pack says in a language is said in English; a language of none is a
// slip. Empty when there is one.
std::string language_help(const Ruleset& ruleset, const std::string& language) {
  std::set<std::string> spoken = {"en", "zh"};  // as sentences of our own
  for (const Pack& pack : ruleset.packs) {
    for (const Rule& rule : pack.rules) {
      for (const auto& [name, text] : rule.reason) spoken.insert(name);
    }
  }
  const std::string_view meant = language_of(language);
  for (const std::string_view tag : spoken) {
    if (language_of(tag) == meant) return {};
  }
  const std::string small = small_letters(meant);
  return fmt::format(
      "{}there are: {}",
      spoken.contains(small) ? fmt::format("did you mean {}? ", small) : "",
      fmt::join(spoken, ", "));
}

// Names of what is not there: each at its place, where a file names it.
class MissingNames {
 public:
  explicit MissingNames(Issues& issues) : issues_(issues) {}

  void add(std::string what, Issue at, std::string help) {
    ++count_;
    if (at.message.empty()) {
      said_ += fmt::format("{}{}; {}", said_.empty() ? "" : "; ", what, help);
      return;
    }
    at.help = std::move(help);
    issues_.add(std::move(at));
  }
  Status status() const {
    if (count_ == 0) return Done{};
    return Error{Trouble::usage,
                 said_.empty() ? "what is named is not there" : said_};
  }

 private:
  Issues& issues_;
  size_t count_ = 0;
  std::string said_;
};

void show(const Issues& issues) {
  if (!issues.empty()) {
    say_text(render(issues, wants_colour(stderr)));
  }
}

// Where the shipped policies lie: $SIMWARDEN_POLICIES, else those of the
// installation (../share/simwarden/policies), else beside the program, else in
// the checkout it was built in. An Error says where was looked.
Result<std::string> find_shipped_policies() {
  if (const char* named = std::getenv("SIMWARDEN_POLICIES")) {
    if (*named) return std::string(named);
  }
  std::error_code none;
  const fs::path self = fs::read_symlink("/proc/self/exe", none);
  const fs::path bin = self.parent_path();
  // bin/ and share/ of an installation; build/<preset>/ of a checkout.
  std::vector<std::string> looked;
  for (const fs::path& folder : {bin / "../share/simwarden/policies",
                                 bin / "policies", bin / "../../policies"}) {
    looked.push_back(folder.lexically_normal().string());
    if (holds_policies(folder)) return looked.back();
  }
  const std::string where =
      none ? "without /proc it is not known where this program lies"
           : fmt::format("no policies in {}", fmt::join(looked, ", "));
  return Error{Trouble::usage,
               where + ": name them with --policy, or set SIMWARDEN_POLICIES"};
}

}  // namespace

Result<std::string> read_text_file(const std::string& path) {
  if (Status named = check_named(path, fs::file_type::regular); !named) {
    return named.error();
  }
  // One byte more than is allowed, so that the reader can say so.
  return read_first_bytes(path, kYamlBytesMax + 1);
}

Result<std::shared_ptr<const Mapping>> read_mapping(const std::string& path) {
  if (path.empty()) return std::shared_ptr<const Mapping>();
  auto text = read_text_file(path);
  if (!text) return text.error();
  Issues issues;
  auto mapping = Mapping::read(SourceText(path, std::move(*text)), issues);
  show(issues);
  if (!mapping || issues.has_errors()) {
    return Error{Trouble::policy,
                 fmt::format("{}: {}, nothing was read", path,
                             how_many(issues.error_count(), "mistake"))};
  }
  return mapping;
}

Status check_named_files(const PolicyOptions& options) {
  Status fine = Done{};
  for (const std::string& folder : options.lists) {
    if (fine) fine = check_named(folder, fs::file_type::directory);
  }
  for (const std::string& file : options.waivers) {
    if (fine) fine = check_named(file, fs::file_type::regular);
  }
  if (fine && is_profile_file(options.profile)) {
    fine = check_named(options.profile, fs::file_type::regular);
  }
  return fine;
}

Result<std::vector<std::string>> policy_paths(const PolicyOptions& options) {
  if (!options.paths.empty()) return options.paths;
  auto shipped = find_shipped_policies();
  if (!shipped) return shipped.error();
  return std::vector<std::string>{*shipped};
}

Result<std::shared_ptr<const Ruleset>> load_policies(
    const PolicyOptions& options, const FactSchema& schema, Issues& issues,
    PolicySources* sources) {
  const auto paths = policy_paths(options);
  if (!paths) return paths.error();
  LoadOptions load = load_options(*paths, schema);
  load.extra_lists = options.lists;
  load.extra_waivers = options.waivers;
  if (is_profile_file(options.profile)) load.extra_profile = options.profile;
  return load_ruleset(*disk_files(), load, issues, sources);
}

bool is_profile_file(const std::string& profile) {
  return profile.find('/') != std::string::npos || profile.ends_with(".yaml") ||
         profile.ends_with(".yml");
}

std::string profile_help(const Ruleset& ruleset, const std::string& name) {
  std::vector<std::string> names;
  for (const auto& [known, profile] : ruleset.profiles) names.push_back(known);
  const std::string meant = did_you_mean(name, names);
  return meant.empty()
             ? fmt::format("there are: {}", fmt::join(names, ", "))
             : fmt::format("{} there are: {}", meant, fmt::join(names, ", "));
}

namespace {

Status check_names(const Ruleset& ruleset, const PolicyOptions& options,
                   const std::string& profile, Issues& issues) {
  MissingNames missing(issues);
  const std::string help = language_help(ruleset, options.language);
  if (!help.empty()) {
    missing.add("no pack has reasons in the language " + options.language,
                options.unknown_language, help);
  }
  const auto check = [&](const std::string& name, const Issue& unknown) {
    if (ruleset.profile(name)) return;
    missing.add("no profile " + name, unknown, profile_help(ruleset, name));
  };
  check(profile, options.unknown_profile);
  for (const auto& [name, unknown] : options.more_profiles) {
    check(name, unknown);
  }
  return missing.status();
}

}  // namespace

Error wrong_policies(size_t mistakes) {
  return {Trouble::policy, fmt::format("{} in the policies; nothing was judged",
                                       how_many(mistakes, "mistake"))};
}

Result<std::unique_ptr<House>> House::open(const PolicyOptions& options,
                                           const PlanOptions& plan) {
  if (Status named = check_named_files(options); !named) return named.error();
  Issues issues;
  auto house = load(options, issues, plan);
  if (issues.has_errors()) {
    show(issues);
  } else {
    show(unused_lists(issues, options.lists));
  }
  return house;
}

Result<std::unique_ptr<House>> House::load(const PolicyOptions& options,
                                           Issues& issues,
                                           const PlanOptions& plan) {
  auto house = std::make_unique<House>();
  PolicySources sources;
  auto ruleset = load_policies(options, house->schema_, issues,
                               options.lists.empty() ? nullptr : &sources);
  if (!ruleset) return ruleset.error();
  if (!*ruleset) return wrong_policies(issues.error_count());
  for (Issue& idle : unmatched_entries(sources)) issues.add(std::move(idle));
  house->profile_ = is_profile_file(options.profile) ? (*ruleset)->extra_profile
                                                     : options.profile;
  Status named = check_names(**ruleset, options, house->profile_, issues);
  if (!named) return named.error();
  house->take(*ruleset, plan);
  return house;
}

void House::take(const std::shared_ptr<const Ruleset>& ruleset,
                 const PlanOptions& options) {
  for (const Pack& pack : ruleset->packs) {
    packs_.push_back(fmt::format("{}@{}", pack.name, pack.version));
  }
  for (const auto& [name, profile] : ruleset->profiles) {
    policies_[&profile] = policy_json(ruleset->digest, packs_, profile.name);
  }
  plan_ = std::make_unique<Plan>(ruleset, schema_, options);
}

}  // namespace simwarden
