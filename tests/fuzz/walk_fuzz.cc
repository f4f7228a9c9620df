// SPDX-License-Identifier: Apache-2.0
// A text seen in one walk and step by step: the same views, from the same
// places, and the same disguises counted.
#include "fuzz/input.h"
#include "text/pieces.h"
#include "text/views.h"

using namespace simwarden;

namespace {

void check_same(const View& fast, const View& slow) {
  CHECK(fast.text == slow.text, "the short way is no other");
  for (size_t i = 0; i < fast.text.size(); ++i) {
    CHECK(fast.original(i, i + 1) == slow.original(i, i + 1),
          "it leads back to the same place");
  }
}

}  // namespace

int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text = fuzz::as_text(data, size);
  const Views fast = see(text);
  const Views slow = see_step_by_step(text);
  CHECK(fast.disguise == slow.disguise, "nor does it count otherwise");
  check_same(fast.plain, slow.plain);
  check_same(squeeze(fast.plain), squeeze(slow.plain));
  return 0;
}
