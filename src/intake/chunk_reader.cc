// SPDX-License-Identifier: Apache-2.0
#include "intake/chunk_reader.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include <fmt/format.h>

#include "intake/csv.h"
#include "intake/mailbox.h"
#include "intake/portions.h"

namespace simwarden {

size_t RowCutter::line(std::string_view rest) const {
  const size_t found = is_table() ? find_csv_line_break(rest)
                                  : std::min(rest.find('\n'), rest.size());
  if (found == rest.size()) return 0;
  const bool pair =
      rest[found] == '\r' && found + 1 < rest.size() && rest[found + 1] == '\n';
  return found + (pair ? 2 : 1);
}

size_t RowCutter::cut(std::string_view rest, bool at_end) {
  if (whole_file_) return at_end ? rest.size() : 0;
  if (format_ == Format::mail) return cut_mail(rest, at_end);
  if (is_table()) {
    const CsvRow row = find_csv_row(rest, delimiter_, at_end, &ahead_);
    return row.whole ? row.size : 0;
  }
  const size_t size = line(rest);
  return size == 0 && at_end ? rest.size() : size;
}

uint64_t RowCutter::count_lines(std::string_view rows) const {
  if (is_table()) return count_csv_lines(rows);
  uint64_t lines = 0;
  for (size_t at = rows.find('\n'); at != rows.npos;
       at = rows.find('\n', at + 1)) {
    ++lines;
  }
  return lines;
}

RowCutter::Tail RowCutter::tail(std::string_view rest, bool at_end) const {
  if (!whole_file_ && format_ == Format::mail) {
    const size_t size = cut_mail(rest, at_end);
    if (size > 0) return {size, true};
    // The beginning of the next mail may stand at the end.
    const size_t kept = std::min(kMailSeparatorBytesMax, rest.size() - 1);
    return {rest.size() - kept, false};
  }
  const size_t size = whole_file_ ? 0 : line(rest);
  if (size == 0) return {rest.size(), at_end};
  // Whether a return at the end has its line feed is not known yet.
  if (size > 1 && size == rest.size() && rest.back() == '\r' && !at_end) {
    return {size - 1, false};
  }
  return {size, true};
}

size_t RowCutter::bytes_max() const {
  return format_ == Format::mail ? kMailBytesMax : kRowBytesMax;
}

std::string_view RowCutter::code_of_too_long() const {
  if (format_ == Format::mail) return "E102";
  if (is_table()) return "V105";
  return format_ == Format::text ? "T102" : "J106";
}

std::string_view RowCutter::code_of_broken_off() const {
  if (format_ == Format::mail) return "E104";
  if (is_table()) return "V111";
  return format_ == Format::text ? "T103" : "J111";
}

namespace {

using namespace std::chrono_literals;

// So much is read at once, as long as a chunk lacks it: enough that a row which
// is cut short by the end of the buffer is not scanned over and over.
constexpr size_t kReadBytes = size_t{256} << 10;
// And then, for the end of its last row: what is read of the next one is
// copied.
constexpr size_t kRestBytes = size_t{16} << 10;
// So long whole rows wait for others where the source rests. In it a writer of
// 10 MB/s fills a chunk; nobody who looks on minds it.
constexpr std::chrono::milliseconds kPatience{100};

class RowChunkReader final : public ChunkReader {
 public:
  explicit RowChunkReader(ReaderParts parts)
      : parts_(std::move(parts)),
        cutter_(parts_.format, parts_.delimiter, parts_.whole_file),
        start_(parts_.start) {}

  Result<bool> next(Chunk& chunk) override;
  Format format() const override { return parts_.format; }
  const std::string& name() const override { return parts_.name; }
  const Decoding& decoding() const override { return *parts_.decoding; }
  uint64_t bytes_read() const override {
    return parts_.file == nullptr ? 0 : parts_.file->bytes_read();
  }
  uint64_t bytes_total() const override {
    return parts_.file == nullptr ? 0 : parts_.file->bytes_total();
  }
  bool ends_row(std::string_view rows, size_t at) const override;

 private:
  Status fill();
  bool source_rests();
  void leave_whole_rows();
  void tell_broken_off(Chunk& chunk);
  bool row_is_too_long() const;
  void skip_long_row(Chunk& chunk);
  void add_row(size_t size);
  void hand_out(Chunk& chunk);
  void hand_out_portions(Chunk& chunk);

  ReaderParts parts_;
  RowCutter cutter_;
  Position start_;                // of buffer_
  std::string buffer_;            // read and not handed out
  size_t whole_ = 0;              // of it, so much is whole rows
  uint64_t rows_ = 0;             // and so many
  std::vector<size_t> portions_;  // of them: where one may begin
  bool at_end_ = false;
  bool open_ = false;   // a row was met whose end has not come
  bool rests_ = false;  // the source, since it was last read from
  // When the first bytes of the chunk came; nullopt: they did not.
  std::optional<std::chrono::steady_clock::time_point> since_;
  bool told_ = false;            // that the mail is not there
  std::optional<Error> failed_;  // told once what came before was handed out
  bool broken_off_ = false;      // within a row, which is not told yet
};

Result<bool> RowChunkReader::next(Chunk& chunk) {
  chunk.bytes.clear();
  chunk.too_long.clear();
  chunk.portions.clear();
  chunk.header = parts_.header;
  chunk.delimiter = parts_.delimiter;
  chunk.charset = parts_.decoding->charset;
  while (true) {
    const std::string_view rest = std::string_view(buffer_).substr(whole_);
    size_t size = rest.empty() ? 0 : cutter_.cut(rest, false);
    if (size == 0 && at_end_ && !rest.empty()) {
      // Perhaps its writer is not done: a chunk of its own is judged anew when
      // it has become another row, and nothing before it is.
      if (!std::exchange(open_, true) && whole_ > 0) break;
      size = cutter_.cut(rest, true);
    }
    if (size > cutter_.bytes_max() || (size == 0 && row_is_too_long())) {
      hand_out(chunk);
      skip_long_row(chunk);
      return true;
    }
    if (size > 0) add_row(size);
    if (whole_ >= kChunkBytes || rows_ == kChunkRows) break;
    if (size > 0) continue;
    if (at_end_ || (rests_ && whole_ > 0)) break;
    const auto done = fill();
    if (!done) failed_ = done.error();
  }
  hand_out(chunk);
  if (broken_off_ && buffer_.empty()) tell_broken_off(chunk);
  if (!chunk.bytes.empty() || !chunk.too_long.empty()) return true;
  if (failed_) return *failed_;
  if (!parts_.one_mail || start_.byte > 0 || told_) return false;
  told_ = true;
  chunk.too_long.push_back(
      {"E103", "the file is empty: there is no mail in it", start_});
  return true;
}

bool RowChunkReader::ends_row(std::string_view rows, size_t at) const {
  RowCutter cutter(parts_.format, parts_.delimiter, parts_.whole_file);
  size_t end = 0;
  while (end < at) {
    const std::string_view rest = rows.substr(end);
    const size_t size = cutter.cut(rest, false);
    end += size > 0 ? size : cutter.cut(rest, true);
  }
  const std::string_view beyond = rows.substr(at, end - at);
  return beyond.find_first_not_of("\r\n") == beyond.npos;
}

// More bytes into the buffer. After a failure the source counts as ended, so
// that the whole rows before it go out; a last row without its line break was
// perhaps cut short, and is told as that.
Status RowChunkReader::fill() {
  const size_t before = buffer_.size();
  // At once what a chunk takes: growing would copy it three times.
  buffer_.reserve(kChunkBytes + kRestBytes);
  cutter_.forget();
  const size_t wanted = before < kChunkBytes
                            ? std::min(kReadBytes, kChunkBytes - before)
                            : kRestBytes;
  // A long row is looked through again at each step: so they grow with it.
  buffer_.resize(before + std::max(wanted, (before - whole_) / 2));
  size_t filled = before;
  while (filled < buffer_.size()) {
    const auto got =
        parts_.source->read(std::span<char>(buffer_).subspan(filled));
    if (!got) {
      buffer_.resize(filled);
      leave_whole_rows();
      // Nobody misses the rest of a row that was being typed.
      if (got.error().trouble == Trouble::interrupted) broken_off_ = false;
      at_end_ = true;
      return got.error();
    }
    filled += *got;
    at_end_ = *got == 0;
    rests_ = !at_end_ && filled < buffer_.size() && source_rests();
    if (at_end_ || rests_) break;
  }
  buffer_.resize(filled);
  return Done{};
}

void RowChunkReader::leave_whole_rows() {
  size_t at = whole_;
  while (const size_t size =
             cutter_.cut(std::string_view(buffer_).substr(at), false)) {
    at += size;
  }
  cutter_.forget();
  broken_off_ = buffer_.find_first_not_of("\r\n", at) != buffer_.npos;
  buffer_.resize(at);
}

void RowChunkReader::tell_broken_off(Chunk& chunk) {
  broken_off_ = false;
  chunk.too_long.push_back(
      {std::string(cutter_.code_of_broken_off()),
       "the source broke off within the row, which was not judged", start_});
}

bool RowChunkReader::source_rests() {
  // What is said of a table's broken row hangs on the rows behind it.
  if (!parts_.prompt || !cutter_.rows_are_lines()) return false;
  const auto now = std::chrono::steady_clock::now();
  since_ = since_.value_or(now);
  const auto waited =
      std::chrono::duration_cast<std::chrono::milliseconds>(now - *since_);
  return parts_.source->rests(std::max(kPatience - waited, 0ms));
}

bool RowChunkReader::row_is_too_long() const {
  return buffer_.size() - whole_ > cutter_.bytes_max();
}

// REQUIRES: the buffer begins with the row. Reads on to the row's end and
// keeps nothing of it.
void RowChunkReader::skip_long_row(Chunk& chunk) {
  BadRow bad{std::string(cutter_.code_of_too_long()), "", start_};
  uint64_t size = 0;
  while (!buffer_.empty() || !at_end_) {
    if (!buffer_.empty()) {
      const RowCutter::Tail tail = cutter_.tail(buffer_, at_end_);
      size += tail.size;
      start_.line +=
          cutter_.count_lines(std::string_view(buffer_).substr(0, tail.size));
      start_.byte += tail.size;
      buffer_.erase(0, tail.size);
      if (tail.ends) break;
    }
    whole_ = 0;
    const auto done = fill();
    if (done) continue;
    failed_ = done.error();
    // What is left has no end of its own.
    if (buffer_.empty()) broken_off_ = false;
  }
  bad.message = fmt::format("the row is {} bytes long; a row has at most {}",
                            size, cutter_.bytes_max());
  chunk.too_long.push_back(std::move(bad));
}

void RowChunkReader::add_row(size_t size) {
  if (rows_ > 0 && rows_ % kPortionRows == 0) portions_.push_back(whole_);
  whole_ += size;
  ++rows_;
}

// REQUIRES: start_ is where the chunk begins.
void RowChunkReader::hand_out_portions(Chunk& chunk) {
  const std::string_view bytes = chunk.bytes;
  Position at = start_;
  for (const size_t begin : portions_) {
    const size_t before = size_t(at.byte - start_.byte);
    at.line += cutter_.rows_are_lines()
                   ? kPortionRows
                   : cutter_.count_lines(bytes.substr(before, begin - before));
    at.byte = start_.byte + begin;
    chunk.portions.push_back(at);
  }
  portions_.clear();
}

void RowChunkReader::hand_out(Chunk& chunk) {
  chunk.first_byte = start_.byte;
  chunk.first_line = start_.line;
  if (whole_ < kChunkBytes / 2) {
    // Many small ones may wait, and the buffer has room for a large one.
    chunk.bytes.assign(buffer_, 0, whole_);
    buffer_.erase(0, whole_);
  } else {
    std::string rest = buffer_.substr(whole_);
    buffer_.resize(whole_);
    chunk.bytes = std::exchange(buffer_, std::move(rest));
  }
  hand_out_portions(chunk);
  whole_ = 0;
  rests_ = false;
  since_.reset();
  start_.byte += chunk.bytes.size();
  start_.line +=
      cutter_.rows_are_lines() ? rows_ : cutter_.count_lines(chunk.bytes);
  rows_ = 0;
}

}  // namespace

std::unique_ptr<ChunkReader> make_chunk_reader(ReaderParts parts) {
  return std::make_unique<RowChunkReader>(std::move(parts));
}

}  // namespace simwarden
