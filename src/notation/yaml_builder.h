// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/mark.h>

#include "notation/yaml.h"

// Events of yaml-cpp -> YamlNode, with an issue for everything that we do not
// allow. Kept apart so that yaml-cpp's headers are seen by two files only.
namespace simwarden {

class YamlBuilder final : public YAML::EventHandler {
 public:
  // What is parsed: `text` (as long as the file, which may hold odd bytes)
  // from byte `base` on.
  struct Parsed {
    std::string_view text;
    size_t base = 0;
  };
  // Keeps all three by reference.
  YamlBuilder(const SourceText& file, Parsed parsed, Issues& issues)
      : file_(file), text_(parsed.text), base_(parsed.base), issues_(issues) {}

  // A quote was never closed: nothing after it can be trusted.
  bool broken() const { return broken_; }

  // The tree; a null node when the document was empty.
  YamlNode take() { return std::move(root_); }

  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override;
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override;
  void OnScalar(const YAML::Mark& mark, const std::string& tag,
                YAML::anchor_t anchor, const std::string& value) override;
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag,
                       YAML::anchor_t anchor,
                       YAML::EmitterStyle::value style) override;
  void OnSequenceEnd() override { close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag,
                  YAML::anchor_t anchor,
                  YAML::EmitterStyle::value style) override;
  void OnMapEnd() override { close(); }
  void OnAnchor(const YAML::Mark& mark, const std::string& name) override;

 private:
  struct Frame {
    YamlNode node;
    std::optional<YamlNode> key;  // waits for its value
    bool drop = false;            // its value is not kept
    // Lines of the keys; empty as long as there are few of them.
    std::unordered_map<std::string, uint32_t> lines;
  };

  size_t offset_of(const YAML::Mark& mark) const;
  Place place_of(size_t at, uint32_t width = 1);
  void open(YamlNode::Type type, const YAML::Mark& mark,
            const std::string& tag);
  void close();
  void attach(YamlNode node);
  void take_key(Frame& frame, YamlNode node);
  // The line of an earlier key of this name; 0 when there is none.
  static uint32_t line_of_key(Frame& frame, const std::string& key);
  bool is_fit_for_key(const YamlNode& node);
  bool counted(const YAML::Mark& mark);
  void refuse_tag(const YAML::Mark& mark, const std::string& tag);
  void refuse_surprise(const YamlNode& node);
  void complain(std::string_view code, Place place, std::string message,
                std::string label = {}, std::string help = {});

  const SourceText& file_;
  std::string_view text_;
  size_t base_;
  Issues& issues_;
  YamlNode root_;
  size_t last_at_ = 0;
  Place last_place_;  // of last_at_; line 0: of none yet
  std::vector<Frame> frames_;
  bool broken_ = false;
  size_t nodes_ = 0;
  size_t too_deep_ = 0;  // open collections below the bound
};

}  // namespace simwarden
