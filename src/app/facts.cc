// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "app/function_list.h"
#include "app/options.h"
#include "facts/schema.h"
#include "notation/json_object.h"
#include "record/fields.h"
#include "terminal/terminal.h"

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

// Nullptr of what is worked out, and of groups.
const Field* field_of(const FactRow& row) {
  if (row.derived) return nullptr;
  const auto id = find_field(row.kind, row.name.substr(row.name.find('.') + 1));
  return id ? &field(*id) : nullptr;
}

// How the values of a field are masked wherever they are shown; empty for what
// is shown as it is.
std::string_view masked_as(const FactRow& row) {
  const Field* read = field_of(row);
  if (read == nullptr) return "";
  switch (read->privacy) {
    case Privacy::unsaid:
    case Privacy::open: return "";
    case Privacy::phone: return "phone";
    case Privacy::document: return "document";
    case Privacy::name: return "name";
    case Privacy::address: return "address";
    case Privacy::sim: return "sim";
    case Privacy::ip: return "ip";
    case Privacy::email: return "email";
    case Privacy::code: return "code";
    case Privacy::free_text: return "free_text";
  }
  return "";
}

// What the store keeps of the values of a field; empty of what is none.
std::string_view kept_as(const FactRow& row) {
  const Field* read = field_of(row);
  return read == nullptr ? "" : name_of(keep_of(*read));
}

void print_text(const FactRow& row, const Paint& paint) {
  fmt::print("{}  {}{}{}\n", paint.bold(row.name), row.type,
             row.derived ? "  (worked out)" : "",
             row.mandatory ? "  (mandatory)" : "");
  fmt::print("    {}\n", row.doc);
  if (!row.choices.empty()) fmt::print("    one of {}\n", choices_of(row));
  if (!row.example.empty()) fmt::print("    for example {}\n", row.example);
  const std::string_view mask = masked_as(row);
  if (!mask.empty()) fmt::print("    shown masked ({})\n", mask);
}

std::string json_of(const FactRow& row) {
  std::string out;
  JsonObject object(out);
  object.text("name", row.name);
  object.text("kind", name_of(row.kind));
  object.text("type", row.type);
  object.text("doc", row.doc);
  object.texts("choices", row.choices);
  object.text("example", row.example);
  object.text("source", row.source);
  object.text("masked_as", masked_as(row));
  object.text("kept_as", kept_as(row));
  object.flag("derived", row.derived);
  object.flag("mandatory", row.mandatory);
  object.close();
  return out;
}

// One table a kind; the page docs/facts.md is this print.
void print_markdown(const std::vector<FactRow>& rows, Kind kind) {
  fmt::print(
      "\n## Facts of a {}\n\n| fact | type | what it is |\n|---|---|---|\n",
      name_of(kind));
  for (const FactRow& row : rows) {
    if (row.kind != kind) continue;
    std::string doc = row.doc;
    std::string choices = choices_of(row);
    for (size_t at = 0; (at = choices.find('|', at)) != std::string::npos;) {
      choices.replace(at, 1, ",");
    }
    for (size_t at = 0; (at = choices.find(" ,", at)) != std::string::npos;) {
      choices.erase(at, 1);
    }
    if (!choices.empty()) doc += " One of " + choices + ".";
    if (!row.example.empty()) doc += " Example: `" + row.example + "`.";
    if (row.mandatory) doc += " *Mandatory.*";
    fmt::print("| `{}` | {}{} | {} |\n", row.name, row.type,
               row.derived ? ", worked out" : "", doc);
  }
}

void print_page(const std::vector<FactRow>& rows) {
  fmt::print(
      "# Facts\n\nEverything that a condition may ask, printed by `simwarden "
      "facts --format markdown`. A name without its first word is the key of "
      "the record in JSON and the\ncolumn in CSV (`auth.factors[].type` is "
      "`auth.factors[0].type` there). *Worked out* facts are not read: the "
      "program finds them.\n");
  print_markdown(rows, Kind::request);
  print_markdown(rows, Kind::message);
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
  if (options.functions) return print_functions(options);
  const FactSchema schema;
  const std::vector<FactRow> rows = schema.rows();
  if (options.csv_header) {
    print_csv_header(rows,
                     options.kind == "message" ? Kind::message : Kind::request);
    return kExitDone;
  }
  if (options.format == FactsFormat::markdown) {
    print_page(rows);
    return kExitDone;
  }
  const bool json = options.format == FactsFormat::json;
  const Paint paint{wants_colour(stdout)};
  bool first = true;
  for (const FactRow& row : rows) {
    if (!options.kind.empty() && options.kind != name_of(row.kind)) continue;
    if (json) {
      fmt::print("{}{}", first ? "[" : ",\n ", json_of(row));
    } else {
      print_text(row, paint);
    }
    first = false;
  }
  if (json) fmt::print("]\n");
  return kExitDone;
}

}  // namespace simwarden
