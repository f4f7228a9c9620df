// SPDX-License-Identifier: Apache-2.0
#include <string>

#include <boost/test/unit_test.hpp>

#include "contact/scene.h"
#include "spelling/prefixes.h"
#include "spelling/tables.h"
#include "text/tables.h"
#include "text/views.h"

namespace simwarden {
namespace {

// A text as the finders see it.
std::string read(std::string_view text) {
  const Views views = see(text);
  const Registry registry;
  return std::string(Scene(views, registry, "").text());
}

struct Case {
  const char* text;
  const char* read;
};

const Case kSigns[] = {
    {"demo dot com", "demo.com"},
    {"demo-sim punto com", "demo-sim.com"},
    {"demo_x arroba example punto com", "demo_x@example.com"},
    {"demo_x (arroba) example (punto) com", "demo_x@example.com"},
    {"demo_x [ät] example [Punkt] net", "demo_x@example.net"},
    {"demo_x at example dot com", "demo_x@example.com"},
    {"demo_x a còng example chấm com", "demo_x@example.com"},
    {"demo_x małpa example kropka com", "demo_x@example.com"},
    {"demo_x(собака)demo(точка)example", "demo_x@demo.example"},
    {"demo_x あっと example どっと com", "demo_x@example.com"},
    {"demo_x 골뱅이 example 점 com", "demo_x@example.com"},
    {"demo_x小老鼠example點com", "demo_x@example.com"},
    {"demo guion sim punto example", "demo-sim.example"},
    {"demo tiret sim point example", "demo-sim.example"},
    {"demo-sim 쩜 example", "demo-sim.example"},
    {"demo-sim จุด example", "demo-sim.example"},
    {"demo-sim⚡punto⚡example", "demo-sim.example"},
    {"demo【.】example【/】a", "demo.example/a"},
    {"demo⟦.⟧example/a", "demo.example/a"},
    {"wa doT me slash 27 one", "wa.me/27 one"},
    {"w w w . d e m o - x . c o m now", "www.demo-x.com now"},
    {"d e m o - s i m . c o m\nI like it", "demo-sim.com i like it"},
    {"d e m o - s i m . c o m a b", "d e m o - s i m . c o m a b"},
    {"d e m o - s i m .", "d e m o - s i m ."},
    {"x \n  d e m o - s i m . c o m \n x y", "x demo-sim.com x y"},
    {"x\nd e m o - s i m . c o m\nx y", "x demo-sim.com x y"},
    {"demo-underscore-x demo*underscore*x", "demo_x demo_x"},
    {"demo.underscore.x", "demo_x"},
    {"demo-sim*dot*com", "demo-sim.com"},
    {"demo-underscore*x", "demo-underscore*x"},
    {"demo garis bawah x", "demo_x"},
    {"demo, нижнее подчёркивание, x", "demo_x"},
    {"demo언더바x demo 底杠 x", "demo_x demo_x"},
    {"demo_底線x", "demo_x"},
    {"demo ขีดล่าง x", "demo_x"},
    {"demoshop Punkt net", "demoshop.net"},
    {"demoshop chấm com", "demoshop.com"},
    {"demoshop Punkt com", "demoshop.com"},
    {"una empresa punto com", "una empresa punto com"},
    {"demoshop d o t com", "demoshop.com"},
    {"demo-x d.o.t net", "demo-x.net"},
    {"demo-x p u n t o com", "demo-x.com"},
    {"demoshop punto com punto ar", "demoshop.com.ar"},
    {"demoshop punto com ar", "demoshop.com.ar"},
    {"una empresa punto com de Madrid", "una empresa punto com de madrid"},
    {"demo-x dot com dot au slash a", "demo-x.com.au/a"},
    {"entra en demochip punto es", "entra en demochip.es"},
    {"pide en demochip punto es", "pide en demochip.es"},
    {"pide en demochip punto com", "pide en demochip.com"},
    {"restore it at demochip full stop shop", "restore it at demochip.shop"},
    {"go to demochip period com forward slash a", "go to demochip.com/a"},
    {"the reporting period net of tax", "the reporting period net of tax"},
    {"came to a full stop shop", "came to a full stop shop"},
    {"polka dot shop opens at nine", "polka dot shop opens at nine"},
    {"visit demochip dot shop today", "visit demochip.shop today"},
    {"демочип точка рф, зайдите на сайт",
     "xn--d1acjpkh8c.xn--p1ai, зайдите на сайт"},
    {"demochip نقطه آی‌آر", "demochip.ir"},
    {"entra en este punto es", "entra en este punto es"},
    {"accede en último punto es", "accede en último punto es"},
    {"invierte en empresas punto com", "invierte en empresas punto com"},
    {"en este punto es mejor", "en este punto es mejor"},
    {"el demochip punto es", "el demochip punto es"},
    {"demo点西欧爱木 下单", "demo.com 下单"},
    {"demo-x 点 西欧艾姆", "demo-x.com"},
    {"这一点西欧爱慕", "这一点西欧爱慕"},
    {"demo点西欧人", "demo点西欧人"},
    {"demo-x точка си о эм", "demo-x.com"},
    {"demo-x 닷 씨오엠", "demo-x.com"},
    {"demoshop punto ce o eme", "demoshop.com"},
    {"a dot see oh well", "a dot see oh well"},
    {"demoshop . net", "demoshop.net"},
    {"w a punto m e barra 27", "wa.me/27"},
    {"l i n e 点 m e スラッシュ ti スラッシュ p スラッシュ demo",
     "line.me/ti/p/demo"},
    {"demoshop then a dot then net", "demoshop.net"},
    {"t (dot) me ke baad slash phir demo_x", "t.me/demo_x"},
    {"demo... rayita abajo... akai", "demo_akai"},
    {"demo then underscore then akai", "demo_akai"},
    // Words of one name.
    {"go to demo shop dot com, all one word",
     "go to demoshop.com, all one word"},
    {"vai su demo bel negozio punto com (tutto attaccato)",
     "vai su demobelnegozio.com (tutto attaccato)"},
    {"зайди demo shop точка com слитно", "зайди demoshop.com слитно"},
    {"write to demo shop at gmail dot com, no spaces",
     "write to demoshop@gmail.com, no spaces"},
    {"cards at best demo shop dot com. no spaces",
     "cards at bestdemoshop.com. no spaces"},
    {"cheap sims demo shop dot com, one word",
     "cheap sims demoshop.com, one word"},
    {"go to demo shop dot com. one wordy ad",
     "go to demo shop.com. one wordy ad"},
    // A dot of which the text tells.
    {"keep it: demochip shop (put a dot between the two words)",
     "keep it: demochip.shop (put a dot between the two words)"},
    {"demochip com, ponga un punto entre las dos palabras",
     "demochip.com, ponga un punto entre las dos palabras"},
    {"demochip shop (zwischen die beiden Wörter einen Punkt)",
     "demochip.shop (zwischen die beiden wörter einen punkt)"},
    {"demochip shop 两个词中间加个点", "demochip.shop 两个词中间加个点"},
    {"demochip (mettez un point entre les deux) shop", "demochip.shop"},
    {"open demochip,com and swap the comma for a dot",
     "open demochip.com and swap the comma for a dot"},
    {"demochip (a dot) com, demochip（一个点）com",
     "demochip.com, demochip.com"},
    {"flower (the one with a point) shop",
     "flower (the one with a point) shop"},
    {"put a dot between demochip and com", "put a dot between demochip.com"},
    {"the point between the flower shop and the church",
     "the point between the flower shop and the church"},
    {"a demochip com without a point", "a demochip com without a point"},
    {"a dot between, demo com", "a dot between, demo com"},
    {"demochip|.|com, demochip|dot|shop, a demochip | . | com",
     "demochip.com, demochip.shop, a demochip | . | com"},
    // Providers of mail in other letters.
    {"demokai 골뱅이 네이버 닷컴, demokai собака яндекс точка ру",
     "demokai@naver.com, demokai@yandex.ru"},
    {"demokai@яндекс.ру, demokai@네이버.컴",
     "demokai@yandex.ru, demokai@naver.com"},
    {"네이버 닷컴에서 봤어요", "네이버 닷컴에서 봤어요"},
    // Sentences about a sign, and the end of one.
    {"用的是Demo。 My son, demo。com, demo 。 com",
     "用的是demo。 my son, demo.com, demo.com"},
    {"it needs no underscore or dash", "it needs no underscore or dash"},
    {"has an underscore between halves", "has an underscore between halves"},
    {"busca con guion bajo o sin el", "busca con guion bajo o sin el"},
    // Endings of a country, and in other letters.
    {"demoshop kropka pl, demoladen Punkt de", "demoshop.pl, demoladen.de"},
    {"demoshop точка ру, demo_x собака demo точка ком",
     "demoshop.ru, demo_x@demo.com"},
    {"demoshop 닷 컴, 网址 demoshop 点 com", "demoshop.com, 网址 demoshop.com"},
    {"entra en demoshop punto com.", "entra en demoshop.com."},
    {"demoshop圈gmail点com", "demoshop@gmail.com"},
    {"demoshop et gmail nokta com", "demoshop@gmail.com"},
    {"朋友圈 demo_x", "朋友圈 demo_x"},
    {"Demo ドットコム, 데모 닷컴", "demo ドットコム, 데모 닷컴"},
    {"torgowa точка рупор, kropka pl", "torgowa точка рупор, kropka pl"},
    {"acesse nosso ponto com a senha", "acesse nosso ponto com a senha"},
    {"diesen Punkt de facto, este punto de venta",
     "diesen punkt de facto, este punto de venta"},
    {"yahoo et gmail point net", "yahoo et gmail.net"},
    // Hosts of messengers and short links.
    {"cutt ly/demo1x, adf.ly / demo1x", "cutt.ly/demo1x, adf.ly/demo1x"},
    {"t . me / demo", "t.me/demo"},
    {"wa | me/27 one", "wa.me/27 one"},
    {"https://т.me/demo", "https://t.me/demo"},
    {"сим-карты т.ме/demo", "сим-карты t.me/demo"},
    {"t.m.e/demo_kai", "t.me/demo_kai"},
    {"tme/demo_kai sims", "t.me/demo_kai sims"},
    {"t me/demo24", "t.me/demo24"},
    {"t.me./demo_kai", "t.me/demo_kai"},
    {"飞机t . me/demo", "飞机t.me/demo"},
    {"飞机tme/demo_x", "飞机t.me/demo_x"},
    {"discord gg slash demo", "discord.gg/demo"},
    {"my discord gg/demo", "my discord.gg/demo"},
    {"discord.gg / demo", "discord.gg/demo"},
    {"market .gg/demo", "market discord.gg/demo"},
    {"t me slash demo_kai", "t.me/demo_kai"},
    {"wa me/447700900123", "wa.me/447700900123"},
    {"wame slash 447700900123", "wa.me/447700900123"},
    {"lin . ee / demo24", "lin.ee/demo24"},
    {"bit ly/demo24", "bit.ly/demo24"},
    {"t●me/demo", "t.me/demo"},
    {"t.me∕demo", "t.me/demo"},
    // Drawn dots, commas and spaces in others.
    {"demo-sim•com, demo·example/x", "demo-sim.com, demo.example/x"},
    {"https://demo-sim,com/a", "https://demo-sim.com/a"},
    {"https://www,demo-sim,com", "https://www.demo-sim.com"},
    {"https://demo-sim com/a", "https://demo-sim.com/a"},
    {"let me slash prices by half_x", "let me slash prices by half_x"},
    {"a bit ly/ric, linee/demo24", "a bit ly/ric, linee/demo24"},
    {"news•live shop·info home · shop col·lecció x·y·z node·js",
     "news•live shop·info home · shop col·lecció x·y·z node·js"},
    {"https://demo,shopping https://demo common http://a,b",
     "https://demo,shopping https://demo common http://a,b"},
    {"3⁄4 cup, 1∕2", "3⁄4 cup, 1∕2"},
    {"let me/you", "let me/you"},
    {"at me/demo_x", "at me/demo_x"},
    {"it doesn't me/them", "it doesn't me/them"},
    {"src/tme/demo_x.cc", "src/tme/demo_x.cc"},
    {"кот.ме/x", "кот.ме/x"},
    {"gg/wp", "gg/wp"},
    {"discord, gg / ez", "discord, gg / ez"},
    {"egg/demo op.gg/demo", "egg/demo op.gg/demo"},
    // Ordinary text.
    {"a loja . com frete", "a loja . com frete"},
    {"the best .net work . me too", "the best .net work . me too"},
    {"a b punto c d", "a b punto c d"},
    {"nosso ponto com a casa, el punto com",
     "nosso ponto com a casa, el punto com"},
    {"allo stesso punto com'era", "allo stesso punto com'era"},
    {"a dot in the com", "a dot in the com"},
    {"look at demo dot com", "look at demo.com"},
    {"el punto com y la barra de sonido", "el punto com y la barra de sonido"},
    {"point de vue, tiret long", "point de vue, tiret long"},
    {"моя собака любит точка дом", "моя собака любит точка дом"},
    {"une arobase et un tiret", "une arobase et un tiret"},
    {"8点 下划线 重点", "8点 下划线 重点"},
    {"a . b . c . d . e . f", "a . b . c . d . e . f"},
    {"3 - 4 / 5 @ 6", "3 - 4 / 5 @ 6"},
};

BOOST_AUTO_TEST_CASE(signs_in_words_are_read) {
  for (const Case& c : kSigns) {
    BOOST_TEST(read(c.text) == c.read, c.text << " -> " << read(c.text));
  }
}

const Case kNumbers[] = {
    {"call 077x00x900x123", "call 07700900123"},
    {"call 0a7b7c0d0e9f0g0h1i2j3", "call 07700900123"},
    {"whatsapp 202sim555sim0199", "whatsapp 2025550199"},
    {"电话1是3是8是0是0是1是3是8是0是0是0", "电话13800138000"},
    {"hubungi 0812*3456*7890", "hubungi 081234567890"},
    {"call +44*7700*900*123", "call +447700900123"},
    {"the code 077x00x900x123", "the code 077x00x900x123"},
    {"call for shelves 1200x800x2000", "call for shelves 1200x800x2000"},
    {"contact, device 0a7b7c0d0e9f1a2b", "contact, device 0a7b7c0d0e9f1a2b"},
    {"contact, serial 12ab34cd56ef78ab90",
     "contact, serial 12ab34cd56ef78ab90"},
    {"phone plans 10gb20gb50gb100gb", "phone plans 10gb20gb50gb100gb"},
    {"call x077x00x900x123y", "call x077x00x900x123y"},
    {"call 1234*5678*9012", "call 1234*5678*9012"},
    {"call 2O2 555 Ol99", "call 2025550199"},
    {"O9OO OOO l23", "0900000123"},
    {"联系l38OOl38OOO(l", "联系13800138000(l"},
    {"+1(2О2)55-5О-1З7", "+12025550137"},
    {"138-O0I3-8OOO", "13800138000"},
    {"1.3.8.oo1.3.8.ooo", "13800138000"},
    {"5555 0001|12:30", "5555 0001|12:30"},
    {"5OOO OOOO", "50000000"},
    {"07oo-9oo-1z3", "07oo-9oo-1z3"},
    // Ordinary text.
    {"part 4471-B0O-18x", "part 4471-b0o-18x"},
    {"2 lbs of solo, 10 is 5s", "2 lbs of solo, 10 is 5s"},
    {"t.me/1o2o3o4o5o", "t.me/1o2o3o4o5o"},
    {"phone=%2B447700900123", "phone=%2b447700900123"},
    {"1o1o1o1o1o@demo.test", "1o1o1o1o1o@demo.test"},
    {"0b1001100110 8o8o", "0b1001100110 8o8o"},
    {"20000000000000000oooo", "20000000000000000oooo"},
};

BOOST_AUTO_TEST_CASE(letters_for_digits_are_read) {
  for (const Case& c : kNumbers) {
    BOOST_TEST(read(c.text) == c.read, c.text << " -> " << read(c.text));
  }
}

BOOST_AUTO_TEST_CASE(signs_stand_in_the_table_as_they_are_read) {
  for (const TableRow& row : rows_of(tables::sign_words, 2)) {
    BOOST_TEST(see(row[1]).plain.text == row[1], row[1]);
  }
}

}  // namespace
}  // namespace simwarden
