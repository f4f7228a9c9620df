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

// Whoever reaches a door of messages must not have his say in what is counted
// of requests: what is wrong with a record of that kind there, if anything is.
std::optional<BadRow> refuse_kind(Kind kind, KindChoice taken);

// Records of one door as JSON, one after the other, with the memory of the one
// before.
class RecordScreener {
 public:
  // Keeps all by reference.
  RecordScreener(const InForce& rules, const ListenerSettings& settings,
                 Service& service);

  // Screens one record, or hands in that it could not be read, or is of another
  // kind than the door takes: then item().bad says why.
  Ticket screen(std::string_view json, InForce::Sitting& sitting,
                const RecordPlace& place);
  // The same of one of many: where judging it throws, that costs this record
  // its verdict (R101, and a note to the service) and the others nothing.
  // REQUIRES: place.line_to.
  Ticket screen_one_of_many(std::string_view json, InForce::Sitting& sitting,
                            const RecordPlace& place);
  // The last one.
  const Item& item() const { return item_; }

 private:
  const InForce& rules_;
  const ListenerSettings& settings_;
  Service& service_;
  IntakeOptions intake_;
  JsonReader reader_;
  Item item_;  // whose memory stays
};

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
  RecordScreener records_;
  std::string rest_;    // a line that has not ended
  HeldMemory held_;     // for it
  bool skips_ = false;  // the line was too long: up to its end
  UnknownNames unknown_;
  uint64_t line_ = 0;
  Ticket ticket_;
};

}  // namespace simwarden
