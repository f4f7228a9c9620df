// SPDX-License-Identifier: Apache-2.0
#include "mail/header_text.h"

#include <algorithm>
#include <optional>

#include "mail/charset_looks.h"
#include "mail/mime.h"
#include "mail/words.h"
#include "text/charset.h"

namespace simwarden {
namespace {

// What a reader is shown as it stands there.
bool is_printable(std::string_view text) {
  bool other = false;  // no early end, as in is_ascii()
  for (const char c : text) other |= c < ' ' || c > '~';
  return !other && text.find("=?") == text.npos;
}

bool is_plain_ascii(std::string_view text) {
  return is_ascii(text) && text.find('\x1b') == text.npos;
}

// "=?charset?encoding?text?=", with the language of RFC 2231 cut off.
struct EncodedWord {
  std::string_view charset;
  char encoding = 0;  // 'b' or 'q'
  std::string_view text;
  size_t size = 0;
};

std::optional<EncodedWord> encoded_word(std::string_view text) {
  // RFC 2047 allows 75; real ones are longer.
  constexpr size_t kWordMax = 4096;
  text = text.substr(0, kWordMax);
  if (!text.starts_with("=?")) return std::nullopt;
  const size_t charset_end = text.find('?', 2);
  if (charset_end == text.npos || charset_end + 2 >= text.size() ||
      text[charset_end + 2] != '?') {
    return std::nullopt;
  }
  const char encoding = small_letter(text[charset_end + 1]);
  if (encoding != 'b' && encoding != 'q') return std::nullopt;
  const size_t begin = charset_end + 3;
  const size_t end = text.find("?=", begin);
  if (end == text.npos) return std::nullopt;
  std::string_view charset = text.substr(2, charset_end - 2);
  charset = charset.substr(0, charset.find('*'));
  return EncodedWord{charset, encoding, text.substr(begin, end - begin),
                     end + 2};
}

std::string undone(const EncodedWord& word) {
  return word.encoding == 'b' ? decode_base64(word.text) : decode_q(word.text);
}

// What the bytes say in a charset that hides it from whoever reads them as they
// look; "" for another charset.
std::string hidden_text(std::string_view bytes, std::string_view declared) {
  if (!find_hiding_charset(declared)) return "";
  std::string text = to_utf8_as(bytes, declared).view.text;
  return text == bytes ? "" : text;
}

class HeaderText {
 public:
  explicit HeaderText(std::string_view charset) : charset_(charset) {}

  std::string read(std::string_view value) {
    while (!value.empty()) {
      const size_t next = std::min(value.find("=?"), value.size());
      const std::string_view before = value.substr(0, next);
      const auto word = encoded_word(value.substr(next));
      if (!word) {
        const size_t taken = std::min(next + 2, value.size());
        plain(value.substr(0, taken));
        value.remove_prefix(taken);
        continue;
      }
      // Blanks between two encoded words are not shown.
      if (!after_word_ || !without_blanks(before).empty()) plain(before);
      encoded(*word);
      value.remove_prefix(next + word->size);
    }
    flush();
    return std::move(out_);
  }

 private:
  void plain(std::string_view text) {
    if (text.empty()) return;
    flush();
    after_word_ = false;
    if (is_plain_ascii(text)) {
      append(text);
    } else {
      append(to_utf8(text, charset_).view.text);
    }
  }

  // Some senders cut base64 anywhere: it is joined before it is undone.
  void encoded(const EncodedWord& word) {
    if (!same_word(word.charset, charset_of_bytes_)) flush();
    charset_of_bytes_ = small_letters(word.charset);
    if (word.encoding != pending_.encoding || word_.ends_with('=')) undo();
    pending_.encoding = word.encoding;
    word_ += word.text;
    after_word_ = true;
  }

  void undo() {
    if (word_.empty()) return;
    pending_.text = word_;
    bytes_ += undone(pending_);
    word_.clear();
  }

  void flush() {
    undo();
    if (bytes_.empty()) return;
    append(word_text(to_utf8(bytes_, charset_of_bytes_)));
    const std::string hidden = hidden_text(bytes_, charset_of_bytes_);
    if (!hidden.empty()) append(" " + hidden);
    bytes_.clear();
    charset_of_bytes_.clear();
  }

  // A word is not glued together: some UTF-8 in it does not make it UTF-8.
  std::string word_text(const Utf8Text& text) const {
    const bool believed = !text.doubted.empty() && text.charset == "utf-8";
    return believed ? to_utf8_as(bytes_, text.doubted).view.text
                    : text.view.text;
  }

  // A line break inside an encoded word would forge a line of its own.
  void append(std::string_view text) {
    for (const char c : text) {
      if (c == '\0') continue;
      out_ += is_blank_char(c) ? ' ' : c;
    }
  }

  std::string_view charset_;
  std::string out_;
  EncodedWord pending_;  // how the words that wait are encoded
  std::string word_;     // their text
  std::string bytes_;    // what was undone and waits for more
  std::string charset_of_bytes_;
  bool after_word_ = false;
};

void tell_charset(const Utf8Text& text, std::string_view declared,
                  MailFaults& faults) {
  const auto known = find_charset(declared);
  if (!declared.empty() && !known) faults.add(MailFault::unknown_charset);
  if (known && text.charset != known->name) {
    faults.add(MailFault::wrong_charset);
  }
  if (text.replaced > 0) faults.add(MailFault::broken_charset);
}

// To the kanji of ISO-2022-JP (RFC 1468), in which Japanese programs read what
// has these and declares nothing.
bool switches_to_kanji(std::string_view bytes) {
  return bytes.find("\x1b$B") != bytes.npos ||
         bytes.find("\x1b$@") != bytes.npos;
}

std::string with_plain_line_ends(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const size_t end = std::min(text.find('\r'), text.size());
    out.append(text.substr(0, end));
    text.remove_prefix(end);
    if (text.empty()) break;
    const bool alone = !text.starts_with("\r\n");
    if (alone) out += '\n';
    text.remove_prefix(1);
  }
  if (out.find('\0') != out.npos) std::erase(out, '\0');
  return out;
}

PartText as_it_looks(std::string_view bytes, std::string_view declared,
                     std::string_view fallback, MailFaults& faults) {
  const bool is_usual = declared.empty() || same_word(declared, "utf-8") ||
                        same_word(declared, "us-ascii");
  if (is_usual && is_plain_ascii(bytes)) {
    return {with_plain_line_ends(bytes), "", ""};
  }
  const auto known = find_charset(declared);
  const bool unit_is_byte =
      !known || (!known->is_wide() && !known->name.starts_with("iso-2022"));
  if (is_plain_ascii(bytes) && unit_is_byte) {
    if (!declared.empty() && !known) faults.add(MailFault::unknown_charset);
    return {with_plain_line_ends(bytes), "", ""};
  }
  if (count_utf8(bytes).bad == 0 && unit_is_byte) {
    // UTF-8, whatever was declared (to_utf8 says the same, with a way back).
    if (!declared.empty() && !known) faults.add(MailFault::unknown_charset);
    const bool other =
        known && !known->is_utf8() && !same_word(declared, "us-ascii");
    if (other) faults.add(MailFault::wrong_charset);
    const CharsetMark* mark = find_mark(bytes);
    if (mark != nullptr) bytes.remove_prefix(mark->bytes.size());
    PartText shown{with_plain_line_ends(bytes), "utf-8", ""};
    if (switches_to_kanji(bytes)) {
      const Utf8Text kanji = to_utf8_as(bytes, "iso-2022-jp");
      shown.believed = with_plain_line_ends(kanji.view.text);
    }
    return shown;
  }
  // Declaring ASCII is what programs do that do not know.
  const bool says_nothing = declared.empty() || same_word(declared, "us-ascii");
  const CharsetLook look =
      looks_like(bytes, says_nothing ? fallback : declared);
  const Utf8Text text = to_utf8(bytes, look.charset);
  // What order it is in nobody said.
  const bool is_wide = known && known->is_wide();
  tell_charset(text,
               says_nothing ? ""
               : is_wide    ? look.charset
                            : declared,
               faults);
  PartText shown{with_plain_line_ends(text.view.text), text.charset, ""};
  if (!look.other.empty()) {
    const Utf8Text swapped = to_utf8_as(bytes, look.other);
    shown.believed = with_plain_line_ends(swapped.view.text);
  }
  if (!text.doubted.empty()) {
    const Utf8Text believed = to_utf8_as(bytes, text.doubted);
    shown.believed = with_plain_line_ends(believed.view.text);
  }
  return shown;
}

}  // namespace

std::string header_text(std::string_view value, std::string_view charset) {
  if (is_printable(value)) return std::string(value);
  return HeaderText(charset).read(value);
}

PartText part_text(std::string_view bytes, std::string_view declared,
                   std::string_view fallback, MailFaults& faults) {
  PartText shown = as_it_looks(bytes, declared, fallback, faults);
  const std::string hidden = hidden_text(bytes, declared);
  if (!hidden.empty()) shown.believed = with_plain_line_ends(hidden);
  return shown;
}

}  // namespace simwarden
