// SPDX-License-Identifier: Apache-2.0
#include "judge/secrets.h"

#include <boost/test/unit_test.hpp>

#include "intake/intake.h"
#include "privacy/masks.h"

using namespace simwarden;

namespace {

// A record and what the eye sees of it.
struct Seen {
  FactSchema schema;
  Registry registry;
  Item item;
  Facts facts{schema, registry};

  explicit Seen(std::string_view json) : item(parse_json(json, {})) {
    BOOST_REQUIRE(!item.bad.has_value());
    facts.look_at(item.record, "CN");
  }

  std::string masked(std::string_view field) {
    const Slot& slot = item.record.slot(*find_field(Kind::message, field));
    return mask_text(item.record.text(slot), secrets_in(facts, field));
  }
};

}  // namespace

BOOST_AUTO_TEST_CASE(what_the_eye_reads_is_secret_by_the_bytes_of_its_field) {
  Seen seen(
      R"({"kind":"message","subject":"电话:138oo138ooo",)"
      R"("text":"write to john.doe[at]mail.example or @demo_12345678 10086",)"
      R"("hidden_text":"电话:138oo138ooo",)"
      R"("alternative_text":"write to john.doe[at]mail.example"})");
  BOOST_TEST(seen.masked("subject") == "电话:*********oo");
  BOOST_TEST(seen.masked("text") ==
             "write to j***.***[**]****.******* or @demo_12345678 10086");
  BOOST_TEST(seen.masked("hidden_text") == "电话:*********oo");
  BOOST_TEST(seen.masked("alternative_text") ==
             "write to j***.***[**]****.*******");
  BOOST_TEST(secrets_in(seen.facts, "from").empty());
}

BOOST_AUTO_TEST_CASE(a_qr_code_that_holds_an_activation_code_is_known) {
  Seen seen(R"({"kind":"message","text":"scan","qr_codes":)"
            R"(["https://demo.example/a","LPA:１$smdp.example$AB-1234"]})");
  const Followable& found = seen.facts.followable();
  BOOST_TEST(!holds_code(found, {Beside::What::qr_code, 0}));
  BOOST_TEST(holds_code(found, {Beside::What::qr_code, 1}));
  BOOST_TEST(!holds_code(found, {Beside::What::file_link, 1}));
}

BOOST_AUTO_TEST_CASE(a_request_has_no_secrets_of_the_eye) {
  Seen seen(R"({"kind":"request","request_id":"demo"})");
  BOOST_TEST(secrets_in(seen.facts, "text").empty());
}
