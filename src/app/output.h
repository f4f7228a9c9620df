// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdio>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "app/options.h"
#include "diag/result.h"
#include "record/verdict_json.h"

// Where verdicts are written, and how one is spelt.
namespace simwarden {

// An Error when `output`, or what it is called until it is whole, would take
// the place of a file that the same run reads or stores in. "-" is the file
// that standard output (of `others`: standard input) leads to.
Status check_output(const std::string& output,
                    const std::vector<std::string>& others);

// What a failed write to standard output (`why` of errno) is told as: nothing
// when the reader went away (`| head`).
Error output_is_lost(int why);

// A database and what stands beside it: SQLite's own files, the writer's lock,
// the key.
std::vector<std::string> files_of_database(const std::string& db);

// Standard output, or a file that carries its name only when it is whole:
// it is written as FILE.part and, when it is on the disk, renamed by finish().
//   open (write)* finish
class OutputFile {
 public:
  static Result<std::unique_ptr<OutputFile>> open(const std::string& path);
  ~OutputFile();
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;

  Status write(std::string_view bytes);
  // What was written is there for who reads along.
  Status flush();
  // Flushes; gives a file its name. An Error says what stays behind.
  Status finish();
  bool is_stdout() const { return path_ == "-"; }
  // Where an unfinished output lies; "" for standard output.
  std::string unfinished() const { return is_stdout() ? "" : written_; }

 private:
  OutputFile(std::string path, std::string written, std::FILE* file)
      : path_(std::move(path)), written_(std::move(written)), file_(file) {}
  Error failed() const;

  std::string path_;
  std::string written_;  // where the bytes go until finish()
  std::FILE* file_;
};

// Of the text, the first words that the finding stands on, as its evidence has
// them: masked. Empty where it stands on none.
std::string words_of(const Finding& finding);

// All of it at once, to standard output or a file.
Status write_file(const std::string& path, const std::string& text);

// One cell of CSV, quoted where it must be.
void append_csv_cell(std::string& out, std::string_view text);
// A cell that a spreadsheet would run as a formula gets a quote in front.
std::string inert(std::string_view text);

// The first line of a format ("" for NDJSON). A table speaks the language of
// its reasons; CSV has the names of the fields.
std::string heading(OutputFormat format, std::string_view language);

// Appends one verdict in the format, with its line break. `keys` is what
// append_verdict_keys() writes of it, and stays so; only NDJSON needs them.
struct VerdictLook {
  OutputFormat format = OutputFormat::ndjson;
  std::string_view language = "en";
};
void append_verdict(std::string& out, const VerdictLook& look,
                    const Verdict& verdict, TextPen& keys,
                    const VerdictOrigin& origin);
// Appends one unreadable row.
void append_unreadable(std::string& out, const VerdictLook& look,
                       const BadRow& bad, std::string_view source);

}  // namespace simwarden
