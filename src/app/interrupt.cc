// SPDX-License-Identifier: Apache-2.0
#include "app/interrupt.h"

#include <atomic>

#include <signal.h>

namespace simwarden {
namespace {

// A signal comes on any thread, and several ask.
std::atomic<bool> interrupted = false;
static_assert(std::atomic<bool>::is_always_lock_free,
              "a signal handler waits for no lock");

void on_signal(int) {
  interrupted = true;
}

// The next one ends the program.
void watch_for(int number) {
  struct sigaction action {};
  action.sa_handler = on_signal;
  action.sa_flags = int(SA_RESTART | SA_RESETHAND);
  (void)::sigaction(number, &action, nullptr);
}

}  // namespace

void watch_for_interrupt() {
  watch_for(SIGINT);
  watch_for(SIGTERM);
  // Who starts us by nohup wants us to live on.
  struct sigaction hangup {};
  (void)::sigaction(SIGHUP, nullptr, &hangup);
  if (hangup.sa_handler != SIG_IGN) watch_for(SIGHUP);
}

bool was_interrupted() {
  return interrupted;
}

}  // namespace simwarden
