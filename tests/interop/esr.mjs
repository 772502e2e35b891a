// SPDX-License-Identifier: MIT
// usage: node esr.mjs PROBE [SEED]
// Signing requests (EEP-7), identity proofs and sealed messages, to and from WharfKit. SEED repeats a run; each run prints its own.
import assert from 'node:assert/strict';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { ABI, Bytes, KeyType, Name, PermissionLevel, PublicKey, Serializer, Transaction, UInt64 } from '@wharfkit/antelope';
import { ChainId, IdentityProof, PlaceholderAuth, PlaceholderName, PlaceholderPermission, SigningRequest } from '@wharfkit/signing-request';
import { SealedMessage, sealedMessagePayload, unsealMessage } from '@wharfkit/sealed-messages';
import { hex, run } from './lib.mjs';
import { Drawn } from './drawn.mjs';

const many = 200;
// The same in every run; others by hand.
const seed = process.argv[3] ?? '1';
console.log(`seed ${seed}`);

const chains = [1, 2, 4, 10, 11, 12].map(alias => String(ChainId.from(alias))).concat(['73e4385a2708e6d7048834fbc1079f2fabb17b3c125b146af438971e90716c4d']);
const struct = (name, fields) => ({ name, base: '', fields: Object.entries(fields).map(([field, type]) => ({ name: field, type })) });
const abi = ABI.from({
  version: 'eosio::abi/1.1', types: [{ new_type_name: 'account_name', type: 'name' }], tables: [], ricardian_clauses: [],
  structs: [
    struct('transfer', { from: 'name', to: 'name', quantity: 'asset', memo: 'string' }), struct('level', { actor: 'name', permission: 'name' }),
    struct('propose', { proposer: 'account_name', name: 'name', requested: 'level[]', maybe: 'name?', either: 'who', number: 'uint64' }),
  ],
  variants: [{ name: 'who', types: ['name', 'level', 'string'] }],
  actions: ['transfer', 'propose'].map(name => ({ name, type: name, ricardian_contract: '' })),
});
const contracts = ['eosio.token', 'eosio.msig', 'hat.stand'];
const abis = Object.fromEntries(contracts.map(name => [name, abi]));
const abiMap = new Map(Object.entries(abis));
const json = Object.fromEntries(contracts.map(name => [name, JSON.parse(JSON.stringify(abi))]));
const link = ABI.from({
  version: 'eosio::abi/1.1', types: [], actions: [], tables: [], ricardian_clauses: [], variants: [],
  structs: [struct('link_create', { session_name: 'name', request_key: 'public_key', user_agent: 'string$' }), struct('link_info', { expiration: 'time_point_sec' })],
});
const options = isZipped => ({
  zlib: isZipped ? { deflateRaw: data => new Uint8Array(deflateRawSync(data)), inflateRaw: data => new Uint8Array(inflateRawSync(data)) } : undefined,
  abiProvider: { getAbi: async () => abi },
});
const reading = options(true); // what compressed text says is read either way
const packed = object => Serializer.encode({ object }).hexString;

const placeholders = [PlaceholderName, PlaceholderPermission];
const nameOf = draw => (draw.isLikely(3) ? draw.oneOf(placeholders) : Name.from(draw.name()));
const levelOf = draw => (draw.isLikely(2) ? PlaceholderAuth : { actor: nameOf(draw), permission: nameOf(draw) });

function actionOf(draw) {
  const levels = () => Array.from({ length: 1 + draw.below(2) }, () => levelOf(draw));
  const either = draw.oneOf([['name', nameOf(draw)], ['level', { actor: nameOf(draw), permission: nameOf(draw) }], ['string', '............1']]);
  const [name, data] = draw.isLikely(2)
    ? ['transfer', { from: nameOf(draw), to: nameOf(draw), quantity: draw.asset(), memo: draw.builtin('string') }]
    : ['propose', { proposer: nameOf(draw), name: nameOf(draw), requested: levels(), maybe: draw.isLikely(2) ? null : nameOf(draw), either, number: String(draw.below(3)) }];
  return { account: draw.oneOf(contracts), name, authorization: levels(), data };
}

const callbacks = [
  '', 'https://example.com/', 'https://example.com/cb?tx={{tx}}&sig={{sig}}&by={{sa}}@{{sp}}', { url: 'https://example.com/{{cid}}/{{bn}}?{{nothing}}={{ex}}', background: true },
  { url: 'http://127.0.0.1:8080/a?rbn={{rbn}}&rid={{rid}}&more={{sig0}}', background: false }, 'wallet://done?sig={{sig}}',
];

/// A request as an application makes it.
async function requestOf(draw) {
  const isMany = draw.isLikely(3);
  const args = {
    chainId: isMany ? null : draw.oneOf(chains), chainIds: isMany && draw.isLikely(2) ? chains.filter(() => draw.isLikely(2)).concat(chains[0]) : undefined,
    callback: draw.oneOf(callbacks), info: draw.isLikely(2) ? { note: 'hat 🎩', raw: Bytes.from(draw.bytes(draw.below(20))) } : undefined,
  };
  const signer = draw.key();
  const made = { ...options(draw.isLikely(2)), signatureProvider: draw.isLikely(3) ? { sign: digest => ({ signer: 'hat.stand', signature: signer.signDigest(digest) }) } : undefined };
  switch (draw.below(4)) {
    case 0:
      return SigningRequest.create({ ...args, action: actionOf(draw), broadcast: draw.isLikely(2) }, made);
    case 1:
      return SigningRequest.create({ ...args, actions: [actionOf(draw), actionOf(draw)] }, made);
    case 2: {
      const header = draw.isLikely(2) ? { expiration: '2031-05-06T07:08:09', ref_block_num: 1 + draw.below(65535), ref_block_prefix: draw.below(2 ** 32) } : {};
      return SigningRequest.create({ ...args, transaction: { ...header, max_cpu_usage_ms: draw.below(20), actions: [actionOf(draw)] } }, made);
    }
    default:
      return SigningRequest.identity({ ...args, ...(isMany || draw.isLikely(2) ? { scope: draw.actor() } : {}), ...(draw.isLikely(2) ? { account: draw.actor(), permission: 'active' } : {}) }, made);
  }
}

/// What Hatstand should have read.
const named = name => String(name) || '#0'; // empty is no name
const levelText = level => `${named(level.actor)}@${named(level.permission)}`;
const actionFields = action => ({
  account: named(action.account), name: named(action.name), data: action.data.hexString, authorization: action.authorization.map(levelText),
});
function fieldsOf(request) {
  const { req, flags, callback, info } = request.data;
  const what = { action: 'action', 'action[]': 'actions', transaction: 'transaction', identity: 'identity' }[req.variantName];
  const isMany = request.isMultiChain();
  return {
    version: request.version, what, chainId: isMany ? '' : String(request.getChainId()), chainIds: (isMany && request.getChainIds()?.map(String)) || [],
    actions: what === 'action' ? [actionFields(req.value)] : what === 'actions' ? req.value.map(actionFields) : [],
    transaction: what === 'transaction' ? packed(req.value) : packed(Transaction.from({ expiration: 0, ref_block_num: 0, ref_block_prefix: 0, actions: [] })),
    scope: request.getIdentityScope() ? named(request.getIdentityScope()) : '#0',
    permission: what === 'identity' && req.value.permission ? levelText(req.value.permission) : null,
    broadcast: flags.broadcast, background: flags.background, callback, info: info.map(({ key, value }) => [key, value.hexString]),
    signer: request.signature ? named(request.signature.signer) : null, signature: request.signature ? String(request.signature.signature) : null,
  };
}

const header = { expiration: 1893456000, refBlockNum: 4660, refBlockPrefix: 3735928559 };
const context = { expiration: '2030-01-01T00:00:00', ref_block_num: header.refBlockNum, ref_block_prefix: header.refBlockPrefix };
const isIdentityOf = (request, signer) => !request.isIdentity() || ((request.getIdentity()?.equals(signer.actor) ?? true) && (request.getIdentityPermission()?.equals(signer.permission) ?? true));

/// Asks for each of many requests; counts those that were.
async function each(word, test) {
  let count = 0;
  for (let i = 0; i < many; i++) {
    const draw = new Drawn(seed, word, i);
    const request = await requestOf(draw);
    try {
      if ((await test(request, draw)) !== false) count++;
    } catch (error) {
      console.error(`seed ${seed}, ${word} ${i}: ${request.encode()}`);
      throw error;
    }
  }
  return count;
}

/// Resolved by WharfKit, by whoever may.
function resolved(request, draw) {
  const chain = request.isMultiChain() ? draw.oneOf(request.getChainIds() ?? chains) : request.getChainId();
  const signer = PermissionLevel.from({ actor: request.getIdentity() ?? draw.actor(), permission: request.getIdentityPermission() ?? draw.oneOf(['active', 'owner', 'claim']) });
  return request.resolve(abiMap, signer, { ...context, chainId: String(chain) });
}
const asked = (request, theirs, more = {}) => ({ uri: request.encode(), signer: levelText(theirs.signer), chain: String(theirs.chainId), ...more });

/// A proof of one key's, of a request with a scope.
function proofOf(draw) {
  const request = SigningRequest.identity({ chainId: draw.oneOf(chains), scope: draw.actor(), callback: 'https://example.com/' }, reading);
  const theirs = resolved(request, draw);
  const key = draw.key(draw.isLikely(2) ? KeyType.K1 : KeyType.R1);
  return { request, theirs, key, signature: key.signDigest(theirs.signingDigest) };
}

await run(process.argv[2], {
  async 'their requests, read and written again'(probe) {
    return each('read', async request => {
      const { digest, uri, ...fields } = await probe.get('esr.parse', { uri: request.encode() });
      assert.deepEqual(fields, fieldsOf(request));
      assert.equal(digest, String(request.getSignatureDigest()));
      const again = SigningRequest.from(uri, reading);
      assert.equal(hex(again.getData()), hex(request.getData()));
      assert.equal(hex(again.getSignatureData()), hex(request.getSignatureData()));
      for (const other of [request.encode(false, false), request.encode(false, true, 'web+esr:'), request.encode(false, false, 'esr-anchor:')]) {
        assert.equal((await probe.get('esr.parse', { uri: other })).digest, digest, other);
      }
    });
  },

  async 'our requests, read by them'(probe) {
    return each('write', async request => {
      const fields = fieldsOf(request);
      const { uri, digest } = await probe.get('esr.encode', fields);
      const theirs = SigningRequest.from(uri, reading);
      assert.deepEqual(fieldsOf(theirs), fields);
      assert.equal(hex(theirs.getData()), hex(request.getData()));
      assert.equal(digest, String(theirs.getSignatureDigest()));
    });
  },

  async 'what is signed'(probe) {
    return each('resolve', async (request, draw) => {
      const theirs = resolved(request, draw);
      const ours = await probe.get('esr.resolve', asked(request, theirs, { abis: json, header }));
      assert.equal(ours.hex, hex(theirs.serializedTransaction));
      assert.equal(ours.id, String(theirs.transaction.id));
      assert.equal(ours.digest, String(theirs.signingDigest));
    });
  },

  async 'identities of somebody else are not signed'(probe) {
    return each('somebody', async (request, draw) => {
      if (!request.isIdentity() || !request.getIdentity()) return false;
      const other = PermissionLevel.from({ actor: 'somebody', permission: 'active' });
      assert.equal(isIdentityOf(request, other), false);
      const answer = await probe.refused('esr.resolve', asked(request, { signer: other, chainId: draw.oneOf(chains) }, { abis: json, header }));
      assert.equal(answer.error, 'wrong-account');
    });
  },

  async 'answers to who asked'(probe) {
    return each('answer', async (request, draw) => {
      const theirs = resolved(request, draw);
      const signatures = Array.from({ length: 1 + draw.below(3) }, () => draw.key().signDigest(theirs.signingDigest));
      const block = draw.isLikely(2) ? 1 + draw.below(1e6) : undefined;
      const expected = theirs.getCallback(signatures, block);
      if (!expected) return false;
      const more = [['link_ch', 'https://example.com/ch'], ['link_name', 'Hatstand']];
      const ours = await probe.get('esr.answer', asked(request, theirs, {
        transaction: hex(theirs.serializedTransaction), signatures: signatures.map(String), ...(block ? { block } : {}), more,
      }));
      const { req, link_ch, link_name, ...payload } = ours.payload;
      const { req: theirReq, ...theirPayload } = expected.payload;
      assert.deepEqual(payload, theirPayload);
      assert.deepEqual([link_ch, link_name], more.map(([, value]) => value));
      assert.equal(hex(SigningRequest.from(req, reading).getData()), hex(SigningRequest.from(theirReq, reading).getData()));
      // A permission's "@" and the like may be escaped.
      assert.equal(decodeURIComponent(ours.url), decodeURIComponent(expected.url));
    });
  },

  async 'their identity proofs'(probe) {
    for (let i = 0; i < many; i++) {
      const { theirs, key, signature } = proofOf(new Drawn(seed, 'their proof', i));
      const proof = theirs.getIdentityProof(signature);
      const ours = await probe.get('proof.parse', { proof: String(proof) });
      assert.equal(ours.key, String(key.toPublic()));
      assert.deepEqual([ours.chain, ours.scope, ours.signer, ours.signature], [String(proof.chainId), String(proof.scope), levelText(proof.signer), String(signature)]);
      assert.equal(ours.expiration * 1000, proof.expiration.toMilliseconds());
      assert.equal(ours.proof, String(proof));
    }
    return many;
  },

  async 'our identity proofs'(probe) {
    for (let i = 0; i < many; i++) {
      const { request, theirs, key, signature } = proofOf(new Drawn(seed, 'our proof', i));
      const ours = await probe.get('proof.make', asked(request, theirs, { transaction: hex(theirs.serializedTransaction), signatures: [String(signature)] }));
      const proof = IdentityProof.from(ours.proof);
      assert.ok(proof.recover().equals(key.toPublic()));
      assert.equal(ours.proof, String(theirs.getIdentityProof(signature)));
      const authority = { threshold: 1, keys: [{ key: key.toPublic(), weight: 1 }], accounts: [], waits: [] };
      assert.ok(proof.verify(authority, '2029-12-31T23:59:59'));
    }
    return many;
  },

  async 'sealed messages, both ways'(probe) {
    for (let i = 0; i < many; i++) {
      const draw = new Drawn(seed, 'sealed', i);
      const [mine, theirs, nobody] = [draw.key(), draw.key(), draw.key()];
      const text = draw.builtin('string') + 'x'.repeat(draw.below(40));
      const nonce = UInt64.from(draw.builtin('uint64'));
      const fromThem = packed(sealedMessagePayload(text, theirs, mine.toPublic(), nonce));
      const opened = await probe.get('sealed.open', { secret: mine.data.hexString, hex: fromThem });
      assert.deepEqual([opened.text, opened.from, opened.nonce, opened.hex], [text, String(theirs.toPublic()), String(nonce), fromThem]);
      await probe.refused('sealed.open', { secret: nobody.data.hexString, hex: fromThem });

      const fromUs = (await probe.get('sealed.make', { secret: mine.data.hexString, peer: String(theirs.toPublic()), nonce: String(nonce), text })).hex;
      assert.equal(fromUs, packed(sealedMessagePayload(text, mine, theirs.toPublic(), nonce)));
      const message = Serializer.decode({ data: fromUs, type: SealedMessage });
      assert.equal(unsealMessage(message.ciphertext, theirs, PublicKey.from(message.from), message.nonce), text);
    }
    return many;
  },

  async 'what the Anchor protocol adds'(probe) {
    for (let i = 0; i < many; i++) {
      const draw = new Drawn(seed, 'link', i);
      const value = { session_name: draw.actor(), request_key: String(draw.key().toPublic()), user_agent: draw.builtin('string') };
      const create = Serializer.encode({ object: value, abi: link, type: 'link_create' }).hexString;
      const ours = await probe.get('link.create', { hex: create });
      const { user_agent, ...old } = value; // as those say it that have none
      const short = Serializer.encode({ object: old, abi: link, type: 'link_create' }).hexString;
      assert.deepEqual([ours.name, ours.key, ours.agent, ours.hex], [value.session_name, value.request_key, user_agent, user_agent ? create : short]);
      assert.deepEqual((({ name, key, agent }) => [name, key, agent])(await probe.get('link.create', { hex: short })), [value.session_name, value.request_key, '']);
      const expiration = draw.builtin('time_point_sec');
      const info = Serializer.encode({ object: { expiration }, abi: link, type: 'link_info' }).hexString;
      const ends = await probe.get('link.expiration', { hex: info });
      assert.deepEqual([ends.seconds, ends.hex], [Date.parse(expiration + 'Z') / 1000, info]);
    }
    return many;
  },

  async 'damaged requests are refused'(probe) {
    return each('damaged', async request => {
      const bytes = Buffer.from(request.encode(false, false).slice(4), 'base64url');
      const uri = data => 'esr:' + Buffer.from(data).toString('base64url');
      await probe.get('esr.parse', { uri: uri(bytes) });
      for (const damaged of [bytes.subarray(0, -1), Buffer.concat([bytes, Buffer.from([0])]), Buffer.concat([Buffer.from([1]), bytes.subarray(1)]), Buffer.concat([Buffer.from([bytes[0] | 0x80]), bytes.subarray(1)])]) {
        await probe.refused('esr.parse', { uri: uri(damaged) });
      }
    });
  },
});
