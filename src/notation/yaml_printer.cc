// SPDX-License-Identifier: Apache-2.0
#include "notation/yaml_printer.h"

#include <algorithm>

#include <fmt/format.h>

#include "diag/characters.h"
#include "diag/columns.h"

// One walk over the layout. Scalars keep their spelling; only where a scalar
// has several lines are these moved as a whole.
namespace simwarden {
namespace {

using Form = LaidNode::Form;
using Type = YamlNode::Type;

bool has(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (true) {
    const size_t end = text.find('\n');
    lines.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return lines;
    text.remove_prefix(end + 1);
  }
}

uint32_t code_point(std::string_view bytes) {
  const auto lead = static_cast<unsigned char>(bytes[0]);
  if (lead < 0x80) return lead;
  uint32_t c = lead & (0xFFu >> (bytes.size() + 1));
  for (const char b : bytes.substr(1)) {
    c = c << 6 | (static_cast<unsigned char>(b) & 0x3Fu);
  }
  return c;
}

std::string in_single_quotes(std::string_view value) {
  std::string out = "'";
  for (const char c : value) {
    if (c == '\'') out += c;
    out += c;
  }
  return out + "'";
}

// For a value whose lines are joined: line breaks become \n, and what cannot
// be seen is an escape again.
std::string in_double_quotes(std::string_view value) {
  std::string out = "\"";
  for (size_t at = 0; at < value.size();) {
    const std::string_view c = value.substr(at, code_point_size(value, at));
    at += c.size();
    if (c == "\n") {
      out += "\\n";
    } else if (is_invisible(c) || c[0] == '\t') {
      out += fmt::format("\\U{:08X}", code_point(c));
    } else {
      if (c == "\"" || c == "\\") out += '\\';
      out += c;
    }
  }
  return out + "\"";
}

// Single quotes, but double ones where they save doubling an apostrophe.
std::string in_quotes(const std::string& value) {
  if (has(value, "\n")) return in_double_quotes(value);
  const bool escapes = has(value, "\"") || has(value, "\\");
  if (has(value, "'") && !escapes) return "\"" + value + "\"";
  return in_single_quotes(value);
}

// What has a backslash in double quotes stays: it may stand for what cannot be
// seen.
std::string quoted(const LaidNode& node) {
  if (node.raw.front() == '"' && has(node.raw, "\\")) {
    return std::string(node.raw);
  }
  return in_quotes(node.value);
}

// A scalar on one line, wherever it stands.
std::string token(const LaidNode& node) {
  if (node.form == Form::nothing) return "null";
  if (node.form == Form::block_text) return in_quotes(node.value);
  if (!has(node.raw, "\n")) {
    return node.form == Form::quoted ? quoted(node) : std::string(node.raw);
  }
  if (has(node.value, "\n")) return in_double_quotes(node.value);
  if (node.form == Form::plain) return node.value;
  // Escapes come back where they are needed.
  std::string escaped = in_double_quotes(node.value);
  const bool had_escapes = node.raw.front() == '"' && has(node.raw, "\\");
  if (had_escapes && has(escaped, "\\")) return escaped;
  return in_quotes(node.value);
}

// A flow collection on one line.
std::string one_line(const LaidNode& node) {
  if (node.items.empty() && node.form != Form::flow) return token(node);
  std::string out;
  for (const LaidItem& item : node.items) {
    if (!out.empty()) out += ", ";
    if (item.key) out += token(*item.key) + ": ";
    out += one_line(item.value);
  }
  const bool mapping = node.type == Type::mapping;
  return (mapping ? "{" : "[") + out + (mapping ? "}" : "]");
}

bool has_comments(const LaidNode& node) {
  if (!node.after.empty()) return true;
  return std::any_of(node.items.begin(), node.items.end(),
                     [](const LaidItem& item) {
                       return !item.before.empty() || !item.trailing.empty() ||
                              has_comments(item.value);
                     });
}

class Printer {
 public:
  std::string print(const LaidItem& root) {
    put_lines(root.before, 0);
    const bool block = root.value.form == Form::block;
    const bool nothing = root.value.form == Form::nothing;
    if ((block || nothing) && !root.trailing.empty()) end_line(root);
    if (block) {
      put_block(root.value, 0, false);
    } else {
      if (!nothing) put_value(root, 0, false);
      if (nothing) put_lines(root.value.after, 0);
    }
    return std::move(out_);
  }

 private:
  void put_lines(const std::vector<std::string>& lines, size_t indent) {
    for (const std::string& line : lines) {
      if (!line.empty()) out_.append(indent, ' ');
      out_ += line;
      out_ += '\n';
    }
  }

  // `inline_first`: the first item goes on the line that was begun.
  void put_block(const LaidNode& node, size_t indent, bool inline_first) {
    for (const LaidItem& item : node.items) {
      put_lines(item.before, indent);
      if (!inline_first) out_.append(indent, ' ');
      inline_first = false;
      out_ += item.key ? key_text(*item.key, indent) : "-";
      put_value(item, indent, node.type == Type::sequence);
    }
    put_lines(node.after, indent);
  }

  // YAML finds a colon only so far behind the beginning of a key; a longer key
  // says that it is one.
  static std::string key_text(const LaidNode& key, size_t indent) {
    constexpr size_t kKeyBytesMax = 1000;  // YAML's limit is 1024 characters
    const std::string text = token(key);
    if (text.size() <= kKeyBytesMax) return text + ":";
    return fmt::format("? {}\n{}:", text, std::string(indent, ' '));
  }

  // What follows a key or a dash that stands at `indent`, up to and with the
  // line break.
  void put_value(const LaidItem& item, size_t indent, bool after_dash) {
    const LaidNode& value = item.value;
    switch (value.form) {
      case Form::nothing: break;
      case Form::plain:
      case Form::quoted: put_scalar(value, indent); break;
      case Form::block_text: return put_block_text(item, indent);
      case Form::flow: put_flow(value, after_dash); break;
      case Form::block: return put_below(item, indent, after_dash);
    }
    end_line(item);
  }

  void end_line(const LaidItem& item) {
    const bool fresh = out_.empty() || out_.back() == '\n';
    const size_t gap = fresh ? item.trailing.find('#') : 0;
    if (!item.trailing.empty()) out_ += item.trailing.substr(gap);
    out_ += '\n';
  }

  // A space, but not at the beginning of the file.
  void space() {
    if (!out_.empty() && out_.back() != '\n') out_ += ' ';
  }

  void put_below(const LaidItem& item, size_t indent, bool after_dash) {
    const bool on_line = after_dash && item.trailing.empty() &&
                         item.value.items.front().before.empty();
    if (on_line) {
      out_ += ' ';
      return put_block(item.value, indent + 2, true);
    }
    end_line(item);
    put_block(item.value, indent + 2, false);
  }

  // Further lines of a plain or quoted scalar keep their indentation among
  // each other; the outermost stands two below the key.
  void put_scalar(const LaidNode& value, size_t indent) {
    space();
    if (!has(value.raw, "\n")) {
      out_ += token(value);
      return;
    }
    const auto lines = lines_of(value.raw);
    size_t least = std::string_view::npos;
    for (size_t i = 1; i < lines.size(); ++i) {
      least = std::min(least, lines[i].find_first_not_of(' '));
    }
    const bool escapes = has(value.raw, "\\");
    for (size_t i = 0; i < lines.size(); ++i) {
      if (i > 0) out_ += '\n';
      std::string_view line = lines[i];
      if (!escapes) line = line.substr(0, line.find_last_not_of(' ') + 1);
      if (i > 0 && !line.empty()) {
        line.remove_prefix(std::min(least, line.size()));
        out_.append(indent + 2, ' ');
      }
      out_ += line;
    }
  }

  void put_block_text(const LaidItem& item, size_t indent) {
    const auto lines = lines_of(item.value.raw);
    space();
    const std::string_view marks =
        lines[0].substr(0, lines[0].find_first_of(" #"));
    out_ += marks_of(marks, item.value.value);
    end_line(item);
    const size_t cut = content_indent(marks, lines, item);
    const size_t said = said_indent(marks);
    const size_t to = indent + (said > 0 ? said : 2);
    for (size_t i = 1; i < lines.size(); ++i) {
      const std::string_view line = lines[i];
      if (line.size() > cut) {
        out_.append(to, ' ');
        out_ += line.substr(cut);
      }
      out_ += '\n';
    }
  }

  // At the end of a file without a last line break, the text has none either;
  // the file will have one.
  static std::string marks_of(std::string_view marks, std::string_view value) {
    std::string made(marks);
    if (value.empty() || value.ends_with('\n') || has(marks, "-")) return made;
    std::erase(made, '+');
    return made + "-";
  }

  static size_t content_indent(std::string_view marks,
                               const std::vector<std::string_view>& lines,
                               const LaidItem& item) {
    const size_t said = said_indent(marks);
    if (said > 0) return item.value.column + said;
    for (size_t i = 1; i < lines.size(); ++i) {
      const size_t spaces = lines[i].find_first_not_of(' ');
      if (spaces != std::string_view::npos) return spaces;
    }
    return std::string_view::npos;
  }

  size_t column() const {
    const size_t line = out_.rfind('\n');
    return display_columns(std::string_view(out_).substr(
        line == std::string::npos ? 0 : line + 1));
  }

  // On one line if it fits, and always when it is a row of a table (a mapping
  // behind a dash). Otherwise as many items a line as fit.
  void put_flow(const LaidNode& node, bool after_dash) {
    space();
    if (has_comments(node)) return put_commented(node);
    const std::string line = one_line(node);
    const bool row = after_dash && node.type == Type::mapping;
    const size_t columns = column();
    if (row || columns + display_columns(line) <= kYamlColumnsMax) {
      out_ += line;
      return;
    }
    put_filled(node, columns + 1);
  }

  static std::string item_text(const LaidItem& item) {
    return (item.key ? token(*item.key) + ": " : "") + one_line(item.value);
  }

  void put_filled(const LaidNode& node, size_t indent) {
    const bool mapping = node.type == Type::mapping;
    out_ += mapping ? '{' : '[';
    size_t at = indent;
    for (size_t i = 0; i < node.items.size(); ++i) {
      const std::string text = item_text(node.items[i]);
      const size_t width = display_columns(text) + 1;  // with , or a bracket
      if (i > 0 && at + 1 + width > kYamlColumnsMax) {
        out_ += '\n';
        out_.append(indent, ' ');
        at = indent;
      } else if (i > 0) {
        out_ += ' ';
        ++at;
      }
      out_ += text;
      at += width;
      if (i + 1 < node.items.size()) out_ += ',';
    }
    out_ += mapping ? '}' : ']';
  }

  // One item a line, its comments above and behind it.
  void put_commented(const LaidNode& node) {
    const bool mapping = node.type == Type::mapping;
    const size_t indent = column() + 1;
    out_ += mapping ? '{' : '[';
    bool fresh = true;  // nothing on the line since its indentation
    for (size_t i = 0; i < node.items.size(); ++i) {
      const LaidItem& item = node.items[i];
      const bool last = i + 1 == node.items.size();
      if (!fresh || !item.before.empty()) new_line(indent);
      for (const std::string& line : item.before) {
        out_ += line;
        new_line(indent);
      }
      if (item.key) out_ += token(*item.key) + ": ";
      if (has_comments(item.value)) {
        put_commented(item.value);
      } else {
        out_ += one_line(item.value);
      }
      if (!last) out_ += ',';
      out_ += item.trailing;
      fresh = last && item.trailing.empty();
    }
    for (const std::string& line : node.after) {
      new_line(indent);
      out_ += line;
      fresh = false;
    }
    if (!fresh) new_line(indent);
    out_ += mapping ? '}' : ']';
  }

  void new_line(size_t indent) {
    out_ += '\n';
    out_.append(indent, ' ');
  }

  std::string out_;
};

}  // namespace

std::string print_yaml(const LaidItem& root) {
  return Printer().print(root);
}

}  // namespace simwarden
