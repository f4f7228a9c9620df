// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <systemd/sd-daemon.h>

#include "app/desk.h"
#include "app/options.h"
#include "app/terminal.h"
#include "door/doors.h"
#include "door/server.h"

// serve: the daemon.
namespace simwarden {
namespace {

Result<ServeSettings> settings_of(const std::string& path) {
  auto text = read_text_file(path);
  if (!text) return text.error();
  Issues issues;
  ServeSettings settings =
      read_settings(SourceText(path, std::move(*text)), door_names(), issues);
  if (!issues.empty()) {
    fmt::print(stderr, "{}", render(issues, wants_colour(stderr)));
  }
  if (issues.has_errors()) {
    return Error{Trouble::usage,
                 fmt::format("{}: {} mistake{}; no door was opened", path,
                             issues.error_count(),
                             issues.error_count() == 1 ? "" : "s")};
  }
  return settings;
}

void say(const std::string& line) {
  fmt::print(stderr, "simwarden: {}\n", line);
}

void say_reloaded(const Reloaded& done) {
  say(done.ok ? "the policies are in force again: " + done.digest
              : "the policies could not be exchanged, " + done.digest +
                    " stays in force: " + done.why);
}

}  // namespace

int run_serve(const ServeOptions& options) {
  auto settings = settings_of(options.config);
  if (!settings) return complain(settings.error());
  auto desk = Desk::open(*settings);
  if (!desk) return complain(desk.error());
  Server* running = nullptr;
  ServerEvents events;
  events.on_reload = [&] { (*desk)->reload(say_reloaded); };
  events.on_trouble = say;
  events.on_ready = [&] {
    for (const std::string& place : running->places()) {
      say("listening: " + place);
    }
    sd_notify(0, "READY=1");
  };
  events.on_draining = [] {
    say("stopping; requests in flight are finished");
    sd_notify(0, "STOPPING=1");
  };
  auto server = Server::open(*settings, **desk, std::move(events));
  if (!server) return complain(server.error());
  running = server->get();
  const size_t cut_off = running->run();
  if (cut_off > 0) {
    say(fmt::format("{} conversations did not end in time", cut_off));
  }
  return kExitDone;
}

}  // namespace simwarden
