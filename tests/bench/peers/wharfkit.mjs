// SPDX-License-Identifier: MIT
// @wharfkit/session with a storage of files, one chain, and the private key wallet; nothing asks the network.
import { PrivateKey, SessionKit } from '@wharfkit/session';
import { WalletPluginPrivateKey } from '@wharfkit/wallet-plugin-privatekey';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { now, picker, report, sizes } from './measure.mjs';

const folder = mkdtempSync(join(tmpdir(), 'hatstand-peer-'));
const chain = '73e4385a2708e6d7048834fbc1079f2fabb17b3c125b146af438971e90716c4d';
const wallet = new WalletPluginPrivateKey(PrivateKey.generate('K1'));

const nothing = async () => {};
const names = ['onError', 'onAccountCreateComplete', 'onLogin', 'onLoginComplete', 'onTransact', 'onTransactComplete',
    'onSign', 'onSignComplete', 'onBroadcast', 'onBroadcastComplete'];
const ui = {
    ...Object.fromEntries(names.map((name) => [name, nothing])),
    login: async () => ({}),
    onAccountCreate: async () => ({}),
    prompt: () => {},
    status: () => {},
    translate: (key) => key,
    getTranslate: () => (key) => key,
    addTranslations: () => {},
};

const storage = {
    write: async (key, value) => writeFileSync(join(folder, key), value),
    read: async (key) => {
        try {
            return readFileSync(join(folder, key), 'utf8');
        } catch {
            return null;
        }
    },
    remove: async (key) => rmSync(join(folder, key), { force: true }),
};

const kit = () =>
    new SessionKit(
        { appName: 'bench', chains: [{ id: chain, url: 'https://bench.invalid' }], ui, walletPlugins: [wallet] },
        {
            storage,
            fetch: async () => {
                throw new Error('the benchmark must not ask the network');
            },
        },
    );

/** Saving goes on after the library's promise is answered; two turns of the loop end it. */
const saved = () => new Promise((resolve) => setImmediate(() => setImmediate(resolve)));

const letters = 'abcdefghijklmnopqrstuvwxyz12345';
function actor(i) {
    let name = '';
    for (let k = 0; k < 4; k++, i = Math.floor(i / 31)) name = letters[i % 31] + name;
    return `acct${name}`;
}

async function add(sessions, i) {
    await sessions.login({ chain, permissionLevel: `${actor(i)}@active` });
    await saved();
}

async function empty() {
    await storage.remove('sessions');
    await storage.remove('session');
}

await empty();
for (let r = 0; r < 5; r++) for (let i = 0; i < 40; i++) await add(kit(), i); // lets the JIT compile

for (const n of sizes) {
    const repetitions = n >= 1000 ? 3 : 7;

    const adds = [];
    for (let r = 0; r < repetitions; r++) {
        await empty();
        const sessions = kit();
        const start = now();
        for (let i = 0; i < n; i++) await add(sessions, i);
        adds.push((now() - start) * 1000);
    }
    report('wharfkit', 'add', n, adds);

    const sessions = kit();
    const pick = picker(1, n);
    const switches = [];
    for (let i = 0; i < (n >= 1000 ? 70 : 210); i++) {
        const wanted = { chain, actor: actor(pick()), permission: 'active' };
        const start = now();
        const session = await sessions.restore(wanted);
        await saved();
        if (i >= 10) switches.push((now() - start) * 1000);
        if (String(session.actor) !== wanted.actor) throw new Error('another account came back');
    }
    report('wharfkit', 'switch', n, switches);

    const lists = [];
    for (let i = 0; i < 25; i++) {
        const start = now();
        const list = await sessions.getSessions();
        if (i >= 5) lists.push((now() - start) * 1000);
        if (list.length !== n) throw new Error('the list is not complete');
    }
    report('wharfkit', 'list', n, lists);

    const restores = [];
    for (let r = 0; r < repetitions; r++) {
        const fresh = kit();
        const start = now();
        const restored = await fresh.restoreAll();
        await saved();
        restores.push((now() - start) * 1000);
        if (restored.length !== n) throw new Error('not all sessions came back');
    }
    report('wharfkit', 'restore', n, restores);
}

rmSync(folder, { recursive: true, force: true });
process.exit(0);
