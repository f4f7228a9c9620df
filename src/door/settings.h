// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "diag/issue.h"
#include "door/answers.h"
#include "intake/intake.h"

// What `serve --config FILE` is told, as plain values (docs/serve.md).
namespace simwarden {

// tcp:ADDRESS:PORT · unix:PATH · systemd:NAME
struct Endpoint {
  enum class Kind : uint8_t { tcp, local, systemd };
  Kind kind = Kind::tcp;
  std::string host;   // of tcp: an address, never a name that could change
  uint16_t port = 0;  // of tcp; 0: any that is free
  std::string path;   // of local; of systemd: FileDescriptorName
};
// "tcp:127.0.0.1:8480", "tcp:[::1]:8480", …: reads back as the same.
std::string to_text(const Endpoint& endpoint);
// Whether only this machine can reach it.
bool is_local_only(const Endpoint& endpoint);

// What a door answers when it cannot judge.
enum class OnError : uint8_t { pass, tempfail, hold };

// Each with its reason where it is read (settings.cc).
struct DoorLimits {
  uint32_t connections = 256;
  uint32_t header_bytes = 32 << 10;
  uint32_t request_bytes = 8 << 20;  // unpacked, but for a stream of lines
  uint32_t records = 10'000;         // of one array
};
struct DoorTimeouts {
  std::chrono::milliseconds idle{60'000};     // between two requests
  std::chrono::milliseconds request{30'000};  // for one, from its first byte
  std::chrono::milliseconds write{30'000};    // for a piece of an answer
};

struct TlsSettings {
  std::string certificate;  // PEM files
  std::string key;
  std::string client_ca;  // given: a client needs a certificate of it
  bool wanted() const { return !certificate.empty(); }
};

struct ListenerSettings {
  std::string name;
  std::string door;  // a row of doors.h
  Endpoint at;
  std::string profile;         // empty: that of the whole
  Issue unknown_profile = {};  // what is said of it when there is none
  std::string tenant;  // kept with what is stored and logged; may be empty
  KindChoice kind = KindChoice::automatic;
  uint32_t mode = 0600;  // of a Unix socket
  bool anybody = false;  // listens beyond this machine without TLS
  bool tokens = false;   // asks for a bearer token
  OnError on_error = OnError::tempfail;
  bool keep = true;         // what it judges goes to the store, if there is one
  bool learn = false;       // takes what people said of mails (learning.h)
  MailAnswers answers;      // of doors for mail servers
  std::string authserv_id;  // whose Authentication-Results are believed
  std::string country;      // of every record; empty: nobody says
  bool latin1 = false;      // of jasmin: the default alphabet is no GSM 03.38
  // Of kannel: what the subscriber is sent, by action; empty: nothing.
  std::array<std::string, kActionNames.size()> replies;
  TlsSettings tls;
  DoorLimits limits;
  DoorTimeouts timeouts;
};

// Whether it must not be reached from other machines.
inline bool is_unguarded(const ListenerSettings& l) {
  return !l.tls.wanted() && !l.anybody;
}
inline constexpr std::string_view kHowToGuard =
    "listen on 127.0.0.1 or a Unix socket, add tls:, or say anybody: true";

// Where verdicts are kept; nothing without `db`.
struct StoreSettings {
  std::string db;
  std::string site_key;    // a path; empty: beside the database
  bool facts = true;       // keep the masked facts, so that it can be replayed
  bool four_eyes = false;  // nobody lets a stopped request through alone
};

enum class LogVerdicts : uint8_t { none, flagged, all };
// How a line names whoever was told no: not at all, by the network of the
// address (as fields of records are masked), by the address.
enum class LogClients : uint8_t { none, network, address };
struct LogSettings {
  LogVerdicts verdicts = LogVerdicts::flagged;
  LogClients clients = LogClients::network;
  bool json = false;  // else one line of name=value
};

struct ServeSettings {
  std::vector<std::string> policies;  // empty: the shipped ones
  std::vector<std::string> lists;
  std::vector<std::string> waivers;
  std::string profile = "generic";
  Issue unknown_profile = {};  // what is said of it when there is none
  std::string language = "en";
  Issue unknown_language = {};  // the same of that
  std::string tokens_file;
  StoreSettings store;
  LogSettings log;
  std::string user;  // to become after the doors are open; empty: stay
  // How often the files of policy are looked at for changes; 0: never.
  std::chrono::milliseconds watch{0};
  uint64_t memory = uint64_t{256} << 20;  // of all bodies at one time
  uint32_t threads = 0;                   // 0: one a core
  std::chrono::milliseconds drain{10'000};
  std::vector<ListenerSettings> listeners;

  // REQUIRES: it is one of the listeners here, no copy of one.
  size_t index_of(const ListenerSettings& listener) const;
};

inline constexpr size_t kListenersMax = 64;  // more doors than protocols

// Reads all of it or says in `issues` (code D1xx) what is wrong. What a door
// may say, its row says (door/doors.h).
ServeSettings read_settings(const SourceText& file, Issues& issues);

}  // namespace simwarden
