// SPDX-License-Identifier: Apache-2.0
// What the sanitizers do in every target: undefined behaviour ends the run as
// a crash does, and says where.
extern "C" const char* __ubsan_default_options() {  // NOLINT
  return "halt_on_error=1:print_stacktrace=1";
}
