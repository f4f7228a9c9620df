// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "diag/result.h"

// Bytes from somewhere, one piece after the other: a file, and what unpacks
// or decodes another source. A source that fails has handed out everything
// before the fault.
namespace simwarden {

class ByteSource {
 public:
  virtual ~ByteSource() = default;
  // Fills the front of `into` and returns how much; 0 is the end.
  virtual Result<size_t> read(std::span<char> into) = 0;
  // Whether after `patience` read() would still wait for bytes, as at a pipe
  // whose writer rests. False where that cannot be known.
  virtual bool rests(std::chrono::milliseconds /*patience*/) const {
    return false;
  }
};

// A file or, for "-", standard input.
class FileSource final : public ByteSource {
 public:
  // `is_stopped` as in IntakeOptions.
  static Result<std::unique_ptr<FileSource>> open(
      const std::string& path, bool (*is_stopped)() = nullptr);
  // Takes over an open descriptor; `total` is its size, 0 when unknown.
  FileSource(std::string name, int descriptor, uint64_t total,
             bool (*is_stopped)() = nullptr);
  ~FileSource() override;
  FileSource(const FileSource&) = delete;
  FileSource& operator=(const FileSource&) = delete;

  Result<size_t> read(std::span<char> into) override;
  bool rests(std::chrono::milliseconds patience) const override;
  uint64_t bytes_read() const { return bytes_read_; }
  uint64_t bytes_total() const { return bytes_total_; }  // 0: unknown

 private:
  bool wait_for_bytes() const;

  std::string name_;
  int descriptor_;
  bool (*is_stopped_)();
  uint64_t bytes_read_ = 0;
  uint64_t bytes_total_;
};

// Gives back what was looked at before reading on. A failure that the looking
// met is told when reading gets there, not before.
class PeekedSource final : public ByteSource {
 public:
  explicit PeekedSource(std::unique_ptr<ByteSource> inner)
      : inner_(std::move(inner)) {}
  // The first bytes, at most `bytes_max`, without taking them.
  std::string_view peek(size_t bytes_max);
  const std::optional<Error>& failed() const { return failed_; }
  // Takes bytes that were peeked at. REQUIRES: there are so many.
  void drop(size_t bytes) { at_ += bytes; }

  Result<size_t> read(std::span<char> into) override;
  bool rests(std::chrono::milliseconds patience) const override {
    return at_ >= front_.size() && !failed_ && inner_->rests(patience);
  }

 private:
  std::unique_ptr<ByteSource> inner_;
  std::string front_;
  size_t at_ = 0;
  bool at_end_ = false;
  std::optional<Error> failed_;
};

// Unpack streams of any length in little memory. `name` is for errors.
std::unique_ptr<ByteSource> unpack_gzip(std::unique_ptr<ByteSource> inner,
                                        std::string name);
std::unique_ptr<ByteSource> unpack_zstd(std::unique_ptr<ByteSource> inner,
                                        std::string name);

}  // namespace simwarden
