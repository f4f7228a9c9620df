// SPDX-License-Identifier: Apache-2.0
#include <string>

#include <boost/test/unit_test.hpp>

#include "contact/contact.h"
#include "contact/looking.h"

// What a person reads at once however it is written, by kinds of spelling, and
// honest texts that look like each.
namespace simwarden {
namespace {

using namespace looking;

std::string seen(const Case& c) {
  const Followable f = look(c.text, c.region);
  const std::string contacts = contacts_line(f);
  return contacts.empty() ? links_line(f) : contacts;
}

void check(const auto& cases) {
  for (const Case& c : cases) {
    BOOST_TEST(seen(c) == c.seen, c.text << " -> " << seen(c));
  }
}

// Signs for the slash behind a host.
const Case kSlashes[] = {
    {"t.me › demo_sim", "telegram=@demo_sim"},
    {"t.me » demo_sim", "telegram=@demo_sim"},
    {"t.me ⟶ demo_sim", "telegram=@demo_sim"},
    {"t.me ❯ demo_sim", "telegram=@demo_sim"},
    {"t.me \\ demo_sim", "telegram=@demo_sim"},
    {"t.me ⁄ demo_sim", "telegram=@demo_sim"},
    {"t.me // demo_sim", "telegram=@demo_sim~spaced"},
    {"t.me/`demo_sim`", "telegram=@demo_sim"},
    {"m.me › demo_sim8", "messenger=demo_sim8"},
    {"wa.me › 12025550143", "whatsapp=+12025550143"},
    {"wa.me → +1 202 555 0143", "whatsapp=+12025550143"},
    {"wa.me 12025550143", "whatsapp=+12025550143"},
    {"bit.ly › demo1x", "short_link=https://bit.ly/demo1x"},
    {"cutt.ly -> demo1x", "web=https://cutt.ly/demo1x"},
    // Honest.
    {"t.me › Telegram", ""},
    {"wa.me in 2024", ""},
    {"wa.me 1, 2 and 3", ""},
    {"made with bit.ly (demo2024)", ""},
    {"is.gd: demo_2024", ""},
};

BOOST_AUTO_TEST_CASE(a_sign_for_the_slash_leads_to_the_name) {
  check(kSlashes);
}

const Case kTags[] = {
    {"t.<b></b>me/demo_sim", "telegram=@demo_sim~spaced"},
    {"t.<!-- x -->me/demo_sim", "telegram=@demo_sim~spaced"},
    {"t<b>.</b>me/demo_sim", "telegram=@demo_sim"},
    {"t.me<i>/</i>demo_sim", "telegram=@demo_sim"},
    {"t.me/<b>demo_sim</b>", "telegram=@demo_sim"},
    {"Tele<b></b>gram: @demo<i></i>_sim", "telegram=@demo_sim~spaced"},
    {"t.[b]me[/b]/demo_sim", "telegram=@demo_sim"},
    {"t.**me**/demo_sim", "telegram=@demo_sim"},
    {"demo<b></b>sim.com/reg", "web=https://demosim.com/reg"},
    {"demosim.<span class=x>com</span>/reg", "web=https://demosim.com/reg"},
    {"[color=red]demosim[/color].com/reg", "web=https://demosim.com/reg"},
    {"<b>demo</b>@<i>demo</i>.example", "email=demo@demo.example"},
    // A tag that only touches a word.
    {"visit<b>demosim.com</b>now", "web=https://demosim.com/"},
    {"see <b>demosim</b>.com", "web=https://demosim.com/"},
    // Honest.
    {"Thanks.<b>Info</b> and <i>more</i>.", ""},
    {"Use **foo**.bar, docs/**/*.md, 2.**3, a**b, **e.g.**this", ""},
    {"vector<b>::iterator, map<string, b>.begin(), [i].at", ""},
};

BOOST_AUTO_TEST_CASE(tags_that_dress_letters_are_read_over) {
  check(kTags);
}

const Case kAccounts[] = {
    {"telegram: @{demo_sim}", "telegram=@demo_sim"},
    {"telegram: @[demo_sim]", "telegram=@demo_sim"},
    {"telegram: @\"demo_sim\"", "telegram=@demo_sim"},
    {"telegram: @@demo_sim", "telegram=@demo_sim"},
    {"telegram: @.demo_sim", "telegram=@demo_sim"},
    {"tlgram @demo_sim", "telegram=@demo_sim~variant"},
    {"телеграм-канал demo_sim", "telegram=@demo_sim"},
    {"تيليجرام: demo_sim@", "telegram=@demo_sim"},
    {"办卡 wexin demo_ka88", "wechat=demo_ka88~variant"},
    {"办卡 薇 demo_ka88", "wechat=demo_ka88~variant"},
    {"办卡 卫星 demo_ka88", "wechat=demo_ka88~variant"},
    {"办卡 微丶信 demo_ka88", "wechat=demo_ka88~spaced"},
    {"办卡 V💌demo_ka88", "wechat=demo_ka88~variant"},
    {"收卡 赖 demo_ka88", "line=demo_ka88~variant"},
    {"收卡 sc: demo_ka88", "handle=@demo_ka88"},
    {"收卡 Q-12345678", "qq=12345678~variant"},
    {"收卡 Q/12345678", "qq=12345678~variant"},
    {"收卡 扣12345678", "qq=12345678~variant"},
    {"收卡 丘丘12345678", "qq=12345678~variant"},
    {"收卡 qiuqiu 12345678", "qq=12345678~variant"},
    // Behind a word for a one-time code.
    {"验证码 加Q 12345678", "qq=12345678~variant"},
    {"代收验证码 加扣 123456", "qq=123456~variant"},
    {"代收验证码，Q12345678", "qq=12345678~variant"},
    // Honest.
    {"telegram: @.", ""},
    {"每月扣12345678分, 手机卡扣10000元", ""},
    {"丘丘12345678, qiuqiu 12345678, wexin", ""},
    {"手机卡 v 2024, 卫星 demo 卡", ""},
    {"Q-12345678 is a part, sc: demo_x88 too", ""},
    {"您的验证码 123456, 请加V会员", ""},
};

BOOST_AUTO_TEST_CASE(accounts_are_seen_behind_more_spellings_of_a_service) {
  check(kAccounts);
}

const Case kParted[] = {
    {"WhatsApp +1_202_555_0143", "whatsapp=+12025550143~digit_words"},
    {"call +1/202/555/0143", "phone=+12025550143"},
    {"call +1~202~555~0143", "phone=+12025550143~digit_words"},
    {"sims +1~202~555~0143", "phone=+12025550143"},
    {"办卡 138__0013__8001", "phone=+8613800138001~spaced"},
    {"办卡 138··0013··8001", "phone=+8613800138001~spaced"},
    // Honest.
    {"call 12/202/555/0143", ""},
    {"sum +100~200~300 and +1|2|3|4", ""},
};

BOOST_AUTO_TEST_CASE(a_number_begins_at_its_plus_whatever_parts_it) {
  check(kParted);
}

const Case kHosts[] = {
    {"open demo-sim.c0m for your eSIM", "web=https://demo-sim.com/"},
    {"demo-sim.c.o.m/a", "web=https://demo-sim.com/a"},
    {"demo-sim.c o m", "web=https://demo-sim.com/"},
    {"demosim.n3t", "web=https://demosim.net/"},
    {"www demo-sim com", "web=https://www.demo-sim.com/"},
    {"(www,demo-sim,com)", "web=https://www.demo-sim.com/"},
    {"www-demo-sim-com", "web=https://www.demo-sim.com/"},
    {"www demo sim com / kyc", "web=https://www.demo.sim.com/"},
    {"demo-sim,com/reg", "web=https://demo-sim.com/reg"},
    {"demo-sim. com/reg", "web=https://demo-sim.com/reg"},
    {"activa tu línea en demochip.es", "web=https://demochip.es/"},
    {"entra en demochip.es, y listo", "web=https://demochip.es/"},
    {"Recarga: demochip.es", "web=https://demochip.es/"},
    // Honest.
    {"1.c0mma, v0.0rganic, e.c. o m, see a.c o m", ""},
    {"www is old. the www, net and com", ""},
    {"quartos,com/sem banho, praia. com amigos", ""},
    {"lo tienes en madrid.es bueno", ""},
    {"no lo se en casa.es", ""},
    {"the total: thirty.it was late", ""},
    {"it hangs on session.id, field: request.id", ""},
};

BOOST_AUTO_TEST_CASE(hosts_that_a_reader_types_right_are_seen) {
  check(kHosts);
}

const Case kMail[] = {
    {"demo@@demo.example", "email=demo@demo.example"},
    {"demo@demo. com", "email=demo@demo.com~spelled_dot"},
    {"demo@yandex•ru", "email=demo@yandex.ru~spelled_dot"},
    {"demo @outlook.com", "email=demo@outlook.com~spaced"},
    {"demo@demo.c0m", "email=demo@demo.com~spelled_dot"},
    {"demo-at-demo-dot-com", "email=demo@demo.com~spelled_dot"},
    {"demo*at*demo*dot*com", "email=demo@demo.com~spelled_dot"},
    // Providers whose ending goes without saying.
    {"demo@gmail", "email=demo@gmail.com"},
    {"demo(at)gmail", "email=demo@gmail.com~spelled_dot"},
    {"schreib an demo klammeraffe gmx", "email=demo@gmx.de~spelled_dot"},
    {"demo arroba gmail", "email=demo@gmail.com~spelled_dot"},
    {"пиши demo собака мейл ру", "email=demo@mail.ru~spelled_dot"},
    // Honest.
    {"meu email: fulano@uol. com isso", ""},
    {"peso: duas arroba de boi, 3@@5", ""},
    {"look @outlook.com", "email=look@outlook.com~spaced"},
    {"@gmail is down, a@b", ""},
};

BOOST_AUTO_TEST_CASE(mail_addresses_are_seen_with_what_goes_without_saying) {
  check(kMail);
}

const Case kMixed[] = {
    {"телегрaм demo_sim", "telegram=@demo_sim~mixed_script"},
    {"Tелеграм: demo_sim", "telegram=@demo_sim~mixed_script"},
    {"вoтсап +1 202 555 0143", "whatsapp=+12025550143~mixed_script"},
    {"найди мeня: @demo_sim, пишитe", ""},
    // Honest: not all of their letters look like another.
    {"SIMка и TVшоу @demo_sim", ""},
    {"demo.comв, USBшный кабель", ""},
};

BOOST_AUTO_TEST_CASE(a_latin_letter_hides_no_cyrillic_word) {
  check(kMixed);
}

const Case kNear[] = {
    {"收卡 t*g demo_sim", "telegram=@demo_sim~spaced"},
    {"收卡 鹅 12345678", "qq=12345678~variant"},
    {"收卡 12345678@qq", "email=12345678@qq.com"},
    {"sims: +1:202:555:0143", "phone=+12025550143"},
    {"sims: +1#202#555#0143", "phone=+12025550143"},
    {"sims: +1^202^555^0143", "phone=+12025550143"},
    // Honest.
    {"t*g demo_sim, 鹅 12345678", ""},
    {"whats up, whats 2 plus 2, whats on at 10 30 2024", ""},
    {"from +1:20:30:40 to +2:30", ""},
};

BOOST_AUTO_TEST_CASE(what_is_weak_counts_where_cards_are_offered) {
  check(kNear);
}

const Case kSellersNames[] = {
    {"puce en une heure, Sgnal/Télég même pseudo : demo_puce",
     "telegram=@demo_puce"},
    {"SIM swap no ID, Snapchat: demo-jay-unlocks", "handle=@demo-jay-unlocks"},
    {"sims no ID, snap demo-jay-unlocks", "handle=@demo-jay-unlocks"},
    {"did mine too, he replies faster on Wickr \"demojay\"", "handle=@demojay"},
    {"sims by @demo_esim on the blue app with the paper plane",
     "telegram=@demo_esim"},
    // Honest.
    {"He replies on Wickr \"soon\"", ""},
    {"Threema \"encrypted\" chats", ""},
    {"SIM shop: snap well-known-brands here", ""},
    {"our club @demo_air: a blue app for pilots", ""},
};

BOOST_AUTO_TEST_CASE(sellers_names_stand_behind_what_is_short_for_a_service) {
  check(kSellersNames);
}

const Case kOfferedNumbers[] = {
    {"Duplicado de SIM sin DNI 600 000 023", "phone=600000023"},
    {"SIM replacement without ID 07700 900123", "phone=07700900123"},
    {"SIM replacement without ID 07700 900123", "phone=+447700900123", "GB"},
    // Honest.
    {"Nobody swaps a SIM without ID. 600 000 023", ""},
    {"Entry without ID 600 000 023", ""},
};

BOOST_AUTO_TEST_CASE(a_card_without_papers_asks_for_a_call) {
  check(kOfferedNumbers);
}

}  // namespace
}  // namespace simwarden
