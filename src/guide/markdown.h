// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

// Markdown (GitHub's flavour) from texts that anybody may have written.
namespace simwarden {

// A text as prose: nothing in it is taken for Markdown, HTML or a link,
// line breaks become spaces, what cannot be seen is written out: U+200B.
std::string md_text(std::string_view text);

// A text as code, whatever backquotes it holds; safe inside a table, too.
std::string md_code(std::string_view text);

// A fenced block; the fence is longer than any in the text.
std::string md_block(std::string_view text, std::string_view language = {});

// [label](target); the label is Markdown already.
std::string md_link(std::string_view label, std::string_view target);

// From the page at `from` to the page at `to`, both from the same root:
// "rules/A.md", "lists/b.md" -> "../lists/b.md".
std::string relative_link(std::string_view from, std::string_view to);

// Cells are Markdown already.
class MarkdownTable {
 public:
  explicit MarkdownTable(std::vector<std::string> head);
  void row(std::vector<std::string> cells);
  bool empty() const { return rows_ == 0; }
  // Ends with an empty line; "" without rows.
  std::string text() const { return empty() ? std::string() : text_ + "\n"; }

 private:
  void line(const std::vector<std::string>& cells);

  std::string text_;
  size_t rows_ = 0;
};

}  // namespace simwarden
