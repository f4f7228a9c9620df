// SPDX-License-Identifier: Apache-2.0
#include "policy/reason.h"

#include <algorithm>

#include <fmt/format.h>

#include "policy/names.h"

namespace simwarden {
namespace {

class TemplateReader {
 public:
  TemplateReader(YamlReader& reader, const YamlNode& node,
                 const ShownFacts& facts)
      : reader_(reader), node_(node), text_(node.scalar), facts_(facts) {}

  Template read() {
    while (at_ < text_.size()) step();
    flush();
    return std::move(parts_);
  }

 private:
  void step() {
    const char c = text_[at_];
    const bool doubled = at_ + 1 < text_.size() && text_[at_ + 1] == c;
    if ((c == '{' || c == '}') && doubled) {
      literal_.push_back(c);
      at_ += 2;
    } else if (c == '{') {
      placeholder();
    } else if (c == '}') {
      complain("P131", 1, "this } closes nothing", "write }} for a brace");
      ++at_;
    } else {
      literal_.push_back(c);
      ++at_;
    }
  }

  void placeholder() {
    const size_t end = text_.find_first_of("{}", at_ + 1);
    if (end == std::string_view::npos || text_[end] == '{') {
      complain("P131", 1, "this { is never closed", "write {{ for a brace");
      ++at_;
      return;
    }
    const std::string fact(text_.substr(at_ + 1, end - at_ - 1));
    const cel::Variable* found = facts_.environment->find(fact);
    if (found != nullptr && is_shown(*found) && is_group(found->type)) {
      group(fact);
    } else if (found != nullptr && is_shown(*found)) {
      flush();
      parts_.push_back({{}, found->slot, fact});
    } else if (found != nullptr || is_of_policy(fact)) {
      withheld(fact);
    } else {
      unknown(fact);
    }
    at_ = end + 1;
  }

  bool is_shown(const cel::Variable& variable) const {
    return variable.slot < facts_.slots_end ||
           variable.name.starts_with("windows.");
  }

  // Links, contacts, factors: what stands in them is no words for a reader,
  // and not all of it for everybody's eyes.
  static bool is_group(const cel::Type* type) {
    while (type->kind == cel::TypeKind::list) type = type->element;
    return type->kind == cel::TypeKind::object ||
           type->kind == cel::TypeKind::map || type->kind == cel::TypeKind::dyn;
  }

  void group(const std::string& name) {
    ++at_;
    complain("P130", static_cast<uint32_t>(name.size()),
             fmt::format("{} is a group and cannot be shown in a reason", name),
             "a reason shows single facts; say in words what the condition "
             "found in the group");
  }

  static bool is_of_policy(std::string_view name) {
    return name.starts_with("profile.") || name.starts_with("patterns.");
  }

  void withheld(const std::string& name) {
    ++at_;
    complain("P130", static_cast<uint32_t>(name.size()),
             fmt::format("{} cannot be shown in a reason", name),
             "a reason shows facts and windows; say in words what a parameter "
             "or a pattern stands for");
  }

  void unknown(const std::string& fact) {
    const auto width = static_cast<uint32_t>(fact.size());
    ++at_;
    std::vector<std::string> names;
    for (const cel::Variable& variable : facts_.environment->variables()) {
      if (is_shown(variable)) names.push_back(variable.name);
    }
    std::string help = did_you_mean_fact(fact, names);
    if (help.empty()) help = "`simwarden facts` lists them";
    complain("P130", width, fmt::format("no such fact: {}", fact),
             std::move(help));
  }

  void complain(std::string code, uint32_t width, std::string message,
                std::string help) {
    const Place place =
        reader_.file().place_at(node_.offsets[at_], std::max(width, 1u));
    reader_.issues().add(reader_.file().issue(
        std::move(code), place, std::move(message), {}, std::move(help)));
  }

  void flush() {
    if (literal_.empty()) return;
    parts_.push_back({std::move(literal_), std::nullopt, {}});
    literal_.clear();
  }

  YamlReader& reader_;
  const YamlNode& node_;
  std::string_view text_;
  const ShownFacts& facts_;
  size_t at_ = 0;
  std::string literal_;
  Template parts_;
};

}  // namespace

Template read_template(YamlReader& reader, const YamlNode& node,
                       const ShownFacts& facts) {
  return TemplateReader(reader, node, facts).read();
}

std::string written(const Template& parts) {
  std::string text;
  for (const TemplatePart& part : parts) {
    if (part.slot) text += "{" + part.fact + "}";
    for (const char c : part.text) {
      text += c;
      if (c == '{' || c == '}') text += c;
    }
  }
  return text;
}

}  // namespace simwarden
