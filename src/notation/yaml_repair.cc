// SPDX-License-Identifier: Apache-2.0
#include "notation/yaml_repair.h"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "diag/ascii.h"
#include "notation/yaml_wide_signs.h"

namespace simwarden {
namespace {

// A sign that is not taken for a colon makes a text of its line and those
// behind it, up to the next colon.
constexpr size_t kLinesLookedAtMax = 30;

struct Line {
  size_t begin = 0;
  std::string_view text;
};

Line line_at(std::string_view text, size_t at) {
  const size_t before =
      at == 0 ? std::string_view::npos : text.rfind('\n', at - 1);
  const size_t begin = before == std::string_view::npos ? 0 : before + 1;
  size_t end = std::min(text.find('\n', at), text.size());
  if (end > begin && text[end - 1] == '\r') --end;
  return {begin, text.substr(begin, end - begin)};
}

YamlRepair syntax(size_t begin, std::string by, size_t at, std::string message,
                  std::string help) {
  return {begin,
          std::move(by),
          "Y103",
          at,
          "not YAML: " + std::move(message),
          std::move(help)};
}

std::string help_for_sign(char sign) {
  switch (sign) {
    case ':': return "write : and a blank";
    case ',': return "write , or, inside a text, put the text in quotes";
    case ' ': return "indent with ordinary blanks";
    default: return fmt::format("write {}", sign);
  }
}

// An ideographic blank is as wide as two. What is left over of its bytes goes
// behind the line before.
YamlRepair repair_of_indentation(std::string_view text, const Line& line,
                                 WideIndentation blanks) {
  size_t begin = line.begin;
  if (begin > 0) --begin;
  if (begin > 0 && text[begin - 1] == '\r') --begin;
  std::string by(blanks.wide, ' ');
  by += text.substr(begin, line.begin - begin);
  by.append(blanks.bytes - blanks.wide, ' ');
  size_t at = line.begin;
  while (odd_blank_bytes(text, at) == 0) ++at;
  return {begin,
          std::move(by),
          "Y115",
          at,
          wide_sign_name(text, at) + " is no indentation in YAML",
          help_for_sign(' ')};
}

YamlRepairs repairs_of_line(std::string_view text, const Line& line) {
  YamlRepairs repairs;
  const WideIndentation blanks = wide_indentation(line.text);
  if (blanks.wide > 0) {
    repairs.push_back(repair_of_indentation(text, line, blanks));
  }
  for (const size_t at : wide_syntax_signs(line.text)) {
    repairs.push_back(repair_of_sign(text, line.begin + at));
  }
  return repairs;
}

// "a: b: c": the second colon is one of the text.
std::optional<YamlRepair> repair_of_colon(std::string_view text,
                                          const YamlRefusal& refusal) {
  if (!refusal.problem.starts_with("mapping values are not allowed")) return {};
  const Line line = line_at(text, refusal.at);
  const std::string_view before = line.text.substr(0, refusal.at - line.begin);
  if (!text.substr(refusal.at).starts_with(':')) return {};
  if (before.find(": ") == std::string_view::npos) return {};
  return syntax(refusal.at, "_", refusal.at,
                "a colon and a blank inside a text without quotes",
                "put the text in quotes");
}

// "reason: {fact} is …", "title: 'One' of two".
YamlRepairs repair_of_value(std::string_view text, const YamlRefusal& refusal) {
  if (!refusal.problem.starts_with("did not find expected key")) return {};
  const Line line = line_at(text, refusal.at);
  const std::string_view before =
      trimmed(line.text.substr(0, refusal.at - line.begin));
  const size_t key = line.text.find(": ");
  if (before.empty() || key == std::string_view::npos) return {};
  const size_t open = line.text.find_first_not_of(' ', key + 1);
  const std::string_view closing = before.substr(before.size() - 1);
  const size_t pair = std::string_view("}]\"'").find(closing);
  if (pair == std::string_view::npos || open == std::string_view::npos ||
      line.text[open] != std::string_view("{[\"'")[pair]) {
    return {};
  }
  const size_t close = line.begin + line.text.find(before) + before.size() - 1;
  if (close <= line.begin + open) return {};
  return {syntax(line.begin + open, "_", refusal.at,
                 fmt::format("the text goes on behind its {}", closing),
                 "put the whole text in quotes"),
          {.begin = close, .by = "_"}};
}

// 'd'aquesta', "say "no" to": a quote in a text that is in such quotes. It ends
// the text, and more of it follows in the line.
std::optional<YamlRepair> repair_of_inner_quote(std::string_view text,
                                                const YamlRefusal& refusal) {
  const bool flow = refusal.problem.starts_with("did not find expected ',' or");
  const bool block = refusal.problem.starts_with("did not find expected key");
  if (refusal.behind_long_quote || (!flow && !block)) return {};
  const Line line = line_at(text, refusal.at);
  const std::string_view before =
      trimmed(line.text.substr(0, refusal.at - line.begin));
  if (before.empty()) return {};
  const char quote = before.back();
  if (quote != '\'' && quote != '"') return {};
  const size_t inner = line.begin + line.text.find(before) + before.size() - 1;
  const bool closed_later =
      text.substr(inner + 1, line.text.size() - (inner + 1 - line.begin))
          .find(quote) != std::string_view::npos;
  if (!closed_later) return {};
  return syntax(
      inner, "_", inner,
      fmt::format("this {} ends the text that is in such quotes", quote),
      quote == '"' ? "inside double quotes write \\\" for it, or put "
                     "the text in single quotes"
                   : "inside single quotes write '' for it, or put "
                     "the text in double quotes");
}

// A line that is wrong, and it together with those behind it: of several, one
// after the other, none is better alone.
void add_tries(YamlRepairs of_line, YamlRepairs& together,
               std::vector<YamlRepairs>& tries) {
  const bool first = together.empty();
  together.insert(together.begin(), of_line.begin(), of_line.end());
  tries.push_back(std::move(of_line));
  if (!first) tries.push_back(together);
}

}  // namespace

YamlRepair repair_of_sign(std::string_view text, size_t at) {
  const size_t blank = odd_blank_bytes(text, at);
  const char sign = blank > 0 ? ' ' : narrow_of(text, at);
  std::string by(blank > 0 ? blank : kWideSignBytes, ' ');
  const bool opens = sign == '"' || sign == '\'';
  by[0] = sign;
  return {at,
          by,
          "Y115",
          at,
          fmt::format("{} has no meaning in YAML{}", wide_sign_name(text, at),
                      opens ? ": no quote of a text" : ""),
          blank > 0 ? "write an ordinary blank" : help_for_sign(sign)};
}

std::vector<YamlRepairs> repairs_of(std::string_view text,
                                    const YamlRefusal& refusal) {
  std::vector<YamlRepairs> tries;
  YamlRepairs together;
  size_t at = refusal.at;
  for (size_t i = 0; i < kLinesLookedAtMax; ++i) {
    const Line line = line_at(text, at);
    YamlRepairs signs = repairs_of_line(text, line);
    if (!signs.empty()) add_tries(std::move(signs), together, tries);
    if (line.begin == 0) break;
    at = line.begin - 1;
  }
  if (const auto colon = repair_of_colon(text, refusal)) {
    tries.push_back({*colon});
  }
  if (const auto quote = repair_of_inner_quote(text, refusal)) {
    tries.push_back({*quote});
  }
  YamlRepairs value = repair_of_value(text, refusal);
  if (!value.empty()) tries.push_back(std::move(value));
  return tries;
}

std::string repaired(std::string text, const YamlRepairs& repairs) {
  for (const YamlRepair& repair : repairs) {
    text.replace(repair.begin, repair.by.size(), repair.by);
  }
  return text;
}

std::string help_for(const YamlRefusal& refusal) {
  struct Row {
    std::string_view problem;
    std::string_view help;
  };
  constexpr Row kRows[] = {
      {"mapping values are not allowed",
       "the line above may lack its colon, or this one stands too far right"},
      {"could not find expected ':'",
       "behind a key stand a colon and a blank; a text of several lines stands "
       "in quotes or below |"},
      {"did not find expected key",
       "keys of one mapping are indented alike; what begins with { [ \" or ' "
       "and goes on behind it stands in quotes"},
      {"did not find expected '-' indicator",
       "items of one list are indented alike, each with its -"},
      {"did not find expected ','",
       "a comma is missing, or a bracket is not closed"},
      {"did not find expected alphabetic or numeric character",
       "a condition that begins with ! stands in quotes"},
      {"did not find expected whitespace or line break",
       "a condition that begins with ! stands in quotes"},
      {"found character that cannot start any token", "put the text in quotes"},
  };
  for (const Row& row : kRows) {
    if (refusal.problem.starts_with(row.problem)) return std::string(row.help);
  }
  return {};
}

}  // namespace simwarden
