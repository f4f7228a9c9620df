// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <vector>

#include "spelling/prefixes.h"
#include "spelling/respelling.h"

// Words that name a messenger, in their many spellings, and where they stand.
namespace simwarden {

enum LabelFlag : uint16_t {
  kVariant = 1,      // a spelling that hides: 薇信 for 微信
  kOrdinary = 2,     // an everyday word too: 飞机 is a plane, line is a line
  kNeedsAdd = 4,     // only behind 加 or "+": 加v
  kSpaceable = 8,    // also as "t g", "q-q"
  kOnlyAt = 16,      // only before "@name": "tele @demo_x"
  kColon = 32,       // with kNeedsAdd: or a colon and digits behind, "q:12345"
  kLoose = 64,       // also "t3legr@m", "w.h.a.t.s", "Te-le-gram"
  kOnlyLoose = 128,  // with kLoose: only so
  kTrade = 512,      // only near what sellers of cards offer
  kOffered = 1024,   // or near that, with a sign or a number behind: "v:…"
  kService = 256     // of the kind "handle": a service, not a word for names
};

struct Label {
  std::string_view text;
  std::string_view kind;
  uint16_t flags = 0;
  bool group = false;  // names a group of people, not a person
};

struct LabelHit {
  Range range;
  const Label* label = nullptr;
  bool spaced = false;
  bool added = false;   // 加, "+" or a likeness of 加 stands before it
  bool likely = false;  // digits or signs stand for letters
};

// An everyday word, unless it is written as nobody writes one: "l.i.n.e".
bool is_ordinary(const LabelHit& hit);
bool is_disguised(const LabelHit& hit);
// Its letters stand apart, and there are few of them.
bool is_weak(const LabelHit& hit);

// Four times as many as contacts are kept of a text: more are of no use.
inline constexpr size_t kLabelsMax = 4000;

// All labels in order, the longest at each place; the first kLabelsMax.
// `leads` are those of find_leads(text).
std::vector<LabelHit> find_labels(std::string_view text,
                                  const std::vector<Lead>& leads);
// Where a label may begin.
void add_label_beginnings(Prefixes& prefixes);

}  // namespace simwarden
