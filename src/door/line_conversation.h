// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "door/service.h"
#include "door/settings.h"
#include "door/spam_lines.h"
#include "door/wire.h"

// What both line protocols have in common: one request from a wire.
namespace simwarden {

struct LineRequest {
  SpamRequest head;
  std::string body;
};

class LineConversation {
 public:
  // Keeps all by reference. `protocol`: "SPAMC" or "RSPAMC".
  LineConversation(Wire& wire, const ListenerSettings& settings,
                   Service& service, std::string_view protocol);

  // Nullopt: see trouble(); when that is empty, too, nobody is there to be
  // told. Without Content-length the body ends with what the client sends.
  // Whatever follows a body of known length is a mismatch if it has come by
  // then: the rest of a mail would go unseen.
  Task<std::optional<LineRequest>> read();
  // The line that says what is wrong, of both protocols.
  const std::string& trouble() const { return trouble_; }
  Task<void> say(std::string_view bytes);
  // Of this client.
  void note(DoorEvent event);

 private:
  Task<std::optional<size_t>> find_head_end();
  Task<bool> read_head(SpamRequest& head);
  Task<bool> read_body(LineRequest& request);
  Task<bool> more();
  bool is_too_large(uint64_t bytes);
  bool has_room(uint64_t most);
  void complain(DoorEvent event, int code, std::string_view why);

  Wire& wire_;
  const ListenerSettings& settings_;
  Service& service_;
  std::string_view protocol_;
  HeldMemory held_;
  std::string arrived_;
  std::unique_ptr<char[]> piece_;
  std::chrono::steady_clock::time_point deadline_;
  bool began_ = false;
  bool ended_ = false;  // the client has said all
  std::string trouble_;
};

}  // namespace simwarden
