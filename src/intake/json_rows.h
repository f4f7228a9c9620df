// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string_view>

#include "intake/intake.h"
#include "intake/row_writer.h"

// JSON objects -> Records. One reader for JSON lines, for single objects and
// for the JSON that stands in a cell of a table. Holds the parser's memory;
// one thread at a time.
namespace simwarden {

struct JsonParser;

class JsonReader {
 public:
  explicit JsonReader(const IntakeOptions& options);
  ~JsonReader();
  JsonReader(const JsonReader&) = delete;
  JsonReader& operator=(const JsonReader&) = delete;

  // One row that begins at `start` of its source. `padded`: so many bytes
  // after the row may be read, whatever they are.
  Item read(std::string_view row, Position start, size_t padded);
  // The same into an Item that was used before, whose memory is kept.
  void read(std::string_view row, Position start, size_t padded, Item& item);

  // A cell whose text is a JSON array: the value of a list or of a group.
  // False when it is broken JSON.
  bool read_list(std::string_view cell, FieldId id, RowWriter& writer);
  bool read_group(std::string_view cell, GroupId id, RowWriter& writer);

 private:
  class IdleParsers;
  void fill(Item& item, std::string_view row, Position start, size_t padded);
  Kind guessed_kind(std::string_view row) const;
  bool walk(Item& item, std::string_view row, Kind kind, bool guessed);
  bool open_array(std::string_view cell);
  std::unique_ptr<JsonParser> parser_;
  const IntakeOptions& options_;
};

}  // namespace simwarden
