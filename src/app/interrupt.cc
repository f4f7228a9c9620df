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
}

bool was_interrupted() {
  return interrupted != 0;
}

}  // namespace simwarden
