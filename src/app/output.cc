// SPDX-License-Identifier: Apache-2.0
#include "app/output.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <iterator>

#include <fmt/format.h>
#include <unistd.h>

#include "diag/columns.h"
#include "diag/printable.h"
#include "diag/trouble.h"
#include "house/verdict_row.h"
#include "store/database.h"
#include "terminal/drawn_verdict.h"
#include "terminal/drawn_words.h"

namespace simwarden {
namespace {

namespace fs = std::filesystem;

constexpr uint32_t kActionColumns = 7;
constexpr uint32_t kPointsColumns = 6;
constexpr uint32_t kIdColumns = 22;
constexpr uint32_t kRuleColumns = 8;
constexpr uint32_t kReasonColumns = 90;
constexpr uint32_t kWordsColumns = 40;

fs::path place_of(const std::string& name, const char* standard) {
  std::error_code none;
  const fs::path named = name == "-" ? standard : name;
  return fs::weakly_canonical(fs::absolute(named, none), none);
}

// A device or a pipe cannot be renamed into being: it is written as it is.
bool is_plain(const fs::path& path) {
  std::error_code none;
  const auto kind = fs::status(path, none).type();
  return kind == fs::file_type::regular || kind == fs::file_type::not_found;
}

// The finding that the action stands on; null when nothing acts.
const Finding* first_that_acts(const Verdict& verdict) {
  const bool any = !verdict.findings.empty() && verdict.findings[0].acts();
  return any ? &verdict.findings[0] : nullptr;
}

std::string rule_names(const Verdict& verdict) {
  std::string names;
  for (const Finding& finding : verdict.findings) {
    if (!names.empty()) names += ' ';
    names += finding.rule;
    // Never to be taken for one that counts.
    if (!finding.acts()) {
      names += finding.outcome == Outcome::waived ? "(waived)" : "(shadow)";
    }
  }
  return names;
}

// A record can be for review without a finding: what could not be read is why.
std::string reason_of(const Verdict& verdict) {
  if (const Finding* first = first_that_acts(verdict)) return first->reason;
  if (verdict.action == Action::pass || verdict.invalid.empty()) return "";
  const InvalidField& fact = verdict.invalid.front();
  return fmt::format("{} = {} (expected {})", fact.fact, fact.value,
                     fact.expected);
}

void append_csv(std::string& out, const Verdict& verdict,
                const VerdictOrigin& origin) {
  append_csv_cell(out, inert(escaped_text(verdict.id)));
  fmt::format_to(std::back_inserter(out), ",{},{},{},", name_of(verdict.kind),
                 name_of(verdict.action), verdict.score);
  append_csv_cell(out, rule_names(verdict));
  out += ',';
  append_csv_cell(out, inert(escaped_text(reason_of(verdict))));
  out += ',';
  append_csv_cell(out, inert(escaped_text(origin.source)));
  fmt::format_to(std::back_inserter(out), ",{},,", verdict.position.line);
  const Finding* first = first_that_acts(verdict);
  if (first) append_csv_cell(out, inert(escaped_text(words_of(*first))));
  out += '\n';
}

// What stands before the reason, in a table: cells are as wide as they look.
void append_cells(std::string& out, std::string_view action,
                  std::string_view points, const std::string& id) {
  out += padded(action, kActionColumns) + " ";
  const uint32_t used = display_columns(points);
  out.append(used < kPointsColumns ? kPointsColumns - used : 0, ' ');
  out += points;
  out += " " + padded(id, kIdColumns) + " ";
}

void append_row(std::string& out, const Verdict& verdict,
                std::string_view language) {
  append_cells(out, drawn_word(name_of(verdict.action), language),
               fmt::format("{}", verdict.score), printable_text(verdict.id));
  if (const Finding* first = first_that_acts(verdict)) {
    out += fmt::format(
        "{:<8} {}", first->rule,
        cut_to_columns(printable_text(first->reason), kReasonColumns));
    const auto acting =
        std::count_if(verdict.findings.begin(), verdict.findings.end(),
                      [](const Finding& finding) { return finding.acts(); });
    if (acting > 1) out += fmt::format("  (+{})", acting - 1);
    const std::string words = words_of(*first);
    if (!words.empty()) {
      out += fmt::format("  “{}”",
                         cut_to_columns(printable_text(words), kWordsColumns));
    }
  } else {
    out += fmt::format(
        "{:<8} {}", "",
        cut_to_columns(printable_text(reason_of(verdict)), kReasonColumns));
  }
  while (out.back() == ' ') out.pop_back();
  out += '\n';
}

}  // namespace

void append_csv_cell(std::string& out, std::string_view text) {
  if (text.find_first_of(",\"\n\r") == std::string_view::npos) {
    out += text;
    return;
  }
  out += '"';
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  out += '"';
}

std::string inert(std::string_view text) {
  const bool formula =
      !text.empty() &&
      std::string_view("=+-@\t\r").find(text[0]) != std::string_view::npos;
  return formula ? "'" + std::string(text) : std::string(text);
}

std::vector<std::string> files_of_database(const std::string& db) {
  std::vector<std::string> files = {site_key_path(db)};
  const std::string file = database_file(db);
  for (const char* tail : {"", "-wal", "-shm", "-journal", "-writer"}) {
    files.push_back(file + tail);
  }
  return files;
}

Status check_output(const std::string& output,
                    const std::vector<std::string>& others) {
  std::error_code none;
  const fs::path place = place_of(output, "/dev/stdout");
  // Into a pipe or a terminal goes what also comes out of it.
  if (output == "-" && !fs::is_regular_file(place, none)) return Done{};
  const std::string written = is_plain(place) ? place.string() + ".part" : "";
  for (const std::string& other : others) {
    const fs::path needed = place_of(other, "/dev/stdin");
    if (needed.empty() || (needed != place && needed != written)) continue;
    return Error{Trouble::usage,
                 fmt::format("{}: would be written over, and this run needs "
                             "it; give another --output",
                             other == "-" ? "standard input" : other)};
  }
  return Done{};
}

Error output_is_lost(int why) {
  if (why == EPIPE) return {Trouble::environment, ""};
  return {Trouble::environment,
          fmt::format("standard output: {}; the output is not whole",
                      std::strerror(why))};
}

Result<std::unique_ptr<OutputFile>> OutputFile::open(const std::string& path) {
  if (path == "-") {
    return std::unique_ptr<OutputFile>(new OutputFile(path, path, stdout));
  }
  // A link stays one: the file that it leads to gets the new contents.
  std::error_code none;
  const bool leads_on =
      fs::is_symlink(path, none) && fs::is_regular_file(path, none);
  const std::string real = leads_on ? fs::canonical(path, none).string() : path;
  const std::string written = is_plain(real) ? real + ".part" : real;
  std::FILE* file = std::fopen(written.c_str(), "wb");
  if (!file) return system_trouble(path, "cannot be written");
  return std::unique_ptr<OutputFile>(new OutputFile(real, written, file));
}

OutputFile::~OutputFile() {
  if (file_ && file_ != stdout) (void)std::fclose(file_);
}

Error OutputFile::failed() const {
  const int why = errno;
  if (is_stdout()) return output_is_lost(why);
  return {Trouble::environment,
          fmt::format("{}: {}; the output is not whole{}", path_,
                      std::strerror(why),
                      written_ == path_ ? "" : " and stays in " + written_)};
}

Status OutputFile::write(std::string_view bytes) {
  if (bytes.empty()) return Done{};
  if (std::fwrite(bytes.data(), 1, bytes.size(), file_) != bytes.size()) {
    return failed();
  }
  return Done{};
}

Status OutputFile::flush() {
  if (std::fflush(file_) != 0) return failed();
  return Done{};
}

Status OutputFile::finish() {
  if (Status flushed = flush(); !flushed) return flushed.error();
  if (is_stdout()) return Done{};
  // After a power cut the name would else lead to a part, or to nothing.
  const bool is_renamed = written_ != path_;
  if (is_renamed && ::fsync(::fileno(file_)) != 0) return failed();
  std::FILE* file = file_;
  file_ = nullptr;
  if (std::fclose(file) != 0) return failed();
  if (!is_renamed) return Done{};
  if (std::rename(written_.c_str(), path_.c_str()) != 0) return failed();
  return Done{};
}

std::string words_of(const Finding& finding) {
  for (const Evidence& e : finding.evidence) {
    if (e.end > e.begin) return std::string(e.text);
  }
  return {};
}

Status write_file(const std::string& path, const std::string& text) {
  auto output = OutputFile::open(path);
  if (!output) return output.error();
  if (Status written = (*output)->write(text); !written) return written;
  return (*output)->finish();
}

std::string heading(OutputFormat format, std::string_view language) {
  if (format == OutputFormat::csv) {
    return "id,kind,action,score,rules,reason,source,line,error,words\n";
  }
  if (format == OutputFormat::table) {
    const auto word = [language](std::string_view english) {
      return drawn_word(english, language);
    };
    std::string line;
    append_cells(line, word("action"), word("points"), std::string(word("id")));
    return line + padded(word("rule"), kRuleColumns) + " " +
           std::string(word("reason")) + "\n";
  }
  return "";
}

void append_verdict(std::string& out, const VerdictLook& look,
                    const Verdict& verdict, TextPen& keys,
                    const VerdictOrigin& origin) {
  const size_t size = keys.size();
  switch (look.format) {
    case OutputFormat::ndjson:
      append_origin_keys(keys, verdict, origin);
      keys += '\n';
      out += keys.text();
      keys.cut(size);
      return;
    case OutputFormat::table: append_row(out, verdict, look.language); return;
    case OutputFormat::csv: append_csv(out, verdict, origin); return;
  }
}

void append_unreadable(std::string& out, const VerdictLook& look,
                       const BadRow& bad, std::string_view source) {
  switch (look.format) {
    case OutputFormat::ndjson:
      append_error_json(out, bad.code, bad.message, bad.position, source);
      out += '\n';
      return;
    case OutputFormat::table:
      out += padded(drawn_word("error", look.language), kActionColumns);
      out +=
          fmt::format(" {:>6} {}:{}  {} {}\n", "", printable_text(source),
                      bad.position.line, bad.code, printable_text(bad.message));
      return;
    case OutputFormat::csv:
      out += ",,,,,,";
      append_csv_cell(out, inert(escaped_text(source)));
      fmt::format_to(std::back_inserter(out), ",{},", bad.position.line);
      append_csv_cell(out, bad.code + " " + escaped_text(bad.message));
      out += ",\n";
      return;
  }
}

}  // namespace simwarden
