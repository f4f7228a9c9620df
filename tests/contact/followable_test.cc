// SPDX-License-Identifier: Apache-2.0
#include <string>

#include <boost/test/unit_test.hpp>

#include "contact/contact.h"
#include "contact/looking.h"

namespace simwarden {
namespace {

using namespace looking;

// "kind=value", "~" and the disguise, "!" for official.
const Case kContacts[] = {
    // Telegram.
    {"飞机@demo_kaka88", "telegram=@demo_kaka88"},
    {"飞🐔 demo_kaka88", "telegram=@demo_kaka88~variant"},
    {"飞✈️机:@demo_kaka88", "telegram=@demo_kaka88~emoji"},
    {"TG💪+ @demo_x", "telegram=@demo_x~emoji"},
    {"【𝐓𝐆】@demo_kaka88", "telegram=@demo_kaka88~styled"},
    {"Теlеgrаm @demo_kaka88", "telegram=@demo_kaka88~mixed_script"},
    {"te\u200Blegram: @demo_kaka88", "telegram=@demo_kaka88~invisible"},
    {"T G: @demo_kaka88", "telegram=@demo_kaka88~spaced"},
    {"电抱 @demo_kaka88", "telegram=@demo_kaka88~variant"},
    {"電報:@demo_kaka88", "telegram=@demo_kaka88"},
    // Escapes of what needs none; others are how programs write.
    {"&#116;&#46;me/demo_kaka88", "telegram=@demo_kaka88~escaped"},
    {"TG &#64;demo_kaka88", "telegram=@demo_kaka88~escaped"},
    {"TG \\u0040demo_kaka88", "telegram=@demo_kaka88~escaped"},
    {"TG %40demo_kaka88", "telegram=@demo_kaka88~escaped"},
    {"TG &amp;#64;demo_kaka88", "telegram=@demo_kaka88~escaped"},
    {"https://t%2Eme/demo_kaka88", "telegram=@demo_kaka88~escaped"},
    {"https://t.me/%64emo_kaka88", "telegram=@demo_kaka88~escaped"},
    {"https://t.me/%2BAbCdEf", "telegram=+AbCdEf"},
    {"=74=2E=6D=65/demo_kaka88", "telegram=@demo_kaka88~escaped"},
    {"demo&#64;demo.test", "email=demo@demo.test~escaped"},
    {"call +&#52;4 7700 900123", "phone=+447700900123~escaped"},
    {"te&#8203;legram: @demo_kaka88", "telegram=@demo_kaka88~invisible"},
    {"a &amp; b TG @demo_kaka88", "telegram=@demo_kaka88"},
    {"https://wa.me/447700900123?text=hi%20there&amp;x=%E4%BD%A0",
     "whatsapp=+447700900123"},
    {"whatsapp://send?phone=%2B447700900123", "whatsapp=+447700900123"},
    {"t 点 me/demo_kaka88", "telegram=@demo_kaka88~spelled_dot"},
    {"t . me / demo_kaka88", "telegram=@demo_kaka88~spaced"},
    {"t[.]me/demo_kaka88", "telegram=@demo_kaka88~spelled_dot"},
    {"ｔ．ｍｅ／demo_kaka88", "telegram=@demo_kaka88~styled"},
    {"https://t.me/s/Demo_Kaka88?x=1", "telegram=@demo_kaka88"},
    {"https://t.me/+AbCdEf123", "telegram=+AbCdEf123"},
    {"t.me/joinchat/AbCdEf", "telegram=+AbCdEf"},
    {"demo_kaka88.t.me", "telegram=@demo_kaka88"},
    {"tg://resolve?domain=demo_x", "telegram=@demo_x"},
    {"tele @demo_x", "telegram=@demo_x"},
    {"TG:@demo_kai.Thanks", "telegram=@demo_kai"},
    {"Sims TG @demo_kai.Fast", "telegram=@demo_kai"},
    {"ТГ @demo_kai.Быстро", "telegram=@demo_kai"},
    {"TG @demo_kai.thanks", ""},
    {"pm tele saya: @demo_x", "telegram=@demo_x"},
    {"telegram:\n@demo_x", "telegram=@demo_x"},
    {"T/G: @demo_x", "telegram=@demo_x~spaced"},
    {"my telegram is down, write to @demo_kaka88", "telegram=@demo_kaka88"},
    {"пиши в телегу @demo_sim_ru", "telegram=@demo_sim_ru"},
    {"Telegram: @demo_operator", "telegram=@demo_operator!"},
    // WeChat.
    {"加微信:demo_police01", "wechat=demo_police01"},
    {"办卡加薇♥信:kaka_demo2025", "wechat=kaka_demo2025~variant"},
    {"加微❤️:kaka_demo2025", "wechat=kaka_demo2025~emoji"},
    {"葳芯:kaka_demo2025", "wechat=kaka_demo2025~variant"},
    {"加V: demo_x88", "wechat=demo_x88~variant"},
    {"V❤ demo_x88", "wechat=demo_x88~variant"},
    {"威x同号 17○-○○○○-8816", "wechat=17000008816~digit_words"},
    {"威x 大幅增长", ""},
    {"wei芯 demo＿x88", "wechat=demo_x88~styled"},
    {"I luv❤ demo_x88", ""},
    {"绿泡泡 demo_x88", "wechat=demo_x88~variant"},
    {"微亻言 demo_x88", "wechat=demo_x88~variant"},
    {"+vx demo_x88", "wechat=demo_x88"},
    {"V X: d e m o _ x 9 9", "wechat=demo_x99~spaced"},
    {"微信: d e m o _ x 9 9 谢谢", "wechat=demo_x99~spaced"},
    {"微信 13800138000", "wechat=13800138000"},
    {"13800138000 微信同号", "wechat=13800138000"},
    {"联系13800138000（微信）", "wechat=13800138000"},
    {"1000100010(QQ)", "qq=1000100010"},
    {"联系电话13800138000(微信支付)", "phone=+8613800138000"},
    {"找 demo_nana（微信）", "wechat=demo_nana"},
    {"找demo_nana(绿泡泡)", "wechat=demo_nana~variant"},
    {"找demo_nana（tg）", "telegram=@demo_nana"},
    {"找 demo_nana(tg)", "telegram=@demo_nana"},
    {"call send_message(telegram)", ""},
    {"WeChat ID: demo_service", "wechat=demo_service!"},
    // QQ.
    {"扣扣①②③④⑤⑥⑦⑧⑨", "qq=123456789~digit_words"},
    {"🐧123456789", "qq=123456789~emoji"},
    {"Q Q 1 2 3 4 5 6 7", "qq=1234567~digit_words"},
    {"加qq群123456", "qq=group/123456"},
    {"Q:123456789", "qq=123456789~variant"},
    {"补卡 Q: 12345", "qq=12345~variant"},
    {"企鹅一二三四五六", "qq=123456~digit_words"},
    {"QQ 0056780000", "qq=0056780000"},
    {"QQ 005678", ""},
    {"企 鹅:9 0 0 . 0 0 1 . 2 2 3", "qq=900001223~digit_words"},
    {"QQ 12345678 只收实名", "qq=12345678"},
    {"QQ:10000 条", "qq=10000"},
    // A remark in brackets stands between.
    {"QQ(备注卡)123456789 收卡", "qq=123456789"},
    {"WhatsApp (Anna) +1 202 555 0143", "whatsapp=+12025550143"},
    {"WhatsApp [24/7]: +1 202 555 0143", "whatsapp=+12025550143"},
    {"Telegram (official) @demo_kai", "telegram=@demo_kai"},
    {"WhatsApp (202) 555-0143", "whatsapp=+12025550143", "US"},
    {"微信(demo_x88):收卡", "wechat=demo_x88"},
    // The others.
    {"WhatsApp +34 600 000 000", "whatsapp=+34600000000"},
    {"wasap 012-555 0199", "whatsapp=+60125550199", "MY"},
    {"+1 555 555 0101 (WhatsApp)", "whatsapp=+15555550101"},
    {"https://wa.me/15555550101?text=hi", "whatsapp=+15555550101"},
    {"api.whatsapp.com/send?phone=15555550101", "whatsapp=+15555550101"},
    {"zalo 0900000000", "zalo=+84900000000", "VN"},
    {"z.a.l.o 0900000000", "zalo=+84900000000~spaced", "VN"},
    {"WA ke 0810-0000-0012", "whatsapp=081000000012"},
    {"wa 081 000", ""},
    {"LINE ID: demo_line2", "line=demo_line2"},
    {"LINE: @demo_line2", "line=demo_line2"},
    {"LINE 搜 demo_line2", "line=demo_line2"},
    {"LINE搜尋 demo_line2", "line=demo_line2"},
    {"ＬＩＮＥ🆔 ｄｅｍｏ＿line2", "line=demo_line2~styled"},
    {"ライン：demo_line2", "line=demo_line2"},
    {"オンライン：demo_line2", ""},
    {"تيليقرام demo_kaka88", "telegram=@demo_kaka88"},
    {"赖: demo 底线 x88", "line=demo_x88~spelled_dot"},
    {"依赖: demo_x88", ""},
    {"加 V 信: demo 下划线 x88", "wechat=demo_x88~spelled_dot"},
    {"t3legr@m: demo_kaka88", "telegram=@demo_kaka88~variant"},
    {"wh@tsapp +1 202 555 0178", "whatsapp=+12025550178~variant"},
    {"писать в тг собака demo_kaka88", "telegram=@demo_kaka88~spelled_dot"},
    {"电♻️报♻️联系：demo♻️_♻️dianbao",
     "telegram=@demo_dianbao~emoji"},
    {"钉🔨钉🔨加我：demo_dd8", "handle=@demo_dd8~emoji"},
    {"búscame: arroba demo guion bajo lalo", "handle=@demo_lalo~spelled_dot"},
    {"用户名demo_safe66，别的一律不回", "handle=@demo_safe66"},
    {"薇信 demo88sim", "wechat=demo88sim~variant"},
    {"snap: demosim88", "handle=@demosim88"},
    {"LINE ID：demosimjp", "line=demosimjp"},
    {"ライン→demosimjp", "line=demosimjp"},
    {"加我V：demo88sim", "wechat=demo88sim~variant"},
    {"T€legram: demo_simguy", "telegram=@demo_simguy~variant"},
    {"wa 0812-3456-7890", "whatsapp=081234567890"},
    {"①③⑧-⓪⓪①③-⑧⓪⓪⓪ 上门收旧手机", "phone=+8613800138000~digit_words"},
    {"〡〣〨〇〇〡〣〨〇〇〇，高价收", "phone=+8613800138000~digit_words"},
    {"手机：1·3·8·0·0·1·3·8·0·0·0", "phone=+8613800138000~digit_words"},
    {"一三捌00壹3八零O〇 直接打", "phone=+8613800138000~digit_words"},
    {"টেলিগ্রামে demo_kaka88 কে", "telegram=@demo_kaka88"},
    {"T.G → demo_kaka88", "telegram=@demo_kaka88~spaced"},
    {"แอดไลน์ @demo_line2", "line=demo_line2"},
    {"https://line.me/ti/p/demo", "line=line.me/ti/p/demo"},
    {"viber: +380 50 000 0000", "viber=+380500000000"},
    {"Signal: +1 555 555 0101", "signal=+15555550101"},
    {"discord: demo_user#1234", "discord=demo_user#1234"},
    {"discord.gg/demo1", "discord=discord.gg/demo1"},
    {"카톡 아이디: demo99", "kakao=demo99"},
    {"skype live:demo_1", "skype=live:demo_1"},
    {"m.me/demo.page1", "messenger=demo.page1"},
    {"ig: @demo_insta", "instagram=@demo_insta"},
    {"DM https://instagram.com/Demo_Insta/", "instagram=@demo_insta"},
    {"私信 www.instagram.com/demo_insta?x=1", "instagram=@demo_insta"},
    {"https://wpa.qq.com/msgrd?v=3&uin=123456789", "qq=123456789"},
    {"T.e.l.e.g.r.a.m ➜ demo_kaka88", "telegram=@demo_kaka88~spaced"},
    {"tele: demo_kaka88", "telegram=@demo_kaka88"},
    {"tele: channel five", ""},
    {"t€l€gr@m demo_kaka88", "telegram=@demo_kaka88~variant"},
    {"ت.ل.گ.ر.ا.م بیا: demo_kaka88", "telegram=@demo_kaka88~spaced"},
    {"avioncito azul ✈ demo_kaka88", "telegram=@demo_kaka88~emoji"},
    {"avioncito azul de papel", ""},
    {"纸✈️机 @demo_kaka88", "telegram=@demo_kaka88~variant"},
    {"徽·信同号：demo_x88", "wechat=demo_x88~variant"},
    {"薇：demo_x88", "wechat=demo_x88~variant"},
    {"VX: d-e-m-o_x-8-8", "wechat=demo_x88~spaced"},
    {"賴ID:【d】【e】【m】【o】_ xyz", "line=demo_xyz~spaced"},
    {"賴🆔：demo_line2", "line=demo_line2~variant"},
    {"ラ☆イ☆ンで demo_line2 を検索", "line=demo_line2~spaced"},
    {"l.i.n.e: demo_line2", "line=demo_line2~spaced"},
    {"a new line: see below", ""},
    {"Signal username demo_x.42", "signal=demo_x.42"},
    {"the signal: demo_x and 4.42", ""},
    {"insta demo_insta", "instagram=@demo_insta"},
    {"ig ku 'demo_insta'", "instagram=@demo_insta"},
    {"instagram is down", ""},
    {"my @ demo_x on telegram", "telegram=@demo_x"},
    {"2 @ three dollars on telegram", ""},
    {"тг: собака demo нижнее подчёркивание x88",
     "telegram=@demo_x88~spelled_dot"},
    {"demo_kaka88 on Telegram, or demo_x88 (tg)",
     "telegram=@demo_kaka88 telegram=@demo_x88"},
    {"t.mе/demo_kaka88", "telegram=@demo_kaka88~mixed_script"},
    {"电🐔:demo_kaka88", "telegram=@demo_kaka88~variant"},
    {"加我Ⓛⓘⓝⓔ：demo_line2", "line=demo_line2~styled"},
    {"ins号 demo_insta", "instagram=@demo_insta"},
    // Of a service that goes without saying, or has no kind of its own.
    {"ID：ⓓⓔⓜⓞ_①⑥⑧", "handle=@demo_168~styled"},
    {"加我账号:demo_x88", "handle=@demo_x88"},
    {"cards, my id : demo_x88", "handle=@demo_x88"},
    {"ник: demo_x88", "handle=@demo_x88"},
    {"my id: demo_x88 is new", "handle=@demo_x88"},
    {"ID: demo_x88 text me", "handle=@demo_x88"},
    {"sims, gamertag: demo_x88", "handle=@demo_x88"},
    {"Snapchat: demo_x88", "handle=@demo_x88"},
    {"蝙蝠号 demo_x88", "handle=@demo_x88"},
    {"tg id: demo_x88", "telegram=@demo_x88"},
    // Signs that the text explains.
    {"tg @demo*x88 (stars for _)", "telegram=@demo_x88~spelled_dot"},
    {"微信 demo#x88,#换成下划线", "wechat=demo_x88~spelled_dot"},
    {"tg @demo*x88, start now: * is _", "telegram=@demo_x88~spelled_dot"},
    {"TG @demo☆x88 the star is an underscore",
     "telegram=@demo_x88~spelled_dot"},
    {"demo_x#demo.example (# = @)", "email=demo_x@demo.example~spelled_dot"},
    {"W@zap: plus one, two-oh-two, triple five, oh one double nine",
     "whatsapp=+12025550199~digit_words"},
    // E-mail.
    {"demo_x arroba example punto com",
     "email=demo_x@example.com~spelled_dot!"},
    {"write to Demo.User@Demo.TEST now", "email=demo.user@demo.test"},
    {"help@example.com", "email=help@example.com!"},
    {"jabber: demo_x@demo.test", "handle=demo_x@demo.test"},
    {"demo_x@demo.test via xmpp", "handle=demo_x@demo.test"},
    {"demo_x@jabber.test", "email=demo_x@jabber.test"},
    {"➕✌️：demo_sim88", "wechat=demo_sim88~variant"},
    {"Session: 05a1b2c3d4e5f6a7b8 c9d0e1f2a3b4c5d6e7 f8a9b0c1d2e3f4a5b6 "
     "c7d8e9f0a1b2",
     "handle=@05a1b2c3d4e5f6a7b8c9d0e1f2a3b4c5d6e7f8a9b0c1d2e3f4a5b6"
     "c7d8e9f0a1b2"},
    {"Matrix: @demo_sim:matrix.example.", "handle=@demo_sim:matrix.example"},
    {"@demo.x-9:chat.demo.test on Element", "handle=@demo.x-9:chat.demo.test"},
    {"@here: demo.test is down, @demo:12 said", ""},
    {"xmpp is gone, from now on write to demo@demo.test",
     "email=demo@demo.test"},
    {"demo [at] x, demo&#64;demo.test", "email=demo@demo.test~escaped"},
    {"demo [at] demo-sim [dot] test", "email=demo@demo-sim.test~spelled_dot"},
    {"meet (at) noon", ""},
    // Telephone.
    {"call +1 555-555-0101", "phone=+15555550101"},
    {"call +1 202 555 0123", "phone=+12025550123"},
    {"+60 12 345 6789", "phone=+60123456789", "CN"},
    {"+34 600 000 000", "phone=+34600000000", "US"},
    {"+44-7700-900123 or +44 7700·900·124",
     "phone=+447700900123 phone=+447700900124"},
    {"+1 202 555 0123 24 hours", "phone=+12025550123"},
    {"+1 202 555 0123 5-10-2025", "phone=+12025550123"},
    {"call 1-800-555-0100.", "phone=+18005550100!", "US"},
    {"电话 1 3 8 0 0 1 3 8 0 0 0", "phone=+8613800138000~digit_words", "CN"},
    {"联系一三八零零一三八零零零", "phone=+8613800138000~digit_words", "CN"},
    {"电话①③⑧⓪⓪①③⑧⓪⓪⓪", "phone=+8613800138000~digit_words", "CN"},
    {"1️⃣3️⃣8️⃣00138000 call", "phone=+8613800138000~digit_words",
     "CN"},
    {"详询10086", "phone=10086!"},
    {"call 121 for help", "phone=121!"},
    {"اتصل ٠٠٠ +٩٧١ ٥٠ ٠٠٠ ٠٠٠٠", "phone=+971500000000"},
    // Numbers that stand close to other things.
    {"call0712345678 now", "phone=+44712345678", "GB"},
    {"Call 02079460123Ts&Cs apply", "phone=+442079460123", "GB"},
    {"Call 02079460123.Offer ends", "phone=+442079460123", "GB"},
    {"info: 07700900123/07700900456", "phone=+447700900123 phone=+447700900456",
     "GB"},
    {"Call-07700900123,07700900456", "phone=+447700900123 phone=+447700900456",
     "GB"},
    {"Ms Demo/02079460123", "phone=+442079460123", "GB"},
    {"call@07700900123", "phone=+447700900123", "GB"},
    {"phone 0044 7700 900123", "phone=+447700900123", "FR"},
    {"call 8613800138000", "phone=+8613800138000", "GB"},
    // Of no region that is known.
    {"Call 07700 900123 now", "phone=07700900123"},
    {"message me on 07700 900123", "phone=07700900123"},
    {"call 0810-0000-0012", "phone=081000000012"},
    {"order 07700900123, call us", ""},
    {"тел. №79000000043", "phone=+79000000043", "RU"},
    {"call 0901.23.45.67", "phone=0901234567"},
    {"call 2024.10.11 12", ""},
    {"07700 900123", ""},
    {"call 7700 900123", ""},
    {"Agent Demo 0700 000 562", "phone=0700000562"},
    {"直接放行,一③⑧〇〇一③⑧〇〇〇", "phone=+8613800138000~digit_words"},
    {"call 07700", ""},
    {"手机 13800138000", "phone=+8613800138000"},
    {"Text WIN to 80082", "phone=80082"},
    {"txt DEMO to 8007 now", "phone=8007"},
    {"发送TD到10690", "phone=10690"},
    // Numbers in words of many kinds.
    {"llámame al cero seiscientos, cero cero cero, cero cero",
     "phone=060000000~digit_words"},
    {"zéro six, trente-neuf, quatre-vingt-dix-huit, zéro un, douze",
     "phone=+33639980112~digit_words", "FR"},
    {"dzwoń: zero siedem zero zero, dziewięć zero zero, jeden dwa trzy",
     "phone=0700900123~digit_words"},
    {"Call 2O2.S5S.OI99", "phone=+12025550199~digit_words", "US"},
    {"联系l38OOl38OOO", "phone=+8613800138000~digit_words"},
    {"Two hundred and fifty, then three hundred and sixty of them", ""},
    {"order zero one two three four five six seven eight", ""},
    {"手机同号 壹叁捌零零壹叁捌零零零", "phone=+8613800138000~digit_words",
     "CN"},
    {"電話 壹參捌零零壹參捌零零零", "phone=+8613800138000~digit_words", "CN"},
    {"电话 幺三八洞洞幺三八洞洞洞", "phone=+8613800138000~digit_words", "CN"},
    {"电话 一三8零零①三捌〇〇0", "phone=+8613800138000~digit_words", "CN"},
    {"call seven seven zero zero nine zero zero one two three",
     "phone=+447700900123~digit_words", "GB"},
    {"电话138*0013*8000", "phone=+8613800138000~spaced", "CN"},
    {"手机 138。0013。8000", "phone=+8613800138000~spaced", "CN"},
    {"⒈⒊⒏oo⒈⒊⒏ooo 小李", "phone=+8613800138000~digit_words", "CN"},
};

BOOST_AUTO_TEST_CASE(contacts_are_seen_through_their_disguise) {
  for (const Case& c : kContacts) {
    const std::string seen = contacts_line(look(c.text, c.region));
    BOOST_TEST(seen == c.seen, c.text << " -> " << seen);
  }
}

const Case kLinks[] = {
    {"see https://Demo.Test/A?b=C.", "web=https://demo.test/A?b=C"},
    {"请点击http://demo.test点击查看", "web=http://demo.test/"},
    {"(see http://demo.test/a_(b)).", "web=http://demo.test/a_(b)"},
    {"【http://demo.test/x】", "web=http://demo.test/x"},
    {"hxxp://demo[.]com/a", "web=http://demo.com/a"},
    {"visit demo dot com today", "web=https://demo.com/"},
    {"demo。com/a", "web=https://demo.com/a"},
    {"www.demo-shop.in", "web=https://www.demo-shop.in/"},
    {"demo-shop.com.my", "web=https://demo-shop.com.my/"},
    {"bit.ly/AbC12", "short_link=https://bit.ly/AbC12"},
    {"http://demo.test/app.APK?x", "download=http://demo.test/app.APK?x"},
    {"![p](https://i.postimg.cc/demo/a.png)",
     "image=https://i.postimg.cc/demo/a.png"},
    {"[x](demo.test/a)[y](http://demo.test/b)",
     "web=https://demo.test/a web=http://demo.test/b"},
    {"[x](tel:+15555550101)", "phone=tel:+15555550101"},
    {"mailto:demo@demo.test", "mail=mailto:demo@demo.test"},
    {"market://details?id=demo", "deep_link=market://details?id=demo"},
    {"http://3232235777/x", "web=http://192.168.1.1/x"},
    {"http://0x7f.1/", "web=http://127.0.0.1/"},
    {"http://demo.test:8080/a", "web=http://demo.test:8080/a"},
    {"http://u:p@demo.test/a", "web=http://u:p@demo.test/a"},
    {"https://bücher.test/x", "web=https://xn--bcher-kva.test/x"},
    {"t\u200B.me/demo_x", "messenger=https://t.me/demo_x"},
    {"<a href='http://demo.test/q?a=1&amp;b=2'>x</a>",
     "web=http://demo.test/q?a=1&b=2"},
    {"LPA:1$smdp.example.com$ABCD-1234", ""},
};

BOOST_AUTO_TEST_CASE(links_are_found_as_they_would_be_followed) {
  for (const Case& c : kLinks) {
    const std::string seen = links_line(look(c.text, c.region));
    BOOST_TEST(seen == c.seen, c.text << " -> " << seen);
  }
}

BOOST_AUTO_TEST_CASE(a_link_tells_what_is_odd_about_it) {
  const Link ip = look("http://0300.0250.1.1:8080/").links.at(0);
  BOOST_TEST((ip.is_ip && ip.port == 8080U && ip.registrable.empty()));
  const Link mixed = look("www.аirtel.in").links.at(0);
  BOOST_TEST((mixed.is_idn && mixed.mixed_script && mixed.disguised));
  BOOST_TEST(mixed.host == "www.xn--irtel-3ve.in");
  BOOST_TEST(mixed.lookalike_of == "airtel.in");
  BOOST_TEST(mixed.lookalike_reason == "confusable");
  const Link page = look("https://demo.github.io/a").links.at(0);
  BOOST_TEST(page.free_hosting);
  BOOST_TEST(page.registrable == "demo.github.io");
  const Link handle = look("[@Demo_x](https://t.me/s/demo_x)").links.at(0);
  BOOST_TEST((!handle.shown_differs && handle.shown_text == "@demo_x"));
  for (const char* dressed :
       {"[TG💬 @demo_x](https://t.me/demo_x)", "[💬@demo_x](t.me/demo_x)",
        "[**@demo_x**](https://t.me/demo_x)", "[@demo_y](https://t.me/demo_x)",
        "[@demo_x](https://demo.test/demo_x)"}) {
    BOOST_TEST(look(dressed).links.at(0).shown_differs, dressed);
  }
  const Link other =
      look("<a href=\"https://demo.test/\">www.10086.cn</a>").links.at(0);
  BOOST_TEST((other.shown_differs && other.shown_text == "www.10086.cn"));
  const Link same = look("[www.demo.com](https://demo.com/a)").links.at(0);
  BOOST_TEST(!same.shown_differs);
  const Link official = look("http://www.10086.cn/x").links.at(0);
  BOOST_TEST((official.official && official.lookalike_of.empty()));
  BOOST_TEST(look("https://t.me/demo_operator").links.at(0).official);
  BOOST_TEST(!look("https://t.me/demo_other").links.at(0).official);
}

struct LookalikeCase {
  const char* host;
  const char* of;
  const char* reason;
};

const LookalikeCase kLookalikes[] = {
    {"10086.cn", "", ""},
    {"wap.10086.cn", "", ""},
    {"hk.demo-official.test", "", ""},
    {"10086.cn.demo.top", "10086.cn", "brand_in_subdomain"},
    {"demo-10086.invalid", "10086.cn", "added_word"},
    {"l0086.top", "10086.cn", "confusable"},
    {"china-mobile.top", "chinamobile.com", "edit_distance"},
    {"mychinarnobile.top", "chinamobile.com", "confusable"},
    {"a1rtel.top", "airtel.in", "confusable"},
    {"airtell.in", "airtel.in", "edit_distance"},
    {"artel.in", "airtel.in", "edit_distance"},
    {"maxsi.com.my", "maxis.com.my", "edit_distance"},
    {"аirtel.in", "airtel.in", "confusable"},
    {"ee-sim.top", "ee.co.uk", "added_word"},
    {"maxim.com.my", "", ""},
    {"ee.dance", "", ""},
    {"fairtelecom.com", "", ""},
    {"exemple-of-trees.com", "", ""},
    {"greenhouse.net", "", ""},
    {"airtel.test", "airtel.in", "other_suffix"},
    {"www.maxis.com", "maxis.com.my", "other_suffix"},
    {"10086.top", "10086.cn", "other_suffix"},
    {"example.co.uk", "example.com", "other_suffix"},
    {"airtel-kyc.test", "airtel.in", "added_word"},
    {"192.168.0.1", "", ""},
    {"", "", ""},
    {"not a host", "", ""},
};

BOOST_AUTO_TEST_CASE(hosts_that_imitate_an_operator_are_named) {
  for (const LookalikeCase& c : kLookalikes) {
    const Link link = examine_host(c.host, demo_registry());
    BOOST_TEST(link.lookalike_of == c.of,
               c.host << " -> " << link.lookalike_of);
    BOOST_TEST(link.lookalike_reason == c.reason,
               c.host << " -> " << link.lookalike_reason);
  }
}

BOOST_AUTO_TEST_CASE(a_brand_in_path_or_user_info_is_named) {
  const Link user = look("http://10086.cn@demo.test/").links.at(0);
  BOOST_TEST(user.user_info);
  BOOST_TEST(user.lookalike_reason == "brand_in_user_info");
  const Link path = look("http://demo.test/www.10086.cn/login").links.at(0);
  BOOST_TEST(path.lookalike_reason == "brand_in_path");
  const Link news = look("http://demo.test/news/airtel-opens-shop").links.at(0);
  BOOST_TEST(news.lookalike_of == "");
}

BOOST_AUTO_TEST_CASE(registrable_domains_follow_the_public_suffix_list) {
  BOOST_TEST(registrable_domain("a.b.Demo.co.uk") == "demo.co.uk");
  BOOST_TEST(registrable_domain("demo.com.cn") == "demo.com.cn");
  BOOST_TEST(registrable_domain("co.uk") == "");
  BOOST_TEST(registrable_domain("192.168.0.1") == "");
  BOOST_TEST(registrable_domain("") == "");
}

const Case kCodes[] = {
    {"LPA:1$smdp.example.com$ABCD-1234-EFGH", "activation_code"},
    {"enter 1$smdp.example.com$ABCD1234", "activation_code"},
    {"dial **21*+15555550101# now", "call_forward"},
    {"**62*0000 000 41 17# yazip", "call_forward"},
    {"*21*0000 000", ""},
    {"*401*5555550101", "call_forward"},
    {"SMS \"SIM 8991000012345678901\" to 121", "sim_swap_sms"},
    {"iccid 8986001212345678900", "iccid"},
    {"iccid 8986001212345678901", ""},
    {"EID 89049032123451234512345678901235", "eid"},
    {"EID 89049032123451234512345678901236", ""},
    {"身份证 11010519491231002X", "id_number"},
    {"订单 110105194912310021", ""},
    {"aadhaar 2341 2341 2346", "id_number"},
    {"order 234123412346", ""},
    {"验证码123456,请勿泄露给他人", "otp"},
    {"G-123456 is your verification code", "otp"},
    {"your code is 123-456", "otp"},
    {"zip code 12345", ""},
    {"costs 123456 in total", ""},
    {"pay $5 = 1$ each", ""},
};

BOOST_AUTO_TEST_CASE(codes_need_their_shape_and_check_digits) {
  for (const Case& c : kCodes) {
    const Followable f = look(c.text);
    std::string kinds;
    for (const Code& code : f.codes) kinds += code.kind;
    BOOST_TEST(kinds == c.seen, c.text << " -> " << kinds);
  }
}

// Honest texts: nothing to follow but what is official.
const Case kHonest[] = {
    {"坐飞机去北京,明天到", "", "CN"},
    {"Flight TG 402 at 9am from gate B12", "", "US"},
    {"飞机 CA1234 航班 8:30 起飞", "", "CN"},
    {"微信支付100元,谢谢", "", "CN"},
    {"我们用微信联系吧", "", "CN"},
    {"微信 iphone 版更新了", "", "CN"},
    {"QQ音乐很好听", "", "CN"},
    {"他在公司很有威信", "", "CN"},
    {"维信公司2024年报告", "", "CN"},
    {"企鹅生活在南极", "", "CN"},
    {"土豆5斤,20元", "", "CN"},
    {"一二三四五,上山打老虎", "", "CN"},
    {"订单号20241105123456已发货", "", "CN"},
    {"您尾号1234的卡支出2000元", "", "CN"},
    {"会议改到2024-11-05 12:30", "", "CN"},
    {"价格3.5元,共1,234,567元", "", "CN"},
    {"请到营业厅办理补卡", "", "CN"},
    {"网易邮箱很好用,见第8点 me too", "", "CN"},
    {"Your order 1234567890 was shipped on 05.11.2024", "", "US"},
    {"Order #5555550101 total $1,234.56", "", "US"},
    {"Meet me @ home at 7.30", "", "US"},
    {"I am on the line. See you at 5", "", "GB"},
    {"line 4 is delayed, take line 12", "", "GB"},
    {"bad signal 12345678 here", "", "GB"},
    {"Telegram is down today, again", "", "GB"},
    {"The WhatsApp update 2.24.11 fixes a bug", "", "GB"},
    {"I deleted WhatsApp in 2023", "", "GB"},
    {"e.g. this, i.e. that, 9 a.m. to 5 p.m.", "", "US"},
    {"open file.txt in Node.js, see readme.md", "", "US"},
    {"version 1.2.3.4 of com.example.app", "", "US"},
    {"see you tomorrow.Info desk is closed", "", "US"},
    {"ok.so what.is the plan.me and you", "", "US"},
    {"connect the dot me and you drew", "", "US"},
    {"The score was 3-2, then 10-9", "", "US"},
    {"Follow @demo_user for the news", "", "US"},
    {"room 1402, floor 14, 2nd door", "", "US"},
    {"Nos vemos a las 10:30 en la calle 5", "", "ES"},
    {"El pedido 123456789 llega el 05/11/2024", "", "ES"},
    {"Встреча 05.11.2024 в 10:30, дом 5", "", "RU"},
    {"Сигнал плохой, перезвони.Как дела", "", "RU"},
    {"الاجتماع يوم ٥ نوفمبر الساعة ١٠:٣٠", "", "AE"},
    {"می‌خواهم فردا بروم", "", "IR"},
    {"कल सुबह 10:30 बजे मिलते हैं", "", "IN"},
    {"พบกันพรุ่งนี้ 10:30 น.", "", "TH"},
    {"내일 10시 30분에 만나요", "", "KR"},
    {"明日の10時30分に会いましょう", "", "JP"},
    {"Rendez-vous le 05/11/2024 à 10h30", "", "FR"},
    {"Treffen um 10:30 Uhr, Raum 12.5", "", "DE"},
    {"Hẹn gặp lúc 10:30 ngày 05/11", "", "VN"},
    {"Mesyuarat pada 10:30 pagi, bilik 12", "", "MY"},
    {"Tele 5 zeigt heute einen Film", "", "DE"},
    {"Shot with my tele lens for @demo_photos", "", "US"},
    {"Q: 12345 or more?", "", "US"},
    {"Q: 20250310", "", "US"},
    {"FAQ:123456", "", "US"},
    {"Vitamins: a b c d e and k", "", "US"},
    {"T/G+\nGvZabcde1", "", "US"},
    {"iQEcBAEBAgAGBQJVT/G+\nGvZx8Qd1aWxk", "", "US"},
    {"v+xGUabcd12", "", "CN"},
    {"+V/wAFh12345", "", "CN"},
    {"AAbQ3+v/wAFhXL1mHyv9Zq2Lk7Tg", "", "CN"},
    {"Vx/rRUZsl8vPNZ\nwx+9dK2mQ7vXtG4bRs8yLw1P", "", "CN"},
    {"tg_2f9c4b7e-1d3a-4c5b-8e6f-0a9b8c7d6e5f", "", "US"},
    {"Username: demo_user Password: 1234", "", "US"},
    {"用户名:demo_x88 密码:1234", "", "CN"},
    {"登录账号:demo_x88", "", "CN"},
    {"游戏ID:demo_x88", "", "CN"},
    {"ref ID: demo_x88", "", "US"},
    {"ID: INV_2024_88", "", "US"},
    {"device id: demo_x88, ok", "", "US"},
    {"id=demo_x88 \"id\": \"demo_x88\"", "", "US"},
    {"use send_demo in telegram", "", "US"},
    {"the demo_file (line 12), demo_x on line 5", "", "US"},
    {"2a*3b = 6ab, a star is no dot at all", "", "US"},
    {"180*2000*3000 mm, 1580*0013*8000", "", "CN"},
    {"企鹅 12345 只,纪录片里说的", "", "CN"},
    {"企鹅 20000 只在南极", "", "CN"},
    {"扣扣 88888 积分已到账", "", "CN"},
    {"QQ 10000 条消息备份完成", "", "CN"},
    {"Tel-Aviv 2026, room 03-555-0143-B", "", ""},
    {"Заявка №79000000043 принята", "", "RU"},
    {"Count: ten nine eight seven six five four three two one", "", ""},
    {"seven eight nine ten eleven twelve, who's there", "", ""},
    {"5 5 5 0 1 4 3 2 0 2 were the bingo numbers", "", ""},
    {"account: savings_acct closed", "", "US"},
    {"ID: sim_card_2026 adalah nama berkas", "", "ID"},
    {"ID: device_0143 is offline", "", "US"},
    {"username: test_user in the sample config", "", "US"},
    {"my gamertag is dark_knight", "", "US"},
    {"snap install hello_world", "", "US"},
    {"wechat pay mch_id and app_id", "", "US"},
    {"skype for business sip_uri field", "", "US"},
    {"const line = msg.text.split('@'); // handle_line", "", "US"},
    {"VX(base64解密):ZGVtb19rYWk=", "", "CN"},
    {"您好,补卡详询10086", "phone=10086!", "CN"},
    {"12381提醒:您可能正在接触诈骗,请勿转账", "", "CN"},
};

BOOST_AUTO_TEST_CASE(honest_texts_hold_no_private_contact) {
  for (const Case& c : kHonest) {
    const Followable f = look(c.text, c.region);
    BOOST_TEST(contacts_line(f) == c.seen,
               c.text << " -> " << contacts_line(f));
    BOOST_TEST(links_line(f) == "", c.text << " -> " << links_line(f));
  }
}

BOOST_AUTO_TEST_CASE(spans_are_the_original_bytes) {
  const std::string text =
      "补卡找我 TG💪+ @demo_x\n\n请看[@demo_y](https://t.me/demo_y) ok\n"
      "電話①③⑧⓪⓪①③⑧⓪⓪⓪。";
  const Followable f = look(text, "CN");
  BOOST_REQUIRE(f.contacts.size() == 3U);
  const auto written = [&](Span s) { return text.substr(s.begin, s.size()); };
  BOOST_TEST(written(f.contacts[0].span) == "TG💪+ @demo_x");
  BOOST_TEST(written(f.contacts[1].span) == "[@demo_y](https://t.me/demo_y)");
  BOOST_TEST(written(f.contacts[2].span) == "①③⑧⓪⓪①③⑧⓪⓪⓪");
  BOOST_TEST_REQUIRE(f.blocks.size() == 3U);
  BOOST_TEST(written(f.blocks[0]) == "补卡找我 TG💪+ @demo_x");
  BOOST_TEST(written(f.blocks[2]) == "電話①③⑧⓪⓪①③⑧⓪⓪⓪。");
  BOOST_TEST(f.contacts[0].block == 0U);
  BOOST_TEST(f.contacts[1].block == 1U);
  BOOST_TEST(f.contacts[2].block == 2U);
  BOOST_TEST((f.contacts[0].wrapped && !f.contacts[2].wrapped));
}

const Case kProfiles[] = {
    {"Contact us. Follow instagram.com/demo_shop", ""},
    {"DM instagram.com/p/abc123", ""},
    {"my photos: https://www.instagram.com/demo_user/", ""},
};

BOOST_AUTO_TEST_CASE(a_profile_is_an_account_only_when_asked_to_write) {
  for (const Case& c : kProfiles) {
    const std::string seen = contacts_line(look(c.text));
    BOOST_TEST(seen == c.seen, c.text << " -> " << seen);
  }
}

}  // namespace
}  // namespace simwarden
