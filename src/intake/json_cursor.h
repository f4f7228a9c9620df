// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>

#include "intake/json_fault.h"

// A JSON text, token by token, strictly as RFC 8259 has it: a value is read
// where it stands, and what nobody reads is checked all the same.
namespace simwarden {

struct JsonNumber {
  enum class Type : uint8_t {
    integer,  // a whole number of 64 bits
    number,   // one with a fraction or an exponent
    big,      // beyond what an int64_t or a double can hold
  };
  Type type = Type::integer;
  bool whole = true;  // written without fraction and exponent
  int64_t integer = 0;
  double number = 0;
  std::string_view text;  // as it was written
};

// Reads a number of at most eight characters, digits and perhaps a point, as
// most numbers of most rows are. False says nothing. REQUIRES: eight bytes may
// be read.
bool read_short_json_number(std::string_view text, JsonNumber& out);

// simdjson finds the tokens, with the best instructions of the processor it
// runs on, and sees to it that all of the text is UTF-8, that quotes are
// closed and that no control character stands between them. The grammar is
// the cursor's: what it steps over was right. A false of any function means
// that the text is broken; the cursor is of no more use then.
//
// open (peek | enter | key | string | number | …)*
class JsonCursor {
 public:
  JsonCursor();
  ~JsonCursor();
  JsonCursor(const JsonCursor&) = delete;
  JsonCursor& operator=(const JsonCursor&) = delete;

  // Stands before the text's first token, a bracket. `padded`: so many bytes
  // after `json` may be read, whatever they are; it must live as long as it is
  // read.
  bool open(std::string_view json, size_t padded);
  // The longest text that there is memory for.
  size_t capacity() const;

  // The first byte of the next token. Behind the last token that of the first:
  // a bracket that opens, which is an error wherever it could be met there.
  char peek() const { return text_[*next_]; }
  bool at_end() const { return next_ == end_; }
  // Where the next token begins in the text.
  uint32_t place() const { return *next_; }
  // From there up to the next token, or to the end.
  std::string_view from(uint32_t place) const {
    return {text_ + place, (at_end() ? size_ : *next_) - place};
  }

  bool enter() {  // REQUIRES: peek() is { or [
    if (next_ == end_) return false;
    ++next_;
    return ++depth_ <= kJsonDepthMax;
  }
  bool leave(char bracket) {
    --depth_;
    return take(bracket);
  }
  bool take(char c) {
    if (peek() != c) return false;
    ++next_;
    return true;
  }
  // A key with its colon, valid until the next open().
  bool key(std::string_view& out) {
    if (peek() != '"' || text_[next_[1]] != ':') return false;
    out = inside(next_[0], next_[1]);
    next_ += 2;
    return !is_escaped(out) || unescape(out, out);
  }
  // What stands between the quotes, as it is written there. Broken escapes
  // are unescape()'s to find. REQUIRES: peek() is a quote.
  std::string_view raw_string() {
    const std::string_view raw = inside(next_[0], next_[1]);
    ++next_;
    return raw;
  }
  bool is_escaped(std::string_view raw) const {
    return escapes_ && raw.find('\\') != std::string_view::npos;
  }
  // Valid until the next open(). REQUIRES: `raw` came from raw_string().
  bool unescape(std::string_view raw, std::string_view& out);
  bool word(std::string_view known);  // true, false, null
  bool number(JsonNumber& out);
  // Over one value, whatever it is.
  bool skip();

  // What was unescaped since the mark is forgotten when going back to it.
  struct Mark {
    const uint32_t* next;
    size_t depth;
    size_t unescaped;
  };
  Mark mark() const { return {next_, depth_, unescaped_}; }
  void back_to(Mark mark) {
    next_ = mark.next;
    depth_ = mark.depth;
    unescaped_ = mark.unescaped;
  }
  // For who goes over the tokens on his own: where they begin in text(), from
  // the next one on, and how many brackets are open there. move_to() takes up
  // from there.
  const uint32_t* tokens() const { return next_; }
  size_t depth() const { return depth_; }
  void move_to(const uint32_t* next, size_t depth) {
    next_ = next;
    depth_ = depth;
  }
  const char* text() const { return text_; }

  // Over one value without a check. REQUIRES: somebody checks it before or
  // after. Stops at the end.
  void hurry();

 private:
  struct Tokens;
  std::string_view inside(uint32_t quote, uint32_t next_token) const;
  bool ends(const char* at);
  bool skip_scalar();
  bool skip_key();

  const char* text_ = nullptr;
  size_t size_ = 0;
  const uint32_t* next_ = nullptr;
  const uint32_t* end_ = nullptr;
  size_t depth_ = 0;
  bool escapes_ = false;  // there is a backslash somewhere
  std::unique_ptr<Tokens> tokens_;
  std::string copy_;  // of a text without padding
  // What unescape() made, one behind the other: no longer than the text, for
  // nothing is longer than its escape.
  std::string plain_;
  size_t unescaped_ = 0;  // bytes of it
};

inline std::string_view JsonCursor::inside(uint32_t quote,
                                           uint32_t next_token) const {
  const char* begin = text_ + quote + 1;
  const char* end = text_ + next_token - 1;
  // Between a string and the next token there is nothing but blanks.
  while (end > begin && *end != '"') --end;
  return {begin, static_cast<size_t>(end - begin)};
}

}  // namespace simwarden
