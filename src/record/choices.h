// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

// The words of every choice, in the order in which they are numbered inside
// a slot. Append only: stored records keep the word, tests the order.
namespace simwarden::choices {

inline constexpr std::string_view kExemption[] = {
    "none", "safe_connections_line_separation", "court_order",
    "emergency_restoration", "accessibility_alternative"};
inline constexpr std::string_view kContractType[] = {"PAYG", "PAYM", "Business",
                                                     "IoT", "unknown"};
inline constexpr std::string_view kLineStatus[] = {
    "active", "suspended_lost", "suspended_debt", "suspended_fraud",
    "barred", "dormant",        "deactivated",    "recycled"};
inline constexpr std::string_view kAccountLockRemovedBy[] = {
    "customer_app", "customer_store", "agent", "system", "unknown"};
inline constexpr std::string_view kLinkedServices[] = {
    "bank_2fa", "mobile_money", "e_government", "social", "none", "unknown"};
inline constexpr std::string_view kHolderType[] = {"individual", "organisation",
                                                   "minor", "deceased_estate"};
inline constexpr std::string_view kSimForms[] = {"physical", "eSIM", "iSIM",
                                                 "multiSIM", "iot",  "unknown"};
inline constexpr std::string_view kSimOldPresented[] = {
    "returned", "shown", "not_available", "not_asked"};
inline constexpr std::string_view kSimNewProfileState[] = {
    "available", "linked",   "released", "downloaded", "installed",
    "enabled",   "disabled", "deleted",  "error"};
inline constexpr std::string_view kRequestTypes[] = {
    "sim_replacement", "esim_conversion",
    "esim_reinstall",  "esim_device_transfer",
    "multisim_add",    "port_out",
    "port_in",         "ownership_transfer"};
inline constexpr std::string_view kReason[] = {
    "lost",        "stolen",        "damaged",  "faulty", "upgrade",
    "form_change", "device_change", "recovery", "estate", "other"};
inline constexpr std::string_view kLossReportType[] = {
    "none", "self_declaration", "affidavit", "police_report",
    "operator_hotline_suspension"};
inline constexpr std::string_view kChannelType[] = {"store_own",
                                                    "store_franchise",
                                                    "authorised_outlet",
                                                    "dealer",
                                                    "retail_partner",
                                                    "kiosk",
                                                    "website",
                                                    "app",
                                                    "ussd",
                                                    "hotline",
                                                    "chat_official",
                                                    "email",
                                                    "courier",
                                                    "third_party",
                                                    "unknown"};
inline constexpr std::string_view kChannelOfficialStatus[] = {
    "official", "authorised", "unverified", "unofficial", "blacklisted"};
inline constexpr std::string_view kApplicantRole[] = {
    "holder",   "authorised_representative",
    "guardian", "company_officer",
    "executor", "unknown"};
inline constexpr std::string_view kMatches[] = {"true", "false",
                                                "not_available"};
inline constexpr std::string_view kPoaType[] = {"none",           "letter",
                                                "notarised",      "court_order",
                                                "company_letter", "affidavit"};
inline constexpr std::string_view kIdentityDocumentType[] = {
    "national_id_card",
    "passport",
    "residence_permit",
    "driver_licence",
    "diplomatic_id",
    "social_security_id",
    "temporary_id",
    "household_register",
    "military_id",
    "travel_permit",
    "refugee_id",
    "company_registration",
    "other",
    "none"};
inline constexpr std::string_view kIdentityDocumentPresentedAs[] = {
    "original",   "certified_copy", "copy", "photo",
    "screenshot", "digital_id",     "none"};
inline constexpr std::string_view kIdentityDocumentReadMethod[] = {
    "chip", "mrz", "ocr", "manual", "none"};
inline constexpr std::string_view kIdentityDocumentAuthenticityResult[] = {
    "pass", "fail", "inconclusive", "not_done"};
inline constexpr std::string_view kIdentityRegistryCheckResult[] = {
    "match", "mismatch", "flagged", "unavailable", "not_done"};
inline constexpr std::string_view kIdentityBiometricType[] = {
    "face", "finger", "iris", "voice", "none"};
inline constexpr std::string_view kIdentityBiometricResult[] = {
    "match", "no_match", "inconclusive", "not_done"};
inline constexpr std::string_view kIdentityBiometricLivenessType[] = {
    "none", "passive", "active", "supervised"};
inline constexpr std::string_view kIdentityAlternativePath[] = {
    "none", "no_biometrics", "lost_id_letter", "trusted_referee",
    "disability_accommodation"};
inline constexpr std::string_view kIdentityIal[] = {"none", "IAL1", "IAL2",
                                                    "IAL3"};
inline constexpr std::string_view kAuthFactorsType[] = {
    "otp_sms",     "otp_voice",    "otp_email",    "otp_app",
    "push_app",    "passkey",      "pin_account",  "password",
    "app_login",   "port_pin",     "kba_static",   "kba_call_log",
    "kba_payment", "biographical", "account_info", "callback",
    "digital_id",  "id_in_person", "biometric"};
inline constexpr std::string_view kAuthFactorsCategory[] = {
    "knowledge", "possession", "inherence", "evidence"};
inline constexpr std::string_view kAuthFactorsDestinationType[] = {
    "number_being_replaced",
    "alternate_number_on_file",
    "email_on_file",
    "app_on_trusted_device",
    "postal",
    "agent_supplied",
    "customer_supplied_now",
    "none"};
inline constexpr std::string_view kAuthFactorsResult[] = {"pass", "fail",
                                                          "expired", "skipped"};
inline constexpr std::string_view kNotificationsEvent[] = {
    "request_received", "before_activation", "activated", "rejected",
    "lock_changed"};
inline constexpr std::string_view kNotificationsChannel[] = {
    "sms", "ivr", "ussd_push", "email", "app_push", "post"};
inline constexpr std::string_view kNotificationsDestinationType[] = {
    "old_sim", "email_on_file",  "alternate_number_on_file",
    "app",     "postal_on_file", "new_sim"};
inline constexpr std::string_view kNotificationsStatus[] = {
    "sent", "delivered", "failed", "not_sent"};
inline constexpr std::string_view kNotificationsResponse[] = {
    "confirmed", "denied", "none", "not_applicable"};
inline constexpr std::string_view kDeliveryMethod[] = {
    "store_pickup", "courier", "post",   "qr_in_store",
    "qr_email",     "qr_chat", "in_app", "none"};
inline constexpr std::string_view kDeliveryAddressSource[] = {
    "on_file",
    "entered_official_site",
    "entered_official_app",
    "phoned_in",
    "chat",
    "agent_typed",
    "unknown"};
inline constexpr std::string_view kDeliveryRecipientIdCheck[] = {
    "original_id_and_face", "original_id", "name_only", "none",
    "not_applicable"};
inline constexpr std::string_view kFeePaymentMethod[] = {
    "bill",
    "cash_receipted",
    "card",
    "official_wallet",
    "bank_transfer_operator",
    "transfer_to_person",
    "crypto",
    "gift_card",
    "none",
    "unknown"};
inline constexpr std::string_view kFeePayee[] = {
    "operator", "authorised_agent", "individual", "unknown", "none"};
inline constexpr std::string_view kSessionIpType[] = {
    "residential", "mobile", "corporate", "hosting", "vpn", "tor", "unknown"};
inline constexpr std::string_view kOutcomeState[] = {
    "draft",     "acknowledged", "pending",  "held",      "inProgress",
    "completed", "partial",      "rejected", "cancelled", "failed"};
inline constexpr std::string_view kOutcomeDecision[] = {
    "approve", "step_up", "hold", "refuse", "escalate"};
inline constexpr std::string_view kOutcomeDecidedBy[] = {"human", "automatic"};
inline constexpr std::string_view kEvidenceType[] = {
    "id_scan",        "face_image", "signature",
    "form",           "poa",        "police_report",
    "call_recording", "screen_log", "delivery_proof",
    "consent"};
inline constexpr std::string_view kTransport[] = {"sms", "chat", "email",
                                                  "post", "web"};
inline constexpr std::string_view kLinkPlace[] = {"anchor", "area", "form",
                                                  "refresh", "frame"};
inline constexpr std::string_view kImageSource[] = {"attached", "inline",
                                                    "linked"};
// By their order those of picture/picture.h.
inline constexpr std::string_view kFileReading[] = {
    "read",    "partly",   "broken",    "too_large",      "bomb",
    "crowded", "left_out", "encrypted", "not_looked_into"};
inline constexpr std::string_view kCodeKind[] = {
    "qr_code", "micro_qr_code", "aztec", "data_matrix", "pdf417", "code_128",
    "code_39", "code_93",       "ean_8", "ean_13",      "upc_a",  "upc_e"};
inline constexpr std::string_view kCodePlace[] = {"picture", "document", "text",
                                                  "table"};
// By their order those of mail/mail_faults.h.
inline constexpr std::string_view kMailFault[] = {
    "cut_headers",     "cut_parts",     "cut_depth",      "cut_html",
    "cut_text",        "cut_links",     "open_multipart", "unknown_encoding",
    "unknown_charset", "wrong_charset", "broken_charset", "several_from",
    "cut_pictures",    "wrong_type",    "wrong_encoding", "cut_files",
    "cut_mail"};

}  // namespace simwarden::choices
