// SPDX-License-Identifier: Apache-2.0
#include "door/http_routes.h"

#include <boost/test/unit_test.hpp>

namespace simwarden {
namespace {

bool tells(const HttpReply& reply, std::string_view words) {
  return reply.body.find(words) != std::string::npos;
}

BOOST_AUTO_TEST_CASE(an_exchange_that_fails_in_policies_and_keys_tells_both) {
  const Reloaded wrong{.ok = false,
                       .digest = "sha256:0",
                       .why = "pack.yaml:3:1: unknown key rulez",
                       .keys_stay = "tokens:4: no token"};
  const HttpReply both = reload_reply(wrong);
  BOOST_TEST(both.status == 422);
  BOOST_TEST(tells(both, "\"code\":\"policy\""), both.body);
  BOOST_TEST(tells(both, "unknown key rulez"), both.body);
  BOOST_TEST(tells(both, "tokens:4: no token"), both.body);

  Reloaded busy = wrong;
  busy.world_fails = true;
  BOOST_TEST(reload_reply(busy).status == 503);
  BOOST_TEST(tells(reload_reply(busy), "tokens:4: no token"));
}

BOOST_AUTO_TEST_CASE(keys_alone_are_told_beside_the_policies_in_force) {
  const Reloaded done{
      .ok = true, .digest = "sha256:0", .keys_stay = "tokens:4: no token"};
  const HttpReply reply = reload_reply(done);
  BOOST_TEST(reply.status == 422);
  BOOST_TEST(tells(reply, "\"code\":\"keys\""), reply.body);
  BOOST_TEST(tells(reply,
                   "the policies are in force (sha256:0), the keys are "
                   "those of before: tokens:4: no token"),
             reply.body);
}

}  // namespace
}  // namespace simwarden
