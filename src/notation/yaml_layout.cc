// SPDX-License-Identifier: Apache-2.0
#include "notation/yaml_layout.h"

#include <algorithm>

#include "diag/characters.h"
#include "notation/plain_scalar.h"
#include "notation/yaml_comments.h"

// The parser's tree knows where nodes begin. Where scalars end, where dashes
// stand and what lies between is read from the text. Nodes come in the order
// of the text, so that everything is found by going forwards.
namespace simwarden {
namespace {

using Form = LaidNode::Form;
using Type = YamlNode::Type;

bool is_break_or_end(std::string_view text, size_t at) {
  return at >= text.size() || text[at] == '\n';
}

// A place as a byte offset, for places that come in order: a file of one long
// line stays linear.
class Cursor {
 public:
  explicit Cursor(const SourceText& file) : file_(file) {}

  // Whether a place lies before the last one that was asked for.
  bool is_past(const Place& place) const {
    return place.line < line_ ||
           (place.line == line_ && place.column < column_);
  }

  size_t offset_of(const Place& place) {
    if (place.line != line_ || place.column < column_) {
      line_ = place.line;
      column_ = 1;
      at_ = file_.line_begin(place.line);
    }
    const std::string_view text = file_.text();
    while (column_ < place.column && at_ < text.size()) {
      ++at_;
      while (at_ < text.size() && is_continuation(text[at_])) ++at_;
      ++column_;
    }
    return at_;
  }

 private:
  const SourceText& file_;
  uint32_t line_ = 0;
  uint32_t column_ = 0;
  size_t at_ = 0;
};

class LayoutBuilder {
 public:
  explicit LayoutBuilder(const SourceText& file)
      : text_(file.text()), cursor_(file) {}

  // Whether everything was found.
  bool whole() const { return whole_; }

  // `owner`: the column of the block collection around it, -1 for none.
  LaidNode node(const YamlNode& from, long owner, bool in_flow) {
    LaidNode made;
    made.type = from.type;
    if (from.type == Type::null) return null(from, in_flow);
    made.begin = cursor_.offset_of(from.place);
    if (!in_flow) made.column = made.begin - line_begin(made.begin);
    if (from.type == Type::scalar) return scalar(from, owner, std::move(made));
    const char c = made.begin < text_.size() ? text_[made.begin] : '\0';
    const bool bracket = c == (from.type == Type::mapping ? '{' : '[') ||
                         (in_flow && from.type == Type::mapping);
    made.form = bracket ? Form::flow : Form::block;
    floor_ = std::max(floor_, made.begin + (c == '{' || c == '[' ? 1 : 0));
    if (from.type == Type::mapping) {
      entries(from, made);
    } else {
      sequence(from, made);
    }
    close(made);
    return made;
  }

 private:
  size_t line_begin(size_t at) const {
    const size_t before =
        at == 0 ? std::string_view::npos : text_.rfind('\n', at - 1);
    return before == std::string_view::npos ? 0 : before + 1;
  }
  size_t line_end(size_t at) const {
    return std::min(text_.find('\n', at), text_.size());
  }

  // The next `c` from the floor on that is in no comment.
  size_t find_outside(char c) const {
    size_t at = floor_;
    while (at < text_.size() && text_[at] != c) {
      at = text_[at] == '#' ? line_end(at) : at + 1;
    }
    return at;
  }

  void entries(const YamlNode& from, LaidNode& made) {
    const bool flow = made.form == Form::flow;
    for (const YamlNode::Entry& entry : from.entries) {
      LaidItem item;
      item.key = node(entry.key, long(made.column), flow);
      item.begin = item.key->begin;
      item.value = node(entry.value, long(made.column), flow);
      made.items.push_back(std::move(item));
    }
  }

  void sequence(const YamlNode& from, LaidNode& made) {
    const bool flow = made.form == Form::flow;
    for (const YamlNode& value : from.items) {
      LaidItem item;
      if (!flow) {
        item.begin = find_outside('-');
        floor_ = item.begin + 1;
      }
      item.value = node(value, long(made.column), flow);
      if (flow) item.begin = std::max(item.value.begin, floor_before_);
      made.items.push_back(std::move(item));
    }
  }

  void close(LaidNode& made) {
    made.end = floor_;
    if (made.form != Form::flow || made.begin >= text_.size()) return;
    const char open = text_[made.begin];
    if (open != '{' && open != '[') return;  // a: b inside [ ]
    const size_t at = find_outside(open == '{' ? '}' : ']');
    if (at >= text_.size()) whole_ = false;
    made.end = at + 1;
    floor_ = std::min(at + 1, text_.size());
  }

  LaidNode null(const YamlNode& from, bool in_flow) {
    LaidNode made;
    made.begin = made.end = floor_before_ = floor_;
    if (cursor_.is_past(from.place)) return made;
    const size_t at = cursor_.offset_of(from.place);
    if (at < floor_) return made;
    for (const std::string_view word : {"~", "null", "Null", "NULL"}) {
      if (!text_.substr(at).starts_with(word)) continue;
      const size_t end = at + word.size();
      const size_t next =
          std::min(text_.find_first_not_of(' ', end), text_.size());
      const bool comment = next > end && text_.substr(next, 1) == "#";
      const bool whole_word =
          comment || is_break_or_end(text_, next) ||
          (in_flow &&
           std::string_view(",]}").find(text_[next]) != std::string_view::npos);
      if (!whole_word) continue;
      finish_scalar(made, at, end);
      made.form = Form::plain;
    }
    return made;
  }

  LaidNode scalar(const YamlNode& from, long owner, LaidNode made) {
    const size_t at = made.begin;
    const char c = at < text_.size() ? text_[at] : '\0';
    made.value = from.scalar;
    made.is_text = is_text(from);
    size_t end;
    if (from.quoted && (c == '\'' || c == '"')) {
      made.form = Form::quoted;
      end = end_of_quoted(at);
    } else if (from.quoted && (c == '|' || c == '>')) {
      made.form = Form::block_text;
      made.column = size_t(std::max(owner, 0L));
      end = end_of_block_text(at, owner);
    } else {
      made.form = Form::plain;
      end = from.offsets.empty() ? at : from.offsets.back();
      if (end == at || from.offsets.front() != at) whole_ = false;
    }
    finish_scalar(made, at, end);
    return made;
  }

  void finish_scalar(LaidNode& made, size_t at, size_t end) {
    end = std::min(end, text_.size());
    made.begin = at;
    made.end = end;
    made.raw = text_.substr(at, end - at);
    floor_before_ = at;
    if (at < floor_) whole_ = false;
    floor_ = std::max(floor_, end);
  }

  size_t end_of_quoted(size_t at) {
    const char quote = text_[at];
    for (size_t i = at + 1; i < text_.size(); ++i) {
      if (quote == '"' && text_[i] == '\\') {
        ++i;
      } else if (text_[i] == quote) {
        const bool doubled =
            quote == '\'' && i + 1 < text_.size() && text_[i + 1] == '\'';
        if (!doubled) return i + 1;
        ++i;
      }
    }
    whole_ = false;
    return text_.size();
  }

  // Spaces at the beginning of the line; npos when there is nothing else.
  size_t indent_of(size_t begin) const {
    const size_t first = text_.find_first_not_of(' ', begin);
    if (is_break_or_end(text_, std::min(first, text_.size()))) {
      return std::string_view::npos;
    }
    return first - begin;
  }

  // Its lines are those indented more than the collection around it, up to
  // the last that says something; blank ones after that count with "+" only.
  size_t end_of_block_text(size_t at, long owner) const {
    const size_t header = line_end(at);
    const std::string_view head = text_.substr(at, header - at);
    const std::string_view marks = head.substr(0, head.find_first_of(" #"));
    const bool keeps = marks.find('+') != std::string_view::npos;
    size_t end = header;
    size_t indent = said_indent(marks);  // of its content; 0: not known yet
    if (indent > 0) indent += size_t(std::max(owner, 0L));
    for (size_t i = header + 1; i < text_.size(); i = line_end(i) + 1) {
      const size_t spaces = indent_of(i);
      if (spaces == std::string_view::npos) {
        const bool content = indent > 0 && line_end(i) - i > indent;
        const bool broken_off = line_end(i) == text_.size();
        if (content || (keeps && !broken_off)) end = line_end(i);
        continue;
      }
      if (long(spaces) <= owner || spaces < indent) break;
      if (indent == 0) indent = std::max<size_t>(spaces, 1);
      end = line_end(i);
    }
    return end;
  }

  std::string_view text_;
  Cursor cursor_;
  size_t floor_ = 0;         // everything before it is placed
  size_t floor_before_ = 0;  // where the last scalar began
  bool whole_ = true;
};

void drop_leading_blank(std::vector<std::string>& lines) {
  if (!lines.empty() && lines.front().empty()) lines.erase(lines.begin());
}

void settle_node(LaidNode& node) {
  if (node.items.empty()) drop_leading_blank(node.after);
  for (size_t i = 0; i < node.items.size(); ++i) {
    LaidItem& item = node.items[i];
    if (i == 0 || node.form == LaidNode::Form::flow) {
      drop_leading_blank(item.before);
    }
    settle_node(item.value);
  }
}

bool same_node(const LaidNode& a, const LaidNode& b);

bool same_item(const LaidItem& a, const LaidItem& b) {
  if (a.key.has_value() != b.key.has_value()) return false;
  if (a.key && !same_node(*a.key, *b.key)) return false;
  return a.before == b.before && a.trailing == b.trailing &&
         same_node(a.value, b.value);
}

bool same_node(const LaidNode& a, const LaidNode& b) {
  return a.type == b.type && a.value == b.value && a.is_text == b.is_text &&
         a.after == b.after &&
         std::equal(a.items.begin(), a.items.end(), b.items.begin(),
                    b.items.end(), same_item);
}

}  // namespace

std::optional<LaidItem> lay_out(const SourceText& file, const YamlNode& root) {
  LayoutBuilder builder(file);
  LaidItem made;
  made.value = builder.node(root, -1, false);
  if (!builder.whole()) return std::nullopt;
  place_comments(file.text(), made);
  settle(made);
  return made;
}

size_t said_indent(std::string_view marks) {
  const size_t digit = marks.find_first_of("123456789");
  return digit == std::string_view::npos ? 0 : size_t(marks[digit] - '0');
}

void settle(LaidItem& root) {
  drop_leading_blank(root.before);
  settle_node(root.value);
}

bool same_layout(const LaidItem& a, const LaidItem& b) {
  return same_item(a, b);
}

}  // namespace simwarden
