// SPDX-License-Identifier: Apache-2.0
#include "desk/meters.h"

#include <algorithm>
#include <fstream>
#include <mutex>
#include <unordered_map>

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>
#include <unistd.h>

namespace simwarden {
namespace {

using prometheus::Counter;
using prometheus::Family;
using prometheus::Gauge;
using prometheus::Histogram;

// From a short text to a message at the limit, in seconds.
const Histogram::BucketBoundaries kSeconds = {
    1e-5,   2.5e-5, 5e-5, 1e-4,   2.5e-4, 5e-4, 1e-3,
    2.5e-3, 5e-3,   1e-2, 2.5e-2, 0.1,    0.5};

double resident_bytes() {
  std::ifstream file("/proc/self/statm");
  double whole = 0;
  double resident = 0;
  file >> whole >> resident;
  return resident * double(sysconf(_SC_PAGESIZE));
}

template <typename T>
Family<T>& family(prometheus::Registry& registry, const char* name,
                  const char* help);
template <>
Family<Counter>& family(prometheus::Registry& registry, const char* name,
                        const char* help) {
  return prometheus::BuildCounter().Name(name).Help(help).Register(registry);
}
template <>
Family<Gauge>& family(prometheus::Registry& registry, const char* name,
                      const char* help) {
  return prometheus::BuildGauge().Name(name).Help(help).Register(registry);
}
template <>
Family<Histogram>& family(prometheus::Registry& registry, const char* name,
                          const char* help) {
  return prometheus::BuildHistogram().Name(name).Help(help).Register(registry);
}

struct DoorMeters {
  std::array<Counter*, kActionNames.size()> actions{};
  std::array<Counter*, kDoorEvents> events{};
  Counter* unreadable = nullptr;
  Counter* self_tests = nullptr;
  Counter* repeated = nullptr;
  Histogram* seconds = nullptr;
};

}  // namespace

struct Meters::Families {
  prometheus::Registry registry;
  Family<Counter>& records =
      family<Counter>(registry, "simwarden_records_total",
                      "Records judged, by door and action.");
  Family<Counter>& unreadable =
      family<Counter>(registry, "simwarden_unreadable_total",
                      "Records that could not be read, by door.");
  Family<Counter>& self_tests =
      family<Counter>(registry, "simwarden_self_tests_total",
                      "Self-tests (GTUBE), by door; among no other records.");
  Family<Counter>& repeated =
      family<Counter>(registry, "simwarden_repeated_total",
                      "Records sent again, by door; among no other records.");
  Family<Counter>& hits = family<Counter>(registry, "simwarden_rule_hits_total",
                                          "Hits that count, by rule.");
  Family<Counter>& events =
      family<Counter>(registry, "simwarden_door_events_total",
                      "What happened at a door besides verdicts.");
  Family<Histogram>& seconds =
      family<Histogram>(registry, "simwarden_judging_seconds",
                        "Time that one record took to be judged, by door.");
  Family<Counter>& reloads =
      family<Counter>(registry, "simwarden_reloads_total",
                      "Exchanges of the ruleset, by how they ended.");
  Family<Gauge>& ruleset = family<Gauge>(registry, "simwarden_ruleset_info",
                                         "1 for the ruleset in force.");
  Family<Gauge>& last_reload =
      family<Gauge>(registry, "simwarden_last_reload_succeeded",
                    "1: the newest exchange of the ruleset went well.");
  Gauge& keys =
      family<Gauge>(registry, "simwarden_keys_current",
                    "1: tokens and certificates are those of their files. 0: "
                    "a file is no good, those of before stay.")
          .Add({});
  Family<Gauge>& store =
      family<Gauge>(registry, "simwarden_store_up",
                    "1: verdicts are being stored. 0: the store failed.");
  Family<Gauge>& queue = family<Gauge>(registry, "simwarden_store_queue_rows",
                                       "Rows that wait for the disk.");
  Family<Counter>& rows =
      family<Counter>(registry, "simwarden_store_rows_total",
                      "Rows handed to the store, by outcome.");
  Family<Counter>& blocks = family<Counter>(
      registry, "simwarden_store_blocks_total", "Blocks stored.");
  Family<Counter>& exhausted =
      family<Counter>(registry, "simwarden_prefilter_exhausted_total",
                      "Texts that the pattern automaton had no memory for; the "
                      "slow path answered.");
  Family<Counter>& dropped =
      family<Counter>(registry, "simwarden_log_lines_dropped_total",
                      "Lines of the log that nobody read in time.");
  Family<Counter>& windows =
      family<Counter>(registry, "simwarden_window_records_total",
                      "Records that windows look at, by how their time came.");
  Family<Gauge>& in_flight =
      family<Gauge>(registry, "simwarden_bytes_in_flight",
                    "Bodies that are being read or judged.");
  Family<Gauge>& started = family<Gauge>(registry, "process_start_time_seconds",
                                         "When the program started.");
  Family<Gauge>& memory = family<Gauge>(
      registry, "process_resident_memory_bytes", "Memory in use.");
  std::vector<DoorMeters> doors;

  std::mutex mutex;           // of what follows
  Gauge* in_force = nullptr;  // of `ruleset`
  std::unordered_map<std::string, Counter*> by_rule;

  // Of what others count. What is less than it was began anew: windows that
  // were exchanged. Under the mutex.
  static void count_to(Family<Counter>& of, const prometheus::Labels& labels,
                       double total) {
    Counter* counter = &of.Add(labels);
    if (total < counter->Value()) {
      of.Remove(counter);
      counter = &of.Add(labels);
    }
    counter->Increment(total - counter->Value());
  }

  void count_hits(std::span<const std::string> rules) {
    if (rules.empty()) return;
    const std::lock_guard lock(mutex);
    for (const std::string& rule : rules) {
      Counter*& counter = by_rule[rule];
      if (counter == nullptr) counter = &hits.Add({{"rule", rule}});
      counter->Increment();
    }
  }
};

Meters::Meters(const std::vector<ListenerSettings>& listeners)
    : families_(std::make_unique<Families>()) {
  Families& f = *families_;
  for (const ListenerSettings& listener : listeners) {
    const std::string& name = listener.name;
    DoorMeters door;
    for (size_t i = 0; i < door.actions.size(); ++i) {
      door.actions[i] = &f.records.Add(
          {{"door", name}, {"action", std::string(kActionNames[i])}});
    }
    for (size_t i = 0; i < door.events.size(); ++i) {
      door.events[i] = &f.events.Add(
          {{"door", name}, {"event", std::string(name_of(DoorEvent(i)))}});
    }
    door.unreadable = &f.unreadable.Add({{"door", name}});
    door.self_tests = &f.self_tests.Add({{"door", name}});
    door.repeated = &f.repeated.Add({{"door", name}});
    door.seconds = &f.seconds.Add({{"door", name}}, kSeconds);
    f.doors.push_back(door);
  }
  f.started.Add({}).SetToCurrentTime();
}

Meters::~Meters() = default;

void Meters::judged(size_t door, const SittingTally& tally) {
  const DoorMeters& meters = families_->doors[door];
  families_->count_hits(tally.hits());
  if (tally.self_tests() > 0) {
    meters.self_tests->Increment(double(tally.self_tests()));
  }
  if (tally.repeats() > 0) meters.repeated->Increment(double(tally.repeats()));
  if (tally.rows().empty()) return;
  if (tally.rows().size() == 1) {  // nearly every mail comes alone
    const Lately& row = tally.rows().front();
    meters.actions[size_t(row.action)]->Increment();
    meters.seconds->Observe(std::chrono::duration<double>(row.took).count());
    return;
  }
  std::array<uint64_t, kActionNames.size()> actions{};
  std::vector<double> buckets(kSeconds.size() + 1);
  double sum = 0;
  for (const Lately& row : tally.rows()) {
    ++actions[size_t(row.action)];
    const std::chrono::duration<double> took = row.took;
    const auto bucket =
        std::lower_bound(kSeconds.begin(), kSeconds.end(), took.count());
    ++buckets[size_t(bucket - kSeconds.begin())];
    sum += took.count();
  }
  for (size_t i = 0; i < actions.size(); ++i) {
    if (actions[i] > 0) meters.actions[i]->Increment(double(actions[i]));
  }
  meters.seconds->ObserveMultiple(buckets, sum);
}

void Meters::unreadable(size_t door) {
  families_->doors[door].unreadable->Increment();
}

void Meters::note(size_t door, DoorEvent event, uint64_t times) {
  families_->doors[door].events[size_t(event)]->Increment(double(times));
}

void Meters::begun_with(const RulesetLabel& in_force) {
  // Both stand there from the beginning: a rate of what never was is none.
  for (const char* result : {"done", "failed"}) {
    families_->reloads.Add({{"result", result}});
  }
  families_->last_reload.Add({}).Set(1);
  keys_renewed(true);
  show(in_force);
}

void Meters::reloaded(bool ok, const RulesetLabel& in_force) {
  Families& f = *families_;
  f.reloads.Add({{"result", ok ? "done" : "failed"}}).Increment();
  f.last_reload.Add({}).Set(ok ? 1 : 0);
  show(in_force);
}

void Meters::keys_renewed(bool ok) {
  families_->keys.Set(ok ? 1 : 0);
}

void Meters::show(const RulesetLabel& in_force) {
  Families& f = *families_;
  const std::lock_guard lock(f.mutex);
  Gauge& now = f.ruleset.Add(
      {{"digest", in_force.digest}, {"profile", in_force.profile}});
  if (f.in_force != nullptr && f.in_force != &now) f.ruleset.Remove(f.in_force);
  f.in_force = &now;
  now.Set(1);
}

std::string Meters::text(const Besides& besides) {
  const LedgerCounts* ledger = besides.ledger;
  Families& f = *families_;
  std::unique_lock lock(f.mutex);
  f.memory.Add({}).Set(resident_bytes());
  f.count_to(f.exhausted, {}, double(besides.scanner_exhausted));
  f.count_to(f.dropped, {}, double(besides.log_lines_dropped));
  f.in_flight.Add({}).Set(double(besides.bytes_in_flight));
  if (besides.windows) {
    const WindowFigures& figures = *besides.windows;
    f.count_to(f.windows, {{"timing", "in_time"}}, double(figures.in_time));
    f.count_to(f.windows, {{"timing", "late"}}, double(figures.late));
    f.count_to(f.windows, {{"timing", "none"}}, double(figures.untimed));
    f.count_to(f.windows, {{"timing", "ahead"}}, double(figures.unbelieved));
  }
  if (ledger != nullptr) {
    f.store.Add({}).Set(ledger->well ? 1 : 0);
    f.queue.Add({}).Set(double(ledger->waiting));
    f.count_to(f.blocks, {}, double(ledger->blocks));
    f.count_to(f.rows, {{"result", "stored"}}, double(ledger->rows));
    f.count_to(f.rows, {{"result", "failed"}}, double(ledger->failed));
    f.count_to(f.rows, {{"result", "busy"}}, double(ledger->busy));
  }
  lock.unlock();
  return prometheus::TextSerializer().Serialize(f.registry.Collect());
}

Meters::DoorCounts Meters::of_door(size_t door) const {
  const DoorMeters& meters = families_->doors[door];
  DoorCounts counts;
  for (size_t i = 0; i < counts.actions.size(); ++i) {
    counts.actions[i] = uint64_t(meters.actions[i]->Value());
  }
  counts.unreadable = uint64_t(meters.unreadable->Value());
  counts.connections =
      uint64_t(meters.events[size_t(DoorEvent::connection)]->Value());
  return counts;
}

}  // namespace simwarden
