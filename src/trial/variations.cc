// SPDX-License-Identifier: Apache-2.0
#include "trial/variations.h"

#include <algorithm>
#include <map>
#include <set>

#include "cel/study/atoms.h"
#include "diag/characters.h"
#include "notation/json_text.h"
#include "policy/case_record.h"
#include "record/time.h"

namespace simwarden {
namespace {

// Values of one fact that are tried; a rule that names more has a list.
constexpr size_t kValuesMax = 60;
// Elements of a list of objects whose members are varied.
constexpr size_t kItemsMax = 3;
// Texts of other cases that are put below a case's own.
constexpr size_t kOtherTextsMax = 80;
// A longer case is for nobody to read.
constexpr size_t kTextCharactersMax = 1000;
// Of a value in the name of a case.
constexpr size_t kShownBytesMax = 60;
constexpr const char* kUnknown = "demo_unknown";
constexpr int64_t kUnits[] = {1, 60, 3600, kSecondsPerDay};  // seconds

YamlNode text_node(std::string text) {
  YamlNode node;
  node.type = YamlNode::Type::scalar;
  node.scalar = std::move(text);
  node.quoted = true;
  return node;
}
YamlNode plain_node(std::string text) {
  YamlNode node = text_node(std::move(text));
  node.quoted = false;
  return node;
}
YamlNode list_node(std::vector<YamlNode> items) {
  YamlNode node;
  node.type = YamlNode::Type::sequence;
  node.items = std::move(items);
  return node;
}

// The value of a dotted name in a record; null when it is not there.
const YamlNode* find_in(const YamlNode& record, std::string_view name) {
  const YamlNode* at = &record;
  while (at) {
    const size_t dot = name.find('.');
    at = at->find(name.substr(0, dot));
    if (dot == std::string_view::npos) return at;
    name.remove_prefix(dot + 1);
  }
  return nullptr;
}

class Variator {
 public:
  Variator(const Plan& plan, const PackCases& pack, const Rule& rule,
           const PackCase& from)
      : plan_(plan), pack_(pack), rule_(rule), from_(from) {
    if (rule.applies) read(*rule.applies);
    read(rule.condition);
    texts_.insert("demo_other");
    numbers_.insert({0, 1});
  }

  std::vector<Variation> run() {
    for (const uint32_t slot : slots_) vary(slot);
    if (reads_parameters_) vary_profile();
    vary_text();
    return std::move(made_);
  }

 private:
  void read(const Condition& condition) {
    const auto slots = condition.program->slots();
    slots_.insert(slots.begin(), slots.end());
    for (const cel::Value& value : cel::literals_of(*condition.program)) {
      if (value.is(cel::Tag::string)) {
        add_text(std::string(value.as_string()));
      } else if (value.is(cel::Tag::number)) {
        fractions_.insert(value.as_number());
      } else {
        add_number(value.as_int());
      }
    }
    for (const uint32_t slot : slots) read_parameter(slot);
  }

  // A name of a list stands for its first entry.
  void add_text(const std::string& text) {
    texts_.insert(text);
    const NamedList* list = plan_.ruleset().list(text);
    if (list && !list->entries.empty()) {
      texts_.insert(list->entries.front().value);
    }
  }

  void add_number(int64_t number) {
    constexpr int64_t kFar = int64_t{1} << 40;  // no count and no time of ours
    if (number > kFar || number < -kFar) return;
    for (const int64_t near : {number - 1, number, number + 1}) {
      numbers_.insert(near);
    }
  }

  void read_parameter(uint32_t slot) {
    const Ruleset& ruleset = plan_.ruleset();
    if (slot < ruleset.schema_slots) return;
    const size_t index = slot - ruleset.schema_slots;
    if (index >= ruleset.parameter_names.size()) return;
    reads_parameters_ = true;
    const Profile* profile = ruleset.profile(from_.profile);
    if (!profile) return;
    for (const Parameter& parameter : profile->parameters) {
      if (parameter.name != ruleset.parameter_names[index]) continue;
      if (const auto* whole = std::get_if<int64_t>(&parameter.value)) {
        add_number(*whole);
      } else if (const auto* number = std::get_if<double>(&parameter.value)) {
        fractions_.insert(*number);
      } else if (const auto* text =
                     std::get_if<std::string>(&parameter.value)) {
        texts_.insert(*text);
      } else if (const auto* texts =
                     std::get_if<std::vector<std::string>>(&parameter.value)) {
        texts_.insert(texts->begin(), texts->end());
      }
    }
  }

  void vary(uint32_t slot) {
    if (slot >= plan_.ruleset().schema_slots) return;
    if (const Field* row = plan_.schema().field_of(slot)) {
      const std::string name(row->name);
      if (row->group != kNoGroup) return;
      if (name == "text") return;  // see vary_text()
      for (YamlNode& value : values_of(*row)) {
        made_.push_back({name, std::move(value)});
      }
      made_.push_back({name, std::nullopt});
      return;
    }
    for (size_t id = 0; id < groups().size(); ++id) {
      if (plan_.schema().group_slot(static_cast<GroupId>(id)) == slot) {
        vary_group(group(static_cast<GroupId>(id)));
      }
    }
  }

  void vary_group(const Group& row) {
    const std::string name(row.name);
    made_.push_back({name, std::nullopt});
    made_.push_back({name, list_node({})});
    const YamlNode* now = find_in(from_.recipe.record, name);
    if (!now || now->type != YamlNode::Type::sequence) return;
    for (size_t i = 0; i < std::min(now->items.size(), kItemsMax); ++i) {
      YamlNode fewer = *now;
      fewer.items.erase(fewer.items.begin() + static_cast<std::ptrdiff_t>(i));
      made_.push_back({name, std::move(fewer)});
      for (uint8_t m = 0; m < row.size; ++m) {
        vary_member(name, *now, i, field(static_cast<FieldId>(row.first + m)));
      }
    }
  }

  void vary_member(const std::string& group, const YamlNode& now, size_t item,
                   const Field& member) {
    const std::string_view full = member.name;
    const std::string own(full.substr(full.find("[].") + 3));
    const std::string& source = rule_.condition.source;
    const bool named =
        source.find(own) != std::string::npos ||
        (rule_.applies && rule_.applies->source.find(own) != std::string::npos);
    if (!named) return;
    YamlNode without = now;
    if (take_away(without.items[item], own)) {
      made_.push_back({group, std::move(without)});
    }
    for (const YamlNode& value : values_of(member)) {
      YamlNode changed = now;
      if (lay_over(changed.items[item], own, value)) {
        made_.push_back({group, std::move(changed)});
      }
    }
  }

  std::vector<YamlNode> values_of(const Field& row) {
    std::vector<YamlNode> values = scalars_of(row);
    if (row.list) {
      std::vector<YamlNode> lists = {list_node({})};
      for (YamlNode& value : values) lists.push_back(list_node({value}));
      values = std::move(lists);
    }
    if (values.size() > kValuesMax) values.resize(kValuesMax);
    return values;
  }

  std::vector<YamlNode> scalars_of(const Field& row) {
    std::vector<YamlNode> values;
    switch (row.type) {
      case FieldType::boolean: return {plain_node("true"), plain_node("false")};
      case FieldType::choice:
        for (const std::string_view choice : row.choices) {
          values.push_back(text_node(std::string(choice)));
        }
        values.push_back(text_node(kUnknown));
        return values;
      case FieldType::integer:
        for (const int64_t number : numbers_) {
          values.push_back(plain_node(std::to_string(number)));
        }
        return values;
      case FieldType::number: return fractions();
      case FieldType::text:
        for (const std::string& text : texts_) {
          values.push_back(text_node(text));
        }
        values.push_back(text_node(""));
        return values;
      case FieldType::timestamp: return times();
      case FieldType::date: return dates();
    }
    return values;
  }

  std::vector<YamlNode> fractions() const {
    std::set<double> all(numbers_.begin(), numbers_.end());
    for (const double number : fractions_) {
      all.insert({number - 0.01, number, number + 0.01});
    }
    std::vector<YamlNode> values;
    for (const double number : all) {
      std::string text;
      append_json_number(text, number);
      values.push_back(plain_node(text));
    }
    return values;
  }

  // Every time of the record that the rule reads, and what lies the rule's
  // numbers of seconds, minutes, hours or days before and after it.
  std::vector<YamlNode> times() {
    std::set<int64_t> apart = {-1, 0, 1};
    for (const int64_t number : numbers_) {
      for (const int64_t unit : kUnits) {
        const int64_t span = number * unit;
        apart.insert({-span - 1, -span, -span + 1, span - 1, span, span + 1});
      }
    }
    std::vector<std::string> texts;
    for (const Timestamp& base : moments()) {
      for (const int64_t seconds : apart) {
        Timestamp moved = base;
        moved.seconds += seconds;
        texts.push_back(to_text(moved));
      }
    }
    std::vector<YamlNode> values;
    values.reserve(texts.size());
    for (const std::string& text : texts) values.push_back(text_node(text));
    return values;
  }

  std::vector<YamlNode> dates() const {
    std::vector<YamlNode> values;
    for (const Timestamp& base : moments()) {
      for (const int64_t number : numbers_) {
        const int64_t today = day_second(base.seconds).day;
        values.push_back(text_node(date_text(today - number)));
        values.push_back(text_node(date_text(today + number)));
      }
    }
    return values;
  }

  std::vector<Timestamp> moments() const {
    std::vector<Timestamp> found;
    const auto look = [&](std::string_view name) {
      const YamlNode* value = find_in(from_.recipe.record, name);
      if (!value || value->type != YamlNode::Type::scalar) return;
      if (const auto time = parse_timestamp(value->scalar)) {
        found.push_back(*time);
      }
    };
    look("created_at");
    for (const uint32_t slot : slots_) {
      if (slot >= plan_.ruleset().schema_slots) continue;
      const Field* row = plan_.schema().field_of(slot);
      if (row && row->type == FieldType::timestamp &&
          row->name != "created_at") {
        look(row->name);
      }
    }
    return found;
  }

  // Texts of exactly as many characters as the rule counts, one that says
  // nothing, those of other cases, and this one with another behind it.
  void vary_text() {
    const YamlNode* now = find_in(from_.recipe.record, "text");
    if (!now || now->type != YamlNode::Type::scalar) return;
    const YamlNode* subject = find_in(from_.recipe.record, "subject");
    const size_t above = subject ? count_characters(subject->scalar) + 2 : 0;
    for (const int64_t number : numbers_) {
      const auto wanted = static_cast<size_t>(std::max<int64_t>(number, 0));
      const size_t have = count_characters(now->scalar) + above;
      if (wanted <= have || wanted > kTextCharactersMax) continue;
      made_.push_back({"text", text_node(padded(now->scalar, wanted - have))});
    }
    made_.push_back({"text", text_node("Good morning.")});
    size_t left = kOtherTextsMax;
    for (const PackCase& other : pack_.cases) {
      const YamlNode* text = find_in(other.recipe.record, "text");
      if (!text || text->type != YamlNode::Type::scalar) continue;
      if (text->scalar == now->scalar) continue;
      if (left-- == 0) return;
      made_.push_back({"text", *text});
      made_.push_back({"text", text_node(now->scalar + " " + text->scalar)});
    }
  }

  static std::string padded(std::string text, size_t by) {
    constexpr std::string_view kFiller = " and so on";
    for (size_t i = 0; i < by; ++i) text += kFiller[i % kFiller.size()];
    // Blanks at the end would not be seen by who reads the case.
    if (text.ends_with(' ')) text.back() = '.';
    return text;
  }

  void vary_profile() {
    for (const auto& [name, profile] : plan_.ruleset().profiles) {
      made_.push_back({"policy_profile", text_node(name)});
    }
  }

  const Plan& plan_;
  const PackCases& pack_;
  const Rule& rule_;
  const PackCase& from_;
  std::set<uint32_t> slots_;
  std::set<std::string> texts_;
  std::set<int64_t> numbers_;
  std::set<double> fractions_;
  bool reads_parameters_ = false;
  std::vector<Variation> made_;
};

bool is_at_or_below(const std::string& name, const std::string& above) {
  return name == above || name.starts_with(above + ".");
}

}  // namespace

std::vector<Variation> variations_of(const Plan& plan, const PackCases& pack,
                                     const Rule& rule, const PackCase& from) {
  return Variator(plan, pack, rule, from).run();
}

std::optional<CaseRecipe> varied(const CaseRecipe& recipe,
                                 std::span<const Variation> by) {
  CaseRecipe made = recipe;
  for (const Variation& variation : by) {
    const std::string& name = variation.name;
    std::erase(made.without, name);
    if (!variation.value) {
      if (!take_away(made.record, name)) return std::nullopt;
      made.without.push_back(name);
      continue;
    }
    const bool taken = std::any_of(
        made.without.begin(), made.without.end(),
        [&](const auto& above) { return is_at_or_below(name, above); });
    if (taken || !lay_over(made.record, name, *variation.value)) {
      return std::nullopt;
    }
    if (name == "text" && made.text) {
      made.text = variation.value->scalar;
      continue;
    }
    std::erase_if(made.with, [&](const YamlNode::Entry& entry) {
      return is_at_or_below(entry.key.scalar, name);
    });
    made.with.push_back({text_node(name), *variation.value});
  }
  return made;
}

std::string in_words(std::span<const Variation> variations) {
  std::string words;
  for (const Variation& variation : variations) {
    if (!words.empty()) words += ", ";
    words += variation.name;
    if (!variation.value) {
      words += " is not recorded";
      continue;
    }
    const std::string value = to_json(*variation.value);
    words += value.size() > kShownBytesMax ? " is another" : " is " + value;
  }
  return words;
}

}  // namespace simwarden
