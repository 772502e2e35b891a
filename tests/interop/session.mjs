// SPDX-License-Identifier: MIT
// usage: node session.mjs HATSTAND TESTS, under tests/support/with-desktop --a11y --keyring
// An app's side of the Anchor protocol, as it comes from npm: @wharfkit/session with its plugin for Anchor logs in with Hatstand, and has
// transactions signed that are answered in Hatstand's window.
import assert from 'node:assert/strict';
import WebSocket from 'ws';
import { APIClient, Transaction } from '@wharfkit/antelope';
import session from '@wharfkit/session'; // whose modules are CommonJS
import anchor from '@wharfkit/wallet-plugin-anchor';
import { IdentityProof } from '@wharfkit/signing-request';
import { Chain, channelOf, Desktop, keyOf, runCases, startBuoy, token } from './desktop.mjs';

const { AbstractUserInterface, cancelable, SessionKit } = session;
const [program, tests] = process.argv.slice(2);
const appName = 'hatcheck';
const page = 'https://hatcheck.example/cloakroom';

// The plugin is made for browsers, where following an address of another scheme leaves the page as it is.
const location = { followed: [] };
Object.defineProperty(location, 'href', { get: () => page, set: url => location.followed.push(url) });
globalThis.window = { location };
globalThis.navigator ??= { userAgent: 'Mozilla/5.0 (X11; Linux x86_64) Hats/1.0' };

/// Nobody looks at it; what an app asks its user to do is handed on.
class Interface extends AbstractUserInterface {
  take = () => {};
  prompt(args) {
    this.take(args);
    let end;
    const never = new Promise((_, reject) => (end = reject));
    return cancelable(never, end);
  }
  nextPrompt() {
    return new Promise(resolve => (this.take = resolve));
  }
  translate(_, options) {
    return options.default;
  }
  async login() {
    return { walletPluginIndex: 0 }; // the only one; which chain is left to the wallet
  }
  status() {}
  addTranslations() {}
}
for (const step of ['Login', 'Transact', 'Sign', 'Broadcast'])
  for (const moment of [`on${step}`, `on${step}Complete`]) Interface.prototype[moment] = async () => {};
Interface.prototype.onError = async () => {};

const stored = new Map();
const storage = { read: async key => stored.get(key) ?? null, write: async (key, data) => void stored.set(key, data), remove: async key => void stored.delete(key) };

const chain = await Chain.start(tests);
const buoy = await startBuoy();
const desktop = new Desktop(program, tests);
const ui = new Interface();
const app = (name, ...others) => new SessionKit(
  { appName: name, chains: [{ id: chain.id, url: chain.url }, ...others], ui, walletPlugins: [new anchor.WalletPluginAnchor({ buoyUrl: buoy.url, buoyWs: WebSocket })] },
  { fetch, storage },
);
const kit = app(appName);
const client = new APIClient({ url: chain.url, fetch });

const accounts = { alice: { level: 'alice@active', key: keyOf(1) }, bob: { level: 'bob@active', key: keyOf(3) } };

/// The kit keeps a session without waiting for its storage.
const kept = () => new Promise(setImmediate);

/// The app's session of this account, as an app switches to it: the plugin has the channel of one session at a time.
async function switchTo(name) {
  const switched = await kit.restore({ chain: chain.id, actor: name, permission: 'active' });
  await kept();
  return switched;
}

const transfer = (from, to, quantity, memo = '') => ({
  action: { account: token, name: 'transfer', authorization: [{ actor: from, permission: 'active' }], data: { from, to, quantity, memo } },
});

/// The channel by which the app's session asks Hatstand.
const channelOfApp = account => channelOf(account.data.channelUrl);

/// Logs in, as the person does who opens the app's link with Hatstand.
async function login(name, by = kit) {
  const { level } = accounts[name];
  location.followed.length = 0;
  const prompted = ui.nextPrompt();
  const login = by.login();
  const prompt = await prompted;
  const { href } = prompt.elements.find(({ type }) => type === 'link').data;
  assert.deepEqual(location.followed, [href]);
  const answered = desktop.json('sign-request', href, '--session', level);
  const [words, outcome, result] = await Promise.all([desktop.answer(`Prove identity as ${level}`), answered, login]);
  await kept();
  return { ...result, words, outcome, data: { ...result.session.walletPlugin.data } };
}

/// Of a transaction that the chain took: who signed, and what.
async function only(transactions) {
  assert.equal(transactions.length, 1, JSON.stringify(transactions));
  const [{ accepted, keys, id, error }] = transactions;
  assert.ok(accepted, error);
  return { keys, id };
}

const cases = {
  async 'an app logs in as the account that the person chose'() {
    for (const { level, key } of Object.values(accounts)) await desktop.add(level, key);
    const { response, words, outcome, data } = await login('alice');
    accounts.alice.data = data;
    assert.equal(String(response.permissionLevel), 'alice@active');
    assert.equal(String(response.chain), chain.id);
    assert.equal(outcome.session, `antelope:${chain.id}:alice@active`);
    assert.deepEqual(outcome.callback, { url: null, background: true, delivered: true, error: null });
    for (const word of ['hatstand sign-request wants you to prove who you are', `It calls itself ${appName}.`, 'The answer goes to 127.0.0.1.'])
      assert.ok(words.includes(word), `"${word}" is not in ${JSON.stringify(words)}`);
    assert.ok(data.channelUrl.startsWith(`${buoy.url}/`), data.channelUrl);
    assert.equal(data.channelName, 'Hatstand');
    accounts.alice.proof = response.identityProof;
    assert.equal(String(response.identityProof), outcome.proof);
  },

  async 'its proof of identity is the key\'s that the chain has'() {
    const { proof, key } = accounts.alice;
    const read = IdentityProof.from(String(proof));
    const { required_auth: authority } = (await client.v1.chain.get_account('alice')).getPermission('active');
    assert.equal(String(read.recover()), String(key.toPublic()));
    assert.ok(read.verify(authority));
    assert.ok(!read.verify(authority, new Date(Date.now() + 600e3)), 'it is good for ever');
    assert.equal(String(read.scope), appName);
    const { required_auth: others } = (await client.v1.chain.get_account('bob')).getPermission('active');
    assert.ok(!read.verify(others));
  },

  async 'a transaction comes over the channel, is answered in the window, and the chain takes it'() {
    const alice = await switchTo('alice');
    await chain.taken();
    const transact = alice.transact(transfer('alice', 'bob', '1.0000 EOS', 'a hat'));
    const words = await desktop.answer('Sign as alice@active');
    const { response, resolved } = await transact;
    assert.ok(words.includes(`${appName} wants a transaction signed`), JSON.stringify(words));
    const { keys, id } = await only(await chain.taken());
    assert.deepEqual(keys, [String(accounts.alice.key.toPublic())]);
    assert.equal(id, response.transaction_id);
    assert.equal(id, String(Transaction.from(resolved.transaction).id));
    assert.equal(await chain.balanceOf('alice'), '99.0000 EOS');
    assert.equal(await chain.balanceOf('bob'), '101.0000 EOS');
  },

  async 'two accounts at once, each signed by its own key'() {
    const { response, data } = await login('bob');
    accounts.bob.data = data;
    assert.equal(String(response.permissionLevel), 'bob@active');
    assert.notEqual(data.channelUrl, accounts.alice.data.channelUrl);
    assert.notEqual(String(data.signerKey), String(accounts.alice.data.signerKey));
    await chain.taken();
    for (const [from, to] of [['bob', 'alice'], ['alice', 'bob'], ['bob', 'alice']]) {
      const transact = (await switchTo(from)).transact(transfer(from, to, '2.0000 EOS'));
      await desktop.answer(`Sign as ${from}@active`);
      await transact;
      assert.deepEqual((await only(await chain.taken())).keys, [String(accounts[from].key.toPublic())]);
    }
    assert.equal(await chain.balanceOf('alice'), '101.0000 EOS');
  },

  async 'a transaction of one account over the other one\'s channel is refused unasked'() {
    const stale = await switchTo('alice');
    await switchTo('bob'); // the one plugin has bob's channel now, and the session of alice uses it
    await assert.rejects(stale.transact(transfer('alice', 'bob', '50.0000 EOS')), /cancelled from Anchor/);
    assert.deepEqual(await desktop.questions(), []);
    assert.deepEqual(await chain.taken(), []);
  },

  async 'what was asked before is not asked again'() {
    const channel = channelOfApp(accounts.alice);
    const { hex } = buoy.log().posted.findLast(message => message.channel === channel);
    assert.equal(await buoy.send(channel, Buffer.from(hex, 'hex')), 'delivered');
    const transact = (await switchTo('alice')).transact(transfer('alice', 'bob', '6.0000 EOS'));
    const words = await desktop.answer('Sign as alice@active'); // an app's questions come in the order of its messages
    assert.ok(words.includes('6.0000 EOS'), JSON.stringify(words));
    await transact;
    assert.deepEqual(await desktop.questions(), []);
    await only(await chain.taken());
  },

  async 'what is asked while Hatstand is not there waits for it'() {
    assert.equal(await desktop.stop(), 0);
    const sent = buoy.next(channelOfApp(accounts.alice));
    const transact = (await switchTo('alice')).transact(transfer('alice', 'bob', '7.0000 EOS'));
    assert.equal(await sent, 'buffered');
    await desktop.start();
    const words = await desktop.answer('Sign as alice@active');
    assert.ok(words.includes('7.0000 EOS'), JSON.stringify(words));
    await transact;
    await only(await chain.taken());
  },

  async 'what is denied in the window is told the app'() {
    const transact = (await switchTo('alice')).transact(transfer('alice', 'bob', '3.0000 EOS'));
    const refused = assert.rejects(transact, /cancelled from Anchor/);
    await desktop.answer('Sign as alice@active', 'Deny');
    await refused;
    assert.deepEqual(await chain.taken(), []);
    const { hex } = buoy.log().posted.at(-1);
    assert.deepEqual(JSON.parse(Buffer.from(hex, 'hex')), { rejected: 'The request was refused in Hatstand.' });
  },

  async 'the apps are listed with their accounts'() {
    const apps = await desktop.json('apps');
    assert.deepEqual(
      apps.map(({ id, kind, name, host, session, connected }) => ({ id, kind, name, host, session, connected })),
      ['alice', 'bob'].map(name => ({
        id: channelOfApp(accounts[name]), kind: 'anchor-link', name: appName, host: 'hatcheck.example', session: `antelope:${chain.id}:${name}@active`, connected: true,
      })),
    );
    for (const { userAgent, lastUsedAt } of apps) {
      assert.ok(userAgent.startsWith('@wharfkit/protocol-esr'), userAgent);
      assert.ok(lastUsedAt);
    }
  },

  async 'what an app asks for after it was revoked goes unanswered, and others go on'() {
    const channel = channelOfApp(accounts.alice);
    await desktop.get(['apps', 'revoke', channel]);
    await buoy.end(channel); // Hatstand listens to it no more
    const sent = buoy.next(channel);
    const alice = (await switchTo('alice')).transact(transfer('alice', 'bob', '4.0000 EOS'));
    let isAnswered = false;
    void alice.finally(() => (isAnswered = true)).catch(() => {});
    assert.equal(await sent, 'buffered');
    const bob = (await switchTo('bob')).transact(transfer('bob', 'alice', '5.0000 EOS'));
    await desktop.answer('Sign as bob@active');
    await bob;
    assert.deepEqual((await only(await chain.taken())).keys, [String(accounts.bob.key.toPublic())]);
    assert.deepEqual(await desktop.questions(), []);
    assert.ok(!isAnswered);
    assert.ok(buoy.log().kept.includes(channel));
    assert.deepEqual((await desktop.json('apps')).map(({ session }) => session), [`antelope:${chain.id}:bob@active`]);
  },

  async 'an app of several chains gets the account\'s, and a question of an app that is revoked is taken back'() {
    const both = app('hatboth', { id: '73e4385a2708e6d7048834fbc1079f2fabb17b3c125b146af438971e90716c4d', url: 'https://jungle4.example' });
    const { session, response, data } = await login('alice', both);
    assert.equal(String(response.chain), chain.id);
    const transact = session.transact(transfer('alice', 'bob', '8.0000 EOS'));
    const refused = assert.rejects(transact, /cancelled from Anchor/);
    await desktop.answer('Sign as alice@active', null);
    await desktop.get(['apps', 'revoke', channelOf(data.channelUrl)]);
    await desktop.gone('Sign as alice@active');
    await refused;
    assert.deepEqual(await chain.taken(), []);
  },

  async 'an account that is logged out takes its apps along'() {
    const channel = channelOfApp(accounts.bob);
    await desktop.get(['logout', 'bob@active', '--yes', '--forget']);
    await buoy.end(channel);
    assert.deepEqual(await desktop.json('apps'), []);
  },
};

await runCases(cases, desktop, chain, buoy);
process.exit(); // the app's request that nobody answered would wait for its end
