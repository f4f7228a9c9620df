// SPDX-License-Identifier: Apache-2.0
#include "notation/yaml_builder.h"

#include <algorithm>

#include <fmt/format.h>

#include "diag/ascii.h"
#include "diag/characters.h"
#include "notation/plain_scalar.h"
#include "notation/scalar_offsets.h"
#include "notation/yaml_wide_signs.h"

// A stack of open collections. A mistake never stops the building: the node
// is kept in the form the author probably meant, so that readers further up
// can go on and report their own issues in the same run.
namespace simwarden {
namespace {

// Code points from `begin` to `end`, but not past the end of the line.
uint32_t width_on_line(std::string_view text, size_t begin, size_t end) {
  uint32_t width = 0;
  for (const char c :
       text.substr(std::min(begin, text.size()), end - std::min(begin, end))) {
    if (c == '\r' || c == '\n') break;
    width += !is_continuation(c);
  }
  return std::max(1u, width);
}

// Up to here comparing with every key is quicker than hashing.
constexpr size_t kKeysComparedMax = 16;

// Marks of scalars with a tag or an anchor point at these.
size_t after_properties(std::string_view text, size_t at) {
  while (at < text.size() && (text[at] == '!' || text[at] == '&')) {
    at = std::min(text.find_first_of(" \r\n", at), text.size());
    at = std::min(text.find_first_not_of(" \r\n", at), text.size());
  }
  return at;
}

}  // namespace

void YamlBuilder::complain(std::string_view code, Place place,
                           std::string message, std::string label,
                           std::string help) {
  issues_.add(file_.issue(std::string(code), place, std::move(message),
                          std::move(label), std::move(help)));
}

// SourceText counts a column from the start of its line. Nodes come in order:
// counting from the one before keeps a file of one long line linear.
Place YamlBuilder::place_of(size_t at, uint32_t width) {
  const std::string_view text = file_.text();
  at = std::min(at, text.size());
  const bool after = last_place_.line > 0 && at >= last_at_;
  const std::string_view between =
      after ? text.substr(last_at_, at - last_at_) : std::string_view();
  if (after && between.find('\n') == std::string_view::npos) {
    last_place_.column += uint32_t(count_characters(between));
  } else {
    last_place_ = file_.place_at(at);
  }
  last_at_ = at;
  last_place_.width = width;
  return last_place_;
}

void YamlBuilder::null(size_t at, bool written) {
  if (!counted(at)) return;
  YamlNode node;
  if (written) {
    node.place = place_of(at, text_[at] == '~' ? 1 : 4);
  } else if (!frames_.empty() && frames_.back().key) {
    node.place = frames_.back().key->place;
  } else {
    node.place = place_of(at);
  }
  attach(std::move(node));
}

void YamlBuilder::alias(size_t at) {
  complain("Y105", place_of(at), "an alias repeats a value from elsewhere",
           "not allowed", "write the value out");
  if (!counted(at)) return;
  YamlNode node;
  node.place = place_of(at);
  attach(std::move(node));
}

void YamlBuilder::anchor(size_t at, std::string_view name) {
  complain("Y104", place_of(at, uint32_t(count_characters(name)) + 1),
           fmt::format("an anchor is set: &{}", name), "not allowed",
           "write the value out where it is needed");
}

namespace {

// "!request.x", "!has(…": a condition, and no tag that anybody would write.
bool is_negation(std::string_view tag) {
  return tag.size() > 2 && tag[0] == '!' && tag[1] != '!' &&
         tag.find_first_of(".(_") != std::string_view::npos;
}

}  // namespace

void YamlBuilder::refuse_tag(size_t at, std::string_view tag) {
  if (tag.empty()) return;
  const size_t end = std::min(text_.find_first_of(" \r\n", at), text_.size());
  if (is_negation(tag)) {
    return complain("Y106", place_of(at, width_on_line(text_, at, end)),
                    "a text that begins with ! is a tag to YAML", "not allowed",
                    "a condition that begins with ! stands in quotes");
  }
  complain("Y106", place_of(at, width_on_line(text_, at, end)),
           "a tag gives a value another type", "not allowed",
           "put the value in quotes if it is a text");
}

// To the end of its line, where it is no longer.
void YamlBuilder::read_negation(size_t at, size_t end, YamlNode& node) const {
  const size_t line_end =
      std::min(text_.find_first_of("\r\n", at), text_.size());
  const bool in_brackets = !frames_.empty() && frames_.back().brackets;
  if (in_brackets || end > line_end) return;
  node.scalar = trimmed(text_.substr(at, line_end - at));
  node.offsets = YamlOffsets(at, node.scalar.size() + 1);
}

void YamlBuilder::refuse_surprise(const YamlNode& node) {
  if (node.quoted) return;
  if (is_yes_or_no(node.scalar)) {
    complain(
        "Y109", node.place,
        fmt::format("{} means a bool to some readers and a text to others",
                    node.scalar),
        {},
        fmt::format("for a bool write true or false, for a text '{}' in quotes",
                    node.scalar));
  } else if (has_leading_zero(node.scalar)) {
    complain(
        "Y112", node.place,
        fmt::format("{} has a leading zero: a text or a number?", node.scalar),
        {},
        fmt::format("write '{}' in quotes; a number begins with no zero",
                    node.scalar));
  }
}

void YamlBuilder::scalar(size_t at, std::string_view tag, bool quoted,
                         std::string_view value) {
  if (!counted(at)) return;
  refuse_tag(at, tag);
  const size_t begin = at;
  at = after_properties(text_, at);
  LocatedScalar located = locate_scalar(text_, at, value);
  YamlNode node;
  node.type = YamlNode::Type::scalar;
  node.quoted = quoted;
  node.place = place_of(at, width_on_line(text_, at, located.raw_end));
  node.scalar = std::move(located.text);
  node.offsets = std::move(located.offsets);
  if (!quoted && is_negation(tag)) {
    // Where nothing else is written, the next thing is behind the line.
    const size_t end = node.scalar.empty() ? begin : located.raw_end;
    read_negation(begin, end, node);
  }
  // As keys, y and n are names (at_least: {n: 2, …}).
  const bool is_key = !frames_.empty() && !frames_.back().key &&
                      frames_.back().node.type == YamlNode::Type::mapping;
  if (!is_key || node.scalar.size() > 1) refuse_surprise(node);
  if (!quoted) note_odd_signs(node, is_key);
  attach(std::move(node));
}

void YamlBuilder::note_odd_signs(const YamlNode& plain, bool is_key) {
  const bool in_brackets = !frames_.empty() && frames_.back().brackets;
  if (!in_brackets || plain.scalar.find('\xEF') == std::string::npos) return;
  std::vector<size_t> found;
  if (is_key) {
    found = wide_signs_of_key(plain.scalar);
  } else if (frames_.back().node.type == YamlNode::Type::sequence) {
    found = wide_signs_of_item(plain.scalar);
  } else {
    found = wide_signs_of_value(plain.scalar);
  }
  for (const size_t at : found) odd_signs_.push_back(plain.offsets[at]);
}

bool YamlBuilder::counted(size_t at) {
  if (++nodes_ == kYamlNodesMax + 1) {
    complain("Y113", place_of(at),
             fmt::format("more than {} values", kYamlNodesMax), {},
             "split the file");
  }
  return nodes_ <= kYamlNodesMax;
}

void YamlBuilder::open(YamlNode::Type type, size_t at, std::string_view tag) {
  if (frames_.size() >= kYamlDepthMax) {
    complain("Y114", place_of(at),
             fmt::format("nested deeper than {}", kYamlDepthMax));
    too_deep_ = true;
    return;
  }
  counted(at);
  refuse_tag(at, tag);
  Frame frame;
  frame.node.type = type;
  frame.node.place = place_of(at);
  frame.brackets = text_[at] == '{' || text_[at] == '[';
  frames_.push_back(std::move(frame));
}

void YamlBuilder::close() {
  YamlNode node = std::move(frames_.back().node);
  frames_.pop_back();
  attach(std::move(node));
}

void YamlBuilder::attach(YamlNode node) {
  if (frames_.empty()) {
    root_ = std::move(node);
    return;
  }
  Frame& frame = frames_.back();
  if (frame.node.type == YamlNode::Type::sequence) {
    frame.node.items.push_back(std::move(node));
  } else if (!frame.key) {
    take_key(frame, std::move(node));
  } else {
    if (!frame.drop) {
      frame.node.entries.push_back({std::move(*frame.key), std::move(node)});
    }
    frame.key.reset();
    frame.drop = false;
  }
}

bool YamlBuilder::is_fit_for_key(const YamlNode& node) {
  if (node.type != YamlNode::Type::scalar) {
    complain("Y111", node.place, "a key must be a plain word or a text");
    return false;
  }
  if (node.scalar == "<<" && !node.quoted) {
    complain("Y107", node.place, "a merge key takes values from elsewhere",
             "not allowed", "write the values out");
    return false;
  }
  return true;
}

uint32_t YamlBuilder::line_of_key(Frame& frame, const std::string& key) {
  const auto& entries = frame.node.entries;
  if (entries.size() < kKeysComparedMax) {
    for (const YamlNode::Entry& entry : entries) {
      if (entry.key.scalar == key) return entry.key.place.line;
    }
    return 0;
  }
  if (frame.lines.empty()) {
    for (const YamlNode::Entry& entry : entries) {
      frame.lines.emplace(entry.key.scalar, entry.key.place.line);
    }
  }
  const auto found = frame.lines.find(key);
  return found == frame.lines.end() ? 0 : found->second;
}

void YamlBuilder::take_key(Frame& frame, YamlNode node) {
  frame.drop = !is_fit_for_key(node);
  if (!frame.drop) {
    const uint32_t first = line_of_key(frame, node.scalar);
    if (first == 0 && !frame.lines.empty()) {
      frame.lines.emplace(node.scalar, node.place.line);
    }
    if (first > 0) {
      frame.drop = true;
      complain("Y108", node.place,
               fmt::format("the key {} is given twice", node.scalar),
               fmt::format("first in line {}", first));
    }
    if (frame.node.entries.empty()) frame.node.place.width = node.place.width;
  }
  frame.key = std::move(node);
}

}  // namespace simwarden
