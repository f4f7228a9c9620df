// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include <unicode/utf8.h>

#include "diag/characters.h"
#include "text/pieces.h"

// Most of any text is copied, so that a view remembers where copying was
// interrupted and not where each byte came from: a message of plain Chinese
// has a run for every full-width sign, one in ASCII has none.
namespace simwarden {
namespace {

// What is kept of ASCII; beyond it, letters, digits, and the marks that belong
// to letters are.
constexpr std::array<bool, 128> kSqueezed = [] {
  std::array<bool, 128> kept{};
  for (size_t c = 'a'; c <= 'z'; ++c) kept[c] = true;
  for (const char c : std::string_view("0123456789@./:+#$*-_")) {
    kept[static_cast<size_t>(c)] = true;
  }
  return kept;
}();

}  // namespace

// Goes through a view run by run: whatever is kept of a copy is a copy, of a
// made character a made one.
class Squeezer {
 public:
  explicit Squeezer(const View& plain) : from_(plain) {}

  View run() {
    static constexpr View::Run kAll{};
    const size_t size = from_.text.size();
    to_.text.resize(size);
    written_ = to_.text.data();
    if (from_.runs_.empty()) take(kAll, size);
    for (size_t i = 0; i < from_.runs_.size(); ++i) {
      const bool last = i + 1 == from_.runs_.size();
      take(from_.runs_[i], last ? size : from_.runs_[i + 1].at);
    }
    if (out_ == size) return from_;
    to_.text.resize(out_);
    return std::move(to_);
  }

 private:
  void take(const View::Run& run, size_t end) {
    const char* const bytes = from_.text.data();
    bool keeps = false;
    for (size_t at = run.at; at < end;) {
      const auto c = static_cast<unsigned char>(bytes[at]);
      if (c >= 0x80) {
        keeps = take_character(run, at, keeps);
        continue;
      }
      const bool kept = kSqueezed[c];
      if (kept && !keeps) start(run, at);
      written_[out_] = bytes[at++];
      out_ += kept ? 1 : 0;
      keeps = kept;
    }
  }

  // A character beyond ASCII; gives whether it was kept.
  bool take_character(const View::Run& run, size_t& at, bool keeps) {
    const auto* bytes = reinterpret_cast<const uint8_t*>(from_.text.data());
    const size_t begin = at;
    UChar32 c = 0;
    U8_NEXT_UNSAFE(bytes, at, c);
    if (!has(traits_of(static_cast<char32_t>(c)), kLetter | kMark)) {
      return false;
    }
    if (!keeps) start(run, begin);
    for (size_t i = begin; i < at; ++i) written_[out_++] = from_.text[i];
    return true;
  }

  void start(const View::Run& run, size_t begin) {
    const auto skipped = static_cast<uint32_t>(begin) - run.at;
    const uint32_t from = run.size == 0 ? run.begin + skipped : run.begin;
    to_.add_run(static_cast<uint32_t>(out_), from, run.size);
  }

  const View& from_;
  View to_;
  char* written_ = nullptr;  // to_.text, as long as from_.text
  size_t out_ = 0;
};

const View::Run& View::run_of(size_t at) const {
  const auto next =
      std::upper_bound(runs_.begin(), runs_.end(), at,
                       [](size_t i, const Run& run) { return i < run.at; });
  return *(next - 1);
}

// Here, where GCC does not see what is moved: in a small vector that it sees
// it takes a move for one beyond the end.
View::View() = default;
View::View(const View&) = default;
View::View(View&&) noexcept = default;
View& View::operator=(const View&) = default;
View& View::operator=(View&&) noexcept = default;
View::~View() = default;

void View::start_anew() {
  runs_.clear();
  if (runs_.capacity() * sizeof(Run) > kViewBytesKept) runs_.shrink_to_fit();
  if (text.capacity() > kViewBytesKept) std::string().swap(text);
}

void Views::forget() {
  raw = {};
  plain.start_anew();
  disguise = {};
  cut = false;
}

Span View::original(size_t begin, size_t end) const {
  end = std::min(end, text.size());
  begin = std::min(begin, end);
  const bool empty = begin == end;
  if (empty && begin == text.size()) {
    if (text.empty()) return {};
    const uint32_t last = original(begin - 1, begin).end;
    return {last, last};
  }
  while (begin > 0 && is_continuation(text[begin])) --begin;
  while (end < text.size() && is_continuation(text[end])) ++end;
  static constexpr Run kAll{};
  const Run& first = runs_.empty() ? kAll : run_of(begin);
  const auto offset = static_cast<uint32_t>(begin) - first.at;
  const uint32_t from = first.size == 0 ? first.begin + offset : first.begin;
  if (empty) return {from, from};
  const Run& last = runs_.empty() ? kAll : run_of(end - 1);
  const uint32_t size =
      last.size == 0 ? static_cast<uint32_t>(end) - last.at : last.size;
  return {from, last.begin + size};
}

// The first byte of the view whose character begins at `offset` or behind it.
uint32_t View::first_from(uint32_t offset) const {
  const auto size = static_cast<uint32_t>(text.size());
  const auto next = std::lower_bound(
      runs_.begin(), runs_.end(), offset,
      [](const Run& run, uint32_t i) { return run.begin < i; });
  const uint32_t end = next == runs_.end() ? size : next->at;
  if (next == runs_.begin() && !runs_.empty()) return end;
  static constexpr Run kAll{};
  const Run& run = runs_.empty() ? kAll : *(next - 1);
  if (run.size != 0) return end;
  uint32_t at = std::min(end, run.at + (offset - run.begin));
  while (at < end && is_continuation(text[at])) ++at;
  return at;
}

Span View::shown(Span span) const {
  return {first_from(span.begin), first_from(span.end)};
}

// A run that only goes on is no new one.
void View::add_run(uint32_t at, uint32_t begin, uint32_t size) {
  if (!runs_.empty()) {
    const Run& last = runs_.back();
    const bool copied =
        size == 0 && last.size == 0 && begin - last.begin == at - last.at;
    if (copied) return;
    if (size != 0 && last.size == size && last.begin == begin) return;
  }
  runs_.push_back({at, begin, size});
}

void View::append(std::string_view more, Span span) {
  if (more.empty()) return;
  add_run(static_cast<uint32_t>(text.size()), span.begin, span.size());
  text += more;
}

void View::append(const View& from, size_t begin, size_t end) {
  if (begin == end) return;
  const auto to = static_cast<uint32_t>(text.size());
  const auto first = static_cast<uint32_t>(begin);
  text.append(from.text, begin, end - begin);
  if (from.runs_.empty()) return add_run(to, first, 0);
  const Run* run = &from.run_of(begin);
  const Run* const stop = from.runs_.data() + from.runs_.size();
  for (; run != stop && run->at < end; ++run) {
    const uint32_t skipped = run->at < first ? first - run->at : 0;
    const uint32_t at = to + run->at + skipped - first;
    add_run(at, run->size == 0 ? run->begin + skipped : run->begin, run->size);
  }
}

void ViewWriter::put(const Piece& piece) {
  char bytes[U8_MAX_LENGTH];
  uint32_t size = 0;
  U8_APPEND_UNSAFE(bytes, size, piece.c);
  // A character of the same size stands where a copy would.
  const uint32_t written = piece.end - piece.begin;
  view_.add_run(static_cast<uint32_t>(view_.text.size()), piece.begin,
                written == size ? 0 : written);
  view_.text.append(bytes, size);
}

void ViewWriter::copy(uint32_t begin, uint32_t end) {
  if (begin == end) return;
  view_.add_run(static_cast<uint32_t>(view_.text.size()), begin, 0);
  view_.text.append(original_, begin, end - begin);
}

View squeeze(const View& plain) {
  return Squeezer(plain).run();
}

View write_collapsed(const Pieces& pieces, std::string_view original) {
  View view;
  view.text.reserve(original.size());
  ViewWriter writer(view, original);
  Piece space;  // waits for a word behind it; end 0: none
  for (const Piece& piece : pieces) {
    if (has(traits_of(piece.c), kSpace)) {
      if (space.end == 0) space = {' ', piece.begin, piece.end};
      space.end = piece.end;
      continue;
    }
    if (space.end != 0 && !view.text.empty()) writer.put(space);
    space.end = 0;
    writer.put(piece);
  }
  return view;
}

}  // namespace simwarden
