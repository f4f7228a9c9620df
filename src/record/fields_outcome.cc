// SPDX-License-Identifier: Apache-2.0
// What became of the request, and what was kept.
#include "record/choices.h"
#include "record/families.h"

namespace simwarden {
namespace {

constexpr Field kFields[] = {
    // Outcome
    {.name = "outcome.state",
     .type = FieldType::choice,
     .choices = choices::kOutcomeState,
     .mandatory = true,
     .doc = "Where the request stands.",
     .example = "completed",
     .source = "TMF622 ProductOrderStateType"},
    {.name = "outcome.decision",
     .type = FieldType::choice,
     .choices = choices::kOutcomeDecision,
     .mandatory = true,
     .doc = "What was decided.",
     .example = "approve"},
    {.name = "outcome.decided_by",
     .type = FieldType::choice,
     .choices = choices::kOutcomeDecidedBy,
     .doc = "Whether a person or a program decided.",
     .example = "human",
     .source = "GDPR art 22; PIPL art 24"},
    {.name = "outcome.reason_codes",
     .type = FieldType::text,
     .list = true,
     .privacy = Privacy::open,
     .doc = "The rules that the decision names.",
     .example = "[CHN-001, IDV-002]",
     .source = "TMF696 RiskScore.riskName"},
    {.name = "outcome.port_out_at",
     .type = FieldType::timestamp,
     .doc = "When the number left the operator.",
     .example = "2026-03-04T08:00:00+08:00"},
    {.name = "outcome.fraud_confirmed",
     .type = FieldType::boolean,
     .doc = "Whether it turned out to be fraud; null while that is not known.",
     .example = "false",
     .source = "FCC record-keeping"},
    {.name = "outcome.fraud_reported_at",
     .type = FieldType::timestamp,
     .doc = "When the fraud was reported.",
     .example = "2026-03-03T18:40:00+08:00"},
    {.name = "outcome.remediated_at",
     .type = FieldType::timestamp,
     .doc = "When the number was given back to its holder.",
     .example = "2026-03-05T12:00:00+08:00",
     .source = "FCC average time to remediate"},
    {.name = "outcome.regulator_notified_at",
     .type = FieldType::timestamp,
     .doc = "When the regulator was told of a refusal.",
     .example = "2026-03-04T10:00:00+08:00",
     .source = "NCC 48 h rule for refusals"},
    {.name = "outcome.customer_informed_at",
     .type = FieldType::timestamp,
     .doc = "When the customer was told of the outcome.",
     .example = "2026-03-02T10:30:00+08:00"},
    // Evidence and privacy
    {.name = "evidence[].type",
     .type = FieldType::choice,
     .choices = choices::kEvidenceType,
     .doc = "What was kept.",
     .example = "form"},
    {.name = "evidence[].sha256",
     .type = FieldType::text,
     .format = FieldFormat::sha256,
     .privacy = Privacy::open,
     .keep = Keep::token,
     .doc = "The digest of the file that was kept.",
     .example =
         "1e2248401d1e4b1adf0a57af63e13e72131a6efb4b6157f02b0e483ea4978aec"},
    {.name = "evidence[].retention_until",
     .type = FieldType::date,
     .doc = "The last day on which the file may be kept.",
     .example = "2029-03-02"},
    {.name = "consent.biometric",
     .type = FieldType::boolean,
     .doc = "Whether the customer agreed to the use of face data on its own.",
     .example = "true",
     .source = "PIPL art 29; GDPR art 9"},
    {.name = "pii_in_clear",
     .type = FieldType::boolean,
     .doc = "Whether a raw document or telephone number stands in a free text "
            "of the record.",
     .example = "false",
     .source = "derived"},
};

}  // namespace

std::span<const Field> outcome_fields() {
  return kFields;
}

}  // namespace simwarden
