// SPDX-License-Identifier: Apache-2.0
#include "policy/window_reader.h"

#include <array>
#include <charconv>

#include <fmt/format.h>

#include "policy/condition.h"
#include "policy/digest.h"
#include "policy/names.h"
#include "policy/pack_environment.h"

namespace simwarden {
namespace {

int64_t unit_of(char letter) {
  switch (letter) {
    case 's': return kSecond;
    case 'm': return kMinute;
    case 'h': return kHour;
    case 'd': return kDay;
    default: return 0;
  }
}

class DeclaredWindowReader {
 public:
  DeclaredWindowReader(YamlReader& reader, const YamlNode::Entry& entry,
                       const WindowContext& context)
      : reader_(reader), entry_(entry), node_(entry.value), context_(context) {}

  WindowDraft read() {
    made_.name = entry_.key.scalar;
    check_window_name();
    reader_.keys(node_, {"doc", "count", "distinct", "share", "since", "by",
                         "over", "where", "this", "given"});
    if (node_.type != YamlNode::Type::mapping) return take();
    made_.doc = reader_.text(node_, "doc");
    read_kind();
    read_span();
    read_key();
    if (const YamlNode* where = node_.find("where")) {
      made_.where = read_condition(reader_, *where, *context_.facts);
    }
    read_this();
    read_given();
    made_.window.identity = identity();
    return take();
  }

 private:
  WindowDraft take() { return {std::move(made_), entry_.key.place}; }

  void check_window_name() {
    check_name(reader_, entry_.key, '_');
    if (made_.name != kLateWindow) return;
    reader_.complain(entry_.key, "P103",
                     "windows.late says whether a record came late", {},
                     "use another name");
  }

  void read_kind() {
    const YamlNode* found = nullptr;
    for (size_t kind = 0; kind < kWindowKindNames.size(); ++kind) {
      const YamlNode* here = node_.find(kWindowKindNames[kind]);
      if (here == nullptr) continue;
      if (found != nullptr) {
        reader_.complain(*here, "P200", "a window has one kind", {},
                         "keep one of count, distinct, share and since");
        continue;
      }
      found = here;
      made_.window.kind = WindowKind(kind);
    }
    if (found == nullptr) {
      reader_.complain(
          entry_.key, "P200", fmt::format("what does {} count?", made_.name),
          {},
          fmt::format(
              "count: {0}, distinct: FACT, share: "
              "CONDITION or since: {0}",
              context_.asks.empty() ? "requests" : context_.asks + "s"));
      return;
    }
    read_what(*found);
  }

  void read_what(const YamlNode& node) {
    switch (made_.window.kind) {
      case WindowKind::distinct:
        made_.of = node.scalar;
        made_.of_slot = fact(node, "distinct");
        break;
      case WindowKind::share:
        made_.part = read_condition(reader_, node, *context_.facts);
        break;
      case WindowKind::count:
      case WindowKind::since:
        if (context_.asks.empty()) break;  // that is the mistake
        reader_.choice(node_, kWindowKindNames[size_t(made_.window.kind)],
                       {context_.asks + "s"});
        break;
    }
  }

  void read_span() {
    if (!reader_.require(node_, "over")) return;
    const YamlNode* over = node_.find("over");
    if (over->type != YamlNode::Type::scalar) {
      reader_.accept_text(*over, "over");
      return;
    }
    made_.over = over->scalar;
    const auto span = span_of(made_.over, kWindowSpanMax);
    made_.window.span = span.value_or(0);
    if (made_.window.span > 0) return;
    reader_.complain(
        *over, "P202", fmt::format("{} is not a span of a window", made_.over),
        {},
        fmt::format("a whole number and s, m, h or d: 1h, 30d, up to {}d",
                    kWindowSpanMax / kDay));
  }

  void read_key() {
    const YamlNode* by = node_.find("by");
    if (by == nullptr) return;
    made_.by = by->scalar;
    made_.by_slot = fact(*by, "by");
  }

  void read_this() {
    if (node_.find("this") == nullptr) return;
    made_.window.with_this =
        reader_.choice(node_, "this", {"included", "excluded"}, "included") !=
        "excluded";
    if (made_.window.kind != WindowKind::since) return;
    reader_.complain(*node_.find("this"), "P205",
                     "since looks for the one before, never for this record",
                     {}, "take `this` out");
  }

  // The record's own counter speaks as the window would; of `since` it is the
  // moment of the last one.
  void read_given() {
    const YamlNode* given = node_.find("given");
    if (given == nullptr) return;
    made_.given = given->scalar;
    const cel::Variable* found = known(*given, "given");
    if (found == nullptr) return;
    const cel::Type* wanted = made_.window.kind == WindowKind::since
                                  ? cel::timestamp_type()
                                  : window_type(made_.window.kind);
    if (found->type == wanted) {
      made_.given_slot = found->slot;
      return;
    }
    reader_.complain(*given, "P201",
                     fmt::format("{} is of type {}; the window needs {}",
                                 made_.given, found->type->name, wanted->name));
  }

  // A fact that has one value; null with an issue.
  const cel::Variable* known(const YamlNode& node, std::string_view key) {
    if (!reader_.accept_text(node, key)) return nullptr;
    const cel::Variable* found = context_.facts->find(node.scalar);
    if (found != nullptr && found->slot < context_.schema_slots) return found;
    std::vector<std::string> names;
    for (const cel::Variable& variable : context_.facts->variables()) {
      if (variable.slot < context_.schema_slots) names.push_back(variable.name);
    }
    std::string help = did_you_mean_fact(node.scalar, names);
    if (help.empty()) help = "`simwarden facts` lists them";
    reader_.complain(node, "P201", fmt::format("no such fact: {}", node.scalar),
                     {}, std::move(help));
    return nullptr;
  }

  std::optional<uint32_t> fact(const YamlNode& node, std::string_view key) {
    const cel::Variable* found = known(node, key);
    if (found == nullptr) return std::nullopt;
    const cel::TypeKind kind = found->type->kind;
    if (kind == cel::TypeKind::string || kind == cel::TypeKind::integer ||
        kind == cel::TypeKind::boolean) {
      return found->slot;
    }
    reader_.complain(node, "P201",
                     fmt::format("{} is a {}; records are told apart by a text "
                                 "or a whole number",
                                 node.scalar, found->type->name));
    return std::nullopt;
  }

  // Of everything that makes its figures: kept events are those of a window
  // that counts the same.
  uint64_t identity() const {
    const std::string what = fmt::format(
        "{}\n{}\n{}\n{}\n{}\n{}\n{}", context_.asks, made_.window.span,
        kWindowKindNames[size_t(made_.window.kind)], made_.by, made_.of,
        made_.where ? made_.where->source : "",
        made_.part ? made_.part->source : "");
    const std::string hash = digest_of({{"window", what}});
    uint64_t value = 0;
    const std::string_view digits =
        std::string_view(hash).substr(std::string_view("sha256:").size(), 16);
    std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
    return value;
  }

  YamlReader& reader_;
  const YamlNode::Entry& entry_;
  const YamlNode& node_;
  const WindowContext& context_;
  DeclaredWindow made_;
};

}  // namespace

std::optional<int64_t> span_of(std::string_view text, int64_t longest) {
  if (text.empty()) return std::nullopt;
  const int64_t unit = unit_of(text.back());
  const char* end = text.data() + text.size() - 1;
  int64_t number = 0;
  const auto read = std::from_chars(text.data(), end, number);
  if (unit == 0 || read.ec != std::errc() || read.ptr != end) {
    return std::nullopt;
  }
  if (number < 0 || number > longest / unit) return std::nullopt;
  return number * unit;
}

std::vector<WindowDraft> read_windows(YamlReader& reader, const YamlNode& pack,
                                      const WindowContext& context) {
  const YamlNode* node = pack.find("windows");
  std::vector<WindowDraft> drafts;
  if (node == nullptr) return drafts;
  if (node->type != YamlNode::Type::mapping) {
    reader.complain(*node, "Y120", "windows is not a mapping", {},
                    "name: {count: requests, by: request.agent.id, over: 24h}");
    return drafts;
  }
  for (const YamlNode::Entry& entry : node->entries) {
    drafts.push_back(DeclaredWindowReader(reader, entry, context).read());
  }
  return drafts;
}

}  // namespace simwarden
