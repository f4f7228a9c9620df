// SPDX-License-Identifier: Apache-2.0
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <exception>
#include <new>

#include <fcntl.h>
#include <unistd.h>

#include "app/options.h"
#include "app/output.h"
#include "terminal/terminal.h"

#ifdef SIMWARDEN_JEMALLOC
#include <jemalloc/jemalloc.h>

// What a chunk of a log frees, the next one takes; by default blocks of 8 MiB
// and more go back to the system at once and are cleared anew each time.
const char* malloc_conf = "oversize_threshold:0";
#endif

// Everything a command needs is built by the command itself; main only
// sees to the streams, and catches what a library may throw (out of memory,
// mostly), so that no way out looks like success.
namespace {

// A standard stream that was closed (`>&-`) leaves its number to the next file
// that is opened: verdicts would be written into it. What takes the number
// fails as before: a folder cannot be read, nor by the name /dev/stdin, and
// /dev/null is opened for the other way. Errors go nowhere.
void fill_closed_streams() {
  for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (fcntl(stream, F_GETFD) != -1) continue;
    // The lowest free number is this one: those below it are taken.
    const char* taken = stream == STDIN_FILENO ? "/" : "/dev/null";
    (void)open(taken, stream == STDERR_FILENO ? O_WRONLY : O_RDONLY);
  }
}

}  // namespace

int main(int argc, char** argv) {
  fill_closed_streams();
  // A file at the limit of `ulimit -f` is a write that failed, and so is a pipe
  // whose reader went away: not our death.
  (void)std::signal(SIGXFSZ, SIG_IGN);
  (void)std::signal(SIGPIPE, SIG_IGN);
  try {
    const int exit_code = simwarden::run_command_line(argc, argv);
    if (exit_code == simwarden::kExitEnvironment) return exit_code;  // was said
    // What was flushed before, and lost, is not lost again.
    const bool whole = std::fflush(stdout) == 0 && std::ferror(stdout) == 0;
    if (whole || errno == EPIPE) return exit_code;
    return simwarden::complain(simwarden::output_is_lost(errno));
  } catch (const std::bad_alloc&) {
    return simwarden::complain(
        {simwarden::Trouble::environment, "no memory left"});
  } catch (const std::exception& e) {
    const int why = errno;
    if (std::ferror(stdout) != 0) {
      return simwarden::complain(simwarden::output_is_lost(why));
    }
    return simwarden::complain({simwarden::Trouble::environment, e.what()});
  }
}
