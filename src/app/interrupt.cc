// SPDX-License-Identifier: Apache-2.0
#include "app/interrupt.h"

#include <csignal>

namespace simwarden {
namespace {

volatile std::sig_atomic_t interrupted = 0;

void on_signal(int number) {
  interrupted = 1;
  (void)std::signal(number, SIG_DFL);
}

}  // namespace

void watch_for_interrupt() {
  (void)std::signal(SIGINT, on_signal);
  (void)std::signal(SIGTERM, on_signal);
  // Who starts us by nohup wants us to live on.
  if (std::signal(SIGHUP, on_signal) == SIG_IGN) {
    (void)std::signal(SIGHUP, SIG_IGN);
  }
}

bool was_interrupted() {
  return interrupted != 0;
}

}  // namespace simwarden
