// SPDX-License-Identifier: Apache-2.0
#include "policy/control_reader.h"

#include <algorithm>

#include <fmt/format.h>

#include "diag/ascii.h"
#include "policy/names.h"
#include "record/time.h"

namespace simwarden {
namespace {

bool is_reference_part(std::string_view text) {
  const auto plain = [](char c) { return is_small(c) || is_digit(c); };
  if (text.empty() || !plain(text.front()) || !plain(text.back())) return false;
  return std::all_of(text.begin(), text.end(),
                     [&](char c) { return plain(c) || c == '-' || c == '.'; });
}

class ControlReader {
 public:
  ControlReader(const SourceText& file,
                const std::vector<std::string>& profiles, Issues& issues)
      : reader_(file, issues), known_profiles_(profiles) {}

  Control read(const YamlNode& root) {
    reader_.keys(root, {"control", "title", "issuer", "country", "kind",
                        "status", "version", "checked", "source", "confidence",
                        "note", "profiles", "clauses"});
    if (root.type != YamlNode::Type::mapping) return std::move(control_);
    read_head(root);
    read_state(root);
    read_clauses(root);
    return std::move(control_);
  }

 private:
  void read_head(const YamlNode& root) {
    control_.name = reader_.text(root, "control");
    if (const YamlNode* name = root.find("control")) {
      control_.place = name->place;
      check_part(*name);
      check_file_name(reader_, *name, "control");
    }
    reader_.require(root, "title");
    control_.title = localised_texts(reader_, root, "title");
    control_.issuer = reader_.text(root, "issuer");
    control_.country = reader_.text(root, "country");
    check_country(reader_, root);
    control_.kind = reader_.choice(
        root, "kind",
        {"law", "regulation", "standard", "guidance", "case", "practice"});
  }

  void read_state(const YamlNode& root) {
    control_.status = reader_.choice(root, "status", {"example", "reviewed"});
    control_.version = date(root, "version", false);
    control_.checked = date(root, "checked", true);
    control_.source = reader_.text(root, "source");
    control_.confidence = reader_.choice(root, "confidence", confidences());
    control_.note = reader_.optional_text(root, "note").value_or("");
    read_profiles(root);
  }

  void read_profiles(const YamlNode& root) {
    control_.profiles = reader_.optional_texts(root, "profiles");
    const YamlNode* named = root.find("profiles");
    if (named == nullptr) return;
    for (const YamlNode& node : named->items) {
      const bool known =
          std::find(known_profiles_.begin(), known_profiles_.end(),
                    node.scalar) != known_profiles_.end();
      if (known) continue;
      reader_.complain(
          node, "P185", fmt::format("there is no profile {}", node.scalar), {},
          did_you_mean(node.scalar, known_profiles_, reader_.issues()));
    }
  }

  std::string date(const YamlNode& root, std::string_view key, bool or_never) {
    const std::string_view form =
        or_never ? "YYYY-MM-DD, or never" : "YYYY-MM-DD";
    const std::string text = reader_.text(root, key, form);
    const YamlNode* node = root.find(key);
    const bool fine = parse_date(text) || (or_never && text == "never");
    if (node != nullptr && is_text(*node) && !fine) {
      reader_.complain(*node, "P165", fmt::format("{} is not a date", text), {},
                       std::string(form));
    }
    return text;
  }

  void check_part(const YamlNode& node) {
    if (!is_text(node) || is_reference_part(node.scalar)) return;
    reader_.complain(node, "P103",
                     fmt::format("{} is not a name of this kind", node.scalar),
                     {}, "lower-case letters, digits, dashes and dots inside");
  }

  void read_clauses(const YamlNode& root) {
    const YamlNode* clauses = root.find("clauses");
    if (clauses == nullptr) return;
    if (clauses->type != YamlNode::Type::sequence) {
      reader_.complain(*clauses, "Y120", "clauses is not a list", {},
                       "- {clause: …, title: …, duty: …}");
      return;
    }
    for (const YamlNode& node : clauses->items) read_clause(node);
  }

  void read_clause(const YamlNode& node) {
    reader_.keys(node, {"clause", "title", "duty", "confidence", "source",
                        "not_checkable"});
    if (node.type != YamlNode::Type::mapping) return;
    Clause clause;
    clause.name = reader_.text(node, "clause");
    clause.place = node.place;
    if (const YamlNode* name = node.find("clause")) {
      clause.place = name->place;
      check_part(*name);
      if (control_.clause(clause.name) != nullptr) {
        reader_.complain(
            *name, "P182",
            fmt::format("there is another clause {}", clause.name));
      }
    }
    for (const char* key : {"title", "duty"}) {
      auto& into = key[0] == 't' ? clause.title : clause.duty;
      reader_.require(node, key);
      into = localised_texts(reader_, node, key);
    }
    clause.confidence =
        reader_.choice(node, "confidence", confidences(), control_.confidence);
    clause.source =
        reader_.optional_text(node, "source").value_or(control_.source);
    clause.not_checkable = localised_texts(reader_, node, "not_checkable");
    control_.clauses.push_back(std::move(clause));
  }

  YamlReader reader_;
  const std::vector<std::string>& known_profiles_;
  Control control_;
};

std::vector<std::string> references(const Controls& known) {
  std::vector<std::string> names;
  for (const auto& [name, control] : known) {
    names.push_back(name);
    for (const Clause& clause : control.clauses) {
      names.push_back(name + "/" + clause.name);
    }
  }
  return names;
}

}  // namespace

const Clause* Control::clause(std::string_view wanted) const {
  const auto found =
      std::find_if(clauses.begin(), clauses.end(),
                   [&](const Clause& c) { return c.name == wanted; });
  return found == clauses.end() ? nullptr : &*found;
}

ControlReference parse_reference(std::string_view text) {
  const size_t slash = text.find('/');
  if (slash == std::string_view::npos) return {text, {}};
  return {text.substr(0, slash), text.substr(slash + 1)};
}

Control read_control(const SourceText& file,
                     const std::vector<std::string>& profiles, Issues& issues) {
  const auto root = salvage_yaml(file, issues);
  if (!root) return {};
  return ControlReader(file, profiles, issues).read(*root);
}

namespace {

// "1, 2(a), 3, …"
std::string clauses_of(const Control& control) {
  constexpr size_t kShown = 12;
  std::vector<std::string_view> names;
  for (const Clause& clause : control.clauses) names.push_back(clause.name);
  const bool more = names.size() > kShown;
  if (more) names.resize(kShown);
  return fmt::format("{}{}", fmt::join(names, ", "), more ? ", …" : "");
}

}  // namespace

void check_references(YamlReader& reader, const YamlNode& rule,
                      const Controls& known) {
  const YamlNode* named = rule.find("controls");
  if (named == nullptr) return;
  for (const YamlNode& node : named->items) {
    const ControlReference reference = parse_reference(node.scalar);
    const auto control = known.find(reference.control);
    const Clause* clause = control == known.end()
                               ? nullptr
                               : control->second.clause(reference.clause);
    const bool whole =
        control != known.end() && node.scalar.find('/') == std::string::npos;
    if (clause == nullptr && !whole) {
      std::string help =
          control == known.end()
              ? did_you_mean(node.scalar, references(known), reader.issues())
              : fmt::format("its clauses: {}", clauses_of(control->second));
      if (help.empty()) help = "controls are declared in the folder controls/";
      reader.complain(node, "P180",
                      control == known.end()
                          ? fmt::format("there is no control {}", node.scalar)
                          : fmt::format("{} has no clause {}",
                                        reference.control, reference.clause),
                      {}, std::move(help));
    } else if (clause != nullptr && !clause->not_checkable.empty()) {
      reader.complain(
          node, "P184",
          fmt::format("{} is said to be checkable by no rule", node.scalar), {},
          "take not_checkable out of the clause, or the clause out of here");
    }
  }
}

void collect_references(const Pack& pack, std::set<std::string>& into) {
  for (const Rule& rule : pack.rules) {
    if (rule.status == RuleStatus::draft ||
        rule.status == RuleStatus::retired) {
      continue;
    }
    into.insert(rule.controls.begin(), rule.controls.end());
  }
}

void warn_of_unserved(const SourceText& file, const Control& control,
                      const std::set<std::string>& served, Issues& issues) {
  for (const Clause& clause : control.clauses) {
    const std::string reference = control.name + "/" + clause.name;
    if (!clause.not_checkable.empty() || served.contains(reference)) continue;
    Issue issue = file.issue(
        "P183", clause.place, fmt::format("no rule serves {}", reference), {},
        "name it in a rule's controls:, or say why not_checkable");
    issue.severity = Severity::warning;
    issues.add(std::move(issue));
  }
}

}  // namespace simwarden
