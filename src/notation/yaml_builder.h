// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "notation/yaml.h"

// What a parser of YAML meets, in the order of the text -> YamlNode, with an
// issue for everything that we do not allow. `at` is a byte of the file.
namespace simwarden {

class YamlBuilder {
 public:
  // `text` is what is parsed: as long as the file, which may hold odd bytes.
  // Keeps all three by reference.
  YamlBuilder(const SourceText& file, std::string_view text, Issues& issues)
      : file_(file), text_(text), issues_(issues) {}

  // An issue said so. Nothing more may be told: what a parser does with
  // brackets in brackets grows with the square of their depth.
  bool too_deep() const { return too_deep_; }

  // Bytes of full-width signs in texts without quotes that were hardly meant to
  // be of the text; see notation/yaml_wide_signs.h.
  const std::vector<size_t>& odd_signs() const { return odd_signs_; }

  // The tree; a null node when the document was empty.
  YamlNode take() { return std::move(root_); }

  // A value that is nothing: written as such (~, null) or left out.
  void null(size_t at, bool written);
  void alias(size_t at);
  void anchor(size_t at, std::string_view name);
  // `quoted`: also a block scalar. `tag`: "" when none is written.
  void scalar(size_t at, std::string_view tag, bool quoted,
              std::string_view value);
  void open(YamlNode::Type type, size_t at, std::string_view tag);
  void close();

 private:
  struct Frame {
    YamlNode node;
    std::optional<YamlNode> key;  // waits for its value
    bool drop = false;            // its value is not kept
    bool brackets = false;        // [ ] or { }
    // Lines of the keys; empty as long as there are few of them.
    std::unordered_map<std::string, uint32_t> lines;
  };

  Place place_of(size_t at, uint32_t width = 1);
  void attach(YamlNode node);
  void take_key(Frame& frame, YamlNode node);
  // The line of an earlier key of this name; 0 when there is none.
  static uint32_t line_of_key(Frame& frame, const std::string& key);
  bool is_fit_for_key(const YamlNode& node);
  bool counted(size_t at);
  void refuse_tag(size_t at, std::string_view tag);
  // The text that was meant by "!request.x && y".
  void read_negation(size_t at, size_t end, YamlNode& node) const;
  void refuse_surprise(const YamlNode& node);
  void note_odd_signs(const YamlNode& plain, bool is_key);
  void complain(std::string_view code, Place place, std::string message,
                std::string label = {}, std::string help = {});

  const SourceText& file_;
  std::string_view text_;
  Issues& issues_;
  YamlNode root_;
  size_t last_at_ = 0;
  Place last_place_;  // of last_at_; line 0: of none yet
  std::vector<Frame> frames_;
  size_t nodes_ = 0;
  bool too_deep_ = false;
  std::vector<size_t> odd_signs_;
};

}  // namespace simwarden
