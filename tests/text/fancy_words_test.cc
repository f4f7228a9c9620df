// SPDX-License-Identifier: Apache-2.0
#include "text/fancy_words.h"

#include <boost/test/unit_test.hpp>

#include "text/views.h"

namespace simwarden {
namespace {

uint32_t fancy(std::string_view text) {
  return fancy_words(see(text).plain.text);
}

BOOST_AUTO_TEST_CASE(alphabets_of_fancy_text_are_seen) {
  BOOST_TEST(fancy("ꓣꓰꓮꓓꓬ ꓢꓲꓟ ꓚꓮꓣꓓꓢ") == 2U);               // Lisu
  BOOST_TEST(fancy("ᎡᎬᎪᎠᎩ ᏚᏆᎷ ᏟᎪᎡᎠᏚ") == 2U);               // Cherokee
  BOOST_TEST(fancy("ᖇᗴᗩᗪ ᔕIᗰ ᑕᗩᖇᗪᔕ") >= 1U);                // syllabics
  BOOST_TEST(fancy("尺乇卂ᗪㄚ 丂丨爪 匚卂尺ᗪ丂") >= 1U);    // Han and bopomofo
  BOOST_TEST(fancy("ꋪꍟꍏꀸꌩ ꌗꀤꎭ ꉓꍏꋪꀸꌗ") == 2U);  // Yi
  BOOST_TEST(fancy("тєℓєgяαм") == 1U);
  BOOST_TEST(fancy("ready Tᗴᒪᗴgᖇᗩᗰ") == 1U);
  BOOST_TEST(fancy("ʈɛɭɛɠɽąɱ") == 1U);
  BOOST_TEST(fancy("ɯɐɹƃǝʅǝʇ") == 1U);
  BOOST_TEST(fancy("tєlєgгค๓") == 1U);
}

BOOST_AUTO_TEST_CASE(languages_and_faces_are_not) {
  BOOST_TEST(fancy("ᏣᎳᎩ ᎦᏬᏂᎯᏍᏗ ᎠᏂᏴᏫᏯ ᏗᎧᎿᏩᏛᏍᏗ") == 0U);         // Cherokee
  BOOST_TEST(fancy("ꓡꓲ-ꓢꓴ ꓞꓽ ꓫꓵꓽ ꓥꓳ ꓡꓯ ꓬꓲ ꓠꓬ ꓤꓲ ꓐꓯꓹ") == 0U);  // Lisu
  BOOST_TEST(fancy("ᐃᓄᒃᑎᑐᑦ ᓄᓇᕗᑦ ᐅᖃᐅᓯᖅ ᑐᓴᐅᒪᔪᖅ") == 0U);         // Inuktitut
  BOOST_TEST(fancy("ꆈꌠꉙ ꁱꂷ ꌠꆀꊿ ꑌꋠ") == 0U);          // Yi
  BOOST_TEST(fancy("አማርኛ የኢትዮጵያ ቋንቋ ነው") == 0U);               // Amharic
  BOOST_TEST(fancy("刀山の人は乙です、千の山") == 0U);
  BOOST_TEST(fancy("我说привет他说пока我们见面") == 0U);
  BOOST_TEST(fancy("SIM卡加LINE我ㄉ好友") == 0U);
  BOOST_TEST(fancy("SIMка VIPкам الSIM SIMको ซิมAIS SIM을") == 0U);
  BOOST_TEST(fancy("ლ(ಠ益ಠლ) ʕ•ᴥ•ʔ ¯\\_(ツ)_/¯") == 0U);
  BOOST_TEST(fancy("/ˌɹɛkəɡˈnɪʒən/ ŋutɔ ɖeka ƙasa ɓangare") == 0U);
}

}  // namespace
}  // namespace simwarden
