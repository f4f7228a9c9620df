// SPDX-License-Identifier: Apache-2.0
#include "mail/css_content.h"

#include <algorithm>
#include <array>

#include <unicode/utf8.h>

#include "diag/hex.h"
#include "mail/css_values.h"
#include "mail/words.h"

namespace simwarden {
namespace {

void add_code_point(uint32_t value, std::string& out) {
  if (value == 0 || !U_IS_UNICODE_CHAR(value)) return;
  std::array<char, U8_MAX_LENGTH> bytes{};
  size_t size = 0;
  U8_APPEND_UNSAFE(bytes.data(), size, value);
  out.append(bytes.data(), size);
}

// What "\" at `i` and the characters behind it stand for (CSS Syntax, 4.3.7);
// gives the index behind them.
size_t add_escaped(std::string_view text, size_t i, std::string& out) {
  constexpr size_t kDigitsMax = 6;
  uint32_t value = 0;
  size_t end = ++i;
  while (end < std::min(i + kDigitsMax, text.size()) &&
         hex_digit(text[end]) >= 0) {
    value = value * 16 + static_cast<uint32_t>(hex_digit(text[end++]));
  }
  if (end > i) {
    add_code_point(value, out);
    return end < text.size() && is_blank_char(text[end]) ? end + 1 : end;
  }
  if (i < text.size() && text[i] != '\n') out += text[i];
  return std::min(i + 1, text.size());
}

// The strings of a value.
std::string strings_of(std::string_view value) {
  std::string out;
  char quote = '\0';
  for (size_t i = 0; i < value.size();) {
    const char c = value[i];
    if (quote == '\0') {
      if (c == '"' || c == '\'') quote = c;
    } else if (c == quote) {
      quote = '\0';
    } else if (c == '\\') {
      i = add_escaped(value, i, out);
      continue;
    } else {
      out += c == '\n' ? ' ' : c;
    }
    ++i;
  }
  return out;
}

// Bullets, arrows, quotation marks are none.
bool is_words(std::string_view text) {
  constexpr ptrdiff_t kLettersMin = 4;
  return std::count_if(text.begin(), text.end(), [](char c) {
           return is_ascii_letter(c) || is_digit(c) ||
                  static_cast<unsigned char>(c) >= 0xC0;
         }) >= kLettersMin;
}

bool is_part_of_word(std::string_view text) {
  const auto fits = [](char c) {
    return is_ascii_letter(c) || is_digit(c) ||
           std::string_view(".@_-/:").find(c) != std::string_view::npos;
  };
  return std::all_of(text.begin(), text.end(), fits);
}

struct Declaration {
  std::string_view name;
  std::string_view value;
};

// Those of a sheet without comments, with the rules' braces taken for ends.
std::vector<Declaration> declarations(std::string_view rest) {
  std::vector<Declaration> found;
  while (!rest.empty()) {
    const size_t end = find_css(rest, "{};");
    const std::string_view one = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    const size_t colon = one.find(':');
    if (colon == one.npos) continue;
    found.push_back(
        {without_blanks(one.substr(0, colon)), one.substr(colon + 1)});
  }
  return found;
}

// Whose strings stand on the page: quotes around <q>, what is in front of the
// items of a list.
constexpr std::array<std::string_view, 8> kShown = {
    "content", "quotes",           "list-style", "list-style-type",
    "symbols", "additive-symbols", "prefix",     "suffix"};

bool is_shown(std::string_view property) {
  return std::any_of(kShown.begin(), kShown.end(),
                     [&](auto name) { return same_word(property, name); });
}

// A quick look; the other properties stand beside "symbols".
bool may_write(std::string_view css) {
  constexpr std::array<std::string_view, 4> kWords = {"content", "quotes",
                                                      "list-style", "symbols"};
  return css.find_first_of("\"'") != css.npos &&
         std::any_of(kWords.begin(), kWords.end(),
                     [&](auto word) { return contains_word(css, word); });
}

// What `attr(` or `var(` in front of the text names. It ends before the next
// "(", so that all of a sheet's together are looked for in its length once.
std::string_view argument(std::string_view text) {
  const size_t begin = text.find_first_not_of(" \t\r\n\f");
  if (begin == text.npos) return {};
  const size_t end = text.find_first_of(" ,()\t\r\n\f", begin);
  return text.substr(begin, end - begin);
}

// "--x" of `content: var(--x)`.
void add_variables(std::string_view value,
                   std::vector<std::string_view>& names) {
  constexpr std::string_view kVar = "var(";
  for (size_t at = value.find(kVar); at != value.npos;
       at = value.find(kVar, at)) {
    at += kVar.size();
    if (names.size() >= kStyleAttributesMax) return;
    names.push_back(argument(value.substr(at)));
  }
}

}  // namespace

void add_style_content(std::string_view css, std::vector<std::string>& pieces) {
  if (!may_write(css)) return;
  const std::string plain = without_css_comments(css);
  const std::vector<Declaration> all = declarations(plain);
  std::vector<std::string_view> variables;
  for (const Declaration& one : all) {
    if (is_shown(one.name)) add_variables(one.value, variables);
  }
  for (const Declaration& one : all) {
    const bool is = is_shown(one.name) ||
                    std::find(variables.begin(), variables.end(), one.name) !=
                        variables.end();
    std::string text = is ? strings_of(one.value) : "";
    if (!text.empty()) pieces.push_back(std::move(text));
  }
}

std::string lines_of_content(const std::vector<std::string>& pieces) {
  constexpr size_t kJoinedMax = 16;  // a contact is parted into a few
  std::string out;
  std::string joined;
  size_t parts = 0;
  for (const std::string& piece : pieces) {
    if (is_words(piece)) out.append(piece).append("\n");
    if (!is_part_of_word(piece)) continue;
    joined += piece;
    ++parts;
  }
  if (parts > 1 && parts <= kJoinedMax) out.append(joined).append("\n");
  return out;
}

std::vector<std::string> style_attributes(std::string_view css) {
  constexpr std::string_view kName = "attr(";
  std::vector<std::string> names;
  const std::string small = small_letters(without_css_comments(css));
  for (size_t at = small.find(kName);
       at != small.npos && names.size() < kStyleAttributesMax;
       at = small.find(kName, at)) {
    at += kName.size();
    const std::string_view name = argument(std::string_view(small).substr(at));
    if (name.empty()) continue;
    if (std::find(names.begin(), names.end(), name) == names.end()) {
      names.emplace_back(name);
    }
  }
  return names;
}

}  // namespace simwarden
