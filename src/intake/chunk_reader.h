// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "intake/byte_source.h"
#include "intake/csv.h"
#include "intake/intake.h"

// Cuts a stream of UTF-8 into chunks of whole rows, of kChunkBytes and then to
// the end of the row, or of kChunkRows; told so, also where the source rests.
// Holds one chunk and one row at most, however long the stream or a row of it
// is.
namespace simwarden {

// What is read and counted of a row takes a kilobyte, however short it is. Rows
// of 64 bytes and more fill their chunk.
inline constexpr size_t kChunkRows = size_t{1} << 14;

// Cuts `format`'s rows off a text.
class RowCutter {
 public:
  RowCutter(Format format, char delimiter, bool whole_file)
      : format_(format), delimiter_(delimiter), whole_file_(whole_file) {}

  // The size of the first row of `rest` with its line break; 0 when more
  // bytes are needed to know. `at_end`: none will come.
  // REQUIRES: all `rest` end where the first one did, until forget().
  size_t cut(std::string_view rest, bool at_end);
  void forget() { ahead_ = {}; }
  uint64_t count_lines(std::string_view rows) const;
  // Each row is one line, which may lack its end where the text ends.
  bool rows_are_lines() const {
    return !whole_file_ && !is_table() && format_ != Format::mail;
  }
  // Of a row that is too long: how much of `rest` belongs to it for certain,
  // and whether it ends there. REQUIRES: `rest` is not empty.
  struct Tail {
    size_t size = 0;
    bool ends = false;
  };
  Tail tail(std::string_view rest, bool at_end) const;
  std::string_view code_of_too_long() const;
  std::string_view code_of_broken_off() const;
  // A longer row is not kept.
  size_t bytes_max() const;

 private:
  // The size up to and with the first line break; 0 when there is none.
  size_t line(std::string_view rest) const;
  bool is_table() const {
    return format_ == Format::csv || format_ == Format::tsv;
  }

  Format format_;
  char delimiter_;
  bool whole_file_;
  CsvAhead ahead_;
};

struct ReaderParts {
  std::string name;  // as the user named it
  Format format = Format::json_lines;
  std::unique_ptr<ByteSource> source;
  std::shared_ptr<const Decoding> decoding = std::make_shared<Decoding>();
  const FileSource* file = nullptr;  // at the bottom of `source`; for progress
  char delimiter = ',';
  bool whole_file = false;
  // A file for each mail: an empty one has lost its own.
  bool one_mail = false;
  bool prompt = false;  // IntakeOptions::prompt
  std::shared_ptr<const std::vector<std::string>> header;
  Position start{1, 0};  // of the first row, behind a header
};

std::unique_ptr<ChunkReader> make_chunk_reader(ReaderParts parts);

}  // namespace simwarden
