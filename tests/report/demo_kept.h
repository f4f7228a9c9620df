// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include <fmt/format.h>

#include "record/verdict.h"

// Kept facts of the demo store, as a block keeps them: request `i` of a month.
namespace simwarden {

struct DemoFacts {
  int i = 0;
  std::string day;  // "2026-02-03"
  int hour = 0;
  Action action = Action::pass;
};

inline std::string demo_time(const DemoFacts& of, int minutes, int days = 0) {
  const int minute = of.hour * 60 + 30 + minutes;
  return fmt::format("{}-{:02}T{:02}:{:02}:00+08:00", of.day.substr(0, 7),
                     std::stoi(of.day.substr(8)) + days + minute / 1440,
                     minute / 60 % 24, minute % 60);
}

inline std::string demo_token(uint64_t value) {
  return fmt::format(R"({{"token":"t1:0000:{:08x}{:024x}"}})", value, value);
}

inline std::string demo_factors(int i) {
  const char* made[] = {
      R"([{"destination_type":"number_being_replaced","result":"pass","type":"otp_sms"}])",
      R"([{"result":"pass","type":"id_in_person"},{"result":"pass","type":"biometric"}])",
      R"([{"result":"pass","type":"push_app"},{"result":"fail","type":"pin_account"}])",
      R"([{"result":"pass","type":"kba_static"}])"};
  return made[i % 4];
}

inline std::string demo_notices(const DemoFacts& of) {
  if (of.i % 5 == 4) return "[]";
  // One of seven tells of it afterwards.
  return fmt::format(
      R"([{{"channel":"sms","event":"before_activation","response":"{}","sent_at":"{}","status":"delivered"}}])",
      of.i % 3 == 0 ? "confirmed" : "none",
      demo_time(of, of.i % 7 == 6 ? 90 : 1));
}

inline std::string demo_outcome(const DemoFacts& of) {
  if (of.action >= Action::hold) {
    return R"({"decision":"refuse","fraud_confirmed":false,"state":"rejected"})";
  }
  // Not on the last of February: there is no day after it here.
  const std::string ported = of.i % 9 == 0
                                 ? fmt::format(R"("port_out_at":"{}",)",
                                               demo_time(of, 61, 1 + of.i % 5))
                                 : "";
  return fmt::format(
      R"({{"decision":"approve","fraud_confirmed":{},{}"state":"completed"}})",
      of.i == 9, ported);
}

inline std::string demo_kept(const DemoFacts& of) {
  const char* channels[] = {"store_own", "dealer", "app", "hotline"};
  const char* statuses[] = {"official", "unverified", "official", "authorised"};
  const char* documents[] = {"national_id_card", "passport"};
  const char* presented[] = {"original", "copy", "original", "none"};
  const int i = of.i;
  const bool activated = of.action < Action::hold;
  const std::string activation =
      activated ? fmt::format(R"("activated_at":"{}",)", demo_time(of, 31 + i))
                : "";
  return fmt::format(
      R"({{{}"agent":{{"id":{}}},)"
      R"("auth":{{"factors":{},"weak_only":{}}},)"
      R"("channel":{{"id":"OUT-{}","official_status":"{}","type":"{}"}},)"
      R"({}"created_at":"{}","device":{{"new":{{"imei":{}}}}},)"
      R"("identity":{{"alternative_path":"{}","biometric":{{"result":"{}"}},"document":{{"number_hash":{},"presented_as":"{}","type":"{}"}}}},)"
      R"("kind":"request","notifications":{},"outcome":{},"phone_number":{{"masked":true}},"policy_profile":{},"reason":"{}",)"
      R"("request_id":{{"masked":true}},"request_type":"sim_replacement","session":{{"ip":{}}},"sim":{{"new":{{"form":"{}"}}}}}})",
      activation, demo_token(0x2a0b1c * uint64_t(i % 4 + 1)), demo_factors(i),
      i % 4 == 0 || i % 4 == 3, i % 3, statuses[i % 4], channels[i % 4],
      i % 8 == 0 ? "" : R"("country":"CN",)", demo_time(of, 0),
      demo_token(0xde00 + uint64_t(i / 5)),
      i % 11 == 0 ? "no_biometrics" : "none", i % 2 ? "match" : "not_done",
      demo_token(0xd0c0 + uint64_t(i / 8)), presented[i % 4], documents[i % 2],
      demo_notices(of), demo_outcome(of),
      i % 10 == 3 ? R"({"invalid":true})" : R"("generic")",
      i % 3 ? "lost" : "damaged", demo_token(0x1b00 + uint64_t(i % 3)),
      i % 2 ? "eSIM" : "physical");
}

// What blocks keep of the demo messages: a lure, and one that says little.
inline std::vector<std::string> demo_kept_messages() {
  return {
      R"({"contacts":[{"kind":"wechat","value":{"token":"t1:0000:1"}},{"kind":"phone","official":true}],)"
      R"("kind":"message","language":"zh-Hans","links":[{"disguised":true,"host":"bank-<b>.example","lookalike_of":"bank.example"},{"host":"short.example","shortener":true}],)"
      R"("text":{"excerpt":"加微信 <b>demo_handle</b> +** *** **00","size":40,"token":"t1:0000:2"},"transport":"sms"})",
      R"({"kind":"message","transport":"chat"})"};
}

}  // namespace simwarden
