// SPDX-License-Identifier: Apache-2.0
#include "likeness/phrases.h"

#include <algorithm>
#include <array>

#include <unicode/uchar.h>
#include <unicode/utf8.h>

namespace simwarden {
namespace {

// How many characters in a row make a phrase where a script parts no words.
constexpr size_t kSignsMax = 3;

enum class Class : uint8_t { other, end, word, sign };

struct Character {
  char32_t c = 0;
  size_t end = 0;
};

Character character_at(std::string_view text, size_t i) {
  const auto first = static_cast<unsigned char>(text[i]);
  if (first < 0x80) return {first, i + 1};
  const auto left = std::min(text.size() - i, size_t{U8_MAX_LENGTH});
  const auto* bytes = reinterpret_cast<const uint8_t*>(text.data() + i);
  int32_t size = 0;
  UChar32 c = 0;
  U8_NEXT(bytes, size, static_cast<int32_t>(left), c);
  return {c < 0 ? 0 : static_cast<char32_t>(c), i + static_cast<size_t>(size)};
}

// Scripts that part no words; Hangul does, but by syllables of meaning.
bool is_of_parted_script(char32_t c) {
  struct Block {
    char32_t first;
    char32_t last;
  };
  constexpr std::array<Block, 6> kBlocks = {{{0x0E00, 0x0EFF},
                                             {0x1000, 0x109F},
                                             {0x1780, 0x17FF},
                                             {0x3005, 0x30FF},
                                             {0x3400, 0x9FFF},
                                             {0xAC00, 0xD7AF}}};
  return std::any_of(kBlocks.begin(), kBlocks.end(), [&](const Block& block) {
    return c >= block.first && c <= block.last;
  });
}

Class class_of(char32_t c) {
  if (c < 0x80) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (letter || (c >= '0' && c <= '9')) return Class::word;
    constexpr std::u32string_view kEnds = U".!?;\n";
    return kEnds.find(c) == kEnds.npos ? Class::other : Class::end;
  }
  if (c == 0x3002) return Class::end;  // 。
  const auto mask = U_GET_GC_MASK(static_cast<UChar32>(c));
  if ((mask & (U_GC_L_MASK | U_GC_M_MASK | U_GC_N_MASK)) == 0) {
    return Class::other;
  }
  return is_of_parted_script(c) ? Class::sign : Class::word;
}

// FNV-1a (Fowler, Noll, Vo), 64 bits.
constexpr uint64_t kHashBasis = 0xCBF29CE484222325;
constexpr uint64_t kHashPrime = 0x100000001B3;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// How many zeros stand for a run of so many digits. A price says the same with
// a digit more (338 and 3380 euros); how long a code or a telephone number is
// tells them apart.
size_t zeros_of(size_t digits) {
  if (digits <= 2) return 1;
  return digits <= 4 ? 3 : digits;
}

// Hands out each byte as a phrase has it.
template <typename Put>
void each_byte(std::string_view bytes, Put put) {
  for (size_t i = 0; i < bytes.size();) {
    if (!is_digit(bytes[i])) {
      put(bytes[i++]);
      continue;
    }
    const size_t begin = i;
    while (i < bytes.size() && is_digit(bytes[i])) ++i;
    for (size_t n = zeros_of(i - begin); n > 0; --n) put('0');
  }
}

uint64_t with_byte(uint64_t hash, char byte) {
  return (hash ^ static_cast<unsigned char>(byte)) * kHashPrime;
}

uint64_t with_bytes(uint64_t hash, std::string_view bytes) {
  each_byte(bytes, [&](char byte) { hash = with_byte(hash, byte); });
  return hash;
}

constexpr char kBeginningSign = '*';

bool has_digit(std::string_view text) {
  return std::any_of(text.begin(), text.end(), is_digit);
}

// Where the characters end that begin the word; its end when it has no more.
size_t beginning_end(std::string_view text, size_t begin, size_t end) {
  for (size_t n = 0; n < kBeginningCharacters && begin < end; ++n) {
    begin = character_at(text, begin).end;
  }
  return begin;
}

uint64_t key_of_beginning(std::string_view letters) {
  return with_byte(with_bytes(kHashBasis, letters), kBeginningSign);
}

// The last words or signs in front of the place that is read.
template <typename Take>
class PhraseReader {
 public:
  PhraseReader(std::string_view text, Take take)
      : text_(text), take_(std::move(take)) {}

  void read() {
    for (size_t i = 0; i < text_.size() && taken_ < kPhrasesMax;) {
      const Character character = character_at(text_, i);
      switch (class_of(character.c)) {
        case Class::word: i = word(i); continue;
        case Class::sign: sign(i, character.end); break;
        case Class::end: count_ = 0; break;
        case Class::other: break;
      }
      i = character.end;
    }
  }

 private:
  struct Piece {
    size_t begin = 0;
    size_t end = 0;
  };

  size_t word(size_t begin) {
    size_t end = begin;
    while (end < text_.size()) {
      const Character next = character_at(text_, end);
      if (class_of(next.c) != Class::word) break;
      end = next.end;
    }
    if (signs_) count_ = 0;
    signs_ = false;
    if (end - begin > kPhraseWordBytesMax) {
      count_ = 0;
      return end;
    }
    keep({begin, end});
    add(1);
    add_beginning({begin, end});
    if (count_ > 1) add(2);
    return end;
  }

  void add_beginning(Piece word) {
    const size_t end = beginning_end(text_, word.begin, word.end);
    const std::string_view letters = text_.substr(word.begin, end - word.begin);
    if (end == word.end || has_digit(letters)) return;
    take({key_of_beginning(letters), word.begin, word.end, true});
  }

  void sign(size_t begin, size_t end) {
    if (!signs_) count_ = 0;
    signs_ = true;
    keep({begin, end});
    for (size_t n = 2; n <= count_; ++n) add(n);
  }

  void keep(Piece piece) {
    if (count_ == kSignsMax) {
      std::move(last_.begin() + 1, last_.end(), last_.begin());
      --count_;
    }
    last_[count_++] = piece;
  }

  // The last `n` pieces are a phrase.
  void add(size_t n) {
    uint64_t key = kHashBasis;
    for (size_t k = count_ - n; k < count_; ++k) {
      if (!signs_ && k != count_ - n) key = with_byte(key, ' ');
      key = with_bytes(
          key, text_.substr(last_[k].begin, last_[k].end - last_[k].begin));
    }
    take({key, last_[count_ - n].begin, last_[count_ - 1].end, false});
  }

  void take(const PhraseSpan& phrase) {
    ++taken_;
    take_(phrase);
  }

  std::string_view text_;
  Take take_;
  size_t taken_ = 0;
  std::array<Piece, kSignsMax> last_;
  size_t count_ = 0;    // of last_
  bool signs_ = false;  // last_ are signs, not words
};

template <typename Take>
void each_phrase(std::string_view text, Take take) {
  PhraseReader<Take>(text, std::move(take)).read();
}

}  // namespace

std::vector<PhraseSpan> phrases_of(std::string_view plain) {
  std::vector<PhraseSpan> phrases;
  each_phrase(plain,
              [&](const PhraseSpan& phrase) { phrases.push_back(phrase); });
  return phrases;
}

PhraseSpan in_sentence(std::string_view plain, PhraseSpan phrase) {
  const auto is_sign = [&](size_t i) {
    return class_of(character_at(plain, i).c) == Class::sign;
  };
  if (phrase.begin >= plain.size() || !is_sign(phrase.begin)) return phrase;
  for (size_t n = 0; n < kShownAround && phrase.begin > 0; ++n) {
    size_t i = phrase.begin - 1;
    while (i > 0 && U8_IS_TRAIL(static_cast<uint8_t>(plain[i]))) --i;
    if (!is_sign(i)) break;
    phrase.begin = i;
  }
  for (size_t n = 0; n < kShownAround && phrase.end < plain.size(); ++n) {
    if (!is_sign(phrase.end)) break;
    phrase.end = character_at(plain, phrase.end).end;
  }
  return phrase;
}

std::string spelled(std::string_view plain, const PhraseSpan& phrase) {
  if (phrase.beginning) {
    const size_t end = beginning_end(plain, phrase.begin, phrase.end);
    return std::string(plain.substr(phrase.begin, end - phrase.begin)) +
           kBeginningSign;
  }
  std::string words;
  bool apart = false;
  for (size_t i = phrase.begin; i < phrase.end;) {
    const Character next = character_at(plain, i);
    const Class is = class_of(next.c);
    if (is == Class::word && apart) words += ' ';
    apart = is == Class::other && !words.empty();
    if (is == Class::word || is == Class::sign) {
      words.append(plain, i, next.end - i);
    }
    i = next.end;
  }
  std::string out;
  each_byte(words, [&](char byte) { out += byte; });
  return out;
}

namespace {

// "deliv*": as any word has it that begins so.
uint64_t beginning_key(std::string_view letters) {
  size_t characters = 0;
  for (size_t i = 0; i < letters.size(); ++characters) {
    const Character next = character_at(letters, i);
    if (class_of(next.c) != Class::word) return 0;
    i = next.end;
  }
  if (characters != kBeginningCharacters || has_digit(letters)) return 0;
  return key_of_beginning(letters);
}

}  // namespace

uint64_t phrase_key(std::string_view text) {
  if (text.ends_with(kBeginningSign)) {
    return beginning_key(text.substr(0, text.size() - 1));
  }
  uint64_t key = 0;
  each_phrase(text, [&](const PhraseSpan& phrase) {
    const bool whole = phrase.begin == 0 && phrase.end == text.size();
    if (whole && !phrase.beginning) key = phrase.key;
  });
  return key;
}

std::vector<std::string_view> sentences_of(std::string_view plain) {
  std::vector<std::string_view> sentences;
  size_t begin = 0;
  for (size_t i = 0; i < plain.size();) {
    const Character next = character_at(plain, i);
    if (class_of(next.c) == Class::end) {
      if (i > begin) sentences.push_back(plain.substr(begin, i - begin));
      begin = next.end;
    }
    i = next.end;
  }
  if (begin < plain.size()) sentences.push_back(plain.substr(begin));
  return sentences;
}

}  // namespace simwarden
