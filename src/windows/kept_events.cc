// SPDX-License-Identifier: Apache-2.0
#include "windows/kept_events.h"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "windows/event_order.h"
#include "windows/packed.h"

namespace simwarden {
namespace {

constexpr std::string_view kMark = "SWW1";

class EventReader {
 public:
  explicit EventReader(std::string_view bytes) : bytes_(bytes) {}

  Result<KeptEvents> read() {
    bytes_.text(kMark);
    made_.frontier = bytes_.mark();
    made_.watermark = bytes_.mark();
    made_.dropped = bytes_.mark();
    read_leapt();
    read_keys();
    const size_t windows = bytes_.count(kHashBytes + 2);
    if (windows > kWindowsMax) bytes_.fail("it has too many windows");
    for (size_t w = 0; w < windows && bytes_.wrong() == nullptr; ++w) {
      read_window();
    }
    if (!bytes_.at_end()) bytes_.fail("it goes on after its end");
    if (bytes_.wrong() == nullptr) return std::move(made_);
    return Error{
        Trouble::environment,
        fmt::format("kept events of windows are damaged: {}", bytes_.wrong())};
  }

 private:
  void read_leapt() {
    const size_t count = bytes_.count(1);
    if (count >= kLeapWitnesses) bytes_.fail("too many have leapt");
    for (size_t i = 0; i < count && bytes_.wrong() == nullptr; ++i) {
      made_.leapt.push_back(bytes_.in_range(unzigzag(bytes_.varint())));
    }
  }

  void read_keys() {
    const size_t count = bytes_.count(kHashBytes);
    keys_.reserve(count);
    for (size_t i = 0; i < count; ++i) {
      keys_.push_back(bytes_.hash());
      if (i > 0 && keys_[i - 1] >= keys_[i])
        bytes_.fail("its keys do not rise");
    }
  }

  void read_window() {
    KeptWindow& window = made_.windows.emplace_back();
    window.identity = bytes_.hash();
    const uint8_t kind = bytes_.byte();
    if (kind > uint8_t(WindowKind::since)) {
      bytes_.fail("a window is of no kind");
      return;
    }
    window.kind = WindowKind(kind);
    const size_t count = bytes_.count(2);
    events_ += count;
    if (events_ > kKeptEventsMax) bytes_.fail("it has too many events");
    uint64_t time = 0;
    for (size_t i = 0; i < count && bytes_.wrong() == nullptr; ++i) {
      time += static_cast<uint64_t>(unzigzag(bytes_.varint()));
      read_event(window, bytes_.in_range(static_cast<int64_t>(time)));
    }
  }

  void read_event(KeptWindow& window, int64_t time) {
    KeptEvent event{.time = time};
    const uint64_t key = bytes_.varint();
    if (key >= keys_.size()) {
      bytes_.fail("an event has no key");
      return;
    }
    event.key = keys_[key];
    if (window.kind == WindowKind::distinct) event.value = bytes_.hash();
    if (window.kind == WindowKind::share) event.value = bytes_.byte();
    if (window.kind == WindowKind::share && event.value > 1) {
      bytes_.fail("a part is neither 0 nor 1");
      return;
    }
    window.events.push_back(event);
  }

  ByteReader bytes_;
  KeptEvents made_;
  std::vector<uint64_t> keys_;
  size_t events_ = 0;
};

std::vector<uint64_t> keys_of(std::span<const CountedRecord> records) {
  std::vector<uint64_t> keys;
  for (const CountedRecord& record : records) {
    for (const WindowEntry& entry : record.entries) {
      if (entry.keyed && entry.counts) keys.push_back(entry.key);
    }
  }
  std::sort(keys.begin(), keys.end());
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  return keys;
}

void write_window(ByteWriter& out, const Window& window, size_t w,
                  std::span<const CountedRecord> records,
                  const std::vector<uint64_t>& keys) {
  out.hash(window.identity);
  out.byte(uint8_t(window.kind));
  const auto is_counted = [w](const CountedRecord& record) {
    return record.entries[w].keyed && record.entries[w].counts;
  };
  out.varint(static_cast<uint64_t>(
      std::count_if(records.begin(), records.end(), is_counted)));
  uint64_t before = 0;
  for (const CountedRecord& record : records) {
    if (!is_counted(record)) continue;
    const WindowEntry& entry = record.entries[w];
    const auto time = static_cast<uint64_t>(record.time);
    out.varint(zigzag(static_cast<int64_t>(time - before)));
    before = time;
    const auto key = std::lower_bound(keys.begin(), keys.end(), entry.key);
    out.varint(static_cast<uint64_t>(key - keys.begin()));
    if (window.kind == WindowKind::distinct) out.hash(entry.value);
    if (window.kind == WindowKind::share) out.byte(uint8_t(entry.value != 0));
  }
}

}  // namespace

std::string write_events(std::span<const Window> windows,
                         std::span<const CountedRecord> records,
                         const KeptEvents& state) {
  ByteWriter out;
  out.text(kMark);
  out.mark(state.frontier);
  out.mark(state.watermark);
  out.mark(state.dropped);
  out.varint(state.leapt.size());
  for (const int64_t time : state.leapt) out.varint(zigzag(time));
  const std::vector<uint64_t> keys = keys_of(records);
  out.varint(keys.size());
  for (const uint64_t key : keys) out.hash(key);
  out.varint(windows.size());
  for (size_t w = 0; w < windows.size(); ++w) {
    write_window(out, windows[w], w, records, keys);
  }
  return out.take();
}

Result<KeptEvents> read_events(std::string_view bytes) {
  return EventReader(bytes).read();
}

}  // namespace simwarden
