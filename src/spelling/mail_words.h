// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <vector>

#include "spelling/respelling.h"

// Mail addresses whose at-sign is a word of prose or stands apart.
namespace simwarden {

// "write to bookings": a name that ends at `end`, and a word in front that
// asks for mail. Not "write to us".
bool is_mailed_name(std::string_view text, size_t end);

// "demoshop et gmail nokta com": the at-sign in front of a known host at
// `host`, whose dot is the word `dot`.
bool is_turkish_mail(std::string_view text, size_t host, std::string_view dot);

// "gmail.com" for "gmail" alone at `i`; "" for what is no known host of mail.
std::string_view provider_host_at(std::string_view text, size_t i);

// "네이버 닷컴", "мейл точка ру": a known host of mail at `i` in other letters.
bool read_foreign_provider(std::string_view text, size_t i, Respelling& out);

// "kai@яндекс.ру": such a host behind the "@" at `i`.
bool read_foreign_mail(std::string_view text, size_t i, Respelling& out);

// "demo_x @ example.com", "kai@ example.com": the "@" at `i` with the space
// around it.
bool read_apart_at(std::string_view text, size_t i, Respelling& out);

// "kai@demo,com", "kai@gmail com": what stands for the dot of the host behind
// the "@" at `i`.
bool read_gapped_mail(std::string_view text, size_t i, Respelling& out);

// "demoⓐexample.com", where mail is asked for or the host is a known one of
// mail: the at-signs. In order.
std::vector<Respelling> circled_ats(const View& plain, std::string_view raw);

}  // namespace simwarden
