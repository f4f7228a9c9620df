// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "app/options.h"
#include "app/terminal.h"
#include "facts/schema.h"
#include "notation/json_text.h"

// facts: the catalogue that a policy author can use, printed from the tables.
namespace simwarden {
namespace {

std::string choices_of(const FactRow& row) {
  std::string text;
  for (const std::string& choice : row.choices) {
    text += text.empty() ? choice : " | " + choice;
  }
  return text;
}

void print_text(const FactRow& row, const Paint& paint) {
  fmt::print("{}  {}{}{}\n", paint.bold(row.name), row.type,
             row.derived ? "  (worked out)" : "",
             row.mandatory ? "  (mandatory)" : "");
  fmt::print("    {}\n", row.doc);
  if (!row.choices.empty()) fmt::print("    one of {}\n", choices_of(row));
  if (!row.example.empty()) fmt::print("    for example {}\n", row.example);
}

std::string json_of(const FactRow& row) {
  std::string out = "{";
  const auto text = [&](std::string_view key, std::string_view value) {
    if (out.size() > 1) out += ',';
    append_json_string(out, key);
    out += ':';
    append_json_string(out, value);
  };
  text("name", row.name);
  text("kind", name_of(row.kind));
  text("type", row.type);
  text("doc", row.doc);
  if (!row.choices.empty()) {
    out += ",\"choices\":[";
    for (size_t i = 0; i < row.choices.size(); ++i) {
      if (i > 0) out += ',';
      append_json_string(out, row.choices[i]);
    }
    out += ']';
  }
  if (!row.example.empty()) text("example", row.example);
  if (!row.source.empty()) text("source", row.source);
  out += fmt::format(",\"derived\":{},\"mandatory\":{}}}", row.derived,
                     row.mandatory);
  return out;
}

// Column names as intake reads them: without the kind, first item of groups.
void print_csv_header(const std::vector<FactRow>& rows, Kind kind) {
  std::string line;
  for (const FactRow& row : rows) {
    if (row.derived || row.kind != kind) continue;
    std::string name = row.name.substr(row.name.find('.') + 1);
    const size_t group = name.find("[]");
    if (group != std::string::npos) name.replace(group, 2, "[0]");
    line += line.empty() ? name : "," + name;
  }
  fmt::print("{}\n", line);
}

}  // namespace

int run_facts(const FactsOptions& options) {
  const FactSchema schema;
  const std::vector<FactRow> rows = schema.rows();
  if (options.csv_header) {
    print_csv_header(rows,
                     options.kind == "message" ? Kind::message : Kind::request);
    return kExitDone;
  }
  const Paint paint{wants_colour(stdout)};
  bool first = true;
  for (const FactRow& row : rows) {
    if (!options.kind.empty() && options.kind != name_of(row.kind)) continue;
    if (options.json) {
      fmt::print("{}{}", first ? "[" : ",\n ", json_of(row));
    } else {
      print_text(row, paint);
    }
    first = false;
  }
  if (options.json) fmt::print("]\n");
  return kExitDone;
}

}  // namespace simwarden
