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
    {"т\u0336е\u0336л\u0336е\u0336г\u0336р\u0336а\u0336м @demo_kai",
     "telegram=@demo_kai~styled"},
    {"微\u0336信\u0336: demo_kai88", "wechat=demo_kai88~styled"},
    {"شرائح واتـسـاب +1 202 555 0143", "whatsapp=+12025550143~variant"},
    // Honest.
    {"₮50000 @demo_user", ""},
    {"the price was ₮ 20 000 or ₲ 100.000", ""},
};

BOOST_AUTO_TEST_CASE(letters_that_are_struck_out_or_have_a_bar_are_read) {
  check_contacts(kDressed);
}

const Case kKeys[] = {
    {"sims: signal demo.42", "signal=demo.42"},
    {"Signal: demo.42", "signal=demo.42"},
    {"sims on threema DEMO0001", "handle=@demo0001"},
    {"threema id: DEMO0001", "handle=@demo0001"},
    {"tox id: "
     "56A1ADE4B65B86BCD51CC73E2CD4E542179F47959FE3E0E21B4B0ACDADE51855D34D34D37"
     "CB5",
     "handle="
     "@56a1ade4b65b86bcd51cc73e2cd4e542179f47959fe3e0e21b4b0acdade51855d34d34d3"
     "7"
     "cb5"},
    {"sims zangi 1012345678", "handle=@1012345678"},
    {"sims, wire demo_kai", "handle=@demo_kai"},
    {"شرائح يوزر @demokai", "handle=@demokai"},
    // Honest.
    {"signal demo.42", ""},
    {"signal: approx.42 dBm, sims work", ""},
    {"sims, signal at level.42", ""},
    {"threema Demo0001 on Android, threema ABCDEFGH", ""},
    {"tox 56a1ade4 tox panel", ""},
    {"zangi 1012345678", ""},
    {"wire demo_kai", ""},
    {"كلمة المرور و يوزر demo88", ""},
};

BOOST_AUTO_TEST_CASE(keys_and_numbers_of_lesser_messengers_are_accounts) {
  check_contacts(kKeys);
}

const Case kSingleSigns[] = {
    {"收卡 V:13800138028", "wechat=13800138028~variant"},
    {"收卡 v:demo_ka88", "wechat=demo_ka88~variant"},
    {"出手机卡一手卡商 v:demoka168", "wechat=demoka168~variant"},
    {"号卡一手,威:demo_ka10", "wechat=demo_ka10~variant"},
    {"收卡 薇:de mo bu ka 88", "wechat=demobuka88~spaced"},
    {"收卡 微信：de mo bu ka 88，全国", "wechat=demobuka88~spaced"},
    {"收卡 飞机搜 demo丨bkkk", "telegram=@demobkkk"},
    {"ID「demo_saihakko」をLINEで追加", "line=demo_saihakko"},
    {"demo_saihakkoをLINEで追加", "line=demo_saihakko"},
    {"補卡 IG demo.88", "instagram=@demo.88"},
    {"收卡 加威demo_ka88", "wechat=demo_ka88~variant"},
    {"买卡加溦 demo_ka17", "wechat=demo_ka17~variant"},
    {"收卡 溦:demo_ka88", "wechat=demo_ka88~variant"},
    {"出手机卡一手卡商(微)demoka168", "wechat=demoka168~variant"},
    {"收卡 Q987654321", "qq=987654321~variant"},
    {"收卡 抠:987654321", "qq=987654321~variant"},
    {"收卡 加裙987654321", "qq=group/987654321~variant"},
    {"收卡 Q裙987654321", "qq=group/987654321~variant"},
    {"群:987654321 卡商对接", "qq=group/987654321"},
    {"收卡进裙 123456789 群主拉", "qq=group/123456789~variant"},
    {"收卡 蝙蝠号123456789", "handle=@123456789"},
    {"收卡 抖音:123456789", "handle=@123456789"},
    {"收卡 v+demoka88", "wechat=demoka88~variant"},
    {"收卡 V❤X：demoka88", "wechat=demoka88~variant"},
    {"收卡 138/0013/8001", "phone=+8613800138001~spaced"},
    {"收卡 feiji：demoka88", "telegram=@demoka88~variant"},
    {"收卡 赖 ID demoka88", "line=demoka88~variant"},
    {"收卡 手机v:13800138028", "phone=+8613800138028"},
    {"13800138028V同 收卡", "phone=+8613800138028"},
    {"收卡 13800138028vx同号", "phone=+8613800138028"},
    {"收卡 飞机 demoka88", "telegram=@demoka88"},
    // Services without a kind, letters and figures.
    {"补卡 闲鱼 demoka88", "handle=@demoka88"},
    {"补卡，闲鱼demoka88", "handle=@demoka88"},
    {"补卡 公众号：demo_ka88", "handle=@demo_ka88"},
    {"补卡 小黄鱼 demoka88", "handle=@demoka88"},
    {"補門號 脆 demoka88", "handle=@demoka88"},
    {"补卡 dy：demoka88", "handle=@demoka88"},
    {"補門號，賴demo_88，全省", "line=demo_88~variant"},
    {"补卡，v：demoshop，全国", "wechat=demoshop~variant"},
    {"手机卡 v:huawei，全新", ""},
    {"手机卡 v: demoshop is closed", ""},
    {"依赖demo_88，电话卡", ""},
    {"补卡，卫星demoka88", "wechat=demoka88~variant"},
    {"补卡 企微 demoka88", "wechat=demoka88"},
    {"补卡 加vvx：demoka88", "wechat=demoka88~variant"},
    {"補門號，賴 demo_88，全省", "line=demo_88~variant"},
    {"補卡 ws：+852 5555 0123", "whatsapp=+85255550123"},
    {"補門號 0912-345-678", "phone=+886912345678"},
    // Emoji for a name.
    {"补卡 🍠号 demoka88", "handle=@demoka88~emoji"},
    {"实名卡 +🛰️ demo_kai888", "wechat=demo_kai888~variant"},
    {"无实名卡 ✌X:demo_ka24", "wechat=demo_ka24~emoji"},
    {"收卡 🥔 @demo_ka88", "telegram=@demo_ka88~variant"},
    {"收卡 🦇 demo_ka88", "handle=@demo_ka88~emoji"},
    // Honest.
    {"版本 V:20241105, v:demo_x88", ""},
    {"手机卡顿 V:20241105", ""},
    {"手机卡 v:iphone", ""},
    {"电压V:220000", ""},
    {"电话卡 卫星covergo2024信号不错", ""},
    {"出 iphone14pro128 双卡，电话卡自备，闲鱼 iphone14pro128", ""},
    {"闲鱼 demoka88, 脆 demoka88", ""},
    {"dy: demo_ka88", ""},
    {"补卡 公众号中国移动10086", "phone=10086!"},
    {"編號 0912345678901, A-0912345678", ""},
    {"Q987654321 or case v: demo_x88", ""},
    {"收卡 抖音:20251112, 小红书 123456789", ""},
    {"抖音:123456789 点赞, 138/0013/8001", ""},
    {"示威:demo_ka10 收卡", ""},
    {"交流群:987654321", ""},
    {"群:987654321 读书会", ""},
    {"飞机 demoair88 航班", ""},
    {"love ✌️x from all of us", ""},
    {"🥔 5斤 @demo_farm", ""},
};

const Case kWords[] = {
    {"VX: demoshop 收卡秒回", "wechat=demoshop"},
    {"收卡 VX demoshop", "wechat=demoshop"},
    {"收卡加V demoshop 秒回", "wechat=demoshop~variant"},
    {"收卡 V信：demoshop，秒回", "wechat=demoshop~variant"},
    {"收卡 微: demoshop 秒回", "wechat=demoshop~variant"},
    {"手机卡 加微 demoshop, 价格好", "wechat=demoshop~variant"},
    {"TG: demoshop 收卡", "telegram=@demoshop"},
    {"TG：demoshop，补卡秒回", "telegram=@demoshop"},
    {"補卡 LINE：demoshop，全省", "line=demoshop"},
    // Behind a colon, at the end of a clause of another script.
    {"微信：demoshop，全国", "wechat=demoshop"},
    {"微信号：demoshop。请备注", "wechat=demoshop"},
    {"微信：demoshop\n全国", "wechat=demoshop"},
    {"LINE ID：demoshop，全省", "line=demoshop"},
    // The sign of a messenger for its name.
    {"卡商 💚💬 demo_ka88", "handle=@demo_ka88"},
    {"收卡 🟢 demoka88", "handle=@demoka88"},
    {"sims 💬 demo_sim", "handle=@demo_sim"},
    {"симки 💬 demo_sim", "handle=@demo_sim"},
    {"sims 👻 demo_sim", "handle=@demo_sim"},
    {"sims for sale telegram demokai88", "telegram=@demokai88"},
    {"收卡 TG demokai88", "telegram=@demokai88"},
    // Honest.
    {"VX: demoshop 读书会", ""},
    {"微信：iphone，今天", ""},
    {"微信：support ok，今天", ""},
    {"微信：de mo bu ka 88", ""},
    {"补卡 微信: see you at the 88 bus", ""},
    {"补卡 飞机 demo|bkkk", ""},
    {"ig demo.88 is nice", ""},
    {"telegram: demoshop, all of us", ""},
    {"LINE：demoshop，全省", ""},
    {"手机卡 v:iphone, vx: iphone 都行", ""},
    {"收卡 VX telegram 都有", ""},
    {"手机卡 wechat support is slow", ""},
    {"sims: wechat pay works, telegram: fine so far", ""},
    {"👻 demo_movie tonight, telegram demobot88 is slow", ""},
    {"my sim and telegram demobot88", ""},
    {"🟢 demo_user is online", ""},
    {"my sims 💬 demo_history is gone", ""},
    {"💬 demoka88 电影", ""},
};

BOOST_AUTO_TEST_CASE(names_of_letters_alone_count_where_cards_are_offered) {
  check_contacts(kWords);
}

BOOST_AUTO_TEST_CASE(single_signs_name_a_messenger_where_cards_are_offered) {
  check_contacts(kSingleSigns);
}

const Case kAsked[] = {
    {"Симки. За деталями к @demoplug", "handle=@demoplug"},
    {"Симки. Бронь @demoplug", "handle=@demoplug"},
    {"Sims: owner @demoplug", "handle=@demoplug"},
    {"Sims: order here @demoplug", "handle=@demoplug"},
    {"Sims: 24/7 support @demoplug", "handle=@demoplug"},
    {"Sims: link in bio @demoplug", "handle=@demoplug"},
    {"Sims, my plug @demoplug", "handle=@demoplug"},
    {"Симки, лс @demoplug", "handle=@demoplug"},
    {"Sims. @demoplug for orders", "handle=@demoplug"},
    {"手机卡 对接 @demoka168", "handle=@demoka168"},
    {"手机卡 商务:@demoka168", "handle=@demoka168"},
    {"手机卡 @demoka168 秒回", "handle=@demoka168"},
    {"شرائح يوزر @demokai", "handle=@demokai"},
    {"شرائح خاص @demokai", "handle=@demokai"},
    {"Симки МАКС @demo_sim", "handle=@demo_sim"},
    {"Симки vk: demo_sim", "handle=@demo_sim"},
    {"bán sim tele: demokai", "telegram=@demokai"},
    {"Search \"demo_simshop\" in Telegram", "telegram=@demo_simshop"},
    {"Найди «demo_simshop» в телеграм", "telegram=@demo_simshop"},
    // Honest.
    {"owner @demo_user, reviewers @demo_two", ""},
    {"ask support @demo_ukraine, simple as that", ""},
    {"My sim is blocked @demo_telco support", ""},
    {"Sim racing owner @demo_driver wins", ""},
    {"link in bio @demo_cook, my plug @demo_user", ""},
    {"Бронь стола: @demo_cafe", ""},
    {"手机 商务本 @demo_user", ""},
    {"Макс @demo_user, facebook @demo_user", ""},
    {"error in vk: invalid_token", ""},
    {"bật tele: demokai", ""},
    {"search \"user_id\" in telegram docs, print \"demo_x\" in telegram", ""},
};

BOOST_AUTO_TEST_CASE(accounts_are_seen_where_cards_and_a_word_stand_by) {
  check_contacts(kAsked);
}

const Case kNumbers[] = {
    {"Bán sim lh 0901234567", "phone=0901234567"},
    {"Bán sim lh 0901.23.45.67", "phone=0901234567"},
    {"Bán sim liên hệ 0901 234 567", "phone=0901234567"},
    {"Bán sim SĐT: 090-1234-567", "phone=0901234567"},
    {"SIM dijual, hub 0812 3456 7890", "phone=081234567890"},
    {"SIM dijual, japri 0812 3456 7890", "phone=081234567890"},
    {"شرائح للتواصل 0501234567", "phone=0501234567"},
    {"सिम संपर्क करें 098765 43210", "phone=09876543210"},
    {"zl 0901234567", "phone=0901234567"},
    {"সিম ইমু 01711000000", "phone=01711000000"},
    {"SIM aktif w@: 081234567890", "whatsapp=081234567890~variant"},
    {"bán sim zal0 0901234567", "zalo=0901234567~variant"},
    {"bán sim za.lo 0901234567", "zalo=0901234567~variant"},
    {"jual kartu WeA 081234567890", "whatsapp=081234567890~variant"},
    {"সিম হোয়াটস অ্যাপ 01711000000", "whatsapp=01711000000"},
    {"SIM lines +1_202_555_0143", "phone=+12025550143"},
    {"SIM lines +1*202*555*0143", "phone=+12025550143"},
    {"SIM lines +1/202/555/0143", "phone=+12025550143"},
    {"SIM lines +1=202=555=0143", "phone=+12025550143"},
    {"SIM lines +1 202\u2212555\u22120143", "phone=+12025550143"},
    {"SIM lines plus 1 202 555 0143", "phone=+12025550143"},
    {"плюс 1 202 555 0143", "phone=+12025550143"},
    // Honest.
    {"USB hub 1234567890123, hub 2 of 3", ""},
    {"the hub is at km 0123456789", ""},
    {"IMO 9074729, zl 1234567890", ""},
    {"sum +100_200_300 and +1/2/3/4", ""},
    {"+10*20*30*40*50", ""},
    {"12 plus 1 202 555 0 items", ""},
    {"costs 300 plus 200 300 400", ""},
    {"release 2024.10.11.12", ""},
    {"Your sim order 0712345678 dispatched", ""},
    {"esim order no 0912345678901", ""},
    {"сим-карта: заказ 0123456789 готов", ""},
};

BOOST_AUTO_TEST_CASE(numbers_are_seen_behind_more_words_and_parted_by_a_sign) {
  check_contacts(kNumbers);
}

}  // namespace
}  // namespace simwarden
