// SPDX-License-Identifier: Apache-2.0
#include "desk/incidents.h"

#include <string>
#include <utility>

namespace simwarden {
namespace {

// A person who looks sees it soon, and a day has at most 1,440 lines of each.
constexpr std::chrono::minutes kBetweenLines{1};

// What a verdict has its line for as well is another line.
std::string_view line_of(DoorEvent event) {
  switch (event) {
    case DoorEvent::not_kept:
    case DoorEvent::store_failed: return "not_stored";
    case DoorEvent::unknown_names: return name_of(event);
    default: return "no_verdict";
  }
}

}  // namespace

Incidents::~Incidents() {
  for (size_t door = 0; door < rows_.size(); ++door) {
    for (size_t event = 0; event < rows_[door].size(); ++event) {
      if (rows_[door][event].unsaid > 0) say(door, event);
    }
  }
}

void Incidents::note(size_t door, DoorEvent event, Clock::time_point now,
                     const Service::NoteWords& words) {
  if (event == DoorEvent::connection) return;
  const std::lock_guard lock(mutex_);
  Row& row = rows_[door][size_t(event)];
  row.unsaid += words.times;
  row.what = words.what;
  row.correlator = words.correlator;
  row.clients.add(log_.client(words.client));
  if (row.said && now - *row.said < kBetweenLines) return;
  row.said = now;
  say(door, size_t(event));
}

size_t Incidents::say_due(Clock::time_point now) {
  const std::lock_guard lock(mutex_);
  size_t lines = 0;
  for (size_t door = 0; door < rows_.size(); ++door) {
    for (size_t event = 0; event < rows_[door].size(); ++event) {
      Row& row = rows_[door][event];
      if (row.unsaid == 0 || now - *row.said < kBetweenLines) continue;
      row.said = now;
      say(door, event);
      ++lines;
    }
  }
  return lines;
}

void Incidents::say(size_t door, size_t event) {
  Row& row = rows_[door][event];
  LogEvent line{.level = DoorEvent(event) == DoorEvent::failed
                             ? LogLevel::error
                             : LogLevel::warning,
                .name = line_of(DoorEvent(event)),
                .fields = {{"door", listeners_[door].name}}};
  const std::string_view why = name_of(DoorEvent(event));
  if (line.name != why) line.fields.emplace_back("why", why);
  line.fields.emplace_back("times",
                           std::to_string(std::exchange(row.unsaid, 0)));
  if (!row.what.empty()) line.fields.emplace_back("what", row.what);
  if (!row.correlator.empty()) {
    line.fields.emplace_back("correlator", row.correlator);
  }
  const Often::Row client = row.clients.first();
  row.clients.clear();
  if (!client.name.empty()) {
    line.fields.emplace_back("client", client.name);
    line.fields.emplace_back("client_times", std::to_string(client.times));
  }
  log_.write(line);
}

}  // namespace simwarden
