// SPDX-License-Identifier: MIT
// Verified events a second, and a session's follow list from a relay's text to its set: time, and memory an entry.
import NDK, { NDKEvent, NDKPrivateKeySigner, NDKRelay } from '@nostr-dev-kit/ndk';
import { NDKSessionManager, MemoryStorage } from '@nostr-dev-kit/sessions';
import NDK3, { NDKEvent as NDKEvent3 } from 'ndk3';
import * as pure from 'nostr-tools/pure';
import * as wasm from 'nostr-tools/wasm';
import { initNostrWasm } from 'nostr-wasm';
import { gc, hexkey, median, now, out } from './common.mjs';

wasm.setNostrWasm(await initNostrWasm());
const R = +(process.env.R || 5);
const secret = i => Uint8Array.from(Buffer.from(hexkey(i), 'hex'));
const options = { explicitRelayUrls: [], enableOutboxModel: false, aiGuardrails: false };

// The notes of bench_nostr.cpp, fewer: NDK keeps the verdicts of the last 1,000, and each turn has notes of its own.
let made = 0;
const notes = n => Array.from({ length: n }, () => {
  const i = made++;
  return JSON.stringify(wasm.finalizeEvent({ kind: 1, created_at: 1700000000 + i, tags: [['p', hexkey(i, 'p')], ['e', hexkey(i, 'e')]],
    content: `event ${i} ` + 'lorem ipsum dolor sit amet '.repeat(5) }, secret(i % 50)));
});
const verify = (name, n, each) => {
  const rates = [];
  for (let r = 0; r <= R; r++) {
    const texts = notes(n), from = now();
    for (const text of texts) if (!each(JSON.parse(text))) out(name + '.ERROR', n, 0, 'ok');
    if (r > 0) rates.push((now() - from) * 1000 / n); // the first warms up
  }
  out(name, n, Math.min(...rates), 'us');
};
const ndk = new NDK(options), ndk3 = new NDK3(options);
verify('verify.ndk2', 200, e => new NDKEvent(ndk, e).verifySignature(true));
verify('verify.ndk3', 200, e => new NDKEvent3(ndk3, e).verifySignature(true));
verify('verify.nostr-tools', 200, e => pure.verifyEvent(e));
verify('verify.nostr-wasm', 1000, e => wasm.verifyEvent(e));

// A session's own subscription, as NDK's relay would call it.
const relay = new NDKRelay('wss://bench.invalid/', undefined, ndk);
const manager = new NDKSessionManager(ndk, { storage: new MemoryStorage(), autoSave: true, fetches: { follows: true, mutes: true } });
const list = (author, n, at) => JSON.stringify(wasm.finalizeEvent({ kind: 3, created_at: 1700000000 + at, content: '',
  tags: Array.from({ length: n }, (_, i) => ['p', hexkey(`${author}.${at}.${i}`, 'f')]) }, secret(author)));
const login = i => manager.login(new NDKPrivateKeySigner(hexkey(i)));
const receive = (session, text) => manager.getSession(session).subscription.eventReceived(JSON.parse(text), relay, false, false);

const first = await login(0), times = [];
for (let r = 0; r < R + 10; r++) {
  const text = list(0, 10000, r), from = now();
  receive(first, text);
  if (r >= 10) times.push((now() - from) * 1000);
  if (manager.getSession(first).followSet.size !== 10000) out('follow list.ERROR', 10000, 0, 'applied');
}
out('follow list', 10000, Math.min(...times), 'us');

const lists = 20, sessions = [];
for (let i = 1; i <= lists; i++) sessions.push(await login(i));
const heap = async () => { for (let i = 0; i < 4; i++) { gc(); await new Promise(r => setTimeout(r, 20)); } const m = process.memoryUsage(); return m.heapUsed + m.external; };
const before = await heap();
for (let i = 1; i <= lists; i++) receive(sessions[i - 1], list(i, 10000, 0));
out('follow list entry', 10000, (await heap() - before) / (lists * 10000), 'bytes');
process.exit(0);
