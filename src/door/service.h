// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "door/figures.h"
#include "door/memory_budget.h"
#include "door/settings.h"
#include "door/ticket.h"
#include "intake/intake.h"
#include "record/record.h"
#include "record/verdict.h"

// What doors ask of the house. Doors know records and verdicts, never a rule:
// whoever judges implements this (desk/desk.h). Everything is thread-safe.
// REQUIRES of every listener that is named to it: one of the settings that the
// service was made of (ServeSettings::listeners), no copy of one.
namespace simwarden {

// What of an answer's leads is wanted: `hosts` leaves the urls out, which are
// dear to mask.
enum class LeadsWanted : uint8_t { none, hosts, urls };

// By what a door knows that a record comes again: by who sent it and its bytes,
// where it has an id or its request a key.
struct SentBy {
  std::string_view caller = {};  // whose token; "": nobody's
  std::string_view key = {};     // the caller's name for this very request
};

// The caller's name for a request: in log and store masked, for it may be a
// number of somebody; in the answer as the caller gave it.
struct Correlator {
  std::string_view kept = {};
  std::string_view told = kept;
};

// Where an answer's record came from: the `source` of its line.
struct RecordPlace {
  std::string_view source;  // the door's name
  uint64_t line = 1;        // in the request, from 1
  // The record as it came: what the digest of stored sources is over. Of a door
  // that has no such bytes nothing: the verdict stands for them.
  std::string_view bytes = {};
  Correlator correlator = {};
  // Nothing: whoever sends the same bytes again sends another record.
  std::optional<SentBy> sent_by = {};
  // Gets the verdict's line as `screen` writes it, without a line break, at its
  // end. Null: nobody wants it.
  std::string* line_to = nullptr;
  LeadsWanted leads = LeadsWanted::none;
  // Somebody tries the way, not the rules: judged and stored like any, counted
  // as a self-test only.
  bool self_test = false;
  // False: nobody is told of findings more than their names. What is stored or
  // has a line says all the same why.
  bool reasons = true;
};

// What a message leads to, as it may leave the program: for peers that show
// it.
struct Leads {
  struct Link {
    std::string url;          // masked like every text; "" if nobody wants it
    std::string host;         // "" of a deep link
    std::string scheme;       // "https", "weixin"
    std::string registrable;  // of the url; "" of an address or a deep link
  };
  std::vector<Link> links;
  std::vector<std::string> emails;  // masked
};

// The scores that an action begins at; a rule's floor may come before it.
struct ActionScores {
  double review = 0;
  double hold = 0;
  double refuse = 0;
};

// Whether what was judged is where it shall be kept.
enum class Kept : uint8_t {
  yes,     // or nothing shall be
  busy,    // the queue to the store was full: nothing was taken
  failed,  // the store failed
};

// What happens at a door besides verdicts, to be counted.
enum class DoorEvent : uint8_t {
  connection,
  refused,        // no right
  not_found,      // no such path, or another method than it takes
  malformed,      // it broke the protocol
  too_slow,       // a time-out ended it, in sending or in reading the answer
  too_large,      // it is beyond a limit
  broken,         // the other side went away in the middle
  busy,           // told to come again, or one connection too many
  not_kept,       // told although the store failed (on_error: pass)
  store_failed,   // judged, and told by on_error
  no_tls,         // the handshake of TLS failed
  failed,         // something here threw: no memory left, or our own mistake
  unknown_names,  // a record has names that no field has (unknown_names.h)
};
// REQUIRES: that one is the last.
inline constexpr size_t kDoorEvents = size_t(DoorEvent::unknown_names) + 1;
// As counts and log lines have it.
constexpr std::string_view name_of(DoorEvent event) {
  switch (event) {
    case DoorEvent::connection: return "connection";
    case DoorEvent::refused: return "refused";
    case DoorEvent::not_found: return "not_found";
    case DoorEvent::malformed: return "malformed";
    case DoorEvent::too_slow: return "too_slow";
    case DoorEvent::too_large: return "too_large";
    case DoorEvent::broken: return "broken";
    case DoorEvent::busy: return "busy";
    case DoorEvent::not_kept: return "not_kept";
    case DoorEvent::store_failed: return "store_failed";
    case DoorEvent::no_tls: return "no_tls";
    case DoorEvent::failed: return "failed";
    case DoorEvent::unknown_names: return "unknown_names";
  }
  return {};
}

// The ruleset that a request is judged by from its first record to its last,
// however often it is exchanged meanwhile.
class InForce {
 public:
  virtual ~InForce() = default;

  struct Answer {
    Verdict verdict;  // its blocks where it is stored or has a line
    Ticket ticket = {};
    std::string stored_as = {};  // see stored_verdict(); empty: not stored
    std::optional<Leads> leads = {};
  };
  // Records that are there at the same time, judged one after the other by one
  // thread. It counts them at its end, which comes before they are answered.
  class Sitting {
   public:
    virtual ~Sitting() = default;
    // Hands the verdict to the store if this door keeps verdicts.
    virtual Answer judge(const Record& record, const RecordPlace& place) = 0;
  };
  // REQUIRES: these rules live longer.
  virtual std::unique_ptr<Sitting> sit() const = 0;
  // Of one record alone.
  virtual Answer judge(const Record& record, const RecordPlace& place) const {
    return sit()->judge(record, place);
  }

  // Counts a record that could not be read, too, and hands it to the store: its
  // line is an error object.
  virtual Ticket unreadable(const BadRow& bad,
                            const RecordPlace& place) const = 0;

  // The verdict drawn for a person, plain text (docs/explain.md). In
  // `language`, in that of the settings where it is empty.
  virtual std::string explain(const Record& record,
                              std::string_view language) const = 0;

  // By the profile of this door.
  virtual ActionScores scores() const = 0;
  virtual const std::string& digest() const = 0;  // "sha256:…"
  // What is asked: packs, profile, rules, as one JSON object.
  virtual const std::string& policy_json() const = 0;
};

// Why an exchange of the ruleset did not come about: nothing, or what is wrong.
// Tokens and certificates are exchanged beside it, each for itself.
struct Reloaded {
  bool ok = false;
  std::string digest;  // in force now
  std::string why;     // for people; empty when ok
  // Nobody says that the policies are wrong: a file could not be read, or the
  // store takes nothing now.
  bool world_fails = false;
  // For people: tokens or certificates that are no good, so that the former
  // ones stay. Empty: those of the files are in force.
  std::string keys_stay;
};

enum class TokenRole : uint8_t {
  none = 0,
  screen = 1,  // ask for verdicts
  read = 2,    // read policy, counts and stored verdicts
  admin = 4,   // exchange the policy
  decide = 8,  // say what people decided
};

// Who holds a token.
struct Caller {
  std::string name;
  uint8_t roles = 0;  // bits; 0: nobody
};

// What came of a question to the store.
struct StoreReply {
  // `empty`: nothing was asked.
  enum class How : uint8_t { done, not_found, empty, wrong, unavailable };
  How how = How::done;
  std::string json;  // done
  std::string why;   // otherwise
};

// One thing that is well or not.
struct Health {
  bool ready = false;
  std::string json;  // {"ready":true,"ruleset":"sha256:…",…}
};

class Service {
 public:
  virtual ~Service() = default;
  virtual std::shared_ptr<const InForce> in_force(
      const ListenerSettings& listener) const = 0;
  // Reads the policies again, tests them and puts them in force if they pass.
  // Takes seconds, on a thread of its own, from which `done` is called.
  virtual void reload(std::function<void(const Reloaded&)> done) = 0;
  // Calls `done` once what `ticket` stands for is kept or cannot be; at once
  // when it is known. On any thread.
  virtual void settle(Ticket ticket, std::function<void(Kept)> done) = 0;
  // What goes into the log beside an event.
  struct NoteWords {
    std::string_view what = {};        // of `failed` what was thrown, of
                                       // `unknown_names` the first
    std::string_view correlator = {};  // of the request, where one is known
    std::string client = {};           // whose it was (Wire::client)
    uint64_t times = 1;
  };
  virtual void note(const ListenerSettings& listener, DoorEvent event,
                    const NoteWords& words) = 0;
  void note(const ListenerSettings& listener, DoorEvent event) {
    note(listener, event, {});
  }
  // That the bodies of a door are held in.
  virtual MemoryBudget& memory(const ListenerSettings& listener) = 0;
  virtual Health health() const = 0;
  // What a person said of a mail was stored.
  virtual void note_learned() = 0;
  virtual DoorFigures figures() const = 0;
  virtual Caller caller_of(std::string_view token) const = 0;
  // Metrics in Prometheus' text format, and a page for people.
  virtual std::string metrics() const = 0;
  virtual std::string status_page() const = 0;
  // A stored verdict with what people decided about it, by its `stored_as`.
  virtual StoreReply stored_verdict(std::string_view id) const = 0;
  // Decisions as JSON lines or CSV (docs/audit.md), all or none; `by` decided
  // where a row names nobody.
  virtual StoreReply decide(std::string_view rows, const std::string& by) = 0;
};

}  // namespace simwarden
