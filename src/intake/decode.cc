// SPDX-License-Identifier: Apache-2.0
#include "intake/decode.h"

#include <algorithm>
#include <cstring>
#include <utility>
#include <vector>

namespace simwarden {
namespace {

using How = Decoding::How;

class DecodedSource : public ByteSource {
 public:
  DecodedSource(std::unique_ptr<ByteSource> inner, const Charset& charset,
                std::shared_ptr<Decoding> decoding)
      : decoding_(std::move(decoding)),
        stream_(charset),
        inner_(std::move(inner)),
        raw_(kPieceBytes) {}

  Result<size_t> read(std::span<char> into) override {
    while (at_ == text_.size()) {
      if (at_end_) return size_t{0};
      const auto done = fill();
      if (!done) return done.error();
    }
    const size_t size = std::min(into.size(), text_.size() - at_);
    std::memcpy(into.data(), text_.data() + at_, size);
    at_ += size;
    return size;
  }

  bool rests(std::chrono::milliseconds patience) const override {
    return at_ == text_.size() && !at_end_ && inner_->rests(patience);
  }

 protected:
  // The next bytes of the source -> text_.
  virtual void take(std::string_view bytes, bool at_end) {
    stream_.decode(bytes, at_end, text_);
  }

  std::shared_ptr<Decoding> decoding_;
  CharsetStream stream_;
  std::string text_;  // decoded and not handed out before `at_`

 private:
  static constexpr size_t kPieceBytes = size_t{64} << 10;

  Status fill() {
    text_.clear();
    at_ = 0;
    const auto got = inner_->read(raw_);
    if (!got) return got.error();
    at_end_ = *got == 0;
    take(std::string_view(raw_.data(), *got), at_end_);
    decoding_->broken = stream_.broken();
    return Done{};
  }

  std::unique_ptr<ByteSource> inner_;
  std::vector<char> raw_;
  size_t at_ = 0;
  bool at_end_ = false;
};

// Decodes the lines that are not UTF-8 and leaves the others. In every charset
// that keeps ASCII a line feed is one.
class MixedSource final : public DecodedSource {
 public:
  using DecodedSource::DecodedSource;

 private:
  // So much of a line says what all of it is.
  static constexpr size_t kLineBytesMax = size_t{64} << 10;

  void take(std::string_view bytes, bool at_end) override {
    while (!bytes.empty()) {
      const size_t found = bytes.find('\n');
      const bool ends = found != bytes.npos;
      const std::string_view piece = bytes.substr(0, ends ? found + 1 : found);
      line_ += piece;
      bytes.remove_prefix(piece.size());
      if (ends || line_.size() >= kLineBytesMax) put(ends);
    }
    if (at_end) put(true);
  }

  void put(bool ends) {
    if (!begun_) {
      const Utf8Count count = count_utf8(line_);
      is_utf8_ = count.is_utf8();
      if (is_utf8_ && count.good > 0) ++decoding_->utf8_lines;
    }
    if (is_utf8_) {
      text_ += line_;
    } else {
      stream_.decode(line_, ends, text_);
    }
    line_.clear();
    begun_ = !ends;
  }

  std::string line_;    // what is not decoded of it
  bool begun_ = false;  // some of the line is
  bool is_utf8_ = true;
};

// Without a mark, an ASCII character and a NUL at the very front tell UTF-16:
// that is how exports begin, with a bracket, a quote or a column's name.
std::string_view find_utf16(std::string_view bytes) {
  if (bytes.size() < 4) return {};
  const bool even = bytes[0] != 0 && bytes[2] != 0;
  const bool odd = bytes[1] != 0 && bytes[3] != 0;
  if (even && bytes[1] == 0 && bytes[3] == 0) return "utf-16le";
  if (odd && bytes[0] == 0 && bytes[2] == 0) return "utf-16be";
  return {};
}

// Fills `decoding` but for its counts.
Charset settle(PeekedSource& source, const DecodeChoice& choice,
               Decoding& decoding) {
  const auto settled = [&](const Charset& charset, How how) {
    decoding.charset = charset.name;
    decoding.how = how;
    return charset;
  };
  if (const CharsetMark* mark = find_mark(source.peek(4))) {
    source.drop(mark->bytes.size());
    return settled(*find_charset(mark->charset), How::marked);
  }
  if (choice.declared && choice.declared->is_utf8()) {
    return settled(*choice.declared, How::declared);
  }
  if (choice.declared) {
    const Utf8Count count = count_utf8(source.peek(kDetectBytesMax));
    decoding.looks_utf8 = count.good > 0 && count.bad == 0;
    return settled(*choice.declared, How::declared);
  }
  const std::string_view utf16 = find_utf16(source.peek(4));
  if (!utf16.empty()) return settled(*find_charset(utf16), How::detected);
  if (choice.may_detect) {
    const std::string_view bytes = source.peek(kDetectBytesMax);
    const auto guess =
        count_utf8(bytes).is_utf8() ? std::nullopt : detect_charset(bytes);
    if (guess) {
      decoding.confidence = guess->confidence;
      return settled(guess->charset, How::detected);
    }
  }
  return settled(*find_charset("utf-8"), How::as_is);
}

}  // namespace

std::unique_ptr<PeekedSource> decode(std::unique_ptr<PeekedSource> source,
                                     const DecodeChoice& choice,
                                     std::shared_ptr<Decoding> decoding) {
  const Charset charset = settle(*source, choice, *decoding);
  if (charset.is_utf8()) return source;
  const bool mixed = decoding->how == How::detected && !charset.is_wide();
  std::unique_ptr<ByteSource> decoded;
  if (mixed) {
    decoded = std::make_unique<MixedSource>(std::move(source), charset,
                                            std::move(decoding));
  } else {
    decoded = std::make_unique<DecodedSource>(std::move(source), charset,
                                              std::move(decoding));
  }
  return std::make_unique<PeekedSource>(std::move(decoded));
}

}  // namespace simwarden
