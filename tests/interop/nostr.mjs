// SPDX-License-Identifier: MIT
// Keys, identifiers, encrypted keys and events, to and from nostr-tools.
import assert from 'node:assert/strict';
import { finalizeEvent, getEventHash, getPublicKey, verifyEvent } from 'nostr-tools/pure';
import { decode, nprofileEncode, npubEncode, nsecEncode } from 'nostr-tools/nip19';
import * as nip04 from 'nostr-tools/nip04';
import * as nip44 from 'nostr-tools/nip44';
import * as nip49 from 'nostr-tools/nip49';
import { bytesFrom, hex, numberFrom, run } from './lib.mjs';

const many = 300;

const texts = [
  '', 'hello', 'two\nlines\r\n', '"quoted" and \\ back', '\t\b\f', '\u0000\u0001\u001b\u001f', '\u007f\u0080', 'é ü ß', 'Ω Å ẛ̣', '日本語', '😀 👩‍👩‍👧', '\u2028\u2029',
  '<script>&amp;</script>', '/slash/', ' leading and trailing ', '\u00a0', '{"json":[1,2]}', 'a'.repeat(5000), '\ufeffmark', 'عربي', '\u200d',
];

function eventFrom(i) {
  const tags = [];
  for (let t = 0; t < numberFrom(5, 'tags', i); t++) {
    const tag = [['p', 'e', 't', 'client', ''][numberFrom(5, 'tag', i, t)]];
    for (let v = 0; v < numberFrom(3, 'values', i, t); v++) tag.push(texts[numberFrom(texts.length, 'value', i, t, v)]);
    tags.push(tag);
  }
  return {
    kind: [0, 1, 3, 7, 10002, 30023, 65535][numberFrom(7, 'kind', i)],
    created_at: numberFrom(2 ** 31, 'time', i),
    tags,
    content: texts[i % texts.length] + (i >= texts.length ? texts[numberFrom(texts.length, 'content', i)] : ''),
  };
}

/// Never empty, which NIP-44 does not take, nor with a byte order mark in front, which nostr-tools drops when it decodes.
const messageFrom = i => `${i} ${texts[i % texts.length].repeat(1 + numberFrom(12, 'times', i))}`.slice(0, 60000);

/// One character of base64 that is another, and not in the bits that the last ones leave over.
function changed(payload, i) {
  const at = numberFrom(payload.length - 4, 'changed', i);
  return payload.slice(0, at) + (payload[at] === 'A' ? 'B' : 'A') + payload.slice(at + 1);
}

await run(process.argv[2], {
  async 'private keys as nsec and hex'(probe) {
    for (let i = 0; i < many; i++) {
      const secret = bytesFrom('secret', i);
      for (const text of [nsecEncode(secret), hex(secret), hex(secret).toUpperCase(), nsecEncode(secret).toUpperCase()]) {
        const ours = await probe.get('nostr.key', { text });
        assert.equal(ours.nsec, nsecEncode(secret));
        assert.equal(ours.pubkey, getPublicKey(secret));
        assert.equal(ours.npub, npubEncode(getPublicKey(secret)));
        assert.deepEqual(decode(ours.nsec), { type: 'nsec', data: secret });
        assert.equal(decode(ours.npub).data, ours.pubkey);
      }
    }
    return many;
  },

  async 'public keys as npub, nprofile and hex'(probe) {
    for (let i = 0; i < many; i++) {
      const pubkey = getPublicKey(bytesFrom('public', i));
      const relays = Array.from({ length: i % 4 }, (_, r) => `wss://relay${r}.example/${i}`);
      for (const text of [npubEncode(pubkey), nprofileEncode({ pubkey, relays }), pubkey]) {
        const ours = await probe.get('nostr.public', { text });
        assert.equal(ours.hex, pubkey);
        assert.equal(ours.npub, npubEncode(pubkey));
      }
    }
    return many;
  },

  async 'our events verified by them'(probe) {
    for (let i = 0; i < many; i++) {
      const secret = bytesFrom('signer', i);
      const template = eventFrom(i);
      const { event } = await probe.get('nostr.sign', { text: nsecEncode(secret), event: JSON.stringify(template) });
      const signed = JSON.parse(event);
      assert.ok(verifyEvent(signed), event);
      assert.equal(signed.pubkey, getPublicKey(secret));
      for (const field of ['kind', 'created_at', 'tags', 'content']) assert.deepEqual(signed[field], template[field]);
      assert.equal(signed.id, getEventHash({ ...template, pubkey: signed.pubkey }));
    }
    return many;
  },

  async 'their events verified by us, and none that was touched'(probe) {
    for (let i = 0; i < many; i++) {
      const signed = finalizeEvent(eventFrom(`their${i}`.length + i), bytesFrom('their signer', i));
      await probe.get('nostr.verify', { event: JSON.stringify(signed) });
      const touched = [
        { ...signed, content: signed.content + ' ' },
        { ...signed, kind: (signed.kind + 1) % 65536 },
        { ...signed, created_at: signed.created_at + 1 },
        { ...signed, tags: [...signed.tags, ['t', 'added']] },
        { ...signed, pubkey: getPublicKey(bytesFrom('another', i)) },
        { ...signed, sig: (signed.sig[0] === '0' ? '1' : '0') + signed.sig.slice(1) },
      ];
      await probe.refused('nostr.verify', { event: JSON.stringify(touched[i % touched.length]) });
    }
    return many;
  },

  async 'encrypted keys both ways'(probe) {
    const passphrases = ['nostr', '', 'ÅΩẛ̣', 'correct horse battery staple', '😀', ' spaces ', 'ﬁ ½ ①', 'x'.repeat(200)];
    let count = 0;
    for (let i = 0; i < 200; i++) {
      const secret = bytesFrom('encrypted', i);
      const passphrase = passphrases[i % passphrases.length];
      const logN = i < 4 ? 16 : 1 + (i % 12);
      const theirs = nip49.encrypt(secret, passphrase, logN, i % 3);
      assert.equal((await probe.get('nostr.decrypt', { text: theirs, passphrase })).nsec, nsecEncode(secret));
      const wanted = { text: nsecEncode(secret), passphrase, logN };
      if (passphrase === '') await probe.refused('nostr.encrypt', wanted); // read, never written
      else assert.deepEqual(nip49.decrypt((await probe.get('nostr.encrypt', wanted)).ncryptsec, passphrase), secret);
      await probe.refused('nostr.decrypt', { text: theirs, passphrase: passphrase + '?' });
      count++;
    }
    return count;
  },

  async 'NIP-44 messages both ways'(probe) {
    for (let i = 0; i < many; i++) {
      const mine = bytesFrom('nip44 mine', i);
      const theirs = bytesFrom('nip44 theirs', i);
      const plaintext = messageFrom(i);
      const payload = nip44.encrypt(plaintext, nip44.getConversationKey(theirs, getPublicKey(mine)));
      const ours = { text: nsecEncode(mine), pubkey: getPublicKey(theirs) };
      assert.equal((await probe.get('nip44.decrypt', { ...ours, payload })).plaintext, plaintext);
      const made = (await probe.get('nip44.encrypt', { ...ours, plaintext })).payload;
      assert.equal(made.length, payload.length);
      assert.equal(nip44.decrypt(made, nip44.getConversationKey(theirs, getPublicKey(mine))), plaintext);
      await probe.refused('nip44.decrypt', { ...ours, payload: changed(payload, i) });
      await probe.refused('nip44.decrypt', { ...ours, pubkey: getPublicKey(bytesFrom('another', i)), payload });
    }
    return many;
  },

  async 'NIP-04 messages both ways'(probe) {
    for (let i = 0; i < many; i++) {
      const mine = bytesFrom('nip04 mine', i);
      const theirs = bytesFrom('nip04 theirs', i);
      const plaintext = messageFrom(i);
      const payload = nip04.encrypt(theirs, getPublicKey(mine), plaintext);
      const ours = { text: nsecEncode(mine), pubkey: getPublicKey(theirs) };
      assert.equal((await probe.get('nip04.decrypt', { ...ours, payload })).plaintext, plaintext);
      const made = (await probe.get('nip04.encrypt', { ...ours, plaintext })).payload;
      assert.equal(made.length, payload.length);
      assert.equal(nip04.decrypt(theirs, getPublicKey(mine), made), plaintext);
      await probe.refused('nip04.decrypt', { ...ours, payload: payload.replace('?iv=', '?vi=') });
    }
    return many;
  },

  async 'damaged identifiers are refused by both'(probe) {
    for (let i = 0; i < many; i++) {
      const text = nsecEncode(bytesFrom('damaged', i));
      const at = 5 + numberFrom(text.length - 5, 'at', i);
      const damaged = text.slice(0, at) + (text[at] === 'q' ? 'p' : 'q') + text.slice(at + 1);
      assert.throws(() => decode(damaged));
      await probe.refused('nostr.key', { text: damaged });
    }
    return many;
  },
});
