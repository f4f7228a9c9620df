// SPDX-License-Identifier: Apache-2.0
#include "text/views.h"

#include <string>
#include <vector>

#include <boost/test/unit_test.hpp>

namespace simwarden {
namespace {

struct Case {
  const char* input;
  const char* plain;
  const char* squeezed;
};

const Case kCases[] = {
    // White space and case.
    {"", "", ""},
    {" \t\r\n ", "", ""},
    {"Hello,  World!\n\nBye", "hello, world! bye", "helloworldbye"},
    {"A_b-c.d/e:f+g#h$i*j@k", "a_b-c.d/e:f+g#h$i*j@k", "a_b-c.d/e:f+g#h$i*j@k"},
    {"a\u00A0\u3000b", "a b", "ab"},
    // Full-width, mathematical, circled, superscript, ligature.
    {"ｔ．ｍｅ／ｄｅｍｏ", "t.me/demo", "t.me/demo"},
    {"【𝐓𝐆】@demo_x", "【tg】@demo_x", "tg@demo_x"},
    {"①②③ ⓠⓠ ❶❷❸ ⓿", "123 qq 123 0", "123qq1230"},
    {"ﬁnd Straße", "find strasse", "findstrasse"},
    {"1️⃣3️⃣8️⃣", "138", "138"},
    {"🅣🅖 🆃🅶 🇹🇬", "tg tg tg", "tgtgtg"},
    // Composition: one letter however it was typed.
    {"e\u0301 é", "é é", "éé"},
    {"ｶﾞ", "ガ", "ガ"},
    // Digits of other scripts.
    {"٠١٢٣ ०१२ ๓", "0123 012 3", "01230123"},
    // Invisible characters.
    {"t\u200Be\u2060l\u00ADe\uFEFFgram", "telegram", "telegram"},
    {"t\x01"
     "e\x7Fl\x1B"
     "e\u0080gram",
     "telegram", "telegram"},
    {"a\U000E0041b\u3164c", "abc", "abc"},
    {"abc\u202Edef\u202C", "abcdef", "abcdef"},
    // Emoji with a meaning, inside a word, and others.
    {"飞✈️机:@demo_x", "飞机:@demo_x", "飞机:@demo_x"},
    {"✈️@demo_x", "飞机@demo_x", "飞机@demo_x"},
    {"加薇♥信:demo_x", "加薇信:demo_x", "加薇信:demo_x"},
    {"加微❤️:demo_x", "加微信:demo_x", "加微信:demo_x"},
    {"🐧123456789", "qq123456789", "qq123456789"},
    {"➕15550100", "+15550100", "+15550100"},
    {"TG💪+ @demo_x", "tg + @demo_x", "tg+@demo_x"},
    {"good😀😀morning", "good morning", "goodmorning"},
    {"I ❤️ U", "i u", "iu"},
    {"tele🩵gram: demo_x", "telegram: demo_x", "telegram:demo_x"},
    {"Wha❤️ts😀😀APP ｔｅｌｅ🩵ɢʀᴀᴍ", "whatsapp telegram",
     "whatsapptelegram"},
    {"good🩵telegram vi 🩵ber viberᴡ🩵e",
     "good telegram vi ber viberw e", "goodtelegramviberviberwe"},
    {"© ™ ㊙", "© tm 秘", "tm秘"},
    // Confusables: only in words that mix scripts wholly.
    {"Теlеgrаm", "telegram", "telegram"},
    {"Τelegram ТG", "telegram tg", "telegramtg"},
    {"карта SIM-карта", "карта sim-карта", "картаsim-карта"},
    {"μs kΩ usbшнур", "μs kω usbшнур", "μskωusbшнур"},
    {"ΝOKIA ΗELLO νodafone verϲel", "nokia hello vodafone vercel",
     "nokiahellovodafonevercel"},
    {"&#919;ello %CE%97ello", "hello hello", "hellohello"},
    {"ꓔelegram tꭼlegram wհatsapp", "telegram telegram whatsapp",
     "telegramtelegramwhatsapp"},
    {"Привет Ελλάδα Հայաստան ꓔꓰꓡ", "привет ελλάδα հայաստան ꓔꓰꓡ",
     "приветελλάδαհայաստանꓔꓰꓡ"},
    // Russian endings of a foreign word.
    {"SIMка, VIPкам, SMSке", "simка, vipкам, smsке", "simкаvipкамsmsке"},
    // Small capitals, outlined letters.
    {"ᴛᴇʟᴇɢʀᴀᴍ ʟɪɴᴇ ᶦᴅ", "telegram line id", "telegramlineid"},
    {"\U0001CCE9\U0001CCDC \U0001CCF1", "tg 1", "tg1"},
    // Struck out, underlined, framed; a sign that is another one, and letters
    // whose alphabet needs the mark.
    {"T\u0336G\u0336: @\u0336d\u0332e\u20DD \u0336x", "tg: @de x", "tg:@dex"},
    {"=\u0338 <\u0338 а\u0332", "≠ ≮ а\u0332", "а\u0332"},
    {"с\u0336и\u0336м 补\u0337卡\u0337", "сим 补卡", "сим补卡"},
    // Frills of "fancy text", lines above, letters above.
    {"T\u0353\u033DG\u034E: @x\u0346y\u033A\u0346 7\u0305\u035F 补\u0489",
     "tg: @xy 7 补", "tg:@xy7补"},
    {"t\u0308\u0353 r\u0325 a\u0358 ⲁ\u0305 x\u0304",
     "ẗ r\u0325 a\u0358 ⲁ\u0305 x\u0304", "ẗr\u0325a\u0358ⲁ\u0305x\u0304"},
    {"ŦɆⱠɆGⱤaM Ŧime ŧaro", "telegram time ŧaro", "telegramtimeŧaro"},
    // Traditional characters.
    {"帳號停權，請點擊連結繳費", "帐号停权,请点击连结缴费",
     "帐号停权请点击连结缴费"},
    {"補卡實名身份證電話", "补卡实名身份证电话", "补卡实名身份证电话"},
    {"聯繫飛機號碼驗證", "联系飞机号码验证", "联系飞机号码验证"},
    // Entities, twice.
    {"t&#46;me&sol;demo &amp;amp; &#x40;x", "t.me/demo & @x", "t.me/demo@x"},
    {"AT&T R&D &; &#; &bogus;", "at&t r&d &; &#; &bogus;", "attrd#bogus"},
    {"a&#0;b&#xD800;c", "a\uFFFDb\uFFFDc", "abc"},
    // Not UTF-8.
    {"a\xC3(\xE2\x82 b\xFF", "a\uFFFD(\uFFFD b\uFFFD", "ab"},
    // Thai and Devanagari keep their marks.
    {"ที่ हिन्दी", "ที่ हिन्दी", "ที่हिन्दी"},
};

BOOST_AUTO_TEST_CASE(a_text_is_read_as_a_person_would) {
  for (const Case& c : kCases) {
    const Views v = see(c.input);
    BOOST_TEST(v.plain.text == c.plain, c.input << " -> " << v.plain.text);
    const View squeezed = squeeze(v.plain);
    BOOST_TEST(squeezed.text == c.squeezed, c.input << " -> " << squeezed.text);
  }
}

BOOST_AUTO_TEST_CASE(what_was_hidden_is_counted_before_it_is_removed) {
  const Disguise a = see("t\u200Be\u200Bl \u200B x").disguise;
  BOOST_TEST(a.invisible == 3U);
  BOOST_TEST(a.invisible_in_word == 2U);
  BOOST_TEST(see("S\x01IM").disguise.invisible_in_word == 1U);
  BOOST_TEST((see("don\u0092t").disguise == Disguise()));
  const Disguise b = see("a\u202Eb\u2066c\U000E0041\U000E0042").disguise;
  BOOST_TEST(b.bidi_controls == 2U);
  BOOST_TEST(b.tags == 2U);
  BOOST_TEST(b.invisible == 0U);
  const Disguise c = see("z\u0300\u0301\u0302\u0303a e\u0301\u0302").disguise;
  BOOST_TEST(c.combining_runs == 1U);
  BOOST_TEST(see("T\u0336G\u0332 =\u0338").disguise.styled == 2U);
  const Disguise zalgo = see("t\u0353\u033D\u0346g\u0301").disguise;
  BOOST_TEST(zalgo.styled == 3U);
  BOOST_TEST(zalgo.combining_runs == 1U);
  const Disguise d = see("𝐓𝐆 ｔ． ① 🅣 ２m² ㎏ ，：！").disguise;
  BOOST_TEST(d.styled == 7U);
  const Disguise e = see("Теlеgrаm ТG привет SIM-карта IPшник").disguise;
  BOOST_TEST(e.mixed_script_words == 2U);
  const Disguise h = see("SIMка ʟɪɴᴇ").disguise;
  BOOST_TEST(h.mixed_script_words == 0U);
  BOOST_TEST(h.styled == 4U);
  const Disguise f = see("😀👍🏽 ❤️ © 1️⃣").disguise;
  BOOST_TEST(f.emoji == 4U);
  BOOST_TEST(f.styled == 1U);
  BOOST_TEST(see("补卡🇹🇬").disguise.emoji == 2U);
  const Disguise g = see("a\xC3(\xE2\x82 b\xFF").disguise;
  BOOST_TEST(g.invalid_bytes == 4U);
}

BOOST_AUTO_TEST_CASE(joiners_that_spelling_needs_are_no_disguise) {
  for (const char* text : {"می‌خواهم", "क्‍ष",
                           "👨‍👩‍👧", "❤️", "☎️"}) {
    const Disguise d = see(text).disguise;
    BOOST_TEST(d.invisible == 0U, text);
    BOOST_TEST(d.invisible_in_word == 0U, text);
  }
}

BOOST_AUTO_TEST_CASE(a_view_span_leads_back_to_the_original_bytes) {
  const std::string text = "加 ｔ．ｍｅ／demo, ok";
  const Views v = see(text);
  const size_t at = v.plain.text.find("t.me/");
  const Span s = v.plain.original(at, at + 5);
  BOOST_TEST(text.substr(s.begin, s.size()) == "ｔ．ｍｅ／");
  const std::string entity = "x &#64;demo";
  const Views w = see(entity);
  const View squeezed = squeeze(w.plain);
  const size_t sign = squeezed.text.find('@');
  const Span t = squeezed.original(sign, sign + 2);
  BOOST_TEST(entity.substr(t.begin, t.size()) == "&#64;d");
}

BOOST_AUTO_TEST_CASE(a_view_that_is_the_original_needs_no_map) {
  const Views v = see("hello world");
  BOOST_TEST(v.plain.is_original());
  BOOST_TEST(!squeeze(v.plain).is_original());
  BOOST_TEST((v.plain.original(6, 11) == Span{6, 11}));
}

// A resolver is asked for the letters that were written: other ones are
// another host.
BOOST_AUTO_TEST_CASE(folded_letters_keep_their_shape) {
  const Case cases[] = {
      {"ＤＥＭＯ．ｔｅｓｔ", "demo.test", ""},
      {"de\u00ADmo&#46;test", "demo.test", ""},
      {"d\u0251mo.test", "d\u0251mo.test", ""},
      {"ᴅᴇᴍᴏ.test", "ᴅᴇᴍᴏ.test", ""},
      {"🅣🅖.test", "🅣🅖.test", ""},
      {"dеmо.test", "dеmо.test", ""},
      {"補卡.test", "補卡.test", ""},
      {"✈.test", "✈.test", ""},
  };
  for (const Case& c : cases) {
    const std::string folded = fold_letters(c.input);
    BOOST_TEST(folded == c.plain, c.input << " -> " << folded);
  }
}

BOOST_AUTO_TEST_CASE(a_long_text_is_cut_between_characters) {
  std::string text(kTextBytesMax - 1, 'a');
  text += "补卡";
  const Views v = see(text);
  BOOST_TEST(v.cut);
  BOOST_TEST(v.plain.text.size() == kTextBytesMax - 1);
  BOOST_TEST(v.disguise.invalid_bytes == 0U);
  BOOST_TEST(!see("short").cut);
}

}  // namespace
}  // namespace simwarden
