// SPDX-License-Identifier: Apache-2.0
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <exception>

#include "app/options.h"
#include "terminal/terminal.h"

// Everything a command needs is built by the command itself; main only
// catches what a library may throw (out of memory, mostly), so that no way
// out looks like success.
namespace {

// Nothing when the reader went away (`| head`).
int say_output_is_lost(int why) {
  if (why != EPIPE) {
    (void)std::fprintf(
        stderr, "simwarden: standard output: %s; the output is not whole\n",
        std::strerror(why));
  }
  return simwarden::kExitEnvironment;
}

}  // namespace

int main(int argc, char** argv) {
  // A file at the limit of `ulimit -f` is a write that failed, not our death.
  (void)std::signal(SIGXFSZ, SIG_IGN);
  try {
    const int exit_code = simwarden::run_command_line(argc, argv);
    if (exit_code == simwarden::kExitEnvironment) return exit_code;  // was said
    // What was flushed before, and lost, is not lost again.
    const bool whole = std::fflush(stdout) == 0 && std::ferror(stdout) == 0;
    return whole || errno == EPIPE ? exit_code : say_output_is_lost(errno);
  } catch (const std::exception& e) {
    const int why = errno;
    if (std::ferror(stdout) != 0) return say_output_is_lost(why);
    (void)std::fprintf(stderr, "simwarden: %s\n", e.what());
    return simwarden::kExitEnvironment;
  }
}
