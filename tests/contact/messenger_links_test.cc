// SPDX-License-Identifier: Apache-2.0
#include <boost/test/unit_test.hpp>

#include "contact/looking.h"

namespace simwarden {
namespace {

using namespace looking;

const Case kAccounts[] = {
    {"line://ti/p/AbC", "line=line.me/ti/p/AbC"},
    {"https://line.me/ti/p/~Demo_Kai", "line=demo_kai"},
    {"line.me/R/ti/p/@demo_kai", "line=demo_kai"},
    {"https://line.me/ti/p/%40demo_kai", "line=demo_kai"},
    {"line://ti/p/~demo_kai", "line=demo_kai"},
    {"https://page.line.me/demosim", "line=demosim"},
    {"https://t.me/@Demo_Kai", "telegram=@demo_kai"},
    {"t.me/(demo_kai), t.me/*demo_kay*",
     "telegram=@demo_kai telegram=@demo_kay"},
    {"t.me/{demo_kai} or t.me -> demo_kay or t.me → demo_kaj",
     "telegram=@demo_kai telegram=@demo_kay telegram=@demo_kaj"},
    {"hxxps[:]//t[.]me/demo_kai", "telegram=@demo_kai~spelled_dot"},
    {"tg://join?invite=AbCdEf", "telegram=+AbCdEf"},
    {"tg://resolve?phone=12025550143", "telegram=+12025550143"},
    {"https://ig.me/m/demo_x", "instagram=@demo_x"},
    {"instagram://user?username=demo_sim", "instagram=@demo_sim"},
    {"https://zalo.me/g/demo123", "zalo=zalo.me/g/demo123"},
    {"https://zalo.me/0900000000", "zalo=+84900000000"},
    {"https://zalo.me/demosim", "zalo=demosim"},
    {"https://zalo.me/1234567890123456789", "zalo=1234567890123456789"},
    {"https://chat.zalo.me/?phone=0900000000", "zalo=+84900000000"},
    {"zalo://conversation?phone=84900000000", "zalo=+84900000000"},
    {"zalo://conversation", ""},
    {"https://zaloapp.com/qr/p/demo12abc", "zalo=zaloapp.com/qr/p/demo12abc"},
    {"api.whatsapp.com/send?phone=1 202 555 0143", "whatsapp=+12025550143"},
    {"https://wa.me/1-202-555-0143", "whatsapp=+12025550143"},
    {"https://wa.me/1.202.555.0143?text=hi", "whatsapp=+12025550143"},
    {"https://wa.me/1%20202%20555%200143", "whatsapp=+12025550143"},
    {"https://wa.me/1(202)5550143", "whatsapp=+12025550143"},
    {"wa.me/1 202 555 0143 now", "whatsapp=+12025550143"},
    {"wa.me/12025550143 24 hours", "whatsapp=+12025550143"},
    {"wa.me/1 202 555 0143 24 hours", "whatsapp=+12025550143"},
    {"wa.me/1 24 hours", "whatsapp=wa.me/1"},
    {"wa.me/message/AbC 202 555 0143", "whatsapp=wa.me/message/AbC"},
    {"https://wa.link/demo12", "whatsapp=wa.link/demo12"},
    {"t.me : demo_kai sims", "telegram=@demo_kai"},
    {"write t.me demo_kai", "telegram=@demo_kai"},
    {"t.me is blocked", ""},
    {"t.me: telegram", ""},
    {"https://telega.one/demo_kai", "telegram=@demo_kai"},
    {"https://t-do.ru/joinchat/AbC", "telegram=+AbC"},
    {"web.telegram.org/k/#@demo_kai", "telegram=@demo_kai"},
    {"web.telegram.org/k/", ""},
    {"https://vk.me/demo_sim", "handle=@demo_sim"},
    {"https://max.ru/u/demoXyz", "handle=@demoxyz"},
    {"https://max.ru/news", ""},
    {"https://www.snapchat.com/add/demo_sim", "handle=@demo_sim"},
    {"https://snapchat.com/privacy", ""},
    {"snapchat://add/demo_sim", "handle=@demo_sim"},
    {"https://matrix.to/#/@demo_sim:chat.example",
     "handle=@demo_sim:chat.example"},
    {"https://simplex.chat/contact#/?v=2&smp=demo", "handle=simplex.chat/demo"},
    {"https://simplex.chat/blog/", ""},
    {"https://dsc.gg/demosim", "discord=dsc.gg/demosim"},
    {"discord.com/invite/AbC", "discord=discord.gg/AbC"},
    {"discord://invite/AbC", "discord=discord.gg/AbC"},
    {"https://jq.qq.com/?_wv=1027&k=demo12AB", "qq=jq.qq.com/demo12AB"},
    {"https://wpa.b.qq.com/cgi/wpa.php?ln=1&key=XzDemo",
     "qq=wpa.b.qq.com/XzDemo"},
    {"https://work.weixin.qq.com/kfid/kfcDemo",
     "wechat=work.weixin.qq.com/kfid/kfcDemo"},
    {"weixin://contacts/profile/demo_ka41", "wechat=demo_ka41"},
    {"https://weixin.qq.com/r/demoAB", "wechat=weixin.qq.com/r/demoAB"},
    {"https://weixin.qq.com/g/demoAB", "wechat=weixin.qq.com/g/demoAB"},
    {"https://weixin.qq.com/cgi-bin/readtemplate?t=demo", ""},
    {"https://mp.weixin.qq.com/s/demoAB", ""},
    {"https://qun.qq.com/qrcode/demo", "qq=qun.qq.com/qrcode/demo"},
    {"weixin://dl/business/?t=abc", ""},
    {"viber://pa?chatURI=DemoSim", "viber=demosim"},
    {"viber://chat?number=%2B12025550143", "viber=+12025550143"},
    {"sgnl://signal.me/#p/+12025550143", "signal=+12025550143"},
    {"https://signal.me/#p/+12025550143", "signal=+12025550143"},
    {"fb-messenger://user/demo.sim", "messenger=demo.sim"},
    {"fb-messenger://groupthreadfbid/1", ""},
};

BOOST_AUTO_TEST_CASE(a_link_to_a_messenger_gives_the_value_of_its_account) {
  for (const Case& c : kAccounts) {
    const std::string got = contacts_line(look(c.text, c.region));
    BOOST_TEST(got == c.seen, c.text << " -> " << got);
  }
}

BOOST_AUTO_TEST_CASE(a_number_that_goes_on_behind_its_link_is_part_of_it) {
  BOOST_TEST(links_line(look("wa.me/1 202 555 0143 now")) ==
             "messenger=https://wa.me/12025550143");
  BOOST_TEST(links_line(look("t.me : demo_kai")) ==
             "messenger=https://t.me/demo_kai");
}

}  // namespace
}  // namespace simwarden
