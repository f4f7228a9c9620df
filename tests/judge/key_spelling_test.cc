// SPDX-License-Identifier: Apache-2.0
#include "judge/key_spelling.h"

#include <boost/test/unit_test.hpp>

#include "record/record.h"

using namespace simwarden;

BOOST_AUTO_TEST_CASE(what_systems_spell_otherwise_has_one_spelling) {
  struct {
    const char* field;
    const char* written;
    const char* known_by;
  } const rows[] = {
      {"device.new.imei", "490154203237518", "490154203237518"},
      {"device.new.imei", "49-015420-323751-8", "490154203237518"},
      {"device.new.imei", "49 015420 323751", "490154203237518"},
      {"device.new.imei", "490154203237510", "490154203237518"},
      {"device.new.imei", "4901542032375102", "490154203237518"},
      {"device.new.imei", "4901", "4901"},
      {"device.new.imei", "49015420323751x", "49015420323751x"},
      {"sim.new.eid", "8904 9032-1234/5123.45", "890490321234512345"},
      {"session.ip", "192.0.2.1", "192.0.2.1"},
      {"session.ip", "2001:DB8:0::1", "2001:db8::1"},
      {"session.ip", "::FFFF:192.0.2.1", "192.0.2.1"},
      {"session.ip", "::ffff:c000:201", "192.0.2.1"},
      {"session.ip", "2001:DB8::/32", "2001:db8::/32"},
      {"session.ip", "hmac256:1C9E", "hmac256:1C9E"},
      {"session.ip", "", ""},
      {"agent.id", "Demo-1 2", "Demo-1 2"},
  };
  for (const auto& [name, written, known_by] : rows) {
    const auto id = find_field(Kind::request, name);
    BOOST_REQUIRE(id.has_value());
    BOOST_TEST(one_spelling(field(*id), written) == known_by, written);
  }
}
