// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

// What a text is made of, as far as texts are compared: single words, the
// beginnings of longer ones ("deliv*", so that delivery and delivered are
// alike) and pairs of words; two or three characters in a row where a script
// parts no words (Han, kana, Hangul, Thai and its neighbours). No phrase
// reaches over the end of a sentence; other signs do not part one. Digits are
// written 0, so that all numbers of one length are one word; those of one and
// two digits are 0, of three and four 000.
//
//   phrases_of("verify now: 2345")   // verify · verif* · now · verify now ·
//                                    // 000 · now 000
//
// Texts are plain views (text/views.h). Pure; linear in the text.
namespace simwarden {

// A word of more bytes is no word of a language, and parts phrases.
inline constexpr size_t kPhraseWordBytesMax = 40;
// So many phrases of a text are looked at: 80 kB of prose.
inline constexpr size_t kPhrasesMax = 32'768;
// So many characters begin a word of more, unless a digit is among them.
inline constexpr size_t kBeginningCharacters = 5;

// What is around a phrase when it is shown: with the phrase less than a line.
inline constexpr size_t kShownAround = 12;

struct PhraseSpan {
  uint64_t key = 0;  // the same for the same phrase; of others seldom
  size_t begin = 0;  // bytes of the text, from the first word to the last
  size_t end = 0;
  bool beginning = false;  // of the word that stands there
};

// The first kPhrasesMax phrases, in order of their last word, shorter ones
// first, a word's beginning behind it.
std::vector<PhraseSpan> phrases_of(std::string_view plain);

// What a person is shown of a phrase: itself, and where a script parts no words
// the part of the sentence that it stands in, kShownAround characters on either
// side at most.
PhraseSpan in_sentence(std::string_view plain, PhraseSpan phrase);

// The phrase as lists have it: words parted by one space, digits as above, an
// asterisk behind a beginning.
std::string spelled(std::string_view plain, const PhraseSpan& phrase);

// The key of a phrase of a list; 0 when `text` is not one phrase.
uint64_t phrase_key(std::string_view text);

// Sentences, cut at the signs that end them and at line breaks; none is empty.
std::vector<std::string_view> sentences_of(std::string_view plain);

}  // namespace simwarden
