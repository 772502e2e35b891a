// SPDX-License-Identifier: MIT
// What bench_antelope.cpp measures, by WharfKit: a transaction's JSON to its signature, signing requests made and read, and a
// stranger's requests (a file of those that bench_antelope prints, as REQUESTS).
const { PrivateKey, Checksum256, ABI, Bytes, Transaction, SigningRequest } = require('@wharfkit/session');
const { readFileSync } = require('node:fs');
const { performance } = require('node:perf_hooks');
const pako = require('pako');

const R = +(process.env.R || 15);
const requests = 500;
const chain = Checksum256.from('73e4385a2708e6d7048834fbc1079f2fabb17b3c125b146af438971e90716c4d');
const out = (name, value, unit, more = {}) => console.log(JSON.stringify({ case: name, n: 1, value: +value.toPrecision(5), unit, ...more }));

/// µs each of the least of many turns; the first warms up.
async function measure(name, turn) {
  const times = [];
  for (let r = 0; r <= R; r++) {
    const from = performance.now();
    await turn();
    if (r > 0) times.push((performance.now() - from) * 1000 / requests);
  }
  out(name, Math.min(...times), 'us');
}

const abi = ABI.from({
  version: 'eosio::abi/1.1', types: [], tables: [], actions: [{ name: 'transfer', type: 'transfer', ricardian_contract: '' }],
  structs: [{ name: 'transfer', base: '', fields: [['from', 'name'], ['to', 'name'], ['quantity', 'asset'], ['memo', 'string']].map(([name, type]) => ({ name, type })) }],
});
const key = new PrivateKey('K1', new Bytes(Uint8Array.of(...new Array(31).fill(0), 1)));
const action = (from, i) => ({
  account: 'eosio.token', name: 'transfer', authorization: [{ actor: from, permission: 'active' }], data: { from, to: 'bench', quantity: '1.0000 EOS', memo: `memo ${i}` },
});
const texts = Array.from({ length: requests }, (_, i) => JSON.stringify({
  expiration: '2030-01-01T00:00:00', ref_block_num: 1, ref_block_prefix: 2, max_net_usage_words: 0, max_cpu_usage_ms: 0, delay_sec: 0, context_free_actions: [],
  actions: [action('alice', i)], transaction_extensions: [],
}));
const options = { zlib: { deflateRaw: data => pako.deflateRaw(data), inflateRaw: data => pako.inflateRaw(data) }, abiProvider: { getAbi: async () => abi } };
const abis = new Map([['eosio.token', abi]]);
const signer = { actor: 'alice', permission: 'active' };
const context = { expiration: '2030-01-01T00:00:00', ref_block_num: 1, ref_block_prefix: 0 };

async function encodeAll() {
  const uris = [];
  for (let i = 0; i < requests; i++) {
    uris.push((await SigningRequest.create({ action: action('............1', i), chainId: chain }, options)).encode());
  }
  return uris;
}
function decodeAll(uris) {
  for (const uri of uris) if (SigningRequest.from(uri, options).resolve(abis, signer, context).transaction.actions.length !== 1) throw new Error('not read');
}

(async () => {
  await measure('sign', () => {
    for (const text of texts) {
      const transaction = Transaction.from(JSON.parse(text), [{ contract: 'eosio.token', abi }]);
      if (!String(key.signDigest(transaction.signingDigest(chain))).startsWith('SIG_K1_')) throw new Error('not signed');
    }
  });
  const digest = Transaction.from(JSON.parse(texts[0]), [{ contract: 'eosio.token', abi }]).signingDigest(chain);
  await measure('sign digest', () => {
    for (let i = 0; i < requests; i++) key.signDigest(digest);
  });
  await measure('encode', encodeAll);
  const uris = await encodeAll();
  await measure('decode', () => decodeAll(uris));
  await measure('round trip', async () => decodeAll(await encodeAll()));
  for (const [name, uri] of Object.entries(JSON.parse(readFileSync(process.env.REQUESTS, 'utf8')))) {
    globalThis.gc?.();
    const before = process.memoryUsage().rss;
    const from = performance.now();
    let isTaken = true;
    try {
      SigningRequest.from(uri, options); // read alone: their decoding of data has no bounds, so that some would not end
    } catch {
      isTaken = false;
    }
    const time = (performance.now() - from) * 1000;
    out(`stranger, ${name}`, time, 'us', { mib: (process.memoryUsage().rss - before) / 2 ** 20, isTaken });
  }
  process.exit(0);
})().catch(error => {
  console.log(JSON.stringify({ case: 'FATAL', msg: error.stack }));
  process.exit(1);
});
