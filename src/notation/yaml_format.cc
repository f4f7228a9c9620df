// SPDX-License-Identifier: Apache-2.0
#include "notation/yaml_format.h"

#include <algorithm>

#include "notation/yaml.h"
#include "notation/yaml_layout.h"
#include "notation/yaml_printer.h"
#include "text/charset.h"

// text -> layout -> keys in order -> text, and back again: the result is read
// by the same strict reader and must have the same layout. Only then is it
// handed out.
namespace simwarden {
namespace {

std::string with_plain_line_ends(std::string_view text) {
  text = behind_utf8_mark(text);
  std::string out;
  out.reserve(text.size());
  for (size_t i = 0; i < text.size(); ++i) {
    const bool crlf =
        text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n';
    if (!crlf) out += text[i];
  }
  return out;
}

class KeySorter {
 public:
  explicit KeySorter(const std::vector<YamlKeyOrder>& orders)
      : orders_(orders) {}

  void sort(LaidNode& node, const std::string& path) const {
    if (node.type == YamlNode::Type::mapping) {
      for (const YamlKeyOrder& order : orders_) {
        if (order.path == path) sort_keys(node, order.keys);
      }
    }
    for (LaidItem& item : node.items) {
      if (item.value.items.empty()) continue;
      std::string below = path;
      if (!path.empty() && item.key) below += '.';
      below += item.key ? item.key->value : "[]";
      sort(item.value, below);
    }
  }

 private:
  // A key that we do not know has the rank of the one before it.
  static void sort_keys(LaidNode& node, const std::vector<std::string>& keys) {
    std::vector<std::pair<size_t, LaidItem>> ranked;
    size_t rank = 0;
    for (LaidItem& item : node.items) {
      const auto found = std::find(keys.begin(), keys.end(), item.key->value);
      if (found != keys.end()) rank = size_t(found - keys.begin()) + 1;
      ranked.emplace_back(rank, std::move(item));
    }
    std::stable_sort(
        ranked.begin(), ranked.end(),
        [](const auto& a, const auto& b) { return a.first < b.first; });
    for (size_t i = 0; i < ranked.size(); ++i) {
      node.items[i] = std::move(ranked[i].second);
    }
  }

  const std::vector<YamlKeyOrder>& orders_;
};

bool same_scalars(const YamlNode& a, const YamlNode& b) {
  const auto same_entry = [](const YamlNode::Entry& x,
                             const YamlNode::Entry& y) {
    return same_scalars(x.key, y.key) && same_scalars(x.value, y.value);
  };
  return a.type == b.type && a.scalar == b.scalar && is_text(a) == is_text(b) &&
         std::equal(a.items.begin(), a.items.end(), b.items.begin(),
                    b.items.end(), same_scalars) &&
         std::equal(a.entries.begin(), a.entries.end(), b.entries.begin(),
                    b.entries.end(), same_entry);
}

FormattedYaml failed(std::string why) {
  return {std::nullopt, std::move(why)};
}

// What is not as it was in the printed text; "" when all is.
std::string difference(const LaidItem& before, const SourceText& printed) {
  Issues issues;
  auto tree = parse_yaml(printed, issues);
  auto after = tree ? lay_out(printed, *tree) : std::nullopt;
  tree.reset();
  if (!after || !same_layout(before, *after)) {
    return "a value or a comment would be lost";
  }
  return print_yaml(*after) == printed.text()
             ? ""
             : "formatted again it would be another text";
}

}  // namespace

FormattedYaml format_yaml(const SourceText& file,
                          const std::vector<YamlKeyOrder>& orders,
                          Issues& issues) {
  auto tree = parse_yaml(file, issues);
  if (!tree) return {};
  const SourceText plain(file.name(), with_plain_line_ends(file.text()));
  if (plain.text() != file.text()) {
    auto again = parse_yaml(plain, issues);
    if (!again || !same_scalars(*tree, *again)) {
      return failed("its line ends cannot be changed");
    }
    tree = std::move(again);
  }
  auto before = lay_out(plain, *tree);
  tree.reset();  // the biggest of all
  if (!before) return failed("its nodes cannot all be placed");
  // A single value is no file of ours; there is nothing to set in order.
  if (!before->value.raw.empty()) return {file.text(), {}};
  KeySorter(orders).sort(before->value, "");
  settle(*before);
  std::string text = print_yaml(*before);
  const std::string changed = difference(*before, SourceText("", text));
  if (!changed.empty()) return failed(changed);
  return {std::move(text), {}};
}

}  // namespace simwarden
