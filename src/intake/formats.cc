// SPDX-License-Identifier: Apache-2.0
// A source is opened from the outside in: archive, encoding, format, header.
// Each layer looks at the first bytes of the one below and gives them back.
#include "intake/formats.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "diag/ascii.h"
#include "intake/byte_source.h"
#include "intake/chunk_reader.h"
#include "intake/columns.h"
#include "intake/csv.h"
#include "intake/decode.h"
#include "intake/mailbox.h"
#include "text/charset.h"

namespace simwarden {
namespace {

using namespace std::string_view_literals;

// A header longer than this is a file without line breaks.
constexpr size_t kHeaderBytesMax = size_t{1} << 20;
constexpr std::string_view kBlanks = " \t";
constexpr size_t kSniffBytes = size_t{64} << 10;
constexpr std::string_view kSpace = " \t\r\n";

bool is_mail_header(std::string_view line) {
  constexpr std::string_view kNames[] = {"from",
                                         "received",
                                         "return-path",
                                         "to",
                                         "cc",
                                         "date",
                                         "subject",
                                         "delivered-to",
                                         "message-id",
                                         "x-original-to",
                                         "sender",
                                         "reply-to",
                                         "mime-version",
                                         "content-type",
                                         "dkim-signature",
                                         "envelope-to",
                                         "list-id",
                                         "authentication-results",
                                         "x-spam-checker-version"};
  const std::string name =
      small_letters(trimmed(line.substr(0, line.find(':')), kBlanks));
  return std::find(std::begin(kNames), std::end(kNames), name) !=
         std::end(kNames);
}

bool is_header_line(std::string_view line) {
  const size_t colon = line.find(':');
  return colon != line.npos && colon > 0 &&
         line.substr(0, colon).find_first_of(" \t\"{}<>") == line.npos;
}

// A mailbox, or a header: its first line is a field of mails, or two others
// are before anything that is no field.
bool looks_like_mail(std::string_view bytes) {
  if (is_mailbox(bytes.substr(lines_before_mailbox(bytes)))) return true;
  int known = 0;
  bool first = true;
  while (!bytes.empty() && known < 2) {
    const size_t end = std::min(bytes.find('\n'), bytes.size());
    const std::string_view line = bytes.substr(0, end);
    bytes.remove_prefix(std::min(end + 1, bytes.size()));
    const bool folded = line.starts_with(' ') || line.starts_with('\t');
    if (folded && !first) continue;
    if (!is_header_line(line)) break;
    if (is_mail_header(line)) known += first ? 2 : 1;
    first = false;
  }
  return known >= 2;
}

std::unique_ptr<PeekedSource> peeked(std::unique_ptr<ByteSource> source) {
  return std::make_unique<PeekedSource>(std::move(source));
}

// A frame, or one that is skipped, in which pzstd and others say something
// first.
bool is_zstd(std::string_view magic) {
  const bool skipped = magic.size() == 4 && (magic[0] & 0xF0) == 0x50 &&
                       magic.substr(1) == "\x2a\x4d\x18"sv;
  return skipped || magic == "\x28\xb5\x2f\xfd"sv;
}

std::unique_ptr<PeekedSource> unpacked(std::unique_ptr<PeekedSource> source,
                                       const std::string& name) {
  const std::string_view magic = source->peek(4);
  if (magic.starts_with("\x1f\x8b"sv)) {
    return peeked(unpack_gzip(std::move(source), name));
  }
  if (is_zstd(magic)) {
    return peeked(unpack_zstd(std::move(source), name));
  }
  return source;
}

// In small letters, without what a packer adds.
std::string unpacked_name(std::string_view path) {
  std::string name = small_letters(path);
  for (const std::string_view packed : {".gz"sv, ".zst"sv}) {
    if (name.ends_with(packed)) name.resize(name.size() - packed.size());
  }
  return name;
}

Error input_error(const std::string& name, std::string_view what) {
  return {Trouble::input, fmt::format("{}: {}", name, what)};
}

std::string name_of_source(const std::string& path) {
  return path == "-" ? "standard input" : path;
}

// The first one that is no blank; NUL when there is none. Looks no further than
// it must: whoever writes a record and waits for its verdict writes no more.
char first_sign(PeekedSource& source) {
  for (size_t size = 1; size <= kSniffBytes; size *= 2) {
    const std::string_view bytes = source.peek(size);
    const size_t begin = bytes.find_first_not_of(kSpace);
    if (begin != bytes.npos) return bytes[begin];
    if (bytes.size() < size) break;
  }
  return '\0';
}

struct OtherFile {
  std::string_view begin;  // at most the four bytes that were looked at anyway
  size_t at;
  std::string_view magic;
  std::string_view what;
};
constexpr std::string_view kZip =
    "is a zip archive, as workbooks of spreadsheets are: unpack it, or save "
    "the sheet as CSV";
constexpr std::string_view kTwice = "is packed twice: unpack it first";
constexpr OtherFile kOtherFiles[] = {
    {"\x1F\x8B"sv, 0, "\x1F\x8B"sv, kTwice},
    {"\x28\xB5\x2F\xFD"sv, 0, "\x28\xB5\x2F\xFD"sv, kTwice},
    {"\x1F\x9D"sv, 0, "\x1F\x9D"sv,
     "is packed by compress: unpack it first (gzip -dc)"},
    {"\x04\x22\x4D\x18"sv, 0, "\x04\x22\x4D\x18"sv,
     "is packed by lz4: unpack it first (lz4 -dc)"},
    {"LZIP"sv, 0, "LZIP\x01"sv,
     "is packed by lzip: unpack it first (lzip -dc)"},
    {"7z\xBC\xAF"sv, 0, "7z\xBC\xAF\x27\x1C"sv,
     "is a 7z archive: unpack it first (7z x)"},
    {"Rar!"sv, 0, "Rar!\x1A\x07"sv,
     "is a rar archive: unpack it first (unrar x)"},
    {"<?xm"sv, 0, "<?xml"sv, "is XML: save what it holds as JSON lines or CSV"},
    {"%PDF"sv, 0, "%PDF-"sv,
     "is a PDF file: save what it holds as CSV or as text"},
    {"\xD0\xCF\x11\xE0"sv, 0, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"sv,
     "is an office file of the old kind (.xls, .doc) or a message of Outlook "
     "(.msg): save the sheet as CSV, the message as .eml"},
    {"\xFD\x37zX"sv, 0, "\xFD\x37zXZ\0"sv,
     "is packed by xz: unpack it first (xz -dc)"},
    {"BZh"sv, 4, "1AY&SY"sv, "is packed by bzip2: unpack it first (bzip2 -dc)"},
    {"PK\x03\x04"sv, 0, "PK"sv, kZip},
    {"PK\x05\x06"sv, 0, "PK"sv, kZip},  // an empty one
    {"SQLi"sv, 0, "SQLite format 3\0"sv,
     "is a database: `replay` and `report` read one (--db)"}};

constexpr std::string_view kTar =
    "is a tar archive: unpack it (tar -xf) and name the folder";

// The name of the first member stands before what is looked for.
bool is_tar(std::string_view bytes) {
  constexpr size_t kMagicAt = 257;
  return bytes.size() > kMagicAt &&
         bytes.substr(kMagicAt).starts_with("ustar"sv);
}

// What a file is that no format is like, whatever its name says; "" when that
// is not known.
std::string_view other_file(PeekedSource& source) {
  constexpr size_t kMagicBytes = 16;
  for (const OtherFile& row : kOtherFiles) {
    if (!source.peek(4).starts_with(row.begin)) continue;
    const std::string_view bytes = source.peek(kMagicBytes);
    if (bytes.size() > row.at && bytes.substr(row.at).starts_with(row.magic)) {
      return row.what;
    }
  }
  // Whoever writes records and waits for their verdicts writes no more.
  constexpr size_t kTarHeaderBytes = 512;
  const char sign = first_sign(source);
  if (sign == '{' || sign == '[') return {};
  return is_tar(source.peek(kTarHeaderBytes)) ? kTar : std::string_view();
}

// A UTF-8 byte order mark says nothing of a mail, and would stand in the name
// of its first field. 0 when there is none.
size_t mark_before_mail(PeekedSource& source) {
  const std::string_view begin = source.peek(4);
  return begin.size() - behind_utf8_mark(begin).size();
}

void skip_lines_before_mailbox(PeekedSource& source, Position& start) {
  const std::string_view bytes = source.peek(kSniffBytes);
  const size_t size = lines_before_mailbox(bytes);
  start.line += static_cast<uint64_t>(
      std::count(bytes.begin(), bytes.begin() + ptrdiff_t(size), '\n'));
  start.byte += size;
  source.drop(size);
}

bool begins_as_json(PeekedSource& source) {
  const char sign = first_sign(source);
  return sign == '{' || sign == '[';
}

// Text and mail hold messages, whatever is asked for.
Status check_kind(const std::string& path, Format format,
                  const IntakeOptions& options) {
  const bool messages = format == Format::text || format == Format::mail;
  if (!messages || options.kind != KindChoice::request) return Done{};
  return Error{Trouble::usage,
               fmt::format("{}: --kind request: it is read as {}, which holds "
                           "messages; leave --kind out, or say --format jsonl, "
                           "csv or tsv",
                           name_of_source(path),
                           format == Format::mail ? "mail" : "text")};
}

Result<Format> settle_format(PeekedSource& source, const std::string& path,
                             const IntakeOptions& options) {
  Format format = options.format;
  if (format == Format::automatic) {
    auto found = format_by_name(path);
    if (!found && begins_as_json(source)) found = Format::json_lines;
    if (!found) {
      found = format_by_bytes(source.peek(kSniffBytes), options.mapping.get());
    }
    if (!found) {
      return input_error(name_of_source(path),
                         "its format cannot be told; say --format jsonl, csv, "
                         "tsv, mail or text");
    }
    format = *found;
  }
  return format;
}

// Before the charset is known: JSON says itself what it is in.
bool may_detect(PeekedSource& source, const std::string& path, Format format) {
  if (format == Format::automatic) {
    const auto named = format_by_name(path);
    if (!named) return !begins_as_json(source);
    format = *named;
  }
  return format != Format::json_lines;
}

// The parts of a mail are each in a charset of their own.
bool is_mail(PeekedSource& source, const std::string& path, Format format) {
  if (format != Format::automatic) return format == Format::mail;
  if (const auto named = format_by_name(path)) return *named == Format::mail;
  if (lies_in_maildir(path)) return true;
  if (first_sign(source) == '{') return false;
  return looks_like_mail(behind_utf8_mark(source.peek(kSniffBytes)));
}

// By where it lies, whatever is in it: a mailbox may be empty, a mail not.
bool holds_one_mail(const std::string& path) {
  return unpacked_name(path).ends_with(".eml") || lies_in_maildir(path);
}

// Takes the header off the front of a table.
Status take_header(ReaderParts& parts, PeekedSource& source,
                   const IntakeOptions& options) {
  std::string_view bytes;
  std::optional<Header> header;
  bool at_end = false;
  for (size_t size = kSniffBytes; !header && size <= kHeaderBytesMax;
       size *= 4) {
    bytes = source.peek(size);
    at_end = bytes.size() < size;
    header = read_header(bytes, at_end, parts.format, options.mapping.get());
    if (at_end) break;
  }
  if (bytes.empty()) return Done{};  // no rows, no mistake
  if (!header) {
    return input_error(parts.name, "V106: the first line is no table's header");
  }
  if (const auto fault = header_fault(header->names, options.mapping.get())) {
    return input_error(
        parts.name,
        fmt::format("V106: {}{}", *fault,
                    header->said ? "; the line sep= before it says what parts "
                                   "its cells: mend it or leave it out"
                                 : ""));
  }
  parts.delimiter = header->delimiter;
  parts.start.line += count_csv_lines(bytes.substr(0, header->size));
  parts.start.byte += header->size;
  parts.header = std::make_shared<const std::vector<std::string>>(
      std::move(header->names));
  source.drop(header->size);
  return Done{};
}

// Tools that mark what has its mark write another; it is in no column's name.
void drop_more_marks(PeekedSource& source) {
  constexpr std::string_view kMark = "\xef\xbb\xbf";
  while (source.peek(kMark.size()) == kMark) source.drop(kMark.size());
}

// By a line "sep=;" one spreadsheet tells another what parts its cells. That
// sign; empty when there is no such line.
std::string_view said_delimiter(std::string_view rest,
                                std::string_view delimiters) {
  constexpr std::string_view kSays = "sep=";
  const bool says = rest.size() > kSays.size() + 1 &&
                    small_letters(rest.substr(0, kSays.size())) == kSays &&
                    delimiters.find(rest[kSays.size()]) != rest.npos &&
                    "\r\n"sv.find(rest[kSays.size() + 1]) != rest.npos;
  return says ? rest.substr(kSays.size(), 1) : std::string_view();
}

}  // namespace

std::optional<Format> format_by_name(std::string_view path) {
  const std::string name = unpacked_name(path);
  constexpr std::pair<std::string_view, Format> kEndings[] = {
      {".jsonl", Format::json_lines}, {".ndjson", Format::json_lines},
      {".json", Format::json_lines},  {".csv", Format::csv},
      {".tsv", Format::tsv},          {".tab", Format::tsv},
      {".txt", Format::text},         {".text", Format::text},
      {".eml", Format::mail},         {".mbox", Format::mail}};
  for (const auto& [ending, format] : kEndings) {
    if (name.ends_with(ending)) return format;
  }
  return std::nullopt;
}

std::optional<Format> format_by_bytes(std::string_view bytes,
                                      const Mapping* mapping) {
  const size_t begin = bytes.find_first_not_of(kSpace);
  if (begin == bytes.npos) return Format::json_lines;  // empty: no rows
  if (bytes[begin] == '{' || bytes[begin] == '[') return Format::json_lines;
  if (looks_like_mail(bytes.substr(begin))) return Format::mail;
  const auto header = read_header(bytes, true, Format::csv, mapping);
  if (!header) return std::nullopt;
  // One word that happens to name a field is no header yet, unless it is all
  // there is on the line.
  const size_t known = count_known(header->names, mapping);
  if (known < 2 && known < header->names.size()) return std::nullopt;
  return header->delimiter == '\t' ? Format::tsv : Format::csv;
}

std::optional<Header> read_header(std::string_view bytes, bool at_end,
                                  Format format, const Mapping* mapping) {
  std::string_view delimiters = format == Format::tsv ? "\t" : kDelimiters;
  // Blank lines before the header are no rows either.
  size_t begin = std::min(bytes.find_first_not_of("\r\n"), bytes.size());
  const auto said = said_delimiter(bytes.substr(begin), delimiters);
  if (!said.empty()) {
    delimiters = said;
    begin =
        std::min(bytes.find_first_not_of("\r\n", bytes.find(said, begin) + 1),
                 bytes.size());
  }
  std::optional<Header> best;
  size_t best_known = 0;
  for (const char delimiter : delimiters) {
    Header header;
    header.delimiter = delimiter;
    header.said = !said.empty();
    const CsvRow row =
        cut_csv_row(bytes.substr(begin), delimiter, at_end, &header.names);
    if (!row.whole || row.fault != CsvFault::none || row.size == 0) continue;
    header.size = begin + row.size;
    for (std::string& name : header.names) name = column_name(name);
    const size_t known = count_known(header.names, mapping);
    const bool better =
        !best || known > best_known ||
        (known == best_known && header.names.size() > best->names.size());
    if (!better) continue;
    best_known = known;
    best = std::move(header);
  }
  return best;
}

Result<std::unique_ptr<ChunkReader>> open_source(const std::string& path,
                                                 const IntakeOptions& options) {
  auto file = FileSource::open(path, options.is_stopped);
  if (!file) return file.error();
  ReaderParts parts;
  parts.name = path;
  parts.prompt = options.prompt;
  parts.file = file->get();
  auto source = unpacked(peeked(*std::move(file)), path);
  if (options.format == Format::automatic) {
    const std::string_view other = other_file(*source);
    if (!other.empty()) return input_error(name_of_source(path), other);
  }
  const DecodeChoice choice{options.encoding,
                            may_detect(*source, path, options.format)};
  const auto decoding = std::make_shared<Decoding>();
  parts.decoding = decoding;
  if (is_mail(*source, path, options.format)) {
    Status right = check_kind(path, Format::mail, options);
    if (!right) return right.error();
    parts.format = Format::mail;
    source->drop(mark_before_mail(*source));
    skip_lines_before_mailbox(*source, parts.start);
    parts.whole_file = !is_mailbox(source->peek(kMailSeparatorBytesMax));
    parts.one_mail = holds_one_mail(path);
    parts.source = std::move(source);
    return make_chunk_reader(std::move(parts));
  }
  source = decode(std::move(source), choice, decoding);
  drop_more_marks(*source);
  if (source->peek(1).empty() && source->failed()) return *source->failed();
  const auto format = settle_format(*source, path, options);
  if (!format) return format.error();
  Status right = check_kind(path, *format, options);
  if (!right) return right.error();
  parts.format = *format;
  if (parts.format == Format::mail) {
    skip_lines_before_mailbox(*source, parts.start);
  }
  parts.whole_file =
      (parts.format == Format::text && options.text_whole_file) ||
      (parts.format == Format::mail &&
       !is_mailbox(source->peek(kMailSeparatorBytesMax)));
  if (parts.format == Format::csv || parts.format == Format::tsv) {
    const auto done = take_header(parts, *source, options);
    if (!done) return done.error();
  }
  parts.source = std::move(source);
  return make_chunk_reader(std::move(parts));
}

}  // namespace simwarden
