// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "lint/formats.h"

// ::warning file=F,line=L,endLine=L,col=C,endColumn=E,title=T::MESSAGE
// (docs.github.com, "Workflow commands"). The escapes are those of the
// actions toolkit: a line break would begin another command, a comma or colon
// another property.
namespace simwarden {
namespace {

std::string escaped(std::string_view text, bool property) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '%': out += "%25"; break;
      case '\r': out += "%0D"; break;
      case '\n': out += "%0A"; break;
      case ':': out += property ? "%3A" : ":"; break;
      case ',': out += property ? "%2C" : ","; break;
      default: out += c;
    }
  }
  return out;
}

std::string_view command_of(Severity severity) {
  return severity == Severity::note ? "notice" : name_of(severity);
}

std::string message_of(const Issue& issue) {
  std::string text = issue.message;
  if (!issue.label.empty()) text += fmt::format(" ({})", issue.label);
  if (!issue.help.empty()) text += fmt::format("\nhelp: {}", issue.help);
  return text;
}

std::string command(const Issue& issue) {
  std::string out = fmt::format("::{} file={}", command_of(issue.severity),
                                escaped(issue.file, true));
  const Place& place = issue.place;
  if (place.line > 0) {
    out += fmt::format(",line={0},endLine={0},col={1},endColumn={2}",
                       place.line, place.column, place.column + place.width);
  }
  return out + fmt::format(",title={}::{}\n", escaped(issue.code, true),
                           escaped(message_of(issue), false));
}

}  // namespace

std::string issues_as_github(const Issues& issues, std::string_view) {
  std::string out;
  for (const Issue& issue : issues.sorted()) out += command(issue);
  if (issues.dropped() > 0) {
    out += fmt::format("::notice::{} more issues are not shown\n",
                       issues.dropped());
  }
  return out;
}

}  // namespace simwarden
