// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "diag/issue.h"

// YAML read strictly, every node with its place. libyaml parses; the
// strictness is ours: no anchors, aliases, tags, merge keys, duplicate keys,
// tabs or several documents, and nothing changes its type by accident.
namespace simwarden {

// For each byte of a scalar, and one more for its end, the byte offset in the
// file. Most scalars stand there as they are.
class YamlOffsets {
 public:
  YamlOffsets() = default;  // of no scalar
  YamlOffsets(size_t first, size_t size) : first_(first), size_(size) {}
  explicit YamlOffsets(std::vector<size_t> each)
      : each_(std::move(each)), size_(each_.size()) {}

  size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  size_t operator[](size_t byte) const {
    return each_.empty() ? first_ + byte : each_[byte];
  }
  size_t front() const { return (*this)[0]; }
  size_t back() const { return (*this)[size_ - 1]; }
  // For texts that are put together of several.
  std::vector<size_t> all() const;

 private:
  std::vector<size_t> each_;  // empty: one after the other from first_
  size_t first_ = 0;
  size_t size_ = 0;
};

struct YamlNode {
  enum class Type : uint8_t { null, scalar, sequence, mapping };
  Type type = Type::null;
  Place place;          // of the first character
  std::string scalar;   // its text, unescaped
  bool quoted = false;  // in quotes or a block scalar: certainly a text
  YamlOffsets offsets;  // issues in a block scalar point at the exact place
  std::vector<YamlNode> items;  // of a sequence
  struct Entry;
  std::vector<Entry> entries;  // of a mapping, in order

  const YamlNode* find(std::string_view key) const;
};
struct YamlNode::Entry {
  YamlNode key;
  YamlNode value;
};

inline constexpr int kYamlDepthMax = 32;  // deeper than any policy
inline constexpr size_t kYamlBytesMax = size_t{64}
                                        << 20;  // lists of a million hosts
inline constexpr size_t kYamlNodesMax = size_t{20} << 20;

// Null when the text is not YAML as above; issues (code Y1xx) say why, every
// one that can be found.
std::optional<YamlNode> parse_yaml(const SourceText& file, Issues& issues);

// For readers that go on to report their own issues in the same run: the tree
// as far as it makes sense even when it breaks the rules above. Null when the
// syntax is broken. The caller must look at `issues`.
std::optional<YamlNode> salvage_yaml(const SourceText& file, Issues& issues);

// In quotes, or nothing that YAML takes for a number, a bool or null.
bool is_text(const YamlNode& node);

// Reading a mapping with a closed set of keys.
//
//   YamlReader r(file, issues);
//   r.keys(node, {"pack", "version", "rules"});   // unknown ones are issues
//   std::string name = r.text(node, "pack");      // missing: an issue
class YamlReader {
 public:
  YamlReader(const SourceText& file, Issues& issues)
      : file_(file), issues_(issues) {}

  const SourceText& file() const { return file_; }
  Issues& issues() { return issues_; }

  // Issues for keys that are not in `known` (with did-you-mean), and when the
  // node is no mapping. False then. `elsewhere`: keys that have their place in
  // another mapping, and what to say of them.
  struct Elsewhere {
    std::vector<std::string> keys;
    std::string help;
  };
  bool keys(const YamlNode& node, const std::vector<std::string>& known,
            const Elsewhere& elsewhere = {});

  // The value of a key; an issue when it is missing or of another type. `form`:
  // how such a text is written; shown for a number in its place.
  std::string text(const YamlNode& node, std::string_view key,
                   std::string_view form = {});
  std::optional<std::string> optional_text(const YamlNode& node,
                                           std::string_view key,
                                           std::string_view form = {});
  std::optional<double> optional_number(const YamlNode& node,
                                        std::string_view key);
  std::vector<std::string> optional_texts(const YamlNode& node,
                                          std::string_view key);
  // A text that must be one of `allowed`.
  std::string choice(const YamlNode& node, std::string_view key,
                     const std::vector<std::string>& allowed,
                     std::string_view otherwise = {});

  // An issue (Y122) when the mapping has no such key; false then.
  bool require(const YamlNode& node, std::string_view key);
  // An issue when the value is no text; false then. `name` says what it is.
  bool accept_text(const YamlNode& value, std::string_view name,
                   std::string_view form = {});

  // An issue at a node.
  void complain(const YamlNode& at, std::string code, std::string message,
                std::string label = {}, std::string help = {});

 private:
  const SourceText& file_;
  Issues& issues_;
};

}  // namespace simwarden
