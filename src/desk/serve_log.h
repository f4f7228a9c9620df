// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "door/settings.h"

// What the daemon says on stderr, one line an event: name=value pairs, or JSON
// objects. Values come masked. Thread-safe.
namespace simwarden {

enum class LogLevel : uint8_t { info, warning, error };

struct LogEvent {
  LogLevel level = LogLevel::info;
  std::string_view name;  // "verdict", "reload"
  std::vector<std::pair<std::string_view, std::string>> fields = {};
};

// What each line of the JSON form begins with.
inline constexpr std::string_view kLogKeys[] = {"at", "level", "event"};
// Whether no two keys of its JSON object have one name: of such two a reader
// takes one.
bool has_each_key_once(const LogEvent& event);

// The line of the JSON form. How much of something (`score`, `times`) is a
// number in it.
std::string as_json(const LogEvent& event);

class ServeLog {
 public:
  explicit ServeLog(const LogSettings& settings);
  ServeLog(const ServeLog&) = delete;
  ServeLog& operator=(const ServeLog&) = delete;
  ~ServeLog();
  // REQUIRES: has_each_key_once(event)
  void write(const LogEvent& event);
  // Lines that nobody read in time, or that could not be written.
  uint64_t dropped() const;
  // Whether the newest line could not be written.
  bool fails() const;
  LogVerdicts verdicts() const { return verdicts_; }
  // As a line has it; empty: it names nobody.
  std::string client(const std::string& name) const;

 private:
  struct Sink;
  std::unique_ptr<Sink> sink_;
  LogVerdicts verdicts_;
  LogClients clients_;
  bool json_;
};

}  // namespace simwarden
