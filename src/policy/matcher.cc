// SPDX-License-Identifier: Apache-2.0
#include "policy/matcher.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <utility>

#include <fmt/format.h>

#include "diag/ascii.h"
#include "notation/json_text.h"
#include "notation/plain_scalar.h"
#include "policy/condition_text.h"

// request.id|starts_with: [A, B]
//   -> request.id.startsWith("A") || request.id.startsWith("B")
//
// The fact's type decides how a value is written: 10 beside a double is 10.0,
// a text beside a timestamp is timestamp("…").
namespace simwarden {
namespace {

enum class Shape : uint8_t { method, sign, in_list };

struct Operator {
  std::string_view name;
  Shape shape;
  std::string_view cel;
};
constexpr std::array<Operator, 9> kOperators = {{
    {"contains", Shape::method, "contains"},
    {"starts_with", Shape::method, "startsWith"},
    {"ends_with", Shape::method, "endsWith"},
    {"matches", Shape::method, "matches"},
    {"in_list", Shape::in_list, "in_list"},
    {"gt", Shape::sign, ">"},
    {"ge", Shape::sign, ">="},
    {"lt", Shape::sign, "<"},
    {"le", Shape::sign, "<="},
}};
constexpr Operator kEquals = {"", Shape::sign, "=="};

// What other languages call them: a near name would ask something else.
constexpr std::pair<std::string_view, std::string_view> kMeant[] = {
    {"gte", "ge"},
    {"lte", "le"},
    {"min", "ge"},
    {"max", "le"},
    {"startswith", "starts_with"},
    {"endswith", "ends_with"},
    {"regex", "matches"},
    {"re", "matches"},
};
constexpr std::string_view kForNot[] = {"ne", "neq", "not", "not_in", "nin"};
constexpr std::string_view kForIs[] = {"eq", "is", "equals", "in", "one_of"};

const std::vector<std::string>& operator_names() {
  static const std::vector<std::string> kNames = [] {
    std::vector<std::string> names;
    for (const Operator& row : kOperators) names.emplace_back(row.name);
    return names;
  }();
  return kNames;
}

// What to write in place of another language's word; "" for none of these.
std::string meant_operator(std::string_view name) {
  const std::string small = small_letters(name);
  const auto is = [&](std::string_view word) { return word == small; };
  if (std::any_of(std::begin(kForNot), std::end(kForNot), is)) {
    return "put the matcher under none_of:";
  }
  if (std::any_of(std::begin(kForIs), std::end(kForIs), is)) {
    return "without an operator it asks whether the fact is the value, or one "
           "of a list";
  }
  for (const auto& [word, meant] : kMeant) {
    if (word == small) return fmt::format("did you mean {}?", meant);
  }
  return {};
}

bool is_fact_name(std::string_view text) {
  const bool begins =
      !text.empty() && is_ascii_letter(text[0]) && text.back() != '.';
  return begins && text.find('.') != std::string_view::npos &&
         std::all_of(text.begin(), text.end(),
                     [](char c) { return is_ascii_word(c) || c == '.'; });
}

// A text between quotes, each byte where it stood.
void append_text(ConditionText& out, const YamlNode& node) {
  append_sign(out, "\"", node.offsets.front());
  for (size_t i = 0; i < node.scalar.size(); ++i) {
    const char c = node.scalar[i];
    const size_t at = node.offsets[i];
    if (c == '"' || c == '\\') {
      append_sign(out, std::string("\\") + c, at);
    } else if (static_cast<unsigned char>(c) < 0x20) {
      append_sign(out, fmt::format("\\x{:02x}", static_cast<int>(c)), at);
    } else {
      append_sign(out, std::string_view(&c, 1), at);
    }
  }
  append_sign(out, "\"", node.offsets.back());
}

std::string number_text(const YamlNode& node, const cel::Type* type) {
  std::string text = to_json(node);
  const bool fraction = text.find_first_of(".e") != std::string::npos;
  const bool as_double =
      (type != nullptr && type->kind == cel::TypeKind::number) ||
      plain_kind(node.scalar) == PlainKind::number;
  return as_double && !fraction ? text + ".0" : text;
}

// timestamp("…") and duration("…") for facts of these types.
std::string_view wrapper_of(const cel::Type* type) {
  if (type == nullptr) return {};
  if (type->kind == cel::TypeKind::timestamp) return "timestamp";
  if (type->kind == cel::TypeKind::duration) return "duration";
  return {};
}

class Matcher {
 public:
  Matcher(YamlReader& reader, const YamlNode::Entry& entry,
          const cel::Environment& facts)
      : reader_(reader), key_(entry.key), value_(entry.value), facts_(facts) {}

  std::optional<ConditionText> render() {
    if (!read_key() || !check_value()) return std::nullopt;
    const cel::Variable* variable =
        facts_.find(std::string_view(key_.scalar).substr(0, fact_size_));
    type_ = variable == nullptr ? nullptr : variable->type;
    if (!check_whole()) return std::nullopt;
    if (value_.type != YamlNode::Type::sequence) return one(value_);
    if (operator_.cel == "==" && !is_list() && are_alike()) return one_of();
    std::vector<ConditionText> pieces;
    for (const YamlNode& item : value_.items) pieces.push_back(one(item));
    return join(pieces, " || ", key_.offsets.front());
  }

 private:
  bool read_key() {
    const std::string_view key = key_.scalar;
    const size_t bar = key.find('|');
    fact_size_ = std::min(bar, key.size());
    if (!is_fact_name(key.substr(0, fact_size_))) {
      static const std::vector<std::string> kBlocks = {"all_of", "any_of",
                                                       "none_of", "at_least"};
      std::string help = did_you_mean(key, kBlocks);
      if (help.empty()) help = "all_of, any_of, none_of, at_least, or a fact";
      reader_.complain(key_, "P121",
                       fmt::format("{} is neither a block nor a fact", key), {},
                       std::move(help));
      return false;
    }
    return bar == std::string_view::npos || read_operator(key.substr(bar + 1));
  }

  bool read_operator(std::string_view name) {
    for (const Operator& row : kOperators) {
      if (row.name != name) continue;
      operator_ = row;
      return true;
    }
    std::string help = meant_operator(name);
    if (help.empty()) help = did_you_mean(name, operator_names());
    if (help.empty()) {
      help = "contains starts_with ends_with matches in_list gt ge lt le";
    }
    const auto width = static_cast<uint32_t>(std::max<size_t>(name.size(), 1));
    reader_.issues().add(reader_.file().issue(
        "P122", reader_.file().place_at(key_.offsets[fact_size_ + 1], width),
        fmt::format("the operator {} is unknown", name), {}, std::move(help)));
    return false;
  }

  bool check_value() {
    if (value_.type != YamlNode::Type::sequence) return check_scalar(value_);
    if (value_.items.empty()) {
      reader_.complain(value_, "P127", "an empty list matches nothing");
      return false;
    }
    bool good = true;
    for (const YamlNode& item : value_.items) good &= check_scalar(item);
    return good;
  }

  bool check_scalar(const YamlNode& node) {
    if (node.type == YamlNode::Type::scalar) return true;
    const bool null = node.type == YamlNode::Type::null;
    reader_.complain(
        node, "P127", "a matcher's value is a text, a number or a bool", {},
        null ? fmt::format("to ask whether it was recorded: has({})",
                           key_.scalar.substr(0, fact_size_))
             : "");
    return false;
  }

  // The conditions compare an int with any number, and find 2.5 equal to none.
  bool check_whole() {
    const cel::Type* const of = is_list() ? type_->element : type_;
    const bool whole = of != nullptr && of->kind == cel::TypeKind::integer;
    const bool equal = is_list() ? membership() : operator_.cel == "==";
    if (!whole || !equal) return true;
    if (value_.type != YamlNode::Type::sequence) return check_whole(value_);
    bool good = true;
    for (const YamlNode& item : value_.items) good &= check_whole(item);
    return good;
  }

  bool check_whole(const YamlNode& node) {
    if (is_text(node) || plain_kind(node.scalar) != PlainKind::number) {
      return true;
    }
    const double value = plain_number(node.scalar);
    if (std::trunc(value) == value) return true;
    reader_.complain(
        node, "P127", fmt::format("an int is never equal to {}", node.scalar),
        "not a whole number", "write a whole number, or ask with |gt or |lt");
    return false;
  }

  // A list of several types would be compared with anything: then each value
  // is compared alone and held to the fact's type.
  bool are_alike() const {
    if (type_ == nullptr) return true;  // no such fact: said once
    return std::all_of(
        value_.items.begin(), value_.items.end(), [this](const YamlNode& item) {
          return written_as(item) == written_as(value_.items.front());
        });
  }

  PlainKind written_as(const YamlNode& node) const {
    if (is_text(node)) return PlainKind::text;
    const PlainKind kind = plain_kind(node.scalar);
    const bool as_double =
        type_ != nullptr && type_->kind == cel::TypeKind::number;
    return as_double && kind == PlainKind::integer ? PlainKind::number : kind;
  }

  bool is_list() const {
    return type_ != nullptr && type_->kind == cel::TypeKind::list;
  }

  void append_fact(ConditionText& out) const {
    for (size_t i = 0; i < fact_size_; ++i) {
      append_sign(out, std::string_view(&key_.scalar[i], 1), key_.offsets[i]);
    }
  }

  void append_value(ConditionText& out, const YamlNode& node) const {
    const size_t at = node.offsets.front();
    if (is_text(node)) {
      const std::string_view wrapper = wrapper_of(type_);
      if (!wrapper.empty()) append_sign(out, fmt::format("{}(", wrapper), at);
      append_text(out, node);
      if (!wrapper.empty()) append_sign(out, ")", node.offsets.back());
    } else if (plain_kind(node.scalar) == PlainKind::boolean) {
      append_sign(out, to_json(node), at);
    } else {
      append_sign(out, number_text(node, type_), at);
    }
  }

  ConditionText one(const YamlNode& node) const {
    const size_t at = key_.offsets[fact_size_];
    ConditionText out;
    if (operator_.shape == Shape::in_list) {
      append_sign(out, "in_list(", at);
      append_value(out, node);
      append_sign(out, ", ", at);
      append_fact(out);
      append_sign(out, ")", at);
    } else if (is_list() && membership()) {
      append_value(out, node);
      append_sign(out, " in ", at);
      append_fact(out);
    } else if (operator_.shape == Shape::method) {
      append_fact(out);
      append_sign(out, fmt::format(".{}(", operator_.cel), at);
      append_value(out, node);
      append_sign(out, ")", node.offsets.back());
    } else {
      append_fact(out);
      const bool of_list = value_.type == YamlNode::Type::sequence;
      append_sign(out, fmt::format(" {} ", operator_.cel),
                  of_list ? node.offsets.front() : at);
      append_value(out, node);
    }
    finish(out, node.offsets.back());
    return out;
  }

  // Of a list, "is" and "contains" both ask whether the value is in it.
  bool membership() const {
    return operator_.cel == "==" || operator_.cel == "contains";
  }

  ConditionText one_of() const {
    ConditionText out;
    append_fact(out);
    append_sign(out, " in [", key_.offsets[fact_size_]);
    for (const YamlNode& item : value_.items) {
      if (&item != &value_.items.front()) {
        append_sign(out, ", ", item.offsets.front());
      }
      append_value(out, item);
    }
    const size_t end = value_.items.back().offsets.back();
    append_sign(out, "]", end);
    finish(out, end);
    return out;
  }

  YamlReader& reader_;
  const YamlNode& key_;
  const YamlNode& value_;
  const cel::Environment& facts_;
  size_t fact_size_ = 0;
  Operator operator_ = kEquals;
  const cel::Type* type_ = nullptr;
};

}  // namespace

std::optional<ConditionText> render_matcher(YamlReader& reader,
                                            const YamlNode::Entry& entry,
                                            const cel::Environment& facts) {
  return Matcher(reader, entry, facts).render();
}

}  // namespace simwarden
