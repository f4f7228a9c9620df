// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "door/service.h"
#include "door/unknown_names.h"
#include "intake/intake.h"
#include "intake/json_rows.h"

// Records as text in, lines of verdicts out: what every door that speaks JSON
// does with a body.
namespace simwarden {

class LineScreener {
 public:
  // Keeps all by reference.
  LineScreener(const InForce& rules, const ListenerSettings& settings,
               Service& service, const Correlator& correlator = {},
               SentBy sent_by = {});

  // Takes JSON lines as they come and appends a line for every whole one: a
  // verdict or an error object, in order. A byte order mark of UTF-8 at the
  // front is passed over. False: there is no memory for a line that has not
  // ended; nothing more can be taken.
  bool take(std::string_view bytes, std::string& out);
  // What stands behind the last line feed is a line, too.
  void finish(std::string& out);

  uint64_t lines() const { return line_; }
  // Of all lines since it was last taken. Notes the unknown names in them.
  Ticket take_ticket() {
    unknown_.note(service_, settings_, correlator_.kept);
    return std::exchange(ticket_, Ticket{});
  }

 private:
  void end_line(std::string_view line, InForce::Sitting& sitting,
                std::string& out);
  void end_rest(InForce::Sitting& sitting, std::string& out);

  const InForce& rules_;
  const ListenerSettings& settings_;
  Service& service_;
  Correlator correlator_;
  SentBy sent_by_;
  IntakeOptions intake_;
  JsonReader reader_;
  Item item_;           // whose memory stays
  std::string rest_;    // a line that has not ended
  HeldMemory held_;     // for it
  bool skips_ = false;  // the line was too long: up to its end
  UnknownNames unknown_;
  uint64_t line_ = 0;
  Ticket ticket_;
};

// Whoever reaches a door of messages must not have his say in what is counted
// of requests: what is wrong with a record of that kind there, if anything is.
std::optional<BadRow> refuse_kind(Kind kind, KindChoice taken);

// Screens one record, or hands in that it could not be read, or is of another
// kind than the door takes (`taken`): then item.bad says why.
Ticket screen_one(JsonReader& reader, Item& item, std::string_view json,
                  const InForce& rules, InForce::Sitting& sitting,
                  const RecordPlace& place, KindChoice taken);

// The same of one of many: where judging it throws, that costs this record its
// verdict (R101, and a note to the service) and the others nothing.
// REQUIRES: place.line_to.
Ticket screen_one_of_many(JsonReader& reader, Item& item, std::string_view json,
                          const InForce& rules, InForce::Sitting& sitting,
                          const RecordPlace& place,
                          const ListenerSettings& settings, Service& service);

}  // namespace simwarden
