// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "diag/result.h"

// A checkpoint says how long the chain was at a moment and what its head was,
// signed with Ed25519 (RFC 8032). It is two files that openssl reads: FILE, one
// JSON object in the form of RFC 8785 and a line break, and FILE.sig, the 64
// bytes of the signature over all bytes of FILE.
//
//   openssl pkeyutl -verify -pubin -inkey key.pub -rawin -in FILE
//     -sigfile FILE.sig
namespace simwarden {

struct Checkpoint {
  uint64_t blocks = 0;
  uint64_t errors = 0;
  std::string head;  // hash of the last link
  uint64_t links = 0;
  std::string time;  // UTC, of the machine that made it
  uint64_t verdicts = 0;
};

// The file's bytes.
std::string text_of(const Checkpoint& checkpoint);

// The chain as it stands. Does not verify it, but that its head is a hash.
Result<Checkpoint> checkpoint_of(const std::string& database);

// A private key as PEM (PKCS #8) with mode 0600, its public key as PEM in
// PATH.pub. A file that is there is never overwritten.
Status make_signing_key(const std::string& path);

// The public key of a private one, as PEM.
Result<std::string> public_key_of(const std::string& key_path);

// Writes `path` and `path`.sig. A key that others may read is refused.
Status write_checkpoint(const Checkpoint& checkpoint, const std::string& path,
                        const std::string& key_path);

// Writes `path`.sig over the bytes of a small file that is there.
Status sign_file(const std::string& path, const std::string& key_path);

// What was read and whether the signature is right. An Error when a file
// cannot be read or is none of ours.
struct SignedCheckpoint {
  Checkpoint checkpoint;
  bool signed_by_key = false;
};
Result<SignedCheckpoint> read_checkpoint(const std::string& path,
                                         const std::string& public_key_path);

}  // namespace simwarden
