// SPDX-License-Identifier: MIT
// Hatstand with a window, a chain and a buoy, for the tests that run under tests/support/with-desktop --a11y --keyring.
import { spawn } from 'node:child_process';
import { mkdirSync, watch } from 'node:fs';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import assert from 'node:assert/strict';
import { Bytes, KeyType, PrivateKey } from '@wharfkit/antelope';
import { Buoy } from './buoy.mjs';

export const token = 'eosio.token';

/// The private keys of the chain's accounts are small numbers.
export const keyOf = number => new PrivateKey(KeyType.K1, Bytes.from(Uint8Array.from({ length: 32 }, (_, i) => (i === 31 ? number : 0))));

/// A program that takes commands by its standard input, one JSON object a line, answers each with one, and ends with it.
class Told {
  static async start(...command) {
    const told = new this();
    told.child = spawn(command[0], command.slice(1), { stdio: ['pipe', 'pipe', 'inherit'] });
    told.child.stdin.on('error', () => {}); // next() says that it is gone
    told.end = new Promise(resolve => told.child.on('exit', resolve));
    told.lines = createInterface({ input: told.child.stdout })[Symbol.asyncIterator]();
    told.greeting = await told.next();
    return told;
  }
  async next() {
    const { value, done } = await this.lines.next();
    assert.ok(!done, `${this.child.spawnargs.join(' ')} is gone`);
    return value;
  }
  async tell(command) {
    this.child.stdin.write(JSON.stringify(command) + '\n');
    const answer = JSON.parse(await this.next());
    assert.equal(answer.error, undefined, JSON.stringify(command));
    return answer;
  }
  async stop() {
    this.child.stdin.end();
    await this.end;
  }
}

/// tests/support/chain.py; its head says what it may be told and who is on it.
export class Chain extends Told {
  static async start(tests) {
    const chain = await super.start('/usr/bin/python3', '-B', join(tests, 'support/chain.py'));
    chain.url = chain.greeting.split(' ')[1];
    chain.id = (await chain.tell({ chainId: true })).chainId;
    return chain;
  }
  async balanceOf(account) {
    const response = await fetch(`${this.url}/v1/chain/get_currency_balance`, { method: 'POST', body: JSON.stringify({ account, code: token, symbol: 'EOS' }) });
    return (await response.json())[0];
  }
  /// What it was sent since it was asked last.
  async taken() {
    const { transactions } = await this.tell({ log: true });
    await this.tell({ clear: true });
    return transactions;
  }
}

/// A buoy that says what was done with each message, and when somebody stops to listen.
export async function startBuoy() {
  const buoy = await Buoy.start();
  const [waiting, ends] = [new Map(), new Map()];
  const send = buoy.send.bind(buoy);
  buoy.send = async (channel, ...more) => {
    const delivery = await send(channel, ...more);
    waiting.get(channel)?.(delivery);
    waiting.delete(channel);
    return delivery;
  };
  buoy.sockets.on('connection', (socket, request) => {
    ends.set(channelOf(request.url), new Promise(resolve => socket.on('close', resolve)));
  });
  /// Of the next message to this channel: "delivered" or "buffered".
  buoy.next = channel => new Promise(resolve => waiting.set(channel, resolve));
  /// Of the last connection that listened to it.
  buoy.end = channel => ends.get(channel);
  return buoy;
}
export const channelOf = url => new URL(url, 'http://localhost').pathname.slice(1);

/// Hatstand in a home of its own, on the desktop it was started on, and the person in front of it.
export class Desktop {
  constructor(program, tests) {
    Object.assign(this, { program, tests, home: join(process.env.HOME, 'hats') });
    // Nothing is reached but what the test names.
    this.environment = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/_proxy$/i.test(name)));
  }
  spawn(args, stdio = 'pipe') {
    return spawn(this.program, [...args, '--home', this.home], { env: this.environment, stdio });
  }
  /// {exit, out, err} of a command; onErr is called with what it has said so far.
  async ended(child, onErr) {
    let [out, err] = ['', ''];
    child.stdout.on('data', data => (out += data));
    child.stderr.on('data', data => {
      err += data;
      onErr?.(err);
    });
    const exit = await new Promise(resolve => child.on('close', resolve));
    return { exit, out, err };
  }
  /// Without a terminal.
  run(args, { input = '' } = {}) {
    const child = this.spawn(args);
    child.stdin.on('error', () => {});
    child.stdin.end(input);
    return this.ended(child);
  }
  async get(args, options) {
    const { exit, out, err } = await this.run(args, options);
    assert.equal(exit, 0, `${args.join(' ')}: ${err}`);
    return out.trim();
  }
  async json(...args) {
    return JSON.parse(await this.get([...args, '--json']));
  }
  /// The id of the account on the chain that is called test.
  add(account, key) {
    return this.get(['add', 'antelope', '--chain', 'test', '--account', account, '--key-stdin'], { input: `${key}\n` });
  }
  async setUp(chain, buoy) {
    await this.get(['config', 'set', 'network.hosts', '127.0.0.1']);
    await this.get(['config', 'set', 'links.service', buoy.url]);
    await this.get(['chains', 'add', chain.id, '--alias', 'test', '--endpoint', chain.url, '--token', '4,EOS']);
  }
  async start() {
    const sockets = join(process.env.XDG_RUNTIME_DIR, 'hatstand');
    mkdirSync(sockets, { recursive: true, mode: 0o700 });
    const watcher = watch(sockets);
    const listens = new Promise(resolve => watcher.on('change', (_, name) => name?.endsWith('.sock') && resolve()));
    this.instance = this.spawn(['--background'], ['ignore', 'inherit', 'inherit']);
    this.end = new Promise(resolve => this.instance.on('exit', resolve));
    const code = await Promise.race([listens, this.end]);
    watcher.close();
    assert.equal(code, undefined, `hatstand --background ended with ${code}`);
    this.person = await Told.start('/usr/bin/python3', '-B', join(this.tests, 'interop/answer.py'), String(this.instance.pid));
  }
  /// What stands in the question with this button, which is pressed, or another one, or none (null).
  async answer(question, press = question) {
    const { title, words } = await this.person.tell({ question, press });
    assert.equal(title, 'Sign this?');
    return words;
  }
  gone(question) {
    return this.person.tell({ gone: question });
  }
  async questions() {
    return (await this.person.tell({ questions: true })).questions;
  }
  /// Its exit code.
  async stop() {
    await this.person?.stop();
    this.instance?.kill();
    return this.end;
  }
}

const patience = 60e3; // ms for a case, which takes a second or two

async function inTime(test) {
  let timer;
  const late = new Promise((_, reject) => (timer = setTimeout(reject, patience, new Error('it waits for what does not come'))));
  await Promise.race([test(), late]).finally(() => clearTimeout(timer));
}

/// Runs the cases one after another, and ends what was started for them, whatever comes.
export async function runCases(cases, desktop, chain, buoy) {
  let code;
  try {
    await desktop.setUp(chain, buoy);
    await desktop.start();
    for (const [name, test] of Object.entries(cases)) {
      try {
        await inTime(test);
      } catch (error) {
        console.error(`FAIL ${name}`);
        throw error;
      }
      console.log(name);
    }
  } finally {
    code = await desktop.stop();
    await chain.stop();
    await buoy.stop();
  }
  assert.equal(code, 0, 'how hatstand ended');
}
