// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "contact/scene.h"

namespace simwarden {

// "ID: demo_x", "账号:demo_x8": a word for an account of no named service (kind
// "handle" of the table of names) at `word`, the name at `name`. True where a
// reader takes it for somebody to write to; not for a log-in, an order, a line
// of a program or what belongs to another word ("ref ID: demo_x"), nor where
// prose goes on ("ID: demo_x is offline"), unless it is said to be one's own.
bool is_account_told(const Scene& scene, Range word, Range name);

// A small Latin letter begins the next word behind `end`, and nothing there
// asks to write: "sip_uri field", "demo_x is offline".
bool prose_goes_on(const Scene& scene, size_t end);

// The name behind a service without a kind of its own, "snap: demo88": letters
// and a digit at least, no log-in, no program.
bool is_account_of_service(const Scene& scene, Range word, Range name);

// A name that a person would have: no "INV_2024", no log-in, no program.
bool is_of_person(const Scene& scene, Range name);

// A name of nothing but circled or squared letters and figures, of flags with
// something invisible between them, or with something that is not shown between
// all its letters: no word that is only made fat.
bool is_name_in_dress(const Scene& scene, Range name);

// The letters and digits with a "_" that stand before `i`, where a messenger
// is named: "demo_x (tg)", "demo_x on telegram". Empty without such.
Range name_before(std::string_view text, size_t i);

}  // namespace simwarden
