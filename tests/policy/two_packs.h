// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "policy/sample.h"

// Two packs with a shared list and two profiles, as texts.
namespace simwarden::two_packs {

inline std::string head(const std::string& name, const std::string& asks) {
  return "pack: " + name + "\nversion: 1.2.3\nasks: " + asks +
         "\ntitle: A sample\nfamilies: {general: General}\n";
}

inline std::string rule(const std::string& id, const std::string& condition) {
  return "  - id: " + id +
         "\n    title: A sample rule\n    family: general\n    severity: low\n"
         "    score: 10\n    reason: It is so.\n    " +
         condition + "\n";
}

inline std::string list_file(const std::string& name,
                             const std::string& value) {
  return "list: " + name +
         "\ntitle: A list\nof: domain\nstatus: example\nversion: v1\n"
         "checked: never\nsource: example\nentries: [{value: " +
         value + "}]\n";
}

inline std::string profile_file(const std::string& name,
                                const std::string& rest) {
  return "profile: " + name +
         "\ntitle: A profile\nstatus: example\ncountry: ''\n" + rest;
}

inline sample::MapFiles good_packs(const std::string& root) {
  sample::MapFiles files;
  files.put(root + "/asks/pack.yaml",
            head("asks", "request") +
                "parameters:\n  limit: {type: double, default: 10, doc: x}\n"
                "rules:\n" +
                rule("A-1", "flag: request.fee.amount > profile.limit") +
                rule("A-2",
                     "require: in_list('shops', "
                     "request.channel.domain)"));
  files.put(root + "/reads/pack.yaml",
            head("reads", "message") +
                "parameters:\n  words: {type: list(string), default: [a, b], "
                "doc: x}\npatterns:\n  otp: {any: ['\\botp\\b', 'code']}\n"
                "  raw_one: {view: raw, any: [X]}\n"
                "  near: {near_contact: 80, any: ['sim']}\nrules:\n" +
                rule("R-1", "flag: patterns.otp && !patterns.near") +
                rule("R-2",
                     "flag: patterns.raw_one || message.sender in "
                     "profile.words"));
  files.put(root + "/lists/shops.yaml", list_file("shops", "demo.test"));
  files.put(root + "/profiles/generic.yaml",
            profile_file("generic", "thresholds: {review: 10}\n"));
  files.put(root + "/profiles/strict.yaml",
            profile_file("strict",
                         "parameters:\n  limit: {value: 2, source: "
                         "example}\n"));
  return files;
}

}  // namespace simwarden::two_packs
