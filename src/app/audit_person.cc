// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <iterator>

#include <fmt/format.h>
#include <unistd.h>

#include "app/listed_rows.h"
#include "app/options.h"
#include "app/output.h"
#include "audit/files.h"
#include "diag/ascii.h"
#include "diag/counted.h"
#include "diag/printable.h"
#include "diag/trouble.h"
#include "house/verdict_row.h"
#include "store/person_search.h"
#include "terminal/terminal.h"

// audit person: what is stored of one person.
namespace simwarden {
namespace {

// A person has a few numbers, each in a few spellings.
constexpr size_t kNumbersMax = 1000;
constexpr size_t kNumbersBytesMax = size_t{64} << 10;

constexpr ListColumn<PersonRow> kColumns[] = {
    {"database", 0, [](const PersonRow& r) { return r.database; }},
    {"verdict_id", 10,
     [](const PersonRow& r) { return fmt::format("{}", r.verdict_id); },
     ListedCell::number},
    {"event_time", 25, [](const PersonRow& r) { return r.event_time; }},
    {"kind", 7, [](const PersonRow& r) { return r.kind; }},
    {"action", 6, [](const PersonRow& r) { return r.action; }},
    {"score", 5, [](const PersonRow& r) { return fmt::format("{}", r.score); },
     ListedCell::number},
    {"top_rule", 8, [](const PersonRow& r) { return r.top_rule; }},
    {"record_id", 18, [](const PersonRow& r) { return r.record_id; }},
    {"source", 24, [](const PersonRow& r) { return r.source; }},
    {"line", 6, [](const PersonRow& r) { return fmt::format("{}", r.line); },
     ListedCell::number},
    {"found_in", 12, [](const PersonRow& r) { return r.found_in; }},
    {"cases", 8, [](const PersonRow& r) { return r.cases; }},
};

Status add_lines(std::vector<std::string>& numbers) {
  const auto text = read_file("/dev/stdin", kNumbersBytesMax, Trouble::usage);
  if (!text) return text.error();
  std::string_view rest = *text;
  while (!rest.empty()) {
    const size_t end = std::min(rest.find('\n'), rest.size());
    const std::string_view line = trimmed(rest.substr(0, end), " \t\r");
    if (!line.empty()) numbers.emplace_back(line);
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return Done{};
}

// Of the command line, and where it says "-" of standard input, a line each.
Result<std::vector<std::string>> numbers_of(const AuditOptions& options) {
  std::vector<std::string> numbers;
  for (const std::string& each : options.numbers) {
    if (each != "-") {
      numbers.push_back(each);
    } else if (Status read = add_lines(numbers); !read) {
      return read.error();
    }
  }
  if (numbers.empty()) {
    return Error{Trouble::usage, "--number -: standard input has no number"};
  }
  if (numbers.size() <= kNumbersMax) return numbers;
  return Error{Trouble::usage,
               fmt::format("--number: more than {} are not those of one person",
                           with_thousands(kNumbersMax))};
}

// Those that are named, and those of the databases as far as they are there:
// none is made.
Result<std::vector<SiteKey>> keys_of(const AuditOptions& options) {
  std::vector<std::string> paths = options.site_keys;
  for (const std::string& db : options.dbs) {
    const std::string own = site_key_path(db);
    if (::access(own.c_str(), F_OK) == 0) paths.push_back(own);
  }
  if (paths.empty()) {
    return trouble_with(site_key_path(options.dbs.front()),
                        "is not there, and without a site key nobody is found; "
                        "name it with --site-key");
  }
  std::vector<SiteKey> keys;
  for (const std::string& path : paths) {
    if (::access(path.c_str(), F_OK) != 0) {
      return trouble_with(path, "there is no such site key");
    }
    auto key = open_site_key(path);
    if (!key) return key.error();
    keys.push_back(*std::move(key));
  }
  return keys;
}

std::string named(const std::string& key_id) {
  return key_id.empty()
             ? "a site key that was not noted"
             : "site key " + escaped_text(key_id) + ", which is not at hand";
}

// What was not looked at. False: some of it could be.
bool tell_gaps(const std::string& db, const PersonSearch& search) {
  for (const HiddenRuns& each : search.hidden) {
    say("{}: {} of {} to {} with {} under {}: nobody in them was found "
        "(--site-key)\n",
        db, how_many(uint64_t(each.runs), "run"), escaped_text(each.first),
        escaped_text(each.last), how_many(uint64_t(each.verdicts), "verdict"),
        named(each.key_id));
  }
  for (const DamagedFacts& each : search.damage.named) {
    say("{}: block {}: {}; see simwarden audit verify --db {}\n", db,
        each.block, printable_text(each.what), db);
  }
  if (search.without_names > 0) {
    say("{}: {} purged of pseudonyms: whose they were nobody can tell\n", db,
        how_many(search.without_names, "verdict"));
  }
  if (search.without_facts > search.without_names) {
    say("{}: of {} no facts are kept: looked at was whom they are about\n", db,
        how_many(search.without_facts - search.without_names, "verdict"));
  }
  return search.hidden.empty() && search.damage.blocks == 0;
}

}  // namespace

int run_audit_person(const AuditOptions& options) {
  const auto numbers = numbers_of(options);
  if (!numbers) return complain(numbers.error());
  const auto keys = keys_of(options);
  if (!keys) return complain(keys.error());
  const Pseudonyms sought = pseudonyms_of(*numbers, *keys);
  auto output = OutputFile::open("-");
  if (!output) return complain(output.error());
  const std::span columns(kColumns);
  Status written =
      (*output)->write(listed_head<PersonRow>(options.format, columns));
  const auto take = [&](const PersonRow& row) {
    if (!written) return;
    written =
        (*output)->write(listed_row<PersonRow>(options.format, columns, row));
  };
  uint64_t found = 0;
  bool whole = true;
  for (const std::string& db : options.dbs) {
    const auto search = find_person(db, sought, take);
    if (!search) return complain(search.error());
    found += search->found;
    whole = tell_gaps(db, *search) && whole;
  }
  if (written && options.format == ListFormat::table) {
    written = (*output)->write(how_many(found, "verdict") + "\n");
  }
  if (written) written = (*output)->finish();
  if (!written) return complain(written.error());
  return whole ? kExitDone : kExitInput;
}

}  // namespace simwarden
