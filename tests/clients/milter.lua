-- SPDX-License-Identifier: Apache-2.0
-- miltertest -D socket=inet:PORT@127.0.0.1 -s milter.lua: three mails on one
-- connection, as an MTA sends them.
conn = mt.connect(socket, 40, 0.05)
assert(conn ~= nil, "no connection")
mt.set_timeout(30)

function send(header, body)
  mt.macro(conn, SMFIC_MAIL, "i", "4XYZ", "{auth_authen}", "demo")
  assert(mt.mailfrom(conn, "<care@mail.example>") == nil, "mailfrom")
  assert(mt.rcptto(conn, "<demo_anna@example.com>") == nil, "rcptto")
  for _, field in ipairs(header) do
    assert(mt.header(conn, field[1], field[2]) == nil, "header")
  end
  assert(mt.eoh(conn) == nil, "eoh")
  assert(mt.bodystring(conn, body) == nil, "body")
  assert(mt.eom(conn) == nil, "eom")
  return mt.getreply(conn)
end

assert(mt.negotiate(conn, nil, nil, nil) == nil, "negotiated")
assert(mt.test_option(conn, SMFIP_NOCONNECT), "no connection is asked for")
assert(mt.test_option(conn, SMFIP_NOHELO), "nor what it calls itself")
assert(mt.test_action(conn, SMFIF_ADDHDRS), "fields may be added")

bad = {{"From", "Singtel Care <care@mail.example>"},
       {"To", "demo_anna@example.com"}, {"Subject", "Your SIM"},
       {"Message-ID", "<demo-1@mail.example>"}, {"X-Spam", "No"}}
worse = "Your SIM will be blocked today. Confirm at\r\n" ..
        "http://secure-verify.example/sim or add Telegram @demo_fix\r\n"
good = {{"From", "Demo <demo@mail.example>"}, {"To", "demo_anna@example.com"},
        {"Subject", "lunch"}, {"Message-ID", "<demo-2@mail.example>"}}

reply = send(bad, worse)
assert(reply == SMFIR_REPLYCODE, "refused: " .. reply)
assert(mt.eom_check(conn, MT_SMTPREPLY, "554", "5.7.1",
                    "Message refused by policy"), "its SMTP reply")

assert(send(good, "See you at noon.\r\n") == SMFIR_ACCEPT, "accepted")
assert(not mt.eom_check(conn, MT_HDRADD, "X-Spam"), "nothing is added")

gtube = "XJS*C4JDBQADN1.NSBN3*2IDNEN*GTUBE-STANDARD-ANTI-UBE-TEST-EMAIL*C.34X"
assert(send(good, gtube .. "\r\n") == SMFIR_REPLYCODE, "the self-test")

mt.disconnect(conn)
conn = mt.connect(marking, 40, 0.05)
reply = send(bad, worse)
assert(reply == SMFIR_ACCEPT, "marked: " .. reply)
assert(mt.eom_check(conn, MT_HDRADD, "X-Spam", "Yes"), "X-Spam")
assert(mt.eom_check(conn, MT_HDRADD, "X-Simwarden-Action", "refuse"), "action")
assert(mt.eom_check(conn, MT_HDRDELETE, "x-spam"), "theirs is taken away")
mt.disconnect(conn)
