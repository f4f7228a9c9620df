// SPDX-License-Identifier: Apache-2.0
#include <map>
#include <vector>

#include <fmt/format.h>

#include "diag/ascii.h"
#include "diag/hex.h"
#include "lint/codes.h"
#include "lint/formats.h"
#include "notation/json_object.h"

// Only what the standard demands or its readers use: the tool with the rules
// that were broken, and a result for each issue. Columns count code points, as
// ours do, which has to be said (3.14.17, columnKind).
namespace simwarden {
namespace {

constexpr std::string_view kSchema =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/"
    "sarif-schema-2.1.0.json";

// A path as a URI reference (RFC 3986): relative ones stay relative.
std::string uri_of(std::string_view path) {
  constexpr std::string_view kPlain =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/";
  std::string uri = path.starts_with('/') ? "file://" : "";
  for (const char c : path) {
    if (kPlain.find(c) != std::string_view::npos) {
      uri += c;
    } else {
      append_percent_encoded(uri, c);
    }
  }
  return uri;
}

void append_message(std::string& out, std::string_view name,
                    std::string_view text) {
  JsonObject object(out);
  // Text has to be there even when it is empty.
  append_json_string(object.key(name), text);
  object.close();
}

std::string sentence(std::string_view title) {
  std::string text(title);
  if (!text.empty()) text[0] = capital_letter(text[0]);
  return text + ".";
}

void append_rule(std::string& out, const CodeRow& row) {
  JsonObject object(out);
  object.text("id", row.code);
  append_message(object.key("shortDescription"), "text", sentence(row.title));
  append_message(object.key("fullDescription"), "text", sentence(row.title));
  append_message(object.key("help"), "text",
                 row.help.empty() ? "See docs/packs.md." : row.help);
  std::string& level = object.key("defaultConfiguration");
  JsonObject configuration(level);
  configuration.text("level", row.severity);
  configuration.close();
  object.close();
}

void append_location(std::string& out, const Issue& issue) {
  JsonObject location(out);
  JsonObject physical(location.key("physicalLocation"));
  JsonObject artifact(physical.key("artifactLocation"));
  artifact.text("uri", uri_of(issue.file));
  artifact.close();
  if (issue.place.line > 0) {
    JsonObject region(physical.key("region"));
    region.whole("startLine", issue.place.line);
    region.whole("startColumn", issue.place.column);
    region.whole("endColumn", issue.place.column + issue.place.width);
    append_message(region.key("snippet"), "text", issue.line_text);
    region.close();
  }
  physical.close();
  location.close();
}

void append_result(std::string& out, const Issue& issue,
                   const std::map<std::string, size_t>& rule_index) {
  JsonObject object(out);
  object.text("ruleId", issue.code);
  const auto rule = rule_index.find(issue.code);
  if (rule != rule_index.end()) object.whole("ruleIndex", rule->second);
  object.text("level", name_of(issue.severity));
  std::string text = issue.message;
  if (!issue.label.empty()) text += fmt::format(" ({})", issue.label);
  if (!issue.help.empty()) text += fmt::format(". Help: {}", issue.help);
  append_message(object.key("message"), "text", text);
  std::string& locations = object.key("locations");
  locations += '[';
  append_location(locations, issue);
  locations += ']';
  object.close();
}

struct BrokenRules {
  std::vector<const CodeRow*> rows;
  std::map<std::string, size_t> index;  // by code
};

BrokenRules broken_rules(const std::vector<Issue>& issues) {
  BrokenRules broken;
  for (const Issue& issue : issues) broken.index.emplace(issue.code, 0);
  for (auto entry = broken.index.begin(); entry != broken.index.end();) {
    const CodeRow* row = find_code(entry->first);
    if (row == nullptr) {
      entry = broken.index.erase(entry);
      continue;
    }
    entry->second = broken.rows.size();
    broken.rows.push_back(row);
    ++entry;
  }
  return broken;
}

void append_array(std::string& out, size_t size, auto write) {
  out += '[';
  for (size_t i = 0; i < size; ++i) {
    out += i > 0 ? ",\n" : "\n";
    write(i);
  }
  out += ']';
}

// What could not be shown is said, not lost.
void append_invocation(std::string& out, size_t dropped) {
  out += "[";
  JsonObject object(out);
  object.flag("executionSuccessful", true);
  std::string& notes = object.key("toolExecutionNotifications");
  notes += "[";
  JsonObject note(notes);
  note.text("level", "warning");
  append_message(note.key("message"), "text",
                 fmt::format("{} more issues are not shown", dropped));
  note.close();
  notes += "]";
  object.close();
  out += "]";
}

}  // namespace

std::string issues_as_sarif(const Issues& issues, std::string_view version) {
  const std::vector<Issue> all = issues.sorted();
  const BrokenRules broken = broken_rules(all);
  std::string out;
  JsonObject log(out);
  log.text("$schema", kSchema);
  log.text("version", "2.1.0");
  log.key("runs") += '[';
  JsonObject run(out);
  JsonObject tool(run.key("tool"));
  JsonObject driver(tool.key("driver"));
  driver.text("name", "simwarden");
  driver.text("version", version);
  append_array(driver.key("rules"), broken.rows.size(),
               [&](size_t i) { append_rule(out, *broken.rows[i]); });
  driver.close();
  tool.close();
  run.text("columnKind", "unicodeCodePoints");
  if (issues.dropped() > 0) {
    append_invocation(run.key("invocations"), issues.dropped());
  }
  append_array(run.key("results"), all.size(),
               [&](size_t i) { append_result(out, all[i], broken.index); });
  run.close();
  out += ']';
  log.close();
  return out + "\n";
}

}  // namespace simwarden
