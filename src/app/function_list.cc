// SPDX-License-Identifier: Apache-2.0
#include "app/function_list.h"

#include <algorithm>

#include <fmt/format.h>

#include "cel/study/manual.h"
#include "diag/counted.h"
#include "diag/issue.h"
#include "notation/json_object.h"
#include "policy/pack_environment.h"
#include "terminal/terminal.h"

namespace simwarden {
namespace {

std::vector<cel::ManualSection> whole_manual() {
  std::vector<cel::ManualSection> manual = cel::manual();
  manual.push_back(pack_manual());
  return manual;
}

// Entries whose name holds `wanted`; sections without any are left out.
std::vector<cel::ManualSection> narrowed(std::vector<cel::ManualSection> all,
                                         const std::string& wanted) {
  for (cel::ManualSection& section : all) {
    std::erase_if(section.entries, [&](const cel::ManualEntry& entry) {
      return entry.name.find(wanted) == std::string::npos;
    });
  }
  std::erase_if(all,
                [](const auto& section) { return section.entries.empty(); });
  return all;
}

int complain_about(const std::string& wanted) {
  std::vector<std::string> names;
  for (const cel::ManualSection& section : whole_manual()) {
    for (const cel::ManualEntry& entry : section.entries) {
      names.push_back(entry.name);
      names.push_back(entry.name.substr(entry.name.rfind('.') + 1));
    }
  }
  const std::string help = did_you_mean(wanted, names);
  say("simwarden: there is no function {}{}{}\n", wanted,
      help.empty() ? "" : "; ", help);
  return kExitUsage;
}

void print_text(const std::vector<cel::ManualSection>& manual) {
  const Paint paint{wants_colour(stdout)};
  for (const cel::ManualSection& section : manual) {
    fmt::print("{}\n", paint.bold(section.title));
    for (const cel::ManualEntry& entry : section.entries) {
      fmt::print("  {}  {}\n", paint.bold(entry.name), entry.says);
      for (const std::string& usage : entry.usages) {
        fmt::print("      {}\n", usage);
      }
      fmt::print("      {}\n", paint.dim(fmt::format(
                                   "{}  is  {}", entry.example, entry.result)));
    }
  }
}

std::string json_of(std::string_view section, const cel::ManualEntry& entry) {
  std::string out;
  JsonObject object(out);
  object.text("name", entry.name);
  object.text("section", section);
  object.texts("usages", entry.usages);
  object.text("says", entry.says);
  object.text("example", entry.example);
  object.text("result", entry.result);
  object.close();
  return out;
}

void print_json(const std::vector<cel::ManualSection>& manual) {
  bool first = true;
  for (const cel::ManualSection& section : manual) {
    for (const cel::ManualEntry& entry : section.entries) {
      fmt::print("{}{}", first ? "[" : ",\n ", json_of(section.title, entry));
      first = false;
    }
  }
  fmt::print("]\n");
}

// A cell of a table: a bar would end it, even in code.
std::string code(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '|') out += '\\';
    out += c;
  }
  return "`" + out + "`";
}

void print_markdown(const std::vector<cel::ManualSection>& manual) {
  for (const cel::ManualSection& section : manual) {
    fmt::print("### {}\n\n| written | what it is | example |\n|---|---|---|\n",
               section.title);
    for (const cel::ManualEntry& entry : section.entries) {
      std::string usages;
      for (const std::string& usage : entry.usages) {
        usages += (usages.empty() ? "" : "<br>") + code(usage);
      }
      fmt::print("| {} | {} | {} is {} |\n", usages, entry.says,
                 code(entry.example), code(entry.result));
    }
    fmt::print("\n");
  }
}

// The second half of docs/cel.md is this print.
void print_page(const std::vector<cel::ManualSection>& manual) {
  fmt::print(
      "## Reference\n\nPrinted by `simwarden facts --functions --format "
      "markdown`. A and B are any types, N a number, O any other type that has "
      "an "
      "order; a receiver stands before the dot. Of the macros, x and i are "
      "names of\nyour choice: x is each element of a list or each key of a "
      "map; where there are two, i is the position or the key and x the "
      "element or the value.\n\n");
  print_markdown(manual);
  fmt::print("### Bounds\n\n| what | at most | beyond |\n|---|---|---|\n");
  for (const cel::ManualBound& bound : cel::bounds()) {
    fmt::print("| {} | {} | {} |\n", bound.what, with_thousands(bound.most),
               bound.beyond);
  }
}

}  // namespace

int print_functions(const FactsOptions& options) {
  const auto manual = narrowed(whole_manual(), options.function);
  if (manual.empty()) return complain_about(options.function);
  switch (options.format) {
    case FactsFormat::text: print_text(manual); break;
    case FactsFormat::json: print_json(manual); break;
    case FactsFormat::markdown:
      if (options.function.empty()) {
        print_page(manual);
      } else {
        print_markdown(manual);
      }
      break;
  }
  return kExitDone;
}

}  // namespace simwarden
