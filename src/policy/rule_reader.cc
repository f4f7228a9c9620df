// SPDX-License-Identifier: Apache-2.0
#include "policy/rule_reader.h"

#include <fmt/format.h>

#include "policy/calendar.h"
#include "policy/condition.h"
#include "policy/control_reader.h"
#include "policy/names.h"

namespace simwarden {
namespace {

constexpr double kScoreMax = 100;

RuleStatus status_of(std::string_view word) {
  for (size_t i = 0; i < kRuleStatusNames.size(); ++i) {
    if (word == kRuleStatusNames[i]) return RuleStatus(i);
  }
  return RuleStatus::active;
}

class RuleReader {
 public:
  RuleReader(YamlReader& reader, const YamlNode& node,
             const RuleContext& context)
      : reader_(reader), node_(node), context_(context) {}

  Rule read() {
    const bool known = reader_.keys(node_, rule_keys());
    rule_.place = node_.place;
    if (!known && node_.type != YamlNode::Type::mapping) return rule_;
    read_head();
    read_family();
    read_score();
    read_conditions();
    read_texts();
    rule_.controls = reader_.optional_texts(node_, "controls");
    check_excuses(reader_, node_);
    if (context_.controls != nullptr) {
      check_references(reader_, node_, *context_.controls);
    }
    return std::move(rule_);
  }

 private:
  void read_head() {
    rule_.id = reader_.text(node_, "id");
    if (const YamlNode* id = node_.find("id")) {
      rule_.place = id->place;
      if (is_text(*id) && !is_rule_id(id->scalar)) {
        reader_.complain(*id, "P110",
                         fmt::format("{} is not an id{}", id->scalar,
                                     strange_letter(id->scalar)),
                         {}, "letters, digits and dashes, such as IDV-002");
      }
    }
    reader_.require(node_, "title");
    rule_.title = localised_texts(reader_, node_, "title");
    rule_.severity = reader_.choice(
        node_, "severity", {"info", "low", "medium", "high", "critical"});
    rule_.status = status_of(reader_.choice(
        node_, "status", {kRuleStatusNames.begin(), kRuleStatusNames.end()},
        name_of(RuleStatus::active)));
    const Period period =
        read_period(reader_, node_, "active_from", "active_until");
    rule_.active_from = period.from;
    rule_.active_until = period.until;
    rule_.source = reader_.optional_text(node_, "source").value_or("");
    if (node_.find("confidence") != nullptr) {
      rule_.confidence = reader_.choice(node_, "confidence", confidences());
    }
  }

  void read_family() {
    rule_.family = reader_.text(node_, "family");
    const YamlNode* family = node_.find("family");
    if (family == nullptr || !is_text(*family)) return;
    if (context_.families == nullptr) return;
    if (context_.families->contains(rule_.family)) return;
    std::vector<std::string> names;
    for (const auto& entry : *context_.families) names.push_back(entry.first);
    std::string help = did_you_mean(rule_.family, names, reader_.issues());
    if (help.empty()) help = "declare it under families: at the top";
    reader_.complain(*family, "P112",
                     fmt::format("the family {} is not declared{}",
                                 rule_.family, strange_letter(rule_.family)),
                     {}, std::move(help));
  }

  void read_score() {
    if (!reader_.require(node_, "score")) return;
    const auto score = reader_.optional_number(node_, "score");
    rule_.score = score.value_or(0) + 0.0;  // never -0
    if (score && !(*score >= 0 && *score <= kScoreMax)) {
      reader_.complain(*node_.find("score"), "P113",
                       fmt::format("the score {} is not between 0 and {}",
                                   *score, kScoreMax));
    }
    if (node_.find("at_least") != nullptr) {
      rule_.at_least =
          reader_.choice(node_, "at_least", {"review", "hold", "refuse"});
    }
    read_from_score();
  }

  void read_from_score() {
    const YamlNode* node = node_.find("from_score");
    if (!node) return;
    const std::string& name = node->scalar;  // empty: no scalar
    const cel::Variable* known = name.starts_with("profile.")
                                     ? context_.environment->find(name)
                                     : nullptr;
    const bool numeric =
        known != nullptr &&
        (known->type == cel::int_type() || known->type == cel::double_type());
    if (numeric) {
      rule_.from_score = known->slot;
      return;
    }
    reader_.complain(*node, "P116",
                     fmt::format("{} is not a numeric parameter",
                                 name.empty() ? "from_score" : name),
                     {},
                     "declare a number under parameters: and name it, such as "
                     "profile.second_look_score");
  }

  void read_conditions() {
    const YamlNode* duty = node_.find("require");
    const YamlNode* sign = node_.find("flag");
    rule_.duty = duty != nullptr;
    if (duty != nullptr && sign != nullptr) {
      complain_at_key("flag", "a rule is a duty or a sign, not both",
                      "keep one of require and flag");
    } else if (duty == nullptr && sign == nullptr) {
      reader_.complain(node_, "P114", "a rule needs a condition", {},
                       "require: for a duty, flag: for a sign of fraud");
    }
    if (const YamlNode* applies = node_.find("applies")) {
      rule_.applies = condition(*applies);
    }
    for (const YamlNode* written : {duty, sign}) {
      if (written == nullptr) continue;
      auto made = condition(*written);
      if (made) rule_.condition = std::move(*made);
    }
  }

  void complain_at_key(std::string_view key, std::string message,
                       std::string help) {
    for (const YamlNode::Entry& entry : node_.entries) {
      if (entry.key.scalar != key) continue;
      reader_.complain(entry.key, "P114", std::move(message), {},
                       std::move(help));
      return;
    }
  }

  std::optional<Condition> condition(const YamlNode& node) {
    return read_condition(reader_, node, *context_.environment);
  }

  void read_texts() {
    const ShownFacts shown{context_.environment, context_.schema_slots};
    reader_.require(node_, "reason");
    for (const LocalisedNode& text : read_localised(reader_, node_, "reason")) {
      rule_.reason[text.language] = read_template(reader_, *text.node, shown);
    }
    rule_.remedy = localised_texts(reader_, node_, "remedy");
  }

  YamlReader& reader_;
  const YamlNode& node_;
  const RuleContext& context_;
  Rule rule_;
};

}  // namespace

const std::vector<std::string>& rule_keys() {
  static const std::vector<std::string> keys = {
      "id",       "title",      "family",     "severity",    "score",
      "at_least", "from_score", "status",     "active_from", "active_until",
      "applies",  "require",    "flag",       "reason",      "remedy",
      "controls", "source",     "confidence", "lint"};
  return keys;
}

Rule read_rule(YamlReader& reader, const YamlNode& node,
               const RuleContext& context) {
  return RuleReader(reader, node, context).read();
}

}  // namespace simwarden
