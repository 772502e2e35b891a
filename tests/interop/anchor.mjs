// SPDX-License-Identifier: MIT
// usage: node anchor.mjs HATSTAND TESTS, under tests/support/with-desktop --a11y --keyring
// The wallet's side of the Anchor protocol, made of WharfKit's and Greymass' packages: Hatstand logs in with an account that this Anchor
// has the key of, and sends with its signatures, never otherwise.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import WebSocket from 'ws';
import { APIClient, PrivateKey, Serializer, Transaction } from '@wharfkit/antelope';
import { Listener, send } from '@greymass/buoy';
import { BuoySession, LinkInfo } from '@wharfkit/protocol-esr';
import { SealedMessage, unsealMessage } from '@wharfkit/sealed-messages';
import { SigningRequest } from '@wharfkit/signing-request';
import { Chain, channelOf, Desktop, keyOf, runCases, startBuoy, token } from './desktop.mjs';

const [program, tests] = process.argv.slice(2);
const channel = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';
const device = 'Ada\'s telephone';

const chain = await Chain.start(tests);
const buoy = await startBuoy();
const desktop = new Desktop(program, tests);
const client = new APIClient({ url: chain.url, fetch });
const esrOptions = {
  zlib: { deflateRaw: data => new Uint8Array(deflateRawSync(data)), inflateRaw: data => new Uint8Array(inflateRawSync(data)) },
  abiProvider: { getAbi: async account => (await client.v1.chain.get_abi(account)).abi },
};

/// A wallet with one account.
class Anchor {
  constructor(level, key) {
    Object.assign(this, { level, key, linkKey: PrivateKey.generate('K1') });
    this.listener = new Listener({ service: buoy.url, channel, encoding: 'binary', WebSocket });
  }
  post(callback, payload) {
    return send(payload, { service: buoy.url, channel: channelOf(callback) });
  }
  /// Answers a login that a person opened in it; level and key: as whom.
  async login(uri, { level = this.level, key = this.key } = {}) {
    const request = SigningRequest.from(uri, esrOptions);
    assert.ok(request.isIdentity());
    this.app = request.getInfoKey('link', BuoySession);
    const resolved = request.resolve(new Map(), level, { expiration: new Date(Date.now() + 60e3).toISOString().slice(0, -5) });
    const { url, background, payload } = resolved.getCallback([key.signDigest(resolved.signingDigest)]);
    assert.ok(background);
    await this.post(url, { ...payload, link_ch: `${buoy.url}/${channel}`, link_key: String(this.linkKey.toPublic()), link_name: device });
    return request;
  }
  /// The next request that comes over the channel, opened and resolved.
  async nextRequest() {
    const message = await new Promise(resolve => this.listener.once('message', resolve));
    const sealed = Serializer.decode({ data: message, type: SealedMessage });
    assert.equal(String(sealed.from), String(this.app.request_key));
    const uri = unsealMessage(sealed.ciphertext, this.linkKey, sealed.from, sealed.nonce);
    const request = SigningRequest.from(uri, esrOptions);
    const end = request.getInfoKey('link', LinkInfo).expiration.toDate();
    assert.ok(end > new Date() && end <= new Date(Date.now() + 125e3), String(end));
    assert.ok(!request.shouldBroadcast());
    return request.resolve(await request.fetchAbis(esrOptions.abiProvider), this.level);
  }
  /// key, transaction: what it is signed with, and what is signed in its place.
  answer(resolved, { key = this.key, transaction = resolved.transaction } = {}) {
    const { url, payload } = resolved.getCallback([key.signDigest(transaction.signingDigest(chain.id))]);
    return this.post(url, payload);
  }
  refuse(resolved) {
    return this.post(resolved.request.data.callback, { rejected: 'No, says Ada' });
  }
}

const anchor = new Anchor('alice@active', keyOf(1));

/// The command that logs in: {uri: what it shows, child: its process, added: its end}
async function startLogin() {
  let show;
  const shown = new Promise(resolve => (show = resolve));
  const child = desktop.spawn(['add', 'antelope', '--anchor', '--chain', 'test']);
  const added = desktop.ended(child, text => {
    const [, uri] = /^(esr:\S+)\n/m.exec(text) ?? [];
    if (uri) show(uri);
  });
  return { uri: await shown, child, added };
}

/// What Hatstand says when this Anchor has answered.
async function loggedIn(...options) {
  const { uri, added } = await startLogin();
  const request = await anchor.login(uri, ...options);
  return { request, ...(await added) };
}

const file = join(process.env.HOME, 'transfer.json');

/// The command for a transfer of alice's.
function startTransfer(quantity) {
  const authorization = [{ actor: 'alice', permission: 'active' }];
  const data = { from: 'alice', to: 'bob', quantity, memo: 'by Anchor' };
  writeFileSync(file, JSON.stringify({ actions: [{ account: token, name: 'transfer', authorization, data }] }));
  return desktop.run(['transact', file, '--session', 'alice@active', '--json']);
}

/// One that Hatstand's person says yes to. {asked: what Anchor is asked for, sent: the command}
async function transact(quantity) {
  const asked = anchor.nextRequest();
  const sent = startTransfer(quantity);
  await desktop.answer('Sign and send as alice@active');
  return { asked: await asked, sent };
}

const cases = {
  async 'a login by somebody whose key is not the account\'s is refused'() {
    const { exit, err } = await loggedIn({ key: keyOf(3) });
    assert.equal(exit, 2, err);
    assert.match(err, /\(key-mismatch\)/);
    assert.deepEqual(await desktop.json('list'), []);
  },

  async 'a login that was given up adds nothing'() {
    const { uri, child, added } = await startLogin();
    const { callback } = SigningRequest.from(uri, esrOptions).data;
    child.kill('SIGINT');
    await added;
    await buoy.end(channelOf(callback)); // Hatstand waits for no answer any more
    await anchor.login(uri);
    assert.ok(buoy.log().kept.includes(channelOf(callback)));
    assert.deepEqual(await desktop.json('list'), []);
  },

  async 'an account is added that Anchor signs for'() {
    const { request, exit, out, err } = await loggedIn();
    assert.equal(exit, 0, err);
    assert.equal(out.trim(), `antelope:${chain.id}:alice@active`);
    assert.equal(String(request.getIdentityScope()), 'hatstand');
    const { signer, wallet, publicKey } = await desktop.json('show', 'alice@active');
    assert.deepEqual({ signer, wallet, publicKey }, { signer: 'remote', wallet: 'anchor', publicKey: String(anchor.key.toPublic()) });
  },

  async 'a transaction is signed by Anchor and sent by Hatstand'() {
    await chain.taken();
    const { asked, sent } = await transact('1.0000 EOS');
    const [action] = asked.resolvedTransaction.actions;
    assert.deepEqual([String(action.account), String(action.name), String(action.data.quantity)], [token, 'transfer', '1.0000 EOS']);
    await anchor.answer(asked);
    const { exit, out, err } = await sent;
    assert.equal(exit, 0, err);
    const [{ accepted, keys, id, error }] = await chain.taken();
    assert.ok(accepted, error);
    assert.deepEqual(keys, [String(anchor.key.toPublic())]);
    assert.equal(id, JSON.parse(out).transactionId);
    assert.equal(id, String(asked.transaction.id));
    assert.equal(await chain.balanceOf('bob'), '101.0000 EOS');
  },

  async 'what is refused is not sent, in Anchor or before it is asked'() {
    const { asked, sent } = await transact('2.0000 EOS');
    await anchor.refuse(asked);
    assert.equal((await sent).exit, 5);
    buoy.clear();
    const denied = startTransfer('2.0000 EOS');
    await desktop.answer('Sign and send as alice@active', 'Deny');
    assert.equal((await denied).exit, 5);
    assert.deepEqual(buoy.log().posted, []);
    assert.deepEqual(await chain.taken(), []);
  },

  async 'a signature of another key, or over something else, is not sent'() {
    const { asked, sent } = await transact('3.0000 EOS');
    await anchor.answer(asked, { key: keyOf(3) });
    const { exit, err } = await sent;
    assert.equal(exit, 5);
    assert.match(err, /\(wrong-account\)/);
    const { asked: again, sent: sentAgain } = await transact('3.0000 EOS');
    await anchor.answer(again, { transaction: Transaction.from({ ...again.transaction, max_cpu_usage_ms: 5 }) });
    assert.equal((await sentAgain).exit, 5);
    assert.deepEqual(await chain.taken(), []);
  },

  async 'an Anchor that is elsewhere finds the request when it is back'() {
    anchor.listener.disconnect();
    await buoy.end(channel);
    const back = buoy.next(channel);
    const transfer = transact('4.0000 EOS');
    assert.equal(await back, 'buffered');
    anchor.listener.connect();
    const { asked, sent } = await transfer;
    await anchor.answer(asked);
    assert.equal((await sent).exit, 0);
    assert.equal(await chain.balanceOf('bob'), '105.0000 EOS');
  },

  async 'once it is logged out, nothing is asked of Anchor'() {
    await desktop.get(['logout', 'alice@active', '--yes', '--forget']);
    const { exit } = await desktop.run(['transact', file, '--session', 'alice@active']);
    assert.equal(exit, 3);
    assert.deepEqual(await desktop.json('list'), []);
  },
};

await runCases(cases, desktop, chain, buoy);
process.exit(); // Anchor's listener would try for ever
