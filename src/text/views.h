// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/container/small_vector.hpp>

// What a person would read in a text that was written to be misread.
//
//   Views v = see("ｔ．ｍｅ／demo");      // v.plain.text == "t.me/demo"
//   v.plain.original(0, 4)               // -> the bytes of ｔ．ｍｅ
//   squeeze(v.plain).text                // == "t.me/demo"
//
// raw       the text as it came
// plain     escapes decoded, invisible characters removed, NFKC, case folded,
//           styled and enclosed letters, confusables inside words that mix
//           scripts, emoji with meaning, traditional characters simplified;
//           white space collapsed (docs/eye_text.md has the whole of it)
// relettered  where plain holds words like "act!ve": with those as they are
// read squeezed  plain without anything but letters, digits and @ . / : + # $ *
// - _
//
// Every view maps each of its bytes back to the original bytes.
//
// plain(plain(t)) is plain(t), unless plain(t) still holds an escape
// ("&amp;amp;lt;"): escapes are decoded twice. White space, line breaks too, is
// one space between words and none at the ends. Other scripts' decimal digits
// are 0 to 9. A letter keeps at most 8 combining marks. Not done here: number
// words, spelled dots and other spellings of a contact; see spelling/.
//
// All functions are pure and may be called from any thread; time and memory
// are linear in the text.
namespace simwarden {

// A span of bytes in the original text.
struct Span {
  uint32_t begin = 0;
  uint32_t end = 0;
  uint32_t size() const { return end - begin; }
  bool operator==(const Span&) const = default;
};

struct Views;

// A text and where each byte of it came from in an original text.
class View {
 public:
  std::string text;  // change it only through append()

  View();
  View(const View&);
  View(View&&) noexcept;
  View& operator=(const View&);
  View& operator=(View&&) noexcept;
  ~View();

  // The original bytes of view bytes [begin, end); whole characters, never
  // beyond the view.
  Span original(size_t begin, size_t end) const;

  // The way back: the view bytes of the characters that begin inside a span of
  // the original.
  Span shown(Span span) const;

  // Adds `more`, all of which comes from `span`. Both forms want spans in the
  // order of the original, and more than nothing.
  void append(std::string_view more, Span span);
  // Adds bytes [begin, end) of another view of the same original.
  // REQUIRES: begin <= end <= from.text.size(), at the ends of characters.
  void append(const View& from, size_t begin, size_t end);

  // It is the original, byte for byte.
  bool is_original() const { return runs_.empty(); }

 private:
  friend struct Views;
  friend class Squeezer;
  friend class ViewWriter;
  friend class Walk;
  friend class AsciiFolder;
  // From `at` in the text to the next run: characters as large as those of
  // the original from `begin` on (size 0), or made as a whole from `size`
  // bytes there.
  struct Run {
    uint32_t at = 0;
    uint32_t begin = 0;
    uint32_t size = 0;
  };
  const Run& run_of(size_t at) const;
  uint32_t first_from(uint32_t offset) const;
  // Kept out of what is fast, which pushes by itself.
  [[gnu::noinline]] void add_run(uint32_t at, uint32_t begin, uint32_t size);
  // For a view that is written from front to back. What is written from `at` on
  // comes from there, as a Run says; runs that would hold nothing go.
  void map(uint32_t at, uint32_t begin, uint32_t size);
  // `made` bytes are of `size` ones, what follows is copied. REQUIRES: what was
  // before is copied up to there.
  void map_made(uint32_t at, uint32_t made, uint32_t begin, uint32_t size);
  void end_map(uint32_t at);  // nothing is written from `at` on
  // The map is empty again and the text whatever it was, to be written over.
  void start_anew();

  // Sorted by `at`, which begins at 0; or none. Most messages have few.
  boost::container::small_vector<Run, 8> runs_;
};

// What was seen while folding; counts of code points of the original.
struct Disguise {
  uint32_t invisible = 0;          // zero-width, soft hyphen, fillers
  uint32_t invisible_in_word = 0;  // … with a letter or digit on both sides
  uint32_t bidi_controls = 0;
  uint32_t tags = 0;                // U+E0000 to U+E007F
  uint32_t combining_runs = 0;      // runs of 3 and more combining marks
  uint32_t styled = 0;              // full-width, mathematical, enclosed …
  uint32_t mixed_script_words = 0;  // Latin with look-alikes of another script
  uint32_t emoji = 0;
  uint32_t invalid_bytes = 0;  // not UTF-8
  uint32_t escaped = 0;  // ASCII letters, digits and @ . / : _ + written as an
                         // HTML, percent or quoted-printable escape
  bool operator==(const Disguise&) const = default;
};

struct Views {
  std::string_view raw;  // the caller's text: must outlive the Views
  View plain;
  Disguise disguise;
  bool cut = false;  // the views show only the first kTextBytesMax bytes

  // Nothing was seen; memory of up to kViewBytesKept stays for the next text.
  void forget();
};

// More text than this is cut for the views (never inside a character), and
// `cut` tells; a message of 1 MiB is not read by people. `raw` is not cut.
inline constexpr size_t kTextBytesMax = size_t{1} << 20;

Views see(std::string_view text);
// The same in the memory of views that are no longer wanted, for whoever sees
// text after text. REQUIRES: `text` is not theirs.
void see(std::string_view text, Views& views);

// Nearly all mails are shorter. One that was long shall not be paid for until
// the program ends.
inline constexpr size_t kViewBytesKept = size_t{64} << 10;

// The squeezed view, from the plain one; not every text is asked for it.
View squeeze(const View& plain);

// The plain view with words as they are read that are written so that patterns
// miss them: "act!ve s1m", "s.i.m", "实-名-卡", a Cyrillic word with Latin
// letters (docs/eye_text.md, data/stand_ins.tsv). Nothing when it has none.
// Much of it is no disguise at all ("p.m." is pm): whoever asks looks at the
// plain view, too.
std::optional<View> reletter(const View& plain);

// Where a plain view of `raw` has text behind U+202E (right-to-left override),
// which programs show from its end; to U+202C, the end of the line, 1,024 bytes
// at most. Not where letters are in it that run so anyway. In order, apart.
std::vector<Span> overridden_parts(const View& plain, std::string_view raw);
// The plain view with these parts as they are shown; nothing without one.
std::optional<View> turn_overridden(const View& plain, std::string_view raw);

// What a resolver gets of a host name: escapes decoded, invisible characters
// removed, NFKC, case folded, and nothing else. Look-alike letters, small
// capitals, emoji and traditional characters stay: they name other hosts. Not
// bounded.
std::string fold_letters(std::string_view text);

// Traditional characters to simplified ones and nothing else: what words and
// patterns have to be written in to be found in a plain view.
std::string simplify(std::string_view text);

// The ASCII letter that a folded letter of another script is taken for (data/
// lookalikes.tsv), or '\0'.
char latin_double(char32_t letter);

// What is seen as a full stop, on the line or above it: those of other scripts,
// bullets, digits that are a dot (UTS 39).
bool is_dot(char32_t c);

// A mark that strikes out, underlines or frames what stands before; the plain
// view leaves it out on ASCII, and strokes on every letter.
bool is_stroke(char32_t c);

}  // namespace simwarden
