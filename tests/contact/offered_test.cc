// SPDX-License-Identifier: Apache-2.0
#include <string>

#include <boost/test/unit_test.hpp>

#include "contact/contact.h"
#include "contact/looking.h"

// Accounts as sellers of cards and lines write them, and honest texts that look
// like theirs.
namespace simwarden {
namespace {

using namespace looking;

void check(const auto& cases) {
  for (const Case& c : cases) {
    const std::string seen = contacts_line(look(c.text, c.region));
    BOOST_TEST(seen == c.seen, c.text << " -> " << seen);
  }
}

const Case kDressed[] = {
    {"T\u0336e\u0336l\u0336e\u0336g\u0336r\u0336a\u0336m\u0336 @demo_sim12",
     "telegram=@demo_sim12~styled"},
    {"T\u0336G\u0336: @\u0336d\u0336e\u0336m\u0336o\u0336_\u0336k\u0336",
     "telegram=@demo_k~styled"},
    {"call +1 2\u03320\u03322\u0332 5\u03325\u03325\u0332 0143",
     "phone=+12025550143~digit_words"},
    {"₮ɆⱠɆ₲Ɽ₳₥ @demo_sim11", "telegram=@demo_sim11~styled"},
    {"₮₲ @demo_sim10", "telegram=@demo_sim10~variant"},
    {"Ŧelegram @demo_kai", "telegram=@demo_kai~styled"},
    {"شرائح واتـسـاب +1 202 555 0143", "whatsapp=+12025550143~variant"},
    // Honest.
    {"₮50000 @demo_user", ""},
    {"the price was ₮ 20 000 or ₲ 100.000", ""},
};

BOOST_AUTO_TEST_CASE(letters_that_are_struck_out_or_have_a_bar_are_read) {
  check(kDressed);
}

}  // namespace
}  // namespace simwarden
