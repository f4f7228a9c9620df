// SPDX-License-Identifier: Apache-2.0
#include "policy/condition.h"

#include <charconv>

#include <fmt/format.h>

#include "notation/plain_scalar.h"
#include "policy/condition_text.h"
#include "policy/matcher.h"
#include "policy/names.h"
#include "policy/odd_letters.h"

// Each leaf (a text, a matcher) is compiled by itself first: its mistakes are
// then shown once even where at_least repeats it, and a stray ")" in one item
// cannot close a bracket of ours. The whole is compiled after that.
namespace simwarden {
namespace {

class Renderer {
 public:
  Renderer(YamlReader& reader, const cel::Environment& facts)
      : reader_(reader), facts_(facts) {}

  std::optional<ConditionText> condition(const YamlNode& node, int depth) {
    if (node.type == YamlNode::Type::scalar) return text(node);
    if (node.type == YamlNode::Type::mapping) return block(node, depth);
    const bool list = node.type == YamlNode::Type::sequence;
    reader_.complain(node, "P120",
                     list ? "a condition cannot be a list by itself"
                          : "a condition is missing here",
                     {}, list ? "write all_of: or any_of: above it" : "");
    return std::nullopt;
  }

 private:
  std::optional<ConditionText> text(const YamlNode& node) {
    if (!check_visible(reader_, node)) return std::nullopt;
    return leaf({node.scalar, node.offsets.all()});
  }

  std::optional<ConditionText> leaf(ConditionText made) {
    const cel::Origin origin{&reader_.file(), made.offsets};
    const auto program =
        cel::compile(made.text, facts_, origin, reader_.issues(),
                     {.result = cel::bool_type()});
    if (program == nullptr) return std::nullopt;
    return made;
  }

  std::optional<ConditionText> block(const YamlNode& node, int depth) {
    if (depth >= kBlockDepthMax) {
      reader_.complain(
          node, "P123",
          fmt::format("blocks nest at most {} deep", kBlockDepthMax), {},
          "name a part of it as a rule of its own");
      return std::nullopt;
    }
    if (node.entries.empty()) {
      reader_.complain(node, "P124", "an empty block says nothing");
      return std::nullopt;
    }
    std::vector<ConditionText> pieces;
    for (const YamlNode::Entry& entry : node.entries) {
      auto piece = entry_text(entry, depth);
      if (piece) pieces.push_back(std::move(*piece));
    }
    if (pieces.size() < node.entries.size()) return std::nullopt;
    return join(pieces, " && ", node.entries.front().key.offsets.front());
  }

  std::optional<ConditionText> entry_text(const YamlNode::Entry& entry,
                                          int depth) {
    const std::string& key = entry.key.scalar;
    const size_t at = entry.key.offsets.front();
    if (key == "at_least") return at_least(entry, depth);
    if (key != "all_of" && key != "any_of" && key != "none_of") {
      auto matcher = render_matcher(reader_, entry, facts_);
      if (!matcher || !check_visible_values(entry.value)) return std::nullopt;
      return leaf(std::move(*matcher));
    }
    const auto pieces = items(entry.value, depth);
    if (!pieces) return std::nullopt;
    if (key == "all_of") return join(*pieces, " && ", at);
    ConditionText any = join(*pieces, " || ", at);
    return key == "any_of" ? any : negate(any, at);
  }

  bool check_visible_values(const YamlNode& value) {
    bool good =
        value.type != YamlNode::Type::scalar || check_visible(reader_, value);
    for (const YamlNode& item : value.items) {
      good &= check_visible(reader_, item);
    }
    return good;
  }

  std::optional<std::vector<ConditionText>> items(const YamlNode& node,
                                                  int depth) {
    if (node.type != YamlNode::Type::sequence || node.items.empty()) {
      reader_.complain(node, "P124", "a block needs a list of conditions");
      return std::nullopt;
    }
    std::vector<ConditionText> pieces;
    for (const YamlNode& item : node.items) {
      auto piece = condition(item, depth + 1);
      if (piece) pieces.push_back(std::move(*piece));
    }
    if (pieces.size() < node.items.size()) return std::nullopt;
    return pieces;
  }

  std::optional<ConditionText> at_least(const YamlNode::Entry& entry,
                                        int depth) {
    const YamlNode& node = entry.value;
    reader_.keys(node, {"n", "of"});
    if (!reader_.require(node, "n") || !reader_.require(node, "of")) {
      return std::nullopt;
    }
    const auto pieces = items(*node.find("of"), depth);
    const size_t count = node.find("of")->items.size();
    const YamlNode& wanted = *node.find("n");
    const size_t n = number_of(wanted);
    if (n < 1 || n > count) {
      reader_.complain(
          wanted, "P125",
          fmt::format("n must be a whole number from 1 to {}", count));
      return std::nullopt;
    }
    if (!pieces) return std::nullopt;
    auto made = threshold(*pieces, n, entry.key.offsets.front());
    if (!made) too_big(entry.key);
    return made;
  }

  void too_big(const YamlNode& at) {
    reader_.complain(at, "P126",
                     fmt::format("written out, the condition is longer than "
                                 "{} bytes",
                                 kConditionBytesMax),
                     {}, "fewer items, or a smaller n");
  }

  static size_t number_of(const YamlNode& node) {
    size_t n = 0;
    if (node.type != YamlNode::Type::scalar || node.quoted) return 0;
    const char* end = node.scalar.data() + node.scalar.size();
    const auto read = std::from_chars(node.scalar.data(), end, n);
    return read.ec == std::errc() && read.ptr == end ? n : 0;
  }

  YamlReader& reader_;
  const cel::Environment& facts_;
};

// Of a text that nothing is equal to: 'МX-0101' with a Cyrillic М.
void warn_of_odd_letter(YamlReader& reader, const std::string& text,
                        const std::vector<size_t>& offsets) {
  auto odd = odd_letter(text);
  if (!odd) return;
  const Place place = reader.file().place_at(offsets[odd->at]);
  Issue issue = reader.file().issue("P210", place, std::move(odd->said), {},
                                    std::move(odd->help));
  issue.severity = Severity::warning;
  reader.issues().add(std::move(issue));
}

}  // namespace

std::optional<ConditionText> render_condition(YamlReader& reader,
                                              const YamlNode& node,
                                              const cel::Environment& facts) {
  return Renderer(reader, facts).condition(node, 0);
}

std::optional<Condition> read_condition(YamlReader& reader,
                                        const YamlNode& node,
                                        const cel::Environment& facts) {
  // A text is its own leaf: it is compiled once.
  std::optional<ConditionText> rendered;
  if (node.type == YamlNode::Type::scalar) {
    if (!check_visible(reader, node)) return std::nullopt;
    rendered = ConditionText{node.scalar, node.offsets.all()};
  } else {
    rendered = render_condition(reader, node, facts);
  }
  if (!rendered) return std::nullopt;
  if (rendered->text.size() > kConditionBytesMax) {
    reader.complain(node, "P126",
                    fmt::format("written out, the condition is longer than {} "
                                "bytes",
                                kConditionBytesMax));
    return std::nullopt;
  }
  cel::Origin origin{&reader.file(), std::move(rendered->offsets)};
  auto program = cel::compile(rendered->text, facts, origin, reader.issues(),
                              {.result = cel::bool_type()});
  if (program == nullptr) return std::nullopt;
  warn_of_odd_letter(reader, rendered->text, origin.offsets);
  return Condition{std::move(rendered->text), std::move(origin.offsets),
                   std::move(program)};
}

}  // namespace simwarden
