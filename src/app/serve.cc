// SPDX-License-Identifier: Apache-2.0
#include <optional>

#include <fmt/format.h>
#include <systemd/sd-daemon.h>

#include "app/loose_files.h"
#include "app/open_files.h"
#include "app/options.h"
#include "app/privileges.h"
#include "desk/desk.h"
#include "diag/counted.h"
#include "door/doors.h"
#include "door/server.h"
#include "door/tls.h"
#include "store/migrations.h"
#include "store/verdict_store.h"
#include "terminal/terminal.h"

// serve: the daemon.
namespace simwarden {
namespace {

struct ReadSettings {
  ServeSettings settings;
  std::optional<Error> wrong;  // the mistakes were shown
};

Result<ReadSettings> settings_of(const std::string& path) {
  auto text = read_text_file(path);
  if (!text) return text.error();
  Issues issues;
  ReadSettings read = {
      read_settings(SourceText(path, std::move(*text)), issues), {}};
  if (!issues.empty()) {
    say_text(render(issues, wants_colour(stderr)));
  }
  if (issues.has_errors()) {
    read.wrong = {Trouble::usage,
                  fmt::format("{}: {}; no door was opened", path,
                              how_many(issues.error_count(), "mistake"))};
  }
  return read;
}

std::vector<std::string> socket_paths(const ServeSettings& settings) {
  std::vector<std::string> paths;
  for (const ListenerSettings& door : settings.listeners) {
    if (door.at.kind == Endpoint::Kind::local) paths.push_back(door.at.path);
  }
  return paths;
}

// Tells systemd, when it is there, that we are alive, as often as it wants.
std::chrono::milliseconds watchdog_interval() {
  uint64_t microseconds = 0;
  if (sd_watchdog_enabled(0, &microseconds) <= 0) return {};
  return std::chrono::milliseconds(microseconds / 2000);
}

ServerEvents events_of(const ServeSettings& settings, Desk& desk,
                       const Server* const& running) {
  ServerEvents events;
  events.on_reload = [&desk] {
    desk.reload([](const Reloaded&) {});  // the desk itself logs it
  };
  events.on_trouble = [&desk](const std::string& what) {
    desk.log().write({.level = LogLevel::warning,
                      .name = "trouble",
                      .fields = {{"what", what}}});
  };
  events.on_ready = [&] {
    for (const std::string& place : running->places()) {
      const size_t blank = place.rfind(' ');
      desk.log().write({.name = "listening",
                        .fields = {{"door", place.substr(0, blank)},
                                   {"address", place.substr(blank + 1)}}});
    }
    desk.log().write({.name = "ready",
                      .fields = {{"version", SIMWARDEN_VERSION},
                                 {"ruleset", desk.ruleset()}}});
    sd_notify(0, "READY=1");
  };
  events.on_draining = [&] {
    desk.log().write(
        {.name = "stopping",
         .fields = {{"drain", fmt::format("{}ms", settings.drain.count())}}});
    sd_notify(0, "STOPPING=1");
    desk.begin_no_exchange();
  };
  events.on_tick = [&desk] { desk.say_due(); };
  events.on_alive = [] { sd_notify(0, "WATCHDOG=1"); };
  events.alive_every = watchdog_interval();
  return events;
}

// What a start would do to the database.
Status check_store(const std::string& db) {
  if (db.empty()) return Done{};
  const auto version = store_version(db, NewStore::where_none_is);
  if (!version) return version.error();
  if (*version == 0 || *version == schema_version()) return Done{};
  say_text(fmt::format(
      "{}: has the older schema {}; a start brings it up to date ({}), and "
      "older builds refuse it from then on: make a copy before\n",
      db, *version, schema_version()));
  return Done{};
}

// The rules are looked at whatever is wrong with the tokens.
Result<std::string> check_desk(const ServeSettings& settings,
                               std::vector<Error>& wrong) {
  auto desk = Desk::open(settings);
  if (desk) return (*desk)->check();
  wrong.push_back(desk.error());
  ServeSettings without = settings;
  without.tokens_file.clear();
  auto other = Desk::open(without);
  if (!other) return other.error();
  return (*other)->check();
}

// All that a start reads, and nothing that it opens. What is wrong is told all
// at once.
int check_serve(const ReadSettings& read, const std::string& path) {
  const ServeSettings& settings = read.settings;
  std::vector<Error> wrong;
  if (read.wrong) wrong.push_back(*read.wrong);
  if (Status known = is_known(settings.user); !known) {
    wrong.push_back(known.error());
  }
  for (const ListenerSettings& door : settings.listeners) {
    if (!door.tls.wanted()) continue;
    auto made = valid_tls_context(door.tls);
    if (!made) wrong.push_back(made.error());
  }
  const auto digest = check_desk(settings, wrong);
  if (!digest) wrong.push_back(digest.error());
  if (Status store = check_store(settings.store.db); !store) {
    wrong.push_back(store.error());
  }
  for (const std::string& what : loose_files(settings)) say_text(what + '\n');
  int code = kExitDone;
  for (const Error& error : wrong) {
    const int its = complain(error);
    if (code == kExitDone) code = its;
  }
  if (!wrong.empty()) return code;
  fmt::print("{}: {}, ruleset {}; nothing was opened\n", path,
             how_many(settings.listeners.size(), "door"), *digest);
  return kExitDone;
}

// Whoever exchanges policies may believe that he changed a setting.
void say_not_read(const std::string& path, const std::string& text,
                  Desk& desk) {
  const auto now = read_text_file(path);
  if (now && *now == text) return;
  desk.log().write(
      {.level = LogLevel::warning,
       .name = "settings_not_read",
       .fields = {{"file", path},
                  {"what",
                   "is another than at the start: settings are read at a start "
                   "only (try serve --check, then restart)"}}});
}

}  // namespace

int run_serve(const ServeOptions& options) {
  const auto read = settings_of(options.config);
  if (!read) return complain(read.error());
  if (options.check) return check_serve(*read, options.config);
  if (read->wrong) return complain(*read->wrong);
  const ServeSettings& settings = read->settings;
  const auto text = read_text_file(options.config);
  if (!text) return complain(text.error());
  auto desk = Desk::open(settings);
  if (!desk) return complain(desk.error());
  const Server* running = nullptr;
  auto server =
      Server::open(settings, **desk, events_of(settings, **desk, running));
  if (!server) return complain(server.error());
  if (Status given = give_sockets(socket_paths(settings), settings.user);
      !given) {
    return complain(given.error());
  }
  if (Status dropped = become(settings.user); !dropped) {
    return complain(dropped.error());
  }
  (*desk)->at_exchange([&, &asked = **desk, &door = **server] {
    say_not_read(options.config, *text, asked);
    return door.renew_certificates();
  });
  if (Status begun = (*desk)->begin(options.key_change); !begun)
    return complain(begun.error());
  if (const std::string what = make_room_for_files(settings); !what.empty()) {
    (*desk)->log().write({.level = LogLevel::warning,
                          .name = "few_files",
                          .fields = {{"what", what}}});
  }
  for (const std::string& what : loose_files(settings)) {
    (*desk)->log().write({.level = LogLevel::warning,
                          .name = "loose_file",
                          .fields = {{"what", what}}});
  }
  running = server->get();
  const size_t cut_off = (*server)->run();
  (*desk)->end();
  if (cut_off > 0) {
    (*desk)->log().write(
        {.level = LogLevel::warning,
         .name = "cut_off",
         .fields = {{"conversations", fmt::format("{}", cut_off)}}});
  }
  return kExitDone;
}

}  // namespace simwarden
