// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "contact/label_gaps.h"
#include "contact/scene.h"
#include "spelling/labels.h"

namespace simwarden {

// The name at `name`, behind the messenger at `hit` and what stands between, is
// somebody's account: "加微信: demo_x8", not "Telegram is down", "flight TG
// 402". How much must mark it hangs on the messenger and on how ordinary its
// name is. REQUIRES: `name` has the length and letters of that messenger.
bool is_name_meant(const Scene& scene, const LabelHit& hit, const Gap& gap,
                   Range name);

// "飞机 demoka88", 闲鱼demoka88: letters and figures, where cards are offered.
bool is_id_of_seller(const Scene& scene, Range name);

}  // namespace simwarden
