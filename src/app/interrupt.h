// SPDX-License-Identifier: Apache-2.0
#pragma once

// Ctrl-C, SIGTERM and, unless it is ignored (nohup), SIGHUP ask a run to stop:
// it finishes what it has begun, writes down where it stopped and says so.
namespace simwarden {

// From now on the signals only set a flag; a second one ends the program at
// once.
void watch_for_interrupt();
bool was_interrupted();

}  // namespace simwarden
