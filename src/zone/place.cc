// SPDX-License-Identifier: Apache-2.0
#include "zone/place.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <mutex>
#include <shared_mutex>
#include <string>
#include <unordered_map>

#include <absl/time/time.h>

namespace simwarden {
namespace {

// The longest of the tz database has 32.
constexpr size_t kNameMax = 64;

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         (c >= '0' && c <= '9');
}

// A name may come from a record, and Abseil takes one for a path: an area in
// front, whose name is capital (not posix/, right/), and nothing that leads
// out of the folder. An empty piece would be one more name for the same place.
bool may_be_place(std::string_view name) {
  if (name.size() > kNameMax || name.find('/') == name.npos) return false;
  if (name[0] < 'A' || name[0] > 'Z') return false;
  if (name.ends_with('/') || name.find("//") != name.npos) return false;
  return std::all_of(name.begin(), name.end(), [](char c) {
    return is_word(c) || c == '/' || c == '_' || c == '-' || c == '+';
  });
}

// Abseil keeps each name that it was asked for, also those of nowhere.
bool is_there(std::string_view name) {
  const char* const folder = std::getenv("TZDIR");
  std::error_code ignored;
  return std::filesystem::is_regular_file(
      std::filesystem::path(folder ? folder : "/usr/share/zoneinfo") / name,
      ignored);
}

// Those that were found: no more than the database has.
class Places {
 public:
  std::optional<absl::TimeZone> named(std::string_view name) {
    const std::string key(name);
    {
      const std::shared_lock lock(mutex_);
      const auto found = known_.find(key);
      if (found != known_.end()) return found->second;
    }
    absl::TimeZone zone;
    if (!is_there(name) || !absl::LoadTimeZone(key, &zone)) return std::nullopt;
    const std::unique_lock lock(mutex_);
    known_.emplace(key, zone);
    return zone;
  }

 private:
  std::shared_mutex mutex_;
  std::unordered_map<std::string, absl::TimeZone> known_;
};

}  // namespace

std::optional<int64_t> place_offset(std::string_view place,
                                    int64_t utc_seconds) {
  if (place == "UTC") return 0;
  if (!may_be_place(place)) return std::nullopt;
  static Places places;
  const auto zone = places.named(place);
  if (!zone) return std::nullopt;
  return zone->At(absl::FromUnixSeconds(utc_seconds)).offset;
}

}  // namespace simwarden
