// SPDX-License-Identifier: Apache-2.0
// What a request is called, where it belongs and when its steps were taken.
#include "record/choices.h"
#include "record/families.h"

namespace simwarden {
namespace {

constexpr Field kFields[] = {
    // Envelope
    {.name = "schema_version",
     .type = FieldType::text,
     .format = FieldFormat::semver,
     .privacy = Privacy::open,
     .mandatory = true,
     .doc = "The version of the field dictionary that the record follows.",
     .example = "1.0.0"},
    {.name = "request_id",
     .type = FieldType::text,
     .format = FieldFormat::serial,
     .privacy = Privacy::open,
     .keep = Keep::presence,
     .mandatory = true,
     .doc = "The name of the request in its log; a UUID is best.",
     .example = "c6a7f0de-1d0e-4b6e-9a6b-2f0f6a0e7d11",
     .source = "TMF622 ProductOrder.id"},
    {.name = "external_id",
     .type = FieldType::text,
     .format = FieldFormat::serial,
     .privacy = Privacy::open,
     .keep = Keep::presence,
     .doc = "The name of the request in the billing or customer system.",
     .example = "SR-2026-0004711",
     .source = "TMF622 externalId[].id"},
    {.name = "correlation_id",
     .type = FieldType::text,
     .format = FieldFormat::correlation,
     .privacy = Privacy::open,
     .keep = Keep::presence,
     .doc = "The name under which other systems logged the same call.",
     .example = "b4333c46-49c0-4f62-80d7-f0ef930f1c46",
     .source = "CAMARA header x-correlator"},
    {.name = "operator_id",
     .type = FieldType::text,
     .format = FieldFormat::serial,
     .privacy = Privacy::open,
     .doc = "The operator: network codes (MCC-MNC) or a tenant code.",
     .example = "460-00"},
    {.name = "country",
     .type = FieldType::text,
     .format = FieldFormat::country,
     .privacy = Privacy::open,
     .mandatory = true,
     .doc = "The country whose rules apply to the request.",
     .example = "CN",
     .source = "CAMARA kyc-match country"},
    {.name = "policy_profile",
     .type = FieldType::text,
     .privacy = Privacy::open,
     .mandatory = true,
     .doc = "The profile of parameters that the request is to be judged by.",
     .example = "cn-realname"},
    {.name = "exemption",
     .type = FieldType::choice,
     .choices = choices::kExemption,
     .doc = "A lawful exception that the request was made under.",
     .example = "none",
     .source = "47 USC 345 carve-outs"},
    // Time (RFC 3339 with zone)
    {.name = "created_at",
     .type = FieldType::timestamp,
     .mandatory = true,
     .doc = "When the request was made.",
     .example = "2026-03-02T10:15:30+08:00",
     .source = "TMF622 creationDate"},
    {.name = "verified_at",
     .type = FieldType::timestamp,
     .doc = "When the identity check was finished.",
     .example = "2026-03-02T10:19:02+08:00"},
    {.name = "approved_at",
     .type = FieldType::timestamp,
     .doc = "When the request was approved.",
     .example = "2026-03-02T10:21:00+08:00"},
    {.name = "activated_at",
     .type = FieldType::timestamp,
     .doc = "When the new SIM went live on the network.",
     .example = "2026-03-02T10:24:11+08:00",
     .source = "CAMARA latestSimChange"},
    {.name = "completed_at",
     .type = FieldType::timestamp,
     .doc = "When the request was closed.",
     .example = "2026-03-02T10:25:00+08:00",
     .source = "TMF622 completionDate"},
    {.name = "local_hour",
     .type = FieldType::integer,
     .format = FieldFormat::hour,
     .doc = "The hour of the day at the channel when the request was made; "
            "that of created_at, unless this is written in UTC.",
     .example = "10",
     .source = "derived"},
};

}  // namespace

std::span<const Field> envelope_fields() {
  return kFields;
}

}  // namespace simwarden
