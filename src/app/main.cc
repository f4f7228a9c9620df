// SPDX-License-Identifier: Apache-2.0
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <exception>

#include "app/options.h"
#include "terminal/terminal.h"

// Everything a command needs is built by the command itself; main only
// catches what a library may throw (out of memory, mostly), so that no way
// out looks like success.
int main(int argc, char** argv) {
  try {
    const int exit_code = simwarden::run_command_line(argc, argv);
    if (std::fflush(stdout) == 0 || errno == EPIPE) return exit_code;
    (void)std::fprintf(
        stderr, "simwarden: standard output: %s; the output is not whole\n",
        std::strerror(errno));
    return simwarden::kExitEnvironment;
  } catch (const std::exception& e) {
    (void)std::fprintf(stderr, "simwarden: %s\n", e.what());
    return simwarden::kExitEnvironment;
  }
}
