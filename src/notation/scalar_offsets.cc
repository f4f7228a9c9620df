// SPDX-License-Identifier: Apache-2.0
#include "notation/scalar_offsets.h"

#include <algorithm>
#include <charconv>
#include <optional>

// The parser hands out the value and the place where it begins; between them
// lie escapes, folded line breaks and cut indentation. We read the raw text a
// second time, by the same rules, and note where each byte comes from. The
// parser's value is the judge: where the two readings differ (no case is
// known), all bytes are said to stand at the beginning.
namespace simwarden {
namespace {

bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\r';
}

void append_utf8(std::string& out, uint32_t c) {
  const auto put = [&out](uint32_t byte) {
    out.push_back(static_cast<char>(static_cast<unsigned char>(byte)));
  };
  if (c < 0x80) {
    put(c);
  } else if (c < 0x800) {
    put(0xC0 | (c >> 6));
    put(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    put(0xE0 | (c >> 12));
    put(0x80 | ((c >> 6) & 0x3F));
    put(0x80 | (c & 0x3F));
  } else {
    put(0xF0 | (c >> 18));
    put(0x80 | ((c >> 12) & 0x3F));
    put(0x80 | ((c >> 6) & 0x3F));
    put(0x80 | (c & 0x3F));
  }
}

// What a letter after a backslash stands for; nothing for x, u, U.
std::optional<uint32_t> simple_escape(char c) {
  switch (c) {
    case '0': return 0;
    case 'a': return 7;
    case 'b': return 8;
    case 't': return 9;
    case 'n': return 10;
    case 'v': return 11;
    case 'f': return 12;
    case 'r': return 13;
    case 'e': return 27;
    case 'N': return 0x85;
    case '_': return 0xA0;
    case 'L': return 0x2028;
    case 'P': return 0x2029;
    default: return std::nullopt;
  }
}

size_t hex_digits_of(char c) {
  if (c == 'x') return 2;
  if (c == 'u') return 4;
  return c == 'U' ? 8 : 0;
}

// Plain, 'single' and "double" scalars.
class FlowWalk {
 public:
  FlowWalk(std::string_view raw, size_t at, size_t size)
      : raw_(raw), at_(at), size_(size) {
    if (raw[at] == '\'' || raw[at] == '"') quote_ = raw[at_++];
  }

  LocatedScalar walk() {
    located_.text.reserve(size_);
    offsets_.reserve(size_ + 1);
    while (at_ < raw_.size() && !finished()) step();
    offsets_.push_back(at_);
    located_.offsets = YamlOffsets(std::move(offsets_));
    located_.raw_end = quote_ ? std::min(at_ + 1, raw_.size()) : at_;
    return std::move(located_);
  }

 private:
  bool finished() const {
    if (!quote_) return located_.text.size() >= size_;
    if (raw_[at_] != quote_) return false;
    return quote_ == '"' || at_ + 1 >= raw_.size() || raw_[at_ + 1] != '\'';
  }

  void emit(std::string_view bytes, size_t from) {
    located_.text.append(bytes);
    offsets_.insert(offsets_.end(), bytes.size(), from);
  }

  void step() {
    if (fold()) return;
    if (quote_ == '"' && raw_[at_] == '\\') {
      escape();
    } else {
      emit(raw_.substr(at_, 1), at_);
      at_ += quote_ == '\'' && raw_[at_] == '\'' ? 2 : 1;
    }
  }

  // White space around line breaks: one break is a space, more are one less.
  bool fold() {
    size_t end = at_;
    size_t breaks = 0;
    while (end < raw_.size() && (is_blank(raw_[end]) || raw_[end] == '\n')) {
      breaks += raw_[end++] == '\n';
    }
    if (breaks == 0) return false;
    emit(breaks == 1 ? " " : std::string(breaks - 1, '\n'), at_);
    at_ = end;
    return true;
  }

  void escape() {
    const size_t from = at_++;
    if (at_ >= raw_.size()) return;
    const char c = raw_[at_++];
    std::string bytes(1, c);
    if (c == '\n' || (c == '\r' && at_ < raw_.size() && raw_[at_] == '\n')) {
      while (at_ < raw_.size() && (is_blank(raw_[at_]) || raw_[at_] == '\n')) {
        ++at_;
      }
      return;
    }
    if (const auto simple = simple_escape(c)) {
      bytes.clear();
      append_utf8(bytes, *simple);
    } else if (const size_t digits = hex_digits_of(c)) {
      const std::string_view hex = raw_.substr(at_, digits);
      uint32_t point = 0;
      std::from_chars(hex.data(), hex.data() + hex.size(), point, 16);
      bytes.clear();
      append_utf8(bytes, point);
      at_ += hex.size();
    }
    emit(bytes, from);
  }

  std::string_view raw_;
  size_t at_;
  size_t size_;  // bytes of the value: the end of a plain scalar
  char quote_ = 0;
  std::vector<size_t> offsets_;
  LocatedScalar located_;
};

// Literal | and folded > scalars. Every line of content is found in the value
// as it stands; between two of them the value has a space (folded) or at most
// as many line breaks as the file.
class BlockWalk {
 public:
  BlockWalk(std::string_view raw, size_t at, std::string_view value)
      : raw_(raw), value_(value), at_(at) {}

  std::optional<LocatedScalar> walk() {
    located_.text = std::string(value_);
    offsets_.reserve(value_.size() + 1);
    skip_line();
    if (!find_indent()) return std::nullopt;
    while (done_ < value_.size()) {
      if (!take_breaks() || !take_content()) return std::nullopt;
    }
    offsets_.push_back(at_);
    located_.offsets = YamlOffsets(std::move(offsets_));
    located_.raw_end = at_;
    return std::move(located_);
  }

 private:
  size_t line_end(size_t from) const {
    return std::min(raw_.find('\n', from), raw_.size());
  }
  void skip_line() { at_ = std::min(line_end(at_) + 1, raw_.size()); }

  // The first line with content ends as the first content of the value does.
  bool find_indent() {
    const size_t first =
        std::min(value_.find_first_not_of('\n'), value_.size());
    const size_t stop = std::min(value_.find('\n', first), value_.size());
    for (size_t at = at_; at < raw_.size(); at = line_end(at) + 1) {
      const std::string_view line = raw_.substr(at, line_end(at) - at);
      const size_t spaces = std::min(line.find_first_not_of(' '), line.size());
      if (spaces == line.size() || line[spaces] == '\r') continue;
      const size_t wanted =
          std::min(value_.find_first_not_of(' ', first), stop) - first;
      indent_ = spaces >= wanted ? spaces - wanted : spaces;
      return true;
    }
    return first == value_.size();
  }

  // Line breaks and empty lines before the next content, in value and file.
  bool take_breaks() {
    const size_t begin = done_;
    while (done_ < value_.size() && value_[done_] == '\n') {
      offsets_.push_back(at_line_break());
      next_line();
      ++done_;
    }
    if (done_ == value_.size()) return true;
    if (done_ == begin && done_ > 0) {
      // Folded: one break of the file is one space of the value.
      if (value_[done_] != ' ' || !at_break()) return false;
      offsets_.push_back(at_);
      ++done_;
      next_line();
    }
    while (at_ < raw_.size() && is_empty_line()) next_line();
    return true;
  }

  // A break of the value belongs to the line that we are on.
  size_t at_line_break() const {
    const size_t end = line_end(at_);
    return end > at_ && raw_[end - 1] == '\r' ? end - 1 : end;
  }
  bool at_break() const {
    return at_ >= raw_.size() || raw_[at_] == '\n' || raw_[at_] == '\r';
  }
  void next_line() { skip_line(); }
  bool is_empty_line() const {
    const std::string_view line = raw_.substr(at_, line_end(at_) - at_);
    const size_t first = line.find_first_not_of(' ');
    if (first == std::string_view::npos) return line.size() <= indent_;
    return line[first] == '\r' && first <= indent_;
  }

  bool take_content() {
    if (done_ == value_.size()) return true;
    at_ += indent_;
    const size_t begin = done_;
    while (at_ < raw_.size() && !at_break() && done_ < value_.size() &&
           raw_[at_] == value_[done_]) {
      offsets_.push_back(at_++);
      ++done_;
    }
    return done_ > begin && (done_ == value_.size() || at_break());
  }

  std::string_view raw_;
  std::string_view value_;
  size_t at_;
  size_t done_ = 0;  // bytes of the value that are located
  size_t indent_ = 0;
  std::vector<size_t> offsets_;
  LocatedScalar located_;
};

// Most plain and quoted scalars stand in the file as their value: no escape, no
// fold.
std::optional<LocatedScalar> as_it_stands(std::string_view raw, size_t at,
                                          std::string_view value) {
  const bool quoted = raw[at] == '\'' || raw[at] == '"';
  const size_t begin = at + quoted;
  const size_t end = begin + value.size();
  if (raw.substr(begin, value.size()) != value) return std::nullopt;
  if (value.find('\n') != std::string_view::npos) return std::nullopt;
  if (quoted && (end >= raw.size() || raw[end] != raw[at] ||
                 value.find(raw[at]) != std::string_view::npos)) {
    return std::nullopt;
  }
  if (raw[at] == '"' && value.find('\\') != std::string_view::npos) {
    return std::nullopt;
  }
  LocatedScalar located;
  located.text = std::string(value);
  located.offsets = YamlOffsets(begin, value.size() + 1);
  located.raw_end = end + quoted;
  return located;
}

LocatedScalar all_at(size_t at, std::string_view value) {
  LocatedScalar located;
  located.text = std::string(value);
  located.offsets = YamlOffsets(std::vector<size_t>(value.size() + 1, at));
  located.raw_end = at;
  located.exact = false;
  return located;
}

}  // namespace

LocatedScalar locate_scalar(std::string_view raw, size_t at,
                            std::string_view value) {
  if (at >= raw.size()) return all_at(at, value);
  if (raw[at] == '|' || raw[at] == '>') {
    auto located = BlockWalk(raw, at, value).walk();
    if (located && located->offsets.size() == value.size() + 1) {
      return std::move(*located);
    }
    return all_at(at, value);
  }
  if (auto located = as_it_stands(raw, at, value)) return std::move(*located);
  LocatedScalar located = FlowWalk(raw, at, value.size()).walk();
  return located.text == value ? located : all_at(at, value);
}

}  // namespace simwarden
