// SPDX-License-Identifier: Apache-2.0
#include <iterator>
#include <random>
#include <string>

#include <boost/test/unit_test.hpp>
#include <unicode/utf8.h>

#include "text/pieces.h"
#include "text/views.h"

namespace simwarden {
namespace {

std::string relettered(std::string_view text) {
  const auto view = reletter(see(text).plain);
  return view ? view->text : std::string();
}

struct Case {
  std::string_view text;
  std::string_view read;  // "": as the plain text
};

const Case kCases[] = {
    // Digits and signs for letters.
    {"Act!ve s1m c@rds", "active sim cards"},
    {"0range m0ney, Airt€l, $im", "orange money, airtel, sim"},
    {"inf0 at t00l", "info at tool"},
    {"ca11 de1ivery b1ocked ver1fied te|egram",
     "call delivery blocked verified telegram"},
    {"Мегаф0н и п@сп0рт, н0м3р", "мегафон и паспорт, номзр"},
    // A Cyrillic word with Latin letters; a Latin one is the plain view's.
    {"дeтализация нoмера", "детализация номера"},
    {"Теlеgrаm", ""},
    // Letters set apart: by signs, by spaces from three on.
    {"new s.i.m here", "new sim here"},
    {"s--i--m", "sim"},
    {"с.и.м.к.и", "симки"},
    {"S e s s i o n", "session"},
    {"т е л е г а", "телега"},
    {"텔 레 그 램", "텔레그램"},
    {"ver*ified, রে*জি*স্ট্রে*শন", "verified, রেজিস্ট্রেশন"},
    {"ف.ع.ا.ل سیـم", "فعال سیم"},
    {"办理 实-名-卡", "办理实名卡"},
    {"代补 卡 s!m", "代补卡 sim"},
    {"c·a·r·d, s•i•m", "card, sim"},
    // Letters set apart by what is none of theirs, again and again.
    {"异丨地丨补丨卡，加丨微丨信", "异地补卡,加微信"},
    {"收ー实ー名ー手ー机ー卡", "收实名手机卡"},
    {"免々身々份々证, 出ㄨ租ㄨ手ㄨ机, 收氵验氵证氵码",
     "免身份证, 出租手机, 收验证码"},
    {"虎ノ門の補丨卡", ""},
    {"收ༀ实ༀ名ༀ卡", "收实名卡"},
    {"Vꞏoꞏdꞏaꞏfꞏoꞏnꞏe: SꞏIꞏM", "vodafone: sim"},
    {"Voʼdaʼfoʼneʼ: yoʼur SIʼM", "vodafoneʼ: your sim"},
    {"сːиːмːкːа", "симка"},
    {"a་c་c་oun་t b۔l۔o۔c۔k f゙r゙e゙e", "account block free"},
    {"é※é※é※t", "ééét"},
    {"Vㅡoㅡdㅡaㅡfㅡoㅡnㅡeㅡ, cᐟaᐟrᐟd, oاrاdاeاr",
     "vodafone\u1173, card, order"},
    // Accents on nearly every letter.
    {"Vóďáfóńé: ýóúŕ ŚÍḾ ẃíĺĺ bé ďéáćţíváţéď",
     "vodafone: your sim will be deactivated"},
    {"Çøñfıřm ŞİM wıłł bę đęąçŧıvąŧęđ", "confirm sim will be deactivated"},
    // Tones of pinyin.
    {"yìdì bǔkǎ, miǎn shēnfènzhèng", "yidi buka, mian shenfenzheng"},
    {"收shímíngshǒujīkǎ，自己míng下", "收shimingshoujika,自己ming下"},
    {"Nǐ, señor Pérez García", ""},
    {"Rīga, Jānis, šķiņķis, Māori, Tōkyō, Việt, ă", ""},
    {"V říši žďárských šíří příští řidič zprávy o kartách SIM z obchodu", ""},
    {"được ướt ngọt đường đến Việt Nam, thẻ SIM chính chủ", ""},
    {"düşünüşü ve ışığı gördü, sonra SIM kartını mağazada yeniledi", ""},
    // What is a spelling, or a list of words.
    {"サーバーサービスのスーパーセーター, 虎ノ門, 丸ノ内", ""},
    {"人々と様々な色々, 日々, 時々刻々", ""},
    {"Пʼять, здоровʼя, обʼєкт, зʼїзд", ""},
    {"Hawaiʻi, Kaʻaʻawa, hoʻomaʻemaʻe", ""},
    {"བོད་ཡིག་དང་རྒྱ་ནག", ""},
    {"ایم۔ایس۔سی۔ب", ""},
    {"ㄅㄨˇㄎㄚˇㄕㄣˇㄈㄣˋ", ""},
    {"一针一线一丝一毫, 又大又红又甜, 不吃不喝不睡", ""},
    {"选A或B或C或D, A와B와C와D", ""},
    {"молоко, хорошо, элеве", ""},
    {"élévée, ạlạmạ", ""},
    {"بالاتصالات", ""},
    {"——————————, 。。。。。。", ""},
    // Scripts that are only there for Latin.
    {"vᗴrifiᗴd ᔕIᗰ ᑕᗩrdᔕ, ᑎo doᑕumᗴᑎtᔕ", "verified sim cards, no documents"},
    {"veᎱᏆfᏆed sᏆm caᎱds, ᏁᎤ dᎤcᏌmeᏁts", "verified sim cards, no documents"},
    {"ነጎጠ ርልዪዕነ ቻዐዪ ነልረቿ", "sim cards for sale"},
    {"ꌗꀤꎭ ꉓꍏꋪꀸꌗ ꎇꂦꋪ ꌗꍏ꒒ꍟ", "sim cards for sale"},
    {"丂丨爪 匚卂尺ᗪ丂 千ㄖ尺 丂卂ㄥ乇", "sim cards for sale"},
    {"刀山の人は乙です、千の山 sim", ""},
    {"山乙千尺乇卂 sim", ""},
    {"ሰላም ዛሬ ሲም ካርድ ገዛሁ ነው", ""},
    {"ᐃᓄᒃᑎᑐᑦ ᐅᖃᐅᓯᖅ sim", ""},
    {"ᏣᎳᎩ ᎦᏬᏂᎯᏍᏗ sim", ""},
    {"ꆈꌠꉙ ꌧꃀ sim", ""},
    {"ᔕIᗰ", ""},
    // Pinyin behind a Han character.
    {"办k 补ka, 手机ka免sm", "办卡 补卡, 手机卡免实名"},
    {"不要sfz 接yzm 靓hao免机主gh 秒jf",
     "不要身份证 接验证码 靓号免机主过户 秒解封"},
    {"长期收sjk、dhk", "长期收手机卡、dhk"},
    {"手机k歌, 话机k线, 开ktv, 5k和8k, 用sm娱乐, 好hao", ""},
    {"补 k, k卡, ka, 手机k8, 收kb, 机hd, sfz", ""},
    // First the one, then the other.
    {"s.1.m", "sim"},
    {"ᔕ.1.ᗰ ᑕᗩrdᔕ ᑎoᗯ ᗴᗴ", "sim cards now ee"},
    // What honest people write, too: nothing to be read otherwise …
    {"covid19, mp3, h264, b2b and a 4g phone", ""},
    {"call 10086, wait 5 min. Cost: 3.50", ""},
    {"mail demo@demo.example or www.demo.example/a-b", ""},
    {"联系zhang@demo-corp.example。", ""},
    {"e-SIM-карта и кто-то", ""},
    {"版本 3.2 (v1.10), 100€", ""},
    {"1 2 3 4 5 6 7", ""},
    {"a b", ""},
    {"Wow! You? No!", ""},
    {"", ""},
    // … or what does no harm.
    {"in the U.S.A. at 5 p.m.", "in the usa. at 5 p.m."},
};

BOOST_AUTO_TEST_CASE(words_are_read_as_people_read_them) {
  for (const Case& c : kCases) {
    BOOST_TEST(relettered(c.text) == c.read,
               c.text << " gave " << relettered(c.text));
  }
}

BOOST_AUTO_TEST_CASE(every_letter_leads_back_to_what_stood_there) {
  const std::string text = "No: s.1.m c@rd";
  const auto view = reletter(see(text).plain);
  BOOST_REQUIRE(view);
  BOOST_TEST(view->text == "no: sim card");
  const auto original = [&](size_t begin, size_t end) {
    const Span span = view->original(begin, end);
    return text.substr(span.begin, span.size());
  };
  BOOST_TEST(original(4, 7) == "s.1.m");
  BOOST_TEST(original(5, 6) == "1");
  BOOST_TEST(original(8, 12) == "c@rd");
}

// Wherever in a long text a word stands, it is seen.
BOOST_AUTO_TEST_CASE(what_is_overridden_is_read_from_its_end) {
  struct {
    std::string_view raw;
    std::string_view read;  // "": nothing is overridden
  } const rows[] = {
      {"\u202Eyfirev", "verify"},
      {"now \u202EYFIREV\u202C your SIM", "now verify your sim"},
      {"\u202Eba\u202Edc\u202C.", "abcd."},
      {"\u202Eba\ndc", "ab dc"},
      {"\u202E卡补\u202C", "补卡"},
      {"\u202Eשלום ab", ""},
      {"\u202Ea\u202C", ""},
      {"\u2066ab\u2069", ""},
  };
  for (const auto& [raw, read] : rows) {
    const Views seen = see(raw);
    const auto turned = turn_overridden(seen.plain, raw);
    BOOST_TEST((turned ? turned->text : "") == read, raw);
  }
  const std::string_view raw = "now \u202Eyfirev\u202C it";
  const View turned = *turn_overridden(see(raw).plain, raw);
  BOOST_TEST((turned.original(4, 6) == see(raw).plain.original(4, 10)));
  BOOST_TEST((turned.original(11, 13) == Span{17, 19}));
}

BOOST_AUTO_TEST_CASE(the_quick_look_does_not_depend_on_places) {
  for (const Case& c : kCases) {
    for (size_t before = 0; before < 80; ++before) {
      const std::string text = std::string(before, '.') + " " +
                               std::string(c.text) + " " +
                               std::string(80 - before, '.');
      BOOST_TEST((relettered(text).empty() == c.read.empty()),
                 c.text << " behind " << before);
    }
  }
}

// The same of any text, and of what holds none: a space behind or before it is
// what stands there anyway.
BOOST_AUTO_TEST_CASE(the_quick_look_says_the_same_in_every_place) {
  std::mt19937 random(64);
  constexpr std::string_view kPieces[] = {
      "a",  "s",   "hold", " ", ".", "-",  "--", "0", "1", "@",
      "$",  "*",   "|",    "é", "ф", "号", "€",  "·", "ـ", "the way home ",
      "x.", " i ", "k",    "办"};
  size_t some = 0;
  for (int round = 0; round < 3'000; ++round) {
    std::string text;
    const size_t count = 1 + random() % 12;
    for (size_t i = 0; i < count; ++i) {
      text += kPieces[random() % std::size(kPieces)];
    }
    const bool may = may_reletter(text);
    some += may ? 1 : 0;
    for (size_t before = 0; before < 130; before += 1 + random() % 9) {
      const std::string moved = std::string(before, ' ') + text;
      BOOST_REQUIRE_MESSAGE(may_reletter(moved) == may, moved);
      const std::string followed = moved + std::string(random() % 80, ' ');
      BOOST_REQUIRE_MESSAGE(may_reletter(followed) == may, followed);
    }
  }
  BOOST_TEST(some > 300U);
  BOOST_TEST(some < 2'700U);
}

// A row that is none is not read again from each of its letters.
BOOST_AUTO_TEST_CASE(hostile_texts_are_read_once) {
  for (const std::string_view unit :
       {"1 ", "1.", "a ", "a.", "a1", "实 ", "a*", "ф0", "@a", "s.1-"}) {
    std::string text;
    while (text.size() < kTextBytesMax) text += unit;
    const auto view = reletter(see(text).plain);
    BOOST_TEST((!view || view->text.size() <= 2 * text.size()));
  }
}

// Any text: no longer than the plain one, and what is read once is read.
BOOST_AUTO_TEST_CASE(random_texts_stay_texts) {
  std::mt19937 random(20261127);
  constexpr std::u32string_view kLetters = U"ab1l0@$!|*. -_'éстx卡号 ٠سیـ€·र्";
  for (int round = 0; round < 20'000; ++round) {
    std::string text;
    const size_t size = random() % 40;
    for (size_t i = 0; i < size; ++i) {
      const char32_t c = kLetters[random() % kLetters.size()];
      char bytes[4];
      uint32_t length = 0;
      const auto point = static_cast<UChar32>(c);
      U8_APPEND_UNSAFE(bytes, length, point);
      text.append(bytes, length);
    }
    const View plain = see(text).plain;
    const auto view = reletter(plain);
    if (!view) continue;
    BOOST_REQUIRE(view->text.size() <= 2 * plain.text.size());
    BOOST_REQUIRE(view->original(0, view->text.size()).end <= text.size());
    BOOST_REQUIRE(view->text != plain.text);
  }
}

}  // namespace
}  // namespace simwarden
