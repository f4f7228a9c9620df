// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "guide/markdown.h"
#include "guide/pages.h"

namespace simwarden {
namespace {

size_t rules_of(const Pack& pack, const std::string& family) {
  size_t count = 0;
  for (const Rule& rule : pack.rules) count += rule.family == family;
  return count;
}

std::string packs_table(const GuideInput& input) {
  MarkdownTable table({"pack", "asks", "rules", "what it is about"});
  for (const Pack& pack : input.ruleset.packs) {
    table.row({md_link(md_text(pack.name), pack_path(pack.name)) + " " +
                   md_text(pack.version),
               pack.asks, fmt::format("{}", pack.rules.size()),
               md_text(pack.title)});
  }
  return table.text();
}

std::string families_table(const GuideInput& input) {
  MarkdownTable table({"family", "pack", "rules"});
  for (const Pack& pack : input.ruleset.packs) {
    for (const auto& [family, title] : pack.families) {
      table.row({md_link(md_text(in_language(title, input.language)),
                         family_path(pack.name, family)),
                 md_text(pack.name),
                 fmt::format("{}", rules_of(pack, family))});
    }
  }
  return table.text();
}

std::string points_text(const GuideInput& input) {
  std::string out =
      "## Points and actions\n\n"
      "A rule that hits gives its points to its family. The value of a family "
      "is its highest rule and a quarter of its other rules; families add up, "
      "and the total stops at 100. The action follows from the thresholds of "
      "the profile, and is never below the *at least* of a rule that hit.\n\n";
  const Profile* generic = input.ruleset.profile("generic");
  if (generic == nullptr) return out;
  const Thresholds& t = generic->thresholds;
  return out + fmt::format(
                   "| points (generic profile) | action |\n| --- | --- |\n"
                   "| below {0} | pass |\n| from {0} | review |\n| from {1} | "
                   "hold |\n| from {2} | refuse |\n\n",
                   t.review, t.hold, t.refuse);
}

constexpr std::string_view kKinds =
    "A rule is a *duty* or a *sign*. A duty is clear only when its condition "
    "is proven true: a fact that was not recorded makes it a hit that says so, "
    "so that leaving a field blank is never the way to pass. A sign hits only "
    "when its condition is true; a missing fact makes it undetermined, which "
    "is counted and shown.\n\n";

template <typename Map, typename PathOf>
std::string links(std::string_view title, const Map& map, PathOf path_of) {
  if (map.empty()) return {};
  std::string out = fmt::format("## {}\n\n", title);
  for (const auto& [name, value] : map) {
    out += fmt::format("- {}: {}\n", md_link(md_text(name), path_of(name)),
                       md_text(path_of.title(value)));
  }
  return out + "\n";
}

struct ProfilePaths {
  std::string operator()(const std::string& n) const { return profile_path(n); }
  static std::string title(const Profile& p) { return p.title; }
};
struct ListPaths {
  std::string operator()(const std::string& n) const { return list_path(n); }
  static std::string title(const std::shared_ptr<const NamedList>& l) {
    return l->title;
  }
};
struct ControlPaths {
  std::string operator()(const std::string& n) const { return control_path(n); }
  std::string title(const Control& c) const {
    return in_language(c.title, language);
  }

  std::string_view language;
};

}  // namespace

std::string index_page(const GuideInput& input) {
  std::string out = "# Policies\n\n";
  out += packs_table(input);
  const bool chinese = input.language == "zh";
  const std::string first = chinese ? "zh" : "en";
  const std::string second = chinese ? "en" : "zh";
  out += fmt::format("Advice for subscribers: {}, {}.\n\n",
                     md_link(language_name(first), awareness_path(first)),
                     md_link(language_name(second), awareness_path(second)));
  out += "## Families\n\n" + families_table(input);
  out += points_text(input);
  out += kKinds;
  out += links("Profiles", input.ruleset.profiles, ProfilePaths{});
  out += links("Lists", input.ruleset.lists, ListPaths{});
  out += links("Obligations", input.ruleset.controls,
               ControlPaths{input.language});
  out +=
      fmt::format("Digest of the ruleset: {}\n", md_code(input.ruleset.digest));
  return out;
}

}  // namespace simwarden
