// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "notation/yaml.h"

// A YAML text as it stands on the page: the tree with the spelling of every
// scalar, its comments and its blank lines, each at the node that it is about.
//
//   # of size           before of size
//
//   size:  # head       trailing of size
//     - 1  # one        trailing of size[0]
//     # last            after of size
namespace simwarden {

struct LaidItem;

struct LaidNode {
  enum class Form : uint8_t {
    nothing,     // a null that nobody wrote
    plain,       // one or several lines
    quoted,      // single or double
    block_text,  // | or >
    flow,        // [a, b] {a: b}
    block        // one item a line, indented
  };
  YamlNode::Type type = YamlNode::Type::null;
  Form form = Form::nothing;
  std::string_view raw;  // of a scalar or a written null, as it stands
  std::string value;     // of a scalar, unescaped
  bool is_text = false;  // and neither a number, a bool nor null
  size_t begin = 0;      // bytes of the text
  size_t end = 0;
  // Of a block: bytes before it on its line. Of a block text: the column of
  // the collection around it.
  size_t column = 0;
  std::vector<LaidItem> items;
  std::vector<std::string> after;  // comments that end a collection
};

// An entry of a mapping or an item of a sequence. Among `before` and `after`,
// an empty text is a blank line.
struct LaidItem {
  size_t begin = 0;  // of its key or its dash
  std::optional<LaidNode> key;
  LaidNode value;
  std::vector<std::string> before;
  // On the line of the key, the dash or the value, with the gap before it.
  std::string trailing;
};

// The layout of a whole file. Views point into `file`'s text. Null when the
// text has something that we cannot place. REQUIRES: `root` is what parse_yaml
// made of `file`, and the text has neither a byte order mark nor CR LF.
std::optional<LaidItem> lay_out(const SourceText& file, const YamlNode& root);

// The digit among the marks of a block scalar (|2-): so far its content is
// indented below what it is in. 0 when there is none.
size_t said_indent(std::string_view marks);

// Blank lines that say nothing are gone: at the beginning of a collection.
void settle(LaidItem& root);

// The same values, keys, order, comments and blank lines.
bool same_layout(const LaidItem& a, const LaidItem& b);

}  // namespace simwarden
