// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "diag/result.h"
#include "record/record.h"
#include "text/charset.h"

// Files and streams -> Records, in two steps so that the second can run on
// many threads:
//
//   ChunkReader   bytes -> chunks of whole rows   (serial, cheap)
//   RowParser     chunk -> records and bad rows   (const, many threads)
//
//   auto reader = open_source(path, options);
//   Chunk chunk;
//   while (*(*reader)->next(chunk)) {
//     parse_chunk(chunk, (*reader)->format(), options, items);
//   }
//
// Codes of bad rows:
//   J101 no JSON object        J102 broken JSON       J103 not UTF-8
//   J104 a field given twice   J105 nested too deep   J106 row too long
//   J107 kind is no kind       J108 kind not known    J109 text after the
//   object J110 an array of records   J111 ends in the middle V101 ragged row
//   V102 quote not closed  V103 not UTF-8 V104 text after a quote    V105 row
//   too long      V107 kind is no kind V108 kind not known T101 not UTF-8 T102
//   row too long      E101 no mail          E102 mail too long  V109 totals
//   V110 a list whole and by its items   V111, T103, E104 broken off
//   R101 judging failed (app/judged.h)
namespace simwarden {

// Stores keep these numbers: how a log was read before (Keeper::Reading). A new
// one goes behind the last.
enum class Format {
  automatic = 0,
  json_lines = 1,
  csv = 2,
  tsv = 3,
  mail = 4,
  text = 5,
};
enum class KindChoice { automatic = 0, request = 1, message = 2 };

class Mapping;  // mapping.h: an operator's own names and values

struct IntakeOptions {
  Format format = Format::automatic;
  KindChoice kind = KindChoice::automatic;
  std::shared_ptr<const Mapping> mapping;  // null: none
  // Of every source that does not begin with a byte order mark; nullopt: told
  // by the bytes. Of mail: of the parts that name none.
  std::optional<Charset> encoding;
  bool text_whole_file = false;  // text: a message per file, not per line
  // Mail: the receiver whose Authentication-Results are believed; "": none.
  std::string authserv_id;
  // Asked a few times a second while a pipe or a terminal keeps us waiting;
  // true ends the reading with an Error of trouble `interrupted`. Null: never.
  bool (*is_stopped)() = nullptr;
  // JSON lines, text: rows of a pipe whose writer rests wait for no others.
  bool prompt = false;
};

// A row that is no record.
struct BadRow {
  std::string code;     // "J102"
  std::string message;  // says what is wrong and where in the row
  Position position;    // of the fault, not only of the row
  // What somebody with a command line can do about it; may be empty.
  std::string advice = {};
};
// What such a one is told: the message with its advice.
std::string with_advice(const BadRow& bad);

// How the bytes of a source became UTF-8.
struct Decoding {
  enum class How : uint8_t { as_is, marked, declared, detected };
  std::string charset = "utf-8";  // Charset::name
  How how = How::as_is;
  int confidence = 0;       // detected: of 100; 0 when the NULs of UTF-16 told
  bool looks_utf8 = false;  // declared another, but the beginning is UTF-8
  // Counted while the source is read.
  uint64_t broken = 0;      // byte sequences that mean nothing in it
  uint64_t utf8_lines = 0;  // detected: lines left alone since they are UTF-8
};

// Whole rows of one source, decompressed, UTF-8 (other charsets were turned
// into it; positions count in the UTF-8).
// The cut between chunks depends on the content alone, so that two runs cut
// alike: kChunkBytes and then to the end of the row, or kChunkRows. With
// IntakeOptions::prompt also on when the bytes came.
struct Chunk {
  std::string bytes;
  uint64_t first_byte = 0;
  uint64_t first_line = 1;
  std::shared_ptr<const std::vector<std::string>> header;  // of CSV and TSV
  char delimiter = ',';                                    // of CSV and TSV
  std::string charset;  // Decoding::charset, for messages
  // What comes after `bytes` and is no row: too long, broken off, not there.
  std::vector<BadRow> too_long;
  // Where its portions begin (portions.h), but the first.
  std::vector<Position> portions;
};
inline constexpr size_t kChunkBytes = size_t{1} << 20;
// A longer row is one bad row: no record of the field's is near that size. Of
// mail: kMailBytesMax (mail/mail.h).
inline constexpr size_t kRowBytesMax = kProseBytesMax;

// One row's result. `unknown_keys` are names that no field has; they are
// counted and reported, the record is judged.
struct Item {
  Record record;
  std::optional<BadRow> bad;
  std::vector<std::string> unknown_keys;
};

class ChunkReader {
 public:
  virtual ~ChunkReader() = default;
  // False at the end. An Error when the source fails in the middle (disk,
  // broken .gz): what came before it was whole.
  virtual Result<bool> next(Chunk& chunk) = 0;
  virtual Format format() const = 0;
  virtual const std::string& name() const = 0;  // as the user named it
  virtual const Decoding& decoding() const = 0;
  // Bytes of the file read so far and in all (0: unknown), compressed size.
  virtual uint64_t bytes_read() const = 0;
  virtual uint64_t bytes_total() const = 0;
  // Whether a row ends at byte `at` of `rows`, or lacks there nothing but its
  // line break. No: it was half written when somebody took it for a whole one.
  // REQUIRES: `rows` begins where a row of the source begins and ends where a
  // chunk does. Thread-safe.
  virtual bool ends_row(std::string_view rows, size_t at) const = 0;
};

// "-" is standard input. Detects .gz and .zst by content, the charset as
// decode.h says, and with Format::automatic the format by name and first bytes.
Result<std::unique_ptr<ChunkReader>> open_source(const std::string& path,
                                                 const IntakeOptions& options);

// Appends an Item for every row of the chunk; blank lines are no rows.
// Thread-safe.
void parse_chunk(const Chunk& chunk, Format format,
                 const IntakeOptions& options, std::vector<Item>& items);

// One record from one JSON object (pack tests, explain, the daemon).
Item parse_json(std::string_view json, const IntakeOptions& options);

// One record from one mail (RFC 5322 with MIME), as it came over the wire: no
// mailbox. Bad only when it has no header.
Item parse_mail(std::string_view bytes, const IntakeOptions& options);
// The same into an item that was one before, whose memory stays.
void parse_mail(std::string_view bytes, const IntakeOptions& options,
                Item& item);

// Files named by paths, folders (sorted, recursive, hidden files left out)
// and globs (when no file has that very name; glob(7), so that `**` is `*`). An
// Error names what does not exist or cannot be read; `unreadable` collects what
// a folder or a glob led to and cannot be opened. Of a Maildir the mails are
// read, its own files and tmp/ are not.
struct UnreadInput {
  std::string path;
  Error error;
};
struct Inputs {
  std::vector<std::string> paths;
  std::vector<UnreadInput> unreadable;
};
Result<Inputs> expand_inputs(const std::vector<std::string>& arguments);

}  // namespace simwarden
