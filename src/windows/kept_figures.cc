// SPDX-License-Identifier: Apache-2.0
#include "windows/kept_figures.h"

#include <bit>
#include <optional>

#include <fmt/format.h>

#include "windows/packed.h"

namespace simwarden {
namespace {

constexpr std::string_view kMark = "SWF1";
constexpr uint8_t kFailed = 128;

class FigureReader {
 public:
  FigureReader(std::string_view bytes, std::span<const Window> windows)
      : bytes_(bytes), windows_(windows) {}

  Result<KeptFigures> read() {
    bytes_.text(kMark);
    read_windows();
    const size_t records = bytes_.count(1 + kept_.size());
    for (size_t r = 0; r < records && bytes_.wrong() == nullptr; ++r) {
      read_record();
    }
    if (!bytes_.at_end()) bytes_.fail("it goes on after its end");
    if (bytes_.wrong() == nullptr) return std::move(made_);
    return Error{
        Trouble::environment,
        fmt::format("kept figures of windows are damaged: {}", bytes_.wrong())};
  }

 private:
  struct Kept {
    WindowKind kind = WindowKind::count;
    std::optional<size_t> at;  // of the windows that are asked for
  };

  void read_windows() {
    const size_t count = bytes_.count(kHashBytes + 2);
    if (count > kWindowsMax) bytes_.fail("it has too many windows");
    // Two packs can count the same: each has its own.
    std::vector<bool> taken(windows_.size(), false);
    for (size_t w = 0; w < count && bytes_.wrong() == nullptr; ++w) {
      const uint64_t identity = bytes_.hash();
      const uint8_t kind = bytes_.byte();
      const bool with_this = bytes_.byte() != 0;
      if (kind > uint8_t(WindowKind::since)) {
        bytes_.fail("a window is of no kind");
        return;
      }
      Kept& kept = kept_.emplace_back(Kept{WindowKind(kind), {}});
      for (size_t i = 0; i < windows_.size() && !kept.at; ++i) {
        if (taken[i] || windows_[i].identity != identity ||
            windows_[i].kind != kept.kind ||
            windows_[i].with_this != with_this) {
          continue;
        }
        taken[i] = true;
        kept.at = i;
      }
    }
  }

  void read_record() {
    const uint8_t timing = bytes_.byte();
    if (timing > uint8_t(Timing::unbelieved)) {
      bytes_.fail("a record came in no order");
    }
    made_.timings.push_back(Timing(timing));
    const size_t first = made_.values.size();
    made_.values.resize(first + windows_.size(),
                        {.state = WindowValue::State::dropped});
    for (const Kept& kept : kept_) {
      const WindowValue value = read_value(kept.kind);
      if (kept.at) made_.values[first + *kept.at] = value;
    }
  }

  WindowValue read_value(WindowKind kind) {
    WindowValue value;
    const uint8_t byte = bytes_.byte();
    const auto state = uint8_t(byte & ~kFailed);
    value.failed = byte != state;
    if (state > uint8_t(WindowValue::State::dropped)) {
      bytes_.fail("a figure has no state");
    }
    value.state = WindowValue::State(state);
    if (value.state != WindowValue::State::known) return value;
    if (kind != WindowKind::share) {
      value.number = unzigzag(bytes_.varint());
      return value;
    }
    value.share = std::bit_cast<double>(bytes_.hash());
    if (!(value.share >= 0 && value.share <= 1)) {
      bytes_.fail("a share is none");
      value.share = 0;
    }
    return value;
  }

  ByteReader bytes_;
  std::span<const Window> windows_;
  std::vector<Kept> kept_;
  KeptFigures made_;
};

}  // namespace

std::string write_figures(std::span<const Window> windows,
                          std::span<const FigureRow> rows) {
  ByteWriter out;
  out.text(kMark);
  out.varint(windows.size());
  for (const Window& window : windows) {
    out.hash(window.identity);
    out.byte(uint8_t(window.kind));
    out.byte(uint8_t(window.with_this));
  }
  out.varint(rows.size());
  for (const FigureRow& row : rows) {
    out.byte(uint8_t(row.timing));
    for (size_t w = 0; w < windows.size(); ++w) {
      const WindowValue& value = row.values[w];
      out.byte(uint8_t(uint8_t(value.state) | (value.failed ? kFailed : 0)));
      if (value.state != WindowValue::State::known) continue;
      if (windows[w].kind == WindowKind::share) {
        out.hash(std::bit_cast<uint64_t>(value.share));
      } else {
        out.varint(zigzag(value.number));
      }
    }
  }
  return out.take();
}

Result<KeptFigures> read_figures(std::string_view bytes,
                                 std::span<const Window> windows) {
  return FigureReader(bytes, windows).read();
}

}  // namespace simwarden
