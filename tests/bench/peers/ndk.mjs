// SPDX-License-Identifier: MIT
// @nostr-dev-kit/sessions with its file storage, saved after each command (of itself it saves half a second later).
import NDK, { NDKPrivateKeySigner } from '@nostr-dev-kit/ndk';
import { FileStorage, NDKSessionManager } from '@nostr-dev-kit/sessions';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { now, picker, privateKey, report, sizes } from './measure.mjs';

const folder = mkdtempSync(join(tmpdir(), 'hatstand-peer-'));
let files = 0;

const manager = (file) =>
    new NDKSessionManager(new NDK({ explicitRelayUrls: [], enableOutboxModel: false, aiGuardrails: false }), {
        storage: new FileStorage(file),
        autoSave: false,
    });

for (let i = 0; i < 600; i++) new NDKPrivateKeySigner(privateKey(i)); // lets the JIT compile the curve

for (const n of sizes) {
    const signers = Array.from({ length: n }, (_, i) => new NDKPrivateKeySigner(privateKey(i)));
    const repetitions = n >= 1000 ? 3 : 7;
    let file;

    const adds = [];
    for (let r = 0; r < repetitions; r++) {
        file = join(folder, `${files++}.json`);
        const sessions = manager(file);
        const start = now();
        for (const signer of signers) {
            await sessions.login(signer);
            await sessions.persist();
        }
        adds.push((now() - start) * 1000);
        sessions.destroy();
    }
    report('ndk', 'add', n, adds);

    const restores = [];
    for (let r = 0; r < repetitions; r++) {
        const sessions = manager(file);
        const start = now();
        await sessions.restore();
        restores.push((now() - start) * 1000);
        if (sessions.getSessions().size !== n) throw new Error('not all sessions came back');
        sessions.destroy();
    }
    report('ndk', 'restore', n, restores);

    const sessions = manager(file);
    await sessions.restore();
    const pubkeys = [...sessions.getSessions().keys()];
    const pick = picker(7, n);
    const switches = [];
    for (let i = 0; i < 120; i++) {
        const pubkey = pubkeys[pick()];
        const start = now();
        await sessions.switchTo(pubkey);
        await sessions.persist();
        if (i >= 20) switches.push((now() - start) * 1000);
    }
    report('ndk', 'switch', n, switches);

    const lists = [];
    for (let i = 0; i < 220; i++) {
        const start = now();
        const list = [...sessions.getSessions().values()].sort((a, b) => b.lastActive - a.lastActive);
        if (i >= 20) lists.push((now() - start) * 1000);
        if (list.length !== n) throw new Error('the list is not complete');
    }
    report('ndk', 'list', n, lists);
    sessions.destroy();
}

rmSync(folder, { recursive: true, force: true });
process.exit(0); // NDK keeps timers
