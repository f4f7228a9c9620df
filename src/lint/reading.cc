// SPDX-License-Identifier: Apache-2.0
#include "lint/reading.h"

#include <charconv>

#include "cel/study/changes.h"
#include "diag/characters.h"
#include "diag/check.h"
#include "policy/names.h"

namespace simwarden {
namespace {

// Which byte of the source each byte of a literal's value is; for its end the
// closing quote. Nothing for escapes that are not one character for one.
std::optional<std::vector<size_t>> inside_literal(std::string_view source,
                                                  size_t begin, size_t end,
                                                  std::string_view value) {
  std::vector<size_t> at;
  size_t i = source.find_first_of("'\"", begin);
  if (i >= end) return std::nullopt;
  const bool raw = source.substr(begin, i - begin).find_first_of("rR") !=
                   std::string_view::npos;
  const bool triple = source.substr(i, 3) == std::string(3, source[i]);
  i += triple ? 3 : 1;
  for (const char byte : value) {
    if (i >= end) return std::nullopt;
    at.push_back(i);
    if (!raw && source[i] == '\\') ++i;
    if (i >= end || source[i] != byte) return std::nullopt;
    ++i;
  }
  at.push_back(i);
  return at;
}

}  // namespace

Place RegexSite::place(size_t begin, size_t end) const {
  const size_t width =
      count_characters(std::string_view(text).substr(begin, end - begin));
  return file->place_at(offsets[begin], std::max(1U, uint32_t(width)));
}

const YamlNode& value_of(const RuleSite& rule, std::string_view key) {
  const YamlNode* value = rule.node->find(key);
  CHECK(value != nullptr, "the rule has what this key says");
  return *value;
}

Reading::Reading(const Ruleset& made, const PolicySources& from, int64_t today)
    : ruleset(made), sources(from), as_of(today) {
  size_t count = 0;
  for (const Pack& pack : ruleset.packs) count += pack.rules.size();
  rules.reserve(count);  // conditions point at their rules
  for (size_t pack = 0; pack < ruleset.packs.size(); ++pack) {
    read_patterns_of(pack);
    read_pack(pack);
  }
  number_conditions();
  for (const PolicySources::OfList& of : sources.lists) {
    Issues said_before;
    auto root = parse_yaml(of.file, said_before);
    CHECK(root, "the loader has read it before");
    lists.push_back({&of.file, of.list.get(), std::move(*root)});
  }
}

uint32_t Reading::first_pattern_slot(size_t pack) const {
  size_t before = 0;
  for (size_t i = 0; i < pack; ++i) before += ruleset.packs[i].patterns.size();
  return ruleset.pattern_slot(before);
}

void Reading::read_pack(size_t pack) {
  const YamlNode& items = *sources.packs[pack].root.find("rules");
  const std::vector<Rule>& made = ruleset.packs[pack].rules;
  for (size_t i = 0; i < made.size(); ++i) {
    const Rule& rule = made[i];
    const YamlNode& node = items.items[i];
    rules.push_back({pack, &rule, &node, std::nullopt, {}});
    RuleSite& site = rules.back();
    if (rule.applies) {
      site.guard =
          read_condition_site(pack, node.find("applies"), &*rule.applies);
      site.guard->rule = &site;
      read_regexes_of(*site.guard, sources.packs[pack].file);
    }
    site.condition = *read_condition_site(
        pack, node.find(rule.duty ? "require" : "flag"), &rule.condition);
    site.condition.rule = &site;
    read_regexes_of(site.condition, sources.packs[pack].file);
  }
}

std::optional<ConditionSite> Reading::read_condition_site(
    size_t pack, const YamlNode* node, const Condition* condition) {
  const PolicySources::OfPack& source = sources.packs[pack];
  const cel::Compiled& compiled = cel::compiled_of(*condition->program);
  return ConditionSite{
      nullptr, node, condition, &compiled, {&source.file, condition->offsets}};
}

void Reading::read_patterns_of(size_t pack) {
  const YamlNode* node = sources.packs[pack].root.find("patterns");
  if (node == nullptr) return;
  for (size_t i = 0; i < node->entries.size(); ++i) {
    const PatternSet& set = ruleset.packs[pack].patterns[i];
    for (const YamlNode& item : node->entries[i].value.find("any")->items) {
      regexes.push_back({&sources.packs[pack].file, item.scalar,
                         item.offsets.all(), pieces_of(item.scalar), &set,
                         first_pattern_slot(pack) + i});
    }
  }
}

void Reading::read_regexes_of(const ConditionSite& site,
                              const SourceText& file) {
  const cel::Ast& ast = site.compiled->ast();
  for (size_t id = 0; id < ast.nodes.size(); ++id) {
    const cel::Note& note = site.compiled->notes().of[id];
    if (note.pattern == nullptr) continue;
    for (const cel::ExprId arg : ast.nodes[id].args) {
      const cel::Expr& expr = ast[arg];
      if (expr.kind != cel::ExprKind::literal ||
          !expr.value.is(cel::Tag::string) ||
          expr.value.as_string() != note.pattern->pattern()) {
        continue;
      }
      auto at = inside_literal(ast.source, expr.begin, expr.end,
                               expr.value.as_string());
      if (!at) {
        at.emplace(expr.value.as_string().size() + 1, expr.begin);
      }
      for (size_t& offset : *at) offset = site.origin.offsets[offset];
      std::string text(expr.value.as_string());
      std::vector<RegexPiece> pieces = pieces_of(text);
      regexes.push_back(
          {&file, std::move(text), std::move(*at), std::move(pieces)});
      break;
    }
  }
}

void Reading::number_conditions() {
  cel::Alike alike;
  for (RuleSite& site : rules) {
    site.number = alike.number(*site.condition.compiled);
    if (site.guard) site.guard_number = alike.number(*site.guard->compiled);
  }
}

}  // namespace simwarden
