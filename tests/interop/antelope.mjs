// SPDX-License-Identifier: MIT
// Keys, names and signatures, to and from @wharfkit/antelope.
import assert from 'node:assert/strict';
import { Bytes, Checksum256, KeyType, Name, PrivateKey, PublicKey, Signature, UInt64 } from '@wharfkit/antelope';
import { bytesFrom, hex, numberFrom, run } from './lib.mjs';

const many = 300;
const curves = [KeyType.K1, KeyType.R1];

/// Every so often a key with zero bytes in front: base58 of those is shorter.
function key(curve, i) {
  const bytes = bytesFrom('key', curve, i);
  bytes.fill(0, 0, i % 10 === 0 ? 1 + (i % 4) : 0);
  return new PrivateKey(curve, new Bytes(bytes));
}

const alphabet = '.12345abcdefghijklmnopqrstuvwxyz';

function nameFrom(i) {
  const size = 1 + numberFrom(13, 'size', i);
  let name = '';
  for (let at = 0; at < size; at++) name += alphabet[numberFrom(at === 12 ? 16 : 32, 'letter', i, at)];
  return name.replace(/\.$/, 'a');
}

await run(process.argv[2], {
  async 'private keys in every form they are written in'(probe) {
    for (const curve of curves) {
      for (let i = 0; i < many; i++) {
        const theirs = key(curve, i);
        const forms = curve === KeyType.K1 ? [theirs.toString(), theirs.toWif()] : [theirs.toString()];
        for (const text of forms) {
          const ours = await probe.get('antelope.key', { text });
          assert.equal(ours.text, theirs.toString());
          assert.equal(ours.public, theirs.toPublic().toString());
          if (curve === KeyType.K1) {
            assert.equal(ours.legacyEos, theirs.toPublic().toLegacyString('EOS'));
            assert.equal(ours.legacyFio, theirs.toPublic().toLegacyString('FIO'));
          }
          assert.ok(PrivateKey.from(ours.text).toPublic().equals(theirs.toPublic()));
        }
      }
    }
    return 2 * many;
  },

  async 'public keys in every form they are written in'(probe) {
    for (const curve of curves) {
      for (let i = 0; i < many; i++) {
        const theirs = key(curve, `public${i}`).toPublic();
        const forms = curve === KeyType.K1 ? [theirs.toString(), theirs.toLegacyString('EOS'), theirs.toLegacyString('FIO')] : [theirs.toString()];
        for (const text of forms) {
          const ours = await probe.get('antelope.public', { text });
          assert.equal(ours.text, theirs.toString());
          assert.ok(PublicKey.from(ours.text).equals(theirs));
        }
      }
    }
    return 2 * many;
  },

  async 'our signatures, the key recovered by them'(probe) {
    for (const curve of curves) {
      for (let i = 0; i < many; i++) {
        const theirs = key(curve, `sign${i}`);
        const digest = bytesFrom('digest', curve, i);
        const { signature } = await probe.get('antelope.sign', { text: theirs.toString(), digest: hex(digest) });
        const parsed = Signature.from(signature);
        assert.ok(parsed.recoverDigest(Checksum256.from(digest)).equals(theirs.toPublic()), signature);
        assert.ok(parsed.verifyDigest(Checksum256.from(digest), theirs.toPublic()), signature);
        assert.equal(parsed.toString(), signature);
      }
    }
    return 2 * many;
  },

  async 'their signatures, the key recovered by us'(probe) {
    for (const curve of curves) {
      for (let i = 0; i < many; i++) {
        const theirs = key(curve, `recover${i}`);
        const digest = bytesFrom('theirs', curve, i);
        const signature = theirs.signDigest(Checksum256.from(digest)).toString();
        const ours = await probe.get('antelope.recover', { signature, digest: hex(digest) });
        assert.equal(ours.public, theirs.toPublic().toString());
        const other = await probe.ask('antelope.recover', { signature, digest: hex(bytesFrom('other', i)) });
        assert.notEqual(other.public, theirs.toPublic().toString());
      }
    }
    return 2 * many;
  },

  async 'names as numbers and back'(probe) {
    for (let i = 0; i < 2 * many; i++) {
      const text = nameFrom(i);
      const theirs = Name.from(text);
      const ours = await probe.get('antelope.name', { text });
      assert.equal(ours.value, theirs.value.toString(), text);
      assert.equal(ours.text, theirs.toString());
      const value = UInt64.from(theirs.value.toString());
      assert.equal((await probe.get('antelope.nameText', { value: value.toString() })).text, theirs.toString());
    }
    return 2 * many;
  },

  async 'what they turn into another name, we refuse'(probe) {
    const junk = ['EOSIO', 'abcdefghijklmn', 'zzzzzzzzzzzzz', 'eosio.', 'mira6', 'mira okafor', 'MIRA', ''];
    for (const text of junk) {
      if (text !== '') assert.notEqual(Name.from(text).toString(), text, `no longer coerced: ${text}`);
      await probe.refused('antelope.name', { text });
    }
    return junk.length;
  },

  async 'damaged keys are refused by both'(probe) {
    let count = 0;
    for (let i = 0; i < many; i++) {
      const text = key(KeyType.K1, `damaged${i}`).toString();
      const at = 7 + numberFrom(text.length - 7, 'at', i);
      const damaged = text.slice(0, at) + (text[at] === 'x' ? 'y' : 'x') + text.slice(at + 1);
      assert.throws(() => PrivateKey.from(damaged));
      await probe.refused('antelope.key', { text: damaged });
      count++;
    }
    return count;
  },
});
