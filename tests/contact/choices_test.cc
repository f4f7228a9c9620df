// SPDX-License-Identifier: Apache-2.0
#include <string>

#include <boost/test/unit_test.hpp>

#include "contact/contact.h"
#include "contact/looking.h"

// Which of several accounts is meant, and services in other dress: what sellers
// put between the name of a service and their own.
namespace simwarden {
namespace {

using namespace looking;

const Case kChoices[] = {
    {"Telegram only: demokai88", "telegram=@demokai88"},
    {"Telegram preferred - demo_kai", "telegram=@demo_kai"},
    {"Signal only: demoplug.07", "signal=demoplug.07"},
    {"Discord first: demokai88", "discord=demokai88"},
    {"WhatsApp only: +1 202 555 0143", "whatsapp=+12025550143"},
    {"телеграм только: demokai88", "telegram=@demokai88"},
    {"Telegram uniquement : demokai88", "telegram=@demokai88"},
    {"Telegram solo: demokai88", "telegram=@demokai88"},
    {"微信优先：demokai88", "wechat=demokai88"},
    {"QQ唯一 123456789", "qq=123456789"},
    {"TG同名 demokai88", "telegram=@demokai88"},
    {"全网同名 demo_kai", "handle=@demo_kai"},
    // Honest.
    {"Signal only: 2 bars at home", ""},
    {"Telegram only: no calls from me please", ""},
    {"Telegram only: please", ""},
    {"WhatsApp only works with the old number", ""},
    {"Discord only: raid at 20:00", ""},
    {"QQ first 10000 users get it", ""},
    {"微信优先：绑定手机号", ""},
    {"各平台同步播出 demo88", ""},
    {"全网同名商品比价 demo88", ""},
};

BOOST_AUTO_TEST_CASE(a_word_for_the_service_that_is_meant_is_read_over) {
  check_contacts(kChoices);
}

const Case kSeveral[] = {
    {"Telegram & WhatsApp: demokai88", "telegram=@demokai88"},
    {"Telegram or Signal: demoplug.42", "signal=demoplug.42"},
    {"wickr/signal: demokai88", "handle=@demokai88"},
    {"Telegram и WhatsApp: demokai88", "telegram=@demokai88"},
    {"电报或WhatsApp：demokai88", "telegram=@demokai88"},
    {"Telegram, Viber, WhatsApp: demokai88", "telegram=@demokai88"},
    // Each has a number, or what stands there is none of theirs.
    {"WhatsApp/Telegram: +1 202 555 0143", "telegram=+12025550143"},
    {"Telegram or WhatsApp: both work on the new phone", ""},
    {"WhatsApp and Telegram: calls are fine", ""},
    {"微信/支付宝：实名认证", ""},
    {"Telegram & WhatsApp demo", ""},
    {"news of Telegram, WhatsApp: windows10 loses both", ""},
};

BOOST_AUTO_TEST_CASE(services_side_by_side_share_the_name_behind_them) {
  check_contacts(kSeveral);
}

const Case kDress[] = {
    {"免实名卡 🅥demo_jie66", "wechat=demo_jie66~styled"},
    {"手机卡 ⓥⓧdemo_jie66", "wechat=demo_jie66~styled"},
    {"手机卡 🆃🅶demo_jie66", "telegram=@demo_jie66~styled"},
    {"不记名卡 V.X-demokai", "wechat=demokai~spaced"},
    {"不记名卡 v我 demokai", "wechat=demokai~variant"},
    {"电话卡 卫❤星：demokai8", "wechat=demokai8~variant"},
    {"流量卡 𝗧𝗚 demokai8", "telegram=@demokai8~styled"},
    {"实名卡 t。g。demo_kai", "telegram=@demo_kai~spaced"},
    {"实名卡 Soul demo_hao", "handle=@demo_hao"},
    {"sims, snap demo.kai", "handle=@demo.kai"},
    {"实名卡 进🈴裙 12345678", "qq=group/12345678~variant"},
    {"实名卡 进👗 12345678", "qq=group/12345678~variant"},
    {"实名卡 Q:1 2 3 4 5 6 7 8 9", "qq=123456789~digit_words"},
    // Honest: none of it near such goods, or another thing.
    {"Ⓥdemo_jie66 是我的微博名", ""},
    {"手机卡 ⓥolleyball", ""},
    {"手机卡 ⓥdemo1/demo_x", ""},
    {"微我 demo_hua 一起去爬山", ""},
    {"流量 𝗧𝗚 demokai8", ""},
    {"Soul demo_hao", ""},
    {"snap demo.kai", ""},
    {"去👗店 12345678", ""},
    {"Q:1 2 3 4 5 6 7 8 9", ""},
    {"实名卡 A班。T。G。X班", ""},
};

BOOST_AUTO_TEST_CASE(services_in_another_dress_are_read_where_cards_are_sold) {
  check_contacts(kDress);
}

const Case kApart[] = {
    {"补 卡 加 V d e m o k a 5 5", "wechat=demoka55~spaced"},
    {"补.卡.找.我 V.X.demok55", "wechat=demok55~spaced"},
    {"换卡找我 V：d e m o k 7 7", "wechat=demok77~spaced"},
    {"手-机-卡 加v d-e-m-o-k-7-7", "wechat=demok77~spaced"},
    {"补卡 加 v d.e.m.o.8.8", "wechat=demo88~spaced"},
    {"代补手机卡 加 wx d|e|m|o|8|8", "wechat=demo88~spaced"},
    {"代补手机卡 v:d.e.m.o.8.8", "wechat=demo88~spaced"},
    {"换卡找我 加薇 d*e*m*o*8*8", "wechat=demo88~spaced"},
    // Honest.
    {"加 V I P 会员 a b c d", ""},
    {"补习班 加 v e r b s", ""},
    {"加 V d e m o k a 5 5", ""},
    {"补卡 加 V d e m o k a", ""},
    {"字母表 d e m o k a", ""},
    {"加 v 1.2.3.4.5 版本的补丁", ""},
    {"补卡 加 v d.e.m.o", ""},
    {"补卡 加 v e.g. demo", ""},
    {"加 V d.e.m.o.8.8", ""},
};

BOOST_AUTO_TEST_CASE(a_single_letter_has_a_name_of_single_letters_near_wares) {
  check_contacts(kApart);
}

}  // namespace
}  // namespace simwarden
