// SPDX-License-Identifier: MIT
// The real program and a real relay, as the tests of this folder use them.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import assert from 'node:assert/strict';

const passphrase = 'correct horse';
const here = dirname(fileURLToPath(import.meta.url));
const quoted = word => `'${word.replaceAll("'", `'\\''`)}'`;

/// relay.mjs in a process of its own; its head says what may be told.
export class RelayProcess {
  static async start(...options) {
    const relay = new RelayProcess();
    relay.child = spawn(process.execPath, [join(here, 'relay.mjs'), ...options], { stdio: ['pipe', 'pipe', 'inherit'] });
    relay.lines = createInterface({ input: relay.child.stdout })[Symbol.asyncIterator]();
    relay.url = (await relay.lines.next()).value.split(' ')[1];
    return relay;
  }
  async tell(command) {
    this.child.stdin.write(JSON.stringify(command) + '\n');
    return (await this.lines.next()).value;
  }
  /// The one event of this kind that is kept of this author.
  async newest(pubkey, kind) {
    return JSON.parse(await this.tell({ events: { authors: [pubkey], kinds: [kind] } }))[0];
  }
  stop() {
    this.child.stdin.end();
  }
}

/// Hatstand in a home of its own, reaching for nothing but what the test names.
export class Hatstand {
  constructor(program) {
    this.program = program;
    this.home = mkdtempSync('/tmp/hat-'); // sockets' paths end at 108 characters
    const at = name => join(this.home, name);
    for (const name of ['home', 'data', 'config', 'cache', 'run', 'tmp']) mkdirSync(at(name), { mode: 0o700 });
    this.environment = {
      PATH: process.env.PATH, LC_ALL: 'C.UTF-8', HOME: at('home'), TMPDIR: at('tmp'), XDG_DATA_HOME: at('data'), XDG_CONFIG_HOME: at('config'),
      XDG_CACHE_HOME: at('cache'), XDG_RUNTIME_DIR: at('run'), DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent',
    };
  }
  spawn(program, args, stdio) {
    return spawn(program, args, { env: this.environment, cwd: join(this.home, 'home'), stdio, detached: true });
  }
  /// Without a terminal. {exit, out, err}
  async run(args, { input = '', passphrases } = {}) {
    const child = this.spawn(this.program, passphrases ? [...args, '--passphrase-fd', '3'] : args, ['pipe', 'pipe', 'pipe', 'pipe']);
    child.stdio[3].on('error', () => {});
    child.stdio[3].end(passphrases ?? '');
    child.stdin.on('error', () => {});
    child.stdin.end(input);
    return ended(child);
  }
  async get(...args) {
    const { exit, out, err } = await this.run(args);
    assert.equal(exit, 0, `${args.join(' ')}: ${err}`);
    return out;
  }
  async json(...args) {
    return JSON.parse(await this.get(...args, '--json'));
  }
  /// On a terminal where a person says yes to whatever is asked. {exit, out, terminal}
  async agreed(...args) {
    const [out, code] = ['out', 'code'].map(name => join(this.home, 'tmp', name));
    const command = `${[this.program, ...args].map(quoted).join(' ')} > ${out}; echo $? > ${code}`;
    const child = this.spawn('script', ['-qec', command, '/dev/null'], ['pipe', 'pipe', 'inherit']);
    let terminal = '';
    let answered = 0;
    child.stdout.on('data', data => {
      terminal += data;
      const questions = terminal.split('[y/N] ').length - 1;
      for (; answered < questions; answered++) child.stdin.write('y\n');
    });
    await new Promise(resolve => child.on('close', resolve));
    return { exit: Number(readFileSync(code, 'utf8')), out: readFileSync(out, 'utf8'), terminal };
  }
  /// Ends with exit code 0, having been asked.
  async changed(...args) {
    const { exit, out, terminal } = await this.agreed(...args, '--json');
    assert.equal(exit, 0, `${args.join(' ')}: ${terminal}`);
    assert.ok(terminal.includes('[y/N] '), `${args.join(' ')} was done unasked`);
    return JSON.parse(out);
  }
  /// The id of a local key's session.
  async add(nsec) {
    const args = ['add', 'nostr', '--nsec-stdin', '--vault', 'passphrase'];
    const { exit, out, err } = await this.run(args, { input: nsec, passphrases: passphrase + '\n' });
    assert.equal(exit, 0, err);
    return out.trim();
  }
  /// An instance without a window, with its keys unlocked.
  async start() {
    this.instance = this.spawn(this.program, ['--headless'], ['ignore', 'inherit', 'inherit']);
    const socket = join(this.home, 'run/hatstand/default.sock');
    while (!existsSync(socket)) await new Promise(resolve => setTimeout(resolve, 20));
    const { exit, err } = await this.run(['unlock'], { passphrases: passphrase + '\n' });
    assert.equal(exit, 0, err);
  }
  async stop() {
    this.instance?.kill();
    if (this.instance && this.instance.exitCode === null) await new Promise(resolve => this.instance.on('exit', resolve));
    rmSync(this.home, { recursive: true });
  }
}

async function ended(child) {
  let [out, err] = ['', ''];
  child.stdout.on('data', data => (out += data));
  child.stderr.on('data', data => (err += data));
  const exit = await new Promise(resolve => child.on('close', resolve));
  return { exit, out, err };
}
