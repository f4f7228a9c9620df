#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Mail through the whole program: files, mailboxes, Maildirs, pipes.

usage: mails_test.py SIMWARDEN CHECKOUT [unittest options]
"""
import base64
import glob
import gzip
import io
import json
import os
import subprocess
import unittest
import zipfile
import zlib

from outside import CHECKOUT, PROGRAM, Scratch, run, verdicts, main

SEPARATOR = b'From demo@mail.example Mon Mar  2 10:15:30 2026\n'


def golden_mails():
    """The project's own mails that have a header, by name."""
    folder = os.path.join(CHECKOUT, 'tests', 'mail', 'mails')
    mails = {}
    for path in sorted(glob.glob(os.path.join(folder, '*.eml'))):
        name = os.path.basename(path)
        if name == 'no_header.eml':
            continue
        with open(path, 'rb') as file:
            mails[name] = file.read()
    return mails


def as_mailbox(mails):
    """mboxrd."""
    box = b''
    for mail in mails:
        lines = mail.split(b'\n')
        quoted = [b'>' + line if line.lstrip(b'>').startswith(b'From ')
                  else line for line in lines]
        box += SEPARATOR + b'\n'.join(quoted)
        box += b'' if box.endswith(b'\n') else b'\n'
        box += b'\n'
    return box


def packed(files):
    """A ZIP archive of names and bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, 'w', zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def pdf(paragraphs):
    """A page with a line for each paragraph, whose runs stand side by side."""
    lines = ' T* '.join('[%s] TJ' % ' 0 '.join('(%s)' % run for run in runs)
                        for runs in paragraphs)
    program = zlib.compress(b'BT /F 9 Tf 12 TL ' + lines.encode() + b' ET')
    return (b'%PDF-1.7\n1 0 obj\n<< /Type /Page /Contents 2 0 R /Resources << '
            b'/Font << /F 3 0 R >> >> >>\nendobj\n2 0 obj\n<< /Filter '
            b'/FlateDecode >>\nstream\n' + program + b'\nendstream\nendobj\n'
            b'3 0 obj\n<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>\n'
            b'endobj\n')


def docx(paragraphs, others=()):
    """A file of Word; each paragraph is a list of runs."""
    body = ''.join(
        '<w:p>%s</w:p>' % ''.join(
            '<w:r><w:t xml:space="preserve">%s</w:t></w:r>' % run
            for run in runs) for runs in paragraphs)
    return packed({
        '[Content_Types].xml': '<Types/>',
        'word/document.xml': '<w:document><w:body>%s</w:body></w:document>'
                             % body, **dict(others)})


def mail_with(name, content):
    return ('From: a@mail.example\nSubject: Hello\n'
            'Content-Type: multipart/mixed; boundary=b\n\n'
            '--b\nContent-Type: text/plain\n\nPlease see the file.\n\n'
            '--b\nContent-Type: application/octet-stream; name=%s\n'
            'Content-Disposition: attachment\n'
            'Content-Transfer-Encoding: base64\n\n%s\n--b--\n'
            % (name, base64.encodebytes(content).decode()))


def without_place(verdict):
    """Its place and its name are those of the file."""
    verdict.pop('source')
    if verdict['id'].startswith('line-'):
        verdict.pop('id')
    return verdict


class Mails(Scratch):
    def write(self, name, text, mode='w', **options):
        os.makedirs(os.path.dirname(self.path(name)), exist_ok=True)
        return super().write(name, text, mode, **options)

    def single(self, mails):
        paths = [self.write('one/%s' % name, mail, 'wb')
                 for name, mail in mails.items()]
        done = run('screen', '--quiet', *paths)
        self.assertEqual(done.returncode, 0, done.stderr)
        return [without_place(one) for one in verdicts(done)]

    def test_a_mailbox_says_what_its_mails_say(self):
        mails = golden_mails()
        self.assertGreater(len(mails), 20)
        box = self.write('inbox', as_mailbox(mails.values()), 'wb')
        done = run('screen', '--quiet', box)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual([without_place(one) for one in verdicts(done)],
                         self.single(mails))

    def test_threads_archives_and_pipes_change_nothing(self):
        box = as_mailbox(list(golden_mails().values()) * 60)
        path = self.write('inbox.mbox', box, 'wb')
        one = run('screen', '--quiet', '--jobs', '1', path)
        many = run('screen', '--quiet', '--jobs', '5', path)
        self.assertGreater(len(verdicts(one)), 1000)
        self.assertEqual(one.stdout, many.stdout)
        packed = self.write('inbox.mbox.gz', gzip.compress(box), 'wb')
        unpacked = run('screen', '--quiet', packed)
        self.assertEqual(one.stdout.replace(path, 'X'),
                         unpacked.stdout.replace(packed, 'X'))
        piped = subprocess.run([PROGRAM, 'screen', '--quiet', '-'], input=box,
                               capture_output=True, check=False)
        self.assertEqual(one.stdout.replace(path, '-'),
                         piped.stdout.decode())

    def test_a_maildir_is_read_whole_and_only_its_mails(self):
        mails = golden_mails()
        for number, mail in enumerate(mails.values()):
            where = ('cur', 'new', '.Sent/cur', '.Sent/new')[number % 4]
            self.write('box/%s/%d.demo:2,S' % (where, number), mail, 'wb')
        self.write('box/tmp/9.demo', 'not yet', 'w')
        self.write('box/dovecot-uidlist', 'not a mail', 'w')
        done = run('screen', self.path('box'))
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(len(verdicts(done)), len(mails))
        self.assertEqual(done.stderr.count('seen 1 = judged 1'), len(mails))

    def test_what_is_no_mail_is_a_row_of_its_own(self):
        path = self.write('a.eml', '\nno header\n', 'w')
        done = run('screen', path)
        self.assertEqual(done.returncode, 4)
        self.assertEqual(json.loads(done.stdout)['error']['code'], 'E101')
        self.assertIn('seen 1 = judged 0 + unreadable 1', done.stderr)

    def test_a_mail_whose_file_is_empty_is_told_an_empty_mailbox_is_not(self):
        lost = [self.write('a.eml', ''), self.write('b.eml.gz',
                                                    gzip.compress(b''), 'wb'),
                self.write('box/new/1.demo', '')]
        self.write('box/cur/2.demo:2,S', 'From: a@mail.example\n\nhello\n')
        for path in lost:
            done = run('screen', path)
            self.assertEqual(done.returncode, 4, path)
            self.assertEqual(json.loads(done.stdout)['error']['code'], 'E103')
            self.assertIn('seen 1 = judged 0 + unreadable 1', done.stderr)
        box = run('screen', '--db', self.path('v.db'), self.path('box'))
        self.assertEqual(box.returncode, 4)
        self.assertEqual(box.stderr.count('seen 1 ='), 2)
        verified = run('audit', 'verify', '--db', self.path('v.db'))
        self.assertEqual(verified.returncode, 0, verified.stdout)
        for name in ('empty.mbox', 'inbox'):
            done = run('screen', '--format', 'mail', self.write(name, ''))
            self.assertEqual(done.returncode, 0, name)
            self.assertIn('seen 0 = judged 0', done.stderr)

    def test_evidence_points_into_the_shown_text(self):
        path = self.write('a.eml', 'From: a@mail.example\n'
                          'Content-Type: text/html\n\n'
                          '<p>esim ready: <a href="https://t.me/demo_kaka88">'
                          'write here</a></p>\n', 'w')
        spans = [evidence for verdict in verdicts(run('screen', path))
                 for finding in verdict['findings']
                 for evidence in finding['evidence']
                 if evidence.get('seen_as', '').startswith('telegram')]
        self.assertTrue(spans)
        for span in spans:
            self.assertEqual(span['fact'], 'message.text')
            self.assertEqual('esim ready: write here'[span['begin']:
                                                      span['end']],
                             'write here')

    def test_a_mail_of_pictures_is_judged_by_its_links(self):
        path = self.write('a.eml', 'From: a@mail.example\n'
                          'Content-Type: text/html\n\n'
                          '<a href="https://1Otp.singtel.com.demo.test/a">'
                          '<img src="https://img.example/a.png"></a>\n', 'w')
        verdict, = verdicts(run('screen', path))
        facts = {evidence['fact'] for finding in verdict['findings']
                 for evidence in finding['evidence']}
        self.assertIn('message.html_links', facts)

    def test_paragraphs_are_judged_with_their_own_links(self):
        path = self.write('a.eml', 'From: a@mail.example\n'
                          'Content-Type: text/html\n\n'
                          '<p>The garden club meets on Thursday.</p>'
                          '<p>esim ready, write '
                          '<a href="https://t.me/demo_kaka88">here</a></p>'
                          '<p>See you <a href="https://demo.test/">there</a>'
                          '</p>\n', 'w')
        verdict, = verdicts(run('screen', path))
        self.assertEqual([block['block'] for block in verdict['blocks']], [1])

    def test_a_mail_that_was_cut_is_for_review(self):
        parts = ''.join('Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n'
                        % (i, i) for i in range(100))
        path = self.write('a.eml', 'From: a@mail.example\n' + parts, 'w')
        verdict, = verdicts(run('screen', path))
        self.assertEqual(verdict['action'], 'review')
        why = 'message.mail_faults = cut_depth (expected a mail within the bounds)'
        self.assertIn(('message.mail_faults', 'cut_depth'),
                      [(one['fact'], one['value']) for one in verdict['invalid']])
        for shown in (run('screen', '--output-format', 'table', path),
                      run('screen', '--output-format', 'csv', path),
                      run('explain', path)):
            self.assertIn(why, shown.stdout)

    def judged(self, name, content):
        """Action and rules of a mail with this file."""
        path = self.write('a.eml', mail_with(name, content))
        verdict, = verdicts(run('screen', '--quiet', path))
        return verdict['action'], [one['rule']
                                   for one in verdict.get('findings', [])]

    ADVERT = [['Replacement SIM and e', 'SIM without ID, any operator.'],
              ['Write to Telegram: @demo_', 'sim_shop'],
              ['Pay by USDT, guaranteed.']]

    def test_an_advert_in_a_document_is_refused(self):
        content = docx(self.ADVERT)
        for name, file in (('offer.docx', content), ('offer', content),
                           ('offer.pdf', pdf(self.ADVERT)),
                           ('a.zip', packed({'b/offer.docx': content})),
                           ('a.zip', packed({'b.zip': packed(
                               {'offer.docx': content})}))):
            action, rules = self.judged(name, file)
            self.assertEqual(action, 'refuse', name)
            self.assertIn('MSG-001', rules)

    def test_honest_files_pass(self):
        honest = docx([['Minutes of the garden ', 'club'],
                       ['We meet on Thursday at six; please bring tea.'],
                       ['Replacement SIM cards are had in our shops, with your '
                        'passport.']])
        meeting = pdf([['Minutes of the garden club'],
                       ['Replacement SIM cards are had in our shops']])
        for name, file in (('minutes.docx', honest), ('minutes.pdf', meeting),
                           ('minutes.zip', packed({'minutes.docx': honest,
                                                   'list.csv': 'a,b\n1,2\n'}))):
            self.assertEqual(self.judged(name, file), ('pass', []))

    def test_programs_in_archives_weigh_as_those_attached(self):
        apk = packed({'AndroidManifest.xml': 'x', 'classes.dex': 'x'})
        macros = docx([['Bill']], {'word/vbaProject.bin': 'x'}.items())
        for name, file, rule in (
                ('setup.apk', apk, 'MSG-032'),
                ('offer.zip', packed({'a/setup.apk': 'x'}), 'MSG-032'),
                ('offer.zip', packed({'bill.pdf.exe': 'x'}), 'MAIL-005'),
                ('photos.zip', apk, 'MAIL-005'),
                ('bill.docx', macros, 'MAIL-005'),
                ('a.zip', packed({'bill.docx': macros}), 'MAIL-005')):
            action, rules = self.judged(name, file)
            self.assertIn(rule, rules)
            expected = 'refuse' if rule == 'MSG-032' else 'hold'
            self.assertEqual(action, expected, name)
        self.assertEqual(self.judged('bill.docm', macros), ('pass', []))

    def test_an_archive_over_the_bounds_is_for_review(self):
        many = packed({'%d.txt' % i: '' for i in range(1200)})
        self.assertEqual(self.judged('a.zip', many), ('review', []))
        bomb = packed({'a.txt': b'x' * (80 << 20)})
        self.assertEqual(self.judged('a.zip', bomb)[1], ['MAIL-007'])

    def test_a_verdict_names_the_files_that_nobody_looked_into(self):
        rar = b'Rar!\x1a\x07\x01\x00' + bytes(50)
        path = self.write('a.eml', mail_with('"call 13800138000.rar"', rar))
        told = [{'attachment': 0, 'name': 'call *********00.rar',
                 'reading': 'not_looked_into'}]
        db = self.path('out.db')
        verdict, = verdicts(run('screen', '--quiet', '--db', db, path))
        self.assertEqual(verdict['closed'], told)
        words = ('Not looked into: call *********00.rar (not_looked_into)\n')
        self.assertIn(words, run('explain', path).stdout)
        self.assertIn(words, run('explain', '--db', db, '--verdict',
                                 '1').stdout)
        path = self.write('a.eml', mail_with('a.txt', b'x'))
        verdict, = verdicts(run('screen', '--quiet', path))
        self.assertNotIn('closed', verdict)

    def test_of_many_files_that_nobody_looked_into_the_first_are_named(self):
        many = packed({'%03d.rar' % i: b'Rar!\x1a\x07\x01\x00' + bytes(50)
                       for i in range(70)})
        path = self.write('a.eml', mail_with('a.zip', many))
        verdict, = verdicts(run('screen', '--quiet', path))
        self.assertEqual(len(verdict['closed']), 64)
        self.assertEqual(verdict['closed_left'], 6)
        self.assertIn(' and 58 more\n', run('explain', path).stdout)

    def test_results_of_the_named_receiver_are_a_fact(self):
        mail = ('Authentication-Results: mx.example; dmarc=fail\n'
                'From: a@mail.example\n\nx\n')
        self.write('pack/pack.yaml', '''pack: pack
version: 1.0.0
asks: message
title: Demo
families: {demo: Demo}
rules:
  - id: DEMO-1
    title: A mail that its receiver could not verify
    family: demo
    severity: high
    score: 50
    flag: "message.authentication_results.exists(r, r.result == 'fail')"
    reason: It failed.
''', 'w')
        path = self.write('a.eml', mail, 'w')
        def outcome(*options):
            done = run('screen', '--quiet', '--policy', self.path('pack'),
                       *options, path)
            verdict, = verdicts(done)
            return verdict['action'], verdict.get('undetermined', [])
        self.assertEqual(outcome('--authserv-id', 'mx.example'), ('hold', []))
        self.assertEqual(outcome(), ('pass', ['DEMO-1']))
        self.assertEqual(outcome('--authserv-id', 'other.example'),
                         ('pass', ['DEMO-1']))


if __name__ == '__main__':
    main()
