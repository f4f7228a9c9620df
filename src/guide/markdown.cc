// SPDX-License-Identifier: Apache-2.0
#include "guide/markdown.h"

#include <algorithm>

#include <fmt/format.h>

#include "diag/characters.h"
#include "notation/markdown_text.h"
#include "policy/names.h"

namespace simwarden {
namespace {

uint32_t code_point(std::string_view bytes) {
  const auto lead = static_cast<unsigned char>(bytes[0]);
  if (bytes.size() == 1) return lead;
  uint32_t c = lead & (0xFFu >> (bytes.size() + 1));
  for (const char b : bytes.substr(1)) {
    c = c << 6 | (static_cast<unsigned char>(b) & 0x3Fu);
  }
  return c;
}

// The text with what cannot be seen written out and line breaks as spaces.
std::string visible(std::string_view text) {
  std::string out;
  for (size_t at = 0; at < text.size();) {
    const size_t size = code_point_size(text, at);
    const bool control = static_cast<unsigned char>(text[at]) < 0x20;
    if (control) {
      out += ' ';
    } else if (invisible_size(text, at) > 0) {
      out += fmt::format("U+{:04X}", code_point(text.substr(at, size)));
    } else {
      out += text.substr(at, size);
    }
    at += size;
  }
  return out;
}

// The longest run of backquotes.
size_t backquotes(std::string_view text) {
  size_t most = 0;
  size_t run = 0;
  for (const char c : text) {
    run = c == '`' ? run + 1 : 0;
    most = std::max(most, run);
  }
  return most;
}

}  // namespace

std::string md_text(std::string_view text) {
  return markdown_text(visible(text));
}

// A bar would end a cell of a table, in code too, unless it is escaped; outside
// of tables the backslash would be seen. HTML's code element has no such trap.
std::string md_code(std::string_view text) {
  const std::string shown = visible(text);
  if (shown.find('|') != std::string::npos) {
    std::string out = "<code>";
    for (const char c : shown) {
      if (is_markdown(c)) {
        out += fmt::format("&#{};", int(c));
      } else {
        out += c;
      }
    }
    return out + "</code>";
  }
  const std::string fence(backquotes(shown) + 1, '`');
  const bool pad = shown.empty() || shown.front() == '`' ||
                   shown.back() == '`' || shown.front() == ' ';
  return fence + (pad ? " " : "") + shown + (pad ? " " : "") + fence;
}

std::string md_block(std::string_view text, std::string_view language) {
  const std::string fence(std::max<size_t>(3, backquotes(text) + 1), '`');
  std::string body;
  while (!text.empty()) {
    const size_t end = std::min(text.find('\n'), text.size());
    body += visible(text.substr(0, end)) + "\n";
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return fmt::format("{}{}\n{}{}\n\n", fence, language, body, fence);
}

std::string md_link(std::string_view label, std::string_view target) {
  return fmt::format("[{}]({})", label, target);
}

std::string relative_link(std::string_view from, std::string_view to) {
  std::string out;
  size_t common = 0;  // bytes of the folders that both lie in
  for (size_t i = 0; i < std::min(from.size(), to.size()); ++i) {
    if (from[i] != to[i]) break;
    if (from[i] == '/') common = i + 1;
  }
  for (const char c : from.substr(common)) {
    if (c == '/') out += "../";
  }
  return out + std::string(to.substr(common));
}

MarkdownTable::MarkdownTable(std::vector<std::string> head) {
  line(head);
  line(std::vector<std::string>(head.size(), "---"));
}

void MarkdownTable::row(std::vector<std::string> cells) {
  line(cells);
  ++rows_;
}

void MarkdownTable::line(const std::vector<std::string>& cells) {
  text_ += "|";
  for (const std::string& cell : cells) text_ += fmt::format(" {} |", cell);
  text_ += "\n";
}

}  // namespace simwarden
