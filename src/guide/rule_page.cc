// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include <fmt/format.h>

#include "diag/counted.h"
#include "guide/loop_fields.h"
#include "guide/markdown.h"
#include "guide/pages.h"
#include "guide/words.h"
#include "policy/absence.h"
#include "policy/reason.h"

// Everything about one rule, for somebody who reads no CEL.
namespace simwarden {
namespace {

class RulePage {
 public:
  RulePage(const GuideInput& input, const Pack& pack, const Rule& rule)
      : input_(input), pack_(pack), rule_(rule), self_(rule_path(rule.id)) {
    rows_ = input.schema.rows();
  }

  std::string write() {
    put_head();
    if (rule_.applies) {
      put_condition("Applies when", *rule_.applies);
    }
    put_condition(rule_.duty ? "Clear when" : "Hits when", rule_.condition);
    put_facts();
    put_texts();
    put_examples();
    put_origin();
    return std::move(out_);
  }

 private:
  void put_head() {
    out_ += fmt::format("# {}: {}\n\n", md_text(rule_.id),
                        md_text(in_language(rule_.title, input_.language)));
    MarkdownTable table(
        {"pack", "family", "kind", "severity", "points", "at least", "status"});
    table.row(
        {link(pack_.name, pack_path(pack_.name)),
         link(in_language(pack_.families.at(rule_.family), input_.language),
              family_path(pack_.name, rule_.family)),
         rule_.duty ? "duty" : "sign", rule_.severity,
         fmt::format("{}", rule_.score), rule_.at_least.value_or("none"),
         std::string(name_of(rule_.status))});
    out_ += table.text();
    if (!rule_.from_score) return;
    out_ +=
        fmt::format("Asked only when the other rules together reach {}.\n\n",
                    parameter(parameter_name(*rule_.from_score)));
  }

  std::string link(const std::string& label, const std::string& path) const {
    return md_link(md_text(label), relative_link(self_, path));
  }

  std::string parameter_name(uint32_t slot) const {
    return input_.ruleset.parameter_names[slot - input_.ruleset.schema_slots];
  }

  // "[min_factors](…) of the profile (2; us-fcc: 3)".
  std::string parameter(std::string_view name) const {
    const Declared declared = find_parameter(input_.ruleset, name);
    if (declared.parameter == nullptr) return md_code(name);
    const ParameterValue& usual = declared.parameter->value;
    std::string values = md_code(value_text(usual));
    for (const auto& [profile, made] : input_.ruleset.profiles) {
      for (const Parameter& set : made.parameters) {
        if (set.name != name || set.value == usual) continue;
        values += fmt::format("; {}: {}", link(profile, profile_path(profile)),
                              md_code(value_text(set.value)));
      }
    }
    return fmt::format(
        "{} of the profile ({})",
        link(std::string(name), pack_path(declared.pack->name) + "#parameters"),
        values);
  }

  Vocabulary vocabulary() const {
    Vocabulary words;
    words.facts = &input_.schema.environment(kind_of_pack());
    words.parameter = [this](std::string_view name) { return parameter(name); };
    words.pattern_set = [this](std::string_view name) {
      return "the pattern set " +
             link(std::string(name),
                  pattern_path(pack_.name, std::string(name)));
    };
    words.list = [this](std::string_view name) {
      return link(std::string(name), list_path(list_key(std::string(name))));
    };
    return words;
  }

  // A pack's own list has the pack's name before it when another is called
  // the same.
  std::string list_key(const std::string& name) const {
    const std::string own = pack_.name + "/" + name;
    return input_.ruleset.lists.contains(own) ? own : name;
  }

  void put_condition(std::string_view title, const Condition& condition) {
    out_ += fmt::format("## {}\n\n", title);
    out_ += print_phrase(condition_in_words(condition.source, vocabulary()));
    out_ += "\nIn CEL:\n\n" + md_block(condition.source, "cel");
  }

  void put_facts() {
    MarkdownTable table({"fact", "what it is", "when it is not recorded"});
    for (const uint32_t slot : slots_of(rule_)) {
      if (slot >= input_.ruleset.schema_slots) continue;
      const std::string& name = input_.schema.name(slot);
      table.row({md_code(name), md_text(doc_of(name)), when_absent(slot)});
    }
    for (const auto& [list, field] : fields_of_lists()) {
      const std::string doc = doc_of_element(list, field);
      if (doc.empty()) continue;
      table.row(
          {md_code(fmt::format("{}[].{}", list, field)), md_text(doc), ""});
    }
    if (!table.empty()) out_ += "## Facts that it asks\n\n" + table.text();
  }

  std::string doc_of(const std::string& fact) const {
    for (const FactRow& row : rows_) {
      if (row.name == fact) return row.doc;
    }
    const Kind kind = kind_of_pack();
    const auto id = find_group(kind, fact.substr(fact.find('.') + 1));
    return id ? std::string(group(*id).doc) : std::string();
  }

  Kind kind_of_pack() const {
    return pack_.asks == "request" ? Kind::request : Kind::message;
  }

  std::set<std::pair<std::string, std::string>> fields_of_lists() const {
    auto found = loop_fields(rule_.condition.source);
    if (rule_.applies) found.merge(loop_fields(rule_.applies->source));
    return found;
  }

  std::string doc_of_element(const std::string& list,
                             const std::string& field) const {
    const cel::Variable* known =
        input_.schema.environment(kind_of_pack()).find(list);
    if (known == nullptr || known->type->element == nullptr) return {};
    for (const cel::TypeField& row : known->type->element->fields) {
      if (row.name == field) return row.doc;
    }
    return {};
  }

  std::string when_absent(uint32_t slot) const {
    std::string out;
    const auto add = [&](const Condition& condition, Role role) {
      const auto slots = condition.program->slots();
      if (!std::binary_search(slots.begin(), slots.end(), slot)) return;
      if (!out.empty()) out += "; ";
      if (role == Role::guard) out += "the guard: ";
      out += absence(condition.program->without(slot), role);
    };
    if (rule_.applies) add(*rule_.applies, Role::guard);
    add(rule_.condition, rule_.duty ? Role::duty : Role::sign);
    return out;
  }

  void put_texts() {
    Localised reasons;
    for (const auto& [language, parts] : rule_.reason) {
      reasons[language] = written(parts);
    }
    out_ += "## Reason\n\n" + localised_list(reasons, input_.language);
    if (rule_.remedy.empty()) return;
    out_ += "## Remedy\n\n" + localised_list(rule_.remedy, input_.language);
  }

  void put_examples() {
    const auto found = input_.examples.find(rule_.id);
    if (found == input_.examples.end()) return;
    if (found->second.hit) put_example("It hits", *found->second.hit);
    if (!found->second.other) return;
    const Example& other = *found->second.other;
    const bool clear = other.outcome == Outcome::clear;
    put_example(clear ? "It is clear"
                      : fmt::format("It is {}", words_of(other.outcome)),
                other);
  }

  static std::string words_of(Outcome outcome) {
    std::string words(simwarden::name_of(outcome));
    std::replace(words.begin(), words.end(), '_', ' ');
    return words;
  }

  void put_example(std::string_view title, const Example& example) {
    out_ += fmt::format("## {}: {}\n\n", title, md_text(example.name));
    if (!example.text.empty()) out_ += md_block(example.text, "text");
    MarkdownTable facts({"fact", "value"});
    for (const auto& [fact, value] : example.facts) {
      facts.row(
          {md_code(fact), value.empty() ? "*not recorded*" : md_code(value)});
    }
    out_ += facts.text();
    put_counted(example);
    const Verdict& verdict = example.verdict;
    out_ += fmt::format("By the profile {}: **{}**, {} points.\n\n",
                        link(example.profile, profile_path(example.profile)),
                        simwarden::name_of(verdict.action), verdict.score);
    put_findings(verdict);
  }

  // What a single record does not show.
  void put_counted(const Example& example) {
    if (example.earlier > 0) {
      out_ += fmt::format("Seen before: {}.\n\n",
                          how_many(example.earlier, "record"));
    }
    if (example.figures.empty()) return;
    std::string names;
    for (const std::string& figure : example.figures) {
      names += (names.empty() ? "" : ", ") + md_code("windows." + figure);
    }
    out_ += fmt::format("The case itself says {}.\n\n", names);
  }

  static std::string points_of(const Finding& finding) {
    if (finding.outcome == Outcome::waived) return "waived";
    return finding.shadow ? "shadow" : fmt::format("{}", finding.score);
  }

  void put_findings(const Verdict& verdict) {
    MarkdownTable table({"rule", "points", "reason"});
    for (const Finding& finding : verdict.findings) {
      table.row({rule_links({finding.rule}, self_), points_of(finding),
                 md_text(finding.reason)});
    }
    out_ += table.text();
  }

  void put_origin() {
    out_ += "## Where it comes from\n\n";
    out_ += fmt::format("Source: {}.\n\n",
                        source_text(rule_.source, rule_.confidence));
    for (const std::string& reference : rule_.controls) {
      out_ += fmt::format("- {}\n", control(reference));
    }
  }

  std::string control(const std::string& reference) const {
    const ControlReference named = parse_reference(reference);
    const auto found = input_.ruleset.controls.find(named.control);
    if (found == input_.ruleset.controls.end()) return md_text(reference);
    const Control& control = found->second;
    const Clause* clause = control.clause(named.clause);
    const std::string& title = in_language(
        clause == nullptr ? control.title : clause->title, input_.language);
    return fmt::format("{}: {}", link(reference, control_path(control.name)),
                       md_text(title));
  }

  const GuideInput& input_;
  const Pack& pack_;
  const Rule& rule_;
  std::string self_;
  std::vector<FactRow> rows_;
  std::string out_;
};

}  // namespace

std::string rule_page(const GuideInput& input, const Pack& pack,
                      const Rule& rule) {
  return RulePage(input, pack, rule).write();
}

}  // namespace simwarden
